"""What the screens share that take the place of the main one: its lists' keys, copying, and going back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.content import Content

from hubtui.tui.actions import Where
from hubtui.tui.copies import Quoting
from hubtui.tui.desk import Desk
from hubtui.tui.safe import content
from hubtui.tui.screens.base import Base
from hubtui.tui.screens.dialogs import ErrorDialog, KeysDialog
from hubtui.tui.widgets.bars import Bar, StatusBar
from hubtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from hubtui.core.models import Hit, Passage

Afterwards: TypeAlias = Callable[[Base], None]
"""What the main screen does when it is back."""


class Heading(Bar):
    """The line at the top: what is shown, and how much of it."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._title = self._subject = self._amount = ""

    def say(self, title: str, subject: str, amount: str) -> None:
        """Show what this is, of what, and how much."""
        self._title, self._subject, self._amount = title, subject, amount
        self.refresh()

    def ends(self, room: int) -> tuple[Content, Content]:
        """Give title and subject, and the amount."""
        del room
        title = Content.assemble((self._title, "bold $accent"), "  ", content(self._subject))
        return title, content(self._amount, "$quiet")


class Beside(Quoting):
    """A screen in the place of the main one, until it is closed."""

    AUTO_FOCUS = ""
    where: ClassVar[Where]
    """Which part of the screen its keys are listed as."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def rows(self) -> Rows | None:
        """The list that has the keys."""
        return self.focused if isinstance(self.focused, Rows) else None

    @property
    def passage(self) -> "Passage | None":
        """The passage under the cursor."""
        raise NotImplementedError

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Say in the status line what happened."""
        self.query_one(StatusBar).tell(text, trouble=trouble)

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
        self.copy_quotation([(self.passage, None)] if self.passage else [])

    @on(Desk.Failed)
    def _failed(self, event: Desk.Failed) -> None:
        self.app.push_screen(ErrorDialog(event.error))

    def action_keys(self) -> None:
        """List the keys."""
        self.app.push_screen(KeysDialog(self.where))

    def action_back(self) -> None:
        """Go one step back."""
        self.dismiss(None)

    def action_search(self) -> None:
        """Go back to the main screen, into the query."""
        self.dismiss(lambda main: main.action_focus_search())

    def read(self, hit: "Hit", query: str) -> None:
        """Go back to the main screen and read a passage in its source, with what a query finds in it."""
        self.dismiss(lambda main: main.show_hit(hit, query))

    def ask(self, query: str) -> None:
        """Go back to the main screen with another query."""

        def show(main: Base) -> None:
            main.set_query(query)
            main.go("passages")

        self.dismiss(show)
