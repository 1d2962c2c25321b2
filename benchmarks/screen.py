"""How long the screen takes to its first paint, beside a Textual application with one Static."""

import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 11
DEADLINE = 30.0
REFERENCE = """
from textual.app import App
from textual.widgets import Static

class Reference(App):
    def compose(self):
        yield Static("painted")

Reference().run()
"""


def seconds_until(shown: bytes, command: list[str], folder: Path) -> float:
    """Give how long it takes from the start of ``command`` in a terminal until it shows some text."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=child, stdout=child, stderr=child, start_new_session=True
    )
    os.close(child)
    seen = b""
    try:
        while shown not in seen:
            left = started + DEADLINE - time.perf_counter()
            if left <= 0 or not select.select([parent], [], [], left)[0]:
                raise TimeoutError(seen)
            seen += os.read(parent, 65536)
        return time.perf_counter() - started
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def main() -> None:
    """Print the medians in milliseconds and the median of the ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        hubtui, reference = [sys.executable, "-m", "hubtui"], [sys.executable, "-c", REFERENCE]
        subprocess.run([*hubtui, "index"], cwd=folder, capture_output=True, check=True)
        pairs = [
            (seconds_until(b"Cities", hubtui, folder), seconds_until(b"painted", reference, folder))
            for _ in range(RUNS)
        ]
        ours, theirs = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
        ratio = statistics.median(our / their for our, their in pairs)
        print(f"first paint {ours:.0f} ms, reference {theirs:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
