"""A document as a sequence of simple blocks, which every format can write."""

from collections.abc import Sequence
from dataclasses import dataclass

from hubtui.citation import Excerpt
from hubtui.model import Hit


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 for the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    points: Sequence[str]


@dataclass(frozen=True, slots=True)
class Code:
    """A line to type."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the columns after the first hold numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, word for word, and what else is to be said of it."""

    hit: Hit
    remark: str = ""

    @property
    def excerpt(self) -> Excerpt:
        """What is cited."""
        return Excerpt(self.hit.source, self.hit.passage)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The list of all sources that are quoted."""


Block = Heading | Paragraph | Points | Code | Table | Quote | Bibliography


def excerpts(blocks: Sequence[Block]) -> list[Excerpt]:
    """Give what a document quotes, in its order."""
    return [block.excerpt for block in blocks if isinstance(block, Quote)]
