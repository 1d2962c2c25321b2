"""The façade: everything the screen, the command line and other programs can ask of a library."""

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from hubtui.errors import (
    DamagedIndexError,
    IndexBusyError,
    UnknownPassageError,
    UnknownSourceError,
    did_you_mean,
)
from hubtui.index.mentions import catch_up
from hubtui.index.store import Store, open_store
from hubtui.index.sync import sync
from hubtui.index.watch import changes
from hubtui.model import (
    Facets,
    Match,
    Mention,
    Passage,
    Place,
    PlaceCount,
    Problem,
    SearchResult,
    Source,
    Span,
    SyncProgress,
    SyncReport,
)
from hubtui.paths import LibraryPaths, locate
from hubtui.places import library_gazetteer
from hubtui.places.correction_file import MentionCorrectionFile
from hubtui.places.corrections import MentionCorrection, addition, rejection
from hubtui.search.glossary import shipped_glossary
from hubtui.search.lexicon import Lexicon
from hubtui.search.matching import named_places
from hubtui.search.searcher import Searcher
from hubtui.settings import LibrarySettings, read_settings
from hubtui.sources import correct

_PATIENCE = 1.0
"""Seconds between two attempts to index while another process does."""


class Library:
    """A folder of sources and what hubtui knows about it. Safe to use from several threads.

    Attributes:
        paths: Where its parts are.
        settings: What its ``hubtui.toml`` says.
    """

    def __init__(self, paths: LibraryPaths, settings: LibrarySettings) -> None:
        """Use :meth:`open`."""
        self.paths = paths
        self.settings = settings
        self._gazetteer = library_gazetteer(settings)
        self._said = MentionCorrectionFile(paths.root, lock=paths.index / "mentions.lock")
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._answers: tuple[Store, Searcher] | None = None
        self._repairs: tuple[str, ...] = ()

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open the library in ``folder``; reads no source, and the index only when it is asked for.

        Raises:
            LibraryError: The folder does not exist, is none, or may not be read.
            SettingsError: Its ``hubtui.toml`` cannot be understood.
        """
        paths = locate(Path(folder))
        return cls(paths, read_settings(paths.root))

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What the library is called on screen."""
        return self.settings.name

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
        with self._lock:
            self._follow_settings()
        try:
            report = sync(self.paths.seeds, self._opened(rebuild=rebuild), self._said, progress, cancelled)
        except DamagedIndexError as damage:
            self._discard()
            report = sync(self.paths.seeds, self._opened(), self._said, progress, cancelled)
            self._repairs = (f"{damage.message} It has been built anew.",)
        repairs, self._repairs = self._repairs, ()
        return replace(report, problems=(*(Problem("", note) for note in repairs), *report.problems))

    def watch(self, stopped: threading.Event) -> Generator[SyncReport, None, None]:
        """Sync whenever the files change, and give each report that tells of a change, until ``stopped``.

        Blocks between changes. Waits while another hubtui is indexing this library.
        """
        for _ in self.changes(stopped):
            while not stopped.is_set():
                try:
                    report = self.sync(cancelled=stopped.is_set)
                except IndexBusyError:
                    stopped.wait(_PATIENCE)
                    continue
                if report.changed or report.problems:
                    yield report
                break

    def changes(self, stopped: threading.Event) -> Generator[None, None, None]:
        """Wait for changes of the files; give one ``None`` for each burst of them, until ``stopped``."""
        return changes(self.paths.seeds, stopped)

    def problems(self) -> Sequence[Problem]:
        """Give what the last sync could not read, then what is doubtful about what it has read."""
        unread = [problem for _, _, problem in self._opened().catalogue.problems()]
        doubts = [Problem(source.path, doubt) for source in self.sources() for doubt in source.doubts]
        return [*unread, *doubts]

    def sources(self) -> Sequence[Source]:
        """All sources, in the order of their paths."""
        return self._opened().catalogue.sources()

    def correct(self, source: Source, changes: Mapping[str, str | bool | None]) -> None:
        """Write a correction of a source's facts to ``seeds/sources.toml``; the next sync applies it.

        Args:
            source: The source.
            changes: A new value for ``title``, ``author``, ``date``…, as ``docs/sources.md`` lists them;
                ``None`` takes a correction back.

        Raises:
            CorrectionError: A key is unknown, a value unusable, or the file cannot be read or written.
        """
        correct(self.paths.seeds, source.path, changes)

    def source(self, name: str) -> Source:
        """Give the source with this id or path, or with this unambiguous part of its path or title.

        Raises:
            UnknownSourceError: There is none, or more than one.
        """
        sources = self.sources()
        wanted = name.casefold()
        for found in (
            [s for s in sources if name in (s.id, s.path)],
            [s for s in sources if wanted in s.path.casefold()],
            [s for s in sources if wanted in s.title.casefold()],
        ):
            if len(found) == 1:
                return found[0]
            if found:
                paths = ", ".join(s.path for s in found[:3])
                raise UnknownSourceError(
                    f"{len(found)} sources go by {name!r}: {paths}{'…' if len(found) > 3 else ''}.",
                    "Write more of the path.",
                )
        hint = did_you_mean(name, [s.path for s in sources]) or "List them with: hubtui sources"
        raise UnknownSourceError(f"There is no source {name!r}.", hint)

    def read(self, source_id: str) -> Sequence[Passage]:
        """Give the passages of a source, in order.

        Raises:
            UnknownSourceError: There is none with this id.
        """
        passages = self._opened().catalogue.read(source_id)
        if not passages and all(source.id != source_id for source in self.sources()):
            raise UnknownSourceError(f"There is no source with the id {source_id!r}.")
        return passages

    def passage(self, address: str) -> Passage:
        """Give the passage at ``SOURCE:N``.

        Raises:
            UnknownSourceError: SOURCE names none, or more than one.
            UnknownPassageError: The source has no passage N.
        """
        name, _, number = address.rpartition(":")
        source = self.source(name)
        for passage in self.read(source.id):
            if number in (passage.label, str(passage.number)):
                return passage
        raise UnknownPassageError(
            f"{source.path} has no passage {number!r}.", f"It has the passages 1 to {source.passages}."
        )

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
        return named_places(self._gazetteer, name)[0]

    def reject_mention(self, passage: Passage, mention: Mention, scope: str = "this") -> MentionCorrection:
        """Say that a name does not mean the place it was taken for; the sources are not read again.

        Args:
            passage: Where it stands.
            mention: One of the passage's mentions.
            scope: ``this`` mention alone, the name in this ``source``, or the name in the ``library``.

        Raises:
            MentionCorrectionError: There is no such scope, or the library's folder cannot be written.
        """
        path = self._source_of(passage).path
        return self._followed(self._said.add(rejection(scope, path, passage.text, mention)))

    def add_mention(self, passage: Passage, start: int, end: int, place: Place) -> MentionCorrection:
        """Say that the characters from ``start`` to ``end`` of a passage mean a place.

        Raises:
            MentionCorrectionError: These characters are no name, or the library's folder cannot be written.
        """
        mention = Mention(start, end, passage.text[start:end] if start >= 0 else "", place)
        return self._followed(self._said.add(addition(self._source_of(passage).path, passage.text, mention)))

    def mention_corrections(self) -> Sequence[MentionCorrection]:
        """Give all that was said of mentions, in its order."""
        return self._said.load().items

    def undo_correction(self, correction_id: str) -> MentionCorrection:
        """Take back what was said of a mention, and give it.

        Raises:
            MentionCorrectionError: There is none with this id, or the library's folder cannot be written.
        """
        return self._followed(self._said.remove(correction_id))

    def _followed(self, correction: MentionCorrection) -> MentionCorrection:
        catch_up(self._opened().catalogue, self._said)
        return correction

    def cite(self, target: Passage | Source, style: str | None = None) -> str:
        """Give the citation of a source, or of a source with a passage of it as locator.

        Args:
            target: What to cite.
            style: ``gb7714-2025``, ``apa``…; by default the library's, else the source's language's.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import cite  # noqa: PLC0415  # deferred: most commands cite nothing

        if isinstance(target, Source):
            return cite(target, self._style(target, style))
        source = self._source_of(target)
        return cite(source, self._style(source, style), target)

    def quote(self, passage: Passage, style: str | None = None) -> str:
        """Give what a copy puts on the clipboard: the passage's exact text, a blank line, its citation.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import quotation  # noqa: PLC0415  # deferred: see above

        source = self._source_of(passage)
        return quotation(source, passage, self._style(source, style))

    def _source_of(self, passage: Passage) -> Source:
        return next(source for source in self.sources() if source.id == passage.source_id)

    def _style(self, source: Source, style: str | None) -> str:
        from hubtui.citation import default_style  # noqa: PLC0415  # deferred: see above

        return style or self.settings.style or default_style(source)

    def _searcher(self) -> Searcher:
        store = self._opened()
        with self._lock:
            if self._answers is None or self._answers[0] is not store:
                self._answers = store, self._new_searcher(store)
            return self._answers[1]

    def _new_searcher(self, store: Store) -> Searcher:
        lexicon = Lexicon(shipped_glossary().with_terms(self.settings.glossary))
        return Searcher(store, self._gazetteer, lexicon, translate=self.settings.translate)

    def _discard(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.discard()
                self._store = None

    def _opened(self, *, rebuild: bool = False) -> Store:
        with self._lock:
            if rebuild and self._store is not None:
                self._store.close()
                self._store = None
            if self._store is not None and not self._store.is_current():
                self._store.close()
                self._store = None
            if self._store is None:
                self._follow_settings()
                self._store = open_store(self.paths.index, self._gazetteer, rebuild=rebuild)
                self._repairs = self._store.notes
            return self._store

    def _follow_settings(self) -> None:
        """Read the settings again; other places need another index."""
        settings = read_settings(self.paths.root)
        if settings == self.settings:
            return
        self._gazetteer, self.settings, self._answers = library_gazetteer(settings), settings, None
        if self._store is not None and self._store.gazetteer.version != self._gazetteer.version:
            self._store.close()
            self._store = None
