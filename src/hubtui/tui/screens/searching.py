"""Searching on the main screen: the query, the filters in it, and the hits and counts it gives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message
from textual.widgets import Input

from hubtui.tui import phrases
from hubtui.tui.counts import Counter, Counts
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.stepping import Stepping
from hubtui.tui.widgets.bars import TopBar
from hubtui.tui.widgets.facets import CityList, FacetList, SourceList
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.remarks import Remarks
from hubtui.tui.widgets.search import QueryInput, SearchLine

if TYPE_CHECKING:
    from hubtui.core.models import Hit, SearchResult
    from hubtui.library import Library

PAGE = 50
"""How many hits are asked for at a time."""


class Searching(Stepping):
    """The part of the main screen that asks the query and shows hits and counts."""

    @dataclass
    class Answered(Message):
        """The hits from ``offset`` on, for the request with this number.

        Attributes:
            asked: What was looked for.
            further: Another page, with its offset, where the passage that the user is on has gone to that.
        """

        number: int
        query: str
        asked: str
        offset: int
        result: "SearchResult"
        further: "tuple[int, SearchResult] | None" = None

    @dataclass
    class Counted(Message):
        """The counts for the request with this number."""

        number: int
        counts: Counts

    _stay = False
    _state = 0
    _counter: tuple[int, Counter] | None = None
    _typed_to: int | None = None
    """Where in the query one types, while one does."""

    @on(Input.Changed, "#query")
    def _query_typed(self, event: Input.Changed) -> None:
        self._stay = False
        self.ask(event.value)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Ask for the query as it stands, once it is not typed on."""
        from hubtui.search.completion import slot_at  # after the first paint

        slot = None if self._typed_to is None else slot_at(self.query_text, self._typed_to)
        if event.widget.id == "query" and slot and slot.name:
            self.refresh_answers()

    @on(FacetList.Chosen)
    def _filter_chosen(self, event: FacetList.Chosen) -> None:
        self.set_filter(event.filter, event.value)

    @on(Remarks.Taken)
    def _proposal_clicked(self, event: Remarks.Taken) -> None:
        self.set_query(event.query)

    def action_take_proposal(self) -> None:
        """Ask for the query that is proposed above the passages."""
        query = self.query_one(Remarks).proposed
        if query:
            self.set_query(query)
        else:
            self.tell(phrases.nothing_proposed())

    def action_toggle_direct(self) -> None:
        """Count only mentions of a city itself, or also those of places that lie in it."""
        from hubtui.search.parser import toggle_view  # after the first paint

        self.set_query(toggle_view(self.query_one(QueryInput).value, "direct"))

    def set_filter(self, name: str, value: str | None) -> None:
        """Write a filter into the query, or take it out."""
        from hubtui.search.parser import set_filter  # after the first paint

        self.set_query(set_filter(self.query_one(QueryInput).value, name, value))

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        self._stay = True
        self.ask(self.query_text)

    def forget_counts(self) -> None:
        """Count anew from now on: the library holds something else."""
        self._state += 1

    def ask(self, query: str) -> None:
        """Ask for the first hits of a query and the counts; earlier requests go unanswered."""
        line = self.query_one(QueryInput)
        self.query_text = query
        self._typed_to = line.cursor_position if line.has_focus else None
        self.desk.renew()
        self.desk.drop("page")
        self._ask_hits("search", query, 0)
        self.ask_counts()

    @on(FacetList.Sorted)
    def ask_counts(self) -> None:
        """Ask for the counts, in the orders that the lists have."""
        number, query, typed_to = self.desk.number, self.query_text, self._typed_to
        orders = self.query_one(SourceList).order, self.query_one(CityList).order

        def count(library: "Library") -> Message | None:
            if number != self.desk.number:
                return None
            counts = self._count_in(library).count(_finished(library, query, typed_to), *orders)
            return self.Counted(number, counts)

        self.desk.put("count", count, Urgency.BESIDE)

    @on(PassageList.Wanted)
    def _page_wanted(self, event: PassageList.Wanted) -> None:
        self._ask_hits("page", self.query_text, event.offset)

    def _ask_hits(self, kind: str, query: str, offset: int) -> None:
        number, typed_to = self.desk.number, self._typed_to
        held = self.query_one(PassageList).hit if self._stay and not offset else None

        def search(library: "Library") -> Message | None:
            if number != self.desk.number:
                return None
            asked = _finished(library, query, typed_to)
            result = library.search(asked, limit=PAGE, offset=offset)
            further = _page_of(held, library, asked, result) if held else None
            return self.Answered(number, query, asked, offset, result, further)

        self.desk.put(kind, search)

    def _count_in(self, library: "Library") -> Counter:
        state = self._state
        if self._counter is None or self._counter[0] != state:
            self._counter = state, Counter(library)
        return self._counter[1]

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.number != self.desk.number:
            return
        from hubtui.core.models import Diagnostic  # after the first paint

        passages, result = self.query_one(PassageList), event.result
        if event.offset:
            passages.add(event.offset, result)
            if passages.count < result.total:
                said = phrases.truncated(passages.count, result.total)
                self.query_one(Remarks).show([Diagnostic("listed", said)])
            return
        self._mark_faults(event)
        remarks = result.remarks or tuple(Diagnostic("", note) for note in result.notes)
        self.query_one(Remarks).show(
            remarks, alone=not result.hits, calm=self.query_one(QueryInput).has_focus
        )
        passages.answer(result, stay=self._stay, further=event.further)

    def _mark_faults(self, event: Answered) -> None:
        """Underline what is wrong; offsets behind what was left out while it is typed lie further on."""
        left_out = len(event.query) - len(event.asked)
        gap = (self._typed_to or 0) - left_out
        spans = [
            (fault.start, fault.end)
            if fault.start < gap or not left_out
            else (fault.start + left_out, fault.end + left_out)
            for fault in event.result.faults
        ]
        self.query_one(QueryInput).mark(event.query, spans)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        if event.number != self.desk.number:
            return
        self.counts = event.counts
        self.query_one(SourceList).update_counts(event.counts)
        self.query_one(CityList).update_counts(event.counts)
        self.query_one(SearchLine).say(*phrases.selected(event.counts))
        self.query_one(TopBar).count(*phrases.holdings(event.counts))
        self.say_why_empty()

    def say_why_empty(self) -> None:
        """Tell, where there are no passages, why and what to do."""
        raise NotImplementedError


def _page_of(
    hit: "Hit", library: "Library", query: str, first: "SearchResult"
) -> "tuple[int, SearchResult] | None":
    """Give the page that a passage is on, and its offset, unless that is the first."""
    source_id, label = hit.source.id, hit.passage.label
    if any((one.source.id, one.passage.label) == (source_id, label) for one in first.hits):
        return None
    outline = enumerate(library.reader.outline(source_id))
    place = next((place for place, entry in outline if entry.label == label), None)
    rank = None if place is None else library.reader.rank(query, source_id, place)
    if rank is None:
        return None
    offset = rank // PAGE * PAGE
    return offset, library.search(query, limit=PAGE, offset=offset)


def _finished(library: "Library", query: str, typed_to: int | None) -> str:
    """Give the query without the beginning of a filter that is being typed."""
    return query if typed_to is None else library.queries.without_unfinished(query, typed_to)
