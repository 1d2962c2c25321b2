"""How quick the screen is: first paint beside bare Textual applications, keys while indexing.

python benchmarks/screen.py [FOLDER]    FOLDER holds many sources: it is indexed while keys are pressed

The first paint on the five seeds, which are indexed, stands beside two applications that do nothing: one with
a Static, and one with four plain panes, an Input and as many style rules as hubtui's main screen has.
"""

import asyncio
import fcntl
import os
import pty
import random
import resource
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hubtui.tui.app import HubtuiApp

ROOT = Path(__file__).resolve().parents[1]
RUNS = 11
KEYS = 120
PAUSE = 0.15
"""Seconds between two keys, as a quick typist has them."""

DEADLINE = 30.0
HUBTUI = [sys.executable, "-m", "hubtui"]
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("painted")

Bare().run()
"""
PANES = """
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

class Panes(App):
    CSS = '''Horizontal > * {{ width: 1fr; }} {rules}'''

    def compose(self):
        yield Input()
        with Horizontal():
            with Vertical():
                yield Static("sources")
                yield Static("cities")
            yield Static("passages")
            yield Static("painted")

Panes().run()
"""
RULE = "#pane-{number} > .part--{number} {{ border: round $accent; padding: 0 1; color: $foreground; }}"


class Terminal:
    """The parent's side of a terminal, and the process in it."""

    def __init__(self, descriptor: int, pid: int) -> None:
        self._descriptor = descriptor
        self.pid = pid

    def press(self, key: str) -> None:
        """Send a key."""
        os.write(self._descriptor, key.encode())

    def until(self, shown: str) -> None:
        """Read until what came since the call has a text."""
        wanted, seen, end = shown.encode(), b"", time.perf_counter() + DEADLINE
        while wanted not in seen:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                raise TimeoutError(shown, seen[-500:])
            seen += os.read(self._descriptor, 65536)

    def idle(self, seconds: float) -> None:
        """Read and forget for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._descriptor], [], [], left)[0]:
                os.read(self._descriptor, 65536)

    def settle(self, quiet: float = 0.4) -> None:
        """Read and forget until nothing is written for so many seconds, fewer than a cursor takes to blink.

        Raises:
            TimeoutError: It goes on and on.
        """
        end = time.perf_counter() + DEADLINE
        while select.select([self._descriptor], [], [], quiet)[0]:
            os.read(self._descriptor, 65536)
            if time.perf_counter() > end:
                raise TimeoutError("the screen does not come to rest")


@contextmanager
def terminal(command: list[str], folder: Path, home: Path) -> Iterator[Terminal]:
    """Run a command in a terminal of 120 x 36 cells, and end it."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, **places, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=child, stdout=child, stderr=child, start_new_session=True
    )
    os.close(child)
    try:
        yield Terminal(parent, process.pid)
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def seconds_until(shown: str, command: list[str], folder: Path, home: Path | None = None) -> float:
    """Return how long it takes from the start of a command until it shows some text."""
    return cost_until(shown, command, folder, home)[0]


def cost_until(shown: str, command: list[str], folder: Path, home: Path | None = None) -> tuple[float, float]:
    """Return the seconds until a command shows some text, and those of the processor until it is killed."""
    started, used = time.perf_counter(), _used()
    with terminal(command, folder, home or folder) as screen:
        screen.until(shown)
        took = time.perf_counter() - started
    return took, _used() - used


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def rules_of_hubtui(folder: Path) -> int:
    """Return how many style rules hubtui's main screen has beside Textual's own."""

    async def count() -> int:
        app = HubtuiApp(folder)
        async with app.run_test():
            return sum(not rule.is_default_rules for rule in app.stylesheet.rules)

    return asyncio.run(count())


def first_paint() -> None:
    """Print the medians in milliseconds and the medians of the ratios, by the clock and of the processor."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        seconds_until("Cities", HUBTUI, folder)
        number = rules_of_hubtui(folder)
        rules = "\n".join(RULE.format(number=n) for n in range(1, number))  # and its own
        programs = {
            "hubtui": (HUBTUI, "Cities"),
            "one Static": ([sys.executable, "-c", BARE], "painted"),
            f"four panes, {number} rules": ([sys.executable, "-c", PANES.format(rules=rules)], "painted"),
        }
        runs = [
            {name: cost_until(shown, command, folder) for name, (command, shown) in programs.items()}
            for _ in range(RUNS)
        ]
    print(f"{'first paint':22} {'ms':>6} {'ratio':>6} {'CPU ms':>7} {'ratio':>6}")
    for name in programs:
        columns = []
        for kind in (0, 1):
            took = statistics.median(run[name][kind] for run in runs) * 1000
            ratio = statistics.median(run["hubtui"][kind] / run[name][kind] for run in runs)
            columns.append(f"{took:{6 + kind}.0f} {ratio:6.2f}")
        print(f"{name:22} {' '.join(columns)}")


def keys_while_indexing(sources: Path) -> None:
    """Print how long letters typed into the query take to show while the sources are indexed."""
    dice = random.Random(1)
    times = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(sources, folder / "library" / "seeds")
        with terminal([*HUBTUI, "library"], folder, folder) as screen:
            screen.until("ndexing")
            screen.press("/")
            typed = ""
            for _ in range(KEYS):
                screen.idle(PAUSE)
                if len(typed) > 20:
                    screen.press("\x15")
                    screen.idle(PAUSE)
                    typed = ""
                letter = dice.choice("bcdfghklmnpqrstvwz")
                typed += letter
                started = time.perf_counter()
                screen.press(letter)
                screen.until(typed)
                times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(
        f"key while indexing: median {statistics.median(times):.0f} ms, "
        f"p95 {times[int(len(times) * 0.95)]:.0f} ms, worst {times[-1]:.0f} ms"
    )


if __name__ == "__main__":
    first_paint()
    if len(sys.argv) > 1:
        keys_while_indexing(Path(sys.argv[1]))
