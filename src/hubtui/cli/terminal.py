"""What the terminal can do: colours, encoding, and how wide it draws signs of ambiguous width."""

import contextlib
import locale
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping

from hubtui.core.i18n import _, ngettext
from hubtui.core.terminal import moves_cursor
from hubtui.library.health import Check, CheckVerdict

_ANSWER = re.compile(rb"\x1b\[(\d{1,5});(\d{1,5})R")
_PATIENCE = 0.5
"""Seconds for a terminal to answer, over a slow line too."""
_AMBIGUOUS = "“"
"""A sign of ambiguous width (East_Asian_Width=A, UAX 11 of Unicode): one cell, or two in old fonts."""


def terminal_checks(environ: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Check what the terminal can do, as far as it reports it."""
    if not sys.stdout.isatty():
        yield _check(_("terminal"), _("none: output goes to a file or a pipe"))
    else:
        size = shutil.get_terminal_size()
        named = environ.get("TERM_PROGRAM") or environ.get("TERM", "")
        yield _check(_("terminal"), f"{named or _('unknown')}, {size.columns} × {size.lines}")
    yield _colours(environ)
    yield _encoding()
    yield _locale(environ)
    yield _ambiguous()


def _colours(environ: Mapping[str, str]) -> Check:
    from rich.console import Console  # deferred: only this needs Rich

    if environ.get("NO_COLOR"):
        return _check(_("colours"), _("none, as NO_COLOR says"))
    system = Console(force_terminal=True, _environ=environ).color_system
    colours = {"truecolor": _("16 million"), "256": "256", "standard": "16", "windows": "16"}.get(
        system or ""
    )
    if colours:
        return _check(_("colours"), colours)
    return _check(
        _("colours"), _("none"), CheckVerdict.WARNING, _("Set TERM to what the terminal is: xterm-256color…")
    )


def _encoding() -> Check:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        return _check(_("encoding"), "UTF-8")
    remedy = _("Set a UTF-8 locale, for example LANG=C.UTF-8; otherwise Chinese cannot be shown.")
    return _check(_("encoding"), encoding or _("unknown"), CheckVerdict.FAULT, remedy)


def _locale(environ: Mapping[str, str]) -> Check:
    locale_name = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    used = locale.getlocale()[0] or "C"
    if locale_name and "utf" not in locale_name.lower() and locale_name not in ("C", "POSIX"):
        return _check(
            _("locale"), locale_name, CheckVerdict.WARNING, _("Set a UTF-8 locale, for example LANG=C.UTF-8.")
        )
    return _check(_("locale"), locale_name or used)


def _ambiguous() -> Check:
    name, cells = _("ambiguous width"), measured(_AMBIGUOUS)
    if cells is None:
        return _check(name, _("not known: the terminal does not say"))
    found = ngettext("{sign} takes {n} cell", "{sign} takes {n} cells", cells).format(
        sign=_AMBIGUOUS, n=cells
    )
    if cells == 1:
        return _check(name, found)
    remedy = _(
        "Make the terminal draw ambiguous characters narrow, or set ambiguous_width = 2 in config.toml."
    )
    return _check(name, found, CheckVerdict.WARNING, remedy)


def measured(text: str) -> int | None:
    """Return how many cells the terminal takes for ``text``, judged by where the cursor ends up.

    ``None``: it does not say, or it cannot be asked, since another program reads from it.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty() and moves_cursor()):
        return None
    try:
        import termios  # not on every system
        import tty  # see above

        with contextlib.ExitStack() as stack:
            terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
            stack.callback(os.close, terminal)
            if os.tcgetpgrp(terminal) != os.getpgrp():
                return None
            before = termios.tcgetattr(terminal)
            stack.callback(termios.tcsetattr, terminal, termios.TCSAFLUSH, before)
            tty.setcbreak(terminal)
            os.write(terminal, f"\r{text}\x1b[6n".encode())
            column = _column(terminal)
            os.write(terminal, b"\r\x1b[K")
    except (ImportError, OSError, termios.error):
        return None
    return None if column is None else column - 1


def _column(terminal: int) -> int | None:
    """Read the terminal's answer to where the cursor is; columns count from 1."""
    import select  # with its only caller

    read, until = b"", time.monotonic() + _PATIENCE
    while (left := until - time.monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
        read += os.read(terminal, 64)
        if found := _ANSWER.search(read):
            return int(found[2])
    return None


def _check(name: str, found: str, verdict: CheckVerdict = CheckVerdict.OK, remedy: str = "") -> Check:
    return Check("terminal", name, verdict, found, remedy)
