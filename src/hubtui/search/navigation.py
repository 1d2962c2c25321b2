"""Step through what a query selects: its places in a source, and from one source to the next."""

from collections.abc import Sequence

import numpy as np

from hubtui.index.engine import Mask
from hubtui.search.facets import Numbers
from hubtui.search.snapshot import Snapshot


def positions_in(snapshot: Snapshot, selected: Mask, source_id: str) -> Sequence[int]:
    """Return the places of the selected passages in their source, from 0, in order."""
    slots = np.flatnonzero((snapshot.source == _number(snapshot, source_id)) & snapshot.live)
    if not len(slots):
        return ()
    order = snapshot.order[slots]
    found: list[int] = np.sort(order[selected[slots]] - order.min()).tolist()
    return found


def next_source(snapshot: Snapshot, ordered: Numbers, source_id: str, step: int) -> tuple[int, str] | None:
    """Return the source that comes ``step`` sources after this one: the rank of its best hit, and its id.

    Sources come in the order of their best hits. Where this source has no hit, the first one is next.

    Args:
        snapshot: The state of the library.
        ordered: The slots of the hits, best first.
        source_id: This source.
        step: 1 for the next source, -1 for the one before.
    """
    sources, ranks = np.unique(snapshot.source[ordered], return_index=True)
    by_rank = np.argsort(ranks)
    here = np.flatnonzero(sources[by_rank] == _number(snapshot, source_id))
    wanted = int(here[0]) + step if len(here) else 0
    if not 0 <= wanted < len(by_rank):
        return None
    found = by_rank[wanted]
    return int(ranks[found]), snapshot.sources[sources[found]].id


def rank_of(snapshot: Snapshot, ordered: Numbers, source_id: str, place: int) -> int | None:
    """Return the rank of the passage at ``place`` (from 0) of a source, or ``None`` where it is no hit.

    Args:
        snapshot: The state of the library.
        ordered: The slots of the hits, best first.
        source_id: The source.
        place: Where in the source the passage stands.
    """
    slots = np.flatnonzero((snapshot.source == _number(snapshot, source_id)) & snapshot.live)
    if not len(slots):
        return None
    order = snapshot.order[slots]
    ranks = np.flatnonzero(np.isin(ordered, slots[order - order.min() == place]))
    return int(ranks[0]) if len(ranks) else None


def _number(snapshot: Snapshot, source_id: str) -> int:
    return next((n for n, source in enumerate(snapshot.sources) if source.id == source_id), -1)
