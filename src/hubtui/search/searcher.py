"""Answer queries: parse, plan, select, rank, highlight; step through what a query selects."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from hubtui.core.i18n import _
from hubtui.core.models import Diagnostic, Facets, Hit, Match, Passage, SearchResult, Source, Span
from hubtui.index.engine import Mask, Scores
from hubtui.index.store import Store
from hubtui.places import Gazetteer
from hubtui.search import diagnostics
from hubtui.search.by_meaning import Fused, MeaningSearch, strict_parts
from hubtui.search.facets import Numbers, place_counts, place_names
from hubtui.search.highlights import Highlighter
from hubtui.search.lexicon import Lexicon
from hubtui.search.parser import Phrase, parse
from hubtui.search.planner import Plan, Planner
from hubtui.search.ranking import Matcher, TermFinder, all_of, by_date, by_relevance
from hubtui.search.snapshot import Duplicates, Snapshot, find_duplicates, take_snapshot

FEW_ANSWERS = 10
"""Below so many passages with every word of a question, those with some of its words follow."""
_REMEMBERED = 8
"""Answers that are kept: the screen asks for hits, counts and highlights of one query."""


@dataclass(frozen=True, eq=False, slots=True)
class LibraryState:
    """A snapshot with what is found out about it once for all queries.

    Attributes:
        snapshot: The state of the library.
        finder: Finds words in it.
        planner: Plans queries for it.
        duplicates: Its passages that stand in several reprints.
    """

    snapshot: Snapshot
    finder: TermFinder
    planner: Planner
    duplicates: Duplicates


@dataclass(frozen=True, eq=False)
class Answer:
    """What a query selects from a state of the library.

    Attributes:
        plan: The query, made ready.
        state: The state of the library.
        selected: The passages.
        whole: Those of them that have every word.
        diagnostics: What was added, relaxed or left out, and what is wrong.
        fused: Its hits by their meaning too, where that changes their order.
    """

    plan: Plan
    state: LibraryState
    selected: Mask
    whole: Mask
    diagnostics: tuple[Diagnostic, ...]
    fused: Fused | None = None

    @property
    def partial(self) -> bool:
        """Whether no passage has every word, but some have a few."""
        return bool(self.selected.any() and not self.whole.any())

    @cached_property
    def once(self) -> Mask:
        """The passages, of reprints of one story each passage once."""
        return self.selected & ~self.state.duplicates.collapsed(self.selected)

    @cached_property
    def ranked(self) -> tuple[Numbers, Scores]:
        """The slots of the hits and their scores, best first, of reprints each passage once."""
        slots, scores = self._ordered() if self.fused is None else (self.fused.slots, self.fused.scores)
        once = self.once[slots]
        return slots[once], scores[once]

    @cached_property
    def total(self) -> int:
        """How many hits there are."""
        return int(np.count_nonzero(self.once))

    def best(self, count: int) -> tuple[Numbers, Scores]:
        """Return the first ``count`` of :attr:`ranked`, or more; the others are not put in order for it."""
        known = "ranked" in self.__dict__ or self.fused is not None
        if not known and self.plan.texts and self.plan.query.sort == "relevance":
            wanted = min(count, self.total)
            slots, scores = self._ordered(2 * wanted)
            once = self.once[slots]
            if np.count_nonzero(once) >= wanted:
                return slots[once], scores[once]
        return self.ranked

    def _ordered(self, count: int | None = None) -> tuple[Numbers, Scores]:
        """Return what is selected in order: by relevance the best ``count`` of it, if one is given."""
        snapshot = self.state.snapshot
        match self.plan.query.sort:
            case "date":
                slots = by_date(snapshot, self.selected)
            case "source":
                slots = snapshot.in_order(self.selected)
            case _:
                slots, scores = by_relevance(self.plan, snapshot, self.selected, self.whole, count)
                return (slots if self.plan.texts else self._plain_first(slots)), scores
        return slots, np.zeros(len(slots), np.float32)

    def _plain_first(self, slots: Numbers) -> Numbers:
        """Without words to rank by, put passages that name the places only inside longer names last."""
        if not self.plan.places:
            return slots
        view = self.plan.view._replace(names=False)
        plainly = self.state.snapshot.mentioning(self.plan.places, view)
        return slots[np.argsort(~plainly[slots], kind="stable")]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query selects, for those who count in it.

    Attributes:
        plan: The query, made ready.
        snapshot: The state of the library.
        passages: The passages; of reprints of one story, each passage once.
    """

    plan: Plan
    snapshot: Snapshot
    passages: Mask

    @property
    def places(self) -> frozenset[str]:
        """The ids of the places that its filters name."""
        return self.plan.places

    @property
    def highlighter(self) -> Highlighter:
        """What finds in a passage what the query matches."""
        return self.plan.highlighter


class Searcher:
    """Answers queries from the index of one library. Safe to use from several threads."""

    def __init__(
        self, store: Store, gazetteer: Gazetteer, lexicon: Lexicon, *, translate: bool = True
    ) -> None:
        """Answer from ``store``; with ``translate``, find words in the other language too."""
        self._store = store
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._translate = translate
        self.meaning = MeaningSearch(store)
        self._lock = threading.Lock()
        self._state: LibraryState | None = None
        self._groups = -1
        self._answer_in = lru_cache(_REMEMBERED)(self._find_answer)

    @property
    def sources(self) -> Sequence[Source]:
        """All sources as of the last commit, in the order of their paths; the same object until the next."""
        return self._current().snapshot.sources

    def search(self, text: str, limit: int, offset: int, *, typing: bool = False) -> SearchResult:
        """Return the hits ``offset`` to ``offset + limit`` of a query, best first.

        While ``typing``, a Latin word at its end is the beginning of one, if the library has such words.
        """
        started = time.perf_counter()
        answer = self._answer(text, typing=typing)
        slots, scores = answer.best(offset + limit)
        page = slice(offset, offset + limit)
        hits = self._hits(answer, slots[page], scores[page])
        seconds = time.perf_counter() - started
        return SearchResult(hits, answer.total, answer.partial, answer.diagnostics, seconds)

    def facets(self, text: str, *, countries: bool = False, typing: bool = False) -> Facets:
        """Count by source and by place what a query selects, with ``countries`` or without.

        A place counts the hits that its filter would leave, so of reprints each passage once; a source counts
        all its own.
        """
        answer = self._answer(text, typing=typing)
        snapshot, selected = answer.state.snapshot, answer.selected
        by_source = np.bincount(snapshot.source[selected], minlength=len(snapshot.sources))
        found = [(snapshot.sources[n], int(by_source[n])) for n in np.flatnonzero(by_source).tolist()]
        places = place_counts(
            snapshot.mentioned, answer.once, self._gazetteer, answer.plan.view, countries=countries
        )
        stories = {source.story or source.id for source, _ in found}
        sources = {source.id: count for source, count in found}
        return Facets(answer.total, sources, places, len(stories))

    def selections(self, *texts: str) -> tuple[Selection, ...]:
        """Return what some queries select from one state of the library, for counting in it."""
        state = self._current()
        answers = (self._answer_in(text, state, typing=False) for text in texts)
        return tuple(Selection(answer.plan, state.snapshot, answer.once) for answer in answers)

    def positions(self, text: str, source_id: str, *, typing: bool = False) -> Sequence[int]:
        """Return the places of a query's passages in a source; none when it highlights nothing."""
        answer = self._answer(text, typing=typing)
        if not answer.plan.highlighter.marks:
            return ()
        return positions_in(answer.state.snapshot, answer.selected, source_id)

    def next_source(self, text: str, source_id: str, step: int) -> tuple[int, str] | None:
        """Return the rank of the best hit in the source that comes ``step`` after this one, and its id."""
        answer = self._answer(text)
        return next_source(answer.state.snapshot, answer.ranked[0], source_id, step)

    def rank(self, text: str, source_id: str, place: int, *, typing: bool = False) -> int | None:
        """Return the rank of the passage at a place of a source, or ``None`` where it is no hit."""
        answer = self._answer(text, typing=typing)
        return rank_of(answer.state.snapshot, answer.ranked[0], source_id, place)

    def place_names(self, place_id: str, text: str) -> list[tuple[str, int]]:
        """Return the names of a place in the passages that a query selects, each with their number."""
        answer = self._answer(text)
        snapshot = answer.state.snapshot

        def select(keys: Sequence[int]) -> set[int]:
            slots = snapshot.slot_of(keys).tolist()
            return {k for k, slot in zip(keys, slots, strict=True) if slot >= 0 and answer.once[slot]}

        return place_names(snapshot.catalog.mentions.of_place(place_id), answer.plan.view, select)

    def highlights(self, text: str, passage: Passage, *, typing: bool = False) -> tuple[Span, ...]:
        """Return the spans of one passage that a query matches."""
        return self._answer(text, typing=typing).plan.highlighter.spans(passage)

    def explain(self, text: str, passage: Passage) -> tuple[Match, ...]:
        """Return the matches of a query in one passage, each with its way of matching."""
        return self._answer(text).plan.highlighter.matches(passage)

    def prepare_meaning(self, cancelled: Callable[[], bool] | None = None) -> None:
        """Make ready what questions are answered by in the other language, before the first is asked.

        Args:
            cancelled: Asked in between; true ends it, and what is made is kept.
        """
        self.meaning.prepare(self._current().snapshot, cancelled)

    def _current(self) -> LibraryState:
        """Return the state of the last commit, read once for all queries until the next."""
        catalog = self._store.catalog
        with self._lock:
            reader, versions = self._store.engine.reader(), catalog.versions()
            state = self._state
            if (
                state is None
                or state.snapshot.reader is not reader
                or self._groups != versions.reprint_groups
            ):
                self._groups = versions.reprint_groups
                snapshot = take_snapshot(catalog, reader, self._gazetteer)
                planner = Planner(reader, self._lexicon, self._gazetteer, translate=self._translate)
                state = LibraryState(snapshot, TermFinder(snapshot), planner, find_duplicates(snapshot))
            followed = state.snapshot.following(versions.mentions)
            if followed is not state.snapshot:
                state = replace(state, snapshot=followed)
            self._state = state
            return state

    def _answer(self, text: str, *, typing: bool = False) -> Answer:
        return self._answer_in(text, self._current(), typing=typing)

    def _find_answer(self, text: str, state: LibraryState, *, typing: bool = False) -> Answer:
        """Select what a query asks for, in the other language by its meaning too; never fails."""
        answer = self._by_words(text, state, typing=typing)
        plan, snapshot = answer.plan, state.snapshot
        if plan.query.sort != "relevance" or plan.impossible or not (self._translate and plan.is_question):
            return answer
        strict = map(Matcher(plan, snapshot, state.finder).select, strict_parts(plan))
        allowed = all_of([snapshot.live, *strict])
        fused = None if allowed is None else self.meaning.fuse(plan, snapshot, answer.ranked, allowed)
        if fused is None:
            return answer
        selected = answer.selected.copy()
        selected[fused.slots] = True
        return replace(answer, selected=selected, fused=fused)

    def _by_words(self, text: str, state: LibraryState, *, typing: bool) -> Answer:
        snapshot, finder = state.snapshot, state.finder
        plan = state.planner.plan(parse(text, typing=typing))
        matcher = Matcher(plan, snapshot, finder)
        remarks = [*diagnostics.faults(text, plan)]
        if plan.impossible:
            nothing = snapshot.nothing()
            remarks += diagnostics.left_out(
                text, diagnostics.query_parts(text, plan, matcher, snapshot), snapshot
            )
            return Answer(plan, state, nothing, nothing, tuple(remarks))
        found = matcher.select(plan.root)
        whole = snapshot.live if found is None else found & snapshot.live
        if plan.texts and not whole.any():
            return self._relaxed_answer(text, plan, matcher, state, remarks)
        selected = whole
        if plan.is_question and np.count_nonzero(whole) < FEW_ANSWERS:
            selected = whole | Matcher(plan.loosened(), snapshot, finder).select_some() & snapshot.live
        if (selected & ~whole).any():
            remarks.append(Diagnostic("partial", _(diagnostics.WHOLE_FIRST)))
        remarks += diagnostics.added(plan, finder, selected)
        if not selected.any():
            remarks += diagnostics.left_out(
                text, diagnostics.query_parts(text, plan, matcher, snapshot), snapshot
            )
        return Answer(plan, state, selected, whole, tuple(remarks))

    def _relaxed_answer(
        self, text: str, strict: Plan, matcher: Matcher, state: LibraryState, remarks: list[Diagnostic]
    ) -> Answer:
        """Select passages with some of the words, and say why none has all."""
        snapshot, finder = state.snapshot, state.finder

        def finds(phrase: Phrase) -> bool:
            selected = matcher.text(phrase)
            return selected is None or bool((selected & snapshot.live).any())

        plan = state.planner.relaxed(strict, finds)
        selected = Matcher(plan, snapshot, finder).select_some() & snapshot.live
        if selected.any():
            remarks.append(Diagnostic("partial", _(diagnostics.PARTIAL)))
        remarks += diagnostics.added(plan, finder, selected)
        parts = diagnostics.query_parts(text, strict, matcher, snapshot)
        remarks += diagnostics.nothing_found(text, parts, snapshot, finder, self._lexicon)
        remarks += diagnostics.left_out(text, parts, snapshot)
        return Answer(plan, state, selected, snapshot.nothing(), tuple(remarks))

    def _hits(self, answer: Answer, slots: Numbers, scores: Scores) -> tuple[Hit, ...]:
        snapshot, highlighter = answer.state.snapshot, answer.plan.highlighter
        duplicates, passages = answer.state.duplicates, snapshot.passages(slots)
        further = answer.fused.further if answer.fused else {}
        # A passage may have gone since the snapshot was taken.
        return tuple(
            Hit(
                snapshot.sources[snapshot.source[slot]],
                passage,
                float(score),
                highlighter.spans(passage),
                duplicates.sources_of(slot, answer.selected, snapshot),
                slot in further,
                further.get(slot, ()),
            )
            for slot, score in zip(slots.tolist(), scores, strict=True)
            if (passage := passages.get(slot)) is not None
        )


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
