"""Dossiers: all that a library says about some cities, in one document."""

import shlex
from collections.abc import Sequence

from hubtui import __version__
from hubtui.citation.styles import get_style
from hubtui.library.analysis import Analysis
from hubtui.library.index import LibraryIndex
from hubtui.library.opened import OpenedLibrary
from hubtui.reports.dossier import CityFacts, Dossier, sort_by_date, timeline
from hubtui.search.filters import named_places
from hubtui.search.parser import quoted


class Dossiers:
    """Gathers dossiers."""

    def __init__(self, opened: OpenedLibrary, index: LibraryIndex, analysis: Analysis) -> None:
        self._opened, self._index, self._analysis = opened, index, analysis

    def build(
        self, cities: Sequence[str], *, made: str, query: str = "", style: str | None = None, most: int = 0
    ) -> Dossier:
        """Gather all that the library says about some cities.

        Args:
            cities: Their names, in either language, or ids.
            made: The day to write on it, in ISO form.
            query: What else the passages must match, such as ``date:2020..``.
            style: The citation style; by default the library's, else the user's, else hubtui's.
            most: How many passages of each city to show; 0 for all.

        Raises:
            UnconfirmedSourceError: As :meth:`hubtui.Library.confirm`.
            UnknownPlaceError: A city is unknown.
            UnknownStyleError: There is no such style.
        """
        opened = self._opened
        chosen = opened.style_for_many(style)
        get_style(chosen)
        named: dict[str, str] = {}
        for city in cities:
            named.setdefault(named_places(opened.gazetteer, city)[0].id, city)
        facts = [self._facts(city, query, most) for city in named.values()]
        opened.confirm(hit.source.id for of_city in facts for hit in of_city.hits)
        return Dossier(
            cities=facts,
            library=opened.settings.name,
            sources=len(opened.sources()),
            fingerprint=self._index.fingerprint(),
            unread=sum(1 for _, _, problem in opened.catalog.problems() if problem.path),
            rejected=list(
                dict.fromkeys(
                    item.name for item in opened.corrections.load().items if item.action == "reject"
                )
            ),
            made=made,
            version=__version__,
            style=chosen,
            command=_command(cities, query, chosen, most),
        )

    def _facts(self, city: str, query: str, most: int) -> CityFacts:
        searcher = self._opened.searcher()
        place = named_places(self._opened.gazetteer, city)[0]
        selecting = f"city:{quoted(city)} {query}".strip()
        facets = searcher.facets(selecting)
        hits = sort_by_date(searcher.search(selecting, facets.total, 0).hits)
        return CityFacts(
            place=place,
            query=selecting,
            passages=facets.total,
            sources=len(facets.sources),
            stories=facets.stories,
            names=searcher.place_names(place.id, selecting),
            in_names=next((count.in_names for count in facets.places if count.place.id == place.id), 0),
            years=timeline(self._opened.sources(), facets.sources),
            words=self._analysis.keywords(selecting).words,
            neighbours=[count for count in facets.places if self._is_other(count.place.id, place.id)],
            hits=hits[:most] if most else hits,
        )

    def _is_other(self, other: str, place: str) -> bool:
        """Whether a place is another one: not the city itself, nor what it lies in, nor what lies in it."""
        within = self._opened.gazetteer.within
        return other != place and other not in within(place) and place not in within(other)


def _command(cities: Sequence[str], query: str, style: str, most: int) -> str:
    words = ["hubtui", "dossier", *cities, "--style", style]
    words += ["--query", query] if query else []
    words += ["--most", str(most)] if most else []
    return shlex.join(words)
