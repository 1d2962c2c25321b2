"""The main screen: lays its panes out, moves the user between them, and routes what they say."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.copying import Clipper, Copying, marks_label
from hubtui.tui.faults import named
from hubtui.tui.index_watcher import IndexWatcher
from hubtui.tui.layout import KEYS_OF, PANES, TALL, Shape, shape_of
from hubtui.tui.leaving import LastPlace
from hubtui.tui.library_status import LibraryStatus
from hubtui.tui.panes.facet_pane import FacetList, FacetPane
from hubtui.tui.panes.pane_row import PaneRow
from hubtui.tui.panes.reader_pane import Landing, ReaderPane
from hubtui.tui.panes.results_pane import Remarks, ResultsPane
from hubtui.tui.panes.search_bar import SearchBar
from hubtui.tui.render import content
from hubtui.tui.session import Quoted, Session
from hubtui.tui.widgets.bars import MESSAGE_SECONDS, Notice, StatusBar, TopBar
from hubtui.tui.widgets.choices import Choices
from hubtui.tui.widgets.tabs import Tabs
from hubtui.tui.worker import Follower, LibraryWorker, Priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.core.errors import HubtuiError
    from hubtui.core.models import Passage
    from hubtui.tui.screens.secondary import Outcome


class MainScreen(Screen[None]):
    """Search, sources and cities, passages, reader.

    The panes own what they show and ask for; this screen knows where the user is, and hands on what one
    pane has for another.

    Attributes:
        worker: Runs what needs the library.
        session: What the user is doing; all panes share it.
        copying: Copies and marks.
        shape: How the panes are arranged in a terminal of this size.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.ANYWHERE)
    AUTO_FOCUS = ""
    BLANK: ClassVar[bool] = True
    offers_place = True  # that of the last time, and keeps the present one

    def __init__(self, worker: LibraryWorker, session: Session, size: Size, query: str = "") -> None:
        super().__init__()
        self._first_query = query
        self.worker, self.session = worker, session
        self.shape = Shape.WIDE
        self.copying = Copying(worker, session, self.post_message, self._give_to_terminal)
        self._clipper = Clipper(worker, session, self.post_message, self._show_kept)
        self._library = LibraryStatus()
        self.last_place = LastPlace(self)
        self._fit(size)

    def compose(self) -> ComposeResult:
        """Lay out all panes; what does not fit is hidden."""
        choices, tabs = Choices(id="choices"), Tabs(id="tabs")
        yield TopBar(id="top")
        yield SearchBar(self.worker, self.session, choices, id="search")
        yield tabs
        yield PaneRow(self.worker, self.session, tabs, id="panes")
        yield StatusBar(id="bottom")
        yield Static(id="too-small")
        yield choices

    def on_mount(self) -> None:
        """Start in Cities, or in the passages of a query, and set the worker to work."""
        self._show_state()
        self.panes.go("passages" if self._first_query else self.panes.pane)
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        """Begin what the first paint does not wait for."""
        self.worker.start(self.post_message)
        if self._first_query:
            self.search.set_query(self._first_query)

    @property
    def search(self) -> SearchBar:
        """The query."""
        return self.query_one(SearchBar)

    @property
    def panes(self) -> PaneRow:
        """The panes below the query."""
        return self.query_one(PaneRow)

    @property
    def facets(self) -> FacetPane:
        """Sources and cities."""
        return self.query_one(FacetPane)

    @property
    def results(self) -> ResultsPane:
        """The passages that the query selects."""
        return self.query_one(ResultsPane)

    @property
    def reading(self) -> ReaderPane:
        """The reader."""
        return self.query_one(ReaderPane)

    @property
    def passage(self) -> "Passage | None":
        """The passage the user is on."""
        return self.reading.passage(self.results.passages.hit)

    @property
    def settled(self) -> bool:
        """Whether all that was asked for is shown."""
        return not self._library.syncing and self.worker.idle

    def tell(self, text: str, *, trouble: bool = False, seconds: float = MESSAGE_SECONDS) -> None:
        """Say in the status line what happened."""
        self.query_one(StatusBar).tell(text, trouble=trouble, seconds=seconds)

    def _give_to_terminal(self, text: str) -> None:
        self.app.copy_to_clipboard(text)

    @on(Notice)
    def _noticed(self, event: Notice) -> None:
        self.tell(event.text, trouble=event.trouble)

    # Where the user is.

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        width, height = event.size
        self._fit(event.size)
        self.query_one("#too-small", Static).update(content(strings.too_small(width, height, key_of("quit"))))
        self.panes.fit(self.shape)
        # What was hidden in a tiny terminal takes the keys again once it is laid out.
        self.call_after_refresh(self._refocus)

    def _fit(self, size: Size) -> None:
        """Take the shape for a terminal of this size."""
        self.shape = shape_of(size.width, size.height)
        # In one go: each change of a class has all styles worked out anew.
        self.classes = (self.shape.value, "-low") if size.height < TALL else (self.shape.value,)

    def _refocus(self) -> None:
        if self.focused is None and self.shape is not Shape.TINY:
            self.panes.focus_pane()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer the keys of where the user is."""
        self.query_one(StatusBar).hint(KEYS_OF.get(event.widget.id or "", Where.SEARCH))

    def go(self, pane: str) -> None:
        """Take the user to a pane."""
        self.panes.go(pane)

    @on(Tabs.Clicked)
    def _tab_clicked(self, event: Tabs.Clicked) -> None:
        self.go(event.pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrow keys to what is typed, and Tab to the search bar where it takes something."""
        if action == "step_column" and isinstance(self.focused, Input):
            return False
        if action == "step_pane" and self.search.takes_tab:
            return parameters != (1,)
        return super().check_action(action, parameters)

    def action_focus_search(self) -> None:
        """Put the cursor into the query."""
        if self.shape is Shape.NARROW:
            self.panes.show("passages")
        self.search.begin_word()
        self.set_focus(self.search.input)

    def action_step_pane(self, step: int) -> None:
        """Go to the next or previous pane, the search line being the first."""
        stops = ("query", *PANES)
        here = self.focused.id if self.focused and self.focused.id in stops else self.panes.pane
        stop = stops[(stops.index(here or "query") + step) % len(stops)]
        if stop == "query":
            self.action_focus_search()
        else:
            self.go(stop)

    def action_step_column(self, step: int) -> None:
        """Go to the column beside this one."""
        self.panes.step_column(step)

    def action_back(self) -> None:
        """Go one step back: out of the search, to the column before, then filter by filter."""
        if self.search.close_choices():
            return
        panes = self.panes
        if self.focused is self.search.input:
            panes.focus_pane()
        elif self.reading.close_find():
            return
        elif panes.pane == "reader":
            panes.go("passages")
        elif panes.pane == "passages":
            panes.go(panes.list_pane)
        else:
            self.search.take_back(panes.filter, "city", "source")

    # The query: what one pane has for another.

    @on(SearchBar.Asked)
    def _asked(self, event: SearchBar.Asked) -> None:
        self.results.ask(stay=event.stay, awaited=event.awaited)
        self.facets.ask()

    @on(SearchBar.Done)
    def _typed(self) -> None:
        self.go("passages")

    @on(SearchBar.NextPane)
    def _next_pane(self) -> None:
        self.action_step_pane(1)

    @on(Choices.Clicked)
    def _choice_clicked(self, event: Choices.Clicked) -> None:
        self.search.take_choice(event.choice)

    @on(FacetList.Chosen)
    def _filter_chosen(self, event: FacetList.Chosen) -> None:
        self.search.set_filter(event.filter, event.value)

    @on(Remarks.Taken)
    def _proposal_taken(self, event: Remarks.Taken) -> None:
        self.search.set_query(event.query)

    @on(FacetPane.Counted)
    def _counted(self, event: FacetPane.Counted) -> None:
        self.search.say(*strings.selected(event.counts.whole))
        self.query_one(TopBar).count(*strings.holdings(len(event.counts.sources), event.counts.everything))
        self._say_why_empty()

    @on(ResultsPane.Answered)
    def _answered(self, event: ResultsPane.Answered) -> None:
        if not event.offset:
            self.search.mark_faults(event.query, event.asked, event.result.faults)
            self._say_why_empty()

    @on(ResultsPane.Slow)
    def _answer_is_slow(self) -> None:
        self.search.say(strings.searching())

    @on(ResultsPane.Picked)
    def _hit_picked(self, event: ResultsPane.Picked) -> None:
        self.reading.show(event.hit)

    @on(ReaderPane.Onward)
    def _onward(self, event: ReaderPane.Onward) -> None:
        if event.rank is not None:
            self._go_to_hit(event.rank, event.landing)

    def _go_to_hit(self, rank: int, landing: Landing) -> None:
        self.results.go_to(rank)
        self.reading.show(self.session.hit, landing)

    def action_step_hit(self, step: int) -> None:
        """Go to the next or previous match: in the reader one by one, elsewhere hit by hit."""
        if self.reading.step(step):
            return
        passages = self.results.passages
        rank = passages.cursor + step
        if 0 <= rank < passages.count:
            reads = self.reading.reader.has_focus
            self._go_to_hit(rank, Landing(step=step if reads else 1))
        else:
            self.tell(_("There is no further match") if passages.count else _("There is no match"))

    def action_step_query(self, step: int) -> None:
        """Go to the query before or after this one."""
        self.search.step_query(step)

    def action_toggle_direct(self) -> None:
        """Count only mentions of a city itself, or also those of places that lie in it."""
        self.search.toggle_view("direct")

    def action_take_proposal(self) -> None:
        """Ask for the query that is proposed above the passages."""
        self.results.take_proposal()

    def action_show_searches(self) -> None:
        """List the saved searches, and offer to save the query."""
        from hubtui.tui.dialogs.saved_searches import open_searches  # after the first paint

        open_searches(self, self.worker, self.session.query.strip(), self.search.set_query)

    # The source that is read.

    def action_step_mention(self, step: int) -> None:
        """Go to the next or previous mention of the chosen city."""
        self.reading.step_mention(step)

    async def action_find_in_source(self) -> None:
        """Find words in the source that is open."""
        await self.reading.open_find()

    def action_accept_find(self) -> None:
        """Read on at what was found."""
        self.worker.await_answer("find")
        self.go("reader")

    def action_step_found(self, step: int) -> None:
        """Go to the next or previous place that was found."""
        self.reading.step_found(step)

    def action_show_headings(self) -> None:
        """List the headings of the source that is open."""
        self.reading.open_headings()

    def action_edit_source(self) -> None:
        """Open the file in the user's editor, at the passage."""
        from hubtui.tui.external import edit_source  # after the first paint

        edit_source(self, self.worker, self.reading.at_hand(self.session.hit), self.action_sync)

    def action_open_url(self) -> None:
        """Open the source's address in the browser, at the passage."""
        from hubtui.tui.external import browse_source  # after the first paint

        browse_source(self, self.worker, self.reading.at_hand(self.session.hit), self.copying.copy_text)

    # What is done with the passage.

    @property
    def _quoted(self) -> "Sequence[Quoted]":
        """What a copy takes: what is selected in the reader, else what is marked, else the passage."""
        reader = self.reading.reader
        if reader.has_focus and (selections := reader.selections):
            return selections
        return [(passage, None) for passage in self.session.passages(self.passage)]

    def action_copy_passage(self) -> None:
        """Copy the passage with its citation."""
        self.copying.copy_quotation(self._quoted)

    def action_copy_as(self) -> None:
        """Choose a format and a style, then copy."""
        from hubtui.tui.dialogs.copy_as import open_copy_dialog  # after the first paint

        open_copy_dialog(self, self.worker, self.session, self.copying, self._quoted)

    def action_resume(self) -> None:
        """Go back to where the user was last time."""
        self.last_place.resume()

    def action_mark_passage(self) -> None:
        """Mark the passage, or remove its mark."""
        self.copying.toggle_mark(self.passage)
        self.show_marks()

    def action_unmark_all(self) -> None:
        """Remove all marks."""
        self.session.marks.clear()
        self.show_marks()

    def show_marks(self) -> None:
        """Show what is marked."""
        for pane in (self.results.passages, self.reading.reader):
            pane.show_marks(self.session.marks)
        self._show_state()

    def action_clip(self) -> None:
        """Keep the marked passages, else the current one."""
        self._clipper.clip(self.session.passages(self.passage))

    def _show_kept(self, texts: frozenset[str]) -> None:
        self.results.passages.show_kept(texts)

    def action_reject_mention(self) -> None:
        """Say that a name in the passage does not mean the chosen city."""
        from hubtui.tui.dialogs.rejection import MentionRejection  # after the first paint

        MentionRejection(self, self.worker, self.session, self._library_changed).open(self.passage)

    def action_undo(self) -> None:
        """Take back what was kept or rejected last, since the start."""
        self.worker.submit("say", self.session.undo, Priority.ACTION)

    def action_show_about(self) -> None:
        """Show what is known of the source, the city or the passage the user is on."""
        from hubtui.tui.dialogs.about import open_about  # after the first paint

        open_about(self, self.worker, self.facets.focused or self.passage, self.session.query)

    # Other screens.

    def action_words_in_context(self) -> None:
        """Show every match of the query on a line of its own."""
        from hubtui.tui.screens.concordance import ConcordanceScreen  # after the first paint

        query, narrowed = self.session.query.strip(), self.search.set_query
        self.app.push_screen(ConcordanceScreen(self.worker, self.session, query, narrowed), self._come_back)

    def action_compare(self) -> None:
        """Ask what to compare the query with, and compare them."""
        from hubtui.tui.screens.compare import open_comparison  # after the first paint

        open_comparison(self, self.worker, self.session, self._come_back)

    def action_show_clippings(self) -> None:
        """Show all clippings."""
        from hubtui.tui.screens.clippings import ClippingsScreen  # after the first paint

        def back(outcome: "Outcome") -> None:
            self._clipper.look()
            self._come_back(outcome)

        self.app.push_screen(ClippingsScreen(self.worker, self.session), back)

    def _come_back(self, outcome: "Outcome") -> None:
        """Do what the user wanted on leaving another screen."""
        from hubtui.tui.screens.secondary import AskQuery, ReadHit, SearchAgain  # loaded by now

        match outcome:
            case SearchAgain():
                self.action_focus_search()
            case AskQuery(query):
                self.search.set_query(query)
                self.go("passages")
            case ReadHit(hit, query):
                if not self.results.await_hit(hit, query):
                    self.search.set_query(query)
                self.go("reader")

    def action_show_keys(self) -> None:
        """List the keys."""
        from hubtui.tui.dialogs.text_dialogs import KeysDialog  # after the first paint

        self.app.push_screen(KeysDialog())

    # The library.

    def action_sync(self) -> None:
        """Look for new and changed sources."""
        self._library.begin_sync()
        self._show_state()
        self.worker.sync()

    def action_show_problems(self) -> None:
        """List the files that could not be read as they should."""
        from hubtui.tui.dialogs.text_dialogs import ProblemsDialog  # after the first paint

        self.app.push_screen(ProblemsDialog(self._library.problems))

    @on(LibraryWorker.Opened)
    def _opened(self, event: LibraryWorker.Opened) -> None:
        self._library.seeds = str(event.seeds)
        self.query_one(TopBar).name_library(event.name)
        self.search.open()
        self._clipper.look()
        self.last_place.recall()

    @on(IndexWatcher.Progress)
    @on(IndexWatcher.Busy)
    def _sync_goes_on(self, event: IndexWatcher.Progress | IndexWatcher.Busy) -> None:
        self._library.follow(event)
        self._show_state()

    @on(IndexWatcher.PartialSync)
    def _library_changed(self) -> None:
        self.facets.forget()
        self.search.refresh_answers()
        for screen in self.app.screen_stack:
            if isinstance(screen, Follower) and screen.is_mounted:
                screen.follow_library()

    @on(IndexWatcher.Synced)
    def _synced(self, event: IndexWatcher.Synced) -> None:
        self._library.end_sync(event.problems)
        self._show_state()
        if message := strings.synced(event.report):
            self.tell(message)
            self._library_changed()
        self.copying.check_marks(event.report, self.show_marks)

    @on(IndexWatcher.SyncFailed)
    def _sync_failed(self, event: IndexWatcher.SyncFailed) -> None:
        self._fail(named(event.error))

    @on(LibraryWorker.Failed)
    def _failed(self, event: LibraryWorker.Failed) -> None:
        if event.fatal:
            self._library.error = event.error
        self._fail(event.error)

    def _fail(self, error: "HubtuiError") -> None:
        self._library.syncing = False
        self._show_state()
        from hubtui.tui.dialogs.text_dialogs import ErrorDialog  # after the first paint

        if not isinstance(self.app.screen, ErrorDialog):
            self.app.push_screen(ErrorDialog(error))

    def _show_state(self) -> None:
        """Say at the right end of the status line what goes on."""
        parts = [marks_label(len(self.session.marks)), *self._library.summary()]
        self.query_one(StatusBar).state(" · ".join(filter(None, parts)))
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        """Say, where there are no passages, why and what to do."""
        passages = self.results.passages
        if not passages.count:
            passages.say(*self._library.why_empty(self.session))
