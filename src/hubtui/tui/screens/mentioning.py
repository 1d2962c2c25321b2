"""Walking through the mentions of the chosen city, in the source that is open and from source to source."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.leaves import Marked
from hubtui.tui.screens.reading import Reading, city_query
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.library import Library


class Mentioning(Reading):
    """The part of the main screen that goes from mention to mention."""

    @dataclass
    class Onward(Message):
        """The next source has its best hit at ``rank``, and a mention in its passage at ``place``.

        Without a next source, ``rank`` is ``None``.
        """

        number: int
        rank: int | None
        place: int
        step: int

    def action_step_mention(self, step: int) -> None:
        """Go to the next or previous mention of the chosen city."""
        reader = self.query_one(Reader)
        if not city_query(self.query_text) or reader.source is None:
            self.tell(phrases.CHOOSE_A_CITY, trouble=True)
            return
        self.go("reader")
        if reader.step(Marked.NAMED, step):
            return
        places = reader.spread.get(Marked.NAMED, ())
        at = bisect_right(places, reader.index) if step > 0 else bisect_left(places, reader.index) - 1
        if 0 <= at < len(places):
            reader.land(places[at], Marked.NAMED, step)
        else:
            self._ask_onward(reader.source.id, step)

    def _ask_onward(self, source_id: str, step: int) -> None:
        number, query = self.desk.number, self.query_text

        def look(library: "Library") -> Message:
            found = library.reader.next_source(query, source_id, step)
            if found is None:
                return self.Onward(number, None, 0, step)
            rank, onward = found
            places = library.reader.positions(city_query(query), onward)
            return self.Onward(number, rank, places[0 if step > 0 else -1] if places else 0, step)

        self.desk.put("onward", look)

    @on(Onward)
    def _onward(self, event: Onward) -> None:
        if event.number != self.desk.number:
            return
        if event.rank is None:
            self.tell(_("There is no further mention"))
            return
        self._landing = (event.place, Marked.NAMED, event.step)
        self._go_to_hit(event.rank)
