"""Finding words in the source that is open."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widgets import Input

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.find import FindBar, FindInput
from hubtui.tui.widgets.reader import Reader
from hubtui.tui.widgets.reader_pane import ReaderPane

if TYPE_CHECKING:
    from hubtui.core.models import Span
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
        by_passage: Mapping[int, Sequence["Span"]]

    _bar: FindBar | None = None
    _words = ""
    _places: Sequence[Place] = ()
    _at = 0
    _found_words: str | None = None
    _owed = 0
    """Steps that were asked for while the places were not here yet."""
    _came_from: tuple[int, "Span | None"] = (0, None)

    async def action_find_in_source(self) -> None:
        """Open the line for finding, with the words that were looked for last."""
        reader = self.query_one(Reader)
        if reader.source is None:
            self.tell(_("No source is open"), trouble=True)
            return
        self.go("reader")
        self._came_from, self._found_words, self._owed = (reader.index, reader.here), None, 0
        if self._bar is None:
            self._bar = FindBar(self._words)
            await self.query_one(ReaderPane).mount(self._bar)
        self.set_focus(self._bar.query_one(FindInput))
        self._look_for(self._words)

    def close_find(self) -> bool:
        """Close the line for finding, from within it going back; tell whether it was open."""
        if self._bar is None:
            return False
        reader = self.query_one(Reader)
        typing = self._bar.query_one(FindInput).has_focus
        if typing:
            self.go("reader")
        self._bar.remove()
        self._bar, self._places = None, ()
        reader.show_found({})
        if typing:
            index, here = self._came_from
            reader.mark(index)
            reader.here = here
            reader.reveal()
        return True

    @on(Input.Changed, "#find")
    def _words_typed(self, event: Input.Changed) -> None:
        self._words = event.value
        self._look_for(event.value)

    def action_accept_find(self) -> None:
        """Read on at what was found."""
        self.go("reader")

    def _look_for(self, words: str) -> None:
        source = self.query_one(Reader).source
        if source is None:
            return
        source_id = source.id

        def look(library: "Library") -> Message:
            places = library.reader.find(source_id, words)
            by_passage: dict[int, list[Span]] = {}
            for index, start, end in places:
                by_passage.setdefault(index, []).append((start, end))
            return self.Found(source_id, words, places, by_passage)

        self.desk.put("find", look)

    @on(Found)
    def _found(self, event: Found) -> None:
        reader = self.query_one(Reader)
        if self._bar is None or event.words != self._bar.words or not reader.shows(event.source_id):
            return
        self._found_words = event.words
        self._places = event.places
        reader.show_found(event.by_passage)
        index, here = self._came_from
        at = bisect_left(event.places, (index, *(here or (0, 0))))
        self._show((at + self._owed) % max(1, len(event.places)))
        self._owed = 0

    def step_found(self, step: int) -> bool:
        """Go to the next or previous place, from the last one to the first; tell whether finding goes on."""
        if self._bar is None:
            return False
        if self._found_words == self._bar.words:
            self._show((self._at + step) % max(1, len(self._places)))
        else:
            self._owed += step
        return True

    def action_step_found(self, step: int) -> None:
        """Go to the next or previous place that was found."""
        self.step_found(step)

    def _show(self, at: int) -> None:
        said = _("not found") if self._words.strip() else ""
        if self._places:
            self._at = at
            index, start, end = self._places[at]
            self.query_one(Reader).land_on(index, (start, end))
            said = phrases.place_in(at, len(self._places))
        if self._bar is not None:
            self._bar.say(said)
