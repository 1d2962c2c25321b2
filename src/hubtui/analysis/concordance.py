"""A concordance (KWIC): a line for each match of a query, with what stands before and behind it.

What is held of a line are three numbers; its text is read when it is asked for.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from typing import Literal, get_args

import numpy as np

from hubtui.core.models import Passage, Source, Span
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.facets import Numbers
from hubtui.search.lexicon import Lexicon
from hubtui.search.ranking import by_date
from hubtui.search.searcher import Selection
from hubtui.search.snapshot import Snapshot
from hubtui.text.analyzer import HAN, fold, is_han

Sort = Literal["source", "left", "right", "date"]
"""By the order of the library, by what stands before the match (from the match outward), by what stands
behind it, or by date, the latest first."""
SORTS: tuple[Sort, ...] = get_args(Sort)

CONTEXT = 200
"""Characters on each side of a match that a line gives, and is sorted by, at most."""
_BATCH = 2000

ContextUnit = tuple[int, str, str]
"""0 or 1, so that Latin comes before Chinese; a word, or the pinyin of a character; that character."""
ContextKey = tuple[ContextUnit, ...]

_DEPTH = 6
"""Words or Chinese characters that lines are sorted by."""
_REACH = 80  # characters in which so many words are looked for
_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
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
        catalog: Where the passages are.
        snapshot: The state of the library.
        slots: For each line, the slot of its passage.
        starts: For each line, where the match begins.
        ends: For each line, where it ends.
        passages: How many passages the query selects.
        read: In how many of them matches were looked for.
        sort: How the lines are ordered.
    """

    catalog: Catalog
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

    def lines(self, first: int = 0, last: int | None = None) -> tuple[ConcordanceLine | None, ...]:
        """Read the lines from ``first`` to before ``last``; ``None`` for a passage that has gone since."""
        at = slice(first, last)
        keys = [int(key) for key in self.snapshot.reader.keys[self.slots[at]]]
        passages = self.catalog.passages(sorted(set(keys)))
        places = zip(
            keys, self.slots[at].tolist(), self.starts[at].tolist(), self.ends[at].tolist(), strict=True
        )
        return tuple(
            self._line(passages[key], slot, start, end) if key in passages else None
            for key, slot, start, end in places
        )

    def sorted(self, sort: Sort) -> "Concordance":
        """Return the same lines in another order; those that are equal in it in the order of the library."""
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
            self.catalog, self.snapshot, self.slots[order], self.starts[order], self.ends[order],
            self.passages, self.read, sort,
        )  # fmt: skip

    def _line(self, passage: Passage, slot: int, start: int, end: int) -> ConcordanceLine:
        source = self.snapshot.sources[self.snapshot.source[slot]]
        left = max(0, start - CONTEXT), start
        return ConcordanceLine(
            source, passage, (start, end), left, (end, min(len(passage.text), end + CONTEXT))
        )

    def _selected(self) -> Mask:
        mask = self.snapshot.nothing()
        mask[self.slots] = True
        return mask

    def _context_keys(self, key_of: Callable[[str, Span], ContextKey]) -> list[ContextKey]:
        """Return the sort key of each line."""
        keys: list[ContextKey] = [()] * len(self)
        by_passage = np.argsort(self.slots, kind="stable")
        for lines in _batches(by_passage):
            texts = _texts(self.catalog, self.snapshot, np.unique(self.slots[lines]))
            for line in lines.tolist():
                text = texts.get(int(self.slots[line]), "")
                keys[line] = key_of(text, (int(self.starts[line]), int(self.ends[line])))
        return keys


def concordance(
    selection: Selection,
    catalog: Catalog,
    most: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Concordance:
    """Find all matches of a query, in the order of the library.

    Args:
        selection: What the query selects.
        catalog: Where the passages are.
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
        for slot, passage in _passages(selection, catalog, batch):
            found = highlighter.spans(passage)
            spans.extend(found)
            slots.extend([slot] * len(found))
        read += len(batch)
    table = np.array(spans, np.int64).reshape(-1, 2)
    return Concordance(
        catalog, snapshot, np.array(slots, np.int64), table[:, 0], table[:, 1], len(ordered), read
    )


def _passages(selection: Selection, catalog: Catalog, slots: Numbers) -> Iterator[tuple[int, Passage]]:
    """Read passages; with their mentions, which cost five times as much, only for a query with a place."""
    snapshot = selection.snapshot
    if not selection.places:
        texts = _texts(catalog, snapshot, slots)
        yield from ((slot, Passage("", 0, texts[slot])) for slot in slots.tolist() if slot in texts)
        return
    keys = snapshot.reader.keys[slots].tolist()
    passages = catalog.passages(keys)
    pairs = zip(slots.tolist(), keys, strict=True)
    yield from ((slot, passages[key]) for slot, key in pairs if key in passages)


def _texts(catalog: Catalog, snapshot: Snapshot, slots: Numbers) -> dict[int, str]:
    keys = snapshot.reader.keys[slots].tolist()
    texts = catalog.texts(keys)
    return {slot: texts[key] for slot, key in zip(slots.tolist(), keys, strict=True) if key in texts}


def _batches(values: Numbers) -> Iterator[Numbers]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def right_key(text: str, match: Span) -> ContextKey:
    """Return the sort key of a line by what stands behind the match."""
    return tuple(islice(_units(text[match[1] : match[1] + _REACH]), _DEPTH))


def left_key(text: str, match: Span) -> ContextKey:
    """Return the sort key of a line by what stands before the match, from it outward."""
    units = list(_units(text[max(0, match[0] - _REACH) : match[0]]))
    return tuple(reversed(units[-_DEPTH:]))


def _units(context: str) -> Sequence[ContextUnit]:
    folded = fold(context)
    units: list[ContextUnit] = []
    named = 0  # the end of the name of a place that is being read
    readings: Sequence[str] = ()
    for match in _UNIT.finditer(folded):
        word, start = match.group(), match.start()
        if not is_han(word[0]):
            units.append((0, word, ""))
            continue
        if start >= named:
            readings = _name_at(folded, start)
            named = start + len(readings)
        position = start - (named - len(readings))
        units.append((1, readings[position] if start < named else _reading(word), word))
    return units


def _name_at(folded: str, start: int) -> Sequence[str]:
    """Return the readings of the longest name of a place that begins here and has its own; else none."""
    names = _names_with_readings()
    for size in range(_LONGEST_NAME, 1, -1):
        readings = names.get(folded[start : start + size])
        if readings is not None:
            return readings
    return ()


@lru_cache(maxsize=16384)
def _reading(character: str) -> str:
    """Return the commonest pinyin of a character; ``~`` behind all others where it has none."""
    readings = Lexicon.readings(character)
    return readings[0] if readings else "~"


@cache
def _names_with_readings() -> Mapping[str, Sequence[str]]:
    """The Chinese names of places that are not read as their characters mostly are: 重庆, 六安, 厦门."""
    found: dict[str, Sequence[str]] = {}
    for place in Gazetteer.default():
        letters = re.sub("[^a-z]", "", fold(place.name_en))
        name = fold(place.name_zh)
        if not 1 < len(name) <= _LONGEST_NAME or not place.id.startswith("cn:"):
            continue
        if "".join(map(_reading, name)) == letters:
            continue
        ways = product(*(Lexicon.readings(character) or ("",) for character in name))
        meant = next((way for way in ways if "".join(way) == letters), None)
        if meant is not None:
            found[name] = meant
    return found
