"""The counts beside sources and cities, which follow the query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from hubtui.errors import HubtuiError
from hubtui.model import Facets, Place, PlaceCount, Source

if TYPE_CHECKING:
    from hubtui.library import Library

_Found = TypeVar("_Found", Source, Place)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the lists beside the passages show.

    Attributes:
        sources: All sources of the library.
        everything: Counts in the whole library.
        whole: Counts under the whole query.
        by_source: Counts under the query without its source, so that another can be chosen.
        by_place: Places under the query without its city, for the same reason; the city itself is among
            them even where nothing mentions it.
        names: For each place id of ``by_place``, the name that means this place in a query.
        source_id: The source the query is restricted to, or ``""``.
        place_id: The city the query is restricted to, or ``""``.
    """

    sources: tuple[Source, ...]
    everything: Facets
    whole: Facets
    by_source: Facets
    by_place: tuple[PlaceCount, ...]
    names: Mapping[str, str]
    source_id: str
    place_id: str


class Counter:
    """Counts in a library, remembering what stays the same until it is synced."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._names: dict[str, str] = {}
        self._sources = tuple(library.sources())
        self._everything = library.facets("")

    def count(self, query: str) -> Counts:
        """Count under ``query``, and under it without its source and without its city."""
        from hubtui.search.query import get_filter, set_filter  # noqa: PLC0415  # after the first paint

        source = _found(self._library.source, get_filter(query, "source"))
        city = _found(self._library.place, get_filter(query, "city"))
        whole = self._facets(query)
        without_city = set_filter(query, "city", None)
        places = tuple((whole if without_city == query else self._facets(without_city)).places)
        if city and all(entry.place.id != city.id for entry in places):
            places = (*places, PlaceCount(city, 0, 0))
        without_source = set_filter(query, "source", None)
        return Counts(
            sources=self._sources,
            everything=self._everything,
            whole=whole,
            by_source=whole if without_source == query else self._facets(without_source),
            by_place=places,
            names={entry.place.id: self._name(entry.place) for entry in places},
            source_id=source.id if source else "",
            place_id=city.id if city else "",
        )

    def _facets(self, query: str) -> Facets:
        return self._library.facets(query) if query.strip() else self._everything

    def _name(self, place: Place) -> str:
        """Give the name by which a query means ``place`` and no namesake (Suzhou is 苏州 and 宿州)."""
        if place.id not in self._names:
            meant = ((name, _found(self._library.place, name)) for name in (place.name_en, place.name_zh))
            unambiguous = (name for name, found in meant if found and found.id == place.id)
            self._names[place.id] = next(unambiguous, place.id)
        return self._names[place.id]


def _found(find: Callable[[str], _Found], name: str | None) -> _Found | None:
    if not name:
        return None
    try:
        return find(name)
    except HubtuiError:
        return None
