"""Finding words in the source that is open."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widgets import Input

from hubtui.i18n import _
from hubtui.model import Span
from hubtui.tui import phrases
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.find import FindBar, FindInput
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.library import Library

Place = tuple[int, int, int]
"""The place of a passage in its source, and a span of its text."""


class Finding(Base):
    """The part of the main screen that finds words in a source while they are typed."""

    @dataclass
    class Found(Message):
        """Where these words stand in a source, in order and by passage."""

        source_id: str
        words: str
        places: Sequence[Place]
        by_passage: Mapping[int, Sequence[Span]]

    _places: Sequence[Place] = ()
    _at = 0
    _came_from: tuple[int, Span | None] = (0, None)

    @property
    def finding(self) -> bool:
        """Whether the line for finding is open."""
        return bool(self.query_one(FindBar).display)

    def action_find_in_source(self) -> None:
        """Open the line for finding, with the words that were looked for last."""
        reader, bar = self.query_one(Reader), self.query_one(FindBar)
        if reader.source is None:
            self.tell(_("No source is open"), trouble=True)
            return
        self.go("reader")
        self._came_from = reader.index, reader.here
        bar.display = True
        words = bar.query_one(FindInput)
        self.set_focus(words)
        words.select_all()
        self._look_for(words.value)

    def close_find(self) -> bool:
        """Close the line for finding, from within it going back; tell whether it was open."""
        if not self.finding:
            return False
        reader, bar = self.query_one(Reader), self.query_one(FindBar)
        typing = bar.query_one(FindInput).has_focus
        bar.display = False
        self._places = ()
        reader.show_found({})
        if typing:
            self.go("reader")
            index, here = self._came_from
            reader.mark(index)
            reader.here = here
            reader.reveal()
        return True

    @on(Input.Changed, "#find")
    def _words_typed(self, event: Input.Changed) -> None:
        if self.finding:
            self._look_for(event.value)

    @on(FindInput.Accepted)
    def _accepted(self) -> None:
        self.go("reader")

    def _look_for(self, words: str) -> None:
        source = self.query_one(Reader).source
        if source is None:
            return
        source_id = source.id

        def look(library: "Library") -> Message:
            places = library.find(source_id, words)
            by_passage: dict[int, list[Span]] = {}
            for index, start, end in places:
                by_passage.setdefault(index, []).append((start, end))
            return self.Found(source_id, words, places, by_passage)

        self.desk.put("find", look)

    @on(Found)
    def _found(self, event: Found) -> None:
        reader, bar = self.query_one(Reader), self.query_one(FindBar)
        if not self.finding or event.words != bar.words or not reader.shows(event.source_id):
            return
        self._places = event.places
        reader.show_found(event.by_passage)
        index, here = self._came_from
        at = bisect_left(event.places, (index, *(here or (0, 0))))
        self._show(at if at < len(event.places) else 0)

    def step_found(self, step: int) -> bool:
        """Go to the next or previous place, from the last one to the first; tell whether finding goes on."""
        if not self.finding:
            return False
        self._show((self._at + step) % max(1, len(self._places)))
        return True

    def action_step_found(self, step: int) -> None:
        """Go to the next or previous place that was found."""
        self.step_found(step)

    def _show(self, at: int) -> None:
        bar, reader = self.query_one(FindBar), self.query_one(Reader)
        self._at = at
        if self._places:
            index, start, end = self._places[at]
            reader.land_on(index, (start, end))
            bar.say(phrases.place_in(at, len(self._places)))
        else:
            bar.say(_("not found") if bar.words.strip() else "")
