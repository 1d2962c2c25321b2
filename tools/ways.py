"""Count the files of hubtui that one action runs through.

python tools/ways.py [--files]    --files lists them, each with the functions that ran

Four actions on an indexed copy of the seeds: a key typed in the search line until the hits and counts are
painted, ``y`` until the passage is copied, ``Library.search`` alone, a new text file until it is indexed.
A file counts when one of its functions runs; what runs while a module is loaded does not count.
"""

import asyncio
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubtui.tui.app import HubtuiApp

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = f"{ROOT / 'src' / 'hubtui'}/"
TIMEOUT = 30.0
PAUSE = 1.0
"""Seconds for what an action leaves to do after its result is on the screen."""


class Way:
    """The files through which control passes, and how often it passes from one to another."""

    def __init__(self) -> None:
        self.functions: dict[str, set[str]] = {}
        self.switches = 0
        self._last = ""

    def enter(self, code: CodeType) -> None:
        """Note that a function of the package begins."""
        name = code.co_filename.removeprefix(PACKAGE)
        self.functions.setdefault(name, set()).add(code.co_qualname)
        if name != self._last:
            self.switches += 1
            self._last = name

    def told(self, *, files: bool) -> str:
        """Return the counts, and with ``files`` a line for each file."""
        said = f"{len(self.functions)} files, {self.switches} switches"
        lines = (f"   {name}: {', '.join(sorted(self.functions[name]))}" for name in sorted(self.functions))
        return "\n".join((said, *lines)) if files else said


class Tracer:
    """Follows all threads that start while it is on; what they run goes to the way that is set."""

    def __init__(self) -> None:
        self.way = Way()

    @contextmanager
    def on(self) -> Iterator[None]:
        """Follow this thread, and those that it starts."""
        threading.setprofile(self._event)
        sys.setprofile(self._event)
        try:
            yield
        finally:
            threading.setprofile(None)
            sys.setprofile(None)

    def follow(self) -> Way:
        """Begin a new way."""
        self.way = Way()
        return self.way

    def _event(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE) and not _loads(frame):
            self.way.enter(frame.f_code)


def _loads(frame: FrameType) -> bool:
    """Whether a module of the package is being loaded by what runs, rather than used."""
    caller: FrameType | None = frame
    while caller is not None:
        if caller.f_code.co_name == "<module>" and caller.f_code.co_filename.startswith(PACKAGE):
            return True
        caller = caller.f_back
    return False


async def on_the_screen(folder: Path) -> tuple[Way, Way]:
    """Return the ways of a typed key and of ``y``."""
    from hubtui.tui.app import HubtuiApp

    tracer = Tracer()
    # On from the start: a thread that runs already cannot be followed before Python 3.12.
    with tracer.on():
        app = HubtuiApp(folder)
        async with app.run_test(size=(120, 36)) as pilot:
            await _until(lambda: "Harbin" in _shown(app))
            await pilot.press("slash", *"cloud computin")
            await _until(lambda: _is_settled(app) and "passages in" in _shown(app))
            typed = tracer.follow()
            await pilot.press("g")
            await _until(lambda: _is_settled(app))
            tracer.follow()
            await pilot.press("enter")
            await _until(lambda: _is_settled(app))
            copied = tracer.follow()
            await pilot.press("y")
            await _until(lambda: "opied" in _shown(app))
            tracer.follow()
    return typed, copied


async def _until(done: Callable[[], bool]) -> None:
    """Wait until something is so, and for what comes of it.

    Raises:
        TimeoutError: It takes longer than :data:`TIMEOUT`.
    """
    async with asyncio.timeout(TIMEOUT):
        while not done():  # noqa: ASYNC110  # the screen has no event for it
            await asyncio.sleep(0.02)
    await asyncio.sleep(PAUSE)


def _is_settled(app: "HubtuiApp") -> bool:
    """Whether the main screen shows all that it asked for."""
    from hubtui.tui.screens.main import MainScreen

    return isinstance(app.screen, MainScreen) and app.screen.settled


def _shown(app: "HubtuiApp") -> str:
    strips = app.screen._compositor.render_strips()  # noqa: SLF001  # Textual has no other way to read the screen
    return "\n".join(strip.text for strip in strips)


def in_the_library(folder: Path) -> tuple[Way, Way]:
    """Return the ways of a search and of a new text file."""
    from hubtui import Library

    tracer = Tracer()
    with Library.open(folder) as library, tracer.on():
        library.search("cloud city:Harbin")
        searched = tracer.follow()
        library.search("cloud computing city:Harbin")
        tracer.follow()
        text = "Harbin grows\n\nThe city of Harbin has a new hub.\n"
        (folder / "seeds" / "new.txt").write_text(text, encoding="utf-8")
        added = tracer.follow()
        library.sync()
    return searched, added


def main() -> None:
    """Print the counts of each way."""
    from hubtui import Library

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "library"
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        with Library.open(folder) as library:
            library.sync()
        typed, copied = asyncio.run(on_the_screen(folder))
        searched, added = in_the_library(folder)
    ways = {"a typed key": typed, "y": copied, "Library.search": searched, "a new text file": added}
    for name, way in ways.items():
        print(f"{name}: {way.told(files='--files' in sys.argv)}")


if __name__ == "__main__":
    main()
