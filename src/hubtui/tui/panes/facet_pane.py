"""Sources and Cities: two lists whose cursor is a filter of the query, with counts that follow it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _
from hubtui.text.cells import fit, pad, width
from hubtui.tui import strings
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.session import FacetCounts, Session
from hubtui.tui.widgets.containers import Stack
from hubtui.tui.widgets.rows import Line, Rows
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.analysis.concordance import ContextKey
    from hubtui.core.models import Facets, Place, PlaceCount, Source
    from hubtui.library import Library

_Found = TypeVar("_Found", "Source", "Place")

SOURCE_ORDERS: Mapping[str, str] = {
    "path": N_("by path"),
    "title": N_("by title"),
    "date": N_("by date"),
    "language": N_("by language"),
    "hits": N_("by hits"),
}
"""The orders of the sources, each with what it is called."""

CITY_ORDERS: Mapping[str, str] = {
    "count": N_("by count"),
    "name": N_("by name"),
    "provinces": N_("by province"),
}
"""The orders of the cities."""

_BAR = 5
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Names(Mapping[str, str]):
    """The names of places in a query, each found out when it is asked for."""

    def __init__(self, name_of: "Callable[[Place], str]", places: "Sequence[PlaceCount]") -> None:
        """Name ``places`` as ``name_of`` does."""
        self._name_of = name_of
        self._places = {entry.place.id: entry.place for entry in places}

    def __getitem__(self, place_id: str) -> str:
        return self._name_of(self._places[place_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class FacetCounter:
    """Counts in a library, remembering what stays the same until it is synced."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._sources = tuple(library.sources())
        self._everything = library.facets("")
        self._in_order: dict[str, Sequence[Source]] = {"path": self._sources}

    def count(
        self, query: str, source_order: str = "path", city_order: str = "count", *, typing: bool = False
    ) -> FacetCounts:
        """Count under ``query``, and under it without its source and without its city.

        While ``typing``, the word at its end is the beginning of one.
        """
        from hubtui.core.models import PlaceCount  # after the first paint
        from hubtui.search.parser import get_filter, set_filter, views_in  # after the first paint

        source = self._source(get_filter(query, "source"))
        city = _found(self._library.place, get_filter(query, "city"))
        whole = self._facets(query, typing=typing)
        without_city = set_filter(query, "city", None)
        places = tuple((whole if without_city == query else self._facets(without_city, typing=typing)).places)
        if city and all(entry.place.id != city.id for entry in places):
            places = (*places, PlaceCount(city, 0, 0))
        without_source = set_filter(query, "source", None)
        by_source = whole if without_source == query else self._facets(without_source, typing=typing)
        ordered, depths = _places_in_order(places, city_order)
        return FacetCounts(
            sources=self._sources_in_order(source_order, by_source),
            everything=self._everything,
            whole=whole,
            by_source=by_source,
            by_place=ordered,
            depths=depths,
            names=Names(self._library.queries.city_name, places),
            source_id=source.id if source else "",
            place_id=city.id if city else "",
            direct="direct" in views_in(query),
        )

    def _facets(self, query: str, *, typing: bool) -> "Facets":
        return self._library.facets(query, typing=typing) if query.strip() else self._everything

    def _source(self, name: str | None) -> "Source | None":
        """Return the source that a filter selects, if it selects one."""
        if not name:
            return None
        by_path = next((source for source in self._sources if name in (source.path, source.id)), None)
        return by_path or _found(self._library.source, name)

    def _sources_in_order(self, order: str, under: "Facets") -> "Sequence[Source]":
        if order == "hits":
            return sorted(self._sources, key=lambda source: -under.sources.get(source.id, 0))
        if order not in self._in_order:
            self._in_order[order] = _sorted_sources(self._sources, order)
        return self._in_order[order]


def _sorted_sources(sources: "Sequence[Source]", order: str) -> "Sequence[Source]":
    match order:
        case "date":
            return sorted(sources, key=lambda source: source.date, reverse=True)
        case "language":
            return sorted(sources, key=lambda source: (not source.language, source.language))
        case _:
            return sorted(sources, key=lambda source: _sort_key(source.label))


def _places_in_order(
    places: "Sequence[PlaceCount]", order: str
) -> "tuple[Sequence[PlaceCount], Sequence[int]]":
    """Return places in an order, and for the order by province the depth of each."""
    match order:
        case "name":
            return sorted(places, key=_name_key), ()
        case "provinces":
            return _tree(places)
        case _:
            return places, ()


def _tree(places: "Sequence[PlaceCount]") -> "tuple[Sequence[PlaceCount], Sequence[int]]":
    """Put each place behind the one it lies in; within one the order stays."""
    listed = {entry.place.id for entry in places}
    below: dict[str, list[PlaceCount]] = {}
    for entry in places:
        below.setdefault(entry.place.parent if entry.place.parent in listed else "", []).append(entry)
    found: dict[str, tuple[PlaceCount, int]] = {}
    # A library can say of two places that each lies in the other; they come last.
    left = [(entry, 0) for entry in (*reversed(places), *reversed(below.get("", ())))]
    while left:
        entry, depth = left.pop()
        if entry.place.id not in found:
            found[entry.place.id] = entry, depth
            left += [(other, depth + 1) for other in reversed(below.get(entry.place.id, ()))]
    return [entry for entry, _depth in found.values()], [depth for _entry, depth in found.values()]


def _name_key(entry: "PlaceCount") -> str:
    return "".join(spelt for _script, spelt, _sign in _sort_key(entry.place.name_en or entry.place.name_zh))


def _sort_key(text: str) -> "ContextKey":
    from hubtui.analysis.concordance import right_key  # after the first paint

    return right_key(text, (0, 0))


def _found(find: Callable[[str], _Found], name: str | None) -> _Found | None:
    if not name:
        return None
    try:
        return find(name)
    except HubtuiError:
        return None


class FacetList(Rows):
    """A list whose first row stands for all, and whose every other row is a value of one filter.

    Moving the cursor writes the filter into the query; moving to the first row takes it out.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.LISTS)
    filter = ""
    """The filter's name in the query language."""

    orders: ClassVar[Mapping[str, str]] = {}
    """The orders it can have, each with what it is called; the first is the one it begins with."""

    @dataclass
    class Chosen(Message):
        """The query should be restricted to ``value`` of ``filter``, or with ``None`` not by it."""

        filter: str
        value: str | None

    @dataclass
    class Sorted(Message):
        """The list wants its rows in its new order."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self.order = next(iter(self.orders))
        self._counts: FacetCounts | None = None
        self._let_go = 0

    def update_counts(self, counts: FacetCounts) -> None:
        """Show what there is under a query."""
        self._counts = counts
        self.border_subtitle = content(self.subtitle(counts))
        ids, chosen = self.ids(counts)
        cursor = ids.index(chosen) + 1 if chosen and chosen in ids else 0
        self.show(len(ids) + 1 if ids else 0, cursor)

    def ids(self, counts: FacetCounts) -> tuple[list[str], str]:
        """Return the ids of the rows but the first, and the one that the query is restricted to."""
        raise NotImplementedError

    def subtitle(self, counts: FacetCounts) -> str:
        """Say what rows these are: in which order."""
        del counts
        return _(self.orders[self.order])

    def action_sort(self) -> None:
        """Ask for the next order."""
        orders = list(self.orders)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.post_message(self.Sorted())

    def value(self, index: int) -> str:
        """Return the name of a row (from 1) in the query language."""
        raise NotImplementedError

    def moved(self) -> None:
        """Write the row under the cursor into the query."""
        self.post_message(self.Chosen(self.filter, self.value(self.cursor) if self.cursor else None))

    def action_choose(self) -> None:
        """Release the row under the cursor; a second time, choose it again."""
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
    orders: ClassVar[Mapping[str, str]] = SOURCE_ORDERS
    row_height = 2

    @property
    def source(self) -> "Source | None":
        """The source under the cursor."""
        return self._counts.sources[self.cursor - 1] if self._counts and self.cursor else None

    def ids(self, counts: FacetCounts) -> tuple[list[str], str]:
        """Return the sources' ids."""
        self.say(_("No sources yet."))
        return [source.id for source in counts.sources], counts.source_id

    def value(self, index: int) -> str:
        """A source goes by its path, which is always unambiguous."""
        from hubtui.search.filters import source_name  # after the first paint

        return source_name(self._counts.sources[index - 1]) if self._counts else ""

    def paint(self, index: int, cells: int) -> list[Line]:
        """A title, and under it what is known of the source and the count."""
        if self._counts is None:
            return []
        quiet = self.style("quiet")
        if index == 0:
            counts = self._counts.by_source
            found = sum(1 for passages in counts.sources.values() if passages)
            some = _("{found:,} of {total:,}").format(found=found, total=len(self._counts.sources))
            return [
                [Segment(_("All sources"), Style())],
                _spread(some, f"{counts.total:,}", cells, quiet, Style()),
            ]
        source = self._counts.sources[index - 1]
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
    orders: ClassVar[Mapping[str, str]] = CITY_ORDERS

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._most = 0

    @property
    def entry(self) -> "PlaceCount | None":
        """The city under the cursor, with its counts."""
        return self._counts.by_place[self.cursor - 1] if self._counts and self.cursor else None

    def ids(self, counts: FacetCounts) -> tuple[list[str], str]:
        """Return the cities' ids."""
        self.say(_("These passages name no city.") if counts.sources else "")
        self._most = max((entry.passages for entry in counts.by_place), default=0)
        return [entry.place.id for entry in counts.by_place], counts.place_id

    def subtitle(self, counts: FacetCounts) -> str:
        """Return the order, and that only direct mentions count."""
        message = _("direct only") if counts.direct else ""
        return " · ".join(filter(None, (super().subtitle(counts), message)))

    def value(self, index: int) -> str:
        """A city goes by the name that means it and no other."""
        return self._counts.names[self._counts.by_place[index - 1].place.id] if self._counts else ""

    def paint(self, index: int, cells: int) -> list[Line]:
        """Both names, the count, and a bar; quiet where only places that lie in it are mentioned."""
        if self._counts is None:
            return []
        quiet, places = self.style("quiet"), self._counts.by_place
        if index == 0:
            return [_spread(_("All cities"), f"{len(places):,}", cells, Style(), quiet)]
        entry = places[index - 1]
        depth = self._counts.depths[index - 1] if self._counts.depths else 0
        number = f" {entry.passages:>{len(f'{self._most:,}')},} "
        room = cells - len(number) - _BAR
        indent = "  " * min(depth, room // 4)
        name, other = strings.place_names(entry.place)
        name = indent + fit(name, room - len(indent))
        rest = pad(f" {other}", room - width(name)) if room > width(name) else ""
        return [
            [
                Segment(name, Style() if entry.direct else quiet),
                Segment(rest, quiet),
                Segment(number, Style() if entry.passages else quiet),
                Segment(_bar(entry.passages, self._most), self.style("accent")),
            ]
        ]


class FacetPane(Stack):
    """Both lists, and the counts in them."""

    @dataclass
    class Counted(Message):
        """The counts under the query of this number."""

        number: int
        counts: FacetCounts

    def __init__(self, worker: LibraryWorker, session: Session, *, id: str) -> None:  # Textual's name for it
        """Count what the query of ``session`` selects."""
        super().__init__(id=id)
        self._worker, self._session = worker, session
        self._state = 0
        self._counter: tuple[int, FacetCounter] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        yield SourceList(id="sources")
        yield CityList(id="cities")

    @property
    def sources(self) -> SourceList:
        """The list of sources."""
        return self.query_one(SourceList)

    @property
    def cities(self) -> CityList:
        """The list of cities."""
        return self.query_one(CityList)

    @property
    def focused(self) -> "Source | PlaceCount | None":
        """What is under the cursor of the list that has the keys."""
        if self.sources.has_focus:
            return self.sources.source
        return self.cities.entry if self.cities.has_focus else None

    def forget(self) -> None:
        """Count anew from now on: the library has changed."""
        self._state += 1

    @on(FacetList.Sorted)
    def ask(self) -> None:
        """Ask for the counts, in the orders of the lists."""
        session = self._session
        number, query, typed_to, typing = session.number, session.query, session.typed_to, session.typing
        orders = self.sources.order, self.cities.order

        def count(library: "Library") -> Message | None:
            if number != session.number:
                return None
            asked = query if typed_to is None else library.queries.without_unfinished(query, typed_to)
            return self.Counted(number, self._count_in(library).count(asked, *orders, typing=typing))

        self._worker.submit("count", count, Priority.BACKGROUND, self.post_message)

    def _count_in(self, library: "Library") -> FacetCounter:
        state = self._state
        if self._counter is None or self._counter[0] != state:
            self._counter = state, FacetCounter(library)
        return self._counter[1]

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        if event.number != self._session.number:
            event.stop()
            return
        self._session.counts = event.counts
        self.sources.update_counts(event.counts)
        self.cities.update_counts(event.counts)


def _spread(left: str, right: str, cells: int, left_style: Style, right_style: Style) -> Line:
    """Put one text at the left edge and one at the right."""
    room = max(0, cells - width(right) - 1)
    return [Segment(pad(left, room) + " ", left_style), Segment(right, right_style)]


def _bar(value: int, most: int) -> str:
    most = max(1, most)
    eighths = max(1, round(value * _BAR * 8 / most)) if value else 0
    full, part = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(_BAR)
