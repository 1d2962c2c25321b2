"""Count passages per source and city under the query."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_

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


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """What the lists beside the passages show.

    Attributes:
        sources: All sources of the library, in the order asked for.
        everything: Counts in the whole library.
        whole: Counts under the whole query.
        by_source: Counts under the query without its source, so that another can be chosen.
        by_place: Places under the query without its city, for the same reason, in the order asked for; the
            city itself is among them even where nothing mentions it.
        depths: For each of these how many of the others it lies in, where that is shown; else nothing.
        names: For each place id of ``by_place``, the name that means this place in a query.
        source_id: The source the query is restricted to, or ``""``.
        place_id: The city the query is restricted to, or ``""``.
        direct: Whether only mentions of a place itself count.
    """

    sources: "Sequence[Source]"
    everything: "Facets"
    whole: "Facets"
    by_source: "Facets"
    by_place: "Sequence[PlaceCount]"
    depths: Sequence[int]
    names: Mapping[str, str]
    source_id: str
    place_id: str
    direct: bool = False

    @property
    def place(self) -> "Place | None":
        """The city the query is restricted to."""
        return next((entry.place for entry in self.by_place if entry.place.id == self.place_id), None)


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

    def count(self, query: str, source_order: str = "path", city_order: str = "count") -> FacetCounts:
        """Count under ``query``, and under it without its source and without its city."""
        from hubtui.core.models import PlaceCount  # after the first paint
        from hubtui.search.parser import get_filter, set_filter, views_in  # after the first paint

        source = self._source(get_filter(query, "source"))
        city = _found(self._library.place, get_filter(query, "city"))
        whole = self._facets(query)
        without_city = set_filter(query, "city", None)
        places = tuple((whole if without_city == query else self._facets(without_city)).places)
        if city and all(entry.place.id != city.id for entry in places):
            places = (*places, PlaceCount(city, 0, 0))
        without_source = set_filter(query, "source", None)
        by_source = whole if without_source == query else self._facets(without_source)
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

    def _facets(self, query: str) -> "Facets":
        return self._library.facets(query) if query.strip() else self._everything

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
