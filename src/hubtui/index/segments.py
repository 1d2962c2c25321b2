"""Writing Whoosh's segments in bulk.

Whoosh's writer sorts postings one by one in pickled files on the disk, which takes most of the time of
indexing. Here the postings of a change are kept in arrays, sorted at once, and written in the format
that its reader reads: a posting list is a row of blocks, each a pickle of the differences between
document numbers, the weights and (here no) values.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import sub
from pickle import dumps
from struct import pack
from typing import Any
from zlib import compress

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.writing import SegmentWriter

from hubtui.index.engine import Field
from hubtui.index.postings import column, lengths, segment_terms
from hubtui.index.terms import TermCounts

KEYS = "keys"
"""The column with the key of each passage."""

_BLOCK = 4096  # postings; Whoosh's own 128 make a common word ten times as slow to read
_COMPRESSED_FROM = 200  # bytes; shorter pickles gain nothing
_LOT = 200_000  # postings that are Python's numbers at one time

# A posting is packed into one number, to be sorted as such: rank of the term, slot, count.
_RANK_SHIFT, _SLOT_SHIFT = 42, 20
_MOST = 2**22 - 1
_COUNT_MASK = 2**20 - 1

# Segments up to this many passages are joined by later changes, larger ones stay: a small change must
# not cost as much as the library is large, and small segments must not pile up.
_JOINED_UP_TO = 8000

Segments = list[Any]
_TermPostings = tuple[str, list[int], list[int]]


class BulkWriter(SegmentWriter):
    """A Whoosh writer that takes the counted terms of many passages at once."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401  # Whoosh's indexes have no useful types
        """Take the index's write lock, or raise Whoosh's ``LockError``."""
        # A segment in one file is read whole when it is opened, at the cost of its size in memory.
        super().__init__(index, compound=False)
        self._pending = {field: _Pending() for field in Field}

    def add_passages(self, keys: Sequence[int], terms: Mapping[Field, TermCounts]) -> None:
        """Store the terms of a row of passages under their keys."""
        sizes = {field: counts.lengths.tolist() for field, counts in terms.items()}
        base = self._add_documents(keys, sizes)
        for field, counts in terms.items():
            self._pending[field].add(
                counts.terms, counts.term, counts.passage + np.uint32(base), counts.count
            )

    def _add_documents(self, keys: Iterable[int], sizes: Mapping[Field, Sequence[int]]) -> int:
        base, documents = self.docnum, self.perdocwriter
        column_type = self.schema[KEYS].column_type
        for position, key in enumerate(keys):
            documents.start_doc(self.docnum)
            documents.add_column_value(KEYS, column_type, key)
            for field, of_field in sizes.items():
                documents.add_field(str(field), None, None, of_field[position])
            documents.finish_doc()
            self.docnum += 1
        self._added = True
        return int(base)

    def add_segment(self, leaf: Any) -> None:  # noqa: ANN401  # see above
        """Take over what is not deleted of another segment."""
        count = leaf.doc_count_all()
        kept = np.ones(count, np.bool_)
        kept[list(leaf.segment().deleted_docs())] = False
        sizes = {field: lengths(leaf, str(field))[kept].astype(int).tolist() for field in Field}
        base = self._add_documents(column(leaf, KEYS, ">u8")[kept].tolist(), sizes)
        moved = np.cumsum(kept, dtype=np.uint32) - np.uint32(1) + np.uint32(base)
        for field in Field:
            for term, found in segment_terms(leaf, str(field)):
                alive = kept[found.slots]
                slots = moved[found.slots[alive]]
                at = np.zeros(len(slots), np.uint32)
                self._pending[field].add([term], at, slots, found.counts[alive].astype(np.uint32))

    def _flush_segment(self) -> None:
        """Write the segment; called by ``commit`` in place of Whoosh's own."""
        self.perdocwriter.close()
        for field in sorted(Field, key=str):
            self.fieldwriter.start_field(str(field), self.schema[str(field)])
            _write_terms(self.fieldwriter, self._pending.pop(field).by_term())
            self.fieldwriter.finish_field()
        self.fieldwriter.close()


def join_small(writer: BulkWriter, segments: Segments) -> Segments:
    """Take small segments, and such as are mostly deleted, into the new one; give the others."""
    kept = []
    for segment in segments:
        alive = segment.doc_count_all() - segment.deleted_count()
        if alive == 0:
            continue
        if alive > _JOINED_UP_TO and 2 * alive > segment.doc_count_all():
            kept.append(segment)
        else:
            with_reader(writer, segment, writer.add_segment)
    return kept


def forget_all(writer: BulkWriter, segments: Segments) -> Segments:  # noqa: ARG001  # Whoosh's signature
    """Take none of the earlier segments into the next state."""
    return []


def with_reader(writer: Any, segment: Any, action: Callable[[Any], None]) -> None:  # noqa: ANN401  # see above
    """Call ``action`` with a reader of one segment."""
    from whoosh.reading import SegmentReader  # with the rest of what a merge needs

    reader = SegmentReader(writer.storage, writer.schema, segment)
    try:
        action(reader)
    finally:
        reader.close()


class _Pending:
    """The postings of one field, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[NDArray[np.uint32]] = []
        self._slots: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.uint32]] = []

    def add(
        self,
        terms: Sequence[str],
        term: NDArray[np.uint32],
        slots: NDArray[np.uint32],
        counts: NDArray[np.uint32],
    ) -> None:
        numbers = self._numbers
        known = np.array([numbers.setdefault(form, len(numbers)) for form in terms], np.uint32)
        self._terms.append(known[term] if len(term) else term)
        self._slots.append(slots)
        self._counts.append(counts)

    def by_term(self) -> Iterator[_TermPostings]:
        """Give each term with its slots, ascending, and counts; terms in the order of their UTF-8 bytes."""
        if not self._terms:
            return
        terms = sorted(self._numbers)  # by code points, which UTF-8 keeps in order
        rank = np.empty(len(terms), np.uint64)
        rank[[self._numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
        slots = np.concatenate(self._slots)
        counts = np.minimum(np.concatenate(self._counts), _COUNT_MASK)
        if len(terms) > _MOST or (len(slots) and slots.max() > _MOST):
            raise OverflowError("too much for one segment")
        packed = rank[np.concatenate(self._terms)] << np.uint64(_RANK_SHIFT)
        packed |= slots.astype(np.uint64) << np.uint64(_SLOT_SHIFT)
        packed |= counts.astype(np.uint64)
        packed.sort()
        yield from _unpacked(terms, packed)


def _unpacked(terms: Sequence[str], packed: NDArray[np.uint64]) -> Iterator[_TermPostings]:
    ranks = (packed >> np.uint64(_RANK_SHIFT)).astype(np.int64)
    ends = np.searchsorted(ranks, np.arange(len(terms)), side="right").tolist()
    first = 0
    while first < len(terms):
        # In lots, since numbers take five times the memory once they are Python's.
        base = ends[first - 1] if first else 0
        last = bisect_right(ends, base + _LOT, first + 1)
        lot = packed[base : ends[last - 1]]
        slots = (lot >> np.uint64(_SLOT_SHIFT) & np.uint64(_MOST)).tolist()
        counts = (lot & np.uint64(_COUNT_MASK)).tolist()
        start = 0
        for number in range(first, last):
            end = ends[number] - base
            if start < end:
                yield terms[number], slots[start:end], counts[start:end]
            start = end
        first = last


def _write_terms(writer: Any, terms: Iterable[_TermPostings]) -> None:  # noqa: ANN401  # see above
    file, index = writer._postfile, writer._tindex  # noqa: SLF001  # Whoosh writes them posting by posting
    field = pack("!H", writer._fieldid)  # noqa: SLF001  # see above
    position = file.tell()
    for term, slots, counts in terms:
        data = _posting_list(slots, counts)
        file.write(data)
        info = W3TermInfo._struct.pack(  # noqa: SLF001  # its own way adds blocks up one by one
            0, float(sum(counts)), len(slots), 1, 255, float(max(counts)), slots[0], slots[-1]
        )
        index.add(field + term.encode(), info + pack("!qi", position, len(data)))
        position += len(data)


def _posting_list(slots: list[int], counts: list[int]) -> bytes:
    parts = [WHOOSH3_HEADER_MAGIC]
    for at in range(0, len(slots), _BLOCK):
        block = _block(slots[at : at + _BLOCK], counts[at : at + _BLOCK])
        size = sum(map(len, block))
        parts.extend((pack("!i", size if at + _BLOCK < len(slots) else -size), *block))
    return b"".join(parts)


def _block(slots: list[int], counts: list[int]) -> tuple[bytes, bytes]:
    """Give a block's description and its postings."""
    if len(slots) == 1:  # most words stand in one passage only
        (slot,), count = slots, float(counts[0])
        held = None if count == 1 else count
        return dumps((1, slot, count, 0, 1, 255), 2), dumps(((slot,), held, None), 2)
    most = max(counts)
    differences = (slots[0], *map(sub, slots[1:], slots))
    if most == 1:
        weights: float | tuple[float, ...] | None = None
    else:
        weights = float(most) if min(counts) == most else tuple(map(float, counts))
    data = dumps((differences, weights, None), 2)
    compression = 1 if len(data) >= _COMPRESSED_FROM else 0
    if compression:
        data = compress(data, compression)
    # The bytes 1 and 255 bound the lengths of the passages, which we read from their column.
    return dumps((len(slots), slots[-1], float(most), compression, 1, 255), 2), data
