"""The names of the panes, where only one of them fits on the screen."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from hubtui.i18n import _
from hubtui.tui import phrases
from hubtui.tui.layout import PANES
from hubtui.tui.safe import content


class Tab(Static):
    """One pane's name."""

    @dataclass
    class Clicked(Message):
        """The user wants to see this pane."""

        pane: str

    def __init__(self, pane: str) -> None:
        super().__init__(content(_(phrases.TITLES[pane])), id=f"tab-{pane}")
        self._pane = pane

    def on_click(self) -> None:
        """Ask for the pane."""
        self.post_message(self.Clicked(self._pane))


class Tabs(Horizontal):
    """The panes' names in a row, the visible one marked."""

    def compose(self) -> ComposeResult:
        """Lay out the names."""
        yield from map(Tab, PANES)

    def mark(self, pane: str) -> None:
        """Mark the visible pane."""
        for name in PANES:
            self.query_one(f"#tab-{name}").set_class(name == pane, "-visible")
