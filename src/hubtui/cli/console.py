"""Write messages beside a command's answer to standard error, as verbosely as the user wants.

Whatever a command writes is made of words that others chose: names of files, titles, arguments. So nothing is
written but through here and :mod:`hubtui.cli.output`, where it is cleaned of what steers a terminal.
"""

import sys
from collections.abc import Callable
from typing import Any

import click

from hubtui.core.i18n import N_

_LOUDNESS = "hubtui.cli.loudness"


def say(message: str) -> None:
    """Write a message to standard error, unless ``--quiet``."""
    if loudness() >= 0:
        write_message(message)


def detail(message: str) -> None:
    """Write a message to standard error under ``--verbose``."""
    if loudness() > 0:
        write_message(message)


def write_message(*lines: str) -> None:
    """Write lines to standard error, however quiet the user wants it; empty ones are left out."""
    sys.stderr.write("".join(f"{one_line(line)}\n" for line in lines if line))
    sys.stderr.flush()


def one_line(text: str) -> str:
    """Return ``text`` as one line that steers no terminal; see :func:`hubtui.text.cells.printable`."""
    if text.isascii() and text.isprintable():
        return text
    from hubtui.text.cells import printable  # deferred: English does without the tables of widths

    return printable(text)


def loudness() -> int:
    """Return the verbosity: 1 for ``--verbose``, -1 for ``--quiet``, else 0."""
    context = click.get_current_context(silent=True)
    return int(context.meta.get(_LOUDNESS, 0)) if context else 0


def loudness_options() -> list[click.Option]:
    """Return the options that every command takes, without handing them to its function."""
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_heard(-1),
            help=N_("Print nothing but errors to standard error."),
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_heard(1),
            help=N_("Print to standard error what is done and how long it takes."),
        ),
    ]


def _heard(level: int) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def note(context: click.Context, _: click.Parameter, given: bool) -> bool:  # click's signature
        if given:
            context.meta[_LOUDNESS] = level
        return given

    return note
