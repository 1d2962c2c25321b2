"""Recognise text in pictures, where a program that does so is installed.

There are two: RapidOCR, which the extra ``hubtui[ocr]`` installs with its models, and Tesseract. What is
asked often (:func:`engine`) loads neither.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from hubtui.core.i18n import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """A picture: rows of pixels of three bytes, red, green and blue."""


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of text in a picture; lengths in pixels, from the picture's upper left corner.

    Attributes:
        text: What it says.
        confidence: How sure the program is of that, from 0 to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The lines of a picture, in any order, and its size in pixels."""

    lines: tuple[RecognisedLine, ...]
    width: int
    height: int


def confidence(page: RecognisedPage) -> float:
    """Return how sure the lines of a page are, by their length; 0 where there are none."""
    letters = sum(len(line.text) for line in page.lines)
    return sum(line.confidence * len(line.text) for line in page.lines) / max(letters, 1)


class Recogniser(Protocol):
    """Recognises text."""

    @property
    def name(self) -> str:
        """What it is called."""

    def recognise(self, image: "Pixels") -> RecognisedPage:
        """Return the lines of a picture."""

    def pages(self, data: bytes) -> Iterator[RecognisedPage]:
        """Yield the lines of each picture in a file: one, or in a TIFF file as many as it has pages.

        Raises:
            SourceError: The file can't be read as a picture.
        """


def engine() -> str:
    """Return the name of the program that recognises text here, or ``""`` where there is none."""
    if find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None:
        return "RapidOCR"
    return "Tesseract" if shutil.which("tesseract") else ""


_MODULES = {"RapidOCR": "ocr_rapid", "Tesseract": "ocr_tesseract"}
"""Where each of them is called; the module has a function ``start() -> Recogniser``."""


@cache
def recogniser() -> Recogniser | None:
    """Return what recognises text here, ``None`` where nothing does; kept, since it loads its models.

    Raises:
        ImportError: It is installed, but incomplete.
    """
    name = engine()
    if not name:
        return None
    return cast("Recogniser", import_module(f"hubtui.ingest.{_MODULES[name]}").start())


def remedy() -> str:
    """Say how text in pictures comes to be read."""
    return _('For OCR install the extra hubtui[ocr] (pip install "hubtui[ocr]"), or the program tesseract.')
