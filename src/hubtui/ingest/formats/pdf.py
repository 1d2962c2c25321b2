"""Read PDF with text: lines by their place on the page, joined to paragraphs; passages know their page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from hubtui.core.errors import SourceError, UnrecognisedSourceError
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
from hubtui.ingest.formats.recognised import Recognition, ranges
from hubtui.ingest.metadata.properties import offer_properties
from hubtui.ingest.ocr import Recogniser, remedy
from hubtui.ingest.paragraphs import HYPHEN, cell_count, join_lines, known_words, strip_bullet

if TYPE_CHECKING:
    from hubtui.ingest.ocr import Pixels

PdfDocument = Any
"""pypdfium2 is not typed."""

MOST_PAGES = 5000
_STAMPED = 120
"""Terminal cells of text that a page has at most whose text is in a picture."""
_COVERED = 0.8
"""How much of a page with such text a picture covers at least that is the page."""
_SHOWN = 0.05
"""The same of a page without text."""
_DRAWN = 20
"""Parts of a drawing from which it may be letters."""
_DENSITY = 200
"""Pixels to the inch in which a page is shown to OCR."""
_LONGEST_SIDE = 2400
"""Pixels that the longer side of such a page has at most."""
_ENDED = re.compile(r"[。！？!?.…:：;；][”’\"')）」』】]*$")


def read(data: bytes, recogniser: Recogniser | None = None) -> Extract:
    """Take the paragraphs of a PDF, without running headers and page numbers.

    Args:
        data: The file.
        recogniser: What reads the pages that are pictures; without one they are left out.

    Raises:
        UnrecognisedSourceError: All pages are pictures, and there is nothing to read them.
        SourceError: The file is encrypted or damaged, or no text is found in it.
    """
    document = _open(data)
    try:
        doubts: list[str] = []
        pages = _pages(document, doubts)
        if recogniser is not None:
            doubts += _recognise(document, recogniser, pages)
        facts = _facts(document)
    finally:
        document.close()
    lines = [page.lines for page in pages]
    if not any(lines):
        raise _without_text(recogniser)
    left_out = [page.number for page in pages if page.is_picture] if recogniser is None else []
    if left_out:
        doubt = _("These pages are pictures, and were left out: {pages}.").format(pages=ranges(left_out))
        doubts.append(f"{doubt} {remedy()}")
    blocks, marked = lay_out(lines, [page.height for page in pages])
    return Extract(blocks, facts, marked=marked, doubts=doubts, unrecognised=bool(left_out))


def _without_text(recogniser: Recogniser | None) -> SourceError:
    if recogniser is None:
        return UnrecognisedSourceError(_("The PDF holds pictures of pages, but no text."), remedy())
    return SourceError(
        _("The PDF holds pictures of pages, in which OCR finds no text."), _("Remove it, or scan it again.")
    )


def lay_out(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[TextBlock], bool]:
    """Return the blocks that the lines of pages make, and whether large type tells the headings.

    Args:
        pages: The lines of each page, in reading order.
        heights: How high each page is, in points.
    """
    body = _body_height(pages)
    lines = [line for kept in without_running(pages, heights, body) for line in kept]
    return list(_blocks(lines, body)), any(is_large(line, body) for line in lines)


@dataclass(slots=True)
class _Page:
    number: int
    lines: list[Line]
    height: float
    is_picture: bool


def _pages(document: PdfDocument, doubts: list[str]) -> list[_Page]:
    """Return the pages; those that can't be read are a doubt, unless all are."""
    from pypdfium2 import PdfiumError  # deferred: most libraries have no PDF

    pages: list[_Page] = []
    lost: list[int] = []
    pictures = 0
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        try:
            page = document[number - 1]
            height = page.get_height()
            shown = count_pictures(page)
            lines = page_lines(page, number)
            is_picture = _is_picture(document[number - 1], lines)
        except (PdfiumError, ValueError, ArithmeticError):  # places may be infinite, or no numbers
            lost.append(number)
        else:
            pages.append(_Page(number, lines, height, is_picture))
            pictures += shown if lines and not is_picture else 0
    if lost and not pages:
        raise SourceError(_("The PDF is damaged or truncated."), _("Get the file again."))
    if lost:
        doubts.append(_("These pages are damaged and were left out: {pages}.").format(pages=_listed(lost)))
    if pictures:
        message = _("It has pictures whose text, if they show any, is not read: {count}.")
        doubts.append(message.format(count=pictures))
    if len(document) > MOST_PAGES:
        doubts.append(_("Only the first {pages:,} pages were read.").format(pages=MOST_PAGES))
    return pages


def _is_picture(page: Any, lines: Sequence[Line]) -> bool:  # noqa: ANN401  # pypdfium2 is not typed
    """Whether a page is a picture, with at most the few words that a scanner or an archive stamps on it."""
    from pypdfium2 import raw  # deferred, as above

    if _length(lines) > _STAMPED:
        return False
    width, height = page.get_size()
    found = 0.0
    objects = 0
    for item in page.get_objects(max_depth=1):
        objects += 1
        if item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            left, bottom, right, top = item.get_bounds()
            shown = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
            found = max(found, shown / (width * height))
        if objects > _DRAWN:
            break
    return found > (_COVERED if lines else _SHOWN) or (not lines and objects > _DRAWN)


def _recognise(document: PdfDocument, recogniser: Recogniser, pages: Sequence[_Page]) -> list[str]:
    """Read the pages that are pictures, all where none has text, and return what is doubtful about that."""
    recognition = Recognition.start(recogniser)
    textless = not any(page.lines for page in pages)
    for page in pages:
        if not (page.is_picture or textless) or not recognition.has_time(page.number):
            continue
        found = recogniser.recognise(_rendered(document[page.number - 1]))
        lines = recognition.lines(found, page.number, page.height)
        if _length(lines) > 2 * _length(page.lines):
            page.lines = lines
        else:
            recognition.forget(page.number)
    return list(recognition.doubts())


def _rendered(page: Any) -> "Pixels":  # noqa: ANN401  # as above
    """Return a page as a picture, large enough for small print."""
    scale = min(_DENSITY / 72, _LONGEST_SIDE / max(page.get_size()))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    pixels = bitmap.to_numpy()
    page.close()
    return cast("Pixels", pixels)


def _length(lines: Sequence[Line]) -> int:
    return sum(cell_count(line.text) for line in lines)


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
