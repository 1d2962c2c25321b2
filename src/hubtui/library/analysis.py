"""The façade's topic of analysis: matches in their context, words counted, queries compared."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hubtui.errors import ComparisonError
from hubtui.i18n import _
from hubtui.library.opening import OpenLibrary

if TYPE_CHECKING:
    from hubtui.search.collocates import Collocates
    from hubtui.search.comparison import Comparison
    from hubtui.search.concordance import Concordance, Sort
    from hubtui.search.keywords import Keywords

# Imports are deferred in this topic: most commands count no words.


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
        from hubtui.search.concordance import concordance  # noqa: PLC0415  # deferred: see above

        (selection,) = self._searcher().selections(query)
        found = concordance(selection, self._opened().catalogue, most, cancelled)
        return found if sort == "source" else found.sorted(sort)

    def collocates(self, query: str, window: int = 5) -> "Collocates":
        """Give the words that stand near what a query matches, by log-likelihood.

        Args:
            query: As for :meth:`Searching.search`; ``city:Harbin`` for all names of a city.
            window: How many words on each side of a match are near it.
        """
        from hubtui.search.collocates import collocates  # noqa: PLC0415  # deferred: see above
        from hubtui.search.selection import own_words  # noqa: PLC0415  # deferred: see above

        selections, catalogue = self._searcher().selections(query), self._opened().catalogue
        return collocates(selections[0], catalogue, own_words(selections, catalogue, self._gazetteer), window)

    def keywords(self, query: str, against: str = "") -> "Keywords":
        """Give the words that set the passages of a query apart from others, by log-likelihood.

        Args:
            query: As for :meth:`Searching.search`.
            against: The query of the passages to compare with; by default all others of the library.
        """
        from hubtui.search.keywords import Comparer  # noqa: PLC0415  # deferred: see above
        from hubtui.search.selection import own_words  # noqa: PLC0415  # deferred: see above

        chosen, others = selections = self._searcher().selections(query, against)
        catalogue = self._opened().catalogue
        owns = own_words(selections, catalogue, self._gazetteer)
        return Comparer(catalogue, chosen.snapshot, owns).keywords(chosen.passages, others.passages)

    def compare(self, queries: Sequence[str]) -> "Comparison":
        """Set two to four queries side by side: what sets their passages apart, and what they share.

        Args:
            queries: As for :meth:`Searching.search`; a city's bare name stands for the city.

        Raises:
            ComparisonError: There are fewer than two queries, or more than four.
        """
        from hubtui.search.comparison import FEWEST, MOST, compare  # noqa: PLC0415  # deferred: see above

        different = list(dict.fromkeys(self.as_query(query) for query in queries))
        if not FEWEST <= len(different) <= MOST:
            raise ComparisonError(
                _("{n} different queries cannot be compared.").format(n=len(different)),
                _("Give two to four, such as: Harbin Guizhou"),
            )
        selections = self._searcher().selections(*different)
        return compare(different, selections, self._opened().catalogue, self._gazetteer)

    def as_query(self, text: str) -> str:
        """Give the query for a city by its bare name in either language; any other text is a query itself."""
        from hubtui.search.scanner import quoted  # noqa: PLC0415  # deferred: see above

        name = text.strip()
        return f"city:{quoted(name)}" if name and self._gazetteer.lookup(name) else name
