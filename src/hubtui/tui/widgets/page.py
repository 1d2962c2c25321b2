"""A source as a page of lines: laid out a passage at a time, and of any length.

Only what is near the view is set in lines; the rest is as high as it probably is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView

from hubtui.text.wrap import wrap
from hubtui.tui.strings import language_name

if TYPE_CHECKING:
    from hubtui.core.models import Entry, Passage, Source

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
