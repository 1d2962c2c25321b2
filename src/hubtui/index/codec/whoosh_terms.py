"""The terms of a mapped segment for Whoosh: a reader, a cursor over them, and a matcher of postings."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.matching import ReadTooFar
from whoosh.matching.mcore import Matcher, NullMatcher
from whoosh.reading import TermInfo, TermNotFound

from hubtui.index.codec.segment import FieldTerms, Segment
from hubtui.index.engine import Field

_BLOCK = 128
"""Postings that share a bound of their score, by which Whoosh skips what cannot be among the best."""


class MappedTerms(TermsReader):
    """The terms of a segment."""

    def __init__(self, segment: Segment) -> None:
        """Read the terms of ``segment``."""
        self._segment = segment
        self._names = sorted(map(str, Field))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        return name in self._names and self._field(name).rank(text) >= 0

    def cursor(self, fieldname: str, fieldobj: fields.FieldType) -> "MappedCursor":
        """Return a cursor over the terms of a field."""
        return MappedCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Iterate over all terms, with their fields."""
        for name in self._names:
            yield from self._of_field(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Iterate over the terms from ``prefix`` on, and over those of the fields after it."""
        for name in self._names:
            if name >= fieldname:
                yield from self._of_field(name, prefix if name == fieldname else b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Iterate over all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Do as :meth:`terms_from`, with what is known of the terms."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term: a fresh object each time, since Whoosh changes what it gets.

        Raises:
            TermNotFound: The segment has none such.
        """
        known, rank = self._found(fieldname, text)
        return info(known, rank)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term stands in all documents together."""
        try:
            known, rank = self._found(fieldname, text)
        except TermNotFound:
            return 0
        return float(known.counts(rank).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term."""
        try:
            known, rank = self._found(fieldname, text)
        except TermNotFound:
            return 0
        return known.count(rank)

    def matcher(
        self,
        fieldname: str,
        text: bytes,
        format_: formats.Format,  # noqa: ARG002  # Whoosh's signature
        scorer: Any = None,  # noqa: ANN401  # Whoosh's scorers have no common type
    ) -> "MappedMatcher":
        """Return a matcher of the documents that hold a term.

        Raises:
            TermNotFound: The segment has none such.
        """
        known, rank = self._found(fieldname, text)
        return MappedMatcher((fieldname, text), known, rank, scorer)

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields."""
        return self._names

    def _field(self, name: str) -> FieldTerms:
        return self._segment.field(Field(name))

    def _of_field(self, name: str, first: bytes) -> Iterator[tuple[str, bytes]]:
        known = self._field(name)
        for rank in range(known.first_from(first), len(known)):
            yield name, known.term(rank)

    def _found(self, name: str, text: bytes) -> tuple[FieldTerms, int]:
        if name in self._names:
            known = self._field(name)
            rank = known.rank(text)
            if rank >= 0:
                return known, rank
        raise TermNotFound(f"{name}:{text!r}")


def info(known: FieldTerms, rank: int) -> TermInfo:
    """Return what a segment knows of a term, removed documents included."""
    slots, counts = known.slots(rank), known.counts(rank)
    lengths = known.lengths_of(slots)
    return TermInfo(
        weight=float(counts.sum()),
        df=len(slots),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(counts.max()),
        minid=int(slots[0]),
        maxid=int(slots[-1]),
    )


class MappedCursor(FieldCursor):
    """A place among the terms of a field, in the order of their bytes."""

    def __init__(self, terms: MappedTerms, name: str, kind: fields.FieldType) -> None:
        """Begin at the first term."""
        self._name = name
        self._kind = kind
        self._texts = [text for _name, text in terms.terms_from(name, b"") if _name == name]
        self._terms = terms
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term that is not before ``string``."""
        text = string if isinstance(string, bytes) else self._kind.to_bytes(string)
        low, high = 0, len(self._texts)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._texts[middle] < text else (low, middle)
        self._at = low
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term of this place, ``None`` behind the last."""
        return self._kind.from_bytes(self._texts[self._at]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term of this place."""
        return self._terms.term_info(self._name, self._texts[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term at this place."""
        return self._at < len(self._texts)


class MappedMatcher(Matcher):
    """The documents that hold a term, with how often each does."""

    def __init__(self, term: tuple[str, bytes], known: FieldTerms, rank: int, scorer: Any) -> None:  # noqa: ANN401  # see above
        """Begin at the first document."""
        self._term, self._known, self._rank, self._scorer = term, known, rank, scorer
        self._slots = known.slots(rank)
        self._counts = known.counts(rank)
        self._at = 0
        starts = np.arange(0, len(self._slots), _BLOCK)
        self._most = np.maximum.reduceat(self._counts, starts)
        self._shortest = np.minimum.reduceat(known.lengths_of(self._slots), starts)

    def is_active(self) -> bool:
        """Whether it is at a document."""
        return self._at < len(self._slots)

    def reset(self) -> None:
        """Go to the first document."""
        self._at = 0

    def term(self) -> tuple[str, bytes]:
        """Return the field and the term."""
        return self._term

    def copy(self) -> "MappedMatcher":
        """Return a matcher at the same document."""
        other = MappedMatcher(self._term, self._known, self._rank, self._scorer)
        other._at = self._at  # the same class
        return other

    def replace(self, minquality: float = 0) -> Matcher:
        """Return a matcher of nothing where no document is left that scores more than ``minquality``."""
        if not self.is_active() or (minquality and self.max_quality() < minquality):
            return NullMatcher()
        return self

    def id(self) -> int:
        """Return the number of the document."""
        return int(self._slots[self._at])

    def all_ids(self) -> Iterator[int]:
        """Iterate over the documents that are left."""
        return iter(self._slots[self._at :].tolist())

    def next(self) -> None:
        """Go to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # Whoosh's signature
        """Go on to the first document that is not before ``id``."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._slots[self._at :], id))

    def weight(self) -> float:
        """Return how often the document holds the term."""
        return float(self._counts[self._at])

    def value(self) -> bytes:
        """Return what else is stored with a posting: nothing."""
        return b""

    def supports(self, astype: str) -> bool:
        """Whether postings say ``astype``."""
        return astype in ("weight", "frequency")

    def value_as(self, astype: str) -> float:
        """Return what a posting says."""
        if not self.supports(astype):
            raise NotImplementedError(astype)
        return self.weight()

    def score(self) -> float:
        """Return the document's score."""
        return float(self._scorer.score(self)) if self._scorer else self.weight()

    def supports_block_quality(self) -> bool:
        """Whether blocks have a bound of their score."""
        return self._scorer is not None and bool(self._scorer.supports_block_quality())

    def max_quality(self) -> float:
        """Return a bound of all scores."""
        return float(self._scorer.max_quality()) if self._scorer else float(self._most.max())

    def block_quality(self) -> float:
        """Return a bound of the scores in this block."""
        return float(self._scorer.block_quality(self))

    def block_max_weight(self) -> float:
        """Return how often a document of this block holds the term at most."""
        return float(self._most[self._at // _BLOCK])

    def block_min_length(self) -> int:
        """Return the length of this block's shortest document."""
        return int(self._shortest[self._at // _BLOCK])

    def skip_to_quality(self, minquality: float) -> int:
        """Go on to the first block that may score more than ``minquality``; return how many were skipped."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // _BLOCK + 1) * _BLOCK
            skipped += 1
        return skipped
