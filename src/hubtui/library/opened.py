"""An open library's folder, settings, gazetteer, index and searcher, shared by its services.

Where the index may be a stranger's, its sources are confirmed before they are quoted.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from hubtui.core.errors import DamagedIndexError, UnconfirmedSourceError, UnknownSourceError
from hubtui.core.i18n import _
from hubtui.core.models import Passage, Problem, Source, SyncProgress, SyncReport
from hubtui.core.paths import SETTINGS, LibraryPaths, cached_index, locate
from hubtui.core.settings import LibrarySettings, read_settings
from hubtui.index.store import Store, is_usable, is_writable, open_store, settled
from hubtui.ingest import scan
from hubtui.places import Gazetteer
from hubtui.places.corrections import MentionCorrectionFile

if TYPE_CHECKING:
    from hubtui.index.catalog import Catalog
    from hubtui.search.searcher import Searcher


_FEW = 20
"""Sources whose passages are made ready for questions when the first of these is asked."""


class Confirmations:
    """The sources of a library of which it is known, for this session, that they say what the index holds.

    Of an index that this user's hubtui wrote, what it holds is known to be what it wrote. Of any other, each
    source is read again before it is quoted. Safe to use from several threads.
    """

    def __init__(self, seeds: Path, corrections: "MentionCorrectionFile") -> None:
        """Confirm the sources in ``seeds``."""
        self._seeds = seeds
        self._corrections = corrections
        self._lock = threading.Lock()
        self._state: tuple[bytes, int] | None = None
        self._own = False
        self._known: set[str] = set()

    def confirm(self, store: Store, ids: Iterable[str]) -> None:
        """Make sure that sources say what the index holds of them, facts and passages.

        Raises:
            UnconfirmedSourceError: One says something else, and has been indexed anew where that can be.
        """
        with self._lock:
            self._follow(store)
            due = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
            if self._own:  # a source that is gone was this user's own as well
                catalog = store.catalog
                self._known.update(
                    id_ for id_ in due if catalog.is_sealed(id_) or catalog.source(id_) is None
                )
                due = [id_ for id_ in due if id_ not in self._known]
            if due:
                from hubtui.index.confirmation import confirm  # deferred: most indexes are own

                confirm(self._seeds, store, self._corrections, due)
                self._known.update(due)

    def confirm_passages(self, store: Store, passages: Iterable[Passage]) -> None:
        """Make sure that passages stand in their sources as they are.

        Raises:
            UnconfirmedSourceError: One does not.
        """
        wanted = list(passages)
        self.confirm(store, [passage.source_id for passage in wanted])
        if self._own:
            return
        stored = {
            (passage.source_id, passage.label, passage.text)
            for id_ in {passage.source_id for passage in wanted}
            for passage in store.catalog.read(id_)
        }
        for passage in wanted:
            if (passage.source_id, passage.label, passage.text) not in stored:
                raise UnconfirmedSourceError(
                    _("Passage {label} does not stand in its source any more.").format(label=passage.label),
                    _("Search again, and quote what the source says now."),
                )

    def _follow(self, store: Store) -> None:
        """Forget what was confirmed of another state of the index."""
        state = store.mark, store.catalog.generation
        if state != self._state:
            self._state, self._own, self._known = state, store.is_own(), set()


class OpenedLibrary:
    """What every service of a library stands on. Safe to use from several threads.

    Attributes:
        paths: Where the library's parts are.
        settings: What its ``hubtui.toml`` says.
        style: The citation style for a library whose ``hubtui.toml`` names none, or ``""``.
        gazetteer: The places it knows, its own among them.
        corrections: The file of the user's corrections of mentions.
        lock_folder: Where the locks of the user's own files are; not in an index that may only be read.
    """

    def __init__(self, paths: LibraryPaths, settings: LibrarySettings, style: str = "") -> None:
        """Use :meth:`open`."""
        self.settings = settings
        self.style = style
        self.gazetteer: Gazetteer = _gazetteer(settings)
        if not is_usable(paths.index, self.gazetteer):
            paths = replace(paths, index=cached_index(paths.root))
        self.paths = paths
        self.lock_folder = paths.index if is_writable(paths.index) else cached_index(paths.root)
        self.corrections = MentionCorrectionFile(paths.root, lock=self.lock_folder / "mentions.lock")
        self._confirmations = Confirmations(paths.seeds, self.corrections)
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._searcher: tuple[Store, Searcher] | None = None
        self._repairs: tuple[str, ...] = ()
        self._settings_stamp: tuple[int, ...] | None = None  # unknown: read once more

    @classmethod
    def open(cls, folder: str | Path, style: str = "") -> Self:
        """Open the library in ``folder``; see :meth:`hubtui.Library.open`."""
        paths = locate(Path(folder))
        return cls(paths, read_settings(paths.root), style)

    def close(self) -> None:
        """Close the index's files."""
        with self._lock:
            self._close_store()

    def store(self, *, rebuild: bool = False) -> Store:
        """Return the index; it is opened when it is first asked for, and again when it was rebuilt elsewhere.

        Args:
            rebuild: Forget the index and start with an empty one.

        Raises:
            IndexingError: The index cannot be written, or another hubtui is at work in it.
            SettingsError: ``hubtui.toml`` has changed and cannot be understood.
        """
        with self._lock:
            if self._store is not None and (rebuild or not self._store.is_current()):
                self._close_store()
            if self._store is None:
                self._reload_settings()
                self._store = open_store(self.paths.index, self.gazetteer, rebuild=rebuild)
                self._repairs = self._store.notes
            return self._store

    def is_replaced(self) -> bool:
        """Whether the index was rebuilt, replaced, moved or removed since it was opened.

        The next question opens what is there then.
        """
        with self._lock:
            return self._store is not None and self.paths.root.is_dir() and not self._store.is_current()

    @property
    def catalog(self) -> "Catalog":
        """The catalog of the index: sources, passages and mentions."""
        return self.store().catalog

    def searcher(self) -> "Searcher":
        """Return what answers queries from the index as it is."""
        store = self.store()
        with self._lock:
            if self._searcher is None or self._searcher[0] is not store:
                self._searcher = store, self._new_searcher(store)
            return self._searcher[1]

    def sync(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        rebuild: bool = False,
    ) -> SyncReport:
        """Bring the index up to date with the files; see :meth:`hubtui.Library.sync`."""
        self.reload_settings()
        try:
            report = self._sync(self.store(rebuild=rebuild), progress, cancelled)
        except DamagedIndexError as damage:
            self.notice(damage)
            report = self._sync(self.store(), progress, cancelled)
        if report.added + report.updated > _FEW:
            self.searcher().prepare_meaning(cancelled)
        return self.with_repairs(report)

    def notice(self, error: BaseException) -> None:
        """Have the next sync rebuild the index where an error says that it is damaged.

        Damage is noticed where it lies, by whatever reads it first.
        """
        if isinstance(error, DamagedIndexError):
            with self._lock:
                if self._store is not None:
                    self._store.discard(error.message)
                    self._store = None

    def confirm(self, ids: Iterable[str]) -> None:
        """Make sure that sources say what the index holds of them; see :meth:`hubtui.Library.confirm`."""
        self._confirmations.confirm(self.store(), ids)

    def confirm_passages(self, passages: Iterable[Passage]) -> None:
        """Make sure that passages stand in their sources as they are.

        Raises:
            UnconfirmedSourceError: One does not.
        """
        self._confirmations.confirm_passages(self.store(), passages)

    def with_repairs(self, report: SyncReport) -> SyncReport:
        """Return a report with what was repaired in the index since the last one."""
        repairs, self._repairs = self._repairs, ()
        return replace(report, problems=(*(Problem("", note) for note in repairs), *report.problems))

    def reload_settings(self) -> None:
        """Read ``hubtui.toml`` again; an index that was made with other places is closed.

        Raises:
            SettingsError: It has changed and cannot be understood.
        """
        with self._lock:
            self._reload_settings()

    def sources(self) -> Sequence[Source]:
        """Return all sources, in the order of their paths."""
        store, known = self.store(), self._searcher
        # What the searcher has read need not be read again.
        return known[1].sources if known and known[0] is store else store.catalog.sources()

    def source_of(self, passage: Passage) -> Source:
        """Return the source of a passage.

        Raises:
            UnknownSourceError: It is gone.
        """
        found = self.catalog.source(passage.source_id)
        if found is None:
            raise UnknownSourceError(
                _("There is no source with the id {source_id!r}.").format(source_id=passage.source_id)
            )
        return found

    def style_for(self, source: Source, style: str | None = None) -> str:
        """Return the style to cite a source in.

        Args:
            source: It decides by its language and kind where nothing else does.
            style: What is asked for; by default the library's style, else the user's.
        """
        from hubtui.citation.styles import default_style  # most commands cite nothing

        return style or self.settings.style or self.style or default_style(source)

    def style_for_many(self, style: str | None = None, usual: str = "") -> str:
        """Return the one style of a document about many sources.

        Args:
            style: What is asked for; by default the library's style, else the user's.
            usual: What else it may be; by default hubtui's default style.
        """
        from hubtui.citation import DEFAULT_STYLE  # see above

        return style or self.settings.style or self.style or usual or DEFAULT_STYLE

    def _sync(
        self,
        store: Store,
        progress: Callable[[SyncProgress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> SyncReport:
        scanned = scan(self.paths.seeds)
        report = settled(scanned, store, self.corrections)
        if report is None:
            from hubtui.index.sync import sync  # deferred: mostly nothing is due

            rescan = partial(scan, self.paths.seeds)
            report = sync(scanned, store, self.corrections, progress, cancelled, rescan=rescan)
        return report

    def _new_searcher(self, store: Store) -> "Searcher":
        # Deferred: a list of sources needs none of it.
        from hubtui.search.lexicon import Lexicon, shipped_glossary
        from hubtui.search.searcher import Searcher

        lexicon = Lexicon(shipped_glossary().with_terms(self.settings.glossary))
        return Searcher(store, self.gazetteer, lexicon, translate=self.settings.translate)

    def _reload_settings(self) -> None:
        stamp = _stamp(self.paths.root / SETTINGS)
        if stamp == self._settings_stamp:
            return
        settings = read_settings(self.paths.root)
        held, self._settings_stamp = self.settings, stamp
        if replace(settings, searches=held.searches, file=held.file) == held:
            self.settings = settings  # saved searches change no answer
            return
        self.gazetteer, self.settings, self._searcher = _gazetteer(settings), settings, None
        if self._store is not None and self._store.gazetteer.version != self.gazetteer.version:
            self._close_store()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what changes with a file's content, or ``()`` where there is no file."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _gazetteer(settings: LibrarySettings) -> Gazetteer:
    if not settings.places:
        return Gazetteer.default()
    from hubtui.places import library_gazetteer  # deferred: few libraries have places of their own

    return library_gazetteer(settings)
