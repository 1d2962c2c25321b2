"""Views of the index: bulk reads over all segments of a commit, and ranking by BM25F.

A group of synonyms is scored as one term (a "structured query", Pirkola 1998, with the weights that Darwish
and Oard gave its members in 2003): its count in a passage and the number of passages that have it are sums
over the synonyms, each by its weight. So a rare wrong translation does not outweigh a common right one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hubtui.index.codec.segment import Segment, prefixed
from hubtui.index.engine import NOTHING, Concept, Field, Keys, Mask, Postings, Scores, Synonyms, WeightedTerm

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


N = TypeVar("N", bound=np.generic)

# b of BM25 as Robertson and Zaragoza recommend (2009); a heading's length says nothing.
_B = {Field.WORDS: 0.75, Field.GRAMS: 0.75, Field.HEADING: 0.0}


class ArrayReader:
    """A view of one commit. Its maps outlive the deletion of their files."""

    def __init__(self, segments: Sequence[Segment], generation: int) -> None:
        """Join segments to one row of slots."""
        self.segments = segments
        self.generation = generation
        self._bases = [0]
        for segment in segments:
            self._bases.append(self._bases[-1] + len(segment))
        self._size = self._bases.pop()
        self._joined_lengths: dict[Field, NDArray[np.uint32]] = {}
        self._alive = sum(segment.alive for segment in segments)

    @cached_property
    def keys(self) -> Keys:
        """The key in the catalogue of the passage in each slot."""
        return _concatenated([segment.keys() for segment in self.segments], np.int64)

    @cached_property
    def live(self) -> Mask:
        """Which slots hold a passage; the others held one that was removed."""
        return _concatenated([segment.kept() for segment in self.segments], np.bool_)

    def having(self, field: Field, *terms: str) -> Mask:
        """Return the slots whose passage holds one of ``terms``; removed passages may be among them."""
        mask = np.zeros(self._size, np.bool_)
        wanted = [_encoded(term) for term in terms]
        for segment, base in zip(self.segments, self._bases, strict=True):
            known = segment.field(field)
            held = mask[base : base + len(segment)]
            for term in wanted:
                if (rank := known.rank(term)) >= 0:
                    held[known.slots(rank)] = True
        return mask

    def occurrences(self, field: Field, term: str) -> Postings:
        """Return the passages that hold ``term``, and how often; removed passages may be among them."""
        form = _encoded(term)
        parts = []
        for segment, base in zip(self.segments, self._bases, strict=True):
            known = segment.field(field)
            if (rank := known.rank(form)) >= 0:
                parts.append(known.postings(rank, base))
        return _joined(parts)

    def lengths(self, field: Field) -> Scores:
        """Return how many terms the passage in each slot has in ``field``."""
        sizes = [segment.field(field).lengths().astype(np.float32) for segment in self.segments]
        return _concatenated(sizes, np.float32)

    def terms(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Return the terms of ``field`` that begin with ``prefix``, in order, ``limit`` at most."""
        form = _encoded(prefix)
        found: set[bytes] = set()
        for segment in self.segments:
            of_segment = zip(range(limit), prefixed([segment], field, form), strict=False)
            found.update(term for _number, term in of_segment)
        return [term.decode("utf-8", "replace") for term in sorted(found)[:limit]]

    def count(self, field: Field, term: str) -> int:
        """Return how many passages hold ``term`` in ``field``; removed passages may be among them."""
        form, held = _encoded(term), 0
        for segment in self.segments:
            known = segment.field(field)
            if (rank := known.rank(form)) >= 0:
                held += known.count(rank)
        return held

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot with BM25F; 0 where it holds nothing that is wanted."""
        return self.scoring().rank(wanted)

    def scoring(self) -> Scoring:
        """Return what scores passages for one query with BM25F."""
        return Scoring(self.occurrences, self._norm, self._size, self._alive)

    def _norm(self, field: Field, slots: NDArray[np.int32]) -> Scores:
        """Return what BM25 adds to a count in each of these slots, more where the field is long."""
        b = _B[field]
        if not b:
            return np.full(len(slots), K1, np.float32)
        terms = sum(segment.entry.lengths.get(field, 0) for segment in self.segments)
        mean = max(1.0, terms / self._alive if self._alive else 1.0)
        sizes = self._lengths(field)[slots]
        return (K1 * (1 - b + b * sizes / mean)).astype(np.float32)

    def _lengths(self, field: Field) -> NDArray[np.uint32]:
        """Return the lengths as they are mapped, joined once where there are several segments."""
        if field not in self._joined_lengths:
            sizes = [segment.field(field).lengths() for segment in self.segments]
            self._joined_lengths[field] = _concatenated(sizes, np.uint32)
        return self._joined_lengths[field]


def _concatenated(parts: Sequence[NDArray[N]], kind: type[N]) -> NDArray[N]:
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, kind), *parts])


def _encoded(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


def _joined(parts: Sequence[Postings]) -> Postings:
    """Return the postings of several segments as one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NOTHING
    return Postings(
        np.concatenate([part.slots for part in parts]), np.concatenate([part.counts for part in parts])
    )
