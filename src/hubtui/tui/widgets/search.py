"""The search line: the query, and how much it selects."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.text.cells import printable, width
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.safe import content

if TYPE_CHECKING:
    from hubtui.core.models import Span


class QueryInput(Input):
    """Where the query is typed; what is wrong in it is underlined."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.SEARCH)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"query--fault"}

    class Left(Message):
        """The user wants to go on to the passages."""

    class Newer(Message):
        """The user wants the next choice, a newer query, or to go on to the passages."""

    class Older(Message):
        """The user wants the previous choice, or an older query."""

    class Taken(Message):
        """The user takes the choice."""

    has_choices = False
    """Whether there is something to choose from."""

    awaits_choices = False
    """Whether there soon may be."""

    @property
    def can_take(self) -> bool:
        """Whether there is something to take, or soon may be."""
        return self.has_choices or self.awaits_choices

    def on_mount(self) -> None:
        """Begin without a fault."""
        self._faults: tuple[str, Sequence[Span]] = "", ()
        self.highlighter = _Underline(self)

    def validate_value(self, value: str) -> str:
        """Take out what a terminal must not be given, before it is shown or searched for."""
        return printable(value)

    def mark(self, query: str, faults: Sequence["Span"]) -> None:
        """Underline what is wrong in ``query``, as long as that is what stands here."""
        self._faults = query, faults
        self.refresh()

    @property
    def faults(self) -> Sequence["Span"]:
        """What is wrong in the query as it is now."""
        query, faults = self._faults
        return faults if query == self.value else ()

    @property
    def cursor_column(self) -> int:
        """The column of the screen that the cursor is in."""
        return self.cursor_screen_offset.x

    def column_of(self, offset: int) -> int:
        """Give the column of the screen in which the character at ``offset`` begins."""
        return self.cursor_column - width(self.value[offset : self.cursor_position])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that take a choice to others while there is none."""
        if action == "take":
            return self.can_take
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go on to the passages."""
        self.post_message(self.Left())

    def action_newer(self) -> None:
        """Choose the next, or go to a newer query, or to the passages."""
        self.post_message(self.Newer())

    def action_older(self) -> None:
        """Choose the previous one, or go to an older query."""
        self.post_message(self.Older())

    def action_take_at_end(self) -> None:
        """Take what is chosen, or the first; elsewhere than at the end, move the cursor."""
        if self.can_take and self.cursor_at_end:
            self.action_take()
        else:
            self.action_cursor_right()

    def action_take(self) -> None:
        """Take what is chosen, or the first."""
        self.post_message(self.Taken())


class _Underline(Highlighter):
    """Underlines the faults of a query."""

    def __init__(self, line: QueryInput) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Underline them in ``text``."""
        style = self._line.get_component_rich_style("query--fault", partial=True)
        for start, end in self._line.faults:
            text.stylize(style, start, end)


class SearchLine(Horizontal):
    """The query and the number of passages."""

    _selected: Sequence[str] = ("",)

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

    def say(self, *selected: str) -> None:
        """Show how much the query selects, in the longest of these ways that there is room for."""
        self._selected = selected
        self._show_selected()

    def on_resize(self) -> None:
        """More room, more words."""
        self.call_after_refresh(self._show_selected)

    def _show_selected(self) -> None:
        shown = self.query_one("#selected", Static)
        room = shown.size.width
        fitting = (said for said in self._selected if width(said) <= room)
        shown.update(content(next(fitting, self._selected[-1])))
