"""A concordance (KWIC): a line for each match of a query, with what stands before and behind it.

What is held of a line are three numbers; its text is read when it is asked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from hubtui.core.models import Passage, Source, Span
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.search.contexts import ContextKey, left_key, right_key
from hubtui.search.mentioned import Numbers
from hubtui.search.ranking import by_date
from hubtui.search.selection import Selection
from hubtui.search.snapshot import Snapshot

Sort = Literal["source", "left", "right", "date"]
"""By the order of the library, by what stands before the match (from the match outward), by what stands
behind it, or by date, the latest first."""
SORTS: tuple[Sort, ...] = get_args(Sort)

CONTEXT = 200
"""Characters on each side of a match that a line gives, and is sorted by, at most."""
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One match of a query, in its context.

    Attributes:
        source: Where it stands.
        passage: The passage it stands in.
        match: What matched, as a span of the passage's text.
        left: What stands before it, right up to the match; the whole beginning of a short passage.
        right: What stands behind it, right from the match on.
    """

    source: Source
    passage: Passage
    match: Span
    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a concordance, in an order.

    Attributes:
        catalogue: Where the passages are.
        snapshot: The state of the library.
        slots: For each line, the slot of its passage.
        starts: For each line, where the match begins.
        ends: For each line, where it ends.
        passages: How many passages the query selects.
        read: In how many of them matches were looked for.
        sort: How the lines are ordered.
    """

    catalogue: Catalogue
    snapshot: Snapshot
    slots: Numbers
    starts: Numbers
    ends: Numbers
    passages: int
    read: int
    sort: Sort = "source"

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def complete(self) -> bool:
        """Whether matches were looked for in all passages."""
        return self.read == self.passages

    def lines(self, first: int = 0, last: int | None = None) -> tuple[Line | None, ...]:
        """Read the lines from ``first`` to before ``last``; ``None`` for a passage that has gone since."""
        at = slice(first, last)
        keys = [int(key) for key in self.snapshot.reader.keys[self.slots[at]]]
        passages = self.catalogue.passages(sorted(set(keys)))
        places = zip(
            keys, self.slots[at].tolist(), self.starts[at].tolist(), self.ends[at].tolist(), strict=True
        )
        return tuple(
            self._line(passages[key], slot, start, end) if key in passages else None
            for key, slot, start, end in places
        )

    def sorted(self, sort: Sort) -> "Concordance":
        """Give the same lines in another order; those that are equal in it in the order of the library."""
        order = np.lexsort((self.starts, self.snapshot.order[self.slots]))
        if sort == "date":
            dated = by_date(self.snapshot, self._selected())
            place = np.zeros(len(self.snapshot.live), np.int64)
            place[dated] = np.arange(len(dated))
            order = order[np.argsort(place[self.slots[order]], kind="stable")]
        elif sort != "source":
            keys = self._context_keys(left_key if sort == "left" else right_key)
            order = np.array(sorted(order.tolist(), key=keys.__getitem__), np.int64)
        return Concordance(
            self.catalogue, self.snapshot, self.slots[order], self.starts[order], self.ends[order],
            self.passages, self.read, sort,
        )  # fmt: skip

    def _line(self, passage: Passage, slot: int, start: int, end: int) -> Line:
        source = self.snapshot.sources[self.snapshot.source[slot]]
        left = max(0, start - CONTEXT), start
        return Line(source, passage, (start, end), left, (end, min(len(passage.text), end + CONTEXT)))

    def _selected(self) -> Mask:
        mask = self.snapshot.nothing()
        mask[self.slots] = True
        return mask

    def _context_keys(self, key_of: Callable[[str, Span], ContextKey]) -> list[ContextKey]:
        """Give for each line what it is sorted by."""
        keys: list[ContextKey] = [()] * len(self)
        by_passage = np.argsort(self.slots, kind="stable")
        for lines in _batches(by_passage):
            texts = _texts(self.catalogue, self.snapshot, np.unique(self.slots[lines]))
            for line in lines.tolist():
                text = texts.get(int(self.slots[line]), "")
                keys[line] = key_of(text, (int(self.starts[line]), int(self.ends[line])))
        return keys


def concordance(
    selection: Selection,
    catalogue: Catalogue,
    most: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Concordance:
    """Find all matches of a query, in the order of the library.

    Args:
        selection: What the query selects.
        catalogue: Where the passages are.
        most: Look in so many passages, the first ones, and no further.
        cancelled: Asked now and then; true ends the search early, with what was found.
    """
    snapshot, highlighter = selection.snapshot, selection.highlighter
    ordered = snapshot.in_order(selection.passages)
    slots: list[int] = []
    spans: list[Span] = []
    read = 0
    for batch in _batches(ordered[:most]):
        if cancelled is not None and cancelled():
            break
        for slot, passage in _passages(selection, catalogue, batch):
            found = highlighter.spans(passage)
            spans.extend(found)
            slots.extend([slot] * len(found))
        read += len(batch)
    table = np.array(spans, np.int64).reshape(-1, 2)
    return Concordance(
        catalogue, snapshot, np.array(slots, np.int64), table[:, 0], table[:, 1], len(ordered), read
    )


def _passages(selection: Selection, catalogue: Catalogue, slots: Numbers) -> Iterator[tuple[int, Passage]]:
    """Read passages; with their mentions, which cost five times as much, only for a query with a place."""
    snapshot = selection.snapshot
    if not selection.places:
        texts = _texts(catalogue, snapshot, slots)
        yield from ((slot, Passage("", 0, texts[slot])) for slot in slots.tolist() if slot in texts)
        return
    keys = snapshot.reader.keys[slots].tolist()
    passages = catalogue.passages(keys)
    pairs = zip(slots.tolist(), keys, strict=True)
    yield from ((slot, passages[key]) for slot, key in pairs if key in passages)


def _texts(catalogue: Catalogue, snapshot: Snapshot, slots: Numbers) -> dict[int, str]:
    keys = snapshot.reader.keys[slots].tolist()
    texts = catalogue.texts(keys)
    return {slot: texts[key] for slot, key in zip(slots.tolist(), keys, strict=True) if key in texts}


def _batches(values: Numbers) -> Iterator[Numbers]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
