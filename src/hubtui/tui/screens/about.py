"""Telling about what is under the cursor: a source, a passage with why it is a hit, or a city."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.errors import UnknownPlaceError, UnknownSourceError
from hubtui.core.i18n import _
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.facets import CityList, SourceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.core.models import Passage, Place, PlaceCount, Source
    from hubtui.library import Library
    from hubtui.tui.about import Part


class About(Base):
    """The part of the main screen that tells about what is under the cursor."""

    @dataclass
    class Told(Message):
        """What there is to tell."""

        title: str
        parts: "Sequence[Part]"

    def action_show_about(self) -> None:
        """Tell about the source, the city or the passage the user is on."""
        sources, cities = self.query_one(SourceList), self.query_one(CityList)
        if sources.has_focus and sources.source:
            self._tell_of_source(sources.source)
        elif cities.has_focus and cities.entry:
            self._tell_of_city(cities.entry)
        elif self.marked:
            self._tell_of_passage(self.marked)
        else:
            self.tell(_("There is nothing to tell about"), trouble=True)

    def _tell_of_source(self, source: "Source") -> None:
        def look(library: "Library") -> Message:
            from hubtui.tui.about import of_source  # after the first paint

            return self.Told(source.label, [*of_source(source, _copies(library, source))])

        self.desk.put("about", look, Urgency.ACT)

    def _tell_of_passage(self, passage: "Passage") -> None:
        query = self.query_text

        def look(library: "Library") -> Message | None:
            from hubtui.tui.about import of_passage, of_source  # after the first paint

            try:
                source = library.source(passage.source_id)
            except UnknownSourceError:
                return None  # it went in the meantime; the list follows
            matches = library.queries.explain(query, passage)
            told = [
                *of_passage(passage, matches, query.strip()),
                *of_source(source, _copies(library, source)),
            ]
            return self.Told(source.label, told)

        self.desk.put("about", look, Urgency.ACT)

    def _tell_of_city(self, entry: "PlaceCount") -> None:
        from hubtui.search.parser import set_filter  # after the first paint

        # The counts beside the cities leave the chosen one out of the query, too.
        query = set_filter(self.query_text, "city", None)

        def look(library: "Library") -> Message:
            from hubtui.tui.about import of_city  # after the first paint

            names = library.mentions.names(entry.place.id, query)
            parts = of_city(entry, _above(library, entry.place), names, query)
            return self.Told(entry.place.name_en or entry.place.name_zh, [*parts])

        self.desk.put("about", look, Urgency.ACT)

    @on(Told)
    def _told(self, event: Told) -> None:
        from hubtui.tui.screens.about_dialog import AboutDialog  # after the first paint

        self.app.push_screen(AboutDialog(event.title, event.parts))


def _copies(library: "Library", source: "Source") -> list["Source"]:
    if not source.story:
        return []
    return [one for one in library.sources() if one.story == source.story and one.id != source.id]


def _above(library: "Library", place: "Place") -> list["Place"]:
    """Give what a place lies in, the nearest first."""
    found: list[Place] = []
    while place.parent and all(place.parent != other.id for other in found):
        try:
            place = library.place(place.parent)
        except UnknownPlaceError:
            break
        found.append(place)
    return found
