"""Opening and scrolling a source of 5 MB, in tens of thousands of passages and in one that is split.

Gives milliseconds: from the message with the answer to the paint, the longest single handler, a page down, a
jump to the end, a change of width, and what the library takes for its parts of the answer.
"""

import argparse
import asyncio
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual.message import Message
from textual.widget import Widget

from hubtui import Library
from hubtui.tui.app import HubtuiApp
from hubtui.tui.widgets.reader import SLICE, ReaderView

ROOT = Path(__file__).resolve().parents[1]
OCTETS = 5_000_000
QUERY = "cloud city:Harbin"


def sentences() -> list[str]:
    """Return the sentences of the seeds."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [part.strip() for text in texts for part in re.split(r"(?<=[。.?!])\s*", text) if len(part) > 30]


def generate(folder: Path, between: str) -> None:
    """Write one source of :data:`OCTETS`, its sentences joined by ``between``."""
    chooser, parts, taken = random.Random(7), sentences(), [QUERY]
    size = 0
    while size < OCTETS:
        taken.append(chooser.choice(parts))
        size += len((taken[-1] + between).encode())
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "long.txt").write_text(between.join(taken), encoding="utf-8")


def milliseconds(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median of what ``action`` takes."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def library_part(folder: Path) -> str:
    """Return what the library takes for the outline and a slice."""
    with Library.open(folder) as library:
        library.sync()
        source = library.sources()[0]
        library.search(QUERY)
        outline = milliseconds(lambda: library.reader.outline(source.id))
        middle = len(library.reader.outline(source.id)) // 2

        def cut() -> None:
            for passage in library.reader.read_part(source.id, middle, middle + SLICE):
                library.queries.highlights(QUERY, passage)

        found = milliseconds(lambda: library.reader.find(source.id, "harbin"))
        return f"outline {outline:.0f}, slice {milliseconds(cut):.0f}, find {found:.0f}"


class Longest:
    """The handler of the screen or the reader that took longest."""

    def __init__(self, *pumps: Widget) -> None:
        self.clear()
        for pump in pumps:
            self._watch(pump)

    def clear(self) -> None:
        """Forget what was seen."""
        self.took, self.what = 0.0, ""

    def __str__(self) -> str:
        return f"{self.took:.0f} ({self.what})"

    def _watch(self, pump: Widget) -> None:
        dispatch = pump._dispatch_message  # a benchmark

        async def timed(message: Message) -> None:
            started = time.perf_counter()
            await dispatch(message)
            took = (time.perf_counter() - started) * 1000
            if took > self.took:
                self.took, self.what = took, type(message).__name__

        pump._dispatch_message = timed  # type: ignore[method-assign]  # a benchmark


async def screen_part(folder: Path) -> str:
    """Open the source on the screen, and move in it."""
    app = HubtuiApp(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        reader = app.screen.query_one(ReaderView)
        opened: list[float] = []
        original = reader.open

        def opening(*arguments: object) -> None:
            started = time.perf_counter()
            original(*arguments)  # type: ignore[arg-type]
            app.call_after_refresh(lambda: opened.append((time.perf_counter() - started) * 1000))

        reader.open = opening  # type: ignore[assignment,method-assign]
        longest = Longest(app.screen, reader)
        app.screen.set_query(QUERY)  # type: ignore[attr-defined]
        while not opened:
            await pilot.pause(0.02)
        await pilot.pause(0.5)
        opening_took, handler = opened[-1], str(longest)
        longest.clear()
        app.screen.set_focus(reader)
        taken = {}
        actions: dict[str, Callable[[], object]] = {
            "page": lambda: reader.action_page(1),
            "up": lambda: reader.action_page(-1),
            "end": lambda: reader.action_edge(last=True),
            "middle": lambda: reader.show_share(0.5),
        }
        for name, action in actions.items():
            started = time.perf_counter()
            action()
            taken[name] = (time.perf_counter() - started) * 1000
            await pilot.pause(0.2)
        await pilot.resize_terminal(160, 50)
        await pilot.pause(0.5)
        moves = ", ".join(f"{name} {took:.0f}" for name, took in taken.items())
        return (
            f"answer to paint {opening_took:.0f}, longest handler {handler}, {moves},"
            f" then longest handler {longest}"
        )


def main() -> None:
    """Print the figures."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for name, between in (("many passages", "\n\n"), ("one passage", " ")):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            generate(folder, between)
            print(f"{name}: {library_part(folder)}")
            print(f"{name}: {asyncio.run(screen_part(folder))}")


if __name__ == "__main__":
    main()
