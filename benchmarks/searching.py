"""Typing a query, and opening long lists, on the screen.

python benchmarks/searching.py LIBRARY    LIBRARY is large: queries are typed letter by letter on it

Gives milliseconds: from the last key of a query to the paint of its hits, counts and completions; the longest
handlers; from the answer to the paint of 20,000 sources and of 100,000 hits.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from hubtui.core.models import Facets, Hit, Passage, SearchResult, Source
from hubtui.tui.app import HubtuiApp
from hubtui.tui.panes.facet_pane import FacetCounter, SourceList
from hubtui.tui.panes.search_bar import QueryInput
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.widgets.choices import Choices
from hubtui.tui.widgets.rows import PassageList

if TYPE_CHECKING:
    from hubtui.library import Library

QUERIES = (
    """
cloud computing|city:New|linux city:Bei|发行版 桌面|yunjisuan|文件系统 lang:zh|"open source"|source:ubuntu
kernel -windows|supercomputr|tech*|city:Har|哈尔滨 云计算|安全 date:2015|author:li|database performance tuning
为什么 选择 开源|docker OR 容器|mentions:dir|python sort:so
""".strip()
    .replace("\n", "|")
    .split("|")
)
PAUSE = 0.06
"""Seconds between two keys."""
SOURCES, HITS = 20_000, 100_000


class Handlers:
    """What each handler of a widget took, in milliseconds, and the newest query with hits and with counts."""

    def __init__(self, *pumps: Widget) -> None:
        self.took: list[tuple[float, str]] = []
        self.newest = {"Answered": 0, "Counted": 0}
        for pump in pumps:
            self._watch(pump)

    def __str__(self) -> str:
        return ", ".join(f"{name} {took:.0f}" for took, name in sorted(self.took, reverse=True)[:4])

    def _watch(self, pump: Widget) -> None:
        dispatch = pump._dispatch_message  # a benchmark

        async def timed(message: Message) -> None:
            started = time.perf_counter()
            await dispatch(message)
            name = type(message).__name__
            self.took.append(((time.perf_counter() - started) * 1000, name))
            if name in self.newest:
                self.newest[name] = message.number  # type: ignore[attr-defined]

        pump._dispatch_message = timed  # type: ignore[method-assign]  # a benchmark


async def settled(pilot: Pilot[None], main: MainScreen) -> None:
    """Wait until everything that was asked is answered and painted."""
    waiting = True
    while waiting:
        await asyncio.sleep(0.001)
        waiting = not main.settled or bool(main._dirty_widgets)  # a benchmark
    painted = asyncio.Event()
    pilot.app.call_after_refresh(painted.set)
    await painted.wait()


async def answered(pilot: Pilot[None], main: MainScreen, handlers: Handlers) -> None:
    """Wait until hits, counts and completions of the query are there and painted."""
    line, waiting = main.query_one(QueryInput), True
    while waiting:
        await asyncio.sleep(0.001)
        known = set(handlers.newest.values()) == {main.session.number} and main.session.query == line.value
        waiting = not known or line.awaits_choices
    painted = asyncio.Event()
    pilot.app.call_after_refresh(painted.set)
    await painted.wait()


async def typing(folder: Path) -> str:
    """Type queries, and measure from the last key."""
    app = HubtuiApp(folder)
    async with app.run_test(size=(160, 50)) as pilot:
        main = cast("MainScreen", app.screen)
        line = main.query_one(QueryInput)
        handlers = Handlers(main, line, main.query_one(PassageList), main.query_one(Choices))
        main.action_focus_search()
        await settled(pilot, main)
        taken = []
        for round_ in range(2):
            for query in QUERIES:
                line.value = ""
                await answered(pilot, main, handlers)
                await asyncio.sleep(0.2)
                for letter in query:
                    last = time.perf_counter()
                    line.insert_text_at_cursor(letter)
                    await asyncio.sleep(PAUSE if letter != query[-1] else 0)
                await answered(pilot, main, handlers)
                if round_:
                    taken.append((time.perf_counter() - last) * 1000)
        ranked = statistics.quantiles(taken, n=20)
        return (
            f"key to results: median {ranked[9]:.0f}, p95 {ranked[18]:.0f}, most {max(taken):.0f};"
            f" longest handlers {handlers}"
        )


class Many:
    """Stands for a library with many sources."""

    def __init__(self) -> None:
        self._sources = [
            Source(
                f"s{number}",
                f"folder/{number:06}.md",
                f"哈尔滨的云计算 Cloud {number}",
                date="2024",
                language="zh",
            )
            for number in range(SOURCES)
        ]

    def sources(self) -> list[Source]:
        """Return its sources."""
        return self._sources

    def facets(self, _query: str) -> Facets:
        """Return counts."""
        return Facets(HITS, {source.id: 5 for source in self._sources}, ())

    place = source = query_name = None


async def lists(folder: Path) -> str:
    """Open long lists."""
    app = HubtuiApp(folder)
    async with app.run_test(size=(160, 50)) as pilot:
        main = cast("MainScreen", app.screen)
        await settled(pilot, main)
        sources, passages = main.query_one(SourceList), main.query_one(PassageList)
        many = cast("Library", Many())
        source = many.sources()[0]
        hits = tuple(
            Hit(source, Passage("s0", number, "哈尔滨的云计算 " * 30), 1.0, ()) for number in range(1, 51)
        )

        async def painted(started: float) -> float:
            done = asyncio.Event()
            app.call_after_refresh(done.set)
            await done.wait()
            return (time.perf_counter() - started) * 1000

        started = time.perf_counter()
        counts = FacetCounter(many).count("cloud")
        counted = (time.perf_counter() - started) * 1000
        started = time.perf_counter()
        sources.update_counts(counts)
        listed = await painted(started)
        started = time.perf_counter()
        sources.action_edge(last=True)
        ended = await painted(started)
        started = time.perf_counter()
        passages.answer(SearchResult(hits, HITS), stay=False)
        found = await painted(started)
        return (
            f"20,000 sources: counted {counted:.0f}, shown {listed:.0f}, to the end {ended:.0f};"
            f" 100,000 hits: {found:.0f}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path)
    folder = parser.parse_args().library
    print(asyncio.run(typing(folder)))
    print(asyncio.run(lists(folder)))


if __name__ == "__main__":
    main()
