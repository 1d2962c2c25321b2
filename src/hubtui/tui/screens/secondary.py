"""What the screens share that take the place of the main one: its lists' keys, copying, and going back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.content import Content
from textual.screen import Screen

from hubtui.tui.bindings import Where
from hubtui.tui.copying import Copying
from hubtui.tui.dialogs.text_dialogs import ErrorDialog, KeysDialog
from hubtui.tui.render import content
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import Bar, Notice, StatusBar
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.worker import LibraryWorker

if TYPE_CHECKING:
    from hubtui.core.models import Hit, Passage


@dataclass(frozen=True, slots=True)
class SearchAgain:
    """Go back to the main screen, into the query."""


@dataclass(frozen=True, slots=True)
class ReadHit:
    """Go back to the main screen and read a hit in its source, with what ``query`` finds in it."""

    hit: "Hit"
    query: str


@dataclass(frozen=True, slots=True)
class AskQuery:
    """Go back to the main screen with another query, to its passages."""

    query: str


Outcome: TypeAlias = "SearchAgain | ReadHit | AskQuery | None"
"""What the main screen does when it is back."""


class HeadingBar(Bar):
    """The line at the top: what is shown, and how much of it."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._title = self._subject = self._amount = ""

    def say(self, title: str, subject: str, amount: str) -> None:
        """Show what this is, of what, and how much."""
        self._title, self._subject, self._amount = title, subject, amount
        self.refresh()

    def ends(self, room: int) -> tuple[Content, Content]:
        """Return title and subject, and the amount."""
        del room
        title = Content.assemble((self._title, "bold $accent"), "  ", content(self._subject))
        return title, content(self._amount, "$quiet")


class SecondaryScreen(Screen[Outcome]):
    """A screen in the place of the main one, until it is closed."""

    AUTO_FOCUS = ""
    where: ClassVar[Where]
    """Which part of the screen its keys are listed as."""

    def __init__(self, worker: LibraryWorker, session: Session) -> None:
        super().__init__()
        self.worker = worker
        self.copying = Copying(worker, session, self.post_message, self._give_to_terminal)
        self.session = session

    @property
    def rows(self) -> Rows | None:
        """The list that has the keys."""
        return self.focused if isinstance(self.focused, Rows) else None

    @property
    def passage(self) -> "Passage | None":
        """The passage under the cursor, where there is one to copy."""
        return None

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Say in the status line what happened."""
        self.query_one(StatusBar).tell(text, trouble=trouble)

    def _give_to_terminal(self, text: str) -> None:
        self.app.copy_to_clipboard(text)

    @on(Notice)
    def _noticed(self, event: Notice) -> None:
        self.tell(event.text, trouble=event.trouble)

    def action_move(self, step: int) -> None:
        """Move the cursor by ``step`` rows."""
        if self.rows is not None:
            self.rows.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by ``step`` pages."""
        if self.rows is not None:
            self.rows.action_page(step)

    def action_edge(self, last: bool) -> None:  # called from a key binding
        """Move the cursor to the first or last row."""
        if self.rows is not None:
            self.rows.action_edge(last)

    def action_enter(self) -> None:
        """Go on from the row under the cursor."""
        if self.rows is not None and self.rows.count:
            self.rows.action_enter()

    def action_copy(self) -> None:
        """Copy the passage under the cursor with its citation."""
        self.copying.copy_quotation([(self.passage, None)] if self.passage else [])

    @on(LibraryWorker.Failed)
    def _failed(self, event: LibraryWorker.Failed) -> None:
        self.app.push_screen(ErrorDialog(event.error))

    def action_keys(self) -> None:
        """List the keys."""
        self.app.push_screen(KeysDialog(self.where))

    def action_back(self) -> None:
        """Go one step back."""
        self.dismiss(None)

    def action_search(self) -> None:
        """Go back to the main screen, into the query."""
        self.dismiss(SearchAgain())
