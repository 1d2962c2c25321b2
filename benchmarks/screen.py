"""How quick the screen is: first paint beside a Textual application with one Static, keys while indexing.

python benchmarks/screen.py [FOLDER]    FOLDER holds many sources: it is indexed while keys are pressed
"""

import fcntl
import os
import pty
import random
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

ROOT = Path(__file__).resolve().parents[1]
RUNS = 11
KEYS = 120
PAUSE = 0.15
"""Seconds between two keys, as a quick typist has them."""

DEADLINE = 30.0
HUBTUI = [sys.executable, "-m", "hubtui"]
REFERENCE = """
from textual.app import App
from textual.widgets import Static

class Reference(App):
    def compose(self):
        yield Static("painted")

Reference().run()
"""


class Terminal:
    """The parent's side of a terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

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


@contextmanager
def terminal(command: list[str], folder: Path, home: Path) -> Iterator[Terminal]:
    """Run a command in a terminal of 120 x 36 cells, and end it."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment = {**os.environ, **places, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=child, stdout=child, stderr=child, start_new_session=True
    )
    os.close(child)
    try:
        yield Terminal(parent)
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def seconds_until(shown: str, command: list[str], folder: Path, home: Path | None = None) -> float:
    """Return how long it takes from the start of a command until it shows some text."""
    started = time.perf_counter()
    with terminal(command, folder, home or folder) as screen:
        screen.until(shown)
        return time.perf_counter() - started


def first_paint() -> None:
    """Print the medians in milliseconds and the median of the ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        seconds_until("Cities", HUBTUI, folder)
        reference = [sys.executable, "-c", REFERENCE]
        pairs = [
            (seconds_until("Cities", HUBTUI, folder), seconds_until("painted", reference, folder))
            for _ in range(RUNS)
        ]
        ours, theirs = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
        ratio = statistics.median(our / their for our, their in pairs)
        print(f"first paint {ours:.0f} ms, reference {theirs:.0f} ms, ratio {ratio:.2f}")


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
