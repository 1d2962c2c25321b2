"""A page of any length: only what is in view is set in lines, the rest is as long as it probably is."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView

from hubtui.tui.heights import Heights

if TYPE_CHECKING:
    from hubtui.tui.page import PageLine

_KEPT = 2000
"""Blocks whose lines are remembered; in view is a hundred at most."""


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

    def make(self, block: int) -> Sequence["PageLine"] | None:
        """Give the lines of a block, at least one, or ``None`` while it is not here."""
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

    def lines_of(self, block: int) -> Sequence["PageLine"] | None:
        """Give the lines of a block, with its height corrected; ``None`` while it is not here."""
        lines = self._made.get(block)
        if lines is None:
            lines = self.make(block)
            if lines is not None:
                self._made[block] = lines
                self._heights[block] = len(lines)
        return lines

    def line_at(self, y: int) -> tuple[int, int] | None:
        """Give the block at a line of the page and which of its lines it is; ``None`` below the end."""
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
        """Give the rows that these blocks begin on, of a strip of this height that stands for the page."""
        tops, scale = self._heights.tops(), max(self._heights.total, height, 1)
        return frozenset(tops[block] * height // scale for block in blocks if block < len(tops))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Set what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        if not self._settling and round(old_value) != round(new_value):
            self.lay_line(round(new_value))

    def _set_around(self, block: int) -> tuple[int, int]:
        """Make the blocks within two views of this one; give the first and last of them."""
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
