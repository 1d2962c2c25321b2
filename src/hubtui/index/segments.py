"""Writing Whoosh's segments in bulk.

Whoosh's writer sorts postings one by one in pickled files on the disk, which takes most of the time of
indexing. Here the postings of a change are kept in arrays, sorted at once, and written in the format
that its reader reads: a posting list is a row of blocks, each a pickle of the differences between
document numbers, the weights and (here no) values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
_LONGEST = 106374  # what Whoosh's byte for lengths ends at

# Segments up to this many passages are joined by later changes, larger ones stay: a small change must
# not cost as much as the library is large, and small segments must not pile up.
_JOINED_UP_TO = 8000

Segments = list[Any]


class BulkWriter(SegmentWriter):
    """A Whoosh writer that takes the counted terms of many passages at once."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401  # Whoosh's indexes have no useful types
        """Take the index's write lock, or raise Whoosh's ``LockError``."""
        super().__init__(index)
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
            for term, slots, counts in self._pending[field].by_term():
                _write_term(self.fieldwriter, term, slots, counts)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        self._pending.clear()


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
    from whoosh.reading import SegmentReader  # noqa: PLC0415  # with the rest of what a merge needs

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

    def by_term(self) -> "Iterable[tuple[str, NDArray[np.uint32], NDArray[np.uint32]]]":
        """Give each term with its slots, ascending, and counts; terms in the order of their UTF-8 bytes."""
        if not self._terms:
            return
        terms = np.concatenate(self._terms)
        # Stable, so that slots stay in the order in which they came; segments that are joined come first.
        order = np.lexsort((np.concatenate(self._slots), terms))
        slots, counts = np.concatenate(self._slots)[order], np.concatenate(self._counts)[order]
        ends = np.cumsum(np.bincount(terms, minlength=len(self._numbers))).tolist()
        for term in sorted(self._numbers):
            number = self._numbers[term]
            start = ends[number - 1] if number else 0
            if start < ends[number]:
                yield term, slots[start : ends[number]], counts[start : ends[number]]


def _write_term(
    writer: Any,  # noqa: ANN401  # see above
    term: str,
    slots: NDArray[np.uint32],
    counts: NDArray[np.uint32],
) -> None:
    file = writer._postfile  # noqa: SLF001  # Whoosh writes it posting by posting
    start = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    for at in range(0, len(slots), _BLOCK):
        _write_block(file, slots[at : at + _BLOCK], counts[at : at + _BLOCK], last=at + _BLOCK >= len(slots))
    info = W3TermInfo()
    info._weight, info._df = float(counts.sum()), len(slots)  # noqa: SLF001  # its own way adds them up one by one
    info._minlength, info._maxlength = 1, _LONGEST  # noqa: SLF001  # bounds are enough, see above
    info._maxweight = float(counts.max())  # noqa: SLF001  # see above
    info._minid, info._maxid = int(slots[0]), int(slots[-1])  # noqa: SLF001  # see above
    info.set_extent(start, file.tell() - start)
    writer._tindex.add(pack("!H", writer._fieldid) + term.encode(), info.to_bytes())  # noqa: SLF001  # see above


def _write_block(file: Any, slots: NDArray[np.uint32], counts: NDArray[np.uint32], *, last: bool) -> None:  # noqa: ANN401  # see above
    numbers, weights = slots.tolist(), counts.tolist()
    differences = (numbers[0], *np.diff(slots).tolist()) if len(numbers) > 1 else (numbers[0],)
    common = float(weights[0]) if weights.count(weights[0]) == len(weights) else None
    held = None if common == 1.0 else common if common is not None else tuple(map(float, weights))
    data = dumps((differences, held, None), 2)
    compression = 3 if len(data) >= _COMPRESSED_FROM else 0
    if compression:
        data = compress(data, compression)
    info = dumps((len(numbers), numbers[-1], float(max(weights)), compression, 1, 255), 2)
    size = len(info) + len(data)
    file.write_int(-size if last else size)
    file.write(info)
    file.write(data)
