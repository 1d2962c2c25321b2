"""Put what OCR recognises on pages into lines, and say of each page how sure it is."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from hubtui.core.i18n import _
from hubtui.ingest.formats.pdf_layout import read_segments
from hubtui.ingest.formats.pdf_tables import Line
from hubtui.ingest.ocr import RecognisedLine, RecognisedPage, Recogniser
from hubtui.ingest.paragraphs import join_spaced
from hubtui.text.analyzer import normalise

_LEAST: Final = 0.5
"""How sure of a line OCR must be for the line to be kept."""
_DOUBTFUL: Final = 0.9
"""How sure of a page it must be for the page not to be named."""
_ONE_SIZE: Final = (0.6, 1.3)
"""Within which factors of the usual one the height of a line is that of the text: a box is as high as the
letters that happen to stand in it."""
_SENTENCE: Final = re.compile(r"[。，；,;][”’\"')）」』】]*$")
"""How a line ends that is no heading, whatever its height."""
_GAP: Final = 0.8
"""How wide a gap between two pieces of a line is at most, in heights of the type."""
SECONDS: Final = 3000.0
"""Seconds of processor time after which no further page of a file is read by OCR."""


@dataclass(slots=True)
class Recognition:
    """Reads pages by OCR, and remembers how sure it was.

    Attributes:
        recogniser: What recognises.
        sure: For each page that was read, how sure it was of it.
        dropped: On how many lines of each page it was too unsure.
        late: The pages for which no time was left.
    """

    recogniser: Recogniser
    sure: dict[int, float]
    dropped: dict[int, int]
    late: list[int]

    @classmethod
    def start(cls, recogniser: Recogniser) -> "Recognition":
        """Return one that has read nothing yet."""
        return cls(recogniser, {}, {}, [])

    def has_time(self, number: int) -> bool:
        """Whether there is time for a page; one that comes too late is remembered."""
        used = os.times()
        if used.user + used.system + used.children_user + used.children_system < SECONDS:
            return True
        self.late.append(number)
        return False

    def lines(self, page: RecognisedPage, number: int, height: float) -> list[Line]:
        """Return the lines of a page in reading order.

        Args:
            page: What was recognised.
            number: The page's number, from 1.
            height: How high the page is, in points.
        """
        kept = [line for line in page.lines if line.confidence >= _LEAST and line.text.strip()]
        if len(kept) < len(page.lines):
            self.dropped[number] = len(page.lines) - len(kept)
        if not kept:
            return []
        letters = sum(len(line.text) for line in kept)
        self.sure[number] = sum(line.confidence * len(line.text) for line in kept) / letters
        scale = height / page.height
        return read_segments(_pieces([_placed(line, number, page.height, scale) for line in kept]))

    def forget(self, number: int) -> None:
        """Forget a page whose text is taken from elsewhere."""
        self.sure.pop(number, None)
        self.dropped.pop(number, None)

    def doubts(self) -> Iterator[str]:
        """Say what was read by OCR, and how sure that is."""
        if self.sure:
            mean = sum(self.sure.values()) / len(self.sure)
            doubt = _(
                "Read by OCR ({name}, {mean:.0%} sure), pages: {pages}. Check quotations against the file."
            )
            yield doubt.format(name=self.recogniser.name, mean=mean, pages=ranges(self.sure))
        unsure = {number: sure for number, sure in self.sure.items() if sure < _DOUBTFUL}
        if unsure and len(self.sure) > 1:
            pages = ", ".join(
                f"{number} ({unsure[number]:.0%})" for number in sorted(unsure, key=unsure.__getitem__)[:10]
            )
            yield _("OCR is least sure of these pages: {pages}.").format(
                pages=pages + ("…" if len(unsure) > 10 else "")
            )
        if self.dropped:
            yield _(
                "Lines of which OCR was less than {least:.0%} sure were left out: {count}, on pages: {pages}."
            ).format(count=sum(self.dropped.values()), least=_LEAST, pages=ranges(self.dropped))
        if self.late:
            yield _(
                "OCR took too long, and these pages were left out: {pages}. Split the file into parts."
            ).format(pages=ranges(self.late))


def ranges(numbers: Sequence[int] | dict[int, float] | dict[int, int]) -> str:
    """Return numbers as ``1–3, 5``, without the end of a long list."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in found]
    return ", ".join(shown[:10]) + ("…" if len(shown) > 10 else "")


def _placed(line: RecognisedLine, number: int, height: float, scale: float) -> Line:
    text = join_spaced(" ".join(normalise(line.text).split()))
    return Line(
        text,
        number,
        line.left * scale,
        line.right * scale,
        (height - line.bottom) * scale,
        (height - line.top) * scale,
    )


def _pieces(lines: Sequence[Line]) -> list[Line]:
    """Return lines from the top down, and on one height from left to right, with the type's own height."""
    usual = median(line.height for line in lines for _letter in line.text or " ")
    least, most = _ONE_SIZE
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line.text), key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if least * usual < line.height < most * usual or _SENTENCE.search(line.text):  # no heading
            line = replace(line, bottom=middle - usual / 2, top=middle + usual / 2)  # noqa: PLW2901  # its type
        near = next((row for row in rows[-2:] if any(_beside(other, line) for other in row)), None)
        if near is None:
            rows.append([line])
        else:
            near.append(line)
    return [piece for row in rows for piece in _joined(sorted(row, key=lambda line: line.left))]


def _beside(other: Line, line: Line) -> bool:
    """Whether two lines stand on one height and beside each other."""
    overlap = min(other.top, line.top) - max(other.bottom, line.bottom)
    beside = other.right <= line.left + line.height or line.right <= other.left + line.height
    return beside and overlap > 0.5 * min(other.height, line.height)


def _joined(row: Sequence[Line]) -> list[Line]:
    """Return a row with the pieces joined between which there is no more than a space."""
    pieces = list(row[:1])
    for before, line in pairwise(row):
        if line.left - before.right < _GAP * line.height and len(row) < 3:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {line.text}", right=line.right)
        else:
            pieces.append(line)
    return pieces
