"""Compare: two to four cities, or any queries, side by side, and what they have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from hubtui.core.i18n import _
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.dialogs.companion import ask_companion
from hubtui.tui.layout import TALL
from hubtui.tui.screens.secondary import AskQuery, HeadingBar, Outcome, ReadHit, SecondaryScreen
from hubtui.tui.session import Session
from hubtui.tui.widgets import compare_text
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.compare_column import PAGE, VIEWS, CompareColumn
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.analysis.comparison import Comparison
    from hubtui.core.models import Passage, SearchResult
    from hubtui.library import Library

LEAST_COLUMN = 36
"""Cells that a column needs."""
MOST = 4
"""Queries that can be compared."""


class CompareScreen(SecondaryScreen):
    """A column for each query and one for the passages of all; ``Tab`` turns to words and cities."""

    CSS_PATH = "compare.tcss"
    where = Where.COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(where)

    @dataclass
    class Listed(Message):
        """The first passages of each query, and of all together, for the request of this number."""

        number: int
        queries: tuple[str, ...]
        results: tuple["SearchResult", ...]

    @dataclass
    class Paged(Message):
        """Further passages of a column."""

        column: CompareColumn
        offset: int
        result: "SearchResult"

    @dataclass
    class Compared(Message):
        """What sets the queries apart and what they share, for the request of this number."""

        number: int
        comparison: "Comparison"

    def __init__(self, worker: LibraryWorker, session: Session, queries: Sequence[str]) -> None:
        """Compare ``queries``."""
        super().__init__(worker, session)
        self._queries = list(queries)
        self._number = 0
        self._comparison: Comparison | None = None
        self._place = 0
        self._view = VIEWS[0]
        self._labels: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the frame; the columns come with the answer."""
        yield HeadingBar(id="heading")
        yield Horizontal(id="columns")
        yield StatusBar(id="bottom")

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(StatusBar).hint(Where.COMPARISON)
        self._ask()

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as fit."""
        self.set_class(event.size.height < TALL, "-low")
        self._arrange()

    @property
    def _columns(self) -> list[CompareColumn]:
        return list(self.query(CompareColumn))

    @property
    def column(self) -> CompareColumn | None:
        """The column the user is in."""
        columns = self._columns
        return columns[min(self._place, len(columns) - 1)] if columns else None

    @property
    def rows(self) -> Rows | None:
        """The list that has the keys."""
        return self.column.rows if self.column else None

    @property
    def passage(self) -> "Passage | None":
        """The passage under the cursor."""
        hit = self.column.hit if self.column else None
        return hit.passage if hit else None

    def follow_library(self) -> None:
        """Ask again; the user stays where they are."""
        self._ask(awaited=False)

    def _ask(self, *, awaited: bool = True) -> None:
        """Ask for passages, then for the comparison; ``awaited`` where the next keys are meant for them."""
        self._number += 1
        self._comparison = None
        number, queries = self._number, tuple(self._queries)

        def first(library: "Library") -> Message:
            from hubtui.analysis.comparison import joined  # after the first paint

            asked = tuple(dict.fromkeys(library.queries.for_city(query) for query in queries))
            every = (*asked, joined(asked))
            return self.Listed(number, asked, tuple(library.search(query, limit=PAGE) for query in every))

        def whole(library: "Library") -> Message | None:
            return (
                self.Compared(number, library.analysis.compare(queries)) if number == self._number else None
            )

        self.worker.submit("compare", first, post=self.post_message, awaited=awaited)
        self.worker.submit("compare", whole, Priority.LONG, post=self.post_message)
        self._say()

    @on(Listed)
    async def _passages_listed(self, event: Listed) -> None:
        if event.number != self._number:
            return
        from hubtui.analysis.comparison import joined  # after the first paint

        self._queries = list(event.queries)
        queries = (*event.queries, joined(event.queries))
        frame, columns = self.query_one("#columns"), self._columns
        stays = tuple(column.query_text for column in columns) == queries
        if not stays:
            self._labels = [*event.queries, compare_text.all_of(len(event.queries))]
            await frame.remove_children()
            columns = [CompareColumn(query, place) for place, query in enumerate(queries)]
            await frame.mount_all(columns)
        if not all(column.query(Rows) for column in columns):
            return  # the screen was left meanwhile: Textual mounts nothing in what is being removed
        for column, label, result in zip(columns, self._labels, event.results, strict=True):
            everyones = column is columns[-1]
            column.answer(
                result,
                _("No passage is among all of them.") if everyones else _("No passage matches."),
                stay=stays,
            )
            column.call(label)
            column.turn(self._view)
        self._place = min(self._place, len(columns) - 1)
        self._go()
        self._tell_apart()

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        if event.number == self._number:
            self._comparison = event.comparison
            self._tell_apart()

    def _tell_apart(self) -> None:
        """Say in each column what sets it apart, as soon as both are here."""
        columns, found = self._columns, self._comparison
        if found is None or len(columns) != len(found.sides) + 1:
            return
        self._labels = [*(side.label for side in found.sides), compare_text.all_of(len(found.sides))]
        texts = [
            *(compare_text.apart(found, place) for place in range(len(found.sides))),
            compare_text.shared(found),
        ]
        for column, label, shown in zip(columns, self._labels, texts, strict=True):
            column.call(label)
            column.about(shown.about)
            column.tell("words", shown.words, shown.counted, shown.no_words)
            column.tell("places", shown.places, shown.placed, shown.no_places)
        self._say()

    @on(CompareColumn.Wanted)
    def _page_wanted(self, event: CompareColumn.Wanted) -> None:
        column, offset = event.column, event.offset

        def page(library: "Library") -> Message:
            result = library.search(column.query_text, limit=PAGE, offset=offset)
            return self.Paged(column, offset, result)

        self.worker.submit(f"compare page {column.id}", page, post=self.post_message)

    @on(Paged)
    def _paged(self, event: Paged) -> None:
        if event.column.is_attached:
            event.column.add(event.offset, event.result)

    @on(Rows.Entered)
    def _row_entered(self) -> None:
        column = self.column
        if column is None:
            return
        if column.hit is not None:
            self.dismiss(ReadHit(column.hit, column.query_text))
        elif column.tally is not None:
            self.dismiss(AskQuery(f"{column.query_text} {column.tally.word}".strip()))

    def action_step(self, step: int) -> None:
        """Go to the column beside this one."""
        self._place = max(0, min(self._place + step, len(self._columns) - 1))
        self._go()

    def action_turn(self, step: int) -> None:
        """Turn from passages to words, to cities, and round."""
        self._view = VIEWS[(VIEWS.index(self._view) + step) % len(VIEWS)]
        for column in self._columns:
            column.turn(self._view)
        self._go()

    def action_add(self) -> None:
        """Ask for one more query."""
        if len(self._queries) == MOST:
            self.tell(_("Four are compared at most; x takes a column out."), trouble=True)
        else:
            ask_companion(self, self.session.counts, self._queries, self._add)

    def _add(self, query: str) -> None:
        self._queries.append(query)
        self._place = len(self._queries) - 1
        self._ask()

    def action_remove(self) -> None:
        """Take a query out."""
        if self._place >= len(self._queries):
            self.tell(_("This column is what the others have in common."), trouble=True)
        elif len(self._queries) == 2:
            self.tell(_("Two are compared at least; a adds one."), trouble=True)
        else:
            del self._queries[self._place]
            self._ask()

    def _go(self) -> None:
        """Take the user to their column."""
        self._arrange()
        if self.column is not None:
            self.set_focus(self.column.rows)
        self._say()

    def _arrange(self) -> None:
        """Show the columns that fit, the user's among them."""
        columns = self._columns
        fitting = max(1, self.size.width // LEAST_COLUMN)
        first = max(0, min(self._place - fitting + 1, len(columns) - fitting))
        for place, column in enumerate(columns):
            column.display = first <= place < first + fitting

    def _say(self) -> None:
        """Say what is compared, and where the user is."""
        labels = self._labels or self._queries
        amount = f"{self._place + 1}/{len(self._labels)}" if self._labels else _("looking …")
        self.query_one(HeadingBar).say(
            _("Compare"), " · ".join(labels), f"{amount} · {_(compare_text.VIEWS[self._view])}"
        )


def open_comparison(
    screen: Screen[Any], worker: LibraryWorker, session: Session, back: "Callable[[Outcome], None]"
) -> None:
    """Ask what to compare the session's query with, compare them, and go ``back``."""
    ask = partial(ask_companion, screen, session.counts)

    def ask_other(one: str) -> None:
        ask([one], lambda other: compare([one, other]))

    def compare(queries: Sequence[str]) -> None:
        screen.app.push_screen(CompareScreen(worker, session, queries), back)

    query = session.query.strip()
    if query:
        ask_other(query)
    else:
        ask([], ask_other)
