r"""Copy a text by the native tool and the terminal, else into a file, and say which way it went.

A terminal copies by the escape sequence OSC 52 (XTerm Control Sequences). Multiplexers keep the sequence from
the terminal, unless it is wrapped in one of theirs: tmux in ``ESC P tmux; … ESC \\`` with each ESC doubled,
GNU screen in ``ESC P … ESC \\``.
"""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hubtui.clipboard.tools import TMUX, TOOLS, Tool, ToolError
from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _
from hubtui.core.paths import state_folder, write_atomically

LONGEST_SEQUENCE = 100_000
"""Bytes of a sequence: the least limit among terminals, hterm's (``osc52.sh`` in Chromium's libapps)."""

LONGEST_TEXT = (LONGEST_SEQUENCE - 8) // 4 * 3
"""Bytes of a text that fits into it: base64 makes four of three."""

SCREEN_STRING = 256
"""Bytes of a string that GNU screen passes on: 4.0's limit, the least (768 since 4.2.1)."""


def osc52_sequences(text: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to write to the terminal so that it copies ``text``; nothing for a text that is too long.

    Inside tmux there are two: one for tmux, which heeds it with ``set-clipboard on``, and one that tmux
    passes on to its terminal, with ``allow-passthrough on``.
    """
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\a"
    if len(sequence) > LONGEST_SEQUENCE:
        return ()
    if "TMUX" in environ:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return sequence, f"\x1bPtmux;{doubled}\x1b\\"
    if in_screen(environ):
        return (_through_screen(sequence),)
    return (sequence,)


def in_screen(environ: Mapping[str, str]) -> bool:
    """Whether GNU screen is what draws the terminal."""
    return "TMUX" not in environ and "STY" in environ


def _through_screen(sequence: str) -> str:
    """Cut a sequence into strings that screen passes on, two bytes of wrapping on either side of each."""
    size = SCREEN_STRING - 4
    pieces = (sequence[start : start + size] for start in range(0, len(sequence), size))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


FILE = "copied"
"""The name, without suffix, of the file in the state folder that takes what no clipboard takes."""


class NothingCopiedError(HubtuiError):
    """There is no way left for a text to be copied."""

    title = N_("Nothing was copied")


@dataclass(frozen=True, slots=True)
class Copied:
    """Which ways a text went.

    Attributes:
        tool: The native tool that took it, or ``""``.
        confirmed: Whether the tool, asked, gave back exactly what it was given.
        rich: Whether it went as rich text.
        tmux: Whether tmux has it in its buffer, confirmed.
        sequences: What the caller is to write to the terminal so that it copies too, which confirms nothing.
        too_long: Whether it is too long for the terminal's clipboard.
        file: The file that took it, where nothing else could.
        failures: What the tools that did not take it said, in a few words each.
    """

    tool: str = ""
    confirmed: bool = False
    rich: bool = False
    tmux: bool = False
    sequences: tuple[str, ...] = ()
    too_long: bool = False
    file: Path | None = None
    failures: tuple[str, ...] = ()

    @property
    def terminal(self) -> bool:
        """Whether there is something to write to the terminal."""
        return bool(self.sequences)


def copy_text(
    text: str,
    *,
    html: bool = False,
    terminal: bool = True,
    environ: Mapping[str, str] = os.environ,
) -> Copied:
    """Copy a text by every way there is. What goes to the terminal is left to the caller to write.

    Rich text that a native tool confirmed does not go to the terminal, which would replace it by plain text.

    Args:
        text: What to copy, exactly.
        html: Whether it is a page's body, to be copied as rich text where the clipboard can carry it.
        terminal: Whether there is a terminal to write to.
        environ: The environment; tells which clipboards there are.

    Raises:
        NothingCopiedError: No clipboard took it, and the file cannot be written.
    """
    failures: list[str] = []
    tool, confirmed = _natively(text, html=html, environ=environ, failures=failures)
    rich = html and tool is not None and bool(tool.write_html)
    in_tmux = TMUX.fits(environ) and not rich and _takes(TMUX, text, environ, failures) is True
    wanted = terminal and not (rich and confirmed)
    sequences = osc52_sequences(text, environ) if wanted else ()
    lost = tool is None and not sequences
    return Copied(
        tool=tool.name if tool else "",
        confirmed=confirmed,
        rich=rich,
        tmux=in_tmux,
        sequences=sequences,
        too_long=wanted and not sequences,
        file=_kept(text, html=html) if lost else None,
        failures=tuple(failures),
    )


def _natively(
    text: str, *, html: bool, environ: Mapping[str, str], failures: list[str]
) -> tuple[Tool | None, bool]:
    """Return the first tool that takes the text, and whether it confirms that."""
    for tool in TOOLS:
        if tool.fits(environ) and tool.installed(environ):
            confirmed = _takes(tool, text, environ, failures, html=html and bool(tool.write_html))
            if confirmed is not None:
                return tool, confirmed
    return None, False


def _takes(
    tool: Tool, text: str, environ: Mapping[str, str], failures: list[str], *, html: bool = False
) -> bool | None:
    """Pass the text to a tool; return whether it confirms that, ``None`` when it does not take it."""
    try:
        if html:
            tool.put_html(text, environ)
        else:
            tool.put(text, environ)
    except ToolError as error:
        failures.append(str(error))
        return None
    try:
        rich = html and bool(tool.read_html)
        if tool.held(environ, html=rich) == (tool.html(text).decode() if rich else text):
            return True
    except ToolError as error:
        failures.append(str(error))
        return False
    failures.append(_("{tool} returns something else").format(tool=tool.name))
    return None


def _kept(text: str, *, html: bool) -> Path:
    file = state_folder() / f"{FILE}.{'html' if html else 'txt'}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        write_atomically(file, text)
    except OSError as error:
        raise NothingCopiedError(
            _("No clipboard took it, and {file} cannot be written: {reason}.").format(
                file=file, reason=error.strerror
            ),
            _("See what is wrong with: hubtui doctor"),
        ) from error
    return file


def describe_copy(copied: Copied) -> str:
    """Describe which way a text went, and whether that way confirmed it."""
    ways = []
    if copied.tool:
        told = _("{tool}, as rich text") if copied.rich else "{tool}"
        sure = _("confirmed") if copied.confirmed else _("unconfirmed")
        ways.append(f"{told.format(tool=copied.tool)} ({sure})")
    if copied.tmux:
        ways.append(_("tmux (confirmed)"))
    if copied.terminal:
        ways.append(_("OSC 52 (unconfirmed)"))
    if copied.file and copied.too_long:
        ways.append(_("too long for the terminal, so into the file {file}").format(file=copied.file))
    elif copied.file:
        ways.append(_("no clipboard took it, so into the file {file}").format(file=copied.file))
    elif copied.too_long and not copied.confirmed:
        ways.append(_("too long for the terminal"))
    return "; ".join((", ".join(ways), *copied.failures))
