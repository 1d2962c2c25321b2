"""The names of the panes, where only one of them fits on the screen."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from hubtui.core.i18n import _
from hubtui.text.cells import width
from hubtui.tui import strings
from hubtui.tui.layout import PANES
from hubtui.tui.render import content

_GAP = 2
"""Cells between two names."""


class Tabs(Widget):
    """The panes' names in a row, the visible one marked."""

    @dataclass
    class Clicked(Message):
        """The user wants to see this pane."""

        pane: str

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._here = ""

    def mark(self, pane: str) -> None:
        """Mark the visible pane."""
        if pane != self._here:
            self._here = pane
            self.refresh()

    def render(self) -> Content:
        """Return the names."""
        names = (content(_name(pane), "bold $accent" if pane == self._here else "$quiet") for pane in PANES)
        return Content(" " * _GAP).join(names)

    def on_click(self, event: events.Click) -> None:
        """Ask for the pane whose name was clicked."""
        place = event.get_content_offset(self)
        left = 0
        for pane in PANES:
            right = left + width(_name(pane))
            if place and left <= place.x < right:
                self.post_message(self.Clicked(pane))
            left = right + _GAP


def _name(pane: str) -> str:
    return _(strings.TITLES[pane])
