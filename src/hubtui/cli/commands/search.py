"""``hubtui search``: the passages that answer a query."""

from pathlib import Path
from typing import Any

import click

from hubtui.cli.hits import HitOptions, answer, answer_each, hit_options
from hubtui.cli.options import listed
from hubtui.core.i18n import _
from hubtui.core.paths import library_folder


@click.command(epilog="Example:  hubtui search cloud computing city:Harbin")
@click.argument("query", nargs=-1)
@click.option("--saved", metavar="NAME", help="The search saved under NAME; QUERY narrows it.")
@hit_options
def command(
    *,
    query: tuple[str, ...],
    saved: str | None,
    library: Path | None,
    **chosen: Any,  # click keeps the types
) -> int:
    """Find passages: words, "phrases", -word, a OR b, begin*, city:Harbin lang:zh date:2018..2024.

    The words after the command are one query; quote it for the shell where it has quotation marks of
    its own. A single - reads one query a line from standard input and answers each as it comes, with one
    open library; the rows then tell their query.
    """
    options = HitOptions(**chosen)
    if query == ("-",):
        return answer_each(library, ((each, each) for each in listed(null=options.null)), options)
    if saved is not None:
        query = (_saved(library, saved), *query)
    elif not query:
        raise click.UsageError(_("Missing argument 'QUERY...'."))
    return answer(library, " ".join(query), options)


def _saved(library: Path | None, name: str) -> str:
    from hubtui.library import Library  # deferred: not for --help

    with Library.open(library_folder(library)) as opened:
        return opened.searches.get(name)
