"""BM25F over arrays of postings: terms, and concepts that are said in several ways.

A group of synonyms is scored as one term (a "structured query", Pirkola 1998, with the weights that Darwish
and Oard gave its members in 2003): its count in a passage and the number of passages that have it are sums
over the synonyms, each by its weight. So a rare wrong translation does not outweigh a common right one.
"""

from collections.abc import Callable, Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from hubtui.index.engine import Concept, Field, Postings, Scores, Synonyms, WeightedTerm

K1 = 1.2
"""How soon further occurrences stop counting, as Robertson and Zaragoza recommend (2009)."""

_LEAST_RARITY = 0.01


class Scoring:
    """Scores the passages of one view of an engine."""

    def __init__(
        self,
        find: Callable[[Field, str], Postings],
        norm: Callable[[Field], NDArray[np.float32]],
        size: int,
        passages: int,
    ) -> None:
        """Score by what ``find`` gives for a term.

        Args:
            find: Gives the postings of a term.
            norm: Gives what BM25 adds to a count in each slot.
            size: How many slots there are.
            passages: How many of them hold a passage.
        """
        self._find = find
        self._norm = norm
        self._size = size
        self._passages = passages

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot; 0 where it holds nothing that is wanted."""
        scores = self._nothing()
        for part in wanted:
            if isinstance(part, WeightedTerm):
                self._add(scores, part)
            elif part.synonyms:
                scores += self._concept(part)
            else:
                for term in part.terms:
                    self._add(scores, term)
        return scores

    def _concept(self, concept: Concept) -> Scores:
        own = self._nothing()
        for term in concept.terms:
            self._add(own, term)
        counts = [len(self._find(term.field, term.term).slots) for term in concept.terms if term.weight >= 1]
        literal = min(filter(None, counts), default=0)
        said = self._nothing()
        for group in concept.synonyms:
            self._add_group(said, group, literal)
        return np.maximum(own, said)

    def _add(self, scores: Scores, term: WeightedTerm) -> None:
        found = self._find(term.field, term.term)
        if len(found.slots):
            rarity = self._rarity(len(found.slots))
            norm = self._norm(term.field)[found.slots]
            scores[found.slots] += term.weight * rarity * found.counts * (K1 + 1) / (found.counts + norm)

    def _add_group(self, scores: Scores, group: Synonyms, literal: int) -> None:
        best = max(synonym.weight for synonym in group.members)
        counts, holding = self._nothing(), float(literal)
        for synonym in group.members:
            found = reduce(_together, (self._find(field, term) for field, term in synonym.terms))
            counts[found.slots] += found.counts * (synonym.weight / best)
            holding += len(found.slots) * synonym.weight / best
        slots = np.flatnonzero(counts)
        held = counts[slots]
        rarity = self._rarity(min(holding, self._passages))
        scores[slots] += group.share * rarity * held * (K1 + 1) / (held + self._norm(Field.WORDS)[slots])

    def _rarity(self, holding: float) -> float:
        return max(float(np.log1p((self._passages - holding + 0.5) / (holding + 0.5))), _LEAST_RARITY)

    def _nothing(self) -> Scores:
        return np.zeros(self._size, np.float32)


def _together(one: Postings, other: Postings) -> Postings:
    slots, first, second = np.intersect1d(one.slots, other.slots, assume_unique=True, return_indices=True)
    return Postings(slots, np.minimum(one.counts[first], other.counts[second]))
