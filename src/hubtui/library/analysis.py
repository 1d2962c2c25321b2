"""Analysis: matches in their context, words counted, queries compared."""

from collections.abc import Callable, Sequence

from hubtui.analysis.collocates import Collocates, collocates
from hubtui.analysis.comparison import FEWEST, MOST, Comparison, compare
from hubtui.analysis.concordance import Concordance, Sort, concordance
from hubtui.analysis.keyness import KeywordFinder, Keywords
from hubtui.analysis.vocabulary import own_words
from hubtui.core.errors import ComparisonError
from hubtui.core.i18n import _
from hubtui.library.opened import OpenedLibrary
from hubtui.library.queries import city_query


class Analysis:
    """Shows matches in context, counts words and compares passages."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened

    def concordance(
        self,
        query: str,
        sort: Sort = "source",
        most: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Concordance:
        """Find every match of a query in its context; lines are read when they are asked for.

        Args:
            query: As for :meth:`hubtui.Library.search`.
            sort: ``source`` (the order of the library), ``left`` or ``right`` (what stands beside the match,
                Chinese by pinyin) or ``date``.
            most: Look only in the first ``most`` passages.
            cancelled: Asked now and then; true ends the search early, with what was found.
        """
        (selection,) = self._opened.searcher().selections(query)
        found = concordance(selection, self._opened.catalog, most, cancelled)
        return found if sort == "source" else found.sorted(sort)

    def collocates(self, query: str, window: int = 5) -> Collocates:
        """Return the words that stand near what a query matches, by log-likelihood.

        Args:
            query: As for :meth:`hubtui.Library.search`; ``city:Harbin`` for all names of a city.
            window: How many words on each side of a match are near it.
        """
        selections, catalog = self._opened.searcher().selections(query), self._opened.catalog
        owns = own_words(selections, catalog, self._opened.gazetteer)
        return collocates(selections[0], catalog, owns, window)

    def keywords(self, query: str, against: str = "") -> Keywords:
        """Return the words that set the passages of a query apart from others, by log-likelihood.

        Args:
            query: As for :meth:`hubtui.Library.search`.
            against: The query of the passages to compare with; by default all others of the library.
        """
        chosen, others = selections = self._opened.searcher().selections(query, against)
        catalog = self._opened.catalog
        owns = own_words(selections, catalog, self._opened.gazetteer)
        return KeywordFinder(catalog, chosen.snapshot, owns).keywords(chosen.passages, others.passages)

    def compare(self, queries: Sequence[str]) -> Comparison:
        """Set two to four queries side by side: what sets their passages apart, and what they share.

        Args:
            queries: As for :meth:`hubtui.Library.search`; a city's bare name stands for the city.

        Raises:
            ComparisonError: There are fewer than two queries, or more than four.
        """
        gazetteer = self._opened.gazetteer
        different = list(dict.fromkeys(city_query(gazetteer, query) for query in queries))
        if not FEWEST <= len(different) <= MOST:
            raise ComparisonError(
                _("{n} different queries cannot be compared.").format(n=len(different)),
                _("Give two to four, such as: Harbin Guizhou"),
            )
        selections = self._opened.searcher().selections(*different)
        return compare(different, selections, self._opened.catalog, gazetteer)
