"""In what order the selected passages come."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from hubtui.core.models import Span
from hubtui.index.engine import Concept as Ranked
from hubtui.index.engine import Field, Mask, Scores, Synonym, Synonyms
from hubtui.search.expansion import Piece, QueryConcept, Rendering, ranking_terms
from hubtui.search.facets import Numbers
from hubtui.search.parser import Begun, Prefix, Word
from hubtui.search.planner import Plan
from hubtui.search.snapshot import Snapshot
from hubtui.search.text_patterns import FoldedText, Pattern

LOOKED_AT = 100
"""Of how many of the best passages the text itself is looked at."""
CLOSENESS = 0.4
"""What a passage gains when all neighbours in the query are neighbours in it."""
CHARACTER = 0.5
"""What a Chinese character inside of words counts beside one that is a word."""
_HALF = 3  # words between two neighbours that halve the gain
_LETTERS = 6  # of an English word and its space
_EXPANSIONS = 60


def by_relevance(plan: Plan, snapshot: Snapshot, selected: Mask, whole: Mask) -> tuple[Numbers, Scores]:
    """Return the selected slots, best first, with their scores; equals in the order of the library.

    Those in ``whole``, which have every word, come before the others.
    """
    slots = snapshot.in_order(selected)
    wanted = list(_ranked(plan))
    if not wanted:
        return slots, np.zeros(len(slots), np.float32)
    slots, scores = _sorted(slots, snapshot.reader.rank(wanted)[slots], whole)
    rows = [_patterns(concept) for concept in plan.wanted if not concept.common]
    if len(rows) < 2:
        return slots, scores
    looked = slots[:LOOKED_AT]
    texts = snapshot.texts(looked)
    gains = np.array([_closeness(rows, texts.get(slot, "")) for slot in looked.tolist()], np.float32)
    again = _sorted(looked, scores[: len(looked)] * (1 + CLOSENESS * gains), whole)
    slots[: len(looked)], scores[: len(looked)] = again
    return slots, scores


def _sorted(slots: Numbers, scores: Scores, whole: Mask) -> tuple[Numbers, Scores]:
    best = np.lexsort((-scores, ~whole[slots]))
    return slots[best], scores[best]


def by_date(snapshot: Snapshot, selected: Mask) -> Numbers:
    """Return the selected slots, those of the latest sources first and those without a date last."""
    slots = snapshot.in_order(selected)
    dates = [source.date for source in snapshot.sources]
    place_of = {date: place for place, date in enumerate(sorted(set(dates), reverse=True))}
    places = np.array([place_of[date] for date in dates], np.int64)
    return slots[np.argsort(places[snapshot.source[slots]], kind="stable")]


def _ranked(plan: Plan) -> Iterator[Ranked]:
    for concept in plan.wanted:
        yield Ranked(concept.terms, tuple(_group(piece) for piece in concept.pieces if piece.renderings))
    for leaf in plan.texts:
        if not isinstance(leaf, Word):
            forms = plan.forms.get(leaf, ())[: _EXPANSIONS if isinstance(leaf, Prefix | Begun) else None]
            synonyms = tuple(Synonym(((Field.WORDS, form),)) for form in forms)
            terms = tuple(term for term, _, _ in ranking_terms(leaf.text))
            yield Ranked(terms, (Synonyms(synonyms),) if synonyms else ())


def _group(piece: Piece) -> Synonyms:
    members = tuple(synonym for rendering in piece.renderings for synonym in _synonyms(rendering))
    return Synonyms(members, piece.share)


def _synonyms(rendering: Rendering) -> Iterator[Synonym]:
    word = rendering.text
    if rendering.stems:
        yield Synonym(tuple((Field.WORDS, stem) for stem in rendering.stems), rendering.weight)
    elif len(word) == 1:
        yield Synonym(((Field.WORDS, word),), rendering.weight * (1 - CHARACTER))
        yield Synonym(((Field.GRAMS, word),), rendering.weight * CHARACTER)
    else:
        grams = (word[at : at + 2] for at in range(len(word) - 1))
        yield Synonym(tuple((Field.GRAMS, gram) for gram in grams), rendering.weight)


def _patterns(concept: QueryConcept) -> list[Pattern]:
    found = [need.pattern for need in concept.needs]
    return found + [rendering.pattern for piece in concept.pieces for rendering in piece.sure]


def _closeness(rows: Sequence[Sequence[Pattern]], text: str) -> float:
    """Return how close a query's neighbours stand to each other, from 0 (far apart) to 1 (side by side)."""
    folded = FoldedText(text)
    places = [sorted({span for pattern in row for span in pattern.spans(folded)}) for row in rows]
    gains = [_nearness(one, other, folded.folded) for one, other in pairwise(places)]
    return sum(gains) / len(gains)


def _nearness(one: Sequence[Span], other: Sequence[Span], text: str) -> float:
    least = _least_gap(one, other)
    if least is None:
        return 0.0
    start, end = least
    between = text[start:end].strip()
    words = len(between) / _LETTERS if between.isascii() else len(between)
    return 1 / (1 + words / _HALF)


def _least_gap(one: Sequence[Span], other: Sequence[Span]) -> Span | None:
    """Return the shortest stretch between a span of ``one`` and one of ``other``."""
    best: Span | None = None
    first = second = 0
    while first < len(one) and second < len(other):
        early, late = sorted((one[first], other[second]))
        gap = early[1], max(early[1], late[0])
        if best is None or gap[1] - gap[0] < best[1] - best[0]:
            best = gap
        if one[first] <= other[second]:
            first += 1
        else:
            second += 1
    return best
