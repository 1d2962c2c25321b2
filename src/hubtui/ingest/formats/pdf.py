"""Read PDF with text: lines by their place on the page, joined to paragraphs; passages know their page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract, Facts, TextBlock
from hubtui.ingest.formats.pdf_layout import (
    count_pictures,
    groups_of_rows,
    is_large,
    page_lines,
    without_running,
)
from hubtui.ingest.formats.pdf_tables import Line
from hubtui.ingest.metadata.properties import offer_properties
from hubtui.ingest.paragraphs import HYPHEN, join_lines, known_words, strip_bullet

PdfDocument = Any
"""pypdfium2 is not typed."""

MOST_PAGES = 5000
_ENDED = re.compile(r"[。！？!?.…:：;；][”’\"')）」』】]*$")


def read(data: bytes) -> Extract:
    """Take the paragraphs of a PDF, without running headers and page numbers.

    Raises:
        SourceError: The file is encrypted, damaged or has no text.
    """
    document = _open(data)
    try:
        doubts: list[str] = []
        pages, heights = _pages(document, doubts)
        facts = _facts(document)
    finally:
        document.close()
    if not any(pages):
        raise SourceError(
            _("The PDF holds pictures of pages, but no text."),
            _("Recognise its text with an OCR program first, for example: ocrmypdf OLD.pdf NEW.pdf"),
        )
    body = _body_height(pages)
    lines = [line for kept in without_running(pages, heights, body) for line in kept]
    marked = any(is_large(line, body) for line in lines)
    return Extract(list(_blocks(lines, body)), facts, marked=marked, doubts=doubts)


def _pages(document: PdfDocument, doubts: list[str]) -> tuple[list[list[Line]], list[float]]:
    """Return the lines and the height of each page; pages that can't be read are a doubt, unless all are."""
    pages: list[list[Line]] = []
    from pypdfium2 import PdfiumError  # deferred: most libraries have no PDF

    heights: list[float] = []
    lost: list[int] = []
    scanned: list[int] = []
    pictures = 0
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        try:
            page = document[number - 1]
            height = page.get_height()
            shown = count_pictures(page)
            lines = page_lines(page, number)
        except (PdfiumError, ValueError, ArithmeticError):  # places may be infinite, or no numbers
            lost.append(number)
        else:
            heights.append(height)
            pages.append(lines)
            pictures += shown if lines else 0
            scanned += [number] if shown and not lines else []
    if lost and not pages:
        raise SourceError(_("The PDF is damaged or truncated."), _("Get the file again."))
    if lost:
        doubts.append(_("These pages are damaged and were left out: {pages}.").format(pages=_listed(lost)))
    if scanned and any(pages):
        said = _("These pages hold pictures, but no text: {pages}. Recognise their text with an OCR program.")
        doubts.append(said.format(pages=_listed(scanned)))
    if pictures:
        said = _("It has pictures whose text, if they show any, is not read: {count}.")
        doubts.append(said.format(count=pictures))
    if len(document) > MOST_PAGES:
        doubts.append(_("Only the first {pages:,} pages were read.").format(pages=MOST_PAGES))
    return pages, heights


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:5])) + ("…" if len(pages) > 5 else "")


def _body_height(pages: Sequence[Sequence[Line]]) -> float:
    """Return the height of the type in which most of the text is set."""
    heights = sorted((line.height, len(line.text)) for lines in pages for line in lines)
    middle = sum(length for _height, length in heights) / 2
    for height, length in heights:
        middle -= length
        if middle <= 0:
            return height
    return 0.0


def _open(data: bytes) -> PdfDocument:
    import pypdfium2 as pdfium  # deferred: most libraries have no PDF

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise SourceError(_("The PDF is encrypted."), _("Save it without a password.")) from error
        raise SourceError(_("The PDF is damaged or truncated."), _("Get the file again.")) from error


def _blocks(lines: Sequence[Line], body: float) -> Iterator[TextBlock]:
    """Join lines to paragraphs, and rows to tables; lines of larger type are headings."""
    words = known_words(line.text for line in lines)
    sizes = sorted({round(line.height) for line in lines if is_large(line, body)}, reverse=True)
    for is_table, group in groups_of_rows(lines):
        if is_table:
            yield TextBlock(
                "\n".join(" | ".join(row.cells).strip() for row in group), "table", page=group[0].page
            )
            continue
        parts: list[list[Line]] = [[line] for line in group[:1]]
        for line, following in pairwise(group):
            if _goes_on(line, following, body):
                parts[-1].append(following)
            else:
                parts.append([following])
        for part in parts:
            text, first = join_lines([line.text for line in part], words), part[0]
            if is_large(first, body):
                level = min(sizes.index(round(first.height)) + 1, 6)
                yield TextBlock(text, "heading", level, first.page)
            elif item := strip_bullet(text):
                yield TextBlock(item, "list item", page=first.page)
            else:
                yield TextBlock(text, page=first.page)


def _goes_on(line: Line, following: Line, body: float) -> bool:
    """Whether ``following`` belongs to the paragraph of ``line``."""
    if is_large(line, body) != is_large(following, body) or strip_bullet(following.text):
        return False
    if following.indented:
        return False
    if line.text.endswith(HYPHEN):
        return True
    full = line.right > line.edge - 4 * body
    if line.page != following.page or following.top > line.top:  # the next page or column
        return not _ENDED.search(line.text)
    if line.bottom - following.top > 1.1 * body:
        return False
    indented = following.left > line.left + 0.8 * body and full and not strip_bullet(line.text)
    return not indented and (full or not _ENDED.search(line.text))


def _facts(document: PdfDocument) -> Facts:
    """Return the title and the author of the document's properties, unless a program wrote them there."""
    facts = Facts()
    try:
        properties = document.get_metadata_dict()
    except ValueError:  # they are in no encoding
        return facts
    offer_properties(facts, properties.get("Title", ""), properties.get("Author", ""))
    return facts
