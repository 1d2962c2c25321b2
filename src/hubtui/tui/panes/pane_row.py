"""The panes below the query, side by side as far as there is room; and the user's way between them."""

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.layout import COLUMNS, PANES, Shape, column_beside, visible_panes
from hubtui.tui.panes.facet_pane import FacetList, FacetPane
from hubtui.tui.panes.reader_pane import ReaderPane
from hubtui.tui.panes.results_pane import ResultsPane
from hubtui.tui.render import content
from hubtui.tui.session import Session
from hubtui.tui.widgets.containers import Row
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.widgets.tabs import Tabs
from hubtui.tui.worker import LibraryWorker


class PaneRow(Row):
    """Facets, results and reader; where not all of them fit, the columns slide with the user.

    Attributes:
        pane: The id of the pane the user is in, or was in last.
        list_pane: The list the user was in last: ``sources`` or ``cities``.
    """

    def __init__(
        self, worker: LibraryWorker, session: Session, tabs: Tabs, *, id: str
    ) -> None:  # Textual's name for it
        """Hold the panes of ``session``; ``tabs`` names the one that is shown alone."""
        super().__init__(id=id)
        self.pane = self.list_pane = "cities"
        self._worker, self._session, self._tabs = worker, session, tabs
        self._shape = Shape.WIDE

    def compose(self) -> ComposeResult:
        """Lay out all panes; what does not fit is hidden."""
        yield FacetPane(self._worker, self._session, id="lists")
        yield ResultsPane(self._worker, self._session, id="passages-pane")
        yield ReaderPane(self._worker, self._session, partial(self.go, "reader"), id="reader-pane")

    def on_mount(self) -> None:
        """Name the panes; the reader is named after its source."""
        for pane in ("sources", "cities", "passages"):
            self._frame(pane).border_title = content(_(strings.TITLES[pane]))

    @property
    def filter(self) -> str:
        """The filter that the user's list writes into the query."""
        return self.query_one(f"#{self.list_pane}", FacetList).filter

    def fit(self, shape: Shape) -> None:
        """Arrange the panes for a terminal of another size."""
        self._shape = shape
        self.show(self.pane)

    def show(self, pane: str) -> None:
        """Show a pane, and what fits beside it."""
        self.pane = pane
        visible = visible_panes(self._shape, pane)
        for one in PANES:
            self._frame(one).display = one in visible
        self.query_one(FacetPane).display = any(one in visible for one in COLUMNS[0])
        self._tabs.mark(pane)

    def go(self, pane: str) -> None:
        """Take the user to a pane."""
        self.show(pane)
        self.focus_pane()

    def focus_pane(self) -> None:
        """Return the keys to the pane the user is in, or was in last."""
        self.screen.set_focus(self.query_one(f"#{self.pane}"))

    def step_column(self, step: int) -> None:
        """Go to the column beside this one."""
        column = column_beside(self.pane, step)
        self.go(self.list_pane if self.list_pane in column else column[0])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the user is, and slide the columns there."""
        pane = event.widget.id or ""
        if pane in PANES:
            if pane in COLUMNS[0]:
                self.list_pane = pane
            self.show(pane)

    @on(Rows.Entered)
    def _row_entered(self, event: Rows.Entered) -> None:
        if event.rows.id != "passages":
            self.go("passages")
        elif event.rows.count:
            self.go("reader")

    def _frame(self, pane: str) -> Widget:
        """Return the widget that frames a pane."""
        return self.query_one(f"#{pane}-pane" if pane in ("passages", "reader") else f"#{pane}")
