"""Clippings as a table: CSV (RFC 4180) in UTF-8 that spreadsheets open without running what is in it."""

import csv
import io
from collections.abc import Sequence

from hubtui.citation import cite
from hubtui.clippings.exports.document import Quote

COLUMNS = (
    "id", "made", "path", "passage", "page", "section", "title", "author", "publisher", "date", "language",
    "url", "text", "note", "tags", "cities", "query", "citation",
)  # fmt: skip

# With these a spreadsheet begins a formula, some after spaces they leave out (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(quotes: Sequence[Quote], style: str) -> str:
    """Write a row for each quotation, under :data:`COLUMNS`.

    An apostrophe stands before what a spreadsheet would take for a formula; spreadsheets show that as text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for quote in quotes:
        writer.writerow([_plain(cell) for cell in _row(quote, style)])
    return out.getvalue()


def _row(quote: Quote, style: str) -> Sequence[str]:
    clipping, source = quote.clipping, quote.source
    return (
        clipping.id, clipping.made, clipping.path, clipping.label, str(clipping.page or ""), clipping.section,
        source.title, source.author, source.publisher, source.date, source.language, source.url,
        clipping.text, clipping.note, ", ".join(clipping.tags),
        ", ".join(place.label for place in clipping.places), clipping.query,
        cite(source, style, clipping.passage),
    )  # fmt: skip


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(("\t", "\r")) else cell
