"""Reading on the main screen: the hit under the cursor, in its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.errors import UnknownSourceError
from hubtui.model import Passage, Source, Span
from hubtui.tui import phrases
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import Hit


class Reading(Base):
    """The part of the main screen that opens hits in the reader and walks through them."""

    @dataclass
    class Read(Message):
        """A source to read, with the spans that the query matches in each passage (by its label)."""

        number: int
        source: Source
        passages: tuple[Passage, ...]
        matches: Mapping[str, tuple[Span, ...]]

    _reading: tuple[str, int] | None = None

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
            self._reading = None
            reader.clear()
            return
        if reader.shows(hit.source.id):
            reader.go(hit.passage.label)
        if self._reading != (hit.source.id, self.desk.number):
            self._reading = (hit.source.id, self.desk.number)
            self._ask_source(hit.source.id)

    def _ask_source(self, source_id: str) -> None:
        number, query = self.desk.number, self.query_text

        def read(library: "Library") -> Message | None:
            try:
                passages = tuple(library.read(source_id))
            except UnknownSourceError:
                # It went between the search and now; the sync that removed it asks again.
                return None
            matches = {passage.label: library.highlights(query, passage) for passage in passages}
            return self.Read(number, library.source(source_id), passages, matches)

        self.desk.put("read", read)

    @on(Read)
    def _read(self, event: Read) -> None:
        if self.hit and event.number == self.desk.number and event.source.id == self.hit.source.id:
            self.query_one(Reader).open(event.source, event.passages, event.matches, self.hit.passage.label)

    def action_step_hit(self, step: int) -> None:
        """Go to the next or previous hit, wherever the user is."""
        passages = self.query_one(PassageList)
        passages.action_move(step)
        if passages.hit:
            # At once: the next key may already copy it.
            self.pick(passages.hit)
