"""The main screen: its panes, and what its parts do together."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.safe import content
from hubtui.tui.screens.about import About
from hubtui.tui.screens.analysing import Analysing
from hubtui.tui.screens.clipping import Clipping
from hubtui.tui.screens.completing import Completing
from hubtui.tui.screens.copying import Copying
from hubtui.tui.screens.finding import Finding
from hubtui.tui.screens.headings import Headings
from hubtui.tui.screens.mentioning import Mentioning
from hubtui.tui.screens.opening import Opening
from hubtui.tui.screens.panes import Panes
from hubtui.tui.screens.rejecting import Rejecting
from hubtui.tui.screens.saved import Saved
from hubtui.tui.screens.searching import PAGE
from hubtui.tui.screens.selected import Selected
from hubtui.tui.screens.syncing import Syncing
from hubtui.tui.widgets.bars import StatusBar, TopBar
from hubtui.tui.widgets.choices import Choices
from hubtui.tui.widgets.facets import CityList, FacetList, SourceList
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader_pane import ReaderPane
from hubtui.tui.widgets.remarks import Remarks
from hubtui.tui.widgets.room import Row, Stack
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.widgets.search import QueryInput, SearchLine
from hubtui.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from hubtui.tui.desk import Desk


class MainScreen(
    Completing,
    Panes,
    Syncing,
    Mentioning,
    Finding,
    Headings,
    Opening,
    Selected,
    Copying,
    Clipping,
    Rejecting,
    Analysing,
    About,
    Saved,
):
    """Search, sources and cities, passages, reader. The text of the query is the only state.

    A class a part: :class:`.Panes` arranges and moves, :class:`.Searching` asks the query and shows hits and
    counts, :class:`.Completing` completes it, :class:`.Stepping` goes back to others, :class:`.Saved` saves
    it, :class:`.About` tells about what is under the cursor, :class:`.Syncing` follows the library,
    :class:`.Reading` opens hits in the reader, :class:`.Copying` copies, :class:`.Clipping` keeps,
    :class:`.Rejecting` rejects
    mentions, :class:`.Analysing` opens the words in context and the comparison.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.ANYWHERE)
    AUTO_FOCUS = ""
    BLANK: ClassVar[bool] = True

    def __init__(self, desk: "Desk", size: Size, query: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.marks = {}
        self._first_query = query
        if query:
            self.pane = "passages"
        self.fit(size)

    def compose(self) -> ComposeResult:
        """Lay out all panes; what does not fit is hidden."""
        yield TopBar(id="top")
        yield SearchLine(id="search")
        yield Tabs(id="tabs")
        with Row(id="panes"):
            with Stack(id="lists"):
                yield SourceList(id="sources")
                yield CityList(id="cities")
            with Vertical(id="passages-pane"):
                yield Remarks(id="notes")
                yield PassageList(id="passages", page=PAGE)
            yield ReaderPane(id="reader-pane")
        yield StatusBar(id="bottom")
        yield Static(id="too-small")
        yield Choices(id="choices")

    def on_mount(self) -> None:
        """Name the panes, start in Cities, or in the passages of a query, and set the desk to work."""
        for pane in ("sources", "cities", "passages"):
            self.frame(pane).border_title = content(_(phrases.TITLES[pane]))
        self.show_state()
        self.set_focus(self.query_one(f"#{self.pane}"))
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        """Begin what the first paint does not wait for."""
        self.desk.start(self.post_message)
        if self._first_query:
            self.set_query(self._first_query)

    @on(Rows.Entered)
    def _row_entered(self, event: Rows.Entered) -> None:
        if event.rows.id != "passages":
            self.go("passages")
        elif event.rows.count:
            self.go("reader")

    def action_back(self) -> None:
        """Go one step back: out of the search, to the column before, then filter by filter."""
        if self.close_choices():
            return
        if self.focused is self.query_one(QueryInput):
            self.go(self.pane)
        elif self.close_find():
            return
        elif self.pane == "reader":
            self.go("passages")
        elif self.pane == "passages":
            self.go(self.list_pane)
        else:
            self._take_back()

    def _take_back(self) -> None:
        from hubtui.search.parser import get_filter  # after the first paint

        own: str = self.query_one(f"#{self.list_pane}", FacetList).filter
        for name in (own, "city", "source"):
            if get_filter(self.query_text, name) is not None:
                self.set_filter(name, None)
                return
        if self.query_text:
            self.set_query("")

    def action_show_keys(self) -> None:
        """List the keys."""
        from hubtui.tui.screens.dialogs import KeysDialog  # after the first paint

        self.app.push_screen(KeysDialog())
