"""The line in which a list is filtered while the user types."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.widgets.line_input import LineInput


class FilterInput(LineInput):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.FILTER)

    class Left(Message):
        """The user is done with typing; ``cleared`` when the list is to be whole again."""

        def __init__(self, *, cleared: bool) -> None:
            super().__init__()
            self.cleared = cleared

    def action_leave(self, cleared: bool) -> None:  # called from a key binding
        """Go to the list."""
        self.post_message(self.Left(cleared=cleared))


class FilterLine(Horizontal):
    """The words, and what can be written there."""

    def compose(self) -> ComposeResult:
        """Lay out the prompt and the input."""
        yield Static(content("/"), id="filter-prompt")
        yield FilterInput(placeholder=_("words, tag: city: source: …"), id="filter", compact=True)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(FilterInput).value
