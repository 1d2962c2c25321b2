"""A source set as a page: which line of the reader shows what."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from hubtui.model import Passage, Source
from hubtui.text.wrap import wrap

MEASURE = 76
"""The widest a line of text gets, in cells; longer ones are hard to follow back."""


class Kind(Enum):
    """What a line is."""

    TITLE = auto()
    ABOUT = auto()
    SECTION = auto()
    TEXT = auto()
    HEADING = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the reader.

    Attributes:
        kind: What it is.
        text: The whole text it is a part of.
        start: Where in ``text`` the line starts, in code points.
        end: Where it ends.
        passage: Index of the passage it belongs to, or -1.
    """

    kind: Kind
    text: str = ""
    start: int = 0
    end: int = 0
    passage: int = -1


@dataclass(frozen=True, slots=True)
class Page:
    """A source in lines.

    Attributes:
        lines: All of them.
        spans: For each passage its first line (of its heading, where it opens a section) and the line
            after its last.
    """

    lines: Sequence[PageLine]
    spans: Sequence[tuple[int, int]]


def compose(source: Source, passages: Sequence[Passage], cells: int) -> Page:
    """Set a source in lines at most ``cells`` wide."""
    cells = max(2, min(cells, MEASURE))
    lines = _set(Kind.TITLE, source.label, cells)
    about = " · ".join(filter(None, (source.author, source.publisher, source.date, source.language)))
    for text in filter(None, (about, source.url or source.path)):
        lines += _set(Kind.ABOUT, text, cells)
    spans: list[tuple[int, int]] = []
    section = ""
    for index, passage in enumerate(passages):
        lines.append(PageLine(Kind.BLANK))
        first = len(lines)
        is_heading = passage.kind == "heading"
        if passage.section and passage.section != section and not is_heading:
            lines += _set(Kind.SECTION, passage.section, cells, index)
            lines.append(PageLine(Kind.BLANK, passage=index))
        section = passage.section
        lines += _set(Kind.HEADING if is_heading else Kind.TEXT, passage.text, cells, index)
        spans.append((first, len(lines)))
    return Page(lines, spans)


def _set(kind: Kind, text: str, cells: int, passage: int = -1) -> list[PageLine]:
    return [PageLine(kind, text, start, end, passage) for start, end in wrap(text, cells)]
