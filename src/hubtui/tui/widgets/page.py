"""A source as a page of lines: laid out a passage at a time, and of any length.

Only what is near the view is set in lines; the rest is as high as it probably is. What the mouse selects is
the source's text, whatever the lines on screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView

from hubtui.text.cells import character_width, wrap
from hubtui.tui.strings import language_name

if TYPE_CHECKING:
    from textual.timer import Timer

    from hubtui.core.models import Entry, Passage, Source, Span

MEASURE = 76
"""The widest a line of text gets, in cells; longer ones are hard to follow back."""

_INDENTED = {"list item": 2, "quote": 2, "code": 2}
"""Cells that are left free before the lines of these kinds of passages."""


class Kind(Enum):
    """What a line is; those of a passage's text are named as the kinds of passages are."""

    TITLE = auto()
    ABOUT = auto()
    SECTION = auto()
    BLANK = auto()
    WAITING = auto()
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE = "table"
    QUOTE = "quote"
    CODE = "code"


_OF_PASSAGE = frozenset(kind for kind in Kind if isinstance(kind.value, str))


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the reader.

    Attributes:
        kind: What it is.
        text: The whole text it is a part of.
        start: Where in ``text`` the line starts, in code points.
        end: Where it ends.
        passage: Place in the source (from 0) of the passage it belongs to, or -1.
        indent: Cells that are left free before it.
        opens: Whether the passage's text begins here.
    """

    kind: Kind
    text: str = ""
    start: int = 0
    end: int = 0
    passage: int = -1
    indent: int = 0
    opens: bool = False

    @property
    def holds_text(self) -> bool:
        """Whether it is a line of a passage's text."""
        return self.kind in _OF_PASSAGE


class Page:
    """A source in blocks of lines at most ``cells`` wide: one for its title, then one for each passage."""

    def __init__(self, source: "Source", entries: Sequence["Entry"], cells: int) -> None:
        """Set this source, of which no more than its outline need be known."""
        self.source = source
        self.entries = entries
        self._cells = max(2, min(cells, MEASURE))

    def front(self) -> list[PageLine]:
        """Return the lines with the title and what is known of the source."""
        source = self.source
        language = language_name(source.language)
        about = " · ".join(filter(None, (source.author, source.publisher, source.date, language)))
        lines = self._set(Kind.TITLE, source.label)
        for text in filter(None, (about, source.url or source.path)):
            lines += self._set(Kind.ABOUT, text)
        return lines

    def block(self, index: int, passage: "Passage | None") -> list[PageLine]:
        """Return the lines of the passage at a place; while it is not here, a placeholder."""
        if passage is None:
            waiting = PageLine(Kind.WAITING, passage=index, opens=True)
            return [*self._lead(index), waiting, PageLine(Kind.BLANK, passage=index)]
        return [*self._lead(index), *self._text(index, passage)]

    def estimates(self) -> list[int]:
        """Estimate how many lines each passage takes, at least two."""
        # One loop without calls: a long source has tens of thousands of passages.
        full, narrow = self._cells, max(2, self._cells - max(_INDENTED.values()))
        found, before = [], ""
        for _label, section, kind, characters, octets in self.entries:
            # In UTF-8 a character two cells wide takes three octets, one cell wide mostly one.
            lines = 2 + (characters + octets) // 2 // (narrow if kind in _INDENTED else full)
            found.append(lines if section == before or not section or kind == "heading" else lines + 2)
            before = section
        return found

    def _lead(self, index: int) -> list[PageLine]:
        """Return the lines between the passage before and the text of this one."""
        kinds = [entry.kind for entry in self.entries[max(0, index - 1) : index + 1]]
        if kinds == ["list item", "list item"] and not self._opens_section(index):
            return []
        lines = [PageLine(Kind.BLANK)]
        if self._opens_section(index):
            lines += self._set(Kind.SECTION, self.entries[index].section, index)
            lines.append(PageLine(Kind.BLANK, passage=index))
        return lines

    def _opens_section(self, index: int) -> bool:
        entry = self.entries[index]
        before = self.entries[index - 1].section if index else ""
        return bool(entry.section) and entry.section != before and entry.kind != "heading"

    def _text(self, index: int, passage: "Passage") -> list[PageLine]:
        kind = Kind(passage.kind)
        indent = min(_INDENTED.get(passage.kind, 0), self._cells - 2)
        return [
            PageLine(kind, passage.text, start, end, index, indent, opens=number == 0)
            for number, (start, end) in enumerate(wrap(passage.text, self._cells - indent))
        ]

    def _set(self, kind: Kind, text: str, passage: int = -1) -> list[PageLine]:
        return [PageLine(kind, text, start, end, passage) for start, end in wrap(text, self._cells)]


_KEPT = 2000
"""Blocks whose lines are remembered; in view is a hundred at most."""


class Heights:
    """Heights that can be corrected one by one, with the line each block starts on.

    A binary indexed tree (Fenwick 1994): correcting a height, and finding a block or its first line, take
    time logarithmic in the number of blocks.
    """

    def __init__(self, heights: Iterable[int]) -> None:
        """Begin with these heights, in lines, each at least 0."""
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        for node in range(1, len(self._tree)):
            above = node + (node & -node)
            if above < len(self._tree):
                self._tree[above] += self._tree[node]
        self.total = sum(self._heights)
        """Lines of all blocks together."""

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> int:
        return self._heights[block]

    def __setitem__(self, block: int, height: int) -> None:
        change = height - self._heights[block]
        if not change:
            return
        self._heights[block] = height
        self.total += change
        node = block + 1
        while node < len(self._tree):
            self._tree[node] += change
            node += node & -node

    def top(self, block: int) -> int:
        """Return the line that a block starts on."""
        line = 0
        while block:
            line += self._tree[block]
            block &= block - 1
        return line

    def tops(self) -> list[int]:
        """Return the lines that all blocks start on."""
        return [0, *accumulate(self._heights[:-1])] if self._heights else []

    def find(self, line: int) -> tuple[int, int]:
        """Return the block that a line belongs to, and which of its lines it is.

        A line before the first or after the last belongs to the first or last block that has lines; without
        any, it is line 0 of block 0.
        """
        if not self.total:
            return 0, 0
        rest = max(0, min(line, self.total - 1))
        block = 0
        for step in (1 << power for power in reversed(range(len(self._heights).bit_length()))):
            if block + step < len(self._tree) and self._tree[block + step] <= rest:
                block += step
                rest -= self._tree[block]
        return block, rest


class LongPage(ScrollView):
    """Shows blocks of lines, made when they come near the view.

    What is out of view has an estimated height, and is corrected when it is set: always before it is seen,
    and so that nothing in view moves. Subclasses estimate and make the blocks.
    """

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._heights = Heights([])
        self._made: dict[int, Sequence[PageLine]] = {}
        self._top = (0, 0)
        self._settling = False

    def make(self, block: int) -> Sequence[PageLine] | None:
        """Return the lines of a block, at least one, or ``None`` while it is not here."""
        raise NotImplementedError

    def settled(self) -> None:
        """Take note that what is in view has changed."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """How many lines are in view."""
        return self.scrollable_content_region.height

    @property
    def view(self) -> tuple[int, int, int]:
        """The first line in view, the line after the last, and how many there are in all."""
        top = self.scroll_offset.y
        return top, min(top + self.rows, self._heights.total), self._heights.total

    def set_blocks(self, estimates: Sequence[int]) -> None:
        """Begin anew with blocks of about these heights."""
        self._heights = Heights(estimates)
        self._made = {}
        self._top = (0, 0)

    def forget(self, first: int, after: int) -> None:
        """Make the blocks from ``first`` to before ``after`` anew when they are needed."""
        for block in range(first, after):
            self._made.pop(block, None)

    def lines_of(self, block: int) -> Sequence[PageLine] | None:
        """Return the lines of a block, with its height corrected; ``None`` while it is not here."""
        lines = self._made.get(block)
        if lines is None:
            lines = self.make(block)
            if lines is not None:
                self._made[block] = lines
                self._heights[block] = len(lines)
        return lines

    def line_at(self, y: int) -> tuple[int, int] | None:
        """Return the block at a line of the page and which of its lines it is; ``None`` below the end."""
        return self._heights.find(y) if 0 <= y < self._heights.total else None

    def lay(self, block: int, line: int, row: int = 0) -> None:
        """Bring a line of a block to a row of the view, as far as the ends of the page allow it."""
        if not len(self._heights):
            self.virtual_size = Size(self.size.width, 0)
            self.settled()
            return
        first, last = self._set_around(block)
        if len(self._made) > _KEPT:
            self._made = {near: lines for near, lines in self._made.items() if first <= near <= last}
        self._settling = True
        self.virtual_size = Size(self.size.width, self._heights.total)
        self.scroll_to(
            y=self._heights.top(block) + min(line, self._heights[block] - 1) - row,
            animate=False,
            force=True,
            immediate=True,
        )
        self._settling = False
        self._top = self._heights.find(self.scroll_offset.y)
        self.refresh()
        self.settled()

    def lay_again(self) -> None:
        """Set what is in view anew; the line at the top stays there."""
        self.lay(*self._top)

    def lay_line(self, y: int) -> None:
        """Bring a line of the page to the top, by the heights as they are known now."""
        self.lay(*self._heights.find(y))

    def show_share(self, share: float) -> None:
        """Show in the middle what lies at this share (0 to 1) of the page."""
        self.lay_line(max(0, int(share * max(self._heights.total, self.rows)) - self.rows // 2))

    def strip_rows(self, blocks: Iterable[int], height: int) -> frozenset[int]:
        """Return the rows of a strip, ``height`` high for the whole page, on which these blocks begin."""
        tops, scale = self._heights.tops(), max(self._heights.total, height, 1)
        return frozenset(tops[block] * height // scale for block in blocks if block < len(tops))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Set what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        if not self._settling and round(old_value) != round(new_value):
            self.lay_line(round(new_value))

    def _set_around(self, block: int) -> tuple[int, int]:
        """Make the blocks within two views of this one; return the first and last of them."""
        room = 2 * self.rows
        self.lines_of(block)
        first, lines = block, 0
        while first and lines < room:
            first -= 1
            self.lines_of(first)
            lines += self._heights[first]
        last, lines = block, 0
        while last + 1 < len(self._heights) and lines < room + self._heights[block]:
            last += 1
            self.lines_of(last)
            lines += self._heights[last]
        return first, last


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
