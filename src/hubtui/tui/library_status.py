"""What goes on with the library: opening, syncing, problems; and why there are no passages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.bindings import key_of
from hubtui.tui.index_watcher import IndexWatcher

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.core.models import Problem, SyncProgress
    from hubtui.tui.session import Session


@dataclass
class LibraryStatus:
    """The state of the library, as the worker and the index watcher report it.

    Attributes:
        seeds: The folder that sources are put into, once the library is open.
        syncing: Whether the index is being brought up to date.
        waiting: Whether another hubtui is indexing this library.
        progress: How far the sync has come.
        problems: The files that could not be read as they should.
        error: Why there is no library at all.
    """

    seeds: str = ""
    syncing: bool = True
    waiting: bool = False
    progress: "SyncProgress | None" = None
    problems: "tuple[Problem, ...]" = ()
    error: "HubtuiError | None" = None

    def begin_sync(self) -> None:
        """Take note that a sync was asked for."""
        self.syncing, self.progress = True, None

    def follow(self, event: IndexWatcher.Progress | IndexWatcher.Busy) -> None:
        """Take note of how far the sync has come, or that another hubtui does it."""
        self.waiting = isinstance(event, IndexWatcher.Busy)
        if isinstance(event, IndexWatcher.Progress):
            self.progress = event.progress

    def end_sync(self, problems: "tuple[Problem, ...]") -> None:
        """Take note that the sync is over, with the files that could not be read as they should."""
        self.syncing = self.waiting = False
        self.problems = problems

    def summary(self) -> list[str]:
        """Say what goes on, in short; ``""`` for nothing."""
        work = [self._work()] if self.syncing else []
        return [*work, strings.problems(len(self.problems), key_of("library.problems"))]

    def why_empty(self, session: "Session") -> tuple[str, ...]:
        """Say why there are no passages, and what to do."""
        if self.error:
            return strings.failed(self.error)
        if session.counts and session.counts.sources:
            return strings.nothing_found(session.query, key_of("back"))
        if self.syncing:
            return strings.indexing(self._work())
        return strings.empty_library(self.seeds, key_of("library.sync"))

    def _work(self) -> str:
        return _(strings.BUSY) if self.waiting else strings.progress(self.progress)
