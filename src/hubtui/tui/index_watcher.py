"""Keep the index up to date while the screen is open: at the start, on a key, and when files change."""

import atexit
import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from hubtui.core.errors import HubtuiError, IndexBusyError

if TYPE_CHECKING:
    from hubtui.core.models import Problem, SyncProgress, SyncReport
    from hubtui.library import Library

_PROGRESS_INTERVAL = 0.1
"""Seconds between two reports of progress."""

_JOIN_TIMEOUT = 0.2
"""Seconds that the end of the program waits for a sync to stop."""

_LOOK = 2.0
"""Seconds between two looks at whether the index is still the one that was opened."""
_RETRY = 2.0
"""Seconds between two attempts to sync while another hubtui does."""


def collect_garbage() -> None:
    """Turn the garbage collector on if it is off; it never looks at what was loaded until now."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class IndexWatcher:
    """Syncs on one thread, watches the files on another, and posts the outcome.

    Also notices when the index itself is rebuilt, replaced or moved under the screen.
    """

    @dataclass
    class Progress(Message):
        """How far the sync has come."""

        progress: "SyncProgress"

    @dataclass
    class PartialSync(Message):
        """A batch of a sync is committed: there is more to read."""

    @dataclass
    class Synced(Message):
        """The sync is done; ``problems`` are the files that cannot be read as they should."""

        report: "SyncReport"
        problems: tuple["Problem", ...]

    @dataclass
    class Busy(Message):
        """Another hubtui is indexing this library; the sync is tried again until it has finished."""

    @dataclass
    class SyncFailed(Message):
        """The sync, or watching the files, has failed."""

        error: Exception

    def __init__(self, post: Callable[[Message], object], closed: threading.Event) -> None:
        self._post = post
        self._closed = closed
        self._wanted = threading.Event()
        self._generation = 0

    def start(self, library: "Library") -> None:
        """Sync now, on every :meth:`sync`, and whenever files change."""
        self._has_changed(library)
        self._wanted.set()
        sync = threading.Thread(
            target=self._sync_on_request, args=[library], name="hubtui syncs", daemon=True
        )
        sync.start()
        threading.Thread(target=self._watch, args=[library], name="hubtui watches", daemon=True).start()
        # A process that syncs ends by itself and keeps what it has read; a sync in this one may still write.
        atexit.register(sync.join, _JOIN_TIMEOUT)

    def sync(self) -> None:
        """Ask for (another) sync."""
        self._wanted.set()

    def wake(self) -> None:
        """Wake the thread, so that it notices that the screen has closed."""
        self._wanted.set()

    def _sync_on_request(self, library: "Library") -> None:
        while True:
            replaced = self._wait(library)
            if self._closed.is_set():
                library.close()
                return
            if self._has_changed(library) or replaced:  # another hubtui has synced, or built it anew
                self._post(IndexWatcher.PartialSync())
            try:
                report = library.index.sync_in_subprocess(
                    progress=self._progress(library), cancelled=self._closed.is_set
                )
            except IndexBusyError:
                self._post(IndexWatcher.Busy())
                if self._has_changed(library):
                    self._post(IndexWatcher.PartialSync())
                if not self._closed.wait(_RETRY):
                    self._wanted.set()
            except Exception as error:  # noqa: BLE001  # whatever it is, the screen must say so
                self._post(IndexWatcher.SyncFailed(error))
            else:
                self._has_changed(library)
                problems = tuple(library.index.problems())
                self._post(IndexWatcher.Synced(report, problems))
                _log(report, problems)
            collect_garbage()

    def _wait(self, library: "Library") -> bool:
        """Wait until a sync is wanted, or the index is another one; whether that is so."""
        while not self._wanted.wait(_LOOK):
            with suppress(OSError):
                if library.index.is_replaced():
                    return True
        self._wanted.clear()
        return False

    def _watch(self, library: "Library") -> None:
        try:
            for _ in library.index.changes(self._closed):
                self._wanted.set()
        except Exception as error:  # noqa: BLE001  # as above
            self._post(IndexWatcher.SyncFailed(error))

    def _has_changed(self, library: "Library") -> bool:
        """Whether the index has changed since the last call."""
        before, replaced = self._generation, False
        with suppress(HubtuiError):  # it is being built; the sync itself says what is wrong
            replaced = library.index.is_replaced()
            self._generation = library.index.generation
            return replaced or self._generation != before
        return False

    def _progress(self, library: "Library") -> Callable[["SyncProgress"], None]:
        last = 0.0

        def report(progress: "SyncProgress") -> None:
            nonlocal last
            collect_garbage()  # the first file has had everything loaded
            now = time.monotonic()
            if now - last >= _PROGRESS_INTERVAL:
                last = now
                self._post(IndexWatcher.Progress(progress))
                if self._has_changed(library):
                    self._post(IndexWatcher.PartialSync())

        return report


def _log(report: "SyncReport", problems: tuple["Problem", ...]) -> None:
    from hubtui.core import log  # after the first paint

    log.note("synced: %d added, %d updated, %d removed", report.added, report.updated, report.removed)
    for problem in problems:
        log.note("problem with %s", problem.path or "the index")
