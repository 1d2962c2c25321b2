"""The catalog as arrays beside an engine's view: what ordering and counting ask of every passage.

Passages that stand in several reprints of one story are found here; they answer a query once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hubtui.core.models import Passage, Source
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Keys, Mask, Reader
from hubtui.places import Gazetteer
from hubtui.search.facets import FoundMentions, Numbers, PlacePostings, Positions, place_postings
from hubtui.search.filters import LANGUAGE, MentionView
from hubtui.text.analyzer import fold


class KeyTable(NamedTuple):
    """The keys of an engine's view in order, to find their slots.

    Attributes:
        keys: The keys, sorted.
        slots: The slot of each.
    """

    keys: Keys
    slots: Positions

    @classmethod
    def of(cls, reader: Reader) -> "KeyTable":
        """Sort the keys of a view."""
        keys = reader.keys
        if (keys[1:] > keys[:-1]).all():
            return cls(keys, np.arange(len(keys), dtype=np.int32))
        order = np.argsort(keys, kind="stable").astype(np.int32)
        return cls(keys[order], order)

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
    source: Positions
    order: Positions
    changes: int

    @cached_property
    def mentioned(self) -> PlacePostings:
        """Which passages mention which places; read when it is first asked for."""
        place_ids, counts, keys, in_name = self.catalog.mentions.by_place()
        slots = self.slot_of(keys)
        known = slots >= 0
        known[known] = self.live[slots[known]]
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
        return slots[self.by_order(slots)]

    def by_order(self, slots: Numbers) -> Numbers:
        """Return the positions of some slots in the order in which their passages have in the library."""
        order = self.order[slots]
        # Where sources were read in one go, slots are in order already.
        return np.arange(len(slots)) if (order[1:] > order[:-1]).all() else np.argsort(order)

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
    located = catalog.located_sources()
    table = KeyTable.of(reader)
    first = np.array([key for key, _source in located], np.int64)
    sources = [source for _key, source in located]
    sizes = np.array([source.passages for source in sources], np.int64)
    by_key = np.argsort(first)
    at = np.searchsorted(first[by_key], reader.keys, side="right") - 1
    owner = by_key[at] if len(by_key) else at
    within = reader.keys - first[owner] if len(by_key) else at
    live = (at >= 0) & reader.live
    live[live] = within[live] < sizes[owner[live]]
    source = np.where(live, owner, len(sources)).astype(np.int32)
    before = np.append(np.cumsum(sizes) - sizes, sizes.sum())
    order = (before[source] + np.where(live, within, 0)).astype(np.int32)
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
