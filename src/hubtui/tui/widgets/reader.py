"""The text of a source, open at a passage, with what is marked in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from hubtui.core.i18n import N_, _
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import Mark, segments
from hubtui.tui.widgets.page import Kind, Page, PageLine, SelectablePage
from hubtui.tui.widgets.rows import MARKED, centred

if TYPE_CHECKING:
    from hubtui.core.models import Entry, Passage, Source, Span

SLICE = 128
"""Passages that are asked for at a time."""


class MarkKind(Enum):
    """What can be walked through in a source."""

    MATCHES = auto()
    NAMED = auto()
    """The mentions of the chosen city."""


@dataclass(frozen=True, slots=True)
class LoadedPassage:
    """A passage that is here.

    Attributes:
        passage: The passage.
        matches: What the query matches in its text.
        named: Where its text names the chosen city.
    """

    passage: "Passage"
    matches: Sequence["Span"] = ()
    named: Sequence["Span"] = ()

    def spans(self, marked: MarkKind) -> Sequence["Span"]:
        """Return what is marked, in order."""
        return self.matches if marked is MarkKind.MATCHES else self.named


_STEP = 3
"""Lines that ``j`` goes down in a passage that is longer than the reader is high."""

_EMPTY = N_("The passage under the cursor opens here, in its source.")

_LOOKS = {
    Kind.TITLE: "title",
    Kind.ABOUT: "quiet",
    Kind.SECTION: "section",
    Kind.HEADING: "section",
    Kind.WAITING: "quiet",
    Kind.CODE: "code",
}
_SIGNS = {Kind.LIST_ITEM: "•", Kind.QUOTE: "▎"}


class ReaderView(SelectablePage, can_focus=True):
    """Shows a source, its current passage marked, matches and mentions highlighted.

    Of a source only the outline is known from the start; its passages come in slices as they are needed.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.READER)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{part}"
        for part in "title quiet section accent code match mention found here selected".split()
    }

    @dataclass
    class Wanted(Message):
        """The passages of this slice (from place ``SLICE * number`` on) come into view and are not here."""

        source_id: str
        number: int

    class Changed(Message):
        """What is shown, or which part of it is in view, has changed."""

        def can_replace(self, message: Message) -> bool:
            """One of them is enough."""
            return isinstance(message, ReaderView.Changed)

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self.source: Source | None = None
        self.entries: Sequence[Entry] = ()
        self.index = 0
        self.here: Span | None = None
        self._page: Page | None = None
        self._cells = self._rows = 0
        self._gutter = 0
        self._loaded: dict[int, LoadedPassage] = {}
        self._asked: set[int] = set()
        self._found: Mapping[int, Sequence[Span]] = {}
        self._landing: tuple[MarkKind, int] | None = None
        self.spread: Mapping[MarkKind, Sequence[int]] = {}
        self._spread_rows: dict[tuple[MarkKind, int], frozenset[int]] = {}
        self._chosen: Collection[tuple[str, str]] = ()

    def show_marks(self, marks: Collection[tuple[str, str]]) -> None:
        """Show which passages are marked, by source and label."""
        self._chosen = marks
        self.refresh()

    @property
    def current(self) -> "Passage | None":
        """The marked passage, if it is here."""
        return self.passage_at(self.index)

    def passage_at(self, index: int) -> "Passage | None":
        """Return the passage at a place in the source, if it is here."""
        loaded = self._loaded.get(index)
        return loaded.passage if loaded else None

    @property
    def label(self) -> str:
        """What the marked passage is called, or ``""``."""
        return self.entries[self.index].label if self.entries else ""

    def shows(self, source_id: str) -> bool:
        """Whether this source is open."""
        return self.source is not None and self.source.id == source_id

    def open(
        self, source: "Source", entries: Sequence["Entry"], first: int, passages: Sequence[LoadedPassage]
    ) -> None:
        """Show a source by its outline, and the passages from place ``first`` on that are here already.

        Where it is open already, the view stays; what is marked in its passages is asked for anew.
        """
        same = source == self.source and entries == self.entries
        label = self.label if self.shows(source.id) else ""
        self._gutter = max((len(entry.label) for entry in entries), default=-3) + 3
        self.source, self.entries = source, entries
        self._asked, self._found, self._landing = set(), {}, None
        self._loaded = (
            {index: LoadedPassage(loaded.passage) for index, loaded in self._loaded.items()} if same else {}
        )
        if same:
            self._made = {}
        else:
            self.index, self.here = self.place_of(label), None
            self.clear_selection()
            self._set_page()
            self.spread_over({})
        self.add(source.id, first, passages)
        if label and not same:
            self.reveal()

    def add(self, source_id: str, first: int, passages: Sequence[LoadedPassage]) -> None:
        """Take passages in, from place ``first`` on; those of another state of the source are left out."""
        if not self.shows(source_id):
            return
        for index, loaded in enumerate(passages, first):
            entry = self.entries[index] if index < len(self.entries) else None
            passage = loaded.passage
            if entry and (entry.label, entry.characters) == (passage.label, len(passage.text)):
                self._loaded[index] = loaded
        self._asked.update(range(first // SLICE, -(-(first + len(passages)) // SLICE)))
        self.forget(first + 1, first + len(passages) + 1)
        if self._landing and self.index in self._loaded:
            self.land(self.index, *self._landing)
        else:
            self.lay_again()

    def clear(self) -> None:
        """Show nothing."""
        self.source, self.entries, self._loaded, self._found = None, (), {}, {}
        self.index, self.here = 0, None
        self.clear_selection()
        self._set_page()
        self.spread_over({})
        self.lay_again()

    def place_of(self, label: str) -> int:
        """Return the place of the passage with this label, 0 where there is none."""
        return next((index for index, entry in enumerate(self.entries) if entry.label == label), 0)

    def open_section(self, index: int) -> None:
        """Mark the passage at a place and bring it, with the heading above it, to the top."""
        self.mark(index)
        self.lay(self.index + 1, 0)

    def land(self, index: int, marked: MarkKind, step: int) -> None:
        """Mark the passage at a place and the first (``step`` 1) or last (-1) of what is marked in it."""
        self.mark(index)
        loaded = self._loaded.get(index)
        self._landing = None if loaded else (marked, step)
        spans = loaded.spans(marked) if loaded else ()
        self.here = spans[0 if step > 0 else -1] if spans else None
        self.reveal()

    def land_on(self, index: int, span: "Span") -> None:
        """Mark the passage at a place and a span of its text, and bring it into view."""
        self.mark(index)
        self.here, self._landing = span, None
        self.reveal()

    def step(self, marked: MarkKind, step: int) -> bool:
        """Go to the next or previous mark in the current passage; return whether there is one."""
        loaded = self._loaded.get(self.index)
        spans = loaded.spans(marked) if loaded else ()
        if self.here is not None:
            start = self.here[0]
            spans = [span for span in spans if (span[0] > start if step > 0 else span[0] < start)]
        if not spans:
            return False
        self.land_on(self.index, spans[0 if step > 0 else -1])
        return True

    def show_found(self, found: Mapping[int, Sequence["Span"]]) -> None:
        """Highlight what was looked for: by the places of the passages, the spans of their texts."""
        self._found = found
        self.refresh()

    def mark(self, index: int) -> None:
        """Mark the passage at a place, or at the nearest there is."""
        index = max(0, min(index, len(self.entries) - 1))
        if index != self.index:
            self.index, self.here = index, None
        self.refresh()
        self.post_message(self.Changed())

    def reveal(self) -> None:
        """Bring the marked passage into view, in the upper third; of a long one, what is marked in it.

        The first passage stands below the title, where both are to be seen together.
        """
        if not self.entries:
            return
        block = self.index + 1
        self.lines_of(block)
        line, height = 0, self._heights[block]
        if height > self.rows and self.here:
            line, height = self._line_of(self.here[0], block), 1
        lowest = self.rows // 3
        highest = min(lowest, max(0, self.rows - height))
        top = self._heights.top(block) + line
        row = top - self.scroll_offset.y
        if not self.index and top + height <= self.rows:
            self.lay(0, 0)
        elif 0 <= row <= (lowest if row + height <= self.rows else highest):
            self.lay_again()
        else:
            self.lay(block, line, highest)

    def spread_over(self, spread: Mapping[MarkKind, Sequence[int]]) -> None:
        """Take in where in the source matches and mentions are: the places of their passages, in order."""
        self.spread = spread
        self._spread_rows = {}
        self.post_message(self.Changed())

    def spread_rows(self, marked: MarkKind, height: int) -> frozenset[int]:
        """Return the rows of a strip of this height that have something marked."""
        key = marked, height
        if key not in self._spread_rows:
            blocks = (place + 1 for place in self.spread.get(marked, ()))
            self._spread_rows[key] = self.strip_rows(blocks, height)
        return self._spread_rows[key]

    def action_move(self, step: int) -> None:
        """Mark the next or previous passage; through a long one, scroll first."""
        if not self.entries:
            return
        block = self.index + 1
        first, height = self._heights.top(block), self._heights[block]
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.rows
        if step > 0 and first + height > bottom and first < bottom:
            self.lay(block, min(top + _STEP, first + height - self.rows) - first)
        elif step < 0 and first < top < first + height:
            self.lay(block, max(top - _STEP, first) - first)
        else:
            self.mark(self.index + step)
            self._follow(step)

    def action_page(self, step: int) -> None:
        """Turn a page and mark the first passage that starts on it."""
        self.lay_line(max(0, self.scroll_offset.y + step * max(1, self.rows - 2)))
        block, line = self._top
        starting = block if line else block - 1
        if self.entries and self._heights.top(min(starting + 1, len(self.entries))) >= self.view[1]:
            starting -= 1
        self.mark(starting)

    def action_edge(self, last: bool) -> None:  # called from a key binding
        """Mark the first or last passage; of a last one that is longer than the view, show the end."""
        if self.entries:
            self.mark(len(self.entries) - 1 if last else 0)
            block = len(self.entries) if last else 0
            self.lines_of(block)
            if last and self._heights[block] >= self.rows:
                self.lay(block, self._heights[block] - 1, self.rows - 1)
            elif last:
                self.reveal()
            else:
                self.lay(0, 0)
                self.reveal()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        cells = self.scrollable_content_region.width
        if self._page is None:
            quiet = self.visual_style.rich_style + self._style("quiet")
            return centred([_(_EMPTY)], y, self.scrollable_content_region.size, quiet)
        place = self.line_at(self.scroll_offset.y + y)
        if place is None:
            return Strip.blank(cells, self.visual_style.rich_style)
        block, number = place
        lines = self.lines_of(block) or self._page.block(block - 1, None)
        line = lines[min(number, len(lines) - 1)]
        base = self.visual_style.rich_style
        left = [Segment(text, base + style) for text, style in self._margin(line, block - 1)]
        return Strip([*left, *self._text(line)]).adjust_cell_length(cells, base)

    def on_resize(self) -> None:
        """Lines depend on the width; the passage stays where it is, or in view where there is less room."""
        shown, self._rows = self._rows, self.rows
        row = self._heights.top(self.index + 1) - self.scroll_offset.y if self.entries else -1
        follows = 0 <= row < shown or not shown
        block, line = (self.index + 1, 0) if follows else self._top
        lines = self._made.get(block, ())
        start = lines[line].start if line < len(lines) else 0
        if self.scrollable_content_region.width != self._cells:
            self._set_page()
        self.lay(block, self._line_of(start, block) if line else 0, row if follows else 0)
        if follows:
            self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Mark the passage that was clicked."""
        offset = event.get_content_offset(self)
        place = self.line_at(self.scroll_offset.y + offset.y) if offset else None
        if place and place[0] and not self.selections:
            self.mark(place[0] - 1)

    def make(self, block: int) -> Sequence[PageLine] | None:
        """Return the lines of the title or of a passage."""
        if self._page is None or self.source is None:
            return None
        if block == 0:
            return self._page.front()
        number = (block - 1) // SLICE
        if number not in self._asked:
            self._asked.add(number)
            self.post_message(self.Wanted(self.source.id, number))
        loaded = self._loaded.get(block - 1)
        return self._page.block(block - 1, loaded.passage) if loaded else None

    def settled(self) -> None:
        """Post that another part is in view."""
        self.post_message(self.Changed())

    @property
    def text_column(self) -> int:
        """The column that the text starts in."""
        return self._gutter

    def _set_page(self) -> None:
        self._cells = self.scrollable_content_region.width
        if self.source is None:
            self._page = None
            self.set_blocks([])
            return
        self._spread_rows = {}
        page = self._page = Page(self.source, self.entries, self._cells - self._gutter - 1)
        self.set_blocks([len(page.front()), *page.estimates()])

    def _line_of(self, offset: int, block: int) -> int:
        """Return the line of a block that an offset into its passage's text is on."""
        lines = self.lines_of(block) or ()
        found = [n for n, line in enumerate(lines) if line.holds_text and line.start <= offset]
        return found[-1] if found else 0

    def _follow(self, step: int) -> None:
        """Bring the passage into view that the user stepped to; from below, the end of a long one."""
        block = self.index + 1
        self.lines_of(block)
        height = self._heights[block]
        if step < 0 and height >= self.rows:
            self.lay(block, height - self.rows)
        else:
            self.reveal()

    def _margin(self, line: PageLine, index: int) -> list[tuple[str, Style]]:
        here = index == self.index and line.passage >= 0
        number = self.entries[index].label if line.opens else ""
        if number and self.source and (self.source.id, number) in self._chosen:
            number = MARKED + number
        accent, quiet = self._style("accent"), self._style("quiet")
        sign = _SIGNS.get(line.kind, "") if line.opens or line.kind is Kind.QUOTE else ""
        return [
            ("▌" if here else " ", accent),
            (number.rjust(self._gutter - 2) + " ", accent if here else quiet),
            (sign.ljust(line.indent), quiet),
        ]

    def _text(self, line: PageLine) -> list[Segment]:
        base = self.visual_style.rich_style
        if line.kind in _LOOKS:
            base += self._style(_LOOKS[line.kind])
        if line.kind is Kind.WAITING:
            return [Segment("…", base)]
        marks = self._marks(line.passage, len(line.text)) if line.holds_text else ()
        return segments(line.text, line.start, line.end, base, marks)

    def _marks(self, index: int, length: int) -> list[Mark]:
        loaded = self._loaded[index]
        styled: list[tuple[Span, str]] = [
            *(((m.start, m.end), "mention") for m in loaded.passage.mentions if not m.in_name),
            *((span, "match") for span in loaded.matches),
            *((span, "found") for span in self._found.get(index, ())),
        ]
        if index == self.index and self.here:
            styled.append((self.here, "here"))
        if selected := self.selected_in(index, length):
            styled.append((selected, "selected"))
        return [Mark(start, end, self._style(part)) for (start, end), part in styled]

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"reader--{part}", partial=True)
