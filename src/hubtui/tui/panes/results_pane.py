"""The passages that the query selects, under what the answer says about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.text.cells import fit, printable, wrap
from hubtui.tui import strings
from hubtui.tui.bindings import key_of
from hubtui.tui.render import content
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.widgets.rows import PassageList
from hubtui.tui.worker import LibraryWorker

if TYPE_CHECKING:
    from textual.timer import Timer

    from hubtui.core.models import Diagnostic, Hit, SearchResult
    from hubtui.library import Library

PAGE = 50
"""Hits that are asked for at a time."""

STALE, SLOW = 0.04, 0.15
"""Seconds without an answer until the hits of the query before are drawn dim, and until the wait is said.

The first is short enough to be taken for at once, and long enough for quick answers not to flicker.
"""

MOST, MOST_ALONE = 4, 12
"""Lines at most, above passages and where there are none."""

_INDENT = 2
_MARGINS = 2
_SIGNS = {
    "fault": "!",
    "meant": "?",
    "partial": "~",
    "added": "+",
    "alone": "∑",
    "without": "−",
    "listed": "…",
}


@dataclass(frozen=True, slots=True)
class _Line:
    remark: "Diagnostic"
    text: str
    opens: bool


class Remarks(Widget):
    """A few lines, each remark with a sign of its kind; those that propose a query can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"remarks--sign", "remarks--fault", "remarks--key"}
    ALLOW_SELECT = False

    @dataclass
    class Taken(Message):
        """The user takes the query that a remark proposes."""

        query: str

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._remarks: Sequence[Diagnostic] = ()
        self._lines: Sequence[_Line] = ()
        self._most = MOST
        self._room = 0
        self.display = False

    @property
    def proposed(self) -> str:
        """The first query that is proposed, or ``""``."""
        return next((remark.instead for remark in self._remarks if remark.instead), "")

    def show(self, remarks: Sequence["Diagnostic"], *, alone: bool = False, calm: bool = False) -> None:
        """Show remarks.

        Args:
            remarks: The most useful first.
            alone: Whether there are no passages below, so that there is more room.
            calm: Whether the room they take must not shrink, so that nothing below moves up.
        """
        without = any(remark.kind == "without" for remark in remarks)
        self._remarks = [remark for remark in remarks if not (without and remark.kind == "alone")]
        self._most = MOST_ALONE if alone else MOST
        self._flow(self._room if calm and not alone else 0)

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._flow(0)

    def _flow(self, least: int) -> None:
        pane = self.parent
        cells = pane.content_size.width - _MARGINS - _INDENT if isinstance(pane, Widget) else 0
        self._lines = list(islice(self._set(max(10, cells)), self._most))
        room = max(least, len(self._lines))
        if room:
            if room != self._room or not self.display:
                self.styles.height = room
                self.display = True
            self.refresh()
        elif self.display:
            self.display = False
        self._room = room

    def _set(self, cells: int) -> "list[_Line]":
        return [
            _Line(remark, text[start:end], opens=not start)
            for remark in self._remarks
            for text in [printable(remark.text)]
            for start, end in wrap(text, cells)
        ]

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        cells, ground = self.content_size.width, self.visual_style.rich_style
        if y >= len(self._lines):
            return Strip.blank(cells, ground)
        line = self._lines[y]
        remark, sign = line.remark, " "
        style = self._style("fault" if remark.kind == "fault" else "sign")
        if line.opens:
            first = bool(remark.instead) and remark.instead == self.proposed
            sign = key_of("suggestion.take") if first else _SIGNS.get(remark.kind, " ")
            style = self._style("key") if first else style
        text = fit(line.text, cells - _INDENT)
        laid = [Segment(sign[:1].ljust(_INDENT), ground + style), Segment(text, ground)]
        return Strip(laid).adjust_cell_length(cells, ground)

    def on_click(self, event: events.Click) -> None:
        """Take what the line proposes."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._lines) and self._lines[offset.y].remark.instead:
            self.post_message(self.Taken(self._lines[offset.y].remark.instead))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"remarks--{part}", partial=True)


class ResultsPane(Vertical):
    """The hits, asked for page by page, and the remarks above them."""

    @dataclass
    class Answered(Message):
        """The hits from ``offset`` on, for the query of this number.

        Attributes:
            asked: What was looked for of ``query``.
            stay: Whether the user stays on their passage.
            further: Another page, with its offset, where the passage that the user is on has gone to that.
        """

        number: int
        query: str
        asked: str
        offset: int
        result: "SearchResult"
        stay: bool = False
        further: "tuple[int, SearchResult] | None" = None

    class Slow(Message):
        """The answer takes a while."""

    @dataclass
    class Picked(Message):
        """The user is on this hit now, or on none."""

        hit: "Hit | None"

    def __init__(self, worker: LibraryWorker, session: Session, *, id: str) -> None:  # Textual's name for it
        """Show what the query of ``session`` selects."""
        super().__init__(id=id)
        self._worker, self._session = worker, session
        self._awaited: Hit | None = None
        """The hit to go to once the hits are here."""
        self._waiting: Sequence[Timer] = ()
        """What runs off while an answer is under way."""

    def compose(self) -> ComposeResult:
        """Lay out the remarks and the list."""
        yield Remarks(id="notes")
        yield PassageList(id="passages", page=PAGE)

    @property
    def passages(self) -> PassageList:
        """The list."""
        return self.query_one(PassageList)

    @property
    def _remarks(self) -> Remarks:
        return self.query_one(Remarks)

    def ask(self, *, stay: bool, awaited: bool = False) -> None:
        """Ask for the first hits of the query; earlier requests go unanswered.

        Args:
            stay: Whether the user stays on their passage.
            awaited: Whether the next keys are meant for these hits.
        """
        self._worker.cancel("page")
        self._ask("search", 0, stay=stay, awaited=awaited)
        if not self._waiting:
            self._waiting = (
                self.set_timer(STALE, self._show_stale),
                self.set_timer(SLOW, lambda: self.post_message(self.Slow())),
            )

    def _show_stale(self) -> None:
        self.passages.stale = True

    @on(LibraryWorker.Failed)
    def _wait_no_more(self) -> None:
        for timer in self._waiting:
            timer.stop()
        self._waiting = ()
        self.passages.stale = False

    @on(PassageList.Wanted)
    def _page_wanted(self, event: PassageList.Wanted) -> None:
        self._ask("page", event.offset)

    def _ask(self, kind: str, offset: int, *, stay: bool = False, awaited: bool = False) -> None:
        session = self._session
        number, query, typed_to, typing = session.number, session.query, session.typed_to, session.typing
        held = self.passages.hit if stay else None

        def search(library: "Library") -> Message | None:
            if number != session.number:
                return None
            asked = query if typed_to is None else library.queries.without_unfinished(query, typed_to)
            result = library.search(asked, limit=PAGE, offset=offset, typing=typing)
            further = _page_of(held, library, asked, result, typing=typing) if held else None
            return self.Answered(number, query, asked, offset, result, stay, further)

        self._worker.submit(kind, search, post=self.post_message, awaited=awaited)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.number != self._session.number:
            event.stop()
            return
        from hubtui.core.models import Diagnostic  # after the first paint

        passages, result = self.passages, event.result
        if not event.offset:
            self._wait_no_more()
        else:
            passages.add(event.offset, result)
            if passages.count < result.total:
                message = strings.truncated(passages.count, result.total)
                self._remarks.show([Diagnostic("listed", message)])
            return
        remarks = result.remarks or tuple(Diagnostic("", note) for note in result.notes)
        focused = self.screen.focused
        typing = focused is not None and focused.id == "query"
        self._remarks.show(remarks, alone=not result.hits, calm=typing)
        passages.answer(result, stay=event.stay, further=event.further)
        # After the list has shown the answer.
        self.call_later(self._show_awaited)

    def await_hit(self, hit: "Hit", query: str) -> bool:
        """Go to a hit, at once if it is one of this query's; whether ``query`` is."""
        self._awaited = hit
        if query == self._session.query.strip():
            self._show_awaited()
            return True
        return False

    def _show_awaited(self) -> None:
        hit, self._awaited = self._awaited, None
        if hit and not self.passages.go_to(hit.source.id, hit.passage.label):
            self.call_after_refresh(self._pick, hit)

    @on(PassageList.Picked)
    def _picked(self, event: PassageList.Picked) -> None:
        self._pick(event.hit)

    def _pick(self, hit: "Hit | None") -> None:
        self._session.hit = hit
        self.post_message(self.Picked(hit))
        self.border_subtitle = content(strings.place_in(self.passages.cursor, self.passages.count))

    def go_to(self, rank: int) -> None:
        """Go to the hit of this rank."""
        self.passages.move_to(rank)
        if self.passages.hit:
            # At once: the next key may already copy it.
            self._pick(self.passages.hit)

    def take_proposal(self) -> None:
        """Ask for the query that is proposed above the passages."""
        if query := self._remarks.proposed:
            self.post_message(Remarks.Taken(query))
        else:
            self.post_message(Notice(strings.nothing_proposed()))


def _page_of(
    hit: "Hit", library: "Library", query: str, first: "SearchResult", *, typing: bool
) -> "tuple[int, SearchResult] | None":
    """Return the page that a passage is on, and its offset, unless that is the first."""
    source_id, label = hit.source.id, hit.passage.label
    if any((one.source.id, one.passage.label) == (source_id, label) for one in first.hits):
        return None
    outline = enumerate(library.reader.outline(source_id))
    place = next((place for place, entry in outline if entry.label == label), None)
    rank = None if place is None else library.reader.rank(query, source_id, place, typing=typing)
    if rank is None:
        return None
    offset = rank // PAGE * PAGE
    return offset, library.search(query, limit=PAGE, offset=offset, typing=typing)
