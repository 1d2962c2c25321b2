"""hubtui in a terminal, busy for a while: memory and descriptors are flat once all has been open once."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from tests.attack.scale import Scale
from tests.e2e.conftest import Terminal

MEGABYTE = 1024**2
WARM_SECONDS = 60.0
MOST_GROWTH = 4 * MEGABYTE
"""What allocators and caches may still take after that; one list of keys that stays takes 0.65 MB."""
ESC_PAUSE = 0.16
"""Seconds after a key: more than two dialogs a second, and Esc is told from the beginning of a sequence."""

ROUND = (
    "?",
    "\x1b",
    "i",
    "\x1b",
    ",",
    "\x1b",
    "Y",
    "\x1b",
    "j",
    "n",
    "S",
    "\x1b",
    "\x10",
    "\x1b",
    "f",
    "\x1b",
    "k",
    "N",
)


def _anonymous(pid: int) -> int:
    """Return the bytes of memory that are the process's own."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) * 1024


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _press(child: "pexpect.spawn[str]", key: str) -> None:
    """Type a key, and take what is drawn, unread: a terminal's own work is not what is watched."""
    child.send(key)
    until = time.monotonic() + ESC_PAUSE
    while (left := until - time.monotonic()) > 0:
        try:
            child.read_nonblocking(1 << 20, timeout=left)
        except pexpect.TIMEOUT:
            return


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_memory_is_flat(indexed: Path, in_terminal: Callable[..., Terminal], scale: Scale) -> None:
    terminal = in_terminal(indexed, "--query", "cloud")
    terminal.sees("5 sources", "1 of ")
    child, keys = terminal._child, itertools.cycle(ROUND)
    begun, warm = time.monotonic(), min(WARM_SECONDS, scale.soak_seconds / 3)
    samples: list[tuple[float, int, int]] = []
    while (elapsed := time.monotonic() - begun) < scale.soak_seconds or len(samples) < 2:
        for _key in ROUND:
            _press(child, next(keys))
        if elapsed >= warm:
            samples.append((elapsed, _anonymous(terminal.pid), _descriptors(terminal.pid)))
    first, last = samples[0], samples[-1]
    said = [f"{at:.0f} s: {memory / MEGABYTE:.1f} MB, {files} descriptors" for at, memory, files in samples]
    print("\n".join(said[:: max(1, len(said) // 20)]))  # noqa: T201  # shown with -s, and where it fails
    assert max(memory for _at, memory, _files in samples) - first[1] <= MOST_GROWTH, said
    assert last[2] <= first[2] + 1, said
    terminal.press("q")
    assert terminal.ends() == 0
