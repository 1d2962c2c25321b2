"""The catalog as arrays beside an engine's view: what ordering and counting ask of every passage.

Facets are counted from here: which passages mention which places, also by a place that lies in them.
Passages that stand in several reprints of one story are found here too; they answer a query once.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hubtui.core.models import Passage, PlaceCount, Source
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Keys, Mask, Reader
from hubtui.places import Gazetteer
from hubtui.search.filters import LANGUAGE, MentionView
from hubtui.text.analyzer import fold

Numbers = NDArray[np.int64]
Kinds = NDArray[np.uint8]

# How a passage mentions a place, as bits: by its own name or by that of a place in it; plain or inside a
# longer name.
_OWN_PLAIN, _OWN_IN_NAME, _BELOW_PLAIN, _BELOW_IN_NAME = 1, 2, 4, 8
_OWN, _PLAIN, _ALL = _OWN_PLAIN | _OWN_IN_NAME, _OWN_PLAIN | _BELOW_PLAIN, 15
_TO_BELOW = 2
_COUNTRIES = frozenset({"country", "continent"})
"""Kinds of places that are found by ``city:`` but are no cities to list."""


class PlaceTally(NamedTuple):
    """How many of the selected passages mention a place; see :class:`hubtui.core.models.PlaceCount`."""

    place_id: str
    passages: int
    sources: int
    direct: int
    in_names: int


@dataclass(frozen=True, slots=True)
class PlacePostings:
    """All pairs of a place and a passage that mentions it, ordered by place.

    Attributes:
        place_ids: The places, those that only something in them is mentioned of among them.
        first: For each place, the position of its first pair; and the number of pairs.
        slots: The passage of each pair, as its slot in the engine's view.
        kinds: How it mentions the place, as bits.
        groups: For each pair, the number of its place and source together, which grows with the pairs' place.
        group_first: For each place, its first such number; and how many there are.
    """

    place_ids: Sequence[str]
    first: Numbers
    slots: Numbers
    kinds: Kinds
    groups: Numbers
    group_first: Numbers

    def select(self, place_ids: Collection[str], view: MentionView, nothing: Mask) -> Mask:
        """Select the passages that mention any of these places; ``nothing`` is a selection of none."""
        mask = nothing.copy()
        for number, place_id in enumerate(self.place_ids):
            if place_id in place_ids:
                pairs = slice(self.first[number], self.first[number + 1])
                mask[self.slots[pairs][self.kinds[pairs] & _bits(view) > 0]] = True
        return mask

    def tallies(self, selected: Mask, view: MentionView) -> list[PlaceTally]:
        """Count the selected passages, and their sources, for each place that any of them mentions."""
        if not len(self.slots):
            return []
        kinds = self.kinds & _bits(view)
        kinds[~selected[self.slots]] = 0
        chosen = kinds > 0
        groups = np.zeros(self.group_first[-1], np.bool_)
        groups[self.groups[chosen]] = True
        passages = _sums(chosen, self.first)
        sources = _sums(groups, self.group_first)
        direct = _sums(kinds & _OWN > 0, self.first)
        in_names = _sums(chosen & (kinds & _PLAIN == 0), self.first)
        return [
            PlaceTally(self.place_ids[n], int(passages[n]), int(sources[n]), int(direct[n]), int(in_names[n]))
            for n in map(int, np.flatnonzero(passages))
        ]


class FoundMentions(NamedTuple):
    """Mentions as they were found.

    Attributes:
        place_ids: The places that are mentioned.
        places: For each mention, the position of its place among them.
        slots: For each mention, the slot of its passage.
        in_name: For each mention, whether inside a longer name.
    """

    place_ids: Sequence[str]
    places: Numbers
    slots: Numbers
    in_name: Mask


def place_postings(found: FoundMentions, source: Numbers, gazetteer: Gazetteer) -> PlacePostings:
    """Put mentions in order, and add to each place those of what lies in it.

    Args:
        found: The mentions.
        source: For each slot, the number of its source.
        gazetteer: What lies in what.
    """
    place_ids, places, slots, in_name = found
    numbers = {place_id: number for number, place_id in enumerate(place_ids)}
    kinds = np.where(in_name, _OWN_IN_NAME, _OWN_PLAIN).astype(np.uint8)
    all_places, all_slots, all_kinds = [places], [slots], [kinds]
    above = [gazetteer.ancestors(place_id) for place_id in place_ids]
    for level in range(max(map(len, above), default=0)):
        parents = [numbers.setdefault(ids[level], len(numbers)) if level < len(ids) else -1 for ids in above]
        higher = np.array(parents, np.int64)[places]
        all_places.append(higher[higher >= 0])
        all_slots.append(slots[higher >= 0])
        all_kinds.append((kinds[higher >= 0] << _TO_BELOW).astype(np.uint8))
    return _ordered(
        list(numbers),
        np.concatenate(all_places),
        np.concatenate(all_slots),
        np.concatenate(all_kinds),
        source,
    )


def _ordered(
    place_ids: Sequence[str], places: Numbers, slots: Numbers, kinds: Kinds, source: Numbers
) -> PlacePostings:
    """Join pairs that are equal but for their kind; within a place a source's passages lie together."""
    order = np.lexsort((slots, source[slots], places))
    places, slots, kinds = places[order], slots[order], kinds[order]
    new = _differs(places, slots)
    starts = np.flatnonzero(new)
    if len(starts):
        kinds = np.bitwise_or.reduceat(kinds, starts)
    places, slots = places[starts], slots[starts]
    groups = np.cumsum(_differs(places, source[slots])) - 1
    first = np.searchsorted(places, np.arange(len(place_ids) + 1))
    ends = np.append(groups, groups[-1] + 1 if len(groups) else 0)
    return PlacePostings(place_ids, first, slots, kinds, groups, ends[first])


def _differs(*columns: Numbers) -> Mask:
    """Return a mask of the rows that differ from the one before."""
    changed: Mask = np.zeros(len(columns[0]), np.bool_)
    changed[:1] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def _sums(flags: Mask, first: Numbers) -> Numbers:
    """Count the true ones between each two neighbours in ``first``."""
    total = np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))
    sums: Numbers = total[first[1:]] - total[first[:-1]]
    return sums


def place_counts(
    postings: PlacePostings,
    selected: Mask,
    gazetteer: Gazetteer,
    view: MentionView,
    *,
    countries: bool = False,
) -> tuple[PlaceCount, ...]:
    """Count the selected passages, and their sources, for each place; most passages first.

    Among equals that place comes first which is named itself more often, then the smaller one: Harbin
    before the province that only Harbin speaks for.
    """
    counts = []
    for tally in postings.tallies(selected, view):
        place = gazetteer.place(tally.place_id)
        if place is not None and (countries or place.kind not in _COUNTRIES):
            counts.append(PlaceCount(place, tally.passages, tally.sources, tally.direct, tally.in_names))
    return tuple(sorted(counts, key=lambda count: _rank(count, gazetteer)))


def _rank(count: PlaceCount, gazetteer: Gazetteer) -> tuple[int, int, int, int, str]:
    depth = len(gazetteer.ancestors(count.place.id))
    return -count.passages, -count.direct, -count.sources, -depth, count.place.id


def place_names(
    mentions: Iterable[tuple[int, str, bool]], view: MentionView, select: Callable[[Sequence[int]], set[int]]
) -> list[tuple[str, int]]:
    """Return the names in some mentions of a place, each with how many selected passages have it; most first.

    Args:
        mentions: The key of the passage, the name, and whether it stands inside a longer name.
        view: Which mentions count.
        select: Returns those of some keys whose passages are selected.
    """
    found = {(key, name) for key, name, in_name in mentions if view.names or not in_name}
    selected = select(sorted({key for key, _ in found}))
    counts = Counter(name for key, name in found if key in selected)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _bits(view: MentionView) -> int:
    """Return the ways of mentioning that count."""
    return (_OWN if view.direct else _ALL) & (_ALL if view.names else _PLAIN)


class KeyTable(NamedTuple):
    """The keys of an engine's view in order, to find their slots.

    Attributes:
        keys: The keys, sorted.
        slots: The slot of each.
    """

    keys: Keys
    slots: Numbers

    @classmethod
    def of(cls, reader: Reader) -> "KeyTable":
        """Sort the keys of a view."""
        order = np.argsort(reader.keys, kind="stable")
        return cls(reader.keys[order], order)

    def slot_of(self, keys: Sequence[int] | Numbers) -> Numbers:
        """Return the slot of the passage with each key, -1 for an unknown one."""
        wanted = np.asarray(keys, np.int64)
        at = np.searchsorted(self.keys, wanted, side="right") - 1
        found = (at >= 0) & (len(self.keys) > 0)
        found[found] &= self.keys[at[found]] == wanted[found]
        slots = np.full(len(wanted), -1, np.int64)
        slots[found] = self.slots[at[found]]
        return slots


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One state of the library, by slots of one view of the engine.

    Attributes:
        catalog: Where texts and mentions are read.
        gazetteer: What lies in what.
        reader: The engine's view.
        table: Its keys and their slots.
        sources: All sources, in the order of their paths.
        live: Which slots hold a passage that the catalog knows.
        source: For each slot, the position of its source in :attr:`sources`.
        order: For each slot, its passage's position in the library: by source, then by number.
        changes: How often the mentions had followed the user's word.
    """

    catalog: Catalog
    gazetteer: Gazetteer
    reader: Reader
    table: KeyTable
    sources: Sequence[Source]
    live: Mask
    source: Numbers
    order: Numbers
    changes: int

    @cached_property
    def mentioned(self) -> PlacePostings:
        """Which passages mention which places; read when it is first asked for."""
        place_ids, counts, keys, in_name = self.catalog.mentions.by_place()
        slots = self.slot_of(keys)
        known = (slots >= 0) & self.live[slots]
        places = np.repeat(np.arange(len(place_ids)), counts)[known]
        found = FoundMentions(place_ids, places, slots[known], in_name[known])
        return place_postings(found, self.source, self.gazetteer)

    @cached_property
    def chinese(self) -> Mask:
        """The passages of the sources in Chinese."""
        return self.of_sources([LANGUAGE.primary(source.language) == "zh" for source in self.sources])

    @cached_property
    def passages_alive(self) -> int:
        """How many passages there are."""
        return int(np.count_nonzero(self.live))

    def following(self, changes: int) -> "Snapshot":
        """Return the same state with the mentions as they are after so many changes by the user's word."""
        return self if changes == self.changes else replace(self, changes=changes)

    def nothing(self) -> Mask:
        """Return a selection of no passage."""
        return np.zeros(len(self.live), np.bool_)

    def of_sources(self, chosen: Sequence[bool]) -> Mask:
        """Select the passages of the sources for which ``chosen`` is true."""
        mask: Mask = np.array([*chosen, False], np.bool_)[self.source] & self.live
        return mask

    def under_heading(self, part: str) -> Mask:
        """Select the passages under a heading that contains ``part``."""
        return self.with_keys(sorted(self.catalog.keys_with_section(part)))

    def mentioning(self, place_ids: Collection[str], view: MentionView) -> Mask:
        """Select the passages that mention one of these places."""
        return self.mentioned.select(place_ids, view, self.nothing())

    def with_keys(self, keys: Sequence[int]) -> Mask:
        """Select the passages with these keys; unknown ones are left out."""
        mask, slots = self.nothing(), self.slot_of(keys)
        mask[slots[slots >= 0]] = True
        return mask

    def in_order(self, selected: Mask) -> Numbers:
        """Return the selected slots in the order of the library."""
        slots = np.flatnonzero(selected & self.live)
        order = self.order[slots]
        # Where sources were read in one go, slots are in order already.
        return slots if (order[1:] > order[:-1]).all() else slots[np.argsort(order)]

    def slot_of(self, keys: Sequence[int] | Numbers) -> Numbers:
        """Return the slot of the passage with each key, -1 for an unknown one."""
        return self.table.slot_of(keys)

    def keys_of(self, slots: Numbers | Sequence[int]) -> list[int]:
        """Return the keys of the passages in these slots."""
        keys: list[int] = self.reader.keys[slots].tolist()
        return keys

    def texts(self, slots: Numbers) -> Mapping[int, str]:
        """Read the texts of the passages in these slots, by slot; those that have gone since are left out."""
        keys = self.keys_of(slots)
        texts = self.catalog.texts(keys)
        return {slot: texts[key] for slot, key in zip(slots.tolist(), keys, strict=True) if key in texts}

    def passages(self, slots: Numbers) -> Mapping[int, Passage]:
        """Read the passages in these slots, by slot; those that have gone since are left out."""
        keys = self.keys_of(slots)
        passages = self.catalog.passages(keys)
        return {
            slot: passages[key] for slot, key in zip(slots.tolist(), keys, strict=True) if key in passages
        }


def take_snapshot(catalog: Catalog, reader: Reader, gazetteer: Gazetteer) -> Snapshot:
    """Read what a snapshot holds from the catalog."""
    changed = catalog.versions().mentions
    sources = catalog.sources()
    position = {source.id: number for number, source in enumerate(sources)}
    keys, source_ids = catalog.keys_by_source()
    table = KeyTable.of(reader)
    slots = table.slot_of(keys)
    known = slots >= 0
    live = np.zeros(len(reader.keys), np.bool_)
    live[slots[known]] = True
    source = np.full(len(reader.keys), len(sources), np.int64)
    source[slots[known]] = np.array([position[id_] for id_ in source_ids], np.int64)[known]
    order = np.full(len(reader.keys), len(keys), np.int64)
    order[slots[known]] = np.flatnonzero(known)
    live &= reader.live
    return Snapshot(catalog, gazetteer, reader, table, sources, live, source, order, changed)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Which passages of reprints stand in the best copy of their story as well.

    Attributes:
        copies: Their slots.
        originals: The slots of the same passages in the best copies.
    """

    copies: Numbers
    originals: Numbers

    def collapsed(self, selected: Mask) -> Mask:
        """Return the copies that are selected together with their originals."""
        mask = np.zeros(len(selected), np.bool_)
        mask[self.copies[selected[self.originals]]] = True
        return mask & selected

    def sources_of(self, original: int, selected: Mask, snapshot: Snapshot) -> tuple[Source, ...]:
        """Return the other sources in which a passage stands and is selected."""
        others = self.copies[self.originals == original]
        return tuple(snapshot.sources[snapshot.source[slot]] for slot in others if selected[slot])


def find_duplicates(snapshot: Snapshot) -> Duplicates:
    """Compare the passages of reprints with those of the best copies of their stories."""
    leaders: dict[str, dict[str, int]] = {}
    pairs: list[tuple[int, int]] = []
    for source in snapshot.sources:
        if not source.is_reprint:
            continue
        if source.story not in leaders:
            leaders[source.story] = {text: slot for slot, text in _texts(snapshot, source.story)}
        original = leaders[source.story]
        found = _texts(snapshot, source.id)
        pairs.extend((slot, original[text]) for slot, text in found if text in original)
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return Duplicates(table[:, 0], table[:, 1])


def _texts(snapshot: Snapshot, source_id: str) -> list[tuple[int, str]]:
    """Read the folded texts of a source, each with its slot, in their order."""
    slots = snapshot.slot_of(snapshot.catalog.keys(source_id))
    return [(slot, fold(text)) for slot, text in snapshot.texts(slots[slots >= 0]).items()]
