"""Completing a query: what is being typed at the cursor, and how a choice is written in its place."""

from dataclasses import dataclass

from hubtui.search.scanner import OPENING, STOP, closing_of, tokens


@dataclass(frozen=True, slots=True)
class Slot:
    """What is being typed.

    Attributes:
        name: The filter whose value it is, or ``""`` for a free-standing word.
        typed: The value, or the word, as far as it is there.
        start: Offset into the query of what a choice replaces.
        end: Offset after it: where the cursor is.
    """

    name: str
    typed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can stand in a slot.

    Attributes:
        text: What is written into the query.
        label: What it is called.
        note: What else tells it from others, or ``""``.
        passages: How many passages there are with it, or ``None`` where that is no question.
    """

    text: str
    label: str
    note: str = ""
    passages: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it is a filter's name, behind which its value follows at once."""
        return self.text.endswith(":")


def slot_at(text: str, cursor: int) -> Slot | None:
    """Give what is being typed at ``cursor``, or ``None`` where nothing can be completed.

    That is a word or a filter's value that ends at the cursor, in which the text goes on with something
    else, so that a choice changes nothing but the slot.
    """
    before, rest = list(tokens(text[:cursor])), text[cursor:]
    if not before or before[-1].end < cursor or (rest and not STOP.match(rest)):
        return None
    last = before[-1]
    if last.kind == "word":
        # A name's colon would take a quotation behind it for its value.
        return None if rest and rest[0] in OPENING else Slot("", last.value, last.start, cursor)
    if last.kind != "filter":
        return None
    mark = text[last.start + len(last.name) + 1 : cursor][:1]
    if mark and mark in OPENING and (last.closed or closing_of(mark) in rest):
        return None
    return Slot(last.name, last.value, last.start, cursor)


def completed(text: str, slot: Slot, choice: Choice) -> tuple[str, int]:
    """Give the query with ``choice`` in its slot, and where the cursor goes."""
    rest = text[slot.end :]
    if choice.goes_on:
        gap = ""
    elif not rest:
        gap = rest = " "
    else:
        gap = " " if rest[0] == " " else ""
    cursor = slot.start + len(choice.text) + len(gap)
    return text[: slot.start] + choice.text + rest, cursor
