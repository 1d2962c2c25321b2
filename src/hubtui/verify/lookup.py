"""Look up the passages that may contain a quotation, and join them with their neighbours."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from hubtui.index.catalog import Catalog
from hubtui.search.similar import TermCount, rare_terms, resembling
from hubtui.search.snapshot import Snapshot
from hubtui.verify.normalize import NormalizedText

Slots = NDArray[np.int64]


_COUNTED = 40
"""Terms of a quotation that are looked up; of a long one, evenly spaced ones."""
_FEW = 8
"""Passages that need not be narrowed down further."""
_LEAST_JOINED = 3
_VOTING = 20
"""The rarest terms, which vote on the passages that resemble a quotation."""


class PassageLookup:
    """Looks up passages in one state of a library."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Search ``snapshot``."""
        self._snapshot = snapshot

    def terms(self, stretches: Iterable[str]) -> list[TermCount]:
        """Return the terms of some stretches of text, the rarest first."""
        return rare_terms(self._snapshot.reader, stretches, _COUNTED)

    def having_all(self, terms: Sequence[TermCount]) -> Slots:
        """Return the slots of the passages that contain all the whole terms, or of a few more."""
        whole = [counted for counted in terms if counted.whole] or terms
        if not whole or not whole[0].passages:
            return np.zeros(0, np.int64)
        mask = self._snapshot.live.copy()
        for joined, counted in enumerate(whole, 1):
            mask &= self._snapshot.reader.having(*counted.term)
            if joined >= _LEAST_JOINED and np.count_nonzero(mask) <= _FEW:
                break
        return np.flatnonzero(mask)

    def resembling(self, terms: Sequence[TermCount], most: int) -> Slots:
        """Return the slots of the passages that contain most of the rare terms, the best first."""
        rarest = [counted for counted in terms if counted.passages][:_VOTING]
        found = resembling(self._snapshot.reader, rarest)
        return found[self._snapshot.live[found]][:most]


_MOST = 60
"""Neighbours that are taken in on each side."""


class PassageWindow:
    """Passages that follow each other in one source.

    Attributes:
        slots: The passages, in order.
        compared: Their texts, each on a line of its own.
    """

    def __init__(self, slots: Sequence[int], texts: Sequence[str]) -> None:
        """Join ``texts``, those of the passages in ``slots``."""
        self.slots = slots
        self.compared = NormalizedText("\n".join(texts))
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def parts(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the slots that a span of the text touches, each with the span of the passage's text."""
        found = []
        for at in range(bisect_right(self._starts, start) - 1, len(self.slots)):
            first, last = self._starts[at], self._starts[at + 1] - 1
            if first >= end:
                break
            if max(start, first) < min(end, last):
                found.append((self.slots[at], max(start, first) - first, min(end, last) - first))
        return found


class PassageWindows:
    """Makes windows from one state of a library, and caches their texts."""

    def __init__(self, catalog: Catalog, snapshot: Snapshot) -> None:
        """Take the texts from ``catalog``."""
        self._catalog, self._snapshot = catalog, snapshot
        live = np.flatnonzero(snapshot.live)
        self._in_order = live[np.argsort(snapshot.order[live])]
        self._position = np.full(len(snapshot.live), -1, np.int64)
        self._position[self._in_order] = np.arange(len(self._in_order))
        self._texts: dict[int, str] = {}

    def alone(self, slots: Slots) -> list[PassageWindow]:
        """Return a window for each passage alone."""
        chosen = slots.tolist()
        self._read(chosen)
        return [PassageWindow([slot], [self._texts[slot]]) for slot in chosen]

    def around(self, slots: Slots, reach: int, *, passages: int = 1) -> list[PassageWindow]:
        """Return windows around passages; those that overlap become one.

        Args:
            slots: The passages.
            reach: Characters that the window extends to on either side, at least.
            passages: Passages that it extends to on either side, at least.
        """
        positions = sorted(self._position[slots].tolist())
        self._read(self._slot(near) for at in positions for near in range(at - passages, at + passages + 1))
        ranges: list[tuple[int, int]] = []
        for at in positions:
            first, last = self._extend(at, -1, reach, passages), self._extend(at, 1, reach, passages)
            if ranges and first <= ranges[-1][1] and self._source(first) == self._source(ranges[-1][0]):
                ranges[-1] = ranges[-1][0], max(last, ranges[-1][1])
            else:
                ranges.append((first, last))
        return [self._window(first, last) for first, last in ranges]

    def _window(self, first: int, last: int) -> PassageWindow:
        slots = self._in_order[first : last + 1].tolist()
        self._read(slots)
        return PassageWindow(slots, [self._texts[slot] for slot in slots])

    def _extend(self, at: int, step: int, reach: int, passages: int) -> int:
        """Return the last position in one direction that belongs to the window around ``at``."""
        length = taken = 0
        while taken < _MOST and (length < reach or taken < passages):
            following = at + step
            if not 0 <= following < len(self._in_order) or self._source(following) != self._source(at):
                break
            at, taken = following, taken + 1
            slot = self._slot(at)
            self._read([slot])
            length += len(self._texts[slot])
        return at

    def _slot(self, position: int) -> int:
        return int(self._in_order[min(max(position, 0), len(self._in_order) - 1)])

    def _source(self, position: int) -> int:
        return int(self._snapshot.source[self._in_order[position]])

    def _read(self, slots: Iterable[int]) -> None:
        wanted = {int(self._snapshot.reader.keys[slot]): slot for slot in slots if slot not in self._texts}
        if wanted:
            found = self._catalog.texts(wanted)
            # A passage may have gone since the snapshot was taken.
            self._texts.update((slot, found.get(key, "")) for key, slot in wanted.items())
