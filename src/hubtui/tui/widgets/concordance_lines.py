"""The lines of a concordance, aligned on the match, fetched a page at a time as they come into view."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.text.cells import before, behind, fit, pad, width
from hubtui.tui.render import Mark, segments
from hubtui.tui.widgets.rows import Line as Painted
from hubtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.analysis.concordance import ConcordanceLine

_ROOM_FOR_SOURCE = 96
"""From so many cells on, the source stands beside each line."""
_SOURCE = 26


class ConcordanceLines(Rows):
    """One line a match: what stands before it, right up to a column; the match; what stands behind it."""

    recolours = False

    @dataclass
    class Wanted(Message):
        """Lines from ``offset`` on come into view and are not here yet."""

        offset: int

    @dataclass
    class Picked(Message):
        """The cursor is on this line now, or on none."""

        line: "ConcordanceLine | None"

    def __init__(self, *, id: str, page: int) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._page = page
        self._pages: dict[int, Sequence[ConcordanceLine | None]] = {}
        self._asked: int | None = None

    @property
    def line(self) -> "ConcordanceLine | None":
        """The line under the cursor, if there is one and it is here."""
        return self._line(self.cursor)

    def answer(self, count: int, first: "Sequence[ConcordanceLine | None]", cursor: int) -> None:
        """Show ``count`` lines, of which the first page is here, with the cursor on one of them."""
        self._pages = {0: first}
        self._asked = None
        self.show(count, cursor)
        self._tell()

    def grow(self, count: int) -> None:
        """Show more lines behind those there were, which stay as they are."""
        self._asked = None
        self.show(count, self.cursor)

    def add(self, offset: int, lines: "Sequence[ConcordanceLine | None]") -> None:
        """Take a further page in."""
        self._pages[offset // self._page] = lines
        self._asked = None
        self.repaint()
        if self.cursor // self._page == offset // self._page:
            self._tell()

    def moved(self) -> None:
        """Post which line the cursor is on."""
        self._tell()

    def paint(self, index: int, cells: int) -> list[Painted]:
        """The source where there is room, and the match in its context."""
        line = self._line(index)
        quiet = self.style("quiet")
        if line is None:
            if self._is_here(index):
                return [[Segment(_("– this passage has gone –"), quiet)]]
            self._want(index)
            return [[Segment("…", quiet)]]
        about: Painted = []
        if cells >= _ROOM_FOR_SOURCE:
            number = f" ¶{line.passage.label} "
            label = pad(fit(line.source.label, _SOURCE - width(number)), _SOURCE - width(number))
            about = [Segment(label, quiet), Segment(number, quiet)]
            cells -= _SOURCE
        return [[*about, *in_context(line, cells, self.style("match"))]]

    def _line(self, index: int) -> "ConcordanceLine | None":
        page, place = divmod(index, self._page)
        return self._pages[page][place] if self._is_here(index) else None

    def _is_here(self, index: int) -> bool:
        page, place = divmod(index, self._page)
        return 0 <= place < len(self._pages.get(page, ()))

    def _want(self, index: int) -> None:
        offset = index // self._page * self._page
        if offset != self._asked:
            self._asked = offset
            self.post_message(self.Wanted(offset))

    def _tell(self) -> None:
        line = self.line
        if self.count and not self._is_here(self.cursor):
            self._want(self.cursor)
        else:
            self.post_message(self.Picked(line))


def in_context(line: "ConcordanceLine", cells: int, marked: Style) -> Painted:
    """Return a match in its context, ``cells`` wide, with the match beginning at two fifths of it."""
    text, (start, end) = line.passage.text, line.match
    room = cells * 2 // 5
    first, taken = before(text, line.left[0], start, room)
    last, _ = behind(text, start, line.right[1], cells - room)
    context = segments(text, first, last, Style(), [Mark(start, min(end, last), marked)])
    return [Segment(" " * (room - taken), Style()), *context]
