"""``hubtui tour``: two minutes on the sample library."""

from collections.abc import Callable

import click

from hubtui.core.paths import sample_library


@click.command(epilog="Example:  hubtui tour")
@click.pass_obj
def command(open_screen: Callable[..., int]) -> int:
    """Open the screen on the sample library, with a strip that says what to try next.

    Esc ends the tour at any step. "hubtui --tour" does the same.
    """
    return open_screen(sample_library(), tour=True)
