"""The system itself sees no socket of hubtui's: no command, no worker, not the screen."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.attack.conftest import User
from tests.attack.populated import lines, populate
from tests.audit.audited import audited
from tests.e2e.conftest import Terminal

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")

_LOCAL = "nscd/socket"
"""Where the C library asks this machine's name service for the user's name, if there is one."""
_FOREIGN = re.compile(r"\b(socket\(AF_(?!UNIX)|connect\(|sendto\([^,]*, [^)]*sa_family|bind\()")


def _sockets(folder: Path) -> list[str]:
    """Return the calls that open a socket to elsewhere, of all processes that were watched."""
    traces = list(folder.glob("trace*"))
    assert traces
    texts = (trace.read_text(encoding="utf-8", errors="replace") for trace in traces)
    return [
        line for text in texts for line in text.splitlines() if _FOREIGN.search(line) and _LOCAL not in line
    ]


def _strace(folder: Path) -> list[str]:
    return ["strace", "-f", "-ff", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(folder / "trace")]


def test_no_command_opens_a_socket(as_user: User, tmp_path: Path) -> None:
    folder = populate(as_user)
    commands = lines("0")
    ran = audited(commands, folder, tmp_path / "log", as_user.environ, before=_strace(tmp_path))
    assert ran.events == []
    assert "this is a bug" not in ran.err
    assert _sockets(tmp_path) == []


def test_the_screen_opens_no_socket(user: User, library: Path, in_terminal: Callable[..., Terminal]) -> None:
    trace = user.home.parent / "screen"
    trace.mkdir()
    program = ("-c", _TRACED, *_strace(trace))
    terminal = in_terminal(library, program=program)
    terminal.sees("5 sources", "Harbin")
    terminal.press("?")
    terminal.sees("a key, or a word")
    terminal.press("escape")
    terminal.misses("a key, or a word")
    terminal.press("/cloud")
    terminal.sees("passages in", "1 of ")
    terminal.press("\x11")
    assert terminal.ends() == 0
    assert _sockets(trace) == []


_TRACED = """
import os, sys
separator = sys.argv.index("-o") + 2
os.execvp(sys.argv[1], [*sys.argv[1:separator], sys.executable, "-m", "hubtui", *sys.argv[separator:]])
"""


def test_a_socket_would_be_seen(user: User, tmp_path: Path) -> None:
    probe = "import socket; s = socket.socket(); s.connect_ex(('127.0.0.1', 9))"
    separated = ("-c", _TRACED.replace('"-m", "hubtui"', '"-c"'), *_strace(tmp_path))
    user.runs(probe, program=separated)
    assert len(_sockets(tmp_path)) == 2
