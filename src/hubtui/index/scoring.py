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

Slots = NDArray[np.int32]

K1 = 1.2
"""How soon further occurrences stop counting, as Robertson and Zaragoza recommend (2009)."""

_LEAST_RARITY = 0.01


class Scoring:
    """Scores the passages of one view of an engine.

    What a query costs grows with the postings it touches, not with the library: arrays that are as long as
    the library are never read or written but in the slots of postings (fresh zeros cost nothing before they
    are touched).
    """

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
        self._find = find
        self._norm = norm
        self._size = size
        self._passages = passages
        # Zeros in every slot between one use and the next.
        self._own, self._said, self._counts = self._nothing(), self._nothing(), self._nothing()

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot; 0 where it holds nothing that is wanted."""
        scores = self._nothing()
        for part in wanted:
            if isinstance(part, WeightedTerm):
                self._add(scores, part)
            elif part.synonyms:
                self._add_concept(scores, part)
            else:
                for term in part.terms:
                    self._add(scores, term)
        return scores

    def _add_concept(self, scores: Scores, concept: Concept) -> None:
        """Add, in each slot, the better of what the words themselves and their synonyms score."""
        own, said = self._own, self._said
        slots = [self._add(own, term) for term in concept.terms]
        held = [len(found) for term, found in zip(concept.terms, slots, strict=True) if term.weight >= 1]
        literal = min(filter(None, held), default=0)
        slots += [self._add_group(said, group, literal) for group in concept.synonyms]
        # A slot that stands here several times is written several times, with the same value.
        touched = np.concatenate(slots)
        scores[touched] = scores[touched] + np.maximum(own[touched], said[touched])
        own[touched] = 0
        said[touched] = 0

    def _add(self, scores: Scores, term: WeightedTerm) -> Slots:
        """Add what a term scores; return the slots that hold it."""
        found = self._find(term.field, term.term)
        if len(found.slots):
            rarity = self._rarity(len(found.slots))
            norm = self._norm(term.field, found.slots)
            scores[found.slots] += term.weight * rarity * found.counts * (K1 + 1) / (found.counts + norm)
        return found.slots

    def _add_group(self, scores: Scores, group: Synonyms, literal: int) -> Slots:
        """Add what a group of synonyms scores; return the slots that hold one of them."""
        best = max(synonym.weight for synonym in group.members)
        counts, holding = self._counts, float(literal)
        touched = []
        for synonym in group.members:
            found = reduce(_together, (self._find(field, term) for field, term in synonym.terms))
            counts[found.slots] += found.counts * (synonym.weight / best)
            holding += len(found.slots) * synonym.weight / best
            touched.append(found.slots)
        slots = np.concatenate(touched)
        held = counts[slots]
        rarity = self._rarity(min(holding, self._passages))
        norm = self._norm(Field.WORDS, slots)
        scores[slots] = scores[slots] + group.share * rarity * held * (K1 + 1) / (held + norm)
        counts[slots] = 0
        return slots

    def _rarity(self, holding: float) -> float:
        return max(float(np.log1p((self._passages - holding + 0.5) / (holding + 0.5))), _LEAST_RARITY)

    def _nothing(self) -> Scores:
        return np.zeros(self._size, np.float32)


def _together(one: Postings, other: Postings) -> Postings:
    slots, first, second = np.intersect1d(one.slots, other.slots, assume_unique=True, return_indices=True)
    return Postings(slots, np.minimum(one.counts[first], other.counts[second]))
