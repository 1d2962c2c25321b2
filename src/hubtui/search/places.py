"""Counting by place what a query selects, and the names under which a place was found."""

from collections import Counter

from hubtui.core.models import PlaceCount
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.mentioned import View
from hubtui.search.snapshot import Snapshot

_COUNTRIES = frozenset({"country", "continent"})
"""Kinds of places that are found by ``city:`` but are no cities to list."""


def place_counts(
    snapshot: Snapshot, selected: Mask, gazetteer: Gazetteer, view: View, *, countries: bool = False
) -> tuple[PlaceCount, ...]:
    """Count the selected passages, and their sources, for each place; most passages first.

    Among equals that place comes first which is named itself more often, then the smaller one: Harbin
    before the province that only Harbin speaks for.
    """
    counts = []
    for tally in snapshot.mentioned.tallies(selected, view):
        place = gazetteer.place(tally.place_id)
        if place is not None and (countries or place.kind not in _COUNTRIES):
            counts.append(PlaceCount(place, tally.passages, tally.sources, tally.direct, tally.in_names))
    return tuple(sorted(counts, key=lambda c: _rank(c, gazetteer)))


def _rank(count: PlaceCount, gazetteer: Gazetteer) -> tuple[int, int, int, int, str]:
    depth = len(gazetteer.ancestors(count.place.id))
    return -count.passages, -count.direct, -count.sources, -depth, count.place.id


def place_names(
    catalogue: Catalogue, snapshot: Snapshot, selected: Mask, place_id: str, view: View
) -> list[tuple[str, int]]:
    """Give the names of a place in the selected passages, each with how many passages have it; most first."""
    found = {
        (key, name)
        for key, name, in_name in catalogue.mentions.of_place(place_id)
        if view.names or not in_name
    }
    keys = sorted({key for key, _ in found})
    slots = snapshot.slot_of(keys)
    chosen = {key for key, slot in zip(keys, slots, strict=True) if slot >= 0 and selected[slot]}
    counts = Counter(name for key, name in found if key in chosen)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
