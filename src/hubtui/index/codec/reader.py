"""Views of the index: bulk reads over all segments of a commit, and ranking."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hubtui.index.codec.segment import Segment, prefixed
from hubtui.index.engine import NOTHING, Concept, Field, Keys, Mask, Postings, Scores, WeightedTerm
from hubtui.index.scoring import K1, Scoring

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
