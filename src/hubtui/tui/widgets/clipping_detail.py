"""A clipping in full: its text, what became of its passage, what the user said, its citation."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hubtui.core.i18n import _
from hubtui.text.cells import wrap
from hubtui.tui.render import Mark, segments
from hubtui.tui.widgets.page import MEASURE

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation
    from hubtui.core.models import Span

_LONGEST = 20_000
"""Characters of a text that are set; longer ones are for the reader."""

_ROOMY = 12
"""From this height on, what the list says of the source as well stands above the text."""

Line = list[Segment]


class ClippingDetail(ScrollView):
    """The clipping under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"detail--{part}" for part in ("title", "quiet", "warning", "accent", "match")
    }
    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._clipping: Clipping | None = None
        self._located: Relocation | None = None
        self._lines: list[Line] = []

    def show(self, clipping: "Clipping | None", located: "Relocation | None") -> None:
        """Show a clipping from its beginning, or more of the same one."""
        if clipping is not self._clipping:
            self.scroll_home(animate=False, immediate=True)
        self._clipping, self._located = clipping, located
        self._set()

    def on_resize(self) -> None:
        """Lines depend on the width."""
        self._set()

    def notify_style_update(self) -> None:
        """Set the lines in the new theme's colours."""
        super().notify_style_update()
        self._set()

    def scroll_by_pages(self, step: int) -> None:
        """Scroll by almost a page."""
        self.scroll_relative(y=step * max(1, self.size.height - 1), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        cells, ground = self.scrollable_content_region.width, self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(cells, ground)
        laid = [Segment(text, ground + (style or Style())) for text, style, _control in self._lines[at]]
        return Strip([Segment(" ", ground), *laid]).adjust_cell_length(cells, ground)

    def _set(self) -> None:
        cells = max(2, min(self.scrollable_content_region.width - 2, MEASURE))
        self._lines = list(self._laid_out(cells)) if self._clipping else []
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def _laid_out(self, cells: int) -> Iterator[Line]:
        clipping = self._clipping
        if clipping is None:
            return
        if self.size.height >= _ROOMY:
            yield from self._about(clipping, cells)
        if became := _became(self._located):
            yield from self._text(became, cells, "warning")
            yield []
        yield from self._text(clipping.text, cells, spans=clipping.highlights)
        if self._located and self._located.state == "edited" and self._located.passage:
            yield []
            yield from self._text(_("Now:"), cells, "warning")
            yield from self._text(self._located.passage.text, cells, "quiet")
        yield from self._note_lines(clipping, cells)
        yield []
        yield from self._text(clipping.citation, cells, "quiet")
        kept = _("kept {time} UTC").format(time=clipping.made[:16].replace("T", " "))
        yield from self._text(" · ".join(filter(None, (kept, clipping.query))), cells, "quiet")

    def _about(self, clipping: "Clipping", cells: int) -> Iterator[Line]:
        source = clipping.source
        yield from self._text(source.label, cells, "title")
        if about := " · ".join(filter(None, (source.author, source.publisher, source.date))):
            yield from self._text(about, cells, "quiet")
        yield from self._text(f"{clipping.path} ¶{clipping.label}", cells, "quiet")
        yield []

    def _note_lines(self, clipping: "Clipping", cells: int) -> Iterator[Line]:
        if clipping.note:
            yield []
            yield from self._text(clipping.note, cells, "accent")
        if clipping.tags:
            yield []
            yield from self._text(" ".join(f"#{tag}" for tag in clipping.tags), cells, "accent")

    def _text(self, text: str, cells: int, part: str = "", spans: tuple["Span", ...] = ()) -> Iterator[Line]:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        base = self._style(part) if part else Style()
        marks = [Mark(start, end, self._style("match")) for start, end in spans]
        for start, end in wrap(shown, cells):
            yield segments(shown, start, end, base, marks)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"detail--{part}", partial=True)


def _became(located: "Relocation | None") -> str:
    """Say what became of a passage that is not in its place."""
    if located is None or located.state == "in place":
        return ""
    if located.source is None or located.passage is None:
        return _("No source has this passage any more. The clipping keeps it.")
    where = f"{located.source.path} ¶{located.passage.label}"
    if located.state == "moved":
        return _("Moved: it is now {where}.").format(where=where)
    return _("Edited: {where} is {share} alike. The clipping keeps the old text.").format(
        where=where, share=f"{located.similarity:.0%}"
    )
