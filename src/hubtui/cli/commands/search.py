"""``hubtui search``: the passages that answer a query."""

from pathlib import Path
from typing import Any

import click

from hubtui.cli.hits import HitOptions, answer, hit_options


@click.command(short_help="Find passages.", epilog="Example:  hubtui search cloud computing city:Harbin")
@click.argument("query", nargs=-1, required=True)
@hit_options
def command(*, query: tuple[str, ...], library: Path | None, **options: Any) -> int:  # noqa: ANN401  # click keeps the types
    """Find passages: words, "phrases", -word, a OR b, begin*, city:Harbin lang:zh date:2018..2024.

    The words after the command are one query; quote it for the shell where it has quotation marks of
    its own.
    """
    return answer(library, " ".join(query), HitOptions(**options))
