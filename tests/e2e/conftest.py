"""hubtui in a real pseudo-terminal: what it writes, and what a terminal makes of it."""

import base64
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte
import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
DEADLINE = 60.0
"""Seconds for anything awaited: jieba loads once, on a machine that may be busy."""

_KEYS = {"down": "\x1b[B", "tab": "\t", "enter": "\r", "escape": "\x1b", "ctrl+c": "\x03"}
_OSC_52 = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")


class Terminal:
    """A terminal of a given size in which a command runs."""

    def __init__(self, command: list[str], environ: dict[str, str], columns: int, lines: int) -> None:
        self.output = ""
        self.echoes = False
        """Whether the command left the terminal writing what is typed."""
        self._taken_away = False
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            env=environ,
            dimensions=(lines, columns),
            encoding="utf-8",
            timeout=DEADLINE,
        )

    @property
    def text(self) -> str:
        """What stands on the screen now; a wide character takes one place here."""
        # Not pyte's own ``display``, which fails while one half of a wide character is overwritten; the
        # cell behind a wide character is empty.
        rows = (self._screen.buffer[row] for row in range(self._screen.lines))
        return "\n".join("".join(row[column].data for column in range(self._screen.columns)) for row in rows)

    def press(self, *keys: str) -> None:
        """Type keys by name, or text."""
        for key in keys:
            self._child.send(_KEYS.get(key, key))

    def until(self, ready: Callable[[], object]) -> None:
        """Take the command's output until something is so."""
        deadline = time.monotonic() + DEADLINE
        while not ready():
            assert time.monotonic() < deadline, self.text
            self._take()

    def sees(self, *texts: str) -> None:
        """Wait until all these texts stand on the screen."""
        self.until(lambda: all(text in self.text for text in texts))

    def misses(self, text: str) -> None:
        """Wait until this text is gone from the screen."""
        self.until(lambda: text not in self.text)

    def copied(self) -> list[str]:
        """What was sent to the terminal's clipboard so far."""
        return [base64.b64decode(data).decode() for data in _OSC_52.findall(self.output)]

    def resize(self, columns: int, lines: int) -> None:
        """Return the terminal another size."""
        self._screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)

    @property
    def pid(self) -> int:
        """The process that runs in it."""
        return int(self._child.pid or 0)

    @property
    def is_alive(self) -> bool:
        """Whether the command still runs."""
        return bool(self._child.isalive())

    @property
    def is_stopped(self) -> bool:
        """Whether the command was suspended since this was asked last."""
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        return pid != 0 and os.WIFSTOPPED(status)

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        os.close(self._child.child_fd)
        self._taken_away = True

    def ends(self) -> int:
        """Wait for the command's end; give its exit status."""
        self.until(lambda: not self._child.isalive())
        self.echoes = self._child.getecho()
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def close(self) -> None:
        """End the command, however it is."""
        if self._taken_away:
            self._child.terminate(force=True)
        else:
            self._child.close(force=True)

    def _take(self) -> None:
        if self._taken_away:
            time.sleep(0.05)
            return
        try:
            data = self._child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.output += data
        self._stream.feed(data)


OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def own_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a user at home in the test's folder: this process too, whose index it then is.

    The cache is the session's: the segmenter's dictionary in it takes seconds to make.
    """
    names = ("CONFIG", "DATA", "STATE")
    variables = {"HOME": str(tmp_path)} | {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in names}
    variables["XDG_CACHE_HOME"] = str(home / "cache")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the five seeds, not indexed."""
    folder = tmp_path / "tech hubs"
    shutil.copytree(SEEDS, folder / "seeds")
    return folder


@pytest.fixture
def hubtui(own_home: dict[str, str]) -> Iterator[OpenTerminal]:
    """Start hubtui with some arguments in a terminal."""
    terminals: list[Terminal] = []
    own = {
        **own_home,
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }

    def start(
        *arguments: str | Path,
        size: tuple[int, int] = (120, 36),
        environ: Mapping[str, str] = own,
        program: Sequence[str] = ("-m", "hubtui"),
    ) -> Terminal:
        command = [sys.executable, *program, *map(str, arguments)]
        terminals.append(Terminal(command, {**own, **environ}, *size))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()
