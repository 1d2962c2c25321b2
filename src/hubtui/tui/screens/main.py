"""The main screen: takes what the user does to the desk, and what the desk answers to the widgets."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from hubtui.tui import phrases
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.desk import PAGE, Desk
from hubtui.tui.layout import (
    COLUMNS,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    PANES,
    TALL,
    Shape,
    column_beside,
    shape_of,
    visible_panes,
)
from hubtui.tui.safe import content
from hubtui.tui.screens.dialogs import ErrorDialog, KeysDialog, ProblemsDialog
from hubtui.tui.screens.rejecting import Rejecting
from hubtui.tui.widgets.bars import StatusBar, TopBar
from hubtui.tui.widgets.facets import CityList, FacetList, SourceList
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.widgets.search import QueryInput, SearchLine
from hubtui.tui.widgets.tabs import Tab, Tabs

if TYPE_CHECKING:
    from hubtui.errors import HubtuiError
    from hubtui.model import Hit, Problem, SyncProgress
    from hubtui.tui.counts import Counts

_WHERE = {
    "sources": Where.LISTS,
    "cities": Where.LISTS,
    "passages": Where.PASSAGES,
    "reader": Where.READER,
}


class MainScreen(Rejecting):
    """Search, sources and cities, passages, reader. The text of the query is the only state."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.ANYWHERE)
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seeds = ""
        self._pane = "cities"
        self._list = "cities"
        self._query = ""
        self._stay = False
        self._syncing = True
        self._progress: SyncProgress | None = None
        self._hit: Hit | None = None
        self._reading: tuple[str, int] | None = None
        self._counts: Counts | None = None
        self._problems: tuple[Problem, ...] = ()
        self._trouble: HubtuiError | None = None
        self._shape = Shape.WIDE

    @property
    def settled(self) -> bool:
        """Whether the screen shows everything it asked for."""
        return not self._syncing and self._desk.idle

    def compose(self) -> ComposeResult:
        """Lay out all panes; what does not fit is hidden."""
        yield TopBar(id="top")
        yield SearchLine(id="search")
        yield Tabs(id="tabs")
        with Horizontal(id="panes"):
            with Vertical(id="lists"):
                yield SourceList(id="sources")
                yield CityList(id="cities")
            with Vertical(id="passages-pane"):
                yield Static(id="notes")
                yield PassageList(id="passages", page=PAGE)
            yield Reader(id="reader")
        yield StatusBar(id="bottom")
        yield Static(id="too-small")

    def on_mount(self) -> None:
        """Name the panes, start in Cities, and set the desk to work."""
        for pane, title in (("sources", "Sources"), ("cities", "Cities"), ("passages-pane", "Passages")):
            self.query_one(f"#{pane}").border_title = content(title)
        self.query_one("#notes").display = False
        self.query_one(Reader).clear()
        self._show_state()
        self.set_focus(self.query_one(f"#{self._pane}"))
        # Only then: the desk imports much, which the first paint need not wait for.
        self.call_after_refresh(self._desk.start, self.post_message)

    # The layout

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        width, height = event.size
        shape = shape_of(width, height)
        # In one go: each change of a class has all styles worked out anew.
        self.classes = (shape.value, "-low") if height < TALL else (shape.value,)
        self.query_one("#too-small", Static).update(
            content(phrases.too_small(width, height, LEAST_WIDTH, LEAST_HEIGHT))
        )
        self._shape = shape
        self._arrange()
        # What was hidden in a tiny terminal takes the keys again once it is laid out.
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if self.focused is None and self._shape is not Shape.TINY:
            self.set_focus(self.query_one(f"#{self._pane}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the user is, and slide the columns there."""
        pane = event.widget.id or ""
        if pane in PANES:
            self._pane = pane
            if pane in COLUMNS[0]:
                self._list = pane
            self._arrange()
        self.query_one(StatusBar).hint(_WHERE.get(pane, Where.SEARCH))

    def _arrange(self) -> None:
        visible = visible_panes(self._shape, self._pane)
        for pane in PANES:
            self._frame(pane).display = pane in visible
        self.query_one("#lists").display = any(pane in visible for pane in COLUMNS[0])
        self.query_one(Tabs).mark(self._pane)

    def _frame(self, pane: str) -> Widget:
        return self.query_one("#passages-pane" if pane == "passages" else f"#{pane}")

    def _go(self, pane: str) -> None:
        self._pane = pane
        self._arrange()
        self.set_focus(self.query_one(f"#{pane}"))

    # What the user does

    @on(Input.Changed, "#query")
    def _query_typed(self, event: Input.Changed) -> None:
        self._stay = False
        self._ask(event.value)

    @on(QueryInput.Left)
    def _query_done(self) -> None:
        self._go("passages")

    @on(FacetList.Chosen)
    def _filter_chosen(self, event: FacetList.Chosen) -> None:
        self._set_filter(event.filter, event.value)

    @on(Rows.Entered)
    def _row_entered(self, event: Rows.Entered) -> None:
        if event.rows.id != "passages":
            self._go("passages")
        elif event.rows.count:
            self._go("reader")

    @on(Tab.Clicked)
    def _tab_clicked(self, event: Tab.Clicked) -> None:
        self._go(event.pane)

    @on(PassageList.Wanted)
    def _page_wanted(self, event: PassageList.Wanted) -> None:
        self._desk.ask_page(self._query, event.offset)

    @on(PassageList.Picked)
    def _passage_picked(self, event: PassageList.Picked) -> None:
        self._pick(event.hit)

    def _pick(self, hit: "Hit | None") -> None:
        """Read the passage in its source."""
        self._hit = hit
        passages, reader = self.query_one(PassageList), self.query_one(Reader)
        self._frame("passages").border_subtitle = content(phrases.place_in(passages.cursor, passages.count))
        if hit is None:
            self._reading = None
            reader.clear()
            return
        if reader.shows(hit.source.id):
            reader.go(hit.passage.label)
        if self._reading != (hit.source.id, self._desk.number):
            self._reading = (hit.source.id, self._desk.number)
            self._desk.ask_source(hit.source.id, self._query)

    def action_focus_search(self) -> None:
        """Put the cursor into the query."""
        if self._shape is Shape.NARROW:
            self._pane = "passages"
            self._arrange()
        line = self.query_one(QueryInput)
        if line.value and not line.has_focus:
            # What is typed now is a word of its own, not the end of a filter's value.
            line.value = f"{line.value.rstrip()} "
            line.cursor_position = len(line.value)
        self.set_focus(line)

    def action_step_pane(self, step: int) -> None:
        """Go to the next or previous pane, the search line being the first."""
        stops = ("query", *PANES)
        here = self.focused.id if self.focused and self.focused.id in stops else self._pane
        stop = stops[(stops.index(here or "query") + step) % len(stops)]
        if stop == "query":
            self.action_focus_search()
        else:
            self._go(stop)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrow keys to the query while it is typed."""
        if action == "step_column" and self.query_one(QueryInput).has_focus:
            return False
        return super().check_action(action, parameters)

    def action_step_column(self, step: int) -> None:
        """Go to the column beside this one."""
        column = column_beside(self._pane, step)
        self._go(self._list if self._list in column else column[0])

    def action_step_hit(self, step: int) -> None:
        """Go to the next or previous hit, wherever the user is."""
        passages = self.query_one(PassageList)
        passages.action_move(step)
        if passages.hit:
            # At once: the next key may already copy it.
            self._pick(passages.hit)

    def action_back(self) -> None:
        """Go one step back: out of the search, to the column before, then filter by filter."""
        if self.focused is self.query_one(QueryInput):
            self._go(self._pane)
        elif self._pane == "reader":
            self._go("passages")
        elif self._pane == "passages":
            self._go(self._list)
        else:
            self._take_back()

    def action_copy_passage(self) -> None:
        """Copy the marked passage with its citation."""
        if self.marked is None:
            self.query_one(StatusBar).tell("There is no passage to copy.", trouble=True)
        else:
            self._desk.ask_copy(self.marked)

    def action_sync(self) -> None:
        """Look for new and changed sources."""
        self._syncing, self._progress = True, None
        self._show_state()
        self._desk.sync()

    def action_show_problems(self) -> None:
        """List the files that could not be read as they should."""
        self.app.push_screen(ProblemsDialog(self._problems))

    def action_show_keys(self) -> None:
        """List the keys."""
        self.app.push_screen(KeysDialog())

    def _take_back(self) -> None:
        from hubtui.search.query import get_filter  # noqa: PLC0415  # after the first paint

        own: str = self.query_one(f"#{self._list}", FacetList).filter
        for name in (own, "city", "source"):
            if get_filter(self._query, name) is not None:
                self._set_filter(name, None)
                return
        if self._query:
            self._set_query("")

    def _set_filter(self, name: str, value: str | None) -> None:
        from hubtui.search.query import set_filter  # noqa: PLC0415  # after the first paint

        self._set_query(set_filter(self.query_one(QueryInput).value, name, value))

    def _set_query(self, query: str) -> None:
        line = self.query_one(QueryInput)
        line.value = query
        if not line.has_focus:
            line.cursor_position = len(query)

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        self._stay = True
        self._ask(self._query)

    def _ask(self, query: str) -> None:
        self._query = query
        self._desk.ask(query)

    # What the desk answers

    @on(Desk.Opened)
    def _opened(self, event: Desk.Opened) -> None:
        self._seeds = str(event.seeds)
        self.query_one(TopBar).name_library(event.name)
        self._ask(self.query_one(QueryInput).value)

    @on(Desk.Answered)
    def _answered(self, event: Desk.Answered) -> None:
        if event.number != self._desk.number:
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

    @on(Desk.Counted)
    def _counted(self, event: Desk.Counted) -> None:
        if event.number != self._desk.number:
            return
        self._counts = event.counts
        self.query_one(SourceList).update_counts(event.counts)
        self.query_one(CityList).update_counts(event.counts)
        self.query_one(SearchLine).say(phrases.selected(event.counts))
        self.query_one(TopBar).count(phrases.holdings(event.counts))
        self._say_why_empty()

    @on(Desk.Read)
    def _read(self, event: Desk.Read) -> None:
        if self._hit and event.number == self._desk.number and event.source.id == self._hit.source.id:
            self.query_one(Reader).open(event.source, event.passages, event.matches, self._hit.passage.label)

    @on(Desk.Copied)
    def _copied(self, event: Desk.Copied) -> None:
        self.app.copy_to_clipboard(event.text)
        self.query_one(StatusBar).tell(phrases.copied(event.passage, event.tool))

    @on(Desk.Progress)
    def _progressed(self, event: Desk.Progress) -> None:
        self._progress = event.progress
        self._show_state()

    @on(Desk.Synced)
    def _synced(self, event: Desk.Synced) -> None:
        self._syncing = False
        self._problems = event.problems
        self._show_state()
        said = phrases.synced(event.report)
        if said:
            self.query_one(StatusBar).tell(said)
            self.refresh_answers()

    @on(Desk.Busy)
    def _waits(self) -> None:
        self.query_one(StatusBar).tell(phrases.BUSY)

    @on(Desk.Failed)
    def _failed(self, event: Desk.Failed) -> None:
        self._syncing = False
        if event.fatal:
            self._trouble = event.error
        self._show_state()
        if not isinstance(self.app.screen, ErrorDialog):
            self.app.push_screen(ErrorDialog(event.error))

    def _show_state(self) -> None:
        parts = [phrases.progress(self._progress)] if self._syncing else []
        parts.append(phrases.problems(len(self._problems)))
        self.query_one(StatusBar).state(" · ".join(filter(None, parts)))
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        """Tell, where there are no passages, why and what to do."""
        counts = self._counts
        if self._trouble:
            said = phrases.failed(self._trouble)
        elif counts and counts.sources:
            said = phrases.nothing_found(self._query)
        elif self._syncing:
            said = phrases.indexing(self._progress)
        else:
            said = phrases.empty_library(self._seeds)
        self.query_one(PassageList).say(*said)
