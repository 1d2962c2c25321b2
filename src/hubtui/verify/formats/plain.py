"""Read drafts in plain text, and copy drafts that are lines of text, which Markdown is too."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter

from hubtui.verify.draft import BlockKind, Draft, DraftBlock, DraftReference, Insertion, ReferenceKind

NOTE_TEXT = re.compile(r"^(?:\[\^([^\]\s]{1,80})\]:|\[(\d{1,4})\](?=[ \t]))[ \t]*", re.MULTILINE)
"""What begins the text of a footnote, or an entry of a numbered list of references."""

_NOTE = re.compile(r"\[\^([^\]\s]{1,80})\](?!:)|\[(\d{1,4})\]")
_KEY = re.compile(r"(?<![\w@])-?@([A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,200})")
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,500}\]")
_LINK = re.compile(
    r"\[([^\[\]]{0,500})\]\(\s{0,3}<?((?:[^()\s<>]|\([^()\s<>]{0,500}\)){1,2000}+)>?[^()\n]{0,500}+\)"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”「」《》，。；、）】\]]{1,2000}")


def find_references(text: str, notes: Mapping[str, str]) -> tuple[DraftReference, ...]:
    """Return what a text refers to, in order; a number in brackets only where there is such a note."""
    found: list[DraftReference] = []

    def taken(pattern: re.Pattern[str], rest: str, kind: ReferenceKind, group: int) -> str:
        found.extend(
            DraftReference(match.span(), kind, match[group].rstrip(".,;:!?)'"))
            for match in pattern.finditer(rest)
        )
        return pattern.sub(lambda match: " " * len(match[0]), rest)

    rest = taken(_ADDRESS, taken(_LINK, text, "link", 2), "link", 0)
    for match in _NOTE.finditer(rest):
        label = match[1] or match[2]
        if match[1] or label in notes:
            found.append(DraftReference(match.span(), "note", label))
    if "@" in rest:
        for match in _BRACKETS.finditer(rest):
            found += [DraftReference(match.span(), "key", key) for key in _keys(match[0])]
        taken(_KEY, _BRACKETS.sub(lambda match: " " * len(match[0]), rest), "key", 1)
    return tuple(sorted(found, key=lambda one: one.span))


def _keys(text: str) -> list[str]:
    return [match[1].rstrip(".:?/-") for match in _KEY.finditer(text)]


def split_notes(block: DraftBlock) -> Iterator[tuple[str, DraftBlock]]:
    """Divide a block into what is no note, with the label ``""``, and the notes it holds."""
    starts = list(NOTE_TEXT.finditer(block.text))
    head = block.text[: starts[0].start()] if starts else block.text
    if head.strip():
        yield "", replace(block, text=head.rstrip())
    ends = [*(match.start() for match in starts), len(block.text)][1:]
    number, counted = block.number, 0
    for match, end in zip(starts, ends, strict=True):
        number += block.text.count("\n", counted, match.end())
        counted = match.end()
        text = block.text[match.end() : end].rstrip()
        yield match[1] or match[2], replace(block, text=text, number=number, kind="note", group=0)


def number_blocks(blocks: Sequence[DraftBlock]) -> tuple[list[DraftBlock], dict[str, str]]:
    """Return the blocks with their positions and references, and the texts of the notes among them."""
    parts = [part for block in blocks for part in split_notes(block)]
    notes = {label: part.text for label, part in parts if label}
    found = [
        replace(part, position=at, references=find_references(part.text, notes))
        for at, (_, part) in enumerate(parts)
    ]
    return found, notes


@dataclass(frozen=True, slots=True)
class LineCopier:
    """Copies a draft of lines.

    Attributes:
        text: The whole draft.
        blocks: Its blocks.
        labels: The labels of notes that are taken.
        mark: What a note is marked with, with ``{}`` for its label.
        entry: How its text is written at the end, with ``{}`` for the label and for the text.
    """

    text: str
    blocks: Sequence[DraftBlock]
    labels: frozenset[str]
    mark: str
    entry: str

    def with_notes(self, insertions: Sequence[Insertion]) -> bytes:
        """Return the text with marks where they belong and the notes at the end, in UTF-8."""
        starts = self._starts({insertion.block for insertion in insertions})
        placed = []
        for insertion in insertions:
            start, end = (_offset(starts[insertion.block], at) for at in insertion.span)
            if 0 <= start <= end:
                placed.append((start, end, insertion))
        labels = note_labels([insertion for _, _, insertion in placed], self.labels)
        edits = [(start, end, self.mark.format(labels[one.note])) for start, end, one in placed]
        pieces, copied = [], 0
        for start, end, mark in sorted(edits):
            pieces += [self.text[copied : max(start, copied)], mark]
            copied = max(end, copied)
        body = "".join([*pieces, self.text[copied:]]).rstrip("\n")
        entries = [self.entry.format(label, note) for note, label in labels.items()]
        return "\n".join([body, "", *entries, ""]).encode()

    def _starts(self, blocks: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        """Return for each line of some blocks its offset in the block and in the draft, -1 if unclear."""
        lines = self.text.split("\n")
        offsets = [0, *accumulate(len(line) + 1 for line in lines)]
        found: dict[int, list[tuple[int, int]]] = {}
        for block in blocks:
            row, at = [], 0
            for number, line in enumerate(self.blocks[block].text.split("\n"), self.blocks[block].number - 1):
                column = lines[number].find(line) if number < len(lines) else -1
                row.append((at, offsets[number] + column if column >= 0 else -1))
                at += len(line) + 1
            found[block] = row
        return found


def _offset(starts: Sequence[tuple[int, int]], at: int) -> int:
    """Convert an offset into a block to one into the draft, or -1."""
    first, there = starts[bisect_right(starts, at, key=itemgetter(0)) - 1]
    return there + at - first if there >= 0 else -1


def note_labels(insertions: Sequence[Insertion], taken: frozenset[str]) -> dict[str, str]:
    """Return a label for each different note: the next numbers that are not taken."""
    highest = max((int(label) for label in taken if label.isdecimal() and len(label) < 6), default=0)
    notes = dict.fromkeys(insertion.note for insertion in insertions)
    return {note: str(highest + 1 + at) for at, note in enumerate(notes)}


_QUOTED = re.compile(r"[ \t]*>[ \t]?")


def read(name: str, text: str) -> Draft:
    """Read the paragraphs of a draft in plain text."""
    blocks, notes = number_blocks(list(_blocks(text)))
    return Draft(name, blocks, LineCopier(text, blocks, frozenset(notes), "[{}]", "[{}] {}"), notes)


def _blocks(text: str) -> Iterator[DraftBlock]:
    rows: list[str] = []
    first = group = 0
    quoted = False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        mark = _QUOTED.match(line)
        content = line[mark.end() :] if mark else line
        if rows and (not content.strip() or bool(mark) != quoted):
            kind: BlockKind = "quote" if quoted else "paragraph"
            yield DraftBlock("\n".join(rows), first, kind, group=group if quoted else 0)
            rows = []
        if content.strip():
            if not rows:
                first = number
                group += bool(mark) and not quoted
            rows.append(content.strip() if mark else content)
        quoted = bool(mark)
