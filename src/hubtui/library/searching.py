"""The façade's topic of search: hits, counts, highlights, and why a passage is a hit."""

from collections.abc import Sequence

from hubtui.library.opening import OpenLibrary
from hubtui.model import Facets, Match, Passage, Place, PlaceCount, SearchResult, Span


class Searching(OpenLibrary):
    """Finds passages and counts them."""

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
        """Give the hits for a query; an empty one selects every passage, in the order of the sources.

        Args:
            query: In hubtui's query language, see ``docs/search.md``. Never refused.
            limit: How many hits at most.
            offset: How many of the best to leave out.
        """
        return self._searcher().search(query, limit, offset)

    def facets(self, query: str = "") -> Facets:
        """Count the passages that the query selects, in all, by source and by place."""
        return self._searcher().facets(query)

    def places(
        self, query: str = "", *, direct: bool = False, names: bool = True, countries: bool = False
    ) -> Sequence[PlaceCount]:
        """Give the places that the query's passages mention, most passages first.

        A passage that mentions a district mentions its city, its province and its country too; a region
        (东北) only where it is itself mentioned. Each count is what ``city:`` with the place finds under
        the same query.

        Args:
            query: As for :meth:`search`.
            direct: Count mentions of a place itself alone, as ``mentions:direct`` in the query does.
            names: Count mentions inside longer names too; false is as ``mentions:plain`` in the query.
            countries: Give countries as well.
        """
        view = [word for word, on in (("direct", direct), ("plain", not names)) if on]
        viewed = f"mentions:{','.join(view)} {query}" if view else query
        return self._searcher().facets(viewed, countries=countries).places

    def place_names(self, place_id: str, query: str = "") -> Sequence[tuple[str, int]]:
        """Give the names under which a place itself was found, each with how many passages have it.

        Args:
            place_id: The place.
            query: Count only the passages that it selects.
        """
        return self._searcher().place_names(place_id, query)

    def highlights(self, query: str, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of one passage that a query matches, in order, not overlapping."""
        return self._searcher().highlights(query, passage)

    def explain(self, query: str, passage: Passage) -> tuple[Match, ...]:
        """Give why a passage is a hit: which parts of the query match which spans of its text, and how."""
        return self._searcher().explain(query, passage)

    def place(self, name: str) -> Place:
        """Give the place that goes by ``name``, in either language, or has this id.

        Raises:
            UnknownPlaceError: There is none.
        """
        from hubtui.search.matching import named_places  # noqa: PLC0415  # deferred: few commands ask

        return named_places(self._gazetteer, name)[0]
