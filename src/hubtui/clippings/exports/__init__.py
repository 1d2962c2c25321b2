"""Clippings as files for other programs: documents, tables, and the items of reference managers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hubtui.citation import export, source_item, source_keys
from hubtui.citation.styles import style_named
from hubtui.clippings.clipping import Clipping, ClippingError
from hubtui.clippings.exports.document import Document, Quote, grouped
from hubtui.clippings.exports.docx import to_docx
from hubtui.clippings.exports.html import to_html
from hubtui.clippings.exports.markdown import to_markdown
from hubtui.clippings.exports.table import to_csv
from hubtui.errors import did_you_mean
from hubtui.i18n import _
from hubtui.model import Source

_DOCUMENTS: dict[str, Callable[[Document], bytes]] = {
    "markdown": lambda document: to_markdown(document).encode(),
    "html": lambda document: to_html(document).encode(),
    "docx": to_docx,
}
_ITEMS = ("bibtex", "ris", "csl-json")

FORMATS: Mapping[str, str] = {
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "csv": ".csv",
    "bibtex": ".bib",
    "ris": ".ris",
    "csl-json": ".json",
}
"""The formats, each with the ending of its files' names."""


def export_clippings(
    clippings: Sequence[Clipping],
    format_: str,
    style: str,
    group: str = "",
    known: Mapping[str, Source] | None = None,
) -> bytes:
    """Give clippings as a file of a format.

    Args:
        clippings: What to export, in its order.
        format_: One of :data:`FORMATS`.
        style: The citation style of documents.
        group: What documents are divided by: ``city``, ``source``, ``tag``, or ``""``.
        known: What is known now of the sources, by path; of others a clipping says what was known.

    Raises:
        ClippingError: There is no such format or group.
        UnknownStyleError: There is no such style.
        PandocError: The format is ``docx``, and pandoc is not installed or fails.
    """
    style_named(style)
    if format_ not in FORMATS:
        hint = did_you_mean(format_, FORMATS) or _("Use one of {names}.").format(names=", ".join(FORMATS))
        raise ClippingError(_("There is no export format {format!r}.").format(format=format_), hint)
    quotes = [Quote(clipping, source_now(clipping, known or {})) for clipping in clippings]
    groups = grouped(quotes, group)
    if format_ in _DOCUMENTS:
        return _DOCUMENTS[format_](Document(groups, style))
    if format_ in _ITEMS:
        return _items(quotes, format_).encode()
    return to_csv(quotes, style).encode(
        "utf-8-sig"
    )  # Excel takes a file without the mark for another encoding


def source_now(clipping: Clipping, known: Mapping[str, Source]) -> Source:
    """Give what is known of a clipping's source now, by its path, else what was known."""
    found = known.get(clipping.path)
    return replace(found, id=found.path) if found else clipping.source


def _items(quotes: Sequence[Quote], format_: str) -> str:
    """Give each source once, under the key it has in all exports of these clippings."""
    sources = {quote.source.id: quote.source for quote in quotes}
    keys = source_keys(list(sources.values()))
    items = [source_item(source) for source in sources.values()]
    for item in items:
        item["id"] = item["citation-key"] = keys[item["id"]]
    return export(items, format_)
