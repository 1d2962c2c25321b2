"""Passages that stand in several reprints of one story: they answer a query once."""

from dataclasses import dataclass

import numpy as np

from hubtui.core.models import Source
from hubtui.index.engine import Mask
from hubtui.search.facets import Numbers
from hubtui.search.snapshot import Snapshot
from hubtui.text.fold import fold


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
    slots = snapshot.slot_of(snapshot.catalogue.keys(source_id))
    return [(slot, fold(text)) for slot, text in snapshot.texts(slots[slots >= 0]).items()]
