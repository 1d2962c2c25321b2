"""The panes of the main screen: how they are arranged, and how the user goes from one to another."""

from textual import events, on
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input, Static

from hubtui.tui import phrases
from hubtui.tui.actions import Where, key_of
from hubtui.tui.layout import (
    COLUMNS,
    PANES,
    TALL,
    Shape,
    column_beside,
    shape_of,
    visible_panes,
)
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.search import QueryInput
from hubtui.tui.widgets.tabs import Tabs

_WHERE = {
    "sources": Where.LISTS,
    "cities": Where.LISTS,
    "passages": Where.PASSAGES,
    "reader": Where.READER,
    "find": Where.FIND,
}


class Panes(Base):
    """The part of the main screen that arranges the panes and moves between them."""

    list_pane = "cities"
    """The list the user was in last: ``sources`` or ``cities``."""

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        width, height = event.size
        self.fit(event.size)
        self.query_one("#too-small", Static).update(content(phrases.too_small(width, height, key_of("quit"))))
        self.show_panes()
        # What was hidden in a tiny terminal takes the keys again once it is laid out.
        self.call_after_refresh(self._refocus)

    def fit(self, size: Size) -> None:
        """Take the shape for a terminal of this size."""
        self.shape = shape_of(size.width, size.height)
        # In one go: each change of a class has all styles worked out anew.
        self.classes = (self.shape.value, "-low") if size.height < TALL else (self.shape.value,)

    def _refocus(self) -> None:
        if self.focused is None and self.shape is not Shape.TINY:
            self.set_focus(self.query_one(f"#{self.pane}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the user is, and slide the columns there."""
        pane = event.widget.id or ""
        if pane in PANES:
            self.pane = pane
            if pane in COLUMNS[0]:
                self.list_pane = pane
            self.show_panes()
        self.query_one(StatusBar).hint(_WHERE.get(pane, Where.SEARCH))

    def show_panes(self) -> None:
        """Show the panes that fit beside the one the user is in."""
        visible = visible_panes(self.shape, self.pane)
        for pane in PANES:
            self.frame(pane).display = pane in visible
        self.query_one("#lists").display = any(pane in visible for pane in COLUMNS[0])
        self.query_one(Tabs).mark(self.pane)

    def frame(self, pane: str) -> Widget:
        """Give what frames a pane."""
        return self.query_one(f"#{pane}-pane" if pane in ("passages", "reader") else f"#{pane}")

    def go(self, pane: str) -> None:
        """Take the user to a pane."""
        self.pane = pane
        self.show_panes()
        self.set_focus(self.query_one(f"#{pane}"))

    @on(Tabs.Clicked)
    def _tab_clicked(self, event: Tabs.Clicked) -> None:
        self.go(event.pane)

    def action_focus_search(self) -> None:
        """Put the cursor into the query."""
        if self.shape is Shape.NARROW:
            self.pane = "passages"
            self.show_panes()
        line = self.query_one(QueryInput)
        if line.value and not line.has_focus:
            # What is typed now is a word of its own, not the end of a filter's value.
            line.value = f"{line.value.rstrip()} "
            line.cursor_position = len(line.value)
        self.set_focus(line)

    def action_step_pane(self, step: int) -> None:
        """Go to the next or previous pane, the search line being the first."""
        stops = ("query", *PANES)
        here = self.focused.id if self.focused and self.focused.id in stops else self.pane
        stop = stops[(stops.index(here or "query") + step) % len(stops)]
        if stop == "query":
            self.action_focus_search()
        else:
            self.go(stop)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrow keys to the query while it is typed."""
        if action == "step_column" and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    def action_step_column(self, step: int) -> None:
        """Go to the column beside this one."""
        column = column_beside(self.pane, step)
        self.go(self.list_pane if self.list_pane in column else column[0])
