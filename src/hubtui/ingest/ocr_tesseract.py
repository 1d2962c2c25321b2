"""Tesseract: a program that recognises text, where it is installed."""

import csv
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Final

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.ocr import RecognisedLine, RecognisedPage, confidence
from hubtui.ingest.paragraphs import join_lines

if TYPE_CHECKING:
    from hubtui.ingest.ocr import Pixels

_CHINESE: Final = ("chi_sim", "chi_tra")
_ENGLISH: Final = "eng"
_SECONDS: Final = 300.0
"""Seconds by the clock that a picture may take."""
_ADDRESSES: Final = 2 * 1024**3
"""Bytes of address space that the program may take, where it can be limited."""
_PAGE, _WORD = "1", "5"
"""The levels of Tesseract's table that are read."""


def start() -> "TesseractRecogniser":
    """Return what recognises text."""
    languages()  # without its languages it is of no use
    return TesseractRecogniser()


class TesseractRecogniser:
    """Recognises text with the program ``tesseract``."""

    name = "Tesseract"

    def recognise(self, image: "Pixels") -> RecognisedPage:
        """Return the lines of a picture."""
        height, width, _bytes = image.shape
        found = list(self.pages(b"P6 %d %d 255\n" % (width, height) + image.tobytes()))
        return found[0] if found else RecognisedPage((), width, height)

    def pages(self, data: bytes) -> Iterator[RecognisedPage]:
        """Yield the lines of each picture in a file.

        Read with both kinds of characters at once, Tesseract mixes them: so each picture is read with one
        and with the other, and the surer reading counts.
        """
        readings = [list(_pages(data, language)) for language in languages()]
        for same in zip(*readings, strict=True):
            yield max(same, key=confidence)


def _pages(data: bytes, language: str) -> Iterator[RecognisedPage]:
    rows = list(csv.DictReader(_run(data, language).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    for _number, of_page in groupby(rows, key=lambda row: row["page_num"]):
        page = list(of_page)
        sizes = [(int(row["width"]), int(row["height"])) for row in page if row["level"] == _PAGE]
        words = [row for row in page if row["level"] == _WORD and row["text"].strip()]
        lines = groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
        yield RecognisedPage(tuple(_line(list(of_line)) for _key, of_line in lines), *sizes[0])


def _line(words: Sequence[dict[str, str]]) -> RecognisedLine:
    """Return the line that words make; between Chinese characters there is no space."""
    lefts, tops = [int(word["left"]) for word in words], [int(word["top"]) for word in words]
    letters = [len(word["text"]) for word in words]
    middle = sum(top + int(word["height"]) / 2 for top, word in zip(tops, words, strict=True)) / len(words)
    half = median(int(word["height"]) for word in words) / 2  # a slanting line is not higher than its words
    sure = sum(float(word["conf"]) * length for word, length in zip(words, letters, strict=True))
    return RecognisedLine(
        join_lines([word["text"] for word in words]),
        min(lefts),
        middle - half,
        max(left + int(word["width"]) for left, word in zip(lefts, words, strict=True)),
        middle + half,
        sure / sum(letters) / 100,
    )


def _run(data: bytes, language: str) -> str:
    """Return the table of what Tesseract finds in a picture.

    Raises:
        SourceError: It finds no picture there, or takes too long.
    """
    with subprocess.Popen(  # noqa: S603  # the picture is its input, not an argument
        [_program(), "stdin", "stdout", "-l", language, "tsv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        _limit(process.pid)
        try:
            out, _errors = process.communicate(data, timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise SourceError(
                _("Reading a picture takes more than {seconds:g} seconds.").format(seconds=_SECONDS),
                _("Save it smaller."),
            ) from error
    if process.returncode:
        raise SourceError(_("The picture is damaged, or of a kind that can't be read."), _("Save it as PNG."))
    return out.decode("utf-8", "replace")


def _limit(pid: int) -> None:
    """Limit the program's memory, where the system can do so for a process that runs already."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource  # not on every system

        resource.prlimit(pid, resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))


def _program() -> str:
    if (found := shutil.which("tesseract")) is None:
        message = "tesseract is not installed"
        raise ImportError(message)
    return found


@cache
def languages() -> tuple[str, ...]:
    """Return the languages with which each picture is read, as the program is told them.

    Raises:
        ImportError: It has none of those that sources are in.
    """
    asked = subprocess.run(  # noqa: S603  # constant arguments
        [_program(), "--list-langs"], capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    known = set(asked.stdout.split())
    english = [_ENGLISH] if _ENGLISH in known else []
    found = tuple("+".join([name, *english]) for name in _CHINESE if name in known) or tuple(english)
    if not found:
        message = f"tesseract has none of its languages {', '.join((*_CHINESE, _ENGLISH))}"
        raise ImportError(message)
    return found
