"""The façade's topic of dossiers: all that a library says about some cities, in one document."""

import hashlib
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hubtui import __version__
from hubtui.library.analysis import Analysing
from hubtui.library.citing import Citing
from hubtui.library.indexing import Indexing
from hubtui.library.mentions import Mentioning
from hubtui.library.searching import Searching

if TYPE_CHECKING:
    from hubtui.reports import CityFacts, Dossier


class Briefing(Indexing, Searching, Mentioning, Citing, Analysing):
    """Gathers dossiers."""

    def dossier(
        self, cities: Sequence[str], *, made: str, query: str = "", style: str | None = None, most: int = 0
    ) -> "Dossier":
        """Gather all that the library says about some cities.

        Args:
            cities: Their names, in either language, or ids.
            made: The day to write on it, in ISO form.
            query: What else the passages must match, such as ``date:2020..``.
            style: The citation style; by default the library's, else the user's, else hubtui's.
            most: How many passages of each city to show; 0 for all.

        Raises:
            UnknownPlaceError: A city is unknown.
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import DEFAULT_STYLE  # noqa: PLC0415  # deferred: see below
        from hubtui.citation.styles import get_style  # noqa: PLC0415  # deferred: few commands cite
        from hubtui.reports import Dossier  # noqa: PLC0415  # deferred: as above

        sources = self.sources()
        chosen = style or self.settings.style or self.style or DEFAULT_STYLE
        get_style(chosen)
        named: dict[str, str] = {}
        for city in cities:
            named.setdefault(self.place(city).id, city)
        return Dossier(
            cities=[self._facts(city, query, most) for city in named.values()],
            library=self.name,
            sources=len(sources),
            fingerprint=self.fingerprint(),
            unread=sum(1 for _, _, problem in self._opened().catalogue.problems() if problem.path),
            rejected=list(
                dict.fromkeys(said.name for said in self.mention_corrections() if said.action == "reject")
            ),
            made=made,
            version=__version__,
            style=chosen,
            command=_command(cities, query, chosen, most),
        )

    def fingerprint(self) -> str:
        """Identify the content of the library's sources: 16 hexadecimal digits, the same wherever it lies."""
        files = self._opened().catalogue.files()
        content = "\n".join(f"{path}\t{files[path].digest}" for path in sorted(files))
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def _facts(self, city: str, query: str, most: int) -> "CityFacts":
        from hubtui.reports.dossier import CityFacts, sort_by_date, timeline  # noqa: PLC0415  # deferred: see above
        from hubtui.search.scanner import quoted  # noqa: PLC0415  # deferred: see above

        place = self.place(city)
        selecting = f"city:{quoted(city)} {query}".strip()
        facets = self.facets(selecting)
        hits = sort_by_date(self.search(selecting, limit=facets.total).hits)
        return CityFacts(
            place=place,
            query=selecting,
            passages=facets.total,
            sources=len(facets.sources),
            stories=facets.stories,
            names=self.place_names(place.id, selecting),
            in_names=next((count.in_names for count in facets.places if count.place.id == place.id), 0),
            years=timeline(self.sources(), facets.sources),
            words=self.keywords(selecting).words,
            neighbours=[count for count in facets.places if self._is_other(count.place.id, place.id)],
            hits=hits[:most] if most else hits,
        )

    def _is_other(self, other: str, place: str) -> bool:
        """Whether a place is another one: not the city itself, nor what it lies in, nor what lies in it."""
        within = self._gazetteer.within
        return other != place and other not in within(place) and place not in within(other)


def _command(cities: Sequence[str], query: str, style: str, most: int) -> str:
    words = ["hubtui", "dossier", *cities, "--style", style]
    words += ["--query", query] if query else []
    words += ["--most", str(most)] if most else []
    return shlex.join(words)
