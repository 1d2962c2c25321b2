"""Read pictures of text: photographs and scans of pages, which OCR recognises."""

from typing import TYPE_CHECKING

from hubtui.core.errors import SourceError, UnrecognisedSourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract, Facts
from hubtui.ingest.formats.pdf import lay_out
from hubtui.ingest.formats.recognised import Recognition
from hubtui.ingest.ocr import Recogniser, remedy

if TYPE_CHECKING:
    from hubtui.ingest.formats.pdf_tables import Line

_HEIGHT = 842.0
"""How high the page of a picture is taken to be: as A4, in points."""


def read(data: bytes, recogniser: Recogniser | None = None) -> Extract:
    """Take the paragraphs of a picture; a TIFF file may hold several pages.

    Raises:
        UnrecognisedSourceError: There is nothing that recognises them.
        SourceError: It can't be read, or shows no text.
    """
    if recogniser is None:
        raise UnrecognisedSourceError(_("The file is a picture, which only OCR can read."), remedy())
    recognition = Recognition.start(recogniser)
    pages: list[list[Line]] = []
    for number, page in enumerate(recogniser.pages(data), 1):
        if not recognition.has_time(number):
            break
        pages.append(recognition.lines(page, number, _HEIGHT))
    if not any(pages):
        raise SourceError(_("OCR finds no text in the picture."), _("Remove it, or scan it again."))
    blocks, marked = lay_out(pages, [_HEIGHT] * len(pages))
    return Extract(blocks, Facts(), marked=marked, doubts=list(recognition.doubts()))
