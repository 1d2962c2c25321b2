"""Counting by place what a query selects."""

import numpy as np

from hubtui.index.engine import Mask
from hubtui.model import PlaceCount
from hubtui.places import Gazetteer
from hubtui.search.snapshot import Snapshot

_LEFT_OUT = frozenset({"country", "continent"})
"""Kinds of places that are found by ``city:`` but are no cities to list."""


def place_counts(snapshot: Snapshot, selected: Mask, gazetteer: Gazetteer) -> tuple[PlaceCount, ...]:
    """Count the selected passages, and their sources, for each place; most passages first."""
    chosen = selected[snapshot.mention_slots]
    numbers, slots = snapshot.mention_places[chosen], snapshot.mention_slots[chosen]
    passages = np.bincount(numbers, minlength=len(snapshot.place_ids))
    pairs = np.unique(numbers * len(snapshot.sources) + snapshot.source[slots])
    sources = np.bincount(pairs // max(1, len(snapshot.sources)), minlength=len(snapshot.place_ids))
    counts = []
    for number in np.flatnonzero(passages):
        place = gazetteer.place(snapshot.place_ids[int(number)])
        if place is not None and place.kind not in _LEFT_OUT:
            counts.append(PlaceCount(place, int(passages[number]), int(sources[number])))
    return tuple(sorted(counts, key=lambda count: (-count.passages, -count.sources, count.place.id)))
