"""What the main screen says of the library itself: syncing, problems, errors, and why there is nothing."""

from typing import TYPE_CHECKING

from textual import on

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.actions import key_of
from hubtui.tui.copies import marks_said
from hubtui.tui.desk import Desk
from hubtui.tui.faults import named
from hubtui.tui.keeping import Keeper
from hubtui.tui.screens.searching import Searching
from hubtui.tui.widgets.bars import StatusBar, TopBar
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.search import QueryInput

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.core.models import Problem, SyncProgress


class Syncing(Searching):
    """The part of the main screen that follows the library."""

    _seeds = ""
    _syncing = True
    _waiting = False
    """Whether another hubtui is indexing this library."""
    _progress: "SyncProgress | None" = None
    _problems: "tuple[Problem, ...]" = ()
    _trouble: "HubtuiError | None" = None

    @property
    def settled(self) -> bool:
        """Whether the screen shows everything it asked for."""
        return not self._syncing and self.desk.idle

    def action_sync(self) -> None:
        """Look for new and changed sources."""
        self._syncing, self._progress = True, None
        self.show_state()
        self.desk.sync()

    def action_show_problems(self) -> None:
        """List the files that could not be read as they should."""
        from hubtui.tui.screens.dialogs import ProblemsDialog  # after the first paint

        self.app.push_screen(ProblemsDialog(self._problems))

    @on(Desk.Opened)
    def _opened(self, event: Desk.Opened) -> None:
        self._seeds = str(event.seeds)
        self.query_one(TopBar).name_library(event.name)
        self.ask(self.query_one(QueryInput).value)

    @on(Keeper.Progress)
    def _progressed(self, event: Keeper.Progress) -> None:
        self._progress, self._waiting = event.progress, False
        self.show_state()

    @on(Keeper.Grown)
    def _grew(self) -> None:
        self.forget_counts()
        self.refresh_answers()

    @on(Keeper.Synced)
    def _synced(self, event: Keeper.Synced) -> None:
        self._syncing = self._waiting = False
        self._problems = event.problems
        self.show_state()
        said = phrases.synced(event.report)
        if said:
            self.tell(said)
            self.forget_counts()
            self.refresh_answers()

    @on(Keeper.Busy)
    def _waits(self) -> None:
        self._waiting = True
        self.show_state()

    @on(Keeper.Broken)
    def _broken(self, event: Keeper.Broken) -> None:
        self._fail(named(event.error))

    @on(Desk.Failed)
    def _failed(self, event: Desk.Failed) -> None:
        if event.fatal:
            self._trouble = event.error
        self._fail(event.error)

    def _fail(self, error: "HubtuiError") -> None:
        self._syncing = False
        self.show_state()
        from hubtui.tui.screens.dialogs import ErrorDialog  # after the first paint

        if not isinstance(self.app.screen, ErrorDialog):
            self.app.push_screen(ErrorDialog(error))

    def show_state(self) -> None:
        """Say at the right end of the status line what goes on."""
        parts = [marks_said(len(self.marks))]
        parts += [self._work()] if self._syncing else []
        parts.append(phrases.problems(len(self._problems), key_of("library.problems")))
        self.query_one(StatusBar).state(" · ".join(filter(None, parts)))
        self.say_why_empty()

    def _work(self) -> str:
        return _(phrases.BUSY) if self._waiting else phrases.progress(self._progress)

    def say_why_empty(self) -> None:
        """Tell, where there are no passages, why and what to do."""
        counts = self.counts
        if self._trouble:
            said = phrases.failed(self._trouble)
        elif counts and counts.sources:
            said = phrases.nothing_found(self.query_text, key_of("back"))
        elif self._syncing:
            said = phrases.indexing(self._work())
        else:
            said = phrases.empty_library(self._seeds, key_of("library.sync"))
        self.query_one(PassageList).say(*said)
