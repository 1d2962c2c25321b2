"""A list of any length: rows are made when they come into view, and forgotten when the list changes.

The passages that a query selects are such a list, fetched a page at a time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hubtui.core.i18n import _
from hubtui.text.cells import fit, pad, printable, width, wrap
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import snippet

if TYPE_CHECKING:
    from hubtui.core.models import Hit, SearchResult

Line = list[Segment]

_MARGIN = 2
"""Cells that stay free on both sides of what an empty list says."""


class Rows(ScrollView, can_focus=True):
    """A list with a cursor. Subclasses say how many rows there are and what each looks like."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--here",
        "rows--chosen",
        "rows--quiet",
        "rows--strong",
        "rows--accent",
        "rows--match",
        "rows--mention",
    }
    ALLOW_SELECT = False

    row_height = 1
    """Lines a row takes."""

    recolours = True
    """Whether the cursor's row gives up its own colours while the list has the keys."""

    @dataclass
    class Entered(Message):
        """The user wants to go on from the row under the cursor."""

        rows: "Rows"

        @property
        def control(self) -> "Rows":
            """The list, for ``@on`` selectors."""
            return self.rows

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self.empty: Sequence[str] = ()
        self._painted = lru_cache(maxsize=256)(self.paint)

    def paint(self, index: int, cells: int) -> list[Line]:
        """Return the lines of a row, at most :attr:`row_height` of them, each at most ``cells`` wide.

        Styles are laid over the row's ground, so they name a background only where they need one.
        """
        raise NotImplementedError

    def show(self, count: int, cursor: int) -> None:
        """Show ``count`` rows anew, with the cursor on one of them; posts nothing."""
        self.count = count
        self.cursor = max(0, min(cursor, count - 1))
        self.repaint()
        self._into_view()

    def say(self, *lines: str) -> None:
        """Say what to do while there are no rows; an empty string separates paragraphs."""
        self.empty = lines
        self.refresh()

    def repaint(self) -> None:
        """Make all rows anew, at the present size."""
        self._painted.cache_clear()
        self.virtual_size = Size(self.size.width, self.count * self.row_height)
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget rows in colours of the old theme."""
        super().notify_style_update()
        self._painted.cache_clear()

    def on_resize(self) -> None:
        """Rows depend on the width."""
        self.repaint()
        self._into_view()

    def on_focus(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        cells = self.scrollable_content_region.width
        if self.count == 0:
            quiet = self.visual_style.rich_style + self.style("quiet")
            return centred(self.empty, y, self.scrollable_content_region.size, quiet)
        index, line = divmod(self.scroll_offset.y + y, self.row_height)
        if index >= self.count:
            return Strip.blank(cells, self.visual_style.rich_style)
        lines = self._painted(index, cells - 2)
        if line >= len(lines):
            return Strip.blank(cells, self.visual_style.rich_style)
        here = index == self.cursor
        bar = Segment("▌" if here else " ", self.style("accent"))
        return self._laid([bar, *lines[line]], cells, here=here)

    def _laid(self, line: Line, cells: int, *, here: bool) -> Strip:
        """Lay a line on its ground."""
        ground, over = self.visual_style.rich_style, Style()
        cursor = self.style("here" if self.has_focus else "chosen") if here else Style()
        if self.has_focus and self.recolours:
            over = cursor
        else:
            ground += cursor
        laid = [Segment(text, ground + (style or Style()) + over) for text, style, _ in line]
        return Strip(laid).adjust_cell_length(cells, ground + over)

    def style(self, part: str) -> Style:
        """Return the style of a part of a row: only what the stylesheet says of it."""
        return self.get_component_rich_style(f"rows--{part}", partial=True)

    def action_move(self, step: int) -> None:
        """Move the cursor by ``step`` rows."""
        self.move_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by ``step`` times what is visible."""
        visible = max(1, self.scrollable_content_region.height // self.row_height)
        self.move_to(self.cursor + step * max(1, visible - 1))

    def action_edge(self, last: bool) -> None:  # called from a key binding
        """Move the cursor to the first or last row."""
        self.move_to(self.count - 1 if last else 0)

    def action_enter(self) -> None:
        """Go on from the row under the cursor."""
        self.post_message(self.Entered(self))

    def move_to(self, index: int) -> None:
        """Move the cursor to a row, or to the nearest there is, and say so."""
        index = max(0, min(index, self.count - 1))
        if self.count and index != self.cursor:
            self.cursor = index
            self.refresh()
            self._into_view()
            self.moved()

    def moved(self) -> None:
        """React to the user's moving the cursor."""
        raise NotImplementedError

    def row_at(self, y: int) -> int | None:
        """Return the row on line ``y`` of the widget's content, if there is one."""
        index = (self.scroll_offset.y + y) // self.row_height
        return index if 0 <= index < self.count else None

    def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked."""
        offset = event.get_content_offset(self)
        index = None if offset is None else self.row_at(offset.y)
        if index is not None:
            self.clicked(index)

    def clicked(self, index: int) -> None:
        """Do what a click on a row does."""
        self.move_to(index)

    def _into_view(self) -> None:
        top = self.cursor * self.row_height
        self.scroll_to_region(
            Region(0, top, 1, self.row_height), animate=False, force=True, immediate=True, x_axis=False
        )


def centred(texts: Sequence[str], y: int, size: Size, style: Style) -> Strip:
    """Return line ``y`` of an area of ``size`` with nothing but some centred lines of text."""
    lines = _set(tuple(texts), max(1, size.width - 2 * _MARGIN))
    top = max(0, (size.height - len(lines)) // 3)
    if not top <= y < top + len(lines):
        return Strip.blank(size.width, style)
    text = printable(lines[y - top])
    left = max(0, (size.width - width(text)) // 2)
    return Strip([Segment(" " * left + text, style)]).adjust_cell_length(size.width, style)


@lru_cache(maxsize=32)
def _set(texts: tuple[str, ...], cells: int) -> list[str]:
    return [text[start:end] for text in texts for start, end in wrap(text, cells)]


_SNIPPET_LINES = 2
MARKED = "✓"
"""The sign of a marked passage."""
KEPT = "*"
"""The sign of a passage that is kept as a clipping."""

_STALE = Style(dim=True)
_ROOMY = 24
"""From this height on, a blank line separates passages."""


class PassageList(Rows):
    """The hits, best first, each with the lines around its first match."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.PASSAGES)
    row_height = 1 + _SNIPPET_LINES
    recolours = False

    stale = var(default=False, init=False)
    """Whether the hits are those of an earlier query, while a newer one is being answered: they are dim."""

    @dataclass
    class Wanted(Message):
        """Hits from ``offset`` on come into view and are not here yet."""

        offset: int

    @dataclass
    class Picked(Message):
        """The cursor is on this hit now, or on none."""

        hit: "Hit | None"

    def __init__(self, *, id: str, page: int) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._page = page
        self._pages: dict[int, Sequence[Hit]] = {}
        self._asked: int | None = None
        self._held = False
        self._chosen: Collection[tuple[str, str]] = ()
        self._kept: Collection[str] = ()

    def show_kept(self, texts: Collection[str]) -> None:
        """Show which passages are kept as clippings, by their texts."""
        self._kept = texts
        self.repaint()

    def show_marks(self, marks: Collection[tuple[str, str]]) -> None:
        """Show which passages are marked, by source and label."""
        self._chosen = marks
        self.repaint()

    @property
    def hit(self) -> "Hit | None":
        """The hit under the cursor, if there is one and it is here."""
        return self._hit(self.cursor)

    def answer(
        self, result: "SearchResult", *, stay: bool, further: "tuple[int, SearchResult] | None" = None
    ) -> None:
        """Show a new answer, with the passage that the user had moved to where it was on the screen.

        Where the user had moved to none, or it is no hit any more, the list begins at its beginning; with
        ``stay`` it keeps its place even so. ``further`` is another page, with its offset.
        """
        before, cursor, top = self.hit, self.cursor, self.scroll_offset.y
        self._pages = {0: result.hits}
        if further:
            self._pages[further[0] // self._page] = further[1].hits
        same = self._rank(before.source.id, before.passage.label) if before else None
        self._asked = None
        self._held = self._held and same is not None
        if same is None or not (stay or self._held):
            same = cursor if stay else 0
        self.show(result.total if result.hits else 0, same)
        if stay or self._held:
            self.scroll_to(
                y=top + (self.cursor - cursor) * self.row_height, animate=False, force=True, immediate=True
            )
        self._tell()

    def add(self, offset: int, result: "SearchResult") -> None:
        """Take a further page in."""
        self._pages[offset // self._page] = result.hits
        self._asked = None
        if len(result.hits) < min(self._page, result.total - offset):
            # The engine gives no more than this, whatever the total says.
            self.show(offset + len(result.hits), self.cursor)
        else:
            self.repaint()
        if self.cursor // self._page == offset // self._page:
            self._tell()

    def go_to(self, source_id: str, label: str) -> bool:
        """Put the cursor on a passage; return whether it is among those that are here."""
        rank = self._rank(source_id, label)
        if rank is not None:
            self.move_to(rank)
        return rank is not None

    def on_resize(self) -> None:
        """More room, more air."""
        self.row_height = 1 + _SNIPPET_LINES + (self.size.height >= _ROOMY)
        super().on_resize()

    def watch_stale(self) -> None:
        """Draw the hits dim, or as they are."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        line = super().render_line(y)
        return line.apply_style(_STALE) if self.stale else line

    def moved(self) -> None:
        """Post which hit the cursor is on."""
        self._held = self.cursor > 0
        self._tell()

    def paint(self, index: int, cells: int) -> list[Line]:
        """The source and the passage's label, and the lines around the first match."""
        hit = self._hit(index)
        if hit is None:
            self._want(index)
            return [[Segment("…", self.style("quiet"))]]
        sign = MARKED if (hit.source.id, hit.passage.label) in self._chosen else ""
        sign += KEPT if hit.passage.text in self._kept else ""
        number = f" {sign}¶{hit.passage.label}"
        if hit.by_meaning:
            number = f" {_('by meaning')}{number}"
        title = pad(fit(hit.source.label, cells - width(number)), cells - width(number))
        head = [Segment(title, self.style("strong")), Segment(number, self.style("quiet"))]
        shown = hit.highlights or tuple(sorted((near.start, near.end) for near in hit.nearest))
        return [
            head,
            *snippet(hit.passage.text, shown, cells, _SNIPPET_LINES, self.style("match")),
        ]

    def _hit(self, index: int) -> "Hit | None":
        page, place = divmod(index, self._page)
        hits = self._pages.get(page, ())
        return hits[place] if 0 <= place < len(hits) else None

    def _rank(self, source_id: str, label: str) -> int | None:
        """Return the rank of a passage among those that are here."""
        for page, hits in self._pages.items():
            for place, hit in enumerate(hits):
                if (hit.source.id, hit.passage.label) == (source_id, label):
                    return page * self._page + place
        return None

    def _want(self, index: int) -> None:
        offset = index // self._page * self._page
        if offset != self._asked:
            self._asked = offset
            self.post_message(self.Wanted(offset))

    def _tell(self) -> None:
        hit = self.hit
        if hit is None and self.count:
            self._want(self.cursor)
        else:
            self.post_message(self.Picked(hit))
