"""``hubtui concordance``: every match of a query in its context."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.localized import NearChoice
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Row, Written, console, write_fields
from hubtui.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubtui.analysis.concordance import Concordance, ConcordanceLine, Sort

LINE_FIELDS = (
    "source_id", "path", "title", "date", "number", "part", "start", "end", "left", "match", "right",
)  # fmt: skip
_PAGE = 200
_ADDRESS = 28


@click.command(
    epilog="Example:  hubtui concordance city:Harbin --sort right",
)
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--sort",
    type=NearChoice(["source", "left", "right", "date"]),
    default="source",
    show_default=True,
    help="By source, by the words before or behind (Chinese by pinyin), or the latest first.",
)
@click.option(
    "--limit",
    default=100,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=0),
    help="N at most; 0: all.",
)
@click.option("--offset", default=0, metavar="N", type=click.IntRange(min=0), help="Leave out the first N.")
@library_option
@written_options
def command(  # an option each
    *,
    query: tuple[str, ...],
    sort: "Sort",
    limit: int,
    offset: int,
    library: Path | None,
    written: Written,
) -> int:
    """List every match of a query on a line of its own, with what stands before and behind it.

    The words after the command are one query, as for search; of a city, every one of its names matches.
    """
    with opened_library(library) as opened:
        found = opened.analysis.concordance(" ".join(query), sort)
        left = max(0, len(found) - offset)
        shown = min(limit, left) if limit else left
        _write(found, offset, offset + shown, written)
    if shown < left:
        counted = ngettext("{n} match", "{n} matches", len(found)).format(n=f"{len(found):,}")
        say(_("{shown} of {counted}; use --limit 0 for all.").format(shown=f"{shown:,}", counted=counted))
    elif not len(found):
        say(_("Nothing matches."))
    return 0 if shown else 1


def _write(found: "Concordance", first: int, last: int, written: Written) -> None:
    write_row = written.rows(LINE_FIELDS)
    if write_row is not None:
        for line in _lines(found, first, last):
            write_row(_row(line))
    elif not written.terminal:
        for line in _lines(found, first, last):
            text = line.passage.text
            address = f"{line.source.path}:{line.passage.label}"
            write_fields(address, *(text[slice(*span)] for span in (line.left, line.match, line.right)))
    else:
        _draw(found, first, last)


def _lines(found: "Concordance", first: int, last: int) -> "Iterator[ConcordanceLine]":
    for start in range(first, last, _PAGE):
        yield from filter(None, found.lines(start, min(last, start + _PAGE)))


def _draw(found: "Concordance", first: int, last: int) -> None:
    """Write lines for eyes, aligned on the match."""
    from rich.text import Text  # deferred: pipes need none of Rich

    from hubtui.text.cells import before, behind, fit, pad, printable, width  # see above

    out = console()
    room = max(20, out.width - _ADDRESS - 1)
    for line in _lines(found, first, last):
        text, (start, end) = line.passage.text, line.match
        number = f":{line.passage.label}"
        address = pad(fit(line.source.path, _ADDRESS - width(number)) + number, _ADDRESS)
        left, taken = before(text, line.left[0], start, room * 2 // 5)
        right, _taken = behind(text, start, line.right[1], room - room * 2 // 5)
        out.print(
            Text.assemble(
                (f"{address} ", "dim"),
                " " * (room * 2 // 5 - taken) + printable(text[left:start]),
                (printable(text[start : min(end, right)]), "bold yellow"),
                printable(text[min(end, right) : right]),
            ),
            soft_wrap=True,
        )


def _row(line: "ConcordanceLine") -> Row:
    text, (start, end) = line.passage.text, line.match
    return {
        "source_id": line.source.id,
        "path": line.source.path,
        "title": line.source.title,
        "date": line.source.date,
        "number": line.passage.number,
        "part": line.passage.part,
        "start": start,
        "end": end,
        "left": text[slice(*line.left)],
        "match": text[start:end],
        "right": text[slice(*line.right)],
    }
