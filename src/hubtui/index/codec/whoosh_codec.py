"""The index as a Whoosh index: its own ``Searcher`` runs its own queries over the mapped segments.

Only what Whoosh documents for codecs and indexes is used (``whoosh.codec.base``, ``whoosh.index.Index``,
``whoosh.reading``, ``whoosh.matching``). The index is searched, not written, through Whoosh: its writer keeps
pickles. hubtui itself reads whole posting lists (:mod:`.engine`) and loads nothing of this.

    searcher = WhooshIndex(ArrayEngine(folder)).searcher()
    keys = [hit[KEYS] for hit in searcher.search(Term("words", "cloud"), limit=None)]
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import columns, fields, formats
from whoosh.analysis import IDTokenizer
from whoosh.codec.base import Codec, PerDocumentReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.index import Index
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader

from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.codec.reader import ArrayReader
from hubtui.index.codec.segment import Segment
from hubtui.index.codec.whoosh_terms import MappedTerms
from hubtui.index.engine import Field

KEYS = "keys"
"""The column, and the stored field, with the key of each passage."""


def schema() -> fields.Schema:
    """Return the schema: a field for each part of a passage, and the column with its key."""
    texts = {
        str(field): fields.FieldType(formats.Existence(), analyzer=IDTokenizer(), scorable=True)
        for field in Field
    }
    return fields.Schema(**{KEYS: fields.COLUMN(columns.NumericColumn("q"))}, **texts)


class WhooshIndex(Index):
    """An engine's index for Whoosh to search."""

    def __init__(self, engine: ArrayEngine) -> None:
        """Search the last commit, whichever it is when a reader is asked for."""
        self._engine = engine
        self.schema = schema()

    def latest_generation(self) -> int:
        """Return the number of the last commit."""
        return self._engine.generation

    def is_empty(self) -> bool:
        """Whether nothing has ever been written to it."""
        return self._engine.generation == 0

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002  # Whoosh's signature
        """Return a reader of the last commit."""
        view = self._engine.reader()
        return whoosh_reader(view, self.schema)


def whoosh_reader(view: ArrayReader, of: fields.Schema) -> IndexReader:
    """Return Whoosh's reader of a view: documents have the numbers of the slots."""
    leaves = [
        SegmentReader(None, of, MappedSegment(segment), generation=view.generation)
        for segment in view.segments
    ]
    if not leaves:
        return EmptyReader(of)
    return leaves[0] if len(leaves) == 1 else MultiReader(leaves, generation=view.generation)


class MappedCodec(Codec):
    """Reads mapped segments; files are not looked for, since the segment brings them."""

    def terms_reader(self, storage: object, segment: "MappedSegment") -> "MappedTerms":  # noqa: ARG002  # Whoosh's signature
        """Return a reader of a segment's terms."""
        return MappedTerms(segment.mapped)

    def per_document_reader(self, storage: object, segment: "MappedSegment") -> "MappedDocuments":  # noqa: ARG002  # see above
        """Return a reader of what a segment has of each document."""
        return MappedDocuments(segment.mapped)


class MappedSegment(WhooshSegment):
    """A segment of one commit."""

    def __init__(self, mapped: Segment) -> None:
        """Bring a segment that was opened."""
        super().__init__("hubtui")
        # Whoosh takes segments with the same id for the same, and caches by it: removals make another one.
        self.segid = f"{mapped.entry.name}-{mapped.entry.mask}"
        self.mapped = mapped

    def codec(self) -> MappedCodec:
        """Return the codec that reads it."""
        return MappedCodec()

    def doc_count_all(self) -> int:
        """Return how many documents it was written with."""
        return len(self.mapped)

    def deleted_count(self) -> int:
        """Return how many of them were removed."""
        return self.mapped.entry.removed

    def deleted_docs(self) -> set[int]:
        """Return their numbers."""
        return set(self.mapped.removed().tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document was removed."""
        return docnum in self.deleted_docs()


class MappedDocuments(PerDocumentReader):
    """What a segment has of each document: its key, and the lengths of its fields."""

    def __init__(self, segment: Segment) -> None:
        """Read the documents of ``segment``."""
        self._segment = segment
        self._removed = frozenset(segment.removed().tolist())

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return self._segment.alive

    def doc_count_all(self) -> int:
        """Return how many there are, with those that were removed."""
        return len(self._segment)

    def has_deletions(self) -> bool:
        """Whether documents were removed."""
        return bool(self._removed)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document was removed; Whoosh also asks for one past the last."""
        return docnum in self._removed

    def deleted_docs(self) -> frozenset[int]:
        """Return the documents that were removed."""
        return self._removed

    def supports_columns(self) -> bool:
        """Whether there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there is this column."""
        return fieldname == KEYS

    def list_columns(self) -> list[str]:
        """Return the names of the columns."""
        return [KEYS]

    def column_reader(self, fieldname: str, column: columns.Column) -> "KeyColumn":  # noqa: ARG002  # Whoosh's signature
        """Return the column of keys."""
        return KeyColumn(self._segment)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many terms a document has in a field."""
        if fieldname not in set(Field):
            return default
        return int(self._segment.field(Field(fieldname)).lengths()[docnum])

    def field_length(self, fieldname: str) -> int:
        """Return how many terms all documents together have in a field."""
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Return how many terms the shortest document has in a field."""
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return how many terms the longest document has in a field."""
        return int(self._lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, int]:
        """Return the key of a document."""
        return {KEYS: int(self._segment.keys()[docnum])}

    def _lengths(self, fieldname: str) -> Any:  # noqa: ANN401  # an array
        return (
            self._segment.field(Field(fieldname)).lengths()
            if fieldname in set(Field)
            else np.zeros(0, np.uint32)
        )


class KeyColumn(columns.ColumnReader):
    """The keys of a segment's passages."""

    def __init__(self, segment: Segment) -> None:
        """Read the keys of ``segment``."""
        self._keys = segment.keys()

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, docnum: int) -> int:
        return int(self._keys[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys.tolist())

    def sort_key(self, docnum: int) -> int:
        """Return what a document is sorted by."""
        return self[docnum]

    def load(self) -> list[int]:
        """Return all values."""
        found: list[int] = self._keys.tolist()
        return found
