"""Drafts that are trees of elements, HTML and Word: text gathered from them, and marks put back into them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hubtui.verification.draft import Block, Insertion, Reference
from hubtui.verification.formats.lines import note_labels

Element = Any
"""An element of lxml."""


class Piece(NamedTuple):
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


class Gathering:
    """A block in the making."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.text = ""
        self.pieces: list[Piece] = []
        self.references: list[Reference] = []

    def take(self, text: str | None, element: Element, name: str) -> None:
        """Add the text or tail of an element."""
        if text:
            self.pieces.append(Piece(len(self.text), len(text), element, name))
            self.text += text

    def say(self, text: str) -> None:
        """Add characters that the tree has not."""
        self.text += text

    def close(self, element: Element, mark: str) -> None:
        """Add a mark that the end of an element stands for; what is put behind it goes behind the element."""
        self.pieces.append(Piece(len(self.text), 0, element, "tail"))
        self.text += mark


@dataclass(frozen=True, slots=True)
class TreeCopier:
    """Copies a draft that is a tree.

    Attributes:
        blocks: Its blocks.
        pieces: For each block, where its text comes from; none where it cannot be changed.
        labels: The labels of notes that are taken.
        finish: Adds the entries of a list of notes to the tree, and gives the bytes of the whole.
    """

    blocks: Sequence[Block]
    pieces: Mapping[int, Sequence[Piece]]
    labels: frozenset[str]
    finish: Callable[[Sequence[str]], bytes]

    def with_notes(self, insertions: Sequence[Insertion]) -> bytes:
        """Give the bytes with marks where they belong and the notes at the end. May be used once."""
        labels = note_labels(insertions, self.labels)
        for insertion in sorted(insertions, key=lambda one: (one.block, one.span), reverse=True):
            pieces = self.pieces.get(insertion.block, ())
            start, end = insertion.span
            _put(pieces, end, f"[{labels[insertion.note]}]")
            if start < end:
                _cut(pieces, start, end)
        return self.finish([f"[{label}] {note}" for note, label in labels.items()])


def _put(pieces: Sequence[Piece], at: int, mark: str) -> None:
    """Put a mark in at an offset into the block's text: behind the character before it."""
    before = [piece for piece in pieces if piece.name and piece.start < at]
    if before:
        piece = before[-1]
        text, offset = getattr(piece.element, piece.name) or "", min(at - piece.start, piece.size)
        setattr(piece.element, piece.name, text[:offset] + mark + text[offset:])


def _cut(pieces: Sequence[Piece], start: int, end: int) -> None:
    """Take out the characters between two offsets; what was put in behind them stays."""
    for piece in pieces:
        first, last = max(start, piece.start) - piece.start, min(end, piece.start + piece.size) - piece.start
        if first >= last:
            continue
        if piece.name:
            text = getattr(piece.element, piece.name)
            setattr(piece.element, piece.name, text[:first] + text[last:])
        else:
            piece.element.getparent().remove(piece.element)
