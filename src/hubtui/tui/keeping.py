"""Keeping the index up to date while the screen is open: at the start, on a key, and when files change."""

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

_BEAT = 0.1
"""Seconds between two reports of progress."""

_PATIENCE = 0.2
"""Seconds that the end of the program waits for a sync to stop."""

_RETRY = 2.0
"""Seconds between two attempts to sync while another hubtui does."""


def collect_garbage() -> None:
    """Turn the garbage collector on, if it is off; it never looks at what was loaded until now."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Keeper:
    """Syncs in one thread, watches the files in another, and posts what comes of it."""

    @dataclass
    class Progress(Message):
        """How far the sync has come."""

        progress: "SyncProgress"

    @dataclass
    class Grown(Message):
        """A step of a sync is done: there is more to read."""

    @dataclass
    class Synced(Message):
        """The sync is done; ``problems`` are the files that cannot be read as they should."""

        report: "SyncReport"
        problems: tuple["Problem", ...]

    @dataclass
    class Busy(Message):
        """Another hubtui is indexing this library; it is asked again until that one has finished."""

    @dataclass
    class Broken(Message):
        """The sync, or the watch over the files, has failed."""

        error: Exception

    def __init__(self, post: Callable[[Message], object], closed: threading.Event) -> None:
        self._post = post
        self._closed = closed
        self._wanted = threading.Event()
        self._generation = 0

    def start(self, library: "Library") -> None:
        """Sync now, and whenever it is asked for or the files change."""
        self._wanted.set()
        sync = threading.Thread(target=self._keep, args=[library], name="hubtui syncs", daemon=True)
        sync.start()
        threading.Thread(target=self._watch, args=[library], name="hubtui watches", daemon=True).start()
        # A process that syncs ends by itself and keeps what it has read; a sync in this one may still write.
        atexit.register(sync.join, _PATIENCE)

    def sync(self) -> None:
        """Ask for (another) sync."""
        self._wanted.set()

    def wake(self) -> None:
        """Let the thread see that all is over."""
        self._wanted.set()

    def _keep(self, library: "Library") -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closed.is_set():
                library.close()
                return
            self._has_grown(library)
            try:
                report = library.index.sync_in_subprocess(
                    progress=self._progress(library), cancelled=self._closed.is_set
                )
            except IndexBusyError:
                self._post(Keeper.Busy())
                if self._has_grown(library):
                    self._post(Keeper.Grown())
                if not self._closed.wait(_RETRY):
                    self._wanted.set()
            except Exception as error:  # noqa: BLE001  # whatever it is, the screen must say so
                self._post(Keeper.Broken(error))
            else:
                problems = tuple(library.index.problems())
                self._post(Keeper.Synced(report, problems))
                _log(report, problems)
            collect_garbage()

    def _watch(self, library: "Library") -> None:
        try:
            for _ in library.index.changes(self._closed):
                self._wanted.set()
        except Exception as error:  # noqa: BLE001  # as above
            self._post(Keeper.Broken(error))

    def _has_grown(self, library: "Library") -> bool:
        """Tell whether the index is in another state than when this was asked last."""
        before = self._generation
        with suppress(HubtuiError):  # it is being built; the sync itself says what is wrong
            self._generation = library.index.generation
        return self._generation != before

    def _progress(self, library: "Library") -> Callable[["SyncProgress"], None]:
        last = 0.0

        def report(progress: "SyncProgress") -> None:
            nonlocal last
            collect_garbage()  # the first file has had everything loaded
            now = time.monotonic()
            if now - last >= _BEAT:
                last = now
                self._post(Keeper.Progress(progress))
                if self._has_grown(library):
                    self._post(Keeper.Grown())

        return report


def _log(report: "SyncReport", problems: tuple["Problem", ...]) -> None:
    from hubtui.core import log  # after the first paint

    log.note("synced: %d added, %d updated, %d removed", report.added, report.updated, report.removed)
    for problem in problems:
        log.note("problem with %s", problem.path or "the index")
