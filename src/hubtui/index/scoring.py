"""BM25F over arrays of postings: terms, and concepts that are said in several ways.

A group of synonyms is scored as one term (a "structured query", Pirkola 1998, with the weights that Darwish
and Oard gave its members in 2003): its count in a passage and the number of passages that have it are sums
over the synonyms, each by its weight. So a rare wrong translation does not outweigh a common right one.
"""

from collections.abc import Callable, Iterable
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray

from hubtui.index.engine import Concept, Field, Postings, Scores, Synonyms, WeightedTerm

Slots = NDArray[np.int32]

K1 = 1.2
"""How soon further occurrences stop counting, as Robertson and Zaragoza recommend (2009)."""

_LEAST_RARITY = 0.01


class Scoring:
    """Scores passages of one view of an engine, for one query: each term's postings are read once."""

    def __init__(
        self,
        find: Callable[[Field, str], Postings],
        norm: Callable[[Field, Slots], Scores],
        size: int,
        passages: int,
    ) -> None:
        """Score by what ``find`` returns for a term.

        Args:
            find: Returns the postings of a term.
            norm: Returns what BM25 adds to a count in each of some slots.
            size: How many slots there are.
            passages: How many of them hold a passage.
        """
        self._find = cache(find)
        self._norm = norm
        self._size = size
        self._passages = passages
        self._all = cache(self._find_all)

    def rank(self, wanted: Iterable[WeightedTerm | Concept], among: Slots | None = None) -> Scores:
        """Score the passages in some slots; 0 where one holds nothing that is wanted.

        Args:
            wanted: What scores.
            among: The slots, ascending; all of them unless given.
        """
        candidates = _Candidates(among, self._size, self._norm)
        scores = candidates.nothing()
        for part in wanted:
            if isinstance(part, WeightedTerm):
                self._add(candidates, scores, part)
            elif part.synonyms:
                self._add_concept(candidates, scores, part)
            else:
                for term in part.terms:
                    self._add(candidates, scores, term)
        return scores

    def _add_concept(self, candidates: "_Candidates", scores: Scores, concept: Concept) -> None:
        """Add the better of what the words themselves and their synonyms score."""
        own, said = candidates.nothing(), candidates.nothing()
        held = [self._add(candidates, own, term) for term in concept.terms]
        of_words = [count for term, count in zip(concept.terms, held, strict=True) if term.weight >= 1]
        literal = min(filter(None, of_words), default=0)
        for group in concept.synonyms:
            self._add_group(candidates, said, group, literal)
        scores += np.maximum(own, said)

    def _add(self, candidates: "_Candidates", scores: Scores, term: WeightedTerm) -> int:
        """Add what a term scores; return how many slots hold it."""
        found = self._find(term.field, term.term)
        if len(found.slots):
            rarity = self._rarity(len(found.slots))
            at, counts = candidates.holding(found)
            norm = candidates.norm(term.field)[at]
            scores[at] += term.weight * rarity * counts * (K1 + 1) / (counts + norm)
        return len(found.slots)

    def _add_group(self, candidates: "_Candidates", scores: Scores, group: Synonyms, literal: int) -> None:
        """Add what a group of synonyms scores."""
        best = max(synonym.weight for synonym in group.members)
        counts, holding = candidates.nothing(), float(literal)
        for synonym in group.members:
            found = self._all(synonym.terms)
            at, of_synonym = candidates.holding(found)
            counts[at] += of_synonym * (synonym.weight / best)
            holding += len(found.slots) * synonym.weight / best
        at = np.flatnonzero(counts)
        held, norm = counts[at], candidates.norm(Field.WORDS)[at]
        rarity = self._rarity(min(holding, self._passages))
        scores[at] += group.share * rarity * held * (K1 + 1) / (held + norm)

    def _find_all(self, terms: tuple[tuple[Field, str], ...]) -> Postings:
        """Return the passages that hold all of some terms, and how often the rarest of them."""
        return reduce(_together, (self._find(field, term) for field, term in terms))

    def _rarity(self, holding: float) -> float:
        return max(float(np.log1p((self._passages - holding + 0.5) / (holding + 0.5))), _LEAST_RARITY)


class _Candidates:
    """The slots that are scored; arrays of what they score are as long as there are candidates."""

    def __init__(self, slots: Slots | None, size: int, norm: Callable[[Field, Slots], Scores]) -> None:
        self._slots = np.arange(size, dtype=np.int32) if slots is None else slots
        self.norm = cache(lambda field: norm(field, self._slots))
        self._places: Slots | None = None
        if len(self._slots) * _MANY > size:
            # One read a posting is then cheaper than halving the candidates for each.
            self._places = np.full(size, -1, np.int32)
            self._places[self._slots] = np.arange(len(self._slots), dtype=np.int32)

    def nothing(self) -> Scores:
        """Return a score of zero for each candidate."""
        return np.zeros(len(self._slots), np.float32)

    def holding(self, found: Postings) -> tuple[NDArray[np.intp], Scores]:
        """Return which candidates are among some postings, by their positions, and the counts there."""
        if self._places is not None:
            places = self._places[found.slots]
            known = places >= 0
            return places[known].astype(np.intp), found.counts[known]
        first, second = _common(self._slots, found.slots)
        return first, found.counts[second]


_MANY = 16
"""The share of the library's slots, as its inverse, from which on candidates are many."""


def _common(one: Slots, other: Slots) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions, in each of two ascending rows, of the slots that are in both."""
    if len(one) > len(other):
        second, first = _common(other, one)
        return first, second
    if not len(other):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    places = np.minimum(np.searchsorted(other, one), len(other) - 1)
    both = np.flatnonzero(other[places] == one)
    return both, places[both]


def _together(one: Postings, other: Postings) -> Postings:
    first, second = _common(one.slots, other.slots)
    return Postings(one.slots[first], np.minimum(one.counts[first], other.counts[second]))
