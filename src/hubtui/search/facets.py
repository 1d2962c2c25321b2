"""Which passages mention which places, also by a place that lies in them: selected and counted."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hubtui.core.models import PlaceCount
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.filters import MentionView

Numbers = NDArray[np.int64]
Positions = NDArray[np.int32]
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


def place_postings(found: FoundMentions, source: Positions, gazetteer: Gazetteer) -> PlacePostings:
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
    place_ids: Sequence[str], places: Numbers, slots: Numbers, kinds: Kinds, source: Positions
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


def _differs(*columns: NDArray[np.integer[Any]]) -> Mask:
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
