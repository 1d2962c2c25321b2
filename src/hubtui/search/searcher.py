"""Answers queries: parse, select, rank, highlight."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from hubtui.errors import UnknownPlaceError
from hubtui.index.engine import Field, Mask, Scores, WeightedTerm
from hubtui.index.mentions import changes
from hubtui.index.store import Store
from hubtui.model import Facets, Hit, Passage, SearchResult, Span
from hubtui.places import Gazetteer
from hubtui.search.filters import fault
from hubtui.search.highlights import Highlighter
from hubtui.search.matching import Matcher, named_places
from hubtui.search.mentioned import Numbers, View, view_of
from hubtui.search.needs import ranking_terms
from hubtui.search.places import place_counts, place_names
from hubtui.search.query import Both, Either, Filter, Node, Not, Phrase, Prefix, Query, Word, parse, terms
from hubtui.search.snapshot import Snapshot, take_snapshot

PARTIAL = "No passage has every word; these have some."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a query selects from a snapshot."""

    query: Query
    view: View
    snapshot: Snapshot
    selected: Mask
    partial: bool
    notes: tuple[str, ...]


class Searcher:
    """Answers queries from the index of one library. Safe to use from several threads."""

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        """Answer from ``store``."""
        self._store = store
        self._gazetteer = gazetteer
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._last: tuple[str, _Answer] | None = None

    def search(self, text: str, limit: int, offset: int) -> SearchResult:
        """Give the hits ``offset`` to ``offset + limit`` of a query, best first."""
        started = time.perf_counter()
        answer = self._answer(text)
        slots, scores = _ranked(answer, _place_ids(answer.query, self._gazetteer))
        page = slice(offset, offset + limit)
        hits = self._hits(answer, slots[page], scores[page])
        return SearchResult(hits, len(slots), answer.partial, answer.notes, time.perf_counter() - started)

    def facets(self, text: str, *, countries: bool = False) -> Facets:
        """Count by source and by place what a query selects, with ``countries`` or without."""
        answer = self._answer(text)
        snapshot, selected = answer.snapshot, answer.selected
        by_source = np.bincount(snapshot.source[selected], minlength=len(snapshot.sources))
        sources = {
            source.id: int(count) for source, count in zip(snapshot.sources, by_source, strict=True) if count
        }
        places = place_counts(snapshot, selected, self._gazetteer, answer.view, countries=countries)
        return Facets(int(np.count_nonzero(selected)), sources, places)

    def place_names(self, place_id: str, text: str) -> list[tuple[str, int]]:
        """Give the names of a place in the passages that a query selects, each with their number."""
        answer = self._answer(text)
        return place_names(self._store.catalogue, answer.snapshot, answer.selected, place_id, answer.view)

    def highlights(self, text: str, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of one passage that a query matches."""
        return self._highlighter(parse(text)).spans(passage)

    def _answer(self, text: str) -> _Answer:
        """Give what a query selects; asked for hits, counts and names in turn, it is worked out once."""
        snapshot, last = self._current(), self._last
        if last is not None and last[0] == text and last[1].snapshot is snapshot:
            return last[1]
        answer = self._worked_out(text, snapshot)
        self._last = text, answer
        return answer

    def _worked_out(self, text: str, snapshot: Snapshot) -> _Answer:
        query = parse(text)
        notes = [found.message for found in query.faults]
        notes.extend(message for leaf in _filters(query.root) if (message := fault(leaf)))
        view = view_of(query.root)
        matcher = Matcher(self._store.catalogue, snapshot, self._gazetteer, view)
        partial = False
        try:
            selected = matcher.select(query.root)
            if selected is None:
                selected = snapshot.live
            selected = selected & snapshot.live
            if not selected.any() and any(_is_text(leaf) for leaf in terms(query.root)):
                selected = matcher.select_some(query.root) & snapshot.live
                partial = bool(selected.any())
        except UnknownPlaceError as error:
            notes.append(f"{error.message} {error.remedy}".strip())
            selected = snapshot.nothing()
        if partial:
            notes.append(PARTIAL)
        return _Answer(query, view, snapshot, selected, partial, tuple(notes))

    def _current(self) -> Snapshot:
        """Give the state of the last commit, read once for all queries until the next."""
        with self._lock:
            reader = self._store.engine.reader()
            if self._snapshot is None or self._snapshot.reader is not reader:
                self._snapshot = take_snapshot(self._store.catalogue, reader, self._gazetteer)
            self._snapshot = self._snapshot.following(changes(self._store.catalogue))
            return self._snapshot

    def _highlighter(self, query: Query) -> Highlighter:
        view, places = view_of(query.root), _place_ids(query, self._gazetteer)
        if not view.direct:
            places = places.union(*map(self._gazetteer.within, places))
        return Highlighter(query, places, names=view.names)

    def _hits(self, answer: _Answer, slots: Numbers, scores: Scores) -> tuple[Hit, ...]:
        snapshot, highlighter = answer.snapshot, self._highlighter(answer.query)
        keys = [int(key) for key in snapshot.reader.keys[slots]]
        passages = self._store.catalogue.passages(keys)
        # A passage may have gone since the snapshot was taken.
        return tuple(
            Hit(snapshot.sources[snapshot.source[slot]], passage, float(score), highlighter.spans(passage))
            for slot, key, score in zip(slots, keys, scores, strict=True)
            if (passage := passages.get(key)) is not None
        )


def _ranked(answer: _Answer, place_ids: frozenset[str]) -> tuple[Numbers, Scores]:
    """Give the selected slots, best first, with their scores; equals in the order of the library.

    Without words to rank by, passages that name the places only inside longer names come last.
    """
    snapshot = answer.snapshot
    slots = snapshot.in_order(answer.selected)
    terms_ = _ranking(answer.query)
    if not terms_ and place_ids:
        plainly = snapshot.mentioned.select(place_ids, answer.view._replace(names=False), snapshot.nothing())
        slots = slots[np.argsort(~plainly[slots], kind="stable")]
    if not terms_:
        return slots, np.zeros(len(slots), np.float32)
    scores = answer.snapshot.reader.rank(terms_)[slots]
    best = np.argsort(-scores, kind="stable")
    return slots[best], scores[best]


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
