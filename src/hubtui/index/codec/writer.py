"""One change of the index: new segments, masks of removed passages, and small segments joined.

A segment is built from the postings of many passages, sorted at once: a posting is packed into one number
(rank of the term, slot, count), so that sorting the numbers sorts the postings. Nothing here loops over them.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hubtui.index.codec.format import (
    MASK,
    SEGMENT,
    SegmentEntry,
    Toc,
    prepare,
    publish,
    sweep,
    write_file,
)
from hubtui.index.codec.segment import MANY, MOST_PASSAGES, WORTH, Segment
from hubtui.index.engine import CHARACTER, Field, Mask, PackedTerms, TermCounts

if TYPE_CHECKING:
    from hubtui.core.files import Lock

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
                slots = counted.passage + np.uint32(self.passages)
                if isinstance(counted.terms, PackedTerms):
                    builder.add_packed(
                        counted.terms.codes[counted.term], slots, counted.count, counted.lengths
                    )
                else:
                    builder.add(_encoded(counted.terms), counted.term, slots, counted.count, counted.lengths)
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
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._terms: list[NDArray[np.uint32]] = []
        self._slots: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.uint32]] = []
        self._packed: list[tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.uint32]]] = []

    def add(
        self,
        forms: Sequence[bytes],
        term: NDArray[np.uint32],
        slots: NDArray[np.uint32],
        counts: NDArray[np.uint32],
        lengths: NDArray[np.uint32],
    ) -> None:
        known = self._numbered(forms)
        self._terms.append(known[term] if len(term) else term.astype(np.uint32))
        self._slots.append(slots)
        self._counts.append(counts)
        self.lengths.append(lengths)

    def add_packed(
        self,
        codes: NDArray[np.uint64],
        slots: NDArray[np.uint32],
        counts: NDArray[np.uint32],
        lengths: NDArray[np.uint32],
    ) -> None:
        """Take postings with the code of the term of each; see :class:`.PackedTerms`."""
        self._packed.append((codes, slots, counts))
        self.lengths.append(lengths)

    def _unpack(self) -> None:
        """Give the terms of packed postings their numbers: all at once, since most come many times."""
        if not self._packed:
            return
        codes, slots, counts = map(np.concatenate, zip(*self._packed, strict=True))
        self._packed.clear()
        terms, places = np.unique(codes, return_inverse=True)
        self._terms.append(self._numbered(_encoded(_unpacked(terms)))[places])
        self._slots.append(slots)
        self._counts.append(counts)

    def _numbered(self, forms: Sequence[bytes]) -> NDArray[np.uint32]:
        """Return the numbers of some terms; a new one gets the next."""
        return np.fromiter(map(self._numbers.__getitem__, forms), np.uint32, len(forms))

    def build(self) -> Parts:
        self._unpack()
        known = list(self._numbers)  # in the order of their numbers
        order = sorted(range(len(known)), key=known.__getitem__)
        forms = [known[number] for number in order]
        if len(forms) > _MOST_TERMS:
            raise OverflowError("too many terms for one segment")
        rank = np.empty(len(forms), np.uint64)
        rank[order] = np.arange(len(forms), dtype=np.uint64)
        packed = rank[_joined(self._terms)] << np.uint64(_RANK_SHIFT)
        packed |= _joined(self._slots).astype(np.uint64) << np.uint64(_SLOT_SHIFT)
        packed |= np.minimum(_joined(self._counts), np.uint32(_COUNT_MASK)).astype(np.uint64)
        packed.sort()
        held = np.bincount((packed >> np.uint64(_RANK_SHIFT)).astype(np.int64), minlength=len(forms))
        used = held > 0  # a term of removed passages alone is gone with them
        blob, ends = _blob([form for form, is_used in zip(forms, used.tolist(), strict=True) if is_used])
        counts = (packed & np.uint64(_COUNT_MASK)).astype(np.uint32)
        many = np.flatnonzero(counts >= MANY).astype(np.uint32)
        slots = (packed >> np.uint64(_SLOT_SHIFT) & np.uint64(_SLOT_MASK)).astype(np.uint16)
        return {
            "lengths": _joined(self.lengths),
            "terms": blob,
            "ends": ends,
            "stops": np.cumsum(held[used]).astype(np.uint32),
            **_compact(slots, held[used]),
            "counts": pack_counts(counts),
            "many": many,
            "manifold": counts[many],
        }


def _unpacked(codes: NDArray[np.uint64]) -> list[str]:
    """Return packed terms, in less time than one by one."""
    both = np.stack(np.divmod(codes, np.uint64(1 << CHARACTER)), axis=1).astype("<u4")
    text = both.tobytes().decode("utf-32-le", "surrogatepass")
    return [text[at : at + 2].removesuffix("\0") for at in range(0, len(text), 2)]


def _encoded(terms: Sequence[str]) -> list[bytes]:
    """Return terms in UTF-8."""
    forms = "\n".join(terms).encode("utf-8", "surrogatepass").split(b"\n")  # at once, which is faster
    if len(forms) == len(terms):
        return forms
    return [
        term.encode("utf-8", "surrogatepass") for term in terms
    ]  # there are none, or one has a line break


def _compact(slots: NDArray[np.uint16], sizes: NDArray[np.int64]) -> Parts:
    """Return the slots of postings as a segment keeps them.

    Args:
        slots: They, term by term.
        sizes: How many each term has.
    """
    terms = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    high = (slots >> np.uint16(8)).astype(np.uint8)
    begins = np.ones(len(slots), np.bool_)
    begins[1:] = (terms[1:] != terms[:-1]) | (high[1:] != high[:-1])
    blocks = np.bincount(terms[begins], minlength=len(sizes))
    dense = sizes - 2 * blocks > WORTH
    among = dense[terms]
    starts = np.flatnonzero(begins[among])
    return {
        "dense": np.flatnonzero(dense).astype(np.uint32),
        "tops": np.cumsum(blocks[dense]).astype(np.uint32),
        "blocks": high[among][starts],
        "held": (np.diff(starts, append=np.count_nonzero(among)) - 1).astype(np.uint8),
        "lows": slots[among].astype(np.uint8),
        "slots": slots[~among],
    }


def pack_counts(counts: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return counts, four a byte; see :mod:`hubtui.index.codec.segment`."""
    codes = np.zeros(-(-len(counts) // 4) * 4, np.uint8)
    codes[: len(counts)] = np.minimum(counts, np.uint32(MANY)) - np.uint32(1)
    four = codes.reshape(-1, 4) << np.arange(0, 8, 2, dtype=np.uint8)
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(four, axis=1)
    return packed


def _joined(arrays: list[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate(arrays).astype(np.uint32, copy=False) if arrays else np.zeros(0, np.uint32)


def _blob(forms: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    ends = np.cumsum(np.fromiter(map(len, forms), np.int64, len(forms)))
    if len(ends) and ends[-1] >= 1 << 32:
        raise OverflowError("too many terms for one segment")
    return np.frombuffer(b"".join(forms), np.uint8), ends.astype(np.uint32)


_SMALL = 4096
"""A segment of so few passages is joined with others in any case; see :func:`_to_join`."""

_LARGE = MOST_PASSAGES // 2

_STEP = 1 << 32
"""A commit raises the generation by a random number up to this.

So the same number never stands for two states: not for those of two copies of an index that went their own
ways, nor for those of two libraries whose files were exchanged.
"""


class ArrayWriter:
    """A change; it holds the index's lock until it is committed or cancelled."""

    def __init__(self, folder: Path, toc: Toc, segments: Sequence[Segment], lock: "Lock") -> None:
        """Begin a change of what the last commit left; see :meth:`.ArrayEngine.writer`."""
        self._folder = folder
        self._toc = toc
        self._segments = segments
        self._lock = lock
        self._builder = SegmentBuilder()
        self._written: list[SegmentEntry] = []
        self._removed: list[int] = []

    def add(self, keys: Sequence[int], terms: Mapping[Field, TermCounts]) -> None:
        """Store the terms of a row of passages under their keys."""
        start = 0
        while start < len(keys):
            end = min(len(keys), start + self._builder.room)
            self._builder.add(
                keys[start:end], {field: _slice(counts, start, end) for field, counts in terms.items()}
            )
            if not self._builder.room:
                self._flush()
            start = end

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these passages of former commits."""
        self._removed.extend(keys)

    def clear(self) -> None:
        """Forget all that was stored before this change."""
        self._segments = []

    def commit(self) -> int:
        """Make the change visible, whole; return the new generation.

        Raises:
            OSError: It cannot be written; the index is as it was.
            DamagedIndexError: A segment that is to be joined is not what was written.
        """
        generation = self.prepare()
        try:
            publish(self._folder, generation)
        finally:
            self._finish()
        return generation

    def prepare(self) -> int:
        """Write the change to the disk, without anybody seeing it; return the generation it will have.

        Raises:
            OSError: It cannot be written; nothing is left of it.
            DamagedIndexError: A segment that is to be joined is not what was written.
        """
        try:
            kept = self._kept()
            chosen = _to_join(self._builder.passages, kept)
            entries = [self._join_or_mask(segment, alive, chosen) for segment, alive in kept]
            if self._builder.passages:
                self._flush()
            toc = Toc(
                self._toc.generation + 1 + secrets.randbelow(_STEP),
                (*(entry for entry in entries if entry is not None), *self._written),
            )
            prepare(self._folder, toc)
        except BaseException:
            self._finish()
            raise
        self._toc = toc
        return toc.generation

    def publish(self) -> None:
        """Make what was prepared visible.

        Raises:
            OSError: It cannot be; :meth:`.ArrayEngine.settle` will do it.
        """
        try:
            publish(self._folder, self._toc.generation)
            sweep(self._folder)
        finally:
            self._lock.release()

    def cancel(self) -> None:
        """Drop the change, prepared or not, and give the lock back; nothing happens after it is published."""
        if self._lock.is_held:
            self._finish()

    def _finish(self) -> None:
        sweep(self._folder)
        self._lock.release()

    def _kept(self) -> list[tuple[Segment, Mask]]:
        """Return the segments with what is left of each, without those of which nothing is."""
        removed = np.array(self._removed, np.int64)
        kept = []
        for segment in self._segments:
            alive = segment.kept()
            if len(removed):
                alive &= ~np.isin(segment.keys(), removed)
            if alive.any():
                kept.append((segment, alive))
        return kept

    def _join_or_mask(
        self, segment: Segment, alive: Mask, chosen: Collection[Segment]
    ) -> SegmentEntry | None:
        """Take a segment into the new one, or return its entry as it is in the new table."""
        count = int(np.count_nonzero(alive))
        if segment in chosen:
            if count > self._builder.room:
                self._flush()
            self._builder.add_segment(segment, alive)
            return None
        if count == segment.alive:
            return segment.entry
        name = secrets.token_hex(8)
        removed = np.flatnonzero(~alive).astype(np.uint16)
        total = write_file(self._folder / f"{name}{MASK}", "mask", {}, {"removed": removed})
        entry = segment.entry
        lengths = {
            str(field): int(segment.field(field).lengths()[alive].sum(dtype=np.int64)) for field in Field
        }
        return SegmentEntry(entry.name, entry.total, entry.passages, len(removed), name, total, lengths)

    def _flush(self) -> None:
        """Write what was gathered as a segment; nobody sees it before the table names it."""
        built = self._builder.build()
        name = secrets.token_hex(8)
        total = write_file(self._folder / f"{name}{SEGMENT}", "segment", {}, built.parts)
        self._written.append(SegmentEntry(name, total, built.passages, 0, "", 0, built.lengths))


def _to_join(new: int, kept: Sequence[tuple[Segment, Mask]]) -> list[Segment]:
    """Choose the segments to join with ``new`` passages.

    Small ones, from the smallest on, as long as each is no larger than all before it together and there is
    room: so each passage is written a number of times that grows with the logarithm of the library, a small
    change costs what small segments cost, and there are few segments. And such as are mostly removed.
    """
    sizes = [(int(np.count_nonzero(alive)), segment) for segment, alive in kept]
    sizes.sort(key=itemgetter(0))
    chosen, together = [], new
    for size, segment in sizes:
        small = size <= max(_SMALL, min(together, _LARGE)) and together + size <= MOST_PASSAGES
        if small or _mostly_removed(segment, size):
            chosen.append(segment)
            together += size
    # One that nothing joins and nothing was removed from would be written again for nothing.
    needed = new or len(chosen) > 1 or any(_mostly_removed(segment, size) for size, segment in sizes)
    return chosen if needed else []


def _mostly_removed(segment: Segment, alive: int) -> bool:
    return 2 * alive <= len(segment)


def _slice(counts: TermCounts, start: int, end: int) -> TermCounts:
    """Return the part of a row of passages from ``start`` to before ``end``."""
    if start == 0 and end == len(counts.lengths):
        return counts
    first, last = np.searchsorted(counts.passage, (start, end)).tolist()
    return TermCounts(
        counts.terms,
        counts.term[first:last],
        counts.passage[first:last] - np.uint32(start),
        counts.count[first:last],
        counts.lengths[start:end],
    )
