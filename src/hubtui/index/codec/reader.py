"""Views of the index: bulk reads over all segments of a commit, and ranking by BM25F.

A group of synonyms is scored as one term (a "structured query", Pirkola 1998, with the weights that Darwish
and Oard gave its members in 2003): its count in a passage and the number of passages that have it are sums
over the synonyms, each by its weight. So a rare wrong translation does not outweigh a common right one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, reduce
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from hubtui.index.codec.segment import FieldTerms, Segment, common, prefixed
from hubtui.index.engine import NOTHING, Concept, Field, Keys, Mask, Postings, Scores, Synonyms, WeightedTerm

Slots = NDArray[np.int32]

K1 = 1.2
"""How soon further occurrences stop counting, as Robertson and Zaragoza recommend (2009)."""

_LEAST_RARITY = 0.01


class TermPostings:
    """The postings of a term, as they are mapped; or some that were made of those of several terms."""

    def __init__(
        self, held: int, parts: Sequence[tuple[FieldTerms, int, int]], whole: Postings | None = None
    ) -> None:
        """Take the term's rank in each segment that has it, with the first slot of the segment.

        Args:
            held: How many passages there are.
            parts: For each segment with the term, its terms, the term's rank and the segment's first slot.
            whole: The postings, where they have been read.
        """
        self.held = held
        self._parts = parts
        self._whole = whole

    @property
    def whole(self) -> Postings:
        """All of them, in one row."""
        if self._whole is None:
            self._whole = _joined([known.postings(rank, base) for known, rank, base in self._parts])
        return self._whole

    def among(self, slots: Slots) -> tuple[NDArray[np.intp], Scores]:
        """Return which of some slots, in ascending order, they hold, as positions, and the counts there."""
        if self._whole is not None:
            first, second = common(slots, self._whole.slots)
            return first, self._whole.counts[second]
        found, counts = [], []
        for known, rank, base in self._parts:
            start, end = slots.searchsorted((base, base + known.passages)).tolist()
            if start < end:
                at, held = known.among(rank, (slots[start:end] - np.int32(base)).astype(np.uint16))
                found.append(at + start)
                counts.append(held)
        if len(found) == 1:
            return found[0], counts[0]
        if not found:
            return np.zeros(0, np.intp), NOTHING.counts
        return np.concatenate(found), np.concatenate(counts)


class Scoring:
    """Scores passages of one view of an engine, for one query: each term's postings are read once."""

    def __init__(
        self,
        find: Callable[[Field, str], TermPostings],
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
            self._add_part(candidates, scores, part)
        return scores

    def _add_part(self, candidates: "_Candidates", scores: Scores, part: WeightedTerm | Concept) -> None:
        """Add what a part scores."""
        if isinstance(part, WeightedTerm):
            self._add(candidates, scores, part)
        elif part.synonyms:
            self._add_concept(candidates, scores, part)
        else:
            for term in part.terms:
                self._add(candidates, scores, term)

    def _add_concept(self, candidates: "_Candidates", scores: Scores, concept: Concept) -> None:
        """Add the better of what the words themselves and their synonyms score."""
        own, others = candidates.nothing(), candidates.nothing()
        for term in concept.terms:
            self._add(candidates, own, term)
        literal = self._literal(concept)
        for group in concept.synonyms:
            self._add_group(candidates, others, group, literal)
        scores += np.maximum(own, others)

    def _literal(self, concept: Concept) -> int:
        """Return how many passages hold the rarest of a concept's own words."""
        held = (self._find(term.field, term.term).held for term in concept.terms if term.weight >= 1)
        return min(filter(None, held), default=0)

    def _add(self, candidates: "_Candidates", scores: Scores, term: WeightedTerm) -> None:
        """Add what a term scores."""
        found = self._find(term.field, term.term)
        if found.held:
            rarity = self._rarity(found.held)
            at, counts = candidates.holding(found)
            norm = candidates.norm(term.field)[at]
            scores[at] += term.weight * rarity * counts * (K1 + 1) / (counts + norm)

    def _add_group(self, candidates: "_Candidates", scores: Scores, group: Synonyms, literal: int) -> None:
        """Add what a group of synonyms scores."""
        best = max(synonym.weight for synonym in group.members)
        counts = candidates.nothing()
        for synonym in group.members:
            at, of_synonym = candidates.holding(self._all(synonym.terms))
            counts[at] += of_synonym * (synonym.weight / best)
        at = np.flatnonzero(counts)
        held, norm = counts[at], candidates.norm(Field.WORDS)[at]
        rarity = self._rarity_of(group, literal)
        scores[at] += group.share * rarity * held * (K1 + 1) / (held + norm)

    def _rarity_of(self, group: Synonyms, literal: int) -> float:
        best = max(synonym.weight for synonym in group.members)
        holding = float(literal)
        for synonym in group.members:
            holding += self._all(synonym.terms).held * synonym.weight / best
        return self._rarity(min(holding, self._passages))

    def _find_all(self, terms: tuple[tuple[Field, str], ...]) -> TermPostings:
        """Return the passages that hold all of some terms, and how often the rarest of them."""
        found = [self._find(field, term) for field, term in terms]
        if len(found) == 1:
            return found[0]
        if not all(one.held for one in found):
            return TermPostings(0, (), NOTHING)
        whole = reduce(_together, (one.whole for one in found))
        return TermPostings(len(whole.slots), (), whole)

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

    def holding(self, found: TermPostings) -> tuple[NDArray[np.intp], Scores]:
        """Return which candidates are among some postings, by their positions, and the counts there."""
        if self._places is None:
            return found.among(self._slots)
        places = self._places[found.whole.slots]
        known = places >= 0
        return places[known].astype(np.intp), found.whole.counts[known]


_MANY = 16
"""The share of the library's slots, as its inverse, from which on candidates are many."""


def _together(one: Postings, other: Postings) -> Postings:
    first, second = common(one.slots, other.slots)
    return Postings(one.slots[first], np.minimum(one.counts[first], other.counts[second]))


N = TypeVar("N", bound=np.generic)

# b of BM25 as Robertson and Zaragoza recommend (2009); a heading's length says nothing.
_B = {Field.WORDS: 0.75, Field.GRAMS: 0.75, Field.HEADING: 0.0}


_REMEMBERED = 4096
"""Terms of which it is remembered where they are."""


class _Located(NamedTuple):
    """Where a term is.

    Attributes:
        held: How many passages hold it.
        parts: Each segment that has it, with the segment's first slot and the term's rank.
    """

    held: int
    parts: Sequence[tuple[Segment, int, int]]


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
        self._located: dict[tuple[Field, str], _Located] = {}

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
        for term in terms:
            for segment, base, rank in self._locate(field, term).parts:
                mask[base : base + len(segment)][segment.field(field).slots(rank)] = True
        return mask

    def having_between(self, field: Field, first: str, last: str) -> Mask:
        """Return the slots whose passage holds a term from ``first`` to ``last``, in the order of bytes."""
        mask = np.zeros(self._size, np.bool_)
        for segment, base in zip(self.segments, self._bases, strict=True):
            held = segment.field(field).slots_between(_encoded(first), _encoded(last))
            mask[base : base + len(segment)][held] = True
        return mask

    def occurrences(self, field: Field, term: str) -> Postings:
        """Return the passages that hold ``term``, and how often; removed passages may be among them."""
        return self._postings(field, term).whole

    def _postings(self, field: Field, term: str) -> TermPostings:
        held, parts = self._locate(field, term)
        return TermPostings(held, [(segment.field(field), rank, base) for segment, base, rank in parts])

    def _locate(self, field: Field, term: str) -> _Located:
        """Look a term up in all segments; a query asks for one several times."""
        found = self._located.get((field, term))
        if found is None:
            form, held = _encoded(term), 0
            parts = []
            for segment, base in zip(self.segments, self._bases, strict=True):
                known = segment.field(field)
                if (rank := known.rank(form)) >= 0:
                    held += known.count(rank)
                    parts.append((segment, base, rank))
            if len(self._located) >= _REMEMBERED:
                self._located.clear()
            found = self._located[field, term] = _Located(held, parts)
        return found

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
        return self._locate(field, term).held

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot with BM25F; 0 where it holds nothing that is wanted."""
        return self.scoring().rank(wanted)

    def scoring(self) -> Scoring:
        """Return what scores passages for one query with BM25F."""
        return Scoring(self._postings, self._norm, self._size, self._alive)

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
