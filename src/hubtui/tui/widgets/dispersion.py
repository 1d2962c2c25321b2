"""A strip beside the reader: where in the source what was looked for lies, and which part is in view."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.tui.leaves import Marked

if TYPE_CHECKING:
    from hubtui.tui.widgets.reader import Reader

_SIGNS = {Marked.MATCHES: "━", Marked.NAMED: "•"}
"""A sign for each kind, in a column of its own: they can be told apart without colour."""


class Dispersion(Widget):
    """Two columns as high as the reader: matches in the left one, mentions of the chosen city in the right.

    It stands in for the scrollbar: a click or a drag goes to that part of the source.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dispersion--matches",
        "dispersion--named",
        "dispersion--view",
    }
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """The user wants to see what lies at this share (0 to 1) of the source."""

        share: float

    def __init__(self, reader: "Reader", *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._reader = reader
        self._dragging = False

    def render_line(self, y: int) -> Strip:
        """Give one line of the strip."""
        height = self.size.height
        first, after, total = self._reader.view
        scale = max(total, height, 1)
        base = self.visual_style.rich_style
        if first * height < (y + 1) * scale and after * height > y * scale and total > height:
            base += self.get_component_rich_style("dispersion--view", partial=True)
        drawn = []
        for marked, sign in _SIGNS.items():
            style = self.get_component_rich_style(f"dispersion--{marked.name.lower()}", partial=True)
            shown = y in self._reader.spread_rows(marked, height)
            drawn.append(Segment(sign if shown else " ", base + style))
        return Strip(drawn)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go where the mouse is, and follow it."""
        self._dragging = True
        self.capture_mouse()
        self._pick(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        if self._dragging:
            self._pick(event)

    def on_mouse_up(self) -> None:
        """Let the mouse go."""
        self._dragging = False
        self.release_mouse()

    def _pick(self, event: events.MouseEvent) -> None:
        y = max(0, min(event.screen_y - self.region.y, self.size.height - 1))
        self.post_message(self.Picked((y + 0.5) / max(1, self.size.height)))
