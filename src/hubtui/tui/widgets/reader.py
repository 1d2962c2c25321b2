"""The reader: a source, open at a passage."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hubtui.model import Passage, Source, Span
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.page import Kind, Page, PageLine, compose
from hubtui.tui.safe import Mark, content, segments
from hubtui.tui.widgets.rows import centred

_STEP = 3
"""Lines that ``j`` goes down in a passage that is longer than the reader is high."""

_EMPTY = "The passage under the cursor opens here, in its source."


class Reader(ScrollView, can_focus=True):
    """Shows a source line by line, its current passage marked, matches and mentions highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.READER)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title",
        "reader--quiet",
        "reader--section",
        "reader--accent",
        "reader--match",
        "reader--mention",
    }
    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._source: Source | None = None
        self._passages: Sequence[Passage] = ()
        self._matches: Mapping[str, Sequence[Span]] = {}
        self._page = Page((), ())
        self._gutter = 0
        self._current = 0

    @property
    def current(self) -> Passage | None:
        """The marked passage."""
        return self._passages[self._current] if self._passages else None

    def open(
        self,
        source: Source,
        passages: Sequence[Passage],
        matches: Mapping[str, Sequence[Span]],
        label: str,
    ) -> None:
        """Show ``source`` at passage ``label``, with the spans that match in each passage, by label."""
        same = source == self._source and passages == self._passages
        self._source, self._passages, self._matches = source, passages, matches
        self.border_title = content(source.label)
        if not same:
            self._set_page()
        self.go(label)

    def clear(self) -> None:
        """Show nothing."""
        self._source, self._passages, self._matches = None, (), {}
        self.border_title = content("Reader")
        self.border_subtitle = None
        self._set_page()

    def shows(self, source_id: str) -> bool:
        """Whether this source is open."""
        return self._source is not None and self._source.id == source_id

    def go(self, label: str) -> None:
        """Mark passage ``label`` and bring it into view, a little below the top."""
        self._mark(next((n for n, passage in enumerate(self._passages) if passage.label == label), 0))
        if self._passages:
            first, after = self._page.spans[self._current]
            top = self.scroll_offset.y
            if not (top <= first and after <= top + self._height):
                above = 1 if after - first < self._height else 0
                self._scroll(first - above if self._current else 0)

    def action_move(self, step: int) -> None:
        """Mark the next or previous passage; through a long one, scroll first."""
        if not self._passages:
            return
        first, after = self._page.spans[self._current]
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self._height
        if step > 0 and after > bottom and first < bottom:
            self._scroll(min(top + _STEP, after - self._height))
        elif step < 0 and first < top < after:
            self._scroll(max(top - _STEP, first))
        else:
            self._mark(self._current + step)
            self._reveal(step)

    def action_page(self, step: int) -> None:
        """Turn a page and mark the first passage that starts on it."""
        self._scroll(self.scroll_offset.y + step * max(1, self._height - 2))
        top = self.scroll_offset.y
        starts = [index for index, (first, _) in enumerate(self._page.spans) if first >= top]
        if starts:
            self._mark(starts[0])

    def action_edge(self, last: bool) -> None:  # noqa: FBT001  # called from a key binding
        """Mark the first or last passage."""
        self._mark(len(self._passages) - 1 if last else 0)
        self._scroll(len(self._page.lines) if last else 0)

    def render_line(self, y: int) -> Strip:
        """Give one line of the screen."""
        cells = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if not self._page.lines:
            quiet = self.rich_style + self._style("quiet")
            return centred([_EMPTY], y, self.scrollable_content_region.size, quiet)
        if index >= len(self._page.lines):
            return Strip.blank(cells, self.rich_style)
        line = self._page.lines[index]
        base = self.rich_style
        left = [Segment(text, base + style) for text, style in self._margin(line)]
        return Strip([*left, *self._text(line)]).adjust_cell_length(cells, base)

    def on_resize(self) -> None:
        """Lines depend on the width; the passage stays in view."""
        self._set_page()
        if self._passages:
            self.go(self._passages[self._current].label)

    def on_click(self, event: events.Click) -> None:
        """Mark the passage that was clicked."""
        offset = event.get_content_offset(self)
        index = self.scroll_offset.y + offset.y if offset else -1
        if 0 <= index < len(self._page.lines) and self._page.lines[index].passage >= 0:
            self._mark(self._page.lines[index].passage)

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _set_page(self) -> None:
        self._gutter = max((len(passage.label) for passage in self._passages), default=-3) + 3
        cells = self.scrollable_content_region.width - self._gutter - 1
        self._page = compose(self._source, self._passages, cells) if self._source else Page((), ())
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._page.lines))
        self.refresh()

    def _mark(self, index: int) -> None:
        self._current = max(0, min(index, len(self._passages) - 1))
        if self._passages:
            self.border_subtitle = content(f"¶{self._passages[self._current].label} of {len(self._passages)}")
        self.refresh()

    def _reveal(self, step: int) -> None:
        first, after = self._page.spans[self._current]
        if after - first >= self._height:
            self._scroll(first if step > 0 else after - self._height)
        elif after > self.scroll_offset.y + self._height:
            self._scroll(after - self._height + 1)
        elif first < self.scroll_offset.y:
            self._scroll(first - 1 if self._current else 0)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _margin(self, line: PageLine) -> list[tuple[str, Style]]:
        here = line.passage == self._current and line.passage >= 0
        number = ""
        if line.kind in (Kind.TEXT, Kind.HEADING) and line.start == 0:
            number = self._passages[line.passage].label
        accent, quiet = self._style("accent"), self._style("quiet")
        return [
            ("▌" if here else " ", accent),
            (number.rjust(self._gutter - 2) + " ", accent if here else quiet),
        ]

    def _text(self, line: PageLine) -> list[Segment]:
        base = self.rich_style
        match line.kind:
            case Kind.TITLE:
                return segments(line.text, line.start, line.end, base + self._style("title"))
            case Kind.ABOUT:
                return segments(line.text, line.start, line.end, base + self._style("quiet"))
            case Kind.SECTION:
                return segments(line.text, line.start, line.end, base + self._style("section"))
            case Kind.HEADING:
                style = base + self._style("section")
                return segments(line.text, line.start, line.end, style, self._marks(line.passage))
            case Kind.TEXT:
                return segments(line.text, line.start, line.end, base, self._marks(line.passage))
            case _:
                return []

    def _marks(self, index: int) -> list[Mark]:
        passage = self._passages[index]
        mention, matched = self._style("mention"), self._style("match")
        return [
            *(Mark(found.start, found.end, mention) for found in passage.mentions if not found.in_name),
            *(Mark(start, end, matched) for start, end in self._matches.get(passage.label, ())),
        ]

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"reader--{part}", partial=True)
