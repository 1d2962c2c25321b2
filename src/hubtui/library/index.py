"""The index of a library: brought up to date with the files, watched, and asked for its problems."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.core.models import Problem, SyncProgress, SyncReport
from hubtui.index.due import Due, how_much_is_due
from hubtui.library.opened import OpenedLibrary

_PATIENCE = 1.0
"""Seconds between two attempts to index while another process does."""


class LibraryIndex:
    """Brings the index up to date with the files."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened

    def sync_in_subprocess(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SyncReport:
        """Sync as :meth:`hubtui.Library.sync` does, but read and index in another process.

        This process stays free for the screen. A few small texts are read in this thread, since starting a
        process would take longer; so is everything where no process can be started.

        Args:
            progress: Called in this thread after each file that had to be read.
            cancelled: Asked in this thread after each file; true ends the sync early.

        Raises:
            IndexingError: Another hubtui is indexing this library, the index cannot be written, or the
                process has ended before it was done.
            SettingsError: ``hubtui.toml`` has changed and cannot be understood.
        """
        from hubtui.library.subprocess_sync import sync_in_subprocess  # deferred: for the screen

        opened = self._opened
        opened.reload_settings()
        try:
            due = how_much_is_due(opened.paths.seeds, opened.store())
        except DamagedIndexError as damage:
            opened.notice(damage)
            due = Due.MUCH
        if due is Due.MUCH:
            with suppress(OSError):
                return opened.with_repairs(sync_in_subprocess(opened.paths.root, progress, cancelled))
        return opened.sync(progress, cancelled)

    @property
    def generation(self) -> int:
        """The number of the index's state: another one after each step of a sync, whoever syncs."""
        return self._opened.catalog.generation

    def watch(self, stopped: threading.Event) -> Generator[SyncReport, None, None]:
        """Sync whenever the files change, and yield each report that tells of a change, until ``stopped``.

        Blocks between changes. Waits while another hubtui is indexing this library.
        """
        for _change in self.changes(stopped):
            while not stopped.is_set():
                try:
                    report = self._opened.sync(cancelled=stopped.is_set)
                except IndexBusyError:
                    stopped.wait(_PATIENCE)
                    continue
                if report.changed or report.problems:
                    yield report
                break

    def changes(self, stopped: threading.Event) -> Generator[None, None, None]:
        """Wait for changes of the files; yield once for each burst of them, until ``stopped``."""
        from hubtui.index.watch import changes  # deferred: for the screen

        return changes(self._opened.paths.seeds, stopped)

    def problems(self) -> Sequence[Problem]:
        """Return what the last sync could not read, then what is doubtful about what it has read."""
        unread = [problem for _, _, problem in self._opened.catalog.problems()]
        doubts = [Problem(source.path, doubt) for source in self._opened.sources() for doubt in source.doubts]
        return [*unread, *doubts]

    def fingerprint(self) -> str:
        """Identify the content of the library's sources: 16 hexadecimal digits, the same wherever it lies."""
        import hashlib  # deferred: few ask

        files = self._opened.catalog.files()
        content = "\n".join(f"{path}\t{files[path].digest}" for path in sorted(files))
        return hashlib.sha256(content.encode()).hexdigest()[:16]
