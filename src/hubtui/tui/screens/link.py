"""An address that no browser can be opened for: shown whole, to be copied."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.tui.actions import Where, bindings_of
from hubtui.tui.safe import content


class LinkDialog(ModalScreen[bool]):
    """Shows an address, and gives whether it is to be copied."""

    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.LINK)

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def compose(self) -> ComposeResult:
        """Say why, and show the address."""
        frame = VerticalScroll(
            Static(content(_("No browser can be opened from here. The address of the passage:"))),
            Static(content(self._url), id="link"),
            id="link-dialog",
            can_focus=False,
        )
        frame.border_title = content(_("Open in a browser"))
        frame.border_subtitle = content(_("Enter copies it · Esc closes"))
        yield frame

    def action_choose(self, copies: bool) -> None:  # called from a key binding
        """Go back."""
        self.dismiss(copies)
