"""The search line: the query, and how much it selects."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.i18n import _
from hubtui.text.cells import printable
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.safe import content


class QueryInput(Input):
    """Where the query is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.SEARCH)

    class Left(Message):
        """The user wants to go on to the passages."""

    def validate_value(self, value: str) -> str:
        """Take out what a terminal must not be given, before it is shown or searched for."""
        return printable(value)

    def action_leave(self) -> None:
        """Go on to the passages."""
        self.post_message(self.Left())


class SearchLine(Horizontal):
    """The query and the number of passages."""

    def compose(self) -> ComposeResult:
        """Lay out the input and the count."""
        self.border_title = content(_("Search"))
        yield Static(content("/"), id="prompt")
        yield QueryInput(
            placeholder=_('words, "phrases", city:Harbin, 云计算 …'),
            id="query",
            compact=True,
            select_on_focus=False,
        )
        yield Static(id="selected")

    def say(self, selected: str) -> None:
        """Show how much the query selects."""
        self.query_one("#selected", Static).update(content(selected))
