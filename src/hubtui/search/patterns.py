"""What to look for in a text for each part of a plan."""

from collections.abc import Iterator
from typing import NamedTuple

from hubtui.search.concepts import Piece, Rendering
from hubtui.search.needs import Need, needs
from hubtui.search.plan import Plan
from hubtui.search.query import Fuzzy, Near, Phrase, Prefix, Text, Word, written
from hubtui.search.spelling import Speller
from hubtui.search.texts import AnyStem, Beginning, Pattern, Together, Verbatim
from hubtui.text.tokens import units


class Sought(NamedTuple):
    """A pattern and what it stands for in the query; see :class:`hubtui.core.models.Match`."""

    part: str
    way: str
    found: str
    pattern: Pattern
    weight: float


def sought(plan: Plan, speller: Speller) -> Iterator[Sought]:
    """Give the patterns of everything that a hit may match, part by part."""
    for concept in plan.wanted():
        if not concept.common:
            yield from map(_literal, concept.needs)
            for piece in concept.required:
                yield from (_rendered(piece, rendering) for rendering in piece.sure)
    for leaf in plan.texts():
        yield from _sought_for(leaf, speller)


def _sought_for(leaf: Text, speller: Speller) -> Iterator[Sought]:
    match leaf:
        case Phrase(text):
            yield Sought(written(leaf), "phrase", text, Verbatim(text), 1.0)
        case Near(text):
            pattern = near_pattern(leaf)
            if pattern is not None:
                yield Sought(written(leaf), "near", text, pattern, 1.0)
        case Prefix():
            yield from _prefixes(leaf)
        case Fuzzy(text):
            yield Sought(written(leaf), "fuzzy", text, AnyStem(frozenset(speller.forms(text))), 1.0)
        case Word():
            return


def near_pattern(near: Near) -> Pattern | None:
    """Give what finds the words of ``near`` together; ``None`` when there are none."""
    parts = tuple(dict.fromkeys(need.pattern for need in needs(near.text)))
    return Together(parts, near.distance) if parts else None


def _prefixes(prefix: Prefix) -> Iterator[Sought]:
    text = prefix.text
    found = list(units(text))
    if found and found[-1].kind == "word":
        yield Sought(written(prefix), "prefix", text, Beginning(found[-1].text), 1.0)
        text = text[: found[-1].start]
    yield from map(_literal, (need for need in needs(text) if not need.common))


def _literal(need: Need) -> Sought:
    return Sought(need.typed, "literal", need.typed, need.pattern, 1.0)


def _rendered(piece: Piece, rendering: Rendering) -> Sought:
    weight = rendering.weight * piece.share
    return Sought(piece.text, rendering.way, rendering.text, rendering.pattern, weight)
