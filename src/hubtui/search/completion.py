"""Completing a query: what is being typed at the cursor, what it may become, and how that is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from hubtui.core.i18n import _
from hubtui.core.models import Facets, Source
from hubtui.places import Gazetteer
from hubtui.search.filters import CITY, FILTERS, MOST, Candidate, LibraryValues
from hubtui.search.parser import OPENING, STOP, closing_of, quoted, tokens
from hubtui.text.analyzer import fold, is_han

_CITIES_FOR_A_WORD = 3
_FEWEST_LETTERS = 2
"""Of a word, before anything is offered for it."""


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
    """Return what is being typed at ``cursor``, or ``None`` where nothing can be completed.

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
    """Return the query with ``choice`` in its slot, and where the cursor goes."""
    rest = text[slot.end :]
    if choice.goes_on:
        gap = ""
    elif not rest:
        gap = rest = " "
    else:
        gap = " " if rest[0] == " " else ""
    cursor = slot.start + len(choice.text) + len(gap)
    return text[: slot.start] + choice.text + rest, cursor


class CandidateFinder:
    """Finds what can stand in a slot, in one state of a library."""

    def __init__(self, sources: Sequence[Source], gazetteer: Gazetteer) -> None:
        """Offer ``sources`` and what they are made of, and the places of ``gazetteer``."""
        self._known = LibraryValues(sources, gazetteer)

    def choices(self, slot: Slot, facets: Facets) -> tuple[Choice, ...]:
        """Return what can stand in ``slot``, best first.

        Args:
            slot: What is being typed.
            facets: Counts under the rest of the query.
        """
        typed = fold(slot.typed.strip())
        if not slot.name:
            return tuple(self._for_word(typed, facets))
        found = FILTERS[slot.name].candidates(typed, self._known, facets)
        return tuple(_choice(slot.name, candidate) for candidate in islice(found, MOST))

    def is_unfinished(self, slot: Slot) -> bool:
        """Whether the value of a filter is none yet, but the beginning of one."""
        typed = fold(slot.typed.strip())
        return not typed or FILTERS[slot.name].is_unfinished(typed, self._known)

    def _for_word(self, typed: str, facets: Facets) -> Iterator[Choice]:
        """Yield the filters whose name begins so, and cities that the passages mention."""
        if len(typed) < _FEWEST_LETTERS and not is_han(typed[:1] or " "):
            return
        for name, meant in FILTERS.items():
            if name.startswith(typed):
                yield Choice(f"{name}:", f"{name}:", _(meant.about))
        named = set(self._known.places_named(typed))
        found = (entry for entry in facets.places if entry.place.id in named)
        for entry in nsmallest(_CITIES_FOR_A_WORD, found, key=lambda entry: -entry.passages):
            candidate = CITY.candidate(entry.place, typed, self._known.gazetteer, entry.passages)
            yield _choice(CITY.name, candidate)


def _choice(name: str, candidate: Candidate) -> Choice:
    text = f"{name}:{quoted(candidate.value)}"
    return Choice(text, candidate.label, candidate.note, candidate.passages)
