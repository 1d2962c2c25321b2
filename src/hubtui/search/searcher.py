"""Answers queries: parse, select, rank, highlight."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from hubtui.errors import UnknownPlaceError
from hubtui.index.engine import Field, WeightedTerm
from hubtui.index.store import Store
from hubtui.model import Facets, Hit, Passage, PlaceCount, SearchResult, Span
from hubtui.places import Gazetteer
from hubtui.search.filters import fault
from hubtui.search.highlights import Highlighter
from hubtui.search.matching import Matcher, named_places
from hubtui.search.needs import ranking_terms
from hubtui.search.query import Both, Either, Filter, Node, Not, Phrase, Prefix, Query, Word, parse, terms

PARTIAL = "No passage has every word; these have some."

_LEFT_OUT = frozenset({"country", "continent"})
"""Kinds of places that are found by ``city:`` but are no cities to list."""


@dataclass(frozen=True, slots=True)
class _Selection:
    """What a query selects: keys in no order (``None``: every passage)."""

    query: Query
    keys: set[int] | None
    partial: bool
    notes: tuple[str, ...]


class Searcher:
    """Answers queries from the index of one library. Safe to use from several threads."""

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        """Answer from ``store``."""
        self._store = store
        self._gazetteer = gazetteer

    def search(self, text: str, limit: int, offset: int) -> SearchResult:
        """Give the hits ``offset`` to ``offset + limit`` of a query, best first."""
        started = time.perf_counter()
        matcher = self._matcher()
        selection = _select(parse(text), matcher)
        ordered = self._order(selection)
        wanted = ordered[offset : offset + limit]
        hits = self._hits(selection.query, wanted)
        return SearchResult(
            hits, len(ordered), selection.partial, selection.notes, time.perf_counter() - started
        )

    def facets(self, text: str) -> Facets:
        """Count by source and by place what a query selects."""
        selection = _select(parse(text), self._matcher())
        catalogue = self._store.catalogue
        sources = catalogue.source_counts(selection.keys)
        places = []
        for place_id, passages, count in catalogue.place_counts(selection.keys):
            place = self._gazetteer.place(place_id)
            if place is not None and place.kind not in _LEFT_OUT:
                places.append(PlaceCount(place, passages, count))
        places.sort(key=lambda c: (-c.passages, -c.sources, c.place.id))
        return Facets(sum(sources.values()), sources, tuple(places))

    def highlights(self, text: str, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of one passage that a query matches."""
        return self._highlighter(parse(text)).spans(passage)

    def _matcher(self) -> Matcher:
        return Matcher(self._store.catalogue, self._store.engine.reader(), self._gazetteer)

    def _highlighter(self, query: Query) -> Highlighter:
        return Highlighter(query, _place_ids(query, self._gazetteer))

    def _order(self, selection: _Selection) -> list[tuple[int, float]]:
        """Give the selected keys with their scores, best first; equals in the order of the sources."""
        keys = self._store.catalogue.keys()
        if selection.keys is not None:
            keys = [key for key in keys if key in selection.keys]
        weighted = list(_ranking(selection.query))
        if not weighted or not keys:
            return [(key, 0.0) for key in keys]
        ranked = self._store.engine.reader().rank(weighted, set(keys))
        scores = {hit.key: hit.score for hit in ranked}
        return sorted(((key, scores.get(key, 0.0)) for key in keys), key=lambda pair: -pair[1])

    def _hits(self, query: Query, ranked: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
        catalogue, highlighter = self._store.catalogue, self._highlighter(query)
        passages = catalogue.passages([key for key, _ in ranked])
        sources = {source.id: source for source in catalogue.sources()} if ranked else {}
        return tuple(
            Hit(sources[passage.source_id], passage, score, highlighter.spans(passage))
            for key, score in ranked
            if (passage := passages.get(key)) is not None and passage.source_id in sources
        )


def _select(query: Query, matcher: Matcher) -> _Selection:
    notes = [found.message for found in query.faults]
    notes.extend(message for leaf in _filters(query.root) if (message := fault(leaf)))
    try:
        keys = matcher.select(query.root)
        if keys is None or keys or not any(_is_text(leaf) for leaf in terms(query.root)):
            return _Selection(query, keys, partial=False, notes=tuple(notes))
        some, hard = matcher.select_some(query.root)
    except UnknownPlaceError as error:
        notes.append(f"{error.message} {error.remedy}".strip())
        return _Selection(query, set(), partial=False, notes=tuple(notes))
    keys = some if hard is None else some & hard
    if keys:
        notes.append(PARTIAL)
    return _Selection(query, keys, partial=bool(keys), notes=tuple(notes))


def _is_text(leaf: Node) -> bool:
    return isinstance(leaf, Word | Phrase | Prefix)


def _filters(node: Node) -> list[Filter]:
    match node:
        case Both(nodes) | Either(nodes):
            return [leaf for part in nodes for leaf in _filters(part)]
        case Not(inner):
            return _filters(inner)
        case Filter():
            return [node]
    return []


def _ranking(query: Query) -> list[WeightedTerm]:
    weights: dict[tuple[Field, str], float] = {}
    for leaf in terms(query.root):
        if isinstance(leaf, Word | Phrase | Prefix):
            for term in ranking_terms(leaf.text):
                at = term.field, term.term
                weights[at] = max(weights.get(at, 0.0), term.weight)
    return [WeightedTerm(field, term, weight) for (field, term), weight in weights.items()]


def _place_ids(query: Query, gazetteer: Gazetteer) -> frozenset[str]:
    found: set[str] = set()
    for leaf in terms(query.root):
        if isinstance(leaf, Filter) and leaf.name == "city":
            with suppress(UnknownPlaceError):
                found.update(place.id for place in named_places(gazetteer, leaf.value))
    return frozenset(found)
