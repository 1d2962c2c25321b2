"""The embedded full-text engine: Whoosh, and all that is known of it."""

import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh.analysis import IDTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.core.i18n import _
from hubtui.index.engine import Concept, Field, Keys, Mask, Postings, Scores, WeightedTerm
from hubtui.index.postings import column, lengths, term_postings
from hubtui.index.scoring import K1, Scoring
from hubtui.index.segments import KEYS, BulkWriter, forget_all, join_small, with_reader
from hubtui.index.terms import TermCounts

# b of BM25 as Robertson and Zaragoza recommend (2009); a heading's length says nothing.
_B = {Field.WORDS: 0.75, Field.GRAMS: 0.75, Field.HEADING: 0.0}

_CACHED_POSTINGS = 4_000_000
"""How many postings of recent terms a view keeps, at eight bytes each."""

_CACHED_COUNTS = 100_000


class WhooshEngine:
    """A Whoosh index in a folder of its own. Open only a folder that this user's hubtui wrote."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``, or create one where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        storage = FileStorage(str(folder))
        self._index: FileIndex = (
            storage.open_index() if storage.index_exists() else storage.create_index(_schema())
        )
        self._lock = threading.Lock()
        self._reader: WhooshReader | None = None

    @property
    def generation(self) -> int:
        """The number of the last commit, by whichever process."""
        return int(self._index.latest_generation())

    def reader(self) -> "WhooshReader":
        """Give a view of the last commit; one view serves as long as nothing is committed."""
        with self._lock:
            generation = self.generation
            if self._reader is None or self._reader.generation != generation:
                self._reader = WhooshReader(self._index.reader(), generation)
            return self._reader

    def writer(self) -> "WhooshWriter":
        """Begin a change.

        Raises:
            IndexBusyError: Another process is writing.
        """
        try:
            return WhooshWriter(self._index)
        except LockError as error:
            raise IndexBusyError(
                _("Another hubtui is writing the index of this library."),
                _("Wait until it has finished, or close it."),
            ) from error

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._index.close()


class WhooshReader:
    """A view of one commit; its files stay readable when later commits delete them."""

    def __init__(self, reader: Any, generation: int) -> None:  # noqa: ANN401  # Whoosh's readers have no useful types
        """Take over a Whoosh reader."""
        self._reader = reader
        # Who holds an older view may still use it; its files are closed when nobody does.
        self._finish = weakref.finalize(self, reader.close)
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._size = int(reader.doc_count_all())
        self._lock = threading.Lock()  # a Whoosh reader moves file positions that all its users share
        self._postings: dict[tuple[Field, str], Postings] = {}
        self._counts: dict[tuple[Field, str], int] = {}
        self._cached = 0
        self._norms: dict[Field, NDArray[np.float32]] = {}
        self.generation = generation
        self.keys: Keys = np.zeros(self._size, np.int64)
        self.live: Mask = np.ones(self._size, np.bool_)
        for leaf, base in self._leaves:
            keys = column(leaf, KEYS, ">u8")
            self.keys[base : base + len(keys)] = keys
            for number in leaf.segment().deleted_docs():
                self.live[base + number] = False

    def having(self, field: Field, *terms: str) -> Mask:
        """Give the slots whose passage holds one of ``terms``; removed passages may be among them."""
        mask = np.zeros(self._size, np.bool_)
        for term in terms:
            mask[self._find(field, term).slots] = True
        return mask

    def occurrences(self, field: Field, term: str) -> Postings:
        """Give the passages that hold ``term``, and how often; removed passages may be among them."""
        return self._find(field, term)

    def lengths(self, field: Field) -> Scores:
        """Give how many terms the passage in each slot has in ``field``, as Whoosh rounds them to a byte."""
        with self._lock:
            return self._lengths(field)

    def terms(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Give the terms of ``field`` that begin with ``prefix``, in order, ``limit`` at most."""
        found: list[str] = []
        with self._lock:
            for term in self._reader.expand_prefix(str(field), prefix):
                found.append(term.decode("utf-8"))
                if len(found) == limit:
                    break
        return found

    def count(self, field: Field, term: str) -> int:
        """Give how many passages hold ``term`` in ``field``; removed passages may be among them."""
        known = self._counts.get((field, term))
        if known is None:
            with self._lock:
                if len(self._counts) >= _CACHED_COUNTS:
                    self._counts.clear()
                known = self._counts[field, term] = int(self._reader.doc_frequency(str(field), term))
        return known

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot with BM25F."""
        return Scoring(self._find, self._norm, self._size, int(np.count_nonzero(self.live))).rank(wanted)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._finish()

    def _find(self, field: Field, term: str) -> Postings:
        with self._lock:
            known = self._postings.pop((field, term), None)
            if known is None:
                known = self._read(field, term)
                self._cached += len(known.slots)
            self._postings[field, term] = known
            while self._cached > _CACHED_POSTINGS and len(self._postings) > 1:
                oldest = next(iter(self._postings))
                self._cached -= len(self._postings.pop(oldest).slots)
            return known

    def _read(self, field: Field, term: str) -> Postings:
        try:
            return Postings.joined(
                [term_postings(leaf, base, str(field), term) for leaf, base in self._leaves]
            )
        except Exception as error:  # damaged pickles raise whatever they like
            raise DamagedIndexError(
                _("The full text cannot be read: {name}: {error}.").format(
                    name=type(error).__name__, error=error
                ),
                _("Index the library again (hubtui index): it is then built anew."),
            ) from error

    def _norm(self, field: Field) -> NDArray[np.float32]:
        """Give what BM25 adds to a count in each slot: more where the field is longer than the average."""
        with self._lock:
            if field not in self._norms:
                sizes = self._lengths(field)
                mean = max(1.0, float(sizes[self.live].mean()) if self.live.any() else 1.0)
                self._norms[field] = (K1 * (1 - _B[field] + _B[field] * sizes / mean)).astype(np.float32)
            return self._norms[field]

    def _lengths(self, field: Field) -> Scores:
        sizes = [lengths(leaf, str(field)) for leaf, _ in self._leaves]
        return np.concatenate([np.zeros(0, np.float32), *sizes])


class WhooshWriter:
    """One change of the index."""

    def __init__(self, index: FileIndex) -> None:
        """Take the index's write lock."""
        self._index = index
        self._writer = BulkWriter(index)
        self._policy = join_small

    def add(self, keys: Sequence[int], terms: Mapping[Field, TermCounts]) -> None:
        """Store the terms of a row of passages under their keys."""
        self._writer.add_passages(keys, terms)

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these passages."""
        wanted = np.fromiter(keys, np.int64)
        base = 0
        for segment in self._writer.segments:
            with_reader(self._writer, segment, partial(self._delete, base, wanted))
            base += segment.doc_count_all()

    def clear(self) -> None:
        """Forget all that was stored before this change."""
        self._policy = forget_all

    def commit(self) -> int:
        """Make the change visible, whole; give the new generation."""
        self._writer.commit(mergetype=self._policy)
        return int(self._index.latest_generation())

    def cancel(self) -> None:
        """Drop the change and give the lock back."""
        self._writer.cancel()

    def _delete(self, base: int, wanted: NDArray[np.int64], leaf: Any) -> None:  # noqa: ANN401  # see above
        for number in np.flatnonzero(np.isin(column(leaf, KEYS, ">u8"), wanted)).tolist():
            self._writer.delete_document(base + number)


def _schema() -> fields.Schema:
    # Positions would triple the cost of indexing; phrases are settled on the passages' own text instead.
    texts = {
        str(field): fields.FieldType(formats.Existence(), analyzer=IDTokenizer(), scorable=True)
        for field in Field
    }
    return fields.Schema(**{KEYS: fields.COLUMN(columns.NumericColumn("Q"))}, **texts)
