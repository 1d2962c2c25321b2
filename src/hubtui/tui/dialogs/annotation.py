"""The dialog for a clipping's note, or its tags."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from hubtui.core.i18n import _
from hubtui.text.fold import normalise
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.render import content

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping


class AnnotationArea(TextArea):
    """Where a text is written."""

    def on_paste(self, event: events.Paste) -> None:
        """Take out what a terminal must not be given, before it is shown."""
        event.text = normalise(event.text)


class AnnotationDialog(ModalScreen[str | None]):
    """Asks for a text; its result is the text, or ``None`` when nothing is to change."""

    CSS_PATH = "clippings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.ANNOTATION)

    def __init__(self, title: str, clipping: "Clipping", text: str, hint: str = "") -> None:
        """Ask, under ``title``, for another text in the place of ``text``."""
        super().__init__()
        self._title, self._clipping, self._text, self._hint = title, clipping, text, hint

    def compose(self) -> ComposeResult:
        """Lay out the beginning of the clipping, and the text below it."""
        frame = Vertical(
            Static(content(" ".join(self._clipping.text.split())), id="quoted"),
            AnnotationArea(normalise(self._text), id="annotation", compact=True, highlight_cursor_line=False),
            Static(content(self._hint), id="hint"),
            id="dialog",
        )
        frame.border_title = content(self._title)
        frame.border_subtitle = content(
            _("{save} keeps it · {line} new line · {cancel} changes nothing").format(
                save=key_of("annotation.save"),
                line=key_of("annotation.line"),
                cancel=key_of("annotation.cancel"),
            )
        )
        yield frame

    def on_mount(self) -> None:
        """Put the cursor behind the text."""
        self.query_one("#hint").display = bool(self._hint)
        self._area.move_cursor(self._area.document.end)
        self.set_focus(self._area)

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    def action_save(self) -> None:
        """Go back with the text."""
        self.dismiss(normalise(self._area.text))

    def action_break_line(self) -> None:
        """Begin a new line."""
        self._area.insert("\n")

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
