"""Reading on the main screen: the hit under the cursor, in its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.desk import Urgency
from hubtui.tui.leaves import SLICE, Leaf, Marked
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.core.models import Entry, Hit, Source
    from hubtui.library import Library


class Reading(Base):
    """The part of the main screen that opens hits in the reader and walks through them."""

    @dataclass
    class Read(Message):
        """The outline of a source, and its passages from place ``first`` on."""

        number: int
        query: str
        source: "Source"
        entries: Sequence["Entry"]
        first: int
        leaves: Sequence[Leaf]

    @dataclass
    class Sliced(Message):
        """More passages of a source, from place ``first`` on."""

        number: int
        source_id: str
        first: int
        leaves: Sequence[Leaf]

    @dataclass
    class Spread(Message):
        """Where in a source the matches are, and the mentions of the chosen city."""

        number: int
        source_id: str
        spread: Mapping[Marked, Sequence[int]]

    _reading: tuple[str, int] | None = None
    _read_query: str | None = None
    _landed: tuple[str, str, str] | None = None
    _landing: tuple[int | None, Marked, int] = (None, Marked.MATCHES, 1)
    """Where to go in what is opened next: a place, or the hit's own; and the first or last of what there."""

    @on(PassageList.Picked)
    def _passage_picked(self, event: PassageList.Picked) -> None:
        self.pick(event.hit)

    def pick(self, hit: "Hit | None") -> None:
        """Show a hit in the reader."""
        self.hit = hit
        passages, reader = self.query_one(PassageList), self.query_one(Reader)
        place_in = phrases.place_in(passages.cursor, passages.count)
        self.query_one("#passages-pane").border_subtitle = content(place_in)
        if hit is None:
            self._reading = self._landed = None
            reader.clear()
            return
        if reader.shows(hit.source.id) and self._read_query == self.query_text:
            self._land(hit)
        if self._reading != (hit.source.id, self.desk.number):
            self._reading = (hit.source.id, self.desk.number)
            self._ask_source(hit.source.id, hit.passage.label)

    def _land(self, hit: "Hit") -> None:
        """Go to the hit; but where the reader has been there for this query, it stays where it is now."""
        here = hit.source.id, hit.passage.label, self.query_text
        (place, marked, step), self._landing = self._landing, (None, Marked.MATCHES, 1)
        if here != self._landed:
            self._landed = here
            reader = self.query_one(Reader)
            reader.land(reader.place_of(hit.passage.label) if place is None else place, marked, step)

    def _ask_source(self, source_id: str, label: str) -> None:
        number, query = self.desk.number, self.query_text

        def read(library: "Library") -> Message | None:
            entries = library.reader.outline(source_id)
            source = next((known for known in library.sources() if known.id == source_id), None)
            if source is None or not entries:
                # It went between the search and now; the sync that removed it asks again.
                return None
            index = next((place for place, entry in enumerate(entries) if entry.label == label), 0)
            first = index // SLICE * SLICE
            leaves = _leaves(library, query, source_id, first)
            return self.Read(number, query, source, entries, first, leaves)

        def spread(library: "Library") -> Message:
            found = {Marked.MATCHES: library.reader.positions(query, source_id)}
            if city := city_query(query):
                found[Marked.NAMED] = library.reader.positions(city, source_id)
            return self.Spread(number, source_id, found)

        self.desk.put("read", read)
        self.desk.put("spread", spread, Urgency.BESIDE)

    @on(Read)
    def _read(self, event: Read) -> None:
        hit = self.hit
        if hit is None or event.number != self.desk.number or event.source.id != hit.source.id:
            return
        reader = self.query_one(Reader)
        if not reader.shows(event.source.id):
            self.close_find()
        reader.open(event.source, event.entries, event.first, event.leaves)
        self._read_query = event.query
        self._land(hit)

    @on(Reader.Wanted)
    def _slice_wanted(self, event: Reader.Wanted) -> None:
        number, query, source_id = self.desk.number, self.query_text, event.source_id
        first = event.number * SLICE

        def read(library: "Library") -> Message:
            return self.Sliced(number, source_id, first, _leaves(library, query, source_id, first))

        self.desk.put(f"slice {event.number}", read)

    @on(Sliced)
    def _sliced(self, event: Sliced) -> None:
        if event.number == self.desk.number:
            self.query_one(Reader).add(event.source_id, event.first, event.leaves)

    @on(Spread)
    def _spread(self, event: Spread) -> None:
        reader = self.query_one(Reader)
        if event.number == self.desk.number and reader.shows(event.source_id):
            reader.spread_over(event.spread)

    def action_step_hit(self, step: int) -> None:
        """Go to the next or previous match: in the reader one by one, elsewhere hit by hit."""
        reader, passages = self.query_one(Reader), self.query_one(PassageList)
        if self.step_found(step) or (reader.has_focus and reader.step(Marked.MATCHES, step)):
            return
        if not 0 <= passages.cursor + step < passages.count:
            self.tell(_("There is no further match") if passages.count else _("There is no match"))
            return
        self._landing = (None, Marked.MATCHES, step if reader.has_focus else 1)
        self._go_to_hit(passages.cursor + step)

    def _go_to_hit(self, rank: int) -> None:
        passages = self.query_one(PassageList)
        passages.move_to(rank)
        if passages.hit:
            # At once: the next key may already copy it.
            self.pick(passages.hit)


def city_query(query: str) -> str:
    """Give the query for the passages that mention the chosen city, or ``""`` where none is chosen."""
    from hubtui.search.parser import get_filter, set_filter  # after the first paint

    city, view = get_filter(query, "city"), get_filter(query, "mentions")
    return set_filter(set_filter("", "mentions", view), "city", city) if city else ""


def _leaves(library: "Library", query: str, source_id: str, first: int) -> list[Leaf]:
    """Give a slice of a source with what is marked in it."""
    city = city_query(query)
    return [
        Leaf(
            passage,
            library.queries.highlights(query, passage),
            library.queries.highlights(city, passage) if city else (),
        )
        for passage in library.reader.read_part(source_id, first, first + SLICE)
    ]
