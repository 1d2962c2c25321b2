"""The façade's topic of indexing: bringing the index up to date with the files."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import replace

from hubtui.errors import DamagedIndexError, IndexBusyError
from hubtui.i18n import _
from hubtui.index.sync import Due, how_much_is_due, sync
from hubtui.index.watch import changes
from hubtui.library.apart import sync_apart
from hubtui.library.reading import Reading
from hubtui.model import Problem, SyncProgress, SyncReport

_PATIENCE = 1.0
"""Seconds between two attempts to index while another process does."""


class Indexing(Reading):
    """Brings the index up to date with the files."""

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
            self._repairs = (f"{damage.message} {_('It has been built anew.')}",)
        return self._with_repairs(report)

    def _with_repairs(self, report: SyncReport) -> SyncReport:
        repairs, self._repairs = self._repairs, ()
        return replace(report, problems=(*(Problem("", note) for note in repairs), *report.problems))

    def sync_apart(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SyncReport:
        """Do as :meth:`sync`, with what takes long in a process of its own, so that this one stays free.

        A few small texts are read in this thread: to start a process would take longer.

        Raises:
            IndexingError: As :meth:`sync`, or the process has ended before it was done.
            SettingsError: ``hubtui.toml`` has changed and cannot be understood.
        """
        with self._lock:
            self._follow_settings()
        try:
            due = how_much_is_due(self.paths.seeds, self._opened())
        except DamagedIndexError:
            due = Due.MUCH
        if due is Due.MUCH:
            with suppress(OSError):
                return self._with_repairs(sync_apart(self.paths.root, progress, cancelled))
        return self.sync(progress, cancelled)

    @property
    def generation(self) -> int:
        """Which state of the index there is to read: another one after each step of a sync, whoever syncs."""
        return self._opened().catalogue.generation

    def watch(self, stopped: threading.Event) -> Generator[SyncReport, None, None]:
        """Sync whenever the files change, and give each report that tells of a change, until ``stopped``.

        Blocks between changes. Waits while another hubtui is indexing this library.
        """
        for _change in self.changes(stopped):
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
