"""Searching on the main screen: the query, the filters in it, and the hits and counts it gives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.model import SearchResult
from hubtui.tui import phrases
from hubtui.tui.counts import Counter, Counts
from hubtui.tui.desk import Urgency
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.bars import TopBar
from hubtui.tui.widgets.facets import CityList, FacetList, SourceList
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.search import QueryInput, SearchLine

if TYPE_CHECKING:
    from hubtui.library import Library

PAGE = 50
"""How many hits are asked for at a time."""


class Searching(Base):
    """The part of the main screen that asks the query and shows hits and counts."""

    @dataclass
    class Answered(Message):
        """The hits from ``offset`` on, for the request with this number."""

        number: int
        query: str
        offset: int
        result: SearchResult

    @dataclass
    class Counted(Message):
        """The counts for the request with this number."""

        number: int
        counts: Counts

    _stay = False
    _state = 0
    _counter: tuple[int, Counter] | None = None

    @on(Input.Changed, "#query")
    def _query_typed(self, event: Input.Changed) -> None:
        self._stay = False
        self.ask(event.value)

    @on(QueryInput.Left)
    def _query_done(self) -> None:
        self.go("passages")

    @on(FacetList.Chosen)
    def _filter_chosen(self, event: FacetList.Chosen) -> None:
        self.set_filter(event.filter, event.value)

    def set_filter(self, name: str, value: str | None) -> None:
        """Write a filter into the query, or take it out."""
        from hubtui.search.query import set_filter  # noqa: PLC0415  # after the first paint

        self.set_query(set_filter(self.query_one(QueryInput).value, name, value))

    def set_query(self, query: str) -> None:
        """Write the query, as if it had been typed."""
        line = self.query_one(QueryInput)
        line.value = query
        if not line.has_focus:
            line.cursor_position = len(query)

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        self._stay = True
        self.ask(self.query_text)

    def forget_counts(self) -> None:
        """Count anew from now on: the library holds something else."""
        self._state += 1

    def ask(self, query: str) -> None:
        """Ask for the first hits of a query and the counts; earlier requests go unanswered."""
        self.query_text = query
        number = self.desk.renew()
        self.desk.drop("page")
        self._ask_hits("search", query, 0)
        self.desk.put("count", lambda library: self._count(library, number, query), Urgency.BESIDE)

    @on(PassageList.Wanted)
    def _page_wanted(self, event: PassageList.Wanted) -> None:
        self._ask_hits("page", self.query_text, event.offset)

    def _ask_hits(self, kind: str, query: str, offset: int) -> None:
        number = self.desk.number

        def search(library: "Library") -> Message | None:
            if number != self.desk.number:
                return None
            return self.Answered(number, query, offset, library.search(query, limit=PAGE, offset=offset))

        self.desk.put(kind, search)

    def _count(self, library: "Library", number: int, query: str) -> Message:
        state = self._state
        if self._counter is None or self._counter[0] != state:
            self._counter = state, Counter(library)
        return self.Counted(number, self._counter[1].count(query))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.number != self.desk.number:
            return
        passages = self.query_one(PassageList)
        if event.offset:
            passages.add(event.offset, event.result)
            if passages.count < event.result.total:
                self._note(phrases.truncated(passages.count, event.result.total))
            return
        self._note(phrases.notes(event.result))
        passages.answer(event.result, stay=self._stay)

    def _note(self, said: str) -> None:
        notes = self.query_one("#notes", Static)
        notes.update(content(said))
        notes.display = bool(said)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        if event.number != self.desk.number:
            return
        self.counts = event.counts
        self.query_one(SourceList).update_counts(event.counts)
        self.query_one(CityList).update_counts(event.counts)
        self.query_one(SearchLine).say(phrases.selected(event.counts))
        self.query_one(TopBar).count(phrases.holdings(event.counts))
        self.say_why_empty()

    def say_why_empty(self) -> None:
        """Tell, where there are no passages, why and what to do."""
        raise NotImplementedError
