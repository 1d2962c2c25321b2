"""What opens over the main screen: the list of keys, the files with problems, an error."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hubtui.errors import HubtuiError
from hubtui.model import Problem
from hubtui.text.cells import pad, width
from hubtui.tui.actions import Where, actions_of, bindings_of, key_name
from hubtui.tui.safe import content


class Dialog(ModalScreen[None]):
    """Text over the main screen, until it is closed."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.DIALOGS)
    heading = ""

    def compose(self) -> ComposeResult:
        """Lay the text out in a frame that scrolls."""
        frame = VerticalScroll(*self.parts(), id="dialog", can_focus=False)
        frame.border_title = content(self.heading)
        frame.border_subtitle = content("Esc closes")
        yield frame

    def parts(self) -> list[Static]:
        """Give what the dialog says."""
        raise NotImplementedError

    def action_turn(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=2 * lines, animate=False)

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()


class KeysDialog(Dialog):
    """All keys, by the part of the screen they work in."""

    heading = "Keys"

    def parts(self) -> list[Static]:
        """One text with a heading for each part."""
        lines: list[Content] = []
        for where in Where:
            if lines:
                lines.append(Content(""))
            lines.append(Content.styled(where.value, "bold $accent"))
            for action in actions_of(where):
                keys = "  ".join(key_name(key) for key in action.keys)
                lines.append(Content.assemble((pad(keys, max(20, width(keys))), "bold"), "  ", action.label))
        return [Static(Content("\n").join(lines))]


class ProblemsDialog(Dialog):
    """The files that could not be read as they should."""

    heading = "Files with problems"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def parts(self) -> list[Static]:
        """Each file's path, and under it what is wrong."""
        if not self._problems:
            return [Static(content("Every file in the library could be read."))]
        return [
            Static(
                Content.assemble(
                    content(problem.path, "bold"), "\n", content(problem.message, "$quiet"), "\n"
                )
            )
            for problem in self._problems
        ]


class ErrorDialog(Dialog):
    """Something went wrong: what, and what to do."""

    def __init__(self, error: HubtuiError) -> None:
        super().__init__()
        self.heading = error.title
        self._error = error

    def parts(self) -> list[Static]:
        """The message and the remedy."""
        parts = [Static(content(self._error.message), id="message")]
        if self._error.remedy:
            parts.append(Static(content(self._error.remedy), id="remedy"))
        return parts
