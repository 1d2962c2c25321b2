"""Telling about what is under the cursor: a source, a passage with why it is a hit, or a city."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hubtui.errors import UnknownPlaceError, UnknownSourceError
from hubtui.i18n import _
from hubtui.text.cells import pad, printable, width
from hubtui.text.wrap import wrap
from hubtui.tui.about import Fact, Part, of_city, of_passage, of_source
from hubtui.tui.desk import Urgency
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.screens.dialogs import Dialog
from hubtui.tui.widgets.facets import CityList, SourceList

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import Passage, Place, PlaceCount, Source

_WIDEST_LABEL = 24
_WIDTH, _SHARE, _FRAME = 72, 94, 9
"""Cells of a dialog, its share of the screen in percent at most, and its frame: as in dialogs.tcss."""


class AboutDialog(Dialog):
    """Facts, in parts with headings."""

    def __init__(self, title: str, parts: Sequence[Part]) -> None:
        super().__init__()
        self.heading = title
        self._parts = parts

    def parts(self) -> list[Static]:
        """One text, the labels of each part in one column."""
        cells = min(_WIDTH, self.app.size.width * _SHARE // 100) - _FRAME
        return [Static(Content("\n\n").join(_laid_out(part, cells) for part in self._parts))]


class About(Base):
    """The part of the main screen that tells about what is under the cursor."""

    @dataclass
    class Told(Message):
        """What there is to tell."""

        title: str
        parts: Sequence[Part]

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
            return self.Told(source.label, [*of_source(source, _copies(library, source))])

        self.desk.put("about", look, Urgency.ACT)

    def _tell_of_passage(self, passage: "Passage") -> None:
        query = self.query_text

        def look(library: "Library") -> Message | None:
            try:
                source = library.source(passage.source_id)
            except UnknownSourceError:
                return None  # it went in the meantime; the list follows
            matches = library.explain(query, passage)
            told = [
                *of_passage(passage, matches, query.strip()),
                *of_source(source, _copies(library, source)),
            ]
            return self.Told(source.label, told)

        self.desk.put("about", look, Urgency.ACT)

    def _tell_of_city(self, entry: "PlaceCount") -> None:
        from hubtui.search.query import set_filter  # noqa: PLC0415  # after the first paint

        # The counts beside the cities leave the chosen one out of the query, too.
        query = set_filter(self.query_text, "city", None)

        def look(library: "Library") -> Message:
            names = library.place_names(entry.place.id, query)
            parts = of_city(entry, _above(library, entry.place), names, query)
            return self.Told(entry.place.name_en or entry.place.name_zh, [*parts])

        self.desk.put("about", look, Urgency.ACT)

    @on(Told)
    def _told(self, event: Told) -> None:
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


def _laid_out(part: Part, cells: int) -> Content:
    column = min(_WIDEST_LABEL, max((width(fact.label) for fact in part.facts), default=0))
    lines = [content(part.heading, "bold $accent")]
    for fact in part.facts:
        lines += _lines(fact, column, cells)
    return Content("\n").join(lines)


def _lines(fact: Fact, column: int, cells: int) -> list[Content]:
    """Give a fact with its value beside its label, also where that takes several lines."""
    indent = column + 2 if column else 0
    value = printable(fact.value)
    told = f"{value}  {printable(fact.note)}" if fact.note else value
    lines = []
    for start, end in wrap(told, max(10, cells - indent)):
        label = pad(fact.label, column) + "  " if column and not start else " " * indent
        known = content(told[start : max(start, min(end, len(value)))])
        note = content(told[max(start, len(value)) : end], "$quiet italic")
        lines.append(Content.assemble(content(label, "$quiet"), known, note))
    return lines
