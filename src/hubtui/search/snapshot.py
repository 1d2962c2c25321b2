"""The catalogue as arrays beside an engine's view: what ordering and counting ask of every passage."""

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from hubtui.core.models import Source
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask, Reader
from hubtui.index.mentions import changes
from hubtui.places import Gazetteer
from hubtui.search.mentioned import Found, Mentioned, Numbers, collect

Key = TypeVar("Key", bound=Hashable)

_REMEMBERED = 256
"""Selections that a snapshot remembers, a byte a passage each."""


class Memory:
    """The selections asked for lately. Safe to use from several threads."""

    def __init__(self, size: int) -> None:
        """Remember ``size`` selections."""
        self._size = size
        self._known: dict[Hashable, Mask] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Mask | None:
        """Give what was found for ``key``."""
        with self._lock:
            found = self._known.pop(key, None)
            if found is not None:
                self._known[key] = found
            return found

    def put(self, key: Hashable, found: Mask) -> None:
        """Remember what was found for ``key``, and forget what was not asked for the longest time."""
        with self._lock:
            self._known[key] = found
            while len(self._known) > self._size:
                del self._known[next(iter(self._known))]


@dataclass(frozen=True)
class Snapshot:
    """One state of the library, by slots of one view of the engine.

    Attributes:
        reader: The engine's view.
        sources: All sources, in the order of their paths.
        live: Which slots hold a passage that the catalogue knows.
        source: For each slot, the position of its source in :attr:`sources`.
        order: For each slot, its passage's position in the library: by source, then by number.
        changes: How often the mentions had followed the user's word.
        read_mentions: Reads :attr:`mentioned`.
        memory: Selections that cost something to find.
    """

    reader: Reader
    sources: Sequence[Source]
    live: Mask
    source: Numbers
    order: Numbers
    changes: int
    read_mentions: "Callable[[Snapshot], Mentioned]"
    memory: Memory = field(default_factory=lambda: Memory(_REMEMBERED))

    def remembered(self, key: Key, find: Callable[[Key], Mask]) -> Mask:
        """Give what ``find`` gives for ``key``, without asking again for what was asked lately."""
        known = self.memory.get(key)
        if known is None:
            known = find(key)
            self.memory.put(key, known)
        return known

    @cached_property
    def mentioned(self) -> Mentioned:
        """Which passages mention which places; read when it is first asked for."""
        return self.read_mentions(self)

    def following(self, changes: int) -> "Snapshot":
        """Give the same state with the mentions as they are after so many changes by the user's word."""
        return self if changes == self.changes else replace(self, changes=changes)

    def nothing(self) -> Mask:
        """Give a selection of no passage."""
        return np.zeros(len(self.live), np.bool_)

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
        slots = self.slot_of(keys)
        return slots[slots >= 0]

    def slot_of(self, keys: Sequence[int] | Numbers) -> Numbers:
        """Give the slot of the passage with each key, -1 for an unknown one."""
        return _slots(self.reader, keys)


def take_snapshot(catalogue: Catalogue, reader: Reader, gazetteer: Gazetteer) -> Snapshot:
    """Read what a snapshot holds from the catalogue."""
    changed = changes(catalogue)
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

    def read_mentions(snapshot: Snapshot) -> Mentioned:
        place_ids, counts, keys, in_name = catalogue.mentions.by_place()
        slots = snapshot.slot_of(keys)
        known = (slots >= 0) & snapshot.live[slots]
        places = np.repeat(np.arange(len(place_ids)), counts)[known]
        found = Found(place_ids, places, slots[known], in_name[known])
        return collect(found, snapshot.source, gazetteer)

    return Snapshot(reader, sources, live & reader.live, source, order, changed, read_mentions)


def _slots(reader: Reader, keys: Sequence[int] | Numbers) -> Numbers:
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
