"""Building a segment: the postings of many passages, sorted at once.

A posting is packed into one number (rank of the term, slot, count), so that sorting the numbers sorts the
postings. Nothing here loops over postings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hubtui.index.codec.segment import MANY, MOST_PASSAGES, Segment
from hubtui.index.engine import Field, Mask, TermCounts

Parts = dict[str, NDArray[Any]]

_RANK_SHIFT, _SLOT_SHIFT = 36, 20
_MOST_TERMS = 1 << (64 - _RANK_SHIFT)
_SLOT_MASK = MOST_PASSAGES - 1
_COUNT_MASK = (1 << _SLOT_SHIFT) - 1


@dataclass(frozen=True, slots=True)
class Built:
    """A segment that is ready to be written.

    Attributes:
        parts: Its arrays.
        passages: How many passages it has.
        lengths: For each field, how many terms they have.
    """

    parts: Parts
    passages: int
    lengths: Mapping[str, int]


class SegmentBuilder:
    """Gathers passages for one segment."""

    def __init__(self) -> None:
        """Begin with none."""
        self.passages = 0
        self._keys: list[NDArray[np.int64]] = []
        self._fields = {field: _FieldBuilder() for field in Field}

    @property
    def room(self) -> int:
        """How many more passages it takes."""
        return MOST_PASSAGES - self.passages

    def add(self, keys: Sequence[int], terms: Mapping[Field, TermCounts]) -> None:
        """Take passages, at most :attr:`room`, with their counted terms."""
        self._keys.append(np.array(keys, np.int64))
        for field, builder in self._fields.items():
            counted = terms.get(field)
            if counted is None:
                builder.lengths.append(np.zeros(len(keys), np.uint32))
            else:
                forms = [form.encode("utf-8", "surrogatepass") for form in counted.terms]
                slots = counted.passage + np.uint32(self.passages)
                builder.add(forms, counted.term, slots, counted.count, counted.lengths)
        self.passages += len(keys)

    def add_segment(self, segment: Segment, kept: Mask) -> None:
        """Take the passages of a segment that ``kept`` selects, at most :attr:`room`."""
        self._keys.append(segment.keys()[kept])
        moved = np.cumsum(kept, dtype=np.uint32) + np.uint32(self.passages) - np.uint32(1)
        for field, builder in self._fields.items():
            known = segment.field(field)
            forms, ranks, slots, counts = known.whole()
            alive = kept[slots]
            builder.add(forms, ranks[alive], moved[slots[alive]], counts[alive], known.lengths()[kept])
        self.passages += int(np.count_nonzero(kept))

    def build(self) -> Built:
        """Return the segment; the builder is empty afterwards."""
        parts: Parts = {"keys": np.concatenate(self._keys) if self._keys else np.zeros(0, np.int64)}
        lengths = {}
        for field, builder in self._fields.items():
            made = builder.build()
            lengths[str(field)] = int(made["lengths"].sum(dtype=np.int64))
            parts.update((f"{field}.{name}", array) for name, array in made.items())
        built = Built(parts, self.passages, lengths)
        self.__init__()  # type: ignore[misc]  # as it was when it was made
        return built


class _FieldBuilder:
    """The postings of one field, in the order in which they came."""

    def __init__(self) -> None:
        self.lengths: list[NDArray[np.uint32]] = []
        self._numbers: dict[bytes, int] = {}
        self._terms: list[NDArray[np.uint32]] = []
        self._slots: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.uint32]] = []

    def add(
        self,
        forms: Sequence[bytes],
        term: NDArray[np.uint32],
        slots: NDArray[np.uint32],
        counts: NDArray[np.uint32],
        lengths: NDArray[np.uint32],
    ) -> None:
        numbers = self._numbers
        known = np.array([numbers.setdefault(form, len(numbers)) for form in forms], np.uint32)
        self._terms.append(known[term] if len(term) else term.astype(np.uint32))
        self._slots.append(slots)
        self._counts.append(counts)
        self.lengths.append(lengths)

    def build(self) -> Parts:
        forms = sorted(self._numbers)
        if len(forms) > _MOST_TERMS:
            raise OverflowError("too many terms for one segment")
        rank = np.empty(len(forms), np.uint64)
        rank[[self._numbers[form] for form in forms]] = np.arange(len(forms), dtype=np.uint64)
        packed = rank[_joined(self._terms)] << np.uint64(_RANK_SHIFT)
        packed |= _joined(self._slots).astype(np.uint64) << np.uint64(_SLOT_SHIFT)
        packed |= np.minimum(_joined(self._counts), np.uint32(_COUNT_MASK)).astype(np.uint64)
        packed.sort()
        held = np.bincount((packed >> np.uint64(_RANK_SHIFT)).astype(np.int64), minlength=len(forms))
        used = held > 0  # a term of removed passages alone is gone with them
        blob, ends = _blob([form for form, is_used in zip(forms, used.tolist(), strict=True) if is_used])
        counts = (packed & np.uint64(_COUNT_MASK)).astype(np.uint32)
        many = np.flatnonzero(counts >= MANY).astype(np.uint32)
        return {
            "lengths": _joined(self.lengths),
            "terms": blob,
            "ends": ends,
            "stops": np.cumsum(held[used]).astype(np.uint32),
            "slots": (packed >> np.uint64(_SLOT_SHIFT) & np.uint64(_SLOT_MASK)).astype(np.uint16),
            "counts": np.minimum(counts, np.uint32(MANY)).astype(np.uint8),
            "many": many,
            "manifold": counts[many],
        }


def _joined(arrays: list[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate(arrays).astype(np.uint32, copy=False) if arrays else np.zeros(0, np.uint32)


def _blob(forms: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    ends = np.cumsum(np.fromiter(map(len, forms), np.int64, len(forms)))
    if len(ends) and ends[-1] >= 1 << 32:
        raise OverflowError("too many terms for one segment")
    return np.frombuffer(b"".join(forms), np.uint8), ends.astype(np.uint32)
