"""Export clippings as files for other programs: documents, tables, and the items of reference managers.

Documents are made of the blocks of :mod:`hubtui.reports`; Word documents, with real footnotes, need pandoc.
Tables are CSV (RFC 4180) in UTF-8 that spreadsheets open without running what is in it.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hubtui.citation import (
    Excerpt,
    Reference,
    References,
    cite,
    cite_in_list,
    export,
    source_item,
    source_keys,
)
from hubtui.citation.escape import source_link
from hubtui.citation.export_formats import EXPORT_FORMATS as ITEM_FORMATS
from hubtui.citation.pandoc import PandocFailedError, find_pandoc, run_pandoc
from hubtui.citation.quotations import alphabetical_key
from hubtui.citation.styles import get_style
from hubtui.clippings.model import Clipping, ClippingError
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.models import Source
from hubtui.reports.blocks import (
    Footnote,
    FootnotesBlock,
    HeadingBlock,
    LabelledBlock,
    QuotationBlock,
    ReportBlock,
    SourcesBlock,
)
from hubtui.reports.html import write_html
from hubtui.reports.markdown import write_markdown
from hubtui.text.analyzer import fold

_SECONDS = 120


class PandocError(HubtuiError):
    """A document cannot be converted by pandoc."""

    title = N_("Word export failed")


@dataclass(frozen=True, slots=True)
class ClippedQuotation:
    """A clipping, and what is known of its source."""

    clipping: Clipping
    source: Source

    @property
    def excerpt(self) -> Excerpt:
        """What is cited."""
        return Excerpt(self.source, self.clipping.passage)

    @property
    def link(self) -> str:
        """The address of the text in its source's page, or ``""``."""
        return source_link(self.source, self.clipping.text)

    @property
    def language(self) -> str:
        """The language of the quoted text."""
        return self.clipping.language or self.source.language


@dataclass(frozen=True, slots=True)
class ClippingGroup:
    """Quotations under a heading, which is ``""`` where there is only one group."""

    heading: str
    quotes: Sequence[ClippedQuotation]


@dataclass(frozen=True, slots=True)
class ClippingsDocument:
    """Quotations to be written in one citation style.

    Attributes:
        quotations: All of them, in their order.
        groups: The same divided under headings; some may stand in several groups.
        style: The id of the style.
    """

    quotations: Sequence[ClippedQuotation]
    groups: Sequence[ClippingGroup]
    style: str

    def blocks(self) -> list[ReportBlock]:
        """Return the document: each quotation with its citation, and one bibliography."""
        footnotes = self._footnotes()
        blocks: list[ReportBlock] = [HeadingBlock(1, _("Clippings"))]
        notes = iter(footnotes)
        for group in self.groups:
            if group.heading:
                blocks.append(HeadingBlock(2, group.heading))
            for quote in group.quotes:
                blocks += _quotation(quote, next(notes))
        blocks += [HeadingBlock(2, _("Bibliography")), SourcesBlock(self._bibliography(), numbered=False)]
        return [*blocks, FootnotesBlock(footnotes)]

    def _grouped(self) -> list[ClippedQuotation]:
        return [quote for group in self.groups for quote in group.quotes]

    def _footnotes(self) -> list[Footnote]:
        """Return a footnote for each quotation: its citation with the passage as locator.

        In a style of notes, later ones to the same source are short.
        """
        quotes = self._grouped()
        if get_style(self.style).has_notes:
            references = References([quote.excerpt for quote in quotes], self.style)
            citations = [references.entry(quote.excerpt).text for quote in quotes]
        else:
            citations = [cite(quote.source, self.style, quote.clipping.passage) for quote in quotes]
        return [
            Footnote(number, citation, quote.source, quote.link)
            for number, (quote, citation) in enumerate(zip(quotes, citations, strict=True), 1)
        ]

    def _bibliography(self) -> list[Reference]:
        """Return each source once, with its citation: in the order of the document, or of the alphabet."""
        style = get_style(self.style)
        sources = {quote.source.id: quote.source for quote in self._grouped()}
        entries = [(cite_in_list(source, self.style), source) for source in sources.values()]
        if style.has_numbered_list:
            entries = [
                (style.numbered_entry(number, text), source)
                for number, (text, source) in enumerate(entries, 1)
            ]
        else:
            entries.sort(key=lambda entry: alphabetical_key(*entry, chinese_first=style.chinese_first))
        return [
            Reference(source.id, number, text, source) for number, (text, source) in enumerate(entries, 1)
        ]


def _quotation(quote: ClippedQuotation, footnote: Footnote) -> Iterator[ReportBlock]:
    clipping = quote.clipping
    yield QuotationBlock(clipping.text, quote.language, quote.link, footnote)
    if clipping.note:
        yield LabelledBlock(_("Note:"), clipping.note)
    if clipping.tags:
        yield LabelledBlock(_("Tags:"), " ".join(", ".join(clipping.tags).split()))


def group_clippings(quotes: Sequence[ClippedQuotation], by: str) -> list[ClippingGroup]:
    """Divide quotations by ``city``, ``source``, ``tag``, or not at all (``""``).

    A quotation stands under one city, the one asked for, else the one it names most; and under each of its
    tags. Those without come last.

    Raises:
        ClippingError: There is no such way to group.
    """
    if not by:
        return [ClippingGroup("", quotes)] if quotes else []
    headings = GROUPS.get(by)
    if headings is None:
        hint = did_you_mean(by, GROUPS) or _("Use one of {names}.").format(names=", ".join(GROUPS))
        raise ClippingError(_("There is no group {group!r}.").format(group=by), hint)
    found: dict[str, list[ClippedQuotation]] = {}
    for quote in quotes:
        for heading in list(headings(quote)) or [""]:
            found.setdefault(heading, []).append(quote)
    rest = found.pop("", [])
    groups = [ClippingGroup(heading, found[heading]) for heading in sorted(found, key=fold)]
    return [*groups, ClippingGroup(_("Others"), rest)] if rest else groups


def _cities(quote: ClippedQuotation) -> Iterator[str]:
    for place in quote.clipping.places[:1]:
        yield " ".join(name for name in (place.name_en, place.name_zh) if name) or place.id


GROUPS: dict[str, Callable[[ClippedQuotation], Iterator[str]]] = {
    "city": _cities,
    "source": lambda quote: iter([quote.source.label]),
    "tag": lambda quote: iter(quote.clipping.tags),
}
"""The ways to group, each with the headings that a quotation stands under."""


def _html(document: ClippingsDocument) -> bytes:
    return write_html(document.blocks()).encode()


def _markdown(document: ClippingsDocument) -> bytes:
    return write_markdown(document.blocks()).encode()


def _docx(document: ClippingsDocument) -> bytes:
    pandoc = find_pandoc()
    if pandoc is None:
        raise PandocError(
            _("Word documents need pandoc, which is not installed."),
            _("Install pandoc (pandoc.org), or export as html and open that in the word processor."),
        )
    with tempfile.TemporaryDirectory(prefix="hubtui-") as folder:
        target = Path(folder, "clippings.docx")
        arguments = ["--from=commonmark+footnotes", "--to=docx", f"--output={target}"]
        try:
            run_pandoc(pandoc, arguments, write_markdown(document.blocks()), seconds=_SECONDS)
            return target.read_bytes()
        except (OSError, PandocFailedError) as error:
            raise PandocError(
                f"{error}.", _("Export as html and open that in the word processor.")
            ) from error


CSV_COLUMNS = (
    "id", "made", "path", "passage", "page", "section", "title", "author", "publisher", "date", "language",
    "url", "text", "note", "tags", "cities", "query", "citation",
)  # fmt: skip

# With these a spreadsheet begins a formula, some after spaces they leave out (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def clippings_csv(quotes: Sequence[ClippedQuotation], style: str) -> str:
    """Write a row for each quotation, under :data:`CSV_COLUMNS`.

    An apostrophe stands before what a spreadsheet would take for a formula; spreadsheets show that as text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for quote in quotes:
        writer.writerow([_plain(cell) for cell in _csv_row(quote, style)])
    return out.getvalue()


def _csv_row(quote: ClippedQuotation, style: str) -> Sequence[str]:
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


def _csv(document: ClippingsDocument) -> bytes:
    # Without the mark Excel takes the file for another encoding.
    return clippings_csv(document.quotations, document.style).encode("utf-8-sig")


def _items(document: ClippingsDocument, format_: str) -> bytes:
    """Write each source once, under the key it has in all exports of these clippings."""
    sources = {quote.source.id: quote.source for quote in document.quotations}
    keys = source_keys(list(sources.values()))
    items = [source_item(source) for source in sources.values()]
    for item in items:
        item["id"] = item["citation-key"] = keys[item["id"]]
    return export(items, format_).encode()


@dataclass(frozen=True, slots=True)
class ClippingsFormat:
    """A format of exported clippings.

    Attributes:
        id: What commands call it.
        suffix: The ending of its files' names.
        write: Writes a document as the bytes of a file.
    """

    id: str
    suffix: str
    write: Callable[[ClippingsDocument], bytes]


CLIPPINGS_FORMATS = (
    ClippingsFormat("markdown", ".md", _markdown),
    ClippingsFormat("html", ".html", _html),
    ClippingsFormat("docx", ".docx", _docx),
    ClippingsFormat("csv", ".csv", _csv),
    *(ClippingsFormat(one.id, one.suffix, partial(_items, format_=one.id)) for one in ITEM_FORMATS),
)
"""All formats, in the order in which they are listed."""

EXPORT_FORMATS: Mapping[str, str] = {one.id: one.suffix for one in CLIPPINGS_FORMATS}
"""The ids of the formats, each with the ending of its files' names."""


def export_clippings(
    clippings: Sequence[Clipping],
    format_: str,
    style: str,
    group: str = "",
    known: Mapping[str, Source] | None = None,
) -> bytes:
    """Return clippings as a file of a format.

    Args:
        clippings: What to export, in its order.
        format_: One of :data:`EXPORT_FORMATS`.
        style: The citation style of documents.
        group: What documents are divided by: ``city``, ``source``, ``tag``, or ``""``.
        known: What is known now of the sources, by path; of others a clipping says what was known.

    Raises:
        ClippingError: There is no such format or group.
        UnknownStyleError: There is no such style.
        PandocError: The format is ``docx``, and pandoc is not installed or fails.
    """
    get_style(style)
    chosen = next((one for one in CLIPPINGS_FORMATS if one.id == format_), None)
    if chosen is None:
        hint = did_you_mean(format_, EXPORT_FORMATS)
        hint = hint or _("Use one of {names}.").format(names=", ".join(EXPORT_FORMATS))
        raise ClippingError(_("There is no export format {format!r}.").format(format=format_), hint)
    quotes = [ClippedQuotation(clipping, source_now(clipping, known or {})) for clipping in clippings]
    return chosen.write(ClippingsDocument(quotes, group_clippings(quotes, group), style))


def source_now(clipping: Clipping, known: Mapping[str, Source]) -> Source:
    """Return what is known of a clipping's source now, by its path, else what was known."""
    found = known.get(clipping.path)
    return replace(found, id=found.path) if found else clipping.source
