"""One segment: the passages that were written together, and bulk reads of what they hold.

Up to 65,536 passages share a segment, so that a slot takes two bytes and needs no decoding. For each field
it holds these parts:

========= ======================================================================================
lengths   how many terms each passage has
terms     the terms' UTF-8 bytes, in their order, one after the other
ends      where each term ends in ``terms``
stops     where each term's postings end
dense     terms with many postings in few blocks of 256 passages, ascending
tops      for each of them, where its blocks end
blocks    the blocks that hold postings of a dense term: the high byte of their slots
held      how many postings each holds, less one
lows      the low bytes of the postings of dense terms
slots     the postings of the other terms: passages, ascending for each term
counts    how often the passage holds the term, less one, four a byte; 3 stands for what ``many`` says
many      places of such postings, ascending
manifold  their counts
========= ======================================================================================
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hubtui.core.i18n import _
from hubtui.index.codec.format import MASK, SEGMENT, MappedFile, SegmentEntry, damaged
from hubtui.index.engine import Field, Keys, Mask, Postings

MOST_PASSAGES = 1 << 16
MANY = 4
"""A count from here on is kept beside the others."""

WORTH = 12
"""Bytes that a dense term saves at least: about what its own entries take."""

_PER_BYTE = 4
_BLOCK_BITS = 8
_CODES = np.arange(256)[:, None] >> np.arange(0, 8, 2) & 3
_COUNTS = np.where(_CODES == MANY - 1, 0, _CODES + 1).astype(np.float32).view("V16").reshape(-1)
"""The four counts in each byte, as one value; 0 for one that is kept beside them."""

_STRIDE = 64
"""Of so many terms one is at hand as an object."""

_REMEMBERED = 50_000
"""Look-ups that a field remembers."""


class FieldTerms:
    """The terms of one field of a segment. Safe to use from several threads."""

    def __init__(self, file: MappedFile, field: Field, passages: int) -> None:
        """Map the field's parts; its terms are checked whole, since look-ups go all over them."""
        self._path = file.path
        self.passages = passages
        self._lengths = file.part(f"{field}.lengths", "<u4")
        self._dense = file.part(f"{field}.dense", "<u4").numbers()
        self._tops = file.part(f"{field}.tops", "<u4").numbers()
        self._blocks = file.part(f"{field}.blocks", "|u1")
        self._held = file.part(f"{field}.held", "|u1")
        self._lows = file.part(f"{field}.lows", "|u1")
        self._slots = file.part(f"{field}.slots", "<u2")
        self._counts = file.part(f"{field}.counts", "|u1")
        self._many = file.part(f"{field}.many", "<u4")
        self._manifold = file.part(f"{field}.manifold", "<u4")
        terms = file.part(f"{field}.terms", "|u1")
        ends, stops = file.part(f"{field}.ends", "<u4"), file.part(f"{field}.stops", "<u4")
        postings = len(self._slots) + len(self._lows)
        # Checksums do not say who wrote a file: what is followed must not lead elsewhere.
        fits = (
            len(ends) == len(stops)
            and len(self._counts) == -(-postings // _PER_BYTE)
            and len(self._dense) == len(self._tops)
            and len(self._blocks) == len(self._held)
            and len(self._many) == len(self._manifold)
            and len(self._lengths) == passages
            and _ascend_to(ends.whole(), len(terms))
            and _ascend_to(stops.whole(), postings)
            and _ascend_to(np.asarray(self._tops), len(self._blocks))
            and (not len(self._dense) or _ascend_to(np.asarray(self._dense), None, len(stops)))
            and (not len(self._many) or _ascend_to(self._many.whole(), None, postings))
        )
        if not fits:
            raise damaged(self._path, _("its parts do not fit each other"))
        self._terms = terms.whole().data
        self._ends = ends.numbers()
        self._stops = stops.numbers()
        sizes = np.diff(stops.whole(), prepend=np.uint32(0))[np.asarray(self._dense)]
        self._low_ends = np.cumsum(sizes, dtype=np.uint32).data
        if (self._low_ends[-1] if len(sizes) else 0) != len(self._lows):
            raise damaged(self._path, _("its parts do not fit each other"))
        self._known: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, rank: int) -> bytes:
        """Return the term of a rank, from 0."""
        return bytes(self._terms[self._ends[rank - 1] if rank else 0 : self._ends[rank]])

    @cached_property
    def _strides(self) -> list[bytes]:
        return [self.term(rank) for rank in range(0, len(self._ends), _STRIDE)]

    def first_from(self, term: bytes) -> int:
        """Return the rank of the first term that is not before ``term``."""
        # The terms at every stride, compared in C, leave six to compare here.
        block = bisect_left(self._strides, term)
        low, high = max(0, (block - 1) * _STRIDE), min(block * _STRIDE, len(self._ends))
        return low + bisect_left(range(low, high), term, key=self.term)

    def rank(self, term: bytes) -> int:
        """Return the rank of a term, -1 where the segment has none such."""
        known = self._known.get(term)
        if known is None:
            at = self.first_from(term)
            known = at if at < len(self._ends) and self.term(at) == term else -1
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[term] = known
        return known

    def count(self, rank: int) -> int:
        """Return how many passages hold a term."""
        return self._stops[rank] - self._start(rank)

    def slots(self, rank: int) -> NDArray[np.uint16]:
        """Return the passages that hold a term, ascending."""
        start, stop = self._start(rank), self._stops[rank]
        at = bisect_left(self._dense, rank)
        before = self._low_ends[at - 1] if at else 0  # postings of dense terms, which are not among the slots
        if at < len(self._dense) and self._dense[at] == rank:
            first, last = self._tops[at - 1] if at else 0, self._tops[at]
            lows = self._lows.take(before, before + stop - start)
            slots = self._joined(self._blocks.take(first, last), self._held.take(first, last), lows)
        else:
            slots = self._slots.take(start - before, stop - before)
        return self._inside(slots)

    def _inside(self, slots: NDArray[np.uint16]) -> NDArray[np.uint16]:
        if len(slots) and int(slots.max()) >= self.passages:
            raise damaged(self._path, _("a place outside of the file"))
        return slots

    def slots_between(self, first: bytes, last: bytes) -> NDArray[np.uint16]:
        """Return the passages of the terms from ``first`` to ``last``; those of dense terms come last."""
        rank, end = self.first_from(first), self.first_from(last)
        if end < len(self._ends) and self.term(end) == last:
            end += 1
        if rank >= end:
            return self._slots.take(0, 0)
        dense_from, dense_to = bisect_left(self._dense, rank), bisect_left(self._dense, end)
        start = self._start(rank) - (self._low_ends[dense_from - 1] if dense_from else 0)
        stop = self._stops[end - 1] - (self._low_ends[dense_to - 1] if dense_to else 0)
        sparse = self._inside(self._slots.take(start, stop))
        dense = [self.slots(self._dense[at]) for at in range(dense_from, dense_to)]
        return np.concatenate([sparse, *dense]) if dense else sparse

    def _joined(
        self, blocks: NDArray[np.uint8], held: NDArray[np.uint8], lows: NDArray[np.uint8]
    ) -> NDArray[np.uint16]:
        """Return the slots of postings that are kept as blocks and low bytes."""
        slots = np.repeat(blocks, held.astype(np.intp) + 1).astype(np.uint16)
        slots <<= np.uint16(_BLOCK_BITS)
        if len(slots) != len(lows):
            raise damaged(self._path, _("its parts do not fit each other"))
        slots |= lows
        return slots

    def counts(self, rank: int) -> NDArray[np.float32]:
        """Return how often each of them holds the term."""
        start, stop = self._start(rank), self._stops[rank]
        packed = self._counts.take(start // _PER_BYTE, -(-stop // _PER_BYTE))
        first = start % _PER_BYTE
        counts = _COUNTS.take(packed).view(np.float32)[first : first + stop - start]
        if not counts.all():
            self._correct(counts, start, stop)
        return counts

    def postings(self, rank: int, base: int) -> Postings:
        """Return the postings of a term with ``base`` added to each slot."""
        slots = self.slots(rank).astype(np.int32)
        if base:
            slots += np.int32(base)
        return Postings(slots, self.counts(rank))

    def among(self, rank: int, slots: NDArray[np.uint16]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return which of some passages, in ascending order, hold a term, as positions, and how often."""
        at, places = common(slots, self.slots(rank))
        return at, self._counts_at(rank, places)

    def _counts_at(self, rank: int, places: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return how often the passages at these places among a term's postings hold it."""
        start, stop = self._start(rank), self._stops[rank]
        packed = self._counts.take(start // _PER_BYTE, -(-stop // _PER_BYTE))
        inside = places + start % _PER_BYTE
        fours = _COUNTS.take(packed[inside // _PER_BYTE]).view(np.float32).reshape(-1, _PER_BYTE)
        counts: NDArray[np.float32] = fours[np.arange(len(inside)), inside % _PER_BYTE]
        if not counts.all():
            wanted, many = places.astype(np.uint32) + np.uint32(start), self._many.take(0, len(self._many))
            found, those = common(wanted, many)
            counts[found] = self._manifold.take(0, len(many))[those]
        return counts

    def lengths(self) -> NDArray[np.uint32]:
        """Return how many terms each passage has."""
        return self._lengths.whole()

    def lengths_of(self, slots: NDArray[np.uint16]) -> NDArray[np.uint32]:
        """Return how many terms each of these passages has."""
        found: NDArray[np.uint32] = self._lengths.whole()[slots]
        return found

    def whole(self) -> tuple[list[bytes], NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint32]]:
        """Return all terms, and for all postings in their order the term's rank, the slot and the count."""
        ends = [0, *self._ends]
        blob = bytes(self._terms)
        terms = [blob[start:end] for start, end in pairwise(ends)]
        stops = np.array(self._stops, np.int64)
        ranks = np.repeat(np.arange(len(terms), dtype=np.uint32), np.diff(stops, prepend=0))
        counts = _COUNTS.take(self._counts.whole()).view(np.float32)[: len(ranks)].astype(np.uint32)
        if len(self._many):
            counts[self._many.whole()] = self._manifold.whole()
        is_dense = np.zeros(len(terms), np.bool_)
        is_dense[np.asarray(self._dense)] = True
        among = is_dense[ranks]
        slots = np.empty(len(ranks), np.uint16)
        slots[among] = self._joined(self._blocks.whole(), self._held.whole(), self._lows.whole())
        slots[~among] = self._slots.whole()
        return terms, ranks, slots, counts

    def _start(self, rank: int) -> int:
        return self._stops[rank - 1] if rank else 0

    def _correct(self, counts: NDArray[np.float32], start: int, stop: int) -> None:
        places = self._many.take(0, len(self._many))
        first, last = np.searchsorted(places, np.array((start, stop), places.dtype)).tolist()
        counts[places[first:last] - np.uint32(start)] = self._manifold.take(first, last)


class SegmentFile:
    """The file of a segment, which stays the same in all commits that name it."""

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        """Map the file; see :meth:`Segment.open`."""
        self.entry = entry
        self._file = MappedFile(folder / f"{entry.name}{SEGMENT}", "segment", entry.total)
        self._fields: dict[Field, FieldTerms] = {}
        self.keys = self._file.part("keys", "<i8")
        if len(self.keys) != entry.passages:
            raise damaged(self._file.path, _("its parts do not fit each other"))

    def field(self, field: Field) -> FieldTerms:
        """Return the terms of a field; they are read when they are first asked for.

        Raises:
            DamagedIndexError: The file is not what was written, or has been cut since it was opened.
        """
        self._file.check_size()
        found = self._fields.get(field)
        if found is None:
            found = self._fields[field] = FieldTerms(self._file, field, len(self.keys))
        return found

    def check(self) -> None:
        """Read everything; raise ``DamagedIndexError`` where something is not what was written."""
        self._file.check()
        for field in Field:
            forms, ranks, slots, _counts = self.field(field).whole()
            rising = all(one < other for one, other in pairwise(forms))
            packed = ranks.astype(np.uint64) << np.uint64(16) | slots
            if not rising or (len(packed) > 1 and not (packed[1:] > packed[:-1]).all()):
                raise damaged(self._file.path, _("its terms or postings are out of order"))


class Segment:
    """A segment as a commit has it: its file, and the passages that were removed from it.

    Attributes:
        entry: What the table of contents says of it.
        file: Its file.
    """

    def __init__(self, folder: Path, entry: SegmentEntry, known: SegmentFile | None = None) -> None:
        """Map a segment's files.

        Args:
            folder: Where they are.
            entry: What the table of contents says of it.
            known: The segment's file as it was mapped for another commit.

        Raises:
            FileNotFoundError: A later commit has unlinked a file; the table of contents is another one now.
            DamagedIndexError: A file is not what was written.
        """
        self.entry = entry
        same = known is not None and (known.entry.name, known.entry.total) == (entry.name, entry.total)
        self.file = known if known is not None and same else SegmentFile(folder, entry)
        self._removed = np.zeros(0, np.uint16)
        if entry.mask:
            mask = MappedFile(folder / f"{entry.mask}{MASK}", "mask", entry.mask_total)
            self._removed = mask.part("removed", "<u2").whole()
            if len(self._removed) != entry.removed or not _ascend_to(self._removed, None, entry.passages):
                raise damaged(mask.path, _("its parts do not fit each other"))

    def __len__(self) -> int:
        return self.entry.passages

    @property
    def alive(self) -> int:
        """How many passages were not removed."""
        return self.entry.passages - self.entry.removed

    def keys(self) -> Keys:
        """Return the key of the passage in each slot."""
        return self.file.keys.whole().astype(np.int64, copy=False)

    def removed(self) -> NDArray[np.uint16]:
        """Return the slots of the removed passages, ascending."""
        return self._removed

    def kept(self) -> Mask:
        """Return which slots hold a passage that was not removed."""
        kept = np.ones(len(self), np.bool_)
        kept[self._removed] = False
        return kept

    def field(self, field: Field) -> FieldTerms:
        """Return the terms of a field."""
        return self.file.field(field)


def common(one: NDArray[Any], other: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions, in each of two ascending rows, of the numbers that are in both."""
    if len(one) > len(other):
        second, first = common(other, one)
        return first, second
    if not len(one):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    places = other.searchsorted(one)
    if places[-1] == len(other):
        np.minimum(places, len(other) - 1, out=places)
    both = (other[places] == one).nonzero()[0]
    return both, places[both]


def _ascend_to(values: NDArray[Any], last: int | None, below: int | None = None) -> bool:
    """Whether values ascend to ``last``, or strictly to one that is less than ``below``."""
    if not len(values):
        return not last
    if last is not None:
        return bool(values[-1] == last) and not bool((values[1:] < values[:-1]).any())
    return bool(values[-1] < below) and not bool((values[1:] <= values[:-1]).any())


def prefixed(segments: Sequence[Segment], field: Field, prefix: bytes) -> Iterator[bytes]:
    """Iterate over the terms that begin with ``prefix``, of each segment in turn and in order."""
    for segment in segments:
        terms = segment.field(field)
        for rank in range(terms.first_from(prefix), len(terms)):
            term = terms.term(rank)
            if not term.startswith(prefix):
                break
            yield term
