"""A document as a sequence of simple blocks, which every format can write."""

from collections.abc import Sequence
from dataclasses import dataclass

from hubtui.citation import Reference, cite_in_list
from hubtui.citation.locators import passage_locator
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
    def place(self) -> str:
        """Where in its source the passage stands: ``para. 3``, ``第3段``."""
        chinese = self.hit.source.language.startswith("zh")
        return passage_locator(self.hit.passage).phrase(chinese=chinese)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The list of all sources that are quoted."""


Block = Heading | Paragraph | Points | Code | Table | Quote | Bibliography


def references(blocks: Sequence[Block], style: str) -> dict[str, Reference]:
    """Give the sources that a document quotes, numbered in its order, by their ids.

    The place in a source stands with each quotation, so these have none.
    """
    sources = {block.hit.source.id: block.hit.source for block in blocks if isinstance(block, Quote)}
    return {
        id_: Reference(id_, number, cite_in_list(source, style), source)
        for number, (id_, source) in enumerate(sources.items(), 1)
    }
