"""A library's folder, settings, gazetteer and index: what all topics of the façade stand on."""

import threading
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from hubtui.index.store import Store, open_store
from hubtui.paths import LibraryPaths, locate
from hubtui.places import library_gazetteer
from hubtui.places.correction_file import MentionCorrectionFile
from hubtui.settings import LibrarySettings, read_settings

if TYPE_CHECKING:
    from hubtui.search.searcher import Searcher


class OpenLibrary:
    """An open library; its topics are added by the classes that derive from it.

    Attributes:
        paths: Where its parts are.
        settings: What its ``hubtui.toml`` says.
        style: The citation style for a library whose ``hubtui.toml`` names none, or ``""``.
    """

    style = ""

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
    def open(cls, folder: str | Path, *, style: str = "") -> Self:
        """Open the library in ``folder``; reads no source, and the index only when it is asked for.

        Args:
            folder: The library's folder.
            style: The user's citation style; one that the library's ``hubtui.toml`` names goes before it.

        Raises:
            LibraryError: The folder does not exist, is none, or may not be read.
            SettingsError: Its ``hubtui.toml`` cannot be understood.
        """
        paths = locate(Path(folder))
        library = cls(paths, read_settings(paths.root))
        library.style = style
        return library

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

    def _searcher(self) -> "Searcher":
        store = self._opened()
        with self._lock:
            if self._answers is None or self._answers[0] is not store:
                self._answers = store, self._new_searcher(store)
            return self._answers[1]

    def _new_searcher(self, store: Store) -> "Searcher":
        from hubtui.search.glossary import shipped_glossary  # noqa: PLC0415  # deferred: a list of sources needs none
        from hubtui.search.lexicon import Lexicon  # noqa: PLC0415  # see above
        from hubtui.search.searcher import Searcher  # noqa: PLC0415  # see above

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
        held = self.settings
        if replace(settings, searches=held.searches, file=held.file) == held:
            self.settings = settings  # saved searches change no answer
            return
        self._gazetteer, self.settings, self._answers = library_gazetteer(settings), settings, None
        if self._store is not None and self._store.gazetteer.version != self._gazetteer.version:
            self._store.close()
            self._store = None
