"""The dialog that asks how far a rejection of a mention reaches."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.text.cells import width
from hubtui.tui.actions import Where, actions_of, bindings_of, key_name, key_of, keys_of
from hubtui.tui.safe import content


class RejectDialog(ModalScreen[str | None]):
    """Asks how far a rejection reaches; gives the scope, or ``None``."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.REJECTION)

    def __init__(self, names: str, place: str) -> None:
        super().__init__()
        self._names, self._place = names, place

    def compose(self) -> ComposeResult:
        """Say what is rejected, and offer the scopes."""
        lines = [
            content(_("{names} does not mean {place}").format(names=self._names, place=self._place)),
            Content(""),
        ]
        for action in actions_of(Where.REJECTION):
            key = key_name(keys_of(action)[0])
            lines.append(Content.assemble((" " * (4 - width(key)) + key, "bold"), "  ", _(action.label)))
        frame = VerticalScroll(Static(Content("\n").join(lines)), id="dialog", can_focus=False)
        frame.border_title = content(_("Not this city"))
        frame.border_subtitle = content(_("{key} changes nothing").format(key=key_of("reject.cancel")))
        yield frame

    def action_choose(self, scope: str) -> None:
        """Go back with the scope."""
        self.dismiss(scope or None)
