"""Run hubtui in a pipe and in a pseudo-terminal, read what it writes byte by byte, and judge it.

Each run is a child of this process, which has loaded hubtui already, so that hundreds of them take seconds.
"""

import os
import pty
import re
import select
import sys
import termios
import traceback
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from hubtui.cli.run import run

SGR = re.compile(r"\x1b\[[0-9;]*m")
OWN = re.compile(r"\x1b\[K|\r\x1b\[K|\x1b\[6n|\r")
"""What hubtui writes on purpose: a line over, the question where the cursor is, the terminal's line ends."""

PLANTED = "8;35"
"""A style that hubtui never uses: seen behind an escape, it came from outside."""
HOSTILE = (
    f"Xq\x1b[{PLANTED}m\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x1b\\\x9b31m\x85\x90q\x9c\x08\x7f\x0e"
    "\u202eesrever\u202c\u2066i\u2069\u200f\u061c\ufeff\u00ad\u200bo\U000e0041\U000e007f\U000e0100\U000e01ef"
    "\ufe0f\u2028l\u2029\x0b\x0cn\r\nk\tt "
)
"""Every kind of what steers a terminal, or is there and not seen, with line ends and tabs; no surrogates."""
HOSTILE_NAME = HOSTILE.replace("\r\n", "\n").replace("/", "")
SECONDS = 60.0


def run_hubtui(
    arguments: Sequence[str], *, terminal: bool, environ: Mapping[str, str], typed: bytes = b"", cwd: Path
) -> tuple[int, str]:
    """Return the exit status, and all that was written to standard output and standard error.

    Args:
        arguments: The words after the program's name; lone surrogates stand for bytes that are no UTF-8.
        terminal: Run it in a terminal; otherwise in pipes.
        environ: Variables that are set.
        typed: What stands on standard input.
        cwd: Where it runs.
    """
    ours, theirs = pty.openpty() if terminal else os.pipe()
    if terminal:
        _without_echo(theirs)
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        source = theirs if terminal and not typed else read
        _be_hubtui(arguments, (source, theirs), (ours, write), environ, cwd)
    os.close(theirs)
    os.close(read)
    os.write(write, typed)
    os.close(write)
    written = _read_all(ours)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), written.decode("utf-8", "surrogateescape")


def steering(text: str, *, terminal: bool) -> list[str]:
    """Return what in an output steers a terminal, hides or turns text around, with its neighbours."""
    rest = text
    if terminal:
        rest = OWN.sub("", SGR.sub(lambda seen: seen[0] if PLANTED in seen[0] else "", text))
    return [
        repr(rest[max(0, at - 30) : at + 30])
        for at, character in enumerate(rest)
        if character not in "\n\t\0" and _steers(character)
    ]


def _steers(character: str) -> bool:
    code = ord(character)
    hidden = 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF
    return hidden or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _without_echo(descriptor: int) -> None:
    modes = termios.tcgetattr(descriptor)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSANOW, modes)


def _be_hubtui(
    arguments: Sequence[str],
    streams: tuple[int, int],
    others: Sequence[int],
    environ: Mapping[str, str],
    cwd: Path,
) -> None:
    """Be the child: read from and write to the two streams, close the others, never return."""
    status = 99
    try:
        os.setsid()
        for descriptor in others:
            os.close(descriptor)
        for number, descriptor in enumerate((streams[0], streams[1], streams[1])):
            os.dup2(descriptor, number)
        for number, mode in enumerate("rww"):
            stream = open(number, mode, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
            setattr(sys, ("stdin", "stdout", "stderr")[number], stream)
        os.environ.update(environ)
        os.chdir(cwd)
        status = run(list(arguments), lambda *_given, **_options: 0)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001  # nothing may go on as pytest
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _read_all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    while select.select([descriptor], [], [], SECONDS)[0]:
        try:
            part = os.read(descriptor, 1 << 16)
        except OSError:  # how a terminal says that nobody writes any more
            break
        if not part:
            break
        parts.append(part)
    os.close(descriptor)
    return b"".join(parts)
