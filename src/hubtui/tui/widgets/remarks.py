"""What an answer says about itself, above the passages: a line each, the most useful first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.model import Remark
from hubtui.text.cells import fit
from hubtui.tui.actions import key_of

MOST = 4
"""Lines at most."""

_SIGNS = {
    "fault": "!",
    "meant": "?",
    "partial": "~",
    "added": "+",
    "alone": "∑",
    "without": "−",
    "listed": "…",
}


class Remarks(Widget):
    """A few lines, each with a sign of its kind; those that propose a query can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"remarks--sign", "remarks--fault", "remarks--key"}
    ALLOW_SELECT = False

    @dataclass
    class Taken(Message):
        """The user takes the query that a remark proposes."""

        query: str

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._lines: Sequence[Remark] = ()
        self.display = False

    @property
    def proposed(self) -> str:
        """The first query that is proposed, or ``""``."""
        return next((remark.instead for remark in self._lines if remark.instead), "")

    def show(self, remarks: Sequence[Remark], *, calm: bool = False) -> None:
        """Show remarks; with ``calm`` the room they take does not shrink, so that nothing below moves up."""
        without = any(remark.kind == "without" for remark in remarks)
        shown = [remark for remark in remarks if not (without and remark.kind == "alone")]
        self._lines = shown[:MOST]
        before = int(self.styles.height.value) if self.display and self.styles.height else 0
        lines = max(before, len(self._lines)) if calm else len(self._lines)
        if lines:
            self.styles.height = lines
            self.display = True
            self.refresh()
        elif self.display:
            self.display = False

    def render_line(self, y: int) -> Strip:
        """Give one remark."""
        cells, ground = self.content_size.width, self.rich_style
        if y >= len(self._lines):
            return Strip.blank(cells, ground)
        remark = self._lines[y]
        proposes = remark.instead and remark.instead == self.proposed
        key = f"  {key_of('suggestion.take')}" if proposes else ""
        text = fit(remark.text, cells - 2 - len(key))
        sign = self._style("fault" if remark.kind == "fault" else "sign")
        line = [
            Segment(f"{_SIGNS.get(remark.kind, ' ')} ", ground + sign),
            Segment(text, ground),
            Segment(key, ground + self._style("key")),
        ]
        return Strip(line).adjust_cell_length(cells, ground)

    def on_click(self, event: events.Click) -> None:
        """Take what the line proposes."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._lines) and self._lines[offset.y].instead:
            self.post_message(self.Taken(self._lines[offset.y].instead))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"remarks--{part}", partial=True)
