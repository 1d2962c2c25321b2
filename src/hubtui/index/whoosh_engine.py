"""The embedded full-text engine: Whoosh, and all that is known of it."""

import threading
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import columns, fields, query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.searching import Searcher
from whoosh.writing import CLEAR

from hubtui.errors import IndexingError
from hubtui.index.engine import Field, Ranked, WeightedTerm

_KEY = "key"
_KEYS = "keys"


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
            if self._reader is None or self._reader.generation != self.generation:
                self._reader = WhooshReader(self._index.searcher(weighting=_ranking()), self.generation)
            return self._reader

    def writer(self) -> "WhooshWriter":
        """Begin a change.

        Raises:
            IndexingError: Another process is writing.
        """
        try:
            return WhooshWriter(self._index)
        except LockError as error:
            raise IndexingError(
                "Another hubtui is writing the index of this library.",
                "Wait until it has finished, or close it.",
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

    def __init__(self, searcher: Searcher, generation: int) -> None:
        """Take over ``searcher``."""
        self.generation = generation
        self._searcher = searcher
        self._lock = threading.Lock()  # a Whoosh reader moves file positions that all its users share
        reader = searcher.reader()
        self._keys = array("Q")
        if reader.doc_count_all():
            self._keys.extend(reader.column_reader(_KEYS))

    def having(self, field: Field, term: str) -> set[int]:
        """Give the keys of the passages that hold ``term`` in ``field``."""
        with self._lock:
            reader = self._searcher.reader()
            if (str(field), term) not in reader:
                return set()
            return {self._keys[number] for number in reader.postings(str(field), term).all_ids()}

    def terms(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Give the terms of ``field`` that begin with ``prefix``, in order, ``limit`` at most."""
        found: list[str] = []
        with self._lock:
            for term in self._searcher.reader().expand_prefix(str(field), prefix):
                found.append(term.decode("utf-8"))
                if len(found) == limit:
                    break
        return found

    def rank(self, terms: Iterable[WeightedTerm], among: Collection[int]) -> Sequence[Ranked]:
        """Score the passages of ``among`` that hold any of ``terms`` with BM25F."""
        wanted = query.Or([query.Term(str(t.field), t.term, boost=t.weight) for t in terms])
        with self._lock:
            numbers = {number for number, key in enumerate(self._keys) if key in among}
            results = self._searcher.search(wanted, limit=None, filter=numbers)
            return [Ranked(self._keys[number], score) for score, number in results.top_n]

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._searcher.close()


class WhooshWriter:
    """One change of the index."""

    def __init__(self, index: FileIndex) -> None:
        """Take the index's write lock."""
        self._index = index
        self._writer = index.writer(limitmb=256)
        self._policy = None

    def add(self, key: int, terms: Mapping[Field, Sequence[str]]) -> None:
        """Store a passage's terms under its key."""
        values: dict[str, Any] = {str(field): list(forms) for field, forms in terms.items() if forms}
        self._writer.add_document(**{_KEY: str(key), _KEYS: key}, **values)

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these passages."""
        for key in keys:
            self._writer.delete_by_term(_KEY, str(key))

    def clear(self) -> None:
        """Forget all that was stored before this change."""
        self._policy = CLEAR

    def commit(self) -> int:
        """Make the change visible, whole; give the new generation."""
        self._writer.commit(mergetype=self._policy)
        return int(self._index.latest_generation())

    def cancel(self) -> None:
        """Drop the change and give the lock back."""
        self._writer.cancel()


def _schema() -> fields.Schema:
    # Terms come as lists, so that the analyzer has nothing to cut. Positions would triple the cost of
    # indexing; phrases are settled on the passages' own text instead.
    texts = {str(field): fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False) for field in Field}
    keys = fields.COLUMN(columns.NumericColumn("Q"))
    return fields.Schema(**{_KEY: fields.ID(unique=True), _KEYS: keys}, **texts)


def _ranking() -> scoring.WeightingModel:
    # k1 and b of BM25 as Robertson and Zaragoza recommend (2009); a heading's length says nothing.
    return scoring.BM25F(B=0.75, K1=1.2, heading_B=0.0)
