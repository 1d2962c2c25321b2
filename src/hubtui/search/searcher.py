"""Answers queries: parse, plan, select, rank, highlight."""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from hubtui.core.models import Facets, Hit, Match, Passage, SearchResult, Source, Span
from hubtui.index.engine import Scores
from hubtui.index.mentions import changes
from hubtui.index.store import Store
from hubtui.places import Gazetteer
from hubtui.search.answers import Answer, Resources
from hubtui.search.copies import Copies, find_copies
from hubtui.search.highlights import Highlighter
from hubtui.search.lexicon import Lexicon
from hubtui.search.mentioned import Numbers, view_of
from hubtui.search.patterns import sought
from hubtui.search.places import place_counts, place_names
from hubtui.search.plan import Plan
from hubtui.search.query import parse
from hubtui.search.ranking import by_date, by_relevance
from hubtui.search.selection import Selection
from hubtui.search.snapshot import Snapshot, take_snapshot
from hubtui.search.spelling import Speller
from hubtui.search.walking import next_source, positions_in, rank_of

_REMEMBERED = 8
"""Answers that are kept: the screen asks for hits, counts and highlights of one query."""


class Searcher:
    """Answers queries from the index of one library. Safe to use from several threads."""

    def __init__(
        self, store: Store, gazetteer: Gazetteer, lexicon: Lexicon, *, translate: bool = True
    ) -> None:
        """Answer from ``store``; with ``translate``, find words in the other language too."""
        self._store = store
        self._resources = Resources(store.catalogue, gazetteer, lexicon, translate)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._stories = -1
        self._copies: tuple[Snapshot, Copies] | None = None
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    @property
    def sources(self) -> Sequence[Source]:
        """All sources as of the last commit, in the order of their paths; the same object until the next."""
        return self._current().sources

    def search(self, text: str, limit: int, offset: int) -> SearchResult:
        """Give the hits ``offset`` to ``offset + limit`` of a query, best first."""
        started = time.perf_counter()
        answer = self._answer(text)
        slots, scores = self._listed(answer)
        page = slice(offset, offset + limit)
        hits = self._hits(answer, slots[page], scores[page])
        seconds = time.perf_counter() - started
        notes = tuple(remark.text for remark in answer.remarks)
        return SearchResult(hits, len(slots), answer.partial, notes, seconds, answer.faults, answer.remarks)

    def facets(self, text: str, *, countries: bool = False) -> Facets:
        """Count by source and by place what a query selects, with ``countries`` or without."""
        answer = self._answer(text)
        snapshot, selected = answer.snapshot, answer.selected
        by_source = np.bincount(snapshot.source[selected], minlength=len(snapshot.sources))
        sources = {
            source.id: int(count) for source, count in zip(snapshot.sources, by_source, strict=True) if count
        }
        view = view_of(answer.plan.root)
        places = place_counts(snapshot, selected, self._resources.gazetteer, view, countries=countries)
        stories = {source.story or source.id for source in snapshot.sources if source.id in sources}
        once = selected & ~self._copies_in(snapshot).collapsed(selected)
        return Facets(int(np.count_nonzero(once)), sources, places, len(stories))

    def selections(self, *texts: str) -> tuple[Selection, ...]:
        """Give what some queries select from one state of the library, for counting in it."""
        snapshot = self._current()
        copies = self._copies_in(snapshot)
        found = []
        for answer in (self._answer(text, snapshot) for text in texts):
            once = answer.selected & ~copies.collapsed(answer.selected)
            places, highlighter = (
                self._resources.place_ids(answer.plan),
                self._highlighter(answer.plan, snapshot),
            )
            found.append(Selection(answer.plan, snapshot, once, places, highlighter))
        return tuple(found)

    def positions(self, text: str, source_id: str) -> Sequence[int]:
        """Give the places of a query's passages in a source; none when it highlights nothing."""
        answer = self._answer(text)
        if not self._highlighter(answer.plan, answer.snapshot).marks:
            return ()
        return positions_in(answer.snapshot, answer.selected, source_id)

    def next_source(self, text: str, source_id: str, step: int) -> tuple[int, str] | None:
        """Give the rank of the best hit in the source that comes ``step`` after this one, and its id."""
        answer = self._answer(text)
        return next_source(answer.snapshot, self._listed(answer)[0], source_id, step)

    def rank(self, text: str, source_id: str, place: int) -> int | None:
        """Give the rank of the passage at a place of a source, or ``None`` where it is no hit."""
        answer = self._answer(text)
        return rank_of(answer.snapshot, self._listed(answer)[0], source_id, place)

    def place_names(self, place_id: str, text: str) -> list[tuple[str, int]]:
        """Give the names of a place in the passages that a query selects, each with their number."""
        answer = self._answer(text)
        view = view_of(answer.plan.root)
        return place_names(self._store.catalogue, answer.snapshot, answer.selected, place_id, view)

    def highlights(self, text: str, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of one passage that a query matches."""
        return self._highlighter(self._plan(text), self._current()).spans(passage)

    def explain(self, text: str, passage: Passage) -> tuple[Match, ...]:
        """Give what in one passage a query matches, and in what way."""
        return self._highlighter(self._plan(text), self._current()).matches(passage)

    def _plan(self, text: str) -> Plan:
        known = self._known(text, self._current())
        return known.plan if known else self._resources.plan(parse(text), self._current())

    def _answer(self, text: str, snapshot: Snapshot | None = None) -> Answer:
        snapshot = snapshot or self._current()
        known = self._known(text, snapshot)
        if known is None:
            known = self._resources.answer(text, snapshot)
            with self._lock:
                self._answers[text] = known
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
        return known

    def _known(self, text: str, snapshot: Snapshot) -> Answer | None:
        with self._lock:
            known = self._answers.get(text)
        return known if known is not None and known.snapshot is snapshot else None

    def _current(self) -> Snapshot:
        """Give the state of the last commit, read once for all queries until the next."""
        with self._lock:
            reader, stories = self._store.engine.reader(), self._store.catalogue.stories.version
            if self._snapshot is None or self._snapshot.reader is not reader or self._stories != stories:
                self._stories = stories
                self._snapshot = take_snapshot(self._store.catalogue, reader, self._resources.gazetteer)
            self._snapshot = self._snapshot.following(changes(self._store.catalogue))
            return self._snapshot

    def _copies_in(self, snapshot: Snapshot) -> Copies:
        known = self._copies
        if known is None or known[0].sources is not snapshot.sources:
            known = self._copies = snapshot, find_copies(self._store.catalogue, snapshot)
        return known[1]

    def _listed(self, answer: Answer) -> tuple[Numbers, Scores]:
        """Give the slots of the hits and their scores, best first, each story's passage once."""
        slots, scores = self._ordered(answer)
        once = ~self._copies_in(answer.snapshot).collapsed(answer.selected)[slots]
        return slots[once], scores[once]

    def _ordered(self, answer: Answer) -> tuple[Numbers, Scores]:
        match answer.plan.query.sort:
            case "date":
                slots = by_date(answer.snapshot, answer.selected)
            case "source":
                slots = answer.snapshot.in_order(answer.selected)
            case _:
                slots, scores = by_relevance(
                    answer.plan, answer.snapshot, answer.selected, answer.whole, self._store.catalogue
                )
                return (slots, scores) if answer.plan.texts() else (self._plain_first(answer, slots), scores)
        return slots, np.zeros(len(slots), np.float32)

    def _plain_first(self, answer: Answer, slots: Numbers) -> Numbers:
        """Without words to rank by, put passages that name the places only inside longer names last."""
        places = self._resources.place_ids(answer.plan)
        if not places:
            return slots
        view, nothing = view_of(answer.plan.root)._replace(names=False), answer.snapshot.nothing()
        plainly = answer.snapshot.mentioned.select(places, view, nothing)
        return slots[np.argsort(~plainly[slots], kind="stable")]

    def _highlighter(self, plan: Plan, snapshot: Snapshot) -> Highlighter:
        wanted = list(sought(plan, Speller(snapshot.reader)))
        view, places = view_of(plan.root), self._resources.place_ids(plan)
        if not view.direct:
            places = places.union(*map(self._resources.gazetteer.within, places))
        return Highlighter(wanted, places, names=view.names)

    def _hits(self, answer: Answer, slots: Numbers, scores: Scores) -> tuple[Hit, ...]:
        snapshot, highlighter = answer.snapshot, self._highlighter(answer.plan, answer.snapshot)
        keys = [int(key) for key in snapshot.reader.keys[slots]]
        passages = self._store.catalogue.passages(keys)
        copies = self._copies_in(snapshot)
        # A passage may have gone since the snapshot was taken.
        return tuple(
            Hit(
                snapshot.sources[snapshot.source[slot]],
                passage,
                float(score),
                highlighter.spans(passage),
                copies.sources_of(int(slot), answer.selected, snapshot),
            )
            for slot, key, score in zip(slots, keys, scores, strict=True)
            if (passage := passages.get(key)) is not None
        )
