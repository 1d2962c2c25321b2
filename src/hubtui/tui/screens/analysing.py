"""From the main screen to the words in context and to comparing, and back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from hubtui.tui import phrases
from hubtui.tui.screens.base import Base
from hubtui.tui.screens.searching import Searching
from hubtui.tui.widgets.passages import PassageList

if TYPE_CHECKING:
    from hubtui.core.models import Hit
    from hubtui.tui.screens.beside import Afterwards


class Analysing(Base):
    """The part of the main screen that opens the screens beside it, and shows what they found."""

    _awaited: "Hit | None" = None

    def action_words_in_context(self) -> None:
        """Show every match of the query on a line of its own."""
        from hubtui.tui.screens.concordance import ConcordanceScreen  # after the first paint

        screen = ConcordanceScreen(self.desk, self.query_text.strip(), self.set_query)
        self.app.push_screen(screen, self._back)

    def action_compare(self) -> None:
        """Ask what to compare the query with, and compare them."""
        query = self.query_text.strip()
        if query:
            self._ask_companion([query], lambda other: self._compare([query, other]))
        else:
            self._ask_companion(
                [], lambda one: self._ask_companion([one], lambda other: self._compare([one, other]))
            )

    def _compare(self, queries: Sequence[str]) -> None:
        from hubtui.tui.screens.compare import CompareScreen  # after the first paint

        self.app.push_screen(CompareScreen(self.desk, queries, self._ask_companion), self._back)

    def _ask_companion(self, queries: Sequence[str], then: Callable[[str], None]) -> None:
        """Ask for one more query beside these."""
        from hubtui.search.parser import get_filter, set_filter  # after the first paint
        from hubtui.tui.screens.companion import CompanionDialog  # see above

        counts = self.counts
        first = queries[0] if queries else ""
        compared = {get_filter(query, "city") for query in queries}
        places = [
            entry
            for entry in (counts.by_place if counts else ())
            if counts is not None and counts.names[entry.place.id] not in compared
        ]

        def take(answer: str | None) -> None:
            if answer is None:
                return
            city = get_filter(answer, "city")
            # Of the same question about another city, only the city is said.
            same = city is not None and answer.startswith("city:") and get_filter(first, "city") is not None
            then(set_filter(first, "city", city) if same else answer)

        names = counts.names if counts else {}
        self.app.push_screen(CompanionDialog(self._named(first), places, names), take)

    def _named(self, query: str) -> str:
        """Give the name of the chosen city where a query asks for nothing else, or the query, or ``""``."""
        counts = self.counts
        for entry in counts.by_place if counts else ():
            if counts is not None and query == f"city:{counts.names[entry.place.id]}":
                return phrases.place_name(entry.place)
        return query

    def _back(self, afterwards: "Afterwards | None") -> None:
        if afterwards is not None:
            afterwards(self)

    def show_hit(self, hit: "Hit", query: str) -> None:
        """Read a passage in its source, with what a query finds in it."""
        self._awaited = hit
        if query == self.query_text.strip():
            self._show_awaited()
        else:
            self.set_query(query)
        self.go("reader")

    @on(Searching.Answered)
    def _hits_answered(self, event: Searching.Answered) -> None:
        if event.number == self.desk.number and not event.offset:
            # After the list has shown the answer.
            self.call_later(self._show_awaited)

    def _show_awaited(self) -> None:
        hit, self._awaited = self._awaited, None
        if hit and not self.query_one(PassageList).go_to(hit.source.id, hit.passage.label):
            self.call_after_refresh(self.pick, hit)
