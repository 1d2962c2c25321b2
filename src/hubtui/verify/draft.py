"""A draft: its blocks of text, its notes, and the references in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from hubtui.core.models import Span

BlockKind = Literal["paragraph", "quote", "note"]


ReferenceKind = Literal["note", "key", "link"]


@dataclass(frozen=True, slots=True)
class DraftReference:
    """Something in a block that points elsewhere.

    Attributes:
        span: Where it stands in the block's text.
        kind: ``note`` (a footnote), ``key`` (a pandoc citation) or ``link``.
        value: The note's label, the citation key, or the address.
    """

    span: Span
    kind: ReferenceKind
    value: str


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A paragraph of a draft, or what stands like one.

    Attributes:
        text: Its text; in Markdown with its markup.
        number: The line of the draft where it begins, or the number of its paragraph in Word; from 1.
        kind: What it is; a ``note`` is the text of a footnote or an entry of a list of references.
        references: What it refers to, in order.
        counts_lines: Whether each line break in the text is one in the draft.
        position: Its position among the draft's blocks.
        group: Blocks of one block quotation share a number above 0.
    """

    text: str
    number: int
    kind: BlockKind = "paragraph"
    references: tuple[DraftReference, ...] = ()
    counts_lines: bool = True
    position: int = 0
    group: int = 0

    def number_at(self, offset: int) -> int:
        """Return the number of the line, or the paragraph, at an offset into the text."""
        return self.number + (self.text.count("\n", 0, offset) if self.counts_lines else 0)


@dataclass(frozen=True, slots=True)
class Insertion:
    """A note to be added to a draft.

    Attributes:
        block: The position of the block.
        span: What the note's mark replaces in the block's text; empty to put it in.
        note: The text of the note.
    """

    block: int
    span: Span
    note: str


class Copier(Protocol):
    """Writes copies of a draft with notes added; each format has its own."""

    def with_notes(self, insertions: Sequence[Insertion]) -> bytes:
        """Return the bytes of a copy with these notes."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A text whose quotations are to be verified.

    Attributes:
        name: What it is called in answers: its path, as the user gave it.
        blocks: Its text, in order.
        notes: The text of each footnote or numbered reference, by its label.
        copier: Writes copies of it.
        unit: What :attr:`Block.number` counts: ``line`` or ``paragraph``.
        markup: Whether the blocks' texts hold Markdown.
    """

    name: str
    blocks: Sequence[DraftBlock]
    copier: Copier
    notes: Mapping[str, str] = field(default_factory=dict)
    unit: Literal["line", "paragraph"] = "line"
    markup: bool = False
