"""The passages that a query selects, fetched a page at a time as they come into view."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.message import Message

from hubtui.text.cells import fit, pad, width
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import snippet
from hubtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from hubtui.core.models import Hit, SearchResult

_SNIPPET_LINES = 2
MARKED = "✓"
"""The sign of a marked passage."""
KEPT = "*"
"""The sign of a passage that is kept as a clipping."""

_ROOMY = 24
"""From this height on, a blank line separates passages."""


class PassageList(Rows):
    """The hits, best first, each with the lines around its first match."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.PASSAGES)
    row_height = 1 + _SNIPPET_LINES
    recolours = False

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
        title = pad(fit(hit.source.label, cells - width(number)), cells - width(number))
        head = [Segment(title, self.style("strong")), Segment(number, self.style("quiet"))]
        return [
            head,
            *snippet(hit.passage.text, hit.highlights, cells, _SNIPPET_LINES, self.style("match")),
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
