"""The façade's topic of analysis: matches in their context, and words counted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hubtui.library.opening import OpenLibrary

if TYPE_CHECKING:
    from hubtui.search.collocates import Collocates
    from hubtui.search.concordance import Concordance, Sort
    from hubtui.search.keywords import Keywords


class Analysing(OpenLibrary):
    """Shows matches in context, counts words and compares passages."""

    def concordance(
        self,
        query: str,
        sort: "Sort" = "source",
        most: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "Concordance":
        """Find every match of a query in its context; lines are read when they are asked for.

        Args:
            query: As for :meth:`Searching.search`.
            sort: ``source`` (the order of the library), ``left`` or ``right`` (what stands beside the match,
                Chinese by pinyin) or ``date``.
            most: Look in so many passages, the first ones, and no further.
            cancelled: Asked now and then; true ends the search early, with what was found.
        """
        from hubtui.search.concordance import concordance  # noqa: PLC0415  # deferred: most commands count no words

        found = concordance(self._searcher().selection(query), self._opened().catalogue, most, cancelled)
        return found if sort == "source" else found.sorted(sort)

    def keywords(self, query: str, against: str = "") -> "Keywords":
        """Give the words that set the passages of a query apart from others, by log-likelihood.

        Args:
            query: As for :meth:`Searching.search`.
            against: The query of the passages to compare with; by default all others of the library.
        """
        from hubtui.search.keywords import Comparer  # noqa: PLC0415  # deferred: see above
        from hubtui.search.selection import own_words  # noqa: PLC0415  # deferred: see above

        searcher, catalogue = self._searcher(), self._opened().catalogue
        chosen, others = searcher.selection(query), searcher.selection(against)
        owns = own_words((chosen, others), catalogue, self._gazetteer)
        return Comparer(catalogue, chosen.snapshot, owns).keywords(chosen.passages, others.passages)

    def collocates(self, query: str, window: int = 5) -> "Collocates":
        """Give the words that stand near what a query matches, by log-likelihood.

        Args:
            query: As for :meth:`Searching.search`; ``city:Harbin`` for all names of a city.
            window: How many words on each side of a match are near it.
        """
        from hubtui.search.collocates import collocates  # noqa: PLC0415  # deferred: see above
        from hubtui.search.selection import own_words  # noqa: PLC0415  # deferred: see above

        selection, catalogue = self._searcher().selection(query), self._opened().catalogue
        return collocates(selection, catalogue, own_words((selection,), catalogue, self._gazetteer), window)
