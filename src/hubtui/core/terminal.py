"""Whether the terminal can do what the screen and the progress line need: move its cursor."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _

_NONE = ("", "dumb", "unknown")
"""What ``TERM`` says where nothing is known of the terminal, or that it only adds lines."""

_MOVING = ("xterm", "screen", "tmux", "linux", "rxvt", "vt")
"""How the names of most terminals begin; the system's database of terminals need not be asked of them."""


class TerminalError(HubtuiError):
    """The terminal cannot show the screen."""

    title = N_("No screen")


def moves_cursor(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal moves its cursor, by what ``TERM`` and the system's database say of it.

    A terminal that the database does not list is believed to: many are newer than the database.
    """
    if sys.platform == "win32":
        return True  # where TERM says nothing
    name = environ.get("TERM", "")
    if name in _NONE or name.startswith(_MOVING):
        return name not in _NONE
    try:
        import curses  # deferred: few terminals have another name

        curses.setupterm(name, -1)
        return bool(curses.tigetstr("cup"))
    except (ImportError, curses.error):
        return True


def check_terminal(environ: Mapping[str, str] = os.environ) -> None:
    """Raise :class:`TerminalError` where the screen cannot be drawn, or no key can reach it.

    One line says all: such a terminal, or the log that takes its place, has no room for more. The screen is
    drawn on standard error, so standard output may go elsewhere.
    """
    if not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stderr__)):
        raise TerminalError(
            _("there is no terminal to draw on and to read keys from. For pipes see: hubtui --help")
        )
    if not moves_cursor(environ):
        name = environ.get("TERM", "")
        raise TerminalError(
            _(
                "the terminal cannot move its cursor (TERM={name}). Set TERM to what it is, such as "
                "xterm-256color, or use the commands: hubtui --help"
            ).format(name=name)
        )


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
