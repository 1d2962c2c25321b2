"""The catalogue as arrays beside an engine's view: what ordering and counting ask of every passage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask, Reader
from hubtui.model import Source

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the library, by slots of one view of the engine.

    Attributes:
        reader: The engine's view.
        sources: All sources, in the order of their paths.
        live: Which slots hold a passage that the catalogue knows.
        source: For each slot, the position of its source in :attr:`sources`.
        order: For each slot, its passage's position in the library: by source, then by number.
        mention_slots: The slots of all pairs of a passage and a place that it mentions.
        mention_places: The places of these pairs, as positions in :attr:`place_ids`.
        place_ids: The ids of the places that are mentioned.
    """

    reader: Reader
    sources: Sequence[Source]
    live: Mask
    source: Numbers
    order: Numbers
    mention_slots: Numbers
    mention_places: Numbers
    place_ids: Sequence[str]

    def nothing(self) -> Mask:
        """Give a selection of no passage."""
        return np.zeros(len(self.live), np.bool_)

    def mentioning(self, place_ids: frozenset[str]) -> Mask:
        """Select the passages that mention any of these places."""
        wanted = [number for number, place_id in enumerate(self.place_ids) if place_id in place_ids]
        mask = self.nothing()
        mask[self.mention_slots[np.isin(self.mention_places, wanted)]] = True
        return mask

    def of_sources(self, chosen: Sequence[bool]) -> Mask:
        """Select the passages of the sources for which ``chosen`` is true."""
        mask: Mask = np.array([*chosen, False], np.bool_)[self.source] & self.live
        return mask

    def in_order(self, selected: Mask) -> Numbers:
        """Give the selected slots in the order of the library."""
        slots = np.flatnonzero(selected & self.live)
        return slots[np.argsort(self.order[slots])]

    def slots_of(self, keys: Sequence[int]) -> Numbers:
        """Give the slots of the passages with these keys; unknown ones are left out."""
        slots = _slots(self.reader, keys)
        return slots[slots >= 0]


def take_snapshot(catalogue: Catalogue, reader: Reader) -> Snapshot:
    """Read what a snapshot holds from the catalogue."""
    sources = catalogue.sources()
    position = {source.id: number for number, source in enumerate(sources)}
    keys, source_ids = catalogue.keys_by_source()
    slots = _slots(reader, keys)
    known = slots >= 0
    live = np.zeros(len(reader.keys), np.bool_)
    live[slots[known]] = True
    source = np.full(len(reader.keys), len(sources), np.int64)
    source[slots[known]] = np.array([position[id_] for id_ in source_ids], np.int64)[known]
    order = np.full(len(reader.keys), len(keys), np.int64)
    order[slots[known]] = np.flatnonzero(known)
    keys_, places_, _ = catalogue.mentions.pairs()
    pairs = list(dict.fromkeys(zip(keys_, places_, strict=True)))
    mentioned, place_ids = [key for key, _ in pairs], [place for _, place in pairs]
    mention_slots = _slots(reader, mentioned)
    names, numbers = np.unique(np.array(place_ids, np.str_), return_inverse=True)
    kept = mention_slots >= 0
    return Snapshot(
        reader=reader,
        sources=sources,
        live=live & reader.live,
        source=source,
        order=order,
        mention_slots=mention_slots[kept],
        mention_places=numbers.astype(np.int64)[kept],
        place_ids=[str(name) for name in names],
    )


def _slots(reader: Reader, keys: Sequence[int]) -> Numbers:
    """Give the slot of each key, -1 where the engine has none."""
    by_key = np.argsort(reader.keys, kind="stable")
    ordered = reader.keys[by_key]
    wanted = np.asarray(keys, np.int64)
    at = np.searchsorted(ordered, wanted, side="right") - 1
    found = (at >= 0) & (len(ordered) > 0)
    found[found] &= ordered[at[found]] == wanted[found]
    slots = np.full(len(wanted), -1, np.int64)
    slots[found] = by_key[at[found]]
    return slots
