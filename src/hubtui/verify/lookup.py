"""Look up the passages that may contain a quotation, and join them with their neighbours."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Field
from hubtui.search.snapshot import Snapshot
from hubtui.text.tokens import gram_tokens, units, word_tokens
from hubtui.verify.normalize import NormalizedText

Slots = NDArray[np.int64]
Term = tuple[Field, str]


class CountedTerm(NamedTuple):
    """A term of a quotation.

    Attributes:
        passages: How many passages hold it.
        term: Its field and form.
        whole: Whether a passage with the quotation must hold it.
    """

    passages: int
    term: Term
    whole: bool


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

    def terms(self, stretches: Iterable[str]) -> list[CountedTerm]:
        """Return the terms of some stretches of text, the rarest first."""
        known: dict[Term, bool] = {}
        for text in stretches:
            for term, whole in _terms(text):
                known[term] = whole or known.get(term, False)
        chosen = list(known)
        if len(chosen) > _COUNTED:
            chosen = [chosen[at * len(chosen) // _COUNTED] for at in range(_COUNTED)]
        count = self._snapshot.reader.count
        return sorted(CountedTerm(count(*term), term, known[term]) for term in chosen)

    def having_all(self, terms: Sequence[CountedTerm]) -> Slots:
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

    def resembling(self, terms: Sequence[CountedTerm], most: int) -> Slots:
        """Return the slots of the passages that contain most of the rare terms, the best first."""
        snapshot = self._snapshot
        votes = np.zeros(len(snapshot.live), np.float32)
        for counted in [counted for counted in terms if counted.passages][:_VOTING]:
            weight = math.log(1 + len(votes) / counted.passages)
            votes[np.flatnonzero(snapshot.reader.having(*counted.term))] += weight
        votes[~snapshot.live] = 0
        chosen = np.flatnonzero(votes)
        if len(chosen) > most:
            chosen = chosen[np.argpartition(votes[chosen], -most)[-most:]]
        return chosen[np.argsort(-votes[chosen], kind="stable")]


def _terms(text: str) -> Iterator[tuple[Term, bool]]:
    """Yield the pairs of Chinese characters and the stems of words in a text, each with whether it is whole.

    The first and the last word may be cut in two. A compound's own term is left out: where a quotation
    cuts one, the source has another.
    """
    found = list(units(text))
    for unit in found:
        if unit.kind == "word":
            edges = (unit is found[0]) + 2 * (unit is found[-1])
            tokens = list(word_tokens(unit))
            tokens = tokens[1:] if len(tokens) > 1 else tokens
            for token in tokens:
                cut = (edges & 1 and token is tokens[0]) or (edges & 2 and token is tokens[-1])
                yield (Field.WORDS, token.form), not cut
        else:
            tokens = list(gram_tokens(unit))
            pairs = [token.form for token in tokens if token.end - token.start == 2]
            yield from (((Field.GRAMS, form), True) for form in pairs or [token.form for token in tokens])


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

    def __init__(self, catalogue: Catalogue, snapshot: Snapshot) -> None:
        """Take the texts from ``catalogue``."""
        self._catalogue, self._snapshot = catalogue, snapshot
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
            found = self._catalogue.texts(wanted)
            # A passage may have gone since the snapshot was taken.
            self._texts.update((slot, found.get(key, "")) for key, slot in wanted.items())
