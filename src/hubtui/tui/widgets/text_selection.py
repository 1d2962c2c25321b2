"""Selecting text with the mouse: the source's text, whatever the lines on screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events

from hubtui.text.cells import character_width
from hubtui.tui.widgets.page import LongPage

if TYPE_CHECKING:
    from textual.timer import Timer

    from hubtui.core.models import Passage, Span
    from hubtui.tui.widgets.page import PageLine

_SCROLL_SECONDS = 0.05
"""Between two lines, while the mouse is held above or below the text."""


class TextSpot(NamedTuple):
    """A character of a source, or the end of a line.

    Attributes:
        passage: Place of the passage in the source, from 0.
        start: Offset of the character, with the marks on it.
        end: Offset after it; the same as ``start`` at the end of a line.
    """

    passage: int
    start: int
    end: int


class SelectablePage(LongPage):
    """A page in which a stretch of text is selected by dragging, also beyond what is in view."""

    ALLOW_SELECT = False  # Textual's own selects what stands on the screen, line by line

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._from: TextSpot | None = None
        self._to: TextSpot | None = None
        self._dragging = False
        self._pointer = (0, 0)
        self._scroller: Timer | None = None

    def passage_at(self, index: int) -> "Passage | None":
        """Return the passage at a place in the source, if it is here."""
        raise NotImplementedError

    @property
    def selections(self) -> Sequence[tuple["Passage", "Span"]]:
        """What is selected: each passage with the span of its text, in the order of the source."""
        if self._from is None or self._to is None:
            return ()
        first, last = sorted((self._from, self._to))
        found = []
        for index in range(first.passage, last.passage + 1):
            passage = self.passage_at(index)
            if passage is not None and (span := self.selected_in(index, len(passage.text))):
                found.append((passage, span))
        return found

    @property
    def selection(self) -> tuple["Passage", "Span"] | None:
        """What is selected, where it lies in one passage."""
        selections = self.selections
        return selections[0] if len(selections) == 1 else None

    def selected_in(self, index: int, length: int) -> "Span | None":
        """Return the span selected in the passage at a place, whose text has so many characters."""
        if self._from is None or self._to is None:
            return None
        first, last = sorted((self._from, self._to))
        if not first.passage <= index <= last.passage:
            return None
        start = first.start if index == first.passage else 0
        end = max(first.end, last.end) if index == last.passage == first.passage else last.end
        end = end if index == last.passage else length
        return (start, end) if start < end else None

    def clear_selection(self) -> None:
        """Select nothing."""
        self._from = self._to = None
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        if event.button == 1:
            self.clear_selection()
            offset = event.get_content_offset(self)
            if offset is not None and (spot := self.spot_at(*offset)):
                self._from, self._dragging = spot, True
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer; above and below the text, scroll on."""
        if not self._dragging:
            return
        region = self.content_region
        self._pointer = event.screen_x - region.x, event.screen_y - region.y
        self._reach()
        outside = not 0 <= self._pointer[1] < self.rows
        if outside and self._scroller is None:
            self._scroller = self.set_interval(_SCROLL_SECONDS, self._scroll_on)
        elif not outside:
            self._stop_scrolling()

    def on_mouse_up(self) -> None:
        """End the selection."""
        if self._dragging:
            self._dragging = False
            self._stop_scrolling()
            self.release_mouse()

    def spot_at(self, x: int, y: int) -> TextSpot | None:
        """Return the character at a cell of the view; beside a line, the nearest on it."""
        place = self.line_at(self.scroll_offset.y + y)
        if place is None:
            return None
        block, number = place
        lines = self.lines_of(block) or ()
        line = lines[number] if number < len(lines) else None
        if line is None or line.passage < 0 or not line.holds_text:
            return TextSpot(max(0, block - 1), 0, 0)
        return TextSpot(line.passage, *_character(line, x - self.text_column - line.indent))

    @property
    def text_column(self) -> int:
        """The column that the text starts in."""
        raise NotImplementedError

    def _reach(self) -> None:
        x, y = self._pointer
        spot = self.spot_at(x, max(0, min(y, self.rows - 1, self._heights.total - 1)))
        # The first cell alone is a click, not a selection.
        if spot is not None and (self._to is not None or spot != self._from):
            self._to = spot
            self.refresh()

    def _scroll_on(self) -> None:
        self.lay_line(max(0, self.scroll_offset.y + (-1 if self._pointer[1] < 0 else 1)))
        self._reach()

    def _stop_scrolling(self) -> None:
        if self._scroller is not None:
            self._scroller.stop()
            self._scroller = None


def _character(line: "PageLine", x: int) -> "Span":
    """Return the character of a line that covers cell ``x`` of its text, with the marks on it."""
    if x < 0:
        return line.start, line.start
    cell, index = 0, line.start
    while index < line.end:
        after, cell = index + 1, cell + character_width(line.text[index])
        while after < line.end and not character_width(line.text[after]):
            after += 1
        if x < cell:
            return index, after
        index = after
    return line.end, line.end
