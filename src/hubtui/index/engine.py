"""What hubtui asks of a full-text engine, whichever it is.

An engine stores for each passage, under the passage's key in the catalog, lists of terms in a few
fields, and answers which passages hold a term and how well they answer a bag of terms. What a term is,
what must match and what is shown is not its business.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, ClassVar, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""A selection of passages: true in their slots."""

Keys = NDArray[np.int64]
Scores = NDArray[np.float32]


class Field(StrEnum):
    """The parts of a passage that are searched."""

    WORDS = "words"
    """Words of the text: jieba's for Chinese, stems for English."""
    GRAMS = "grams"
    """Single Han characters and pairs of neighbours in the text."""
    HEADING = "heading"
    """Words of the source's title and the passage's section."""


class WeightedTerm(Struct, frozen=True):
    """A term to rank by.

    Attributes:
        field: Where it is looked for.
        term: Its form.
        weight: How much it counts, 1 being a word of the text.
    """

    field: Field
    term: str
    weight: float = 1.0


class Synonym(Struct, frozen=True):
    """A word, or several that stand together, by which a passage says what another word says.

    Attributes:
        terms: All of them are wanted; the rarest in a passage counts.
        weight: How well it fits, 1 being best.
    """

    terms: tuple[tuple[Field, str], ...]
    weight: float = 1.0


class Synonyms(Struct, frozen=True):
    """Synonyms of one word, scored as one term.

    Attributes:
        members: The synonyms.
        share: What the group counts beside a term.
    """

    members: tuple[Synonym, ...]
    share: float = 1.0


class Concept(Struct, frozen=True):
    """Something that a passage may say in a query's own words or by synonyms; the better of both counts.

    Attributes:
        terms: The words themselves.
        synonyms: A group for each part of what is said.
    """

    terms: tuple[WeightedTerm, ...]
    synonyms: tuple[Synonyms, ...] = ()


class Postings(Struct, frozen=True):
    """The passages that hold a term.

    Attributes:
        slots: Their slots, in order.
        counts: How often each holds the term.
    """

    slots: NDArray[np.int32]
    counts: Scores


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


CHARACTER = 21
"""Bits that a code point takes."""


@dataclass(frozen=True, slots=True)
class PackedTerms(Sequence[str]):
    """Terms of one or two characters, as numbers that sort as the terms do.

    Attributes:
        codes: For each term, its first character's code point times 2^21, and its second's where it has one.
        BITS: Bits that a code takes.
    """

    codes: NDArray[np.uint64]
    BITS: ClassVar[int] = 2 * CHARACTER

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  # as Sequence has it
        if isinstance(at, slice):
            return PackedTerms(self.codes[at])
        first, second = divmod(int(self.codes[at]), 1 << CHARACTER)
        return chr(first) + (chr(second) if second else "")


class TermCounts(Struct, frozen=True):
    """How often each term stands in each of a row of passages, in one field.

    Attributes:
        terms: The terms; one may be among them several times, with different postings.
        term: For each posting, its term as a position in :attr:`terms`.
        passage: For each posting, its passage as a position in the row; ascending.
        count: For each posting, how often the term stands in the passage.
        lengths: For each passage, how many terms it has.
    """

    terms: Sequence[str]
    term: NDArray[np.uint32]
    passage: NDArray[np.uint32]
    count: NDArray[np.uint32]
    lengths: NDArray[np.uint32]


def count_terms(passages: Sequence[Sequence[str]]) -> TermCounts:
    """Count the terms of a row of passages, each given as the list of its terms."""
    terms = list(dict.fromkeys(chain.from_iterable(passages)))
    numbers = dict(zip(terms, range(len(terms)), strict=True))
    lengths = np.array([len(of_passage) for of_passage in passages], np.uint32)
    places = np.repeat(np.arange(len(passages), dtype=np.uint64), lengths)
    term = np.array(list(map(numbers.__getitem__, chain.from_iterable(passages))), np.uint64)
    found, count = np.unique(places << _HALF | term, return_counts=True)
    return TermCounts(
        terms=terms,
        term=found.astype(np.uint32),
        passage=(found >> _HALF).astype(np.uint32),
        count=count.astype(np.uint32),
        lengths=lengths,
    )


_HALF = np.uint64(32)


class Reader(Protocol):
    """A view of the engine's last commit; safe to use from several threads.

    It numbers its passages with slots, from 0 to :attr:`size`; they mean something in this view alone.
    """

    @property
    def generation(self) -> int:
        """The commit that is seen."""
        ...

    @property
    def keys(self) -> Keys:
        """The key in the catalog of the passage in each slot."""
        ...

    @property
    def live(self) -> Mask:
        """Which slots hold a passage; the others held one that was removed."""
        ...

    def having(self, field: Field, *terms: str) -> Mask:
        """Return the slots whose passage holds one of ``terms``; removed passages may be among them."""
        ...

    def having_between(self, field: Field, first: str, last: str) -> Mask:
        """Return the slots whose passage holds a term from ``first`` to ``last``, in the order of bytes."""
        ...

    def occurrences(self, field: Field, term: str) -> Postings:
        """Return the passages that hold ``term``, and how often; removed passages may be among them."""
        ...

    def lengths(self, field: Field) -> Scores:
        """Return how many terms the passage in each slot has in ``field``."""
        ...

    def terms(self, field: Field, prefix: str, limit: int) -> list[str]:
        """Return the terms of ``field`` that begin with ``prefix``, in order, ``limit`` at most."""
        ...

    def count(self, field: Field, term: str) -> int:
        """Return how many passages hold ``term`` in ``field``; removed passages may be among them."""
        ...

    def rank(self, wanted: Iterable[WeightedTerm | Concept]) -> Scores:
        """Score the passage in each slot by what it holds; 0 where it holds nothing."""
        ...

    def scoring(self) -> "Scorer":
        """Return what scores some of the passages, for one query."""
        ...


class Scorer(Protocol):
    """Scores passages of one view, for one query."""

    def rank(
        self, wanted: Iterable[WeightedTerm | Concept], among: NDArray[np.int32] | None = None
    ) -> Scores:
        """Score the passages in the slots of ``among``, which ascend, or in all."""
        ...


class Writer(Protocol):
    """One change of the engine; nothing of it is seen before :meth:`publish`."""

    def add(self, keys: Sequence[int], terms: Mapping[Field, TermCounts]) -> None:
        """Store the terms of a row of passages under their keys."""
        ...

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these passages."""
        ...

    def clear(self) -> None:
        """Forget all that was stored before this change."""
        ...

    def prepare(self) -> int:
        """Write the change to the disk, without anybody seeing it; return the generation it will have."""
        ...

    def publish(self) -> None:
        """Make what was prepared visible, whole."""
        ...

    def commit(self) -> int:
        """Prepare and publish; return the engine's new generation."""
        ...

    def cancel(self) -> None:
        """Drop the change."""
        ...


class Engine(Protocol):
    """A full-text index."""

    @property
    def generation(self) -> int:
        """A number that each commit raises; 0 before the first."""
        ...

    def reader(self) -> Reader:
        """Return a view of the last commit."""
        ...

    def writer(self) -> Writer:
        """Begin a change; there is one at a time."""
        ...

    def settle(self, generation: int) -> None:
        """Publish what was prepared as this generation, if a crash has kept its writer from doing so."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...
