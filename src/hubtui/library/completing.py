"""The façade's topic of completion: what may be meant by a query that is still being typed."""

from typing import TYPE_CHECKING

from hubtui.library.opening import OpenLibrary
from hubtui.model import Place, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.places import Gazetteer
    from hubtui.search.candidates import Candidates
    from hubtui.search.completion import Choice


class Completing(OpenLibrary):
    """Completes queries."""

    _offered: "tuple[Sequence[Source], Gazetteer, Candidates] | None" = None

    def complete(self, query: str, cursor: int) -> "Sequence[Choice]":
        """Give what the word or the filter that ends at ``cursor`` may become, best first, eight at most.

        Each is ranked and counted by the passages that the rest of the query leaves it.
        :func:`hubtui.search.completion.completed` writes it into the query.
        """
        from hubtui.search.completion import slot_at  # noqa: PLC0415  # deferred: only the screen completes

        slot = slot_at(query, cursor)
        if slot is None:
            return ()
        rest = query[: slot.start] + query[slot.end :]
        return self._candidates().choices(slot, self._searcher().facets(rest))

    def finished(self, query: str, cursor: int) -> str:
        """Give the query without the filter at ``cursor``, if that is only the beginning of one.

        So ``cloud city:Harb`` asks for ``cloud`` as long as Harbin is being typed.
        """
        from hubtui.search.completion import slot_at  # noqa: PLC0415  # deferred: see above

        slot = slot_at(query, cursor)
        if slot is None or not slot.name or not self._candidates().is_unfinished(slot):
            return query
        return query[: slot.start] + query[slot.end :]

    def query_name(self, place: Place) -> str:
        """Give the name by which ``city:`` means this place and no namesake: ``Harbin``, 宿州."""
        from hubtui.search.matching import query_name  # noqa: PLC0415  # deferred: only the screen completes

        return query_name(self._gazetteer, place)

    def _candidates(self) -> "Candidates":
        from hubtui.search.candidates import Candidates  # noqa: PLC0415  # deferred: see above

        sources, gazetteer = self._searcher().sources, self._gazetteer
        known = self._offered
        if known is None or known[0] is not sources or known[1] is not gazetteer:
            known = self._offered = sources, gazetteer, Candidates(sources, gazetteer)
        return known[2]
