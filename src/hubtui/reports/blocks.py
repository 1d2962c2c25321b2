"""The document model of dossiers and exported clippings: a sequence of blocks that every format can write.

A block holds all that is shown of it, so a writer looks nothing up.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hubtui.citation import Reference
from hubtui.core.models import Source


class HeadingBlock(NamedTuple):
    """A heading; ``level`` is 1 for the title."""

    level: int
    text: str


class ParagraphBlock(NamedTuple):
    """Some sentences."""

    text: str


class LabelledBlock(NamedTuple):
    """A text behind a label in bold, such as a note."""

    label: str
    text: str


class ListBlock(NamedTuple):
    """A list of points."""

    points: Sequence[str]


class CodeBlock(NamedTuple):
    """A line to type."""

    text: str


class TableBlock(NamedTuple):
    """A table; the columns after the first hold numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Footnote(NamedTuple):
    """A citation that belongs to one quotation; a web page, which has no foot, shows it right behind that.

    Attributes:
        number: Its number in the document, from 1.
        citation: The citation, on one line.
        source: What it cites.
        link: Where the source's address in it leads to; ``""`` without one.
    """

    number: int
    citation: str
    source: Source
    link: str = ""


class QuotationBlock(NamedTuple):
    """A text quoted word for word.

    Attributes:
        text: The text.
        language: Its language, or ``""``.
        link: The address of the text in its source's page, or ``""``.
        footnote: Its citation, where that does not stand in a :class:`PlaceBlock`.
    """

    text: str
    language: str
    link: str = ""
    footnote: Footnote | None = None


class PlaceBlock(NamedTuple):
    """Where the quotation before it stands.

    Attributes:
        place: The place in the source: ``para. 3``, ``第3段``.
        number: The source's number in the :class:`SourcesBlock`.
        link: The address of the text in its source's page, or ``""``.
        remark: What else is to be said, or ``""``.
    """

    place: str
    number: int
    link: str = ""
    remark: str = ""


class SourcesBlock(NamedTuple):
    """The list of all sources that are quoted, numbered or not."""

    entries: Sequence[Reference]
    numbered: bool = True


class FootnotesBlock(NamedTuple):
    """The texts of all footnotes, for formats in which they stand apart from the quotations."""

    footnotes: Sequence[Footnote]


ReportBlock = (
    HeadingBlock
    | ParagraphBlock
    | LabelledBlock
    | ListBlock
    | CodeBlock
    | TableBlock
    | QuotationBlock
    | PlaceBlock
    | SourcesBlock
    | FootnotesBlock
)
