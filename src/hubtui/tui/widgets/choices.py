"""What the query that is being typed may become, in a list that hangs from the search line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.core.i18n import _
from hubtui.text.cells import character_width, fit, pad, width
from hubtui.tui.render import content

if TYPE_CHECKING:
    from hubtui.search.completion import Choice

_WIDEST = 60
_NARROWEST = 34
_FRAME = 4
"""Cells that the frame and the margins in it take."""


class WholeStrip(Strip):
    """A line that is cut beside wide characters, never through them.

    Textual cuts the lines of a widget wherever a widget below begins or ends, and half a wide character is a
    blank. Here the part in front of such a cut takes all up to the next one, and the part behind is empty:
    put together, and written where the part in front begins, they are the line.
    """

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the parts that end at ``cuts``."""
        ends = [cut for cut in cuts if cut <= self.cell_length]
        torn = self._middles().intersection(ends[:-1])
        whole = iter(super().divide([end for end in ends if end not in torn]))
        parts, goes_on = [], False
        for end in ends:
            parts.append(Strip((), 0) if goes_on else next(whole))
            goes_on = end in torn
        return parts

    def _middles(self) -> set[int]:
        """Return the columns that lie inside a wide character."""
        found, column = set(), 0
        for segment in self:
            for character in segment.text:
                cells = character_width(character)
                if cells == 2:
                    found.add(column + 1)
                column += cells
        return found


class Choices(Widget):
    """A few choices, none or one of them chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--here", "choices--quiet", "choices--accent"}
    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """This choice was clicked."""

        choice: "Choice"

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._choices: Sequence[Choice] = ()
        self._chosen: int | None = None
        self.border_subtitle = content(_("Tab takes it · Esc closes"))
        self.display = False

    @property
    def chosen(self) -> "Choice | None":
        """The choice that was chosen with the arrows."""
        return None if self._chosen is None else self._choices[self._chosen]

    @property
    def first(self) -> "Choice | None":
        """The choice that was chosen, or the first one."""
        return self.chosen or (self._choices[0] if self._choices else None)

    def offer(self, choices: "Sequence[Choice]", x: int, y: int, room: int) -> None:
        """Show choices.

        Args:
            choices: What to show.
            x: The column of the screen in which they begin.
            y: The line in which they begin.
            room: How many columns the screen has.
        """
        kept = self.chosen
        self._choices = choices
        self._chosen = choices.index(kept) if kept in choices else None
        if choices:
            cells = max(map(_cells, choices)) + _FRAME
            cells = min(max(cells, _NARROWEST), _WIDEST, room)
            self.styles.width, self.styles.height = cells, len(choices) + 2
            self.styles.offset = max(0, min(x - 2, room - cells)), y
            self.refresh()
        self.display = bool(choices)

    def close(self) -> None:
        """Show nothing."""
        if self.display:
            self.offer((), 0, 0, 0)

    def choose(self, step: int) -> None:
        """Choose the next or previous one; before the first one none is chosen."""
        at = (-1 if self._chosen is None else self._chosen) + step
        self._chosen = None if at < 0 else min(at, len(self._choices) - 1)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines that stay whole over the borders of what they cover."""
        return [WholeStrip(strip, strip.cell_length) for strip in super().render_lines(crop)]

    def render_line(self, y: int) -> Strip:
        """Return one choice."""
        cells, ground = self.content_size.width, self.visual_style.rich_style
        if y >= len(self._choices):
            return Strip.blank(cells, ground)
        choice, here = self._choices[y], y == self._chosen
        over = self._style("here") if here else Style()
        quiet = Style() if here else self._style("quiet")
        count = "" if choice.passages is None else f"{choice.passages:,}" if choice.passages else "–"
        room = cells - 2 - (len(count) + 1 if count else 0)
        label = fit(choice.label, room)
        note = pad(f"  {choice.note}", room - width(label)) if room > width(label) else ""
        line = [
            Segment("▌" if here or (y == 0 and self._chosen is None) else " ", self._style("accent")),
            Segment(label, quiet if choice.passages == 0 else Style()),
            Segment(note, quiet),
            Segment(f" {count}" if count else "", quiet),
        ]
        laid = [Segment(text, ground + (style or Style()) + over) for text, style, _control in line]
        return Strip(laid).adjust_cell_length(cells, ground + over)

    def on_click(self, event: events.Click) -> None:
        """Take the choice that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._choices):
            self.post_message(self.Clicked(self._choices[offset.y]))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"choices--{part}", partial=True)


def _cells(choice: "Choice") -> int:
    note = width(choice.note) + 2 if choice.note else 0
    count = 0 if choice.passages is None else len(f"{choice.passages:,}") + 2
    return width(choice.label) + note + count + 1
