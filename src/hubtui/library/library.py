"""The class :class:`Library`: the usual questions as methods, each further topic as a service of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from hubtui.core.models import (
    Facets,
    Hit,
    Passage,
    Place,
    PlaceCount,
    SearchResult,
    Source,
    SyncProgress,
    SyncReport,
)
from hubtui.library.index import LibraryIndex
from hubtui.library.opened import OpenedLibrary
from hubtui.library.reader import SourceReader

if TYPE_CHECKING:
    from hubtui.core.paths import LibraryPaths
    from hubtui.core.settings import LibrarySettings
    from hubtui.library.analysis import Analysis
    from hubtui.library.citations import Citations
    from hubtui.library.clippings import Clippings
    from hubtui.library.dossiers import Dossiers
    from hubtui.library.drafts import Drafts
    from hubtui.library.health import Check
    from hubtui.library.mentions import Mentions
    from hubtui.library.queries import Queries, SavedSearches
    from hubtui.verify import Draft, Verification

# Services are imported where they are first used: most commands need one or two of them.


class Library:
    """A folder of sources and what hubtui knows about it. Safe to use from several threads.

    Attributes:
        index: Syncs, watches the files, and lists problems.
        reader: Reads a source piece by piece, and finds places in it.
    """

    def __init__(self, opened: OpenedLibrary) -> None:
        """Use :meth:`open`."""
        self._opened = opened
        self.index = LibraryIndex(opened)
        self.reader = SourceReader(opened)

    @classmethod
    def open(cls, folder: str | Path, *, style: str = "") -> Self:
        """Open the library in ``folder``; reads no source, and the index only when it is asked for.

        Args:
            folder: The library's folder.
            style: The user's citation style; one that the library's ``hubtui.toml`` names takes precedence.

        Raises:
            LibraryError: The folder does not exist, is not a folder, or may not be read.
            SettingsError: Its ``hubtui.toml`` cannot be understood.
        """
        return cls(OpenedLibrary.open(folder, style))

    def close(self) -> None:
        """Close the index's files."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.notice(error)
        self.close()

    def notice(self, error: BaseException) -> None:
        """Have the next sync rebuild the index where an error of this library says that it is damaged.

        A library in a ``with`` statement notices the error that leaves it by itself.
        """
        self._opened.notice(error)

    def confirm(self, ids: Iterable[str]) -> None:
        """Make sure that sources say what the index holds of them, before they are quoted.

        An index that this user's hubtui wrote is trusted; of any other, each source is read again, once a
        session. Whatever cites, quotes, clips or verifies asks for it.

        Args:
            ids: The ids of the sources.

        Raises:
            UnconfirmedSourceError: One says something else; it has been indexed again where that can be.
        """
        self._opened.confirm(ids)

    @property
    def paths(self) -> "LibraryPaths":
        """Where the library's parts are."""
        return self._opened.paths

    @property
    def settings(self) -> "LibrarySettings":
        """What its ``hubtui.toml`` says."""
        return self._opened.settings

    @property
    def name(self) -> str:
        """What the library is called on screen."""
        return self.settings.name

    @property
    def style(self) -> str:
        """The citation style for a library whose ``hubtui.toml`` names none, or ``""``."""
        return self._opened.style

    @style.setter
    def style(self, style: str) -> None:
        self._opened.style = style

    @cached_property
    def analysis(self) -> "Analysis":
        """Matches in their context, words counted, queries compared."""
        from hubtui.library.analysis import Analysis

        return Analysis(self._opened)

    @cached_property
    def citations(self) -> "Citations":
        """Citations, quotations, and exports of sources."""
        from hubtui.library.citations import Citations

        return Citations(self._opened)

    @cached_property
    def clippings(self) -> "Clippings":
        """The passages that the user keeps."""
        from hubtui.library.clippings import Clippings

        return Clippings(self._opened)

    @cached_property
    def dossiers(self) -> "Dossiers":
        """All that the library says about some cities, in one document."""
        from hubtui.library.dossiers import Dossiers

        return Dossiers(self._opened, self.index, self.analysis)

    @cached_property
    def drafts(self) -> "Drafts":
        """The quotations of drafts, verified."""
        from hubtui.library.drafts import Drafts

        return Drafts(self._opened)

    @cached_property
    def mentions(self) -> "Mentions":
        """The names of places in passages, and the user's corrections of them."""
        from hubtui.library.mentions import Mentions

        return Mentions(self._opened)

    @cached_property
    def queries(self) -> "Queries":
        """Queries completed, explained and highlighted."""
        from hubtui.library.queries import Queries

        return Queries(self._opened)

    @cached_property
    def searches(self) -> "SavedSearches":
        """The searches saved in ``hubtui.toml``."""
        from hubtui.library.queries import SavedSearches

        return SavedSearches(self.paths.root, self._opened.lock_folder / "settings.lock")

    def sync(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        rebuild: bool = False,
    ) -> SyncReport:
        """Bring the index up to date with the files.

        Args:
            progress: Called in this thread after each file that had to be read.
            cancelled: Asked in this thread before each file; true ends the sync early, keeping what
                has been read.
            rebuild: Forget the index and read every source again.

        Raises:
            IndexingError: Another hubtui is indexing this library, or the index cannot be written.
            SettingsError: ``hubtui.toml`` has changed and cannot be understood.
        """
        return self._opened.sync(progress, cancelled, rebuild=rebuild)

    def sources(self) -> Sequence[Source]:
        """Return all sources, in the order of their paths."""
        return self._opened.sources()

    def source(self, name: str) -> Source:
        """Return the source with this id or path, or with this unambiguous part of its path or title.

        Raises:
            UnknownSourceError: There is none, or more than one.
        """
        return self.reader.source(name)

    def read(self, source_id: str) -> Sequence[Passage]:
        """Return the passages of a source, in order.

        Raises:
            UnknownSourceError: There is none with this id.
        """
        return self.reader.read(source_id)

    def passage(self, address: str) -> Passage:
        """Return the passage at ``SOURCE:N``.

        Raises:
            UnknownSourceError: SOURCE names none, or more than one.
            UnknownPassageError: The source has no passage N.
        """
        return self.reader.passage(address)

    def correct(self, source: Source, changes: Mapping[str, str | bool | None]) -> None:
        """Write a correction of a source's facts to ``seeds/sources.toml``; the next sync applies it.

        Args:
            source: The source.
            changes: A new value for ``title``, ``author``, ``date``…, as ``docs/sources.md`` lists them;
                ``None`` takes a correction back.

        Raises:
            CorrectionError: A key is unknown, a value unusable, or the file cannot be read or written.
        """
        from hubtui.ingest import correct

        correct(self.paths.seeds, source.path, changes, self._opened.lock_folder / "sources.lock")

    def search(self, query: str, *, limit: int = 20, offset: int = 0, typing: bool = False) -> SearchResult:
        """Return the hits for a query; an empty one selects every passage, in the order of the sources.

        Args:
            query: In hubtui's query language, see ``docs/search.md``. Never refused.
            limit: How many hits at most.
            offset: How many of the best to leave out.
            typing: Take a Latin word at the end for the beginning of one, which is neither translated nor
                corrected, where the library has words that begin so.
        """
        return self._opened.searcher().search(query, limit, offset, typing=typing)

    def facets(self, query: str = "", *, typing: bool = False) -> Facets:
        """Count the passages that the query selects, in all, by source and by place."""
        return self._opened.searcher().facets(query, typing=typing)

    def places(
        self, query: str = "", *, direct: bool = False, names: bool = True, countries: bool = False
    ) -> Sequence[PlaceCount]:
        """Return the places that the query's passages mention, most passages first.

        A passage that mentions a district mentions its city, its province and its country too; a region
        (东北) only where it is itself mentioned. Each count is what ``city:`` with the place finds under
        the same query.

        Args:
            query: As for :meth:`search`.
            direct: Count only mentions of a place itself, as ``mentions:direct`` in the query does.
            names: Count mentions inside longer names too; false is as ``mentions:plain`` in the query.
            countries: Include countries.
        """
        view = [word for word, on in (("direct", direct), ("plain", not names)) if on]
        viewed = f"mentions:{','.join(view)} {query}" if view else query
        return self._opened.searcher().facets(viewed, countries=countries).places

    def place(self, name: str) -> Place:
        """Return the place that goes by ``name``, in either language, or has this id.

        Raises:
            UnknownPlaceError: There is none.
        """
        from hubtui.search.filters import named_places

        return named_places(self._opened.gazetteer, name)[0]

    def cite(
        self, target: Passage | Source | Hit, style: str | None = None, *, csl: Path | None = None
    ) -> str:
        """Return the citation of a source, or of a source with a passage of it as locator.

        Args:
            target: What to cite; a hit's passage need not be there any more.
            style: ``gb7714-2025``, ``apa``…; by default the library's, else the user's, else the source's.
            csl: A CSL style's file, which pandoc cites in instead.

        Raises:
            UnconfirmedSourceError: As :meth:`confirm`.
            UnknownStyleError: There is no such style.
            CslError: pandoc is not installed, or cannot cite in the CSL style.
        """
        return self.citations.cite(target, style, csl=csl)

    def verify(self, draft: "Draft | Path | str") -> "Verification":
        """Return a finding for each quotation of a draft, in order; see :meth:`.Drafts.verify`.

        Args:
            draft: A draft that was read, the path of one, or its text in Markdown.

        Raises:
            DraftError: The file cannot be read.
            UnconfirmedSourceError: As :meth:`confirm`.
        """
        return self.drafts.verify(draft)

    def health(self) -> "list[Check]":
        """Check the library's folder, index, locks and permissions; nothing is brought up to date."""
        from hubtui.library.health import check_library

        return check_library(self._opened)
