"""Count the files of hubtui that one action runs through.

python tools/ways.py [--files]    --files lists them

Four actions on an indexed copy of the seeds: a key typed in the search line until the hits and counts are painted, ``y``
until the passage is copied, ``Library.search`` alone, a new text file until it is in the index. A file counts when one of
its functions runs; the loading of modules does not count.
"""

import asyncio
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = str(ROOT / "src" / "hubtui")
TIMEOUT = 30.0


class Way:
    """The files through which control passes while it is traced."""

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self.switches = 0
        self._last = ""

    @contextmanager
    def traced(self) -> Iterator[None]:
        """Trace all threads, those that run already too."""
        threading.setprofile_all_threads(self._enter) if sys.version_info >= (
            3,
            12,
        ) else threading.setprofile(self._enter)
        sys.setprofile(self._enter)
        try:
            yield
        finally:
            threading.setprofile(None)
            sys.setprofile(None)

    def _enter(self, frame: FrameType, event: str, argument: object) -> None:
        del argument
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE) or code.co_name == "<module>":
            return
        if "__module__" in code.co_names and "__qualname__" in code.co_names:
            return  # the body of a class
        name = code.co_filename[len(PACKAGE) + 1 :]
        self.files[name] = self.files.get(name, 0) + 1
        if name != self._last:
            self.switches += 1
            self._last = name


async def on_the_screen(folder: Path) -> tuple[Way, Way]:
    """Return the ways of a typed key and of ``y``."""
    from hubtui.tui.app import HubtuiApp

    typed, copied = Way(), Way()
    # Threads that run before tracing begins are not traced by Python 3.11: trace from the start, count from the key.
    current: list[Way] = [Way()]

    def enter(frame: FrameType, event: str, argument: object) -> None:
        current[0]._enter(frame, event, argument)

    threading.setprofile(enter)
    sys.setprofile(enter)
    try:
        app = HubtuiApp(folder)
        async with app.run_test(size=(120, 36)) as pilot:

            def shown() -> str:
                return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

            async def until(text: str) -> None:
                deadline = time.monotonic() + TIMEOUT
                while text not in shown():
                    assert time.monotonic() < deadline, shown()
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.5)

            await until("Harbin")
            await pilot.press("slash", *"cloud computin")
            await until("passages in")
            current[0] = typed
            await pilot.press("g")
            await asyncio.sleep(2)
            current[0] = Way()
            await pilot.press("enter")
            await asyncio.sleep(1)
            current[0] = copied
            await pilot.press("y")
            await until("opied")
            current[0] = Way()
    finally:
        threading.setprofile(None)
        sys.setprofile(None)
    return typed, copied


def in_the_library(folder: Path) -> tuple[Way, Way]:
    """Return the ways of a search and of a new text file."""
    from hubtui import Library

    searched, added = Way(), Way()
    with Library.open(folder) as library:
        library.search("cloud city:Harbin")
        with searched.traced():
            library.search("cloud computing city:Harbin")
        (folder / "seeds" / "new.txt").write_text(
            "Harbin grows\n\nThe city of Harbin has a new hub.\n", encoding="utf-8"
        )
        with added.traced():
            library.sync()
    return searched, added


def main() -> None:
    """Print a line a way."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "library"
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        from hubtui import Library

        with Library.open(folder) as library:
            library.sync()
        typed, copied = asyncio.run(on_the_screen(folder))
        searched, added = in_the_library(folder)
    ways = {"a typed key": typed, "y": copied, "Library.search": searched, "a new text file": added}
    for name, way in ways.items():
        print(f"{name}: {len(way.files)} files, {way.switches} switches")
        if "--files" in sys.argv:
            print("   " + "\n   ".join(sorted(way.files)))


if __name__ == "__main__":
    main()
