"""Queries: completed while they are typed, written for a city, highlighted, saved under a name."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.errors import UnknownSearchError, did_you_mean
from hubtui.core.i18n import _
from hubtui.core.models import Match, Passage, Place, Span
from hubtui.core.settings import SettingsError, read_settings, write_search
from hubtui.library.opened import OpenedLibrary
from hubtui.places import Gazetteer
from hubtui.search.completion import CandidateFinder, Choice, slot_at
from hubtui.search.filters import query_name
from hubtui.search.parser import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.core.models import Source


_FIRST_QUERIES = ("cloud", "云")
"""What has each part of the search loaded: both languages, with what is added in the other."""


class SavedSearches:
    """Reads and writes saved searches."""

    def __init__(self, root: Path, lock: Path) -> None:
        self._root = root
        self._lock = lock

    def all(self) -> Mapping[str, str]:
        """Return the saved searches: names with their queries, as the file has them now.

        Raises:
            SettingsError: The file cannot be understood.
        """
        return dict(read_settings(self._root).searches)

    def get(self, name: str) -> str:
        """Return the query that was saved under ``name``.

        Raises:
            UnknownSearchError: There is none.
            SettingsError: The file cannot be understood.
        """
        known = self.all()
        if name in known:
            return known[name]
        how = _("Save one with S on the screen, or under [searches] in hubtui.toml.")
        message = _("There is no saved search {name!r}.").format(name=name)
        raise UnknownSearchError(message, did_you_mean(name, known) or how)

    def save(self, name: str, query: str) -> None:
        """Save a query under a name, replacing any that had it.

        Raises:
            SettingsError: The name is empty, or the file cannot be understood or written.
        """
        if not name.strip():
            raise SettingsError(_("A saved search needs a name."), _("Type one."))
        write_search(self._root, name.strip(), query, self._lock)

    def remove(self, name: str) -> None:
        """Remove a saved search; one that is not there is no error.

        Raises:
            SettingsError: The file cannot be understood or written.
        """
        write_search(self._root, name, None, self._lock)


class Queries:
    """Completes, explains and highlights queries."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        self._known: tuple[Sequence[Source], Gazetteer, CandidateFinder] | None = None

    def prepare(self) -> Iterator[None]:
        """Load, a step at a time, what the first query needs; between two steps other threads can go on.

        Raises:
            IndexBusyError: The index is being built.
        """
        from hubtui.text import segment  # what only lists sources needs no words

        segment.load()
        yield
        searcher = self._opened.searcher()
        yield
        for query in _FIRST_QUERIES:
            answer = searcher.search(query, 20, 0, typing=True)
            yield
            searcher.facets(query, typing=True)
            yield
            for hit in answer.hits[:1]:
                searcher.highlights(query, hit.passage, typing=True)
                yield
            self.complete(query, len(query))
            yield

    def complete(self, query: str, cursor: int) -> "Sequence[Choice]":
        """Return what the word or the filter that ends at ``cursor`` may become, best first, eight at most.

        Each is ranked and counted by the passages that the rest of the query leaves it.
        :func:`hubtui.search.completion.completed` writes it into the query.
        """
        slot = slot_at(query, cursor)
        if slot is None:
            return ()
        rest = query[: slot.start] + query[slot.end :]
        return self._candidates().choices(slot, self._opened.searcher().facets(rest))

    def without_unfinished(self, query: str, cursor: int) -> str:
        """Return the query without the filter at ``cursor``, if that is only the beginning of one.

        So ``cloud city:Harb`` asks for ``cloud`` as long as Harbin is being typed.
        """
        slot = slot_at(query, cursor)
        if slot is None or not slot.name or not self._candidates().is_unfinished(slot):
            return query
        return query[: slot.start] + query[slot.end :]

    def city_name(self, place: Place) -> str:
        """Return the name by which ``city:`` means this place and no namesake: ``Harbin``, 宿州."""
        return query_name(self._opened.gazetteer, place)

    def for_city(self, text: str) -> str:
        """Return the query for a city by its bare name in either language; other text is a query itself."""
        return city_query(self._opened.gazetteer, text)

    def highlights(self, query: str, passage: Passage, *, typing: bool = False) -> tuple[Span, ...]:
        """Return the spans of one passage that a query matches, in order, not overlapping.

        For ``typing`` see :meth:`Library.search`.
        """
        return self._opened.searcher().highlights(query, passage, typing=typing)

    def explain(self, query: str, passage: Passage) -> tuple[Match, ...]:
        """Return why a passage is a hit: which parts of the query match which spans of its text, and how."""
        return self._opened.searcher().explain(query, passage)

    def _candidates(self) -> CandidateFinder:
        sources, gazetteer = self._opened.searcher().sources, self._opened.gazetteer
        known = self._known
        if known is None or known[0] is not sources or known[1] is not gazetteer:
            known = self._known = sources, gazetteer, CandidateFinder(sources, gazetteer)
        return known[2]


def city_query(gazetteer: Gazetteer, text: str) -> str:
    """Return the query for a city by its bare name; any other text is a query itself."""
    name = text.strip()
    return f"city:{quoted(name)}" if name and gazetteer.lookup(name) else name
