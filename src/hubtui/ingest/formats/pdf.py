"""Read PDF with text: lines by their place on the page, joined to paragraphs; passages know their page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract, Facts, TextBlock
from hubtui.ingest.metadata.bylines import clean_authors
from hubtui.ingest.paragraphs import cell_count, join_lines, strip_bullet
from hubtui.text.fold import normalise

PdfDocument = Any
PdfPage = Any
"""pypdfium2 is not typed."""

MOST_PAGES = 5000
_ENDED = re.compile(r"[。！？!?.…:：;；][”’\"')）」』】]*$")
_NUMBERED = re.compile(r"[\d\s\-–—/|·.第页共]+|page \d+(?: of \d+)?|[ivxlc]{1,6}", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?|…\s?|·\s?){6}\s*[\divxlc]{0,6}$")
_PROGRAM_TITLE = re.compile(
    r"(?:microsoft word|powerpoint|untitled|无标题)\b.{0,200}|.{0,200}\.(?:docx?|pdf|wps|indd|tex)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; lengths in points, from the page's lower left corner."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read(data: bytes) -> Extract:
    """Take the paragraphs of a PDF, without running headers and page numbers.

    Raises:
        SourceError: The file is encrypted, damaged or has no text.
    """
    document = _open(data)
    try:
        count = min(len(document), MOST_PAGES)
        pages = [_lines(document[n], n + 1) for n in range(count)]
        facts = _facts(document)
        cut = _("Only the first {pages:,} pages were read.").format(pages=MOST_PAGES)
        doubts = [cut] if len(document) > MOST_PAGES else []
    finally:
        document.close()
    if not any(pages):
        raise SourceError(
            _("The PDF holds pictures of pages, but no text."),
            _("Recognise its text with an OCR program first, for example: ocrmypdf OLD.pdf NEW.pdf"),
        )
    body = median(line.height for lines in pages for line in lines)
    lines = _without_running(pages, body)
    return Extract(
        list(_blocks(lines, body)), facts, marked=any(_is_large(line, body) for line in lines), doubts=doubts
    )


def _open(data: bytes) -> PdfDocument:
    import pypdfium2 as pdfium  # deferred: most libraries have no PDF

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise SourceError(_("The PDF is encrypted."), _("Save it without a password.")) from error
        raise SourceError(_("The PDF is damaged or truncated."), _("Get the file again.")) from error


def _lines(page: PdfPage, number: int) -> list[_Line]:
    """Return the lines of a page in the order of its content; pieces on the same height are joined."""
    text = page.get_textpage()
    lines: list[_Line] = []
    try:
        for n in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(n)
            piece = " ".join(normalise(text.get_text_bounded(left, bottom, right, top)).split())
            if piece:
                lines.append(_Line(piece, number, left, right, bottom, top))
    finally:
        text.close()
        page.close()
    joined: list[_Line] = []
    for line in lines:
        if joined and _beside(joined[-1], line):
            last = joined.pop()
            gap = " " if line.left - last.right > 0.15 * last.height else ""
            line = _Line(  # noqa: PLW2901  # the line that the two pieces are
                last.text + gap + line.text,
                number,
                last.left,
                line.right,
                min(last.bottom, line.bottom),
                max(last.top, line.top),
            )
        joined.append(line)
    return joined


def _beside(a: _Line, b: _Line) -> bool:
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    return overlap > 0.5 * min(a.height, b.height) and -1 <= b.left - a.right < 3 * max(a.height, b.height)


def _without_running(pages: Sequence[Sequence[_Line]], body: float) -> list[_Line]:
    """Leave out page numbers, tables of contents, and edge lines that return on a third of the pages."""
    edges = Counter(_shape(line) for lines in pages for line in {*lines[:2], *lines[-2:]})
    often = max(3, len(pages) / 3)
    kept = []
    for lines in pages:
        for n, line in enumerate(lines):
            edge = (n < 2 or n >= len(lines) - 2) and not _is_large(line, body)
            running = edge and (_NUMBERED.fullmatch(line.text) or edges[_shape(line)] >= often)
            if not running and not _LEADERS.search(line.text):
                kept.append(line)
    return kept


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _is_large(line: _Line, body: float) -> bool:
    return line.height > 1.2 * body and cell_count(line.text) <= 160


def _blocks(lines: Sequence[_Line], body: float) -> Iterator[TextBlock]:
    """Join lines to paragraphs; lines of larger type are headings."""
    edge = {
        page: max(line.right for line in lines if line.page == page) for page in {line.page for line in lines}
    }
    parts: list[list[_Line]] = [[line] for line in lines[:1]]
    for line, following in pairwise(lines):
        if _goes_on(line, following, edge[line.page], body):
            parts[-1].append(following)
        else:
            parts.append([following])
    sizes = sorted({round(line.height) for line in lines if _is_large(line, body)}, reverse=True)
    for part in parts:
        text, first = join_lines([line.text for line in part]), part[0]
        if _is_large(first, body):
            yield TextBlock(text, "heading", min(sizes.index(round(first.height)) + 1, 6), first.page)
        elif item := strip_bullet(text):
            yield TextBlock(item, "list item", page=first.page)
        else:
            yield TextBlock(text, page=first.page)


def _goes_on(line: _Line, following: _Line, edge: float, body: float) -> bool:
    """Whether ``following`` belongs to the paragraph of ``line``."""
    if _is_large(line, body) != _is_large(following, body) or strip_bullet(following.text):
        return False
    full = line.right > edge - 4 * body
    if line.page != following.page or following.top > line.top:  # the next page or column
        return not _ENDED.search(line.text)
    if line.bottom - following.top > 1.1 * body:
        return False
    indented = following.left > line.left + 0.8 * body and full and not strip_bullet(line.text)
    return not indented and (full or not _ENDED.search(line.text))


def _facts(document: PdfDocument) -> Facts:
    """Return the title and the author of the document's properties, unless a program wrote them there."""
    facts = Facts()
    properties = document.get_metadata_dict()
    title = " ".join(normalise(properties.get("Title", "")).split())
    if not _PROGRAM_TITLE.fullmatch(title):
        facts.offer("title", title, "page metadata")
    facts.offer("author", clean_authors(normalise(properties.get("Author", ""))), "page metadata")
    return facts
