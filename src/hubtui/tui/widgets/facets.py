"""Sources and Cities: two lists whose cursor is a filter of the query."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message

from hubtui.i18n import _
from hubtui.text.cells import fit, pad, width
from hubtui.tui import phrases
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.counts import Counts
from hubtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from hubtui.model import PlaceCount, Source

_BAR = 5
_EIGHTHS = " ▏▎▍▌▋▊▉"


class FacetList(Rows):
    """A list whose first row stands for all, and whose every other row is a value of one filter.

    Moving the cursor writes the filter into the query; moving to the first row takes it out.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.LISTS)
    filter = ""
    """The filter's name in the query language."""

    @dataclass
    class Chosen(Message):
        """The query should be restricted to ``value`` of ``filter``, or with ``None`` not by it."""

        filter: str
        value: str | None

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._let_go = 0

    def value(self, index: int) -> str:
        """Give what the query calls a row (from 1)."""
        raise NotImplementedError

    def moved(self) -> None:
        """Write the row under the cursor into the query."""
        self.post_message(self.Chosen(self.filter, self.value(self.cursor) if self.cursor else None))

    def action_choose(self) -> None:
        """Let the row under the cursor go; a second time, take it again."""
        if self.cursor:
            self._let_go = self.cursor
            self.move_to(0)
        else:
            self.move_to(self._let_go)

    def clicked(self, index: int) -> None:
        """Choose the row, or let it go when it was chosen."""
        if index == self.cursor:
            self.action_choose()
        else:
            self.move_to(index)


class SourceList(FacetList):
    """The sources, with date, language and how many passages the query selects in each."""

    filter = "source"
    row_height = 2

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self.say(_("No sources yet."))
        self._sources: tuple[Source, ...] = ()
        self._counts: Counts | None = None

    def update_counts(self, counts: Counts) -> None:
        """Show the sources under a query."""
        self._counts = counts
        self._sources = counts.sources
        ids = [source.id for source in self._sources]
        cursor = ids.index(counts.source_id) + 1 if counts.source_id in ids else 0
        self.show(len(ids) + 1 if ids else 0, cursor)

    def value(self, index: int) -> str:
        """A source goes by its path, which is always unambiguous."""
        return self._sources[index - 1].path

    def paint(self, index: int, cells: int) -> list[Line]:
        """A title, and under it what is known of the source and the count."""
        if self._counts is None:
            return []
        quiet = self.style("quiet")
        if index == 0:
            counts = self._counts.by_source.sources.values()
            found = sum(1 for passages in counts if passages)
            some = _("{n:,} of {total:,}").format(n=found, total=len(self._sources))
            return [
                [Segment(_("All sources"), Style())],
                _spread(some, f"{sum(counts):,}", cells, quiet, Style()),
            ]
        source = self._sources[index - 1]
        found = self._counts.by_source.sources.get(source.id, 0)
        language = source.language.partition("-")[0]
        reprint = _("reprint") if source.is_reprint else ""
        about = " · ".join(filter(None, (source.date, language, reprint)))
        return [
            [Segment(fit(source.label, cells), Style() if found else quiet)],
            _spread(about, f"{found:,}" if found else "–", cells, quiet, Style() if found else quiet),
        ]


class CityList(FacetList):
    """The cities that the query's passages mention, with how many mention each."""

    filter = "city"

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self.say(_("These passages name no city."))
        self._places: tuple[PlaceCount, ...] = ()
        self._counts: Counts | None = None

    def update_counts(self, counts: Counts) -> None:
        """Show the cities under a query."""
        self._counts = counts
        self._places = counts.by_place
        ids = [entry.place.id for entry in self._places]
        cursor = ids.index(counts.place_id) + 1 if counts.place_id in ids else 0
        self.show(len(ids) + 1 if ids else 0, cursor)

    def value(self, index: int) -> str:
        """A city goes by the name that means it and no other."""
        place = self._places[index - 1].place
        return self._counts.names[place.id] if self._counts else place.id

    def paint(self, index: int, cells: int) -> list[Line]:
        """Both names, the count, and a bar."""
        quiet = self.style("quiet")
        if index == 0:
            return [_spread(_("All cities"), f"{len(self._places):,}", cells, Style(), quiet)]
        entry = self._places[index - 1]
        most = max(1, *(other.passages for other in self._places[:1]), entry.passages)
        number = f" {entry.passages:>{len(f'{most:,}')},} "
        room = cells - len(number) - _BAR
        name, other = phrases.place_names(entry.place)
        name = fit(name, room)
        rest = pad(f" {other}", room - width(name)) if room > width(name) else ""
        return [
            [
                Segment(name, Style() if entry.passages else quiet),
                Segment(rest, quiet),
                Segment(number, Style()),
                Segment(_bar(entry.passages, most), self.style("accent")),
            ]
        ]


def _spread(left: str, right: str, cells: int, left_style: Style, right_style: Style) -> Line:
    """Put one text at the left edge and one at the right."""
    room = max(0, cells - width(right) - 1)
    return [Segment(pad(left, room) + " ", left_style), Segment(right, right_style)]


def _bar(value: int, most: int) -> str:
    eighths = max(1, round(value * _BAR * 8 / most)) if value else 0
    full, part = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(_BAR)
