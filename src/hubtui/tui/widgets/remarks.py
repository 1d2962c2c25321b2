"""What an answer says about itself, above the passages: each remark on lines of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.text.cells import fit, printable
from hubtui.text.wrap import wrap
from hubtui.tui.actions import key_of

if TYPE_CHECKING:
    from hubtui.core.models import Diagnostic

MOST, MOST_ALONE = 4, 12
"""Lines at most, above passages and where there are none."""

_INDENT = 2
_MARGINS = 2
_SIGNS = {
    "fault": "!",
    "meant": "?",
    "partial": "~",
    "added": "+",
    "alone": "∑",
    "without": "−",
    "listed": "…",
}


@dataclass(frozen=True, slots=True)
class _Line:
    remark: "Diagnostic"
    text: str
    opens: bool


class Remarks(Widget):
    """A few lines, each remark with a sign of its kind; those that propose a query can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"remarks--sign", "remarks--fault", "remarks--key"}
    ALLOW_SELECT = False

    @dataclass
    class Taken(Message):
        """The user takes the query that a remark proposes."""

        query: str

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._remarks: Sequence[Diagnostic] = ()
        self._lines: Sequence[_Line] = ()
        self._most = MOST
        self._room = 0
        self.display = False

    @property
    def proposed(self) -> str:
        """The first query that is proposed, or ``""``."""
        return next((remark.instead for remark in self._remarks if remark.instead), "")

    def show(self, remarks: Sequence["Diagnostic"], *, alone: bool = False, calm: bool = False) -> None:
        """Show remarks.

        Args:
            remarks: The most useful first.
            alone: Whether there are no passages below, so that there is more room.
            calm: Whether the room they take must not shrink, so that nothing below moves up.
        """
        without = any(remark.kind == "without" for remark in remarks)
        self._remarks = [remark for remark in remarks if not (without and remark.kind == "alone")]
        self._most = MOST_ALONE if alone else MOST
        self._flow(self._room if calm and not alone else 0)

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._flow(0)

    def _flow(self, least: int) -> None:
        pane = self.parent
        cells = pane.content_size.width - _MARGINS - _INDENT if isinstance(pane, Widget) else 0
        self._lines = list(islice(self._set(max(10, cells)), self._most))
        room = max(least, len(self._lines))
        if room:
            if room != self._room or not self.display:
                self.styles.height = room
                self.display = True
            self.refresh()
        elif self.display:
            self.display = False
        self._room = room

    def _set(self, cells: int) -> "list[_Line]":
        return [
            _Line(remark, text[start:end], opens=not start)
            for remark in self._remarks
            for text in [printable(remark.text)]
            for start, end in wrap(text, cells)
        ]

    def render_line(self, y: int) -> Strip:
        """Give one line."""
        cells, ground = self.content_size.width, self.visual_style.rich_style
        if y >= len(self._lines):
            return Strip.blank(cells, ground)
        line = self._lines[y]
        remark, sign = line.remark, " "
        style = self._style("fault" if remark.kind == "fault" else "sign")
        if line.opens:
            first = bool(remark.instead) and remark.instead == self.proposed
            sign = key_of("suggestion.take") if first else _SIGNS.get(remark.kind, " ")
            style = self._style("key") if first else style
        text = fit(line.text, cells - _INDENT)
        laid = [Segment(sign[:1].ljust(_INDENT), ground + style), Segment(text, ground)]
        return Strip(laid).adjust_cell_length(cells, ground)

    def on_click(self, event: events.Click) -> None:
        """Take what the line proposes."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._lines) and self._lines[offset.y].remark.instead:
            self.post_message(self.Taken(self._lines[offset.y].remark.instead))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"remarks--{part}", partial=True)
