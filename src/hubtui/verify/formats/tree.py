"""Gather text from drafts that are trees of elements, HTML and Word, and insert marks into them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hubtui.verify.draft import DraftBlock, DraftReference, Insertion
from hubtui.verify.formats.plain import note_labels

Element = Any
"""An element of lxml."""


class TextPiece(NamedTuple):
    """Characters of a block, and where in the tree they are.

    Attributes:
        start: Offset into the block's text.
        size: How many they are.
        element: The element they belong to.
        name: ``text`` or ``tail`` of it; ``""`` when the element itself stands for them.
    """

    start: int
    size: int
    element: Element
    name: str


class BlockBuilder:
    """A block in the making."""

    def __init__(self) -> None:
        """Start an empty block."""
        self.text = ""
        self.pieces: list[TextPiece] = []
        self.references: list[DraftReference] = []

    def take(self, text: str | None, element: Element, name: str) -> None:
        """Add the text or tail of an element."""
        if text:
            self.pieces.append(TextPiece(len(self.text), len(text), element, name))
            self.text += text

    def say(self, text: str) -> None:
        """Add characters that the tree has not."""
        self.text += text

    def close(self, element: Element, mark: str) -> None:
        """Add a mark that the end of an element stands for; what is put behind it goes behind the element."""
        self.pieces.append(TextPiece(len(self.text), 0, element, "tail"))
        self.text += mark


@dataclass(frozen=True, slots=True)
class TreeCopier:
    """Copies a draft that is a tree.

    Attributes:
        blocks: Its blocks.
        pieces: For each block, where its text comes from; none where it cannot be changed.
        labels: The labels of notes that are taken.
        finish: Adds the entries of a list of notes to the tree, and returns its bytes.
    """

    blocks: Sequence[DraftBlock]
    pieces: Mapping[int, Sequence[TextPiece]]
    labels: frozenset[str]
    finish: Callable[[Sequence[str]], bytes]

    def with_notes(self, insertions: Sequence[Insertion]) -> bytes:
        """Return the bytes with marks in place and the notes at the end. Changes the tree: use it once."""
        labels = note_labels(insertions, self.labels)
        for insertion in sorted(insertions, key=lambda one: (one.block, one.span), reverse=True):
            pieces = self.pieces.get(insertion.block, ())
            start, end = insertion.span
            _put(pieces, end, f"[{labels[insertion.note]}]")
            if start < end:
                _cut(pieces, start, end)
        return self.finish([f"[{label}] {note}" for note, label in labels.items()])


def _put(pieces: Sequence[TextPiece], at: int, mark: str) -> None:
    """Insert a mark at an offset into the block's text, behind the character before it."""
    before = [piece for piece in pieces if piece.name and piece.start < at]
    if before:
        piece = before[-1]
        text, offset = getattr(piece.element, piece.name) or "", min(at - piece.start, piece.size)
        setattr(piece.element, piece.name, text[:offset] + mark + text[offset:])


def _cut(pieces: Sequence[TextPiece], start: int, end: int) -> None:
    """Remove the characters between two offsets; what was inserted behind them stays."""
    for piece in pieces:
        first, last = max(start, piece.start) - piece.start, min(end, piece.start + piece.size) - piece.start
        if first >= last:
            continue
        if piece.name:
            text = getattr(piece.element, piece.name)
            setattr(piece.element, piece.name, text[:first] + text[last:])
        else:
            piece.element.getparent().remove(piece.element)
