"""The reader: the hit under the cursor in its source, and the ways through what is marked there."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.panes.find_bar import FindBar
from hubtui.tui.render import content
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.widgets.containers import Row
from hubtui.tui.widgets.reader import SLICE, LoadedPassage, MarkKind, ReaderView
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.core.models import Entry, Hit, Passage, Source
    from hubtui.library import Library


_SIGNS = {MarkKind.MATCHES: "━", MarkKind.NAMED: "•"}
"""A sign for each kind, in a column of its own: they can be told apart without colour."""


class Dispersion(Widget):
    """Two columns as high as the reader: matches in the left one, mentions of the chosen city in the right.

    It stands in for the scrollbar: a click or a drag goes to that part of the source.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dispersion--matches",
        "dispersion--named",
        "dispersion--view",
    }
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """The user wants to see what lies at this share (0 to 1) of the source."""

        share: float

    def __init__(self, reader: ReaderView, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._reader = reader
        self._dragging = False

    def render_line(self, y: int) -> Strip:
        """Return one line of the strip."""
        height = self.size.height
        first, after, total = self._reader.view
        scale = max(total, height, 1)
        base = self.visual_style.rich_style
        if first * height < (y + 1) * scale and after * height > y * scale and total > height:
            base += self.get_component_rich_style("dispersion--view", partial=True)
        drawn = []
        for marked, sign in _SIGNS.items():
            style = self.get_component_rich_style(f"dispersion--{marked.name.lower()}", partial=True)
            shown = y in self._reader.spread_rows(marked, height)
            drawn.append(Segment(sign if shown else " ", base + style))
        return Strip(drawn)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go where the mouse is, and follow it."""
        self._dragging = True
        self.capture_mouse()
        self._pick(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        if self._dragging:
            self._pick(event)

    def on_mouse_up(self) -> None:
        """Release the mouse."""
        self._dragging = False
        self.release_mouse()

    def _pick(self, event: events.MouseEvent) -> None:
        y = max(0, min(event.screen_y - self.region.y, self.size.height - 1))
        self.post_message(self.Picked((y + 0.5) / max(1, self.size.height)))


class Landing(NamedTuple):
    """Where to go in a source: the passage at a place, or the hit's own; the first or last mark there."""

    place: int | None = None
    kind: MarkKind = MarkKind.MATCHES
    step: int = 1


class ReaderPane(Vertical):
    """Frames the reader, with the strip beside it; the frame names the source and the passage."""

    @dataclass
    class Read(Message):
        """The outline of a source, and its passages from place ``first`` on."""

        number: int
        query: str
        source: "Source"
        entries: Sequence["Entry"]
        first: int
        passages: Sequence[LoadedPassage]

    @dataclass
    class Sliced(Message):
        """More passages of a source, from place ``first`` on."""

        number: int
        source_id: str
        first: int
        passages: Sequence[LoadedPassage]

    @dataclass
    class Spread(Message):
        """Where in a source the matches are, and the mentions of the chosen city."""

        number: int
        source_id: str
        spread: Mapping[MarkKind, Sequence[int]]

    @dataclass
    class Onward(Message):
        """The next source has its best hit at ``rank``; ``None`` without a next source.

        Attributes:
            landing: The mention in it to go to.
        """

        number: int
        rank: int | None
        landing: Landing

    def __init__(
        self,
        worker: LibraryWorker,
        session: Session,
        enter: Callable[[], None],
        *,
        id: str,  # Textual's name for it
    ) -> None:
        """Read the hit of ``session``; ``enter`` takes the user here, before anything is marked."""
        super().__init__(id=id)
        self._worker, self._session = worker, session
        self._enter = enter
        self._reading: tuple[str, int] | None = None
        """The source that was asked for last, and the query's number."""
        self._read_query: str | None = None
        self._landed: tuple[str, str, str] | None = None
        self._landing = Landing()
        self._find: FindBar | None = None
        self._found_last = ""

    def compose(self) -> ComposeResult:
        """Lay out the parts; the line for finding comes when something is looked for."""
        reader = ReaderView(id="reader")
        with Row(id="reader-body"):
            yield reader
            yield Dispersion(reader, id="dispersion")

    def on_mount(self) -> None:
        """Name the pane."""
        self._changed()

    @property
    def reader(self) -> ReaderView:
        """The text of the source."""
        return self.query_one(ReaderView)

    def passage(self, hit: "Hit | None") -> "Passage | None":
        """Return the passage the user is on: here, if they read the hit's source, else the hit's own."""
        if hit and self.reader.has_focus and self.reader.shows(hit.source.id):
            return self.reader.current
        return hit.passage if hit else None

    def at_hand(self, hit: "Hit | None") -> "tuple[Source | None, Passage | None, float]":
        """Return the source and passage the user looks at, and how far into the source it is (0 to 1)."""
        reader = self.reader
        share = reader.index / max(1, len(reader.entries))
        if reader.has_focus or hit is None:
            return reader.source, reader.current, share
        return hit.source, hit.passage, share if reader.shows(hit.source.id) else 0.0

    def show(self, hit: "Hit | None", landing: Landing | None = None) -> None:
        """Show a hit in its source; ``landing`` is where to go there, at once or when it is here."""
        reader, session = self.reader, self._session
        if landing:
            self._landing = landing
        if hit is None:
            self._reading = self._landed = None
            reader.clear()
            return
        if reader.shows(hit.source.id) and self._read_query == session.query:
            self._land(hit)
        if self._reading != (hit.source.id, session.number):
            self._reading = (hit.source.id, session.number)
            self._ask_source(hit.source.id, hit.passage.label)

    def _land(self, hit: "Hit") -> None:
        """Go to the hit; but where the reader has been there for this query, it stays where it is now."""
        here = hit.source.id, hit.passage.label, self._session.query
        (place, kind, step), self._landing = self._landing, Landing()
        if here != self._landed:
            self._landed = here
            reader = self.reader
            reader.land(reader.place_of(hit.passage.label) if place is None else place, kind, step)

    def _ask_source(self, source_id: str, label: str) -> None:
        session = self._session
        number, query, typing = session.number, session.query, session.typing

        def read(library: "Library") -> Message | None:
            entries = library.reader.outline(source_id)
            source = next((known for known in library.sources() if known.id == source_id), None)
            if source is None or not entries:
                # It went between the search and now; the sync that removed it asks again.
                return None
            index = next((place for place, entry in enumerate(entries) if entry.label == label), 0)
            first = index // SLICE * SLICE
            passages = _load(library, query, source_id, first, typing=typing)
            return self.Read(number, query, source, entries, first, passages)

        def spread(library: "Library") -> Message:
            found = {MarkKind.MATCHES: library.reader.positions(query, source_id, typing=typing)}
            if city := city_query(query):
                found[MarkKind.NAMED] = library.reader.positions(city, source_id)
            return self.Spread(number, source_id, found)

        self._worker.submit("read", read, post=self.post_message)
        self._worker.submit("spread", spread, Priority.BACKGROUND, self.post_message)

    @on(Read)
    def _read(self, event: Read) -> None:
        hit, reader = self._session.hit, self.reader
        if hit is None or event.number != self._session.number or event.source.id != hit.source.id:
            return
        if not reader.shows(event.source.id):
            self.close_find()
        reader.open(event.source, event.entries, event.first, event.passages)
        self._read_query = event.query
        self._land(hit)

    @on(ReaderView.Wanted)
    def _slice_wanted(self, event: ReaderView.Wanted) -> None:
        session, source_id = self._session, event.source_id
        number, query, typing = session.number, session.query, session.typing
        first = event.number * SLICE

        def read(library: "Library") -> Message:
            passages = _load(library, query, source_id, first, typing=typing)
            return self.Sliced(number, source_id, first, passages)

        self._worker.submit(f"slice {event.number}", read, post=self.post_message)

    @on(Sliced)
    def _sliced(self, event: Sliced) -> None:
        if event.number == self._session.number:
            self.reader.add(event.source_id, event.first, event.passages)

    @on(Spread)
    def _spread(self, event: Spread) -> None:
        if event.number == self._session.number and self.reader.shows(event.source_id):
            self.reader.spread_over(event.spread)

    @on(ReaderView.Changed)
    def _changed(self) -> None:
        reader = self.reader
        self.border_title = content(reader.source.label if reader.source else _("Reader"))
        place = ""
        if reader.entries:
            place = _("¶{label} of {total:,}").format(label=reader.label, total=len(reader.entries))
        self.border_subtitle = content(place)
        self.query_one(Dispersion).refresh()

    @on(Dispersion.Picked)
    def _picked(self, event: Dispersion.Picked) -> None:
        self.reader.show_share(event.share)

    def step(self, step: int) -> bool:
        """Go to the next or previous place that is found, or match here; whether there is one."""
        reader = self.reader
        return self.step_found(step) or (reader.has_focus and reader.step(MarkKind.MATCHES, step))

    def step_mention(self, step: int) -> None:
        """Go to the next or previous mention of the chosen city, if need be in another source."""
        reader = self.reader
        if not city_query(self._session.query) or reader.source is None:
            self.post_message(Notice(_(strings.CHOOSE_A_CITY), trouble=True))
            return
        self._enter()
        if reader.step(MarkKind.NAMED, step):
            return
        places = reader.spread.get(MarkKind.NAMED, ())
        at = bisect_right(places, reader.index) if step > 0 else bisect_left(places, reader.index) - 1
        if 0 <= at < len(places):
            reader.land(places[at], MarkKind.NAMED, step)
        else:
            self._ask_onward(reader.source.id, step)

    def _ask_onward(self, source_id: str, step: int) -> None:
        number, query = self._session.number, self._session.query

        def look(library: "Library") -> Message:
            found = library.reader.next_source(query, source_id, step)
            if found is None:
                return self.Onward(number, None, Landing())
            rank, onward = found
            places = library.reader.positions(city_query(query), onward)
            place = places[0 if step > 0 else -1] if places else 0
            return self.Onward(number, rank, Landing(place, MarkKind.NAMED, step))

        self._worker.submit("onward", look, post=self.post_message)

    @on(Onward)
    def _onward(self, event: Onward) -> None:
        if event.number != self._session.number:
            event.stop()
        elif event.rank is None:
            event.stop()
            self.post_message(Notice(_("There is no further mention")))

    def open_headings(self) -> None:
        """List the headings of the source that is open, to go to one."""
        from hubtui.tui.dialogs.headings import HeadingsDialog, headings_of  # after the first paint

        reader = self.reader
        if reader.source is None:
            self.post_message(Notice(_("No source is open"), trouble=True))
            return
        headings = headings_of(reader.entries)
        if not headings:
            self.post_message(Notice(_("This source has no headings")))
            return

        def jump(place: int | None) -> None:
            if place is not None:
                self._enter()
                reader.open_section(place)

        self.app.push_screen(HeadingsDialog(headings, reader.index), jump)

    async def open_find(self) -> None:
        """Open the line for finding, with the words that were looked for last."""
        if self.reader.source is None:
            self.post_message(Notice(_("No source is open"), trouble=True))
            return
        self._enter()
        if self._find is None:
            self._find = FindBar(self._worker, self.reader, self._found_last)
            await self.mount(self._find)
        self._find.begin()

    def close_find(self) -> bool:
        """Close the line for finding, from within it going back; whether it was open."""
        bar, self._find = self._find, None
        if bar is None:
            return False
        self._found_last = bar.words
        if bar.has_keys:
            self._enter()
            bar.end(go_back=True)
        else:
            bar.end(go_back=False)
        return True

    def step_found(self, step: int) -> bool:
        """Go to the next or previous place that was found; whether something is looked for."""
        if self._find is not None:
            self._find.step(step)
        return self._find is not None


def city_query(query: str) -> str:
    """Return the query for the passages that mention the chosen city, or ``""`` where none is chosen."""
    from hubtui.search.parser import get_filter, set_filter  # after the first paint

    city, view = get_filter(query, "city"), get_filter(query, "mentions")
    return set_filter(set_filter("", "mentions", view), "city", city) if city else ""


def _load(library: "Library", query: str, source_id: str, first: int, *, typing: bool) -> list[LoadedPassage]:
    """Load a slice of a source with what is marked in it."""
    city = city_query(query)
    return [
        LoadedPassage(
            passage,
            library.queries.highlights(query, passage, typing=typing),
            library.queries.highlights(city, passage) if city else (),
        )
        for passage in library.reader.read_part(source_id, first, first + SLICE)
    ]
