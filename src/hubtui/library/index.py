"""The index of a library: brought up to date with the files, watched, and asked for its problems.

A sync for the screen runs in a subprocess, so that the process with the screen stays responsive. The
subprocess takes the library's folder from standard input and writes a :class:`.SyncProgress` for each file,
then one :class:`.SyncReport` or an error, to standard output. When its input ends it stops as a cancelled
sync does: what it has read is kept.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, cast

from hubtui.core.errors import DamagedIndexError, HubtuiError, IndexBusyError, IndexingError
from hubtui.core.i18n import _
from hubtui.core.models import Problem, SyncProgress, SyncReport
from hubtui.index.store import Due, how_much_is_due
from hubtui.ingest import scan
from hubtui.library.opened import OpenedLibrary

_NICENESS = 10
"""Added to the niceness of the subprocess, so that it gives way to the screen and to others."""


def sync_in_subprocess(
    root: Path,
    progress: Callable[[SyncProgress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> SyncReport:
    """Sync the library in ``root`` in another process.

    Args:
        root: The library's folder.
        progress: Called in this thread after each file that had to be read.
        cancelled: Asked in this thread after each file; true ends the sync early.

    Raises:
        HubtuiError: What the sync raised there, or that the process ended without an answer.
        OSError: No process can be started.
    """
    from hubtui.ingest.workers import receive, send, start  # deferred: only the screen syncs so

    with start(__name__) as process:
        orders, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        try:
            send(orders, root)
            while isinstance(answer := receive(answers), SyncProgress):
                if progress is not None:
                    progress(answer)
                if cancelled is not None and cancelled():
                    with suppress(OSError):
                        orders.close()
        except (OSError, EOFError) as error:
            raise IndexingError(
                _("The indexing process ended before it was done."),
                _("Press r to continue where it stopped."),
            ) from error
    if isinstance(answer, Exception):
        raise answer
    return cast("SyncReport", answer)


def main() -> None:
    """Serve one order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    with suppress(AttributeError, OSError):  # not on every system
        os.nice(_NICENESS)

    from hubtui.ingest.workers import receive, streams  # deferred, as above

    with streams() as (orders, answers):
        root = cast("Path", receive(orders))
        deserted = threading.Event()
        threading.Thread(target=_wait_for_end, args=[orders, deserted], daemon=True).start()
        try:
            with closing(OpenedLibrary.open(root)) as library:
                answer: object = library.sync(
                    progress=lambda progress: _tell(answers, progress, deserted), cancelled=deserted.is_set
                )
        except HubtuiError as error:
            answer = error
        except Exception as error:  # noqa: BLE001  # the other process says what it is
            answer = HubtuiError(f"{type(error).__name__}: {error}", _("Please report it with this message."))
        _tell(answers, answer, deserted)


def _tell(answers: BinaryIO, message: object, deserted: threading.Event) -> None:
    from hubtui.ingest.workers import send  # deferred, as above

    try:
        send(answers, message)
    except OSError:
        deserted.set()


def _wait_for_end(orders: BinaryIO, deserted: threading.Event) -> None:
    orders.read()
    deserted.set()


_PATIENCE = 1.0
"""Seconds between two attempts to index while another process does."""


class LibraryIndex:
    """Brings the index up to date with the files."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        self.is_replaced = opened.is_replaced

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
        # deferred: for the screen

        opened = self._opened
        opened.reload_settings()
        try:
            due = how_much_is_due(scan(opened.paths.seeds), opened.store())
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
        # deferred: for the screen

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


# Milliseconds. Editors and downloads write in bursts: a burst is told once, this long after it began
# at the latest, or when nothing has come for the shorter time.
_LONGEST_BURST = 1000
_QUIET = 150


def changes(seeds: Path, stopped: threading.Event) -> Generator[None, None, None]:
    """Wait for changes below ``seeds``; give one ``None`` for each burst of them, until ``stopped``."""
    from watchfiles import watch  # deferred: only who waits needs it

    bursts = watch(
        seeds,
        stop_event=stopped,
        debounce=_LONGEST_BURST,
        step=_QUIET,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    for _burst in bursts:
        yield
