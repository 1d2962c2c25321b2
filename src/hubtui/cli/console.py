"""What commands say beside their answer: on standard error, as loudly as the user wants it."""

from collections.abc import Callable
from typing import Any

import click

from hubtui.core.i18n import N_

_LOUDNESS = "hubtui.cli.loudness"


def say(message: str) -> None:
    """Say something on standard error, unless ``--quiet``."""
    if loudness() >= 0:
        click.echo(message, err=True)


def detail(message: str) -> None:
    """Say something on standard error that only ``--verbose`` wants to know."""
    if loudness() > 0:
        click.echo(message, err=True)


def loudness() -> int:
    """Give 1 for ``--verbose``, -1 for ``--quiet``, else 0."""
    context = click.get_current_context(silent=True)
    return int(context.meta.get(_LOUDNESS, 0)) if context else 0


def loudness_options() -> list[click.Option]:
    """Give the options that every command takes; commands themselves never see them."""
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_heard(-1),
            help=N_("Say nothing on standard error but errors."),
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_heard(1),
            help=N_("Say on standard error what is done, and how long it takes."),
        ),
    ]


def _heard(level: int) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def note(context: click.Context, _: click.Parameter, given: bool) -> bool:  # click's signature
        if given:
            context.meta[_LOUDNESS] = level
        return given

    return note
