"""``hubtui collocates``: the words that stand near the matches of a query."""

from dataclasses import asdict
from pathlib import Path

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Column, Written, write_table
from hubtui.core.i18n import N_, _

COLLOCATE_FIELDS = ("word", "near", "left", "right", "library", "score")
_COLUMNS = (
    Column(N_("word")),
    Column(N_("near"), number=True),
    Column(N_("before"), number=True),
    Column(N_("behind"), number=True),
    Column(N_("in the library"), number=True),
    Column(N_("G²"), number=True),
)


@click.command(epilog="Example:  hubtui collocates Harbin --window 3")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--window",
    default=5,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=1),
    help="Words on each side of a match that are near it.",
)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=0),
    help="N at most; 0: all.",
)
@library_option
@written_options
def command(
    *, query: tuple[str, ...], window: int, limit: int, library: Path | None, written: Written
) -> int:
    """List the words that stand near the matches of a city or query more often than chance explains.

    Ordered by log-likelihood (G²). A city's bare name stands for all of its names.
    """
    write_row = written.rows(COLLOCATE_FIELDS)
    with opened_library(library) as opened:
        found = opened.analysis.collocates(opened.queries.for_city(" ".join(query)), window)
    words = found.words[: limit or None]
    if write_row is not None:
        for word in words:
            write_row({**asdict(word), "right": word.right, "score": round(word.score, 2)})
    elif words:
        rows = [(w.word, w.near, w.left, w.right, w.library, f"{w.score:.1f}") for w in words]
        write_table(_COLUMNS, rows, terminal=written.terminal)
    else:
        say(_("No word stands near the matches more often than elsewhere."))
    if found.read < found.passages:
        read = _("Counted in {read} of {passages} passages, evenly spread over the library.")
        say(read.format(read=f"{found.read:,}", passages=f"{found.passages:,}"))
    return 0 if words else 1
