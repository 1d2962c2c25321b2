"""The line below the reader in which words are looked for in the source."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.text.cells import printable
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.safe import content


class FindInput(Input):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.FIND)

    def validate_value(self, value: str) -> str:
        """Take out what a terminal must not be given, before it is shown or looked for."""
        return printable(value)


class FindBar(Horizontal):
    """The words, and which of the places that have them is shown."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._first = words

    def compose(self) -> ComposeResult:
        """Lay out the input and the count."""
        yield Static(content(_("Find")), id="find-prompt")
        yield FindInput(self._first, placeholder=_("in this source …"), id="find", compact=True)
        yield Static(id="find-count")

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.query_one(FindInput).value

    def say(self, count: str) -> None:
        """Show which of how many places is shown."""
        self.query_one("#find-count", Static).update(content(count))
