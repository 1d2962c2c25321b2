"""The façade's topic of analysis: what sets passages apart."""

from typing import TYPE_CHECKING

from hubtui.library.opening import OpenLibrary

if TYPE_CHECKING:
    from hubtui.search.keywords import Keywords


class Analysing(OpenLibrary):
    """Counts words."""

    def keywords(self, query: str, against: str = "") -> "Keywords":
        """Give the words that set the passages of a query apart from others, by log-likelihood.

        Args:
            query: As for :meth:`Searching.search`.
            against: The query of the passages to compare with; by default all others of the library.
        """
        from hubtui.search.keywords import Comparer  # noqa: PLC0415  # deferred: most commands count no words
        from hubtui.search.selection import own_words  # noqa: PLC0415  # deferred: see above

        searcher, catalogue = self._searcher(), self._opened().catalogue
        chosen, others = searcher.selection(query), searcher.selection(against)
        owns = own_words((chosen, others), catalogue, self._gazetteer)
        return Comparer(catalogue, chosen.snapshot, owns).keywords(chosen.passages, others.passages)
