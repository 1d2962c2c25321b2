"""The dialog for copying in another form: a format and a style, with a preview of what is copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hubtui.citation.quotations import COPY_FORMATS
from hubtui.citation.styles import styles
from hubtui.core.i18n import _
from hubtui.text.cells import fit, pad
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.copying import Copying, quotation
from hubtui.tui.render import content
from hubtui.tui.session import CopyForm, Quoted, Session, SettingChanged
from hubtui.tui.widgets.rows import Line, Rows
from hubtui.tui.worker import LibraryWorker

if TYPE_CHECKING:
    from hubtui.library import Library

_SHOWN = 4_000
"""Characters of the preview; what is copied is whole."""


class ChoiceList(Rows):
    """Names to choose one of."""

    class Moved(Message):
        """Another name is under the cursor."""

    def __init__(self, names: Sequence[str], *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._names = names

    def paint(self, index: int, cells: int) -> list[Line]:
        """The name."""
        return [[Segment(pad(fit(_(self._names[index]), cells), cells))]]

    def choose(self, index: int) -> None:
        """Put the cursor on a name; posts nothing."""
        self.show(len(self._names), index)

    def moved(self) -> None:
        """Post that the cursor has moved."""
        self.post_message(self.Moved())


class CopyDialog(ModalScreen[CopyForm | None]):
    """Offers formats and styles, and shows what would be copied; its result is the chosen form."""

    CSS_PATH = "copy_as.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.COPYING)

    @dataclass
    class Composed(Message):
        """What would be copied, in which style."""

        form: CopyForm
        style: str
        text: str

    def __init__(self, worker: LibraryWorker, quoted: Sequence[Quoted], session: Session) -> None:
        super().__init__()
        self._worker = worker
        self._quoted = quoted
        self._session = session
        self._form = session.copy_form
        self._styles = styles()

    def compose(self) -> ComposeResult:
        """Lay out the two lists, and the preview below them."""
        formats = ChoiceList([one.name for one in COPY_FORMATS], id="copy-formats")
        styles = ChoiceList([one.name for one in self._styles], id="copy-styles")
        preview = VerticalScroll(Static(id="copy-text"), id="copy-preview", can_focus=False)
        frame = Vertical(Horizontal(formats, styles, id="copy-choices"), preview, id="copy-dialog")
        frame.border_title = content(_("Copy as"))
        yield frame

    def on_mount(self) -> None:
        """Begin with the present form."""
        formats, styles = self._lists()
        formats.border_title, styles.border_title = content(_("Format")), content(_("Citation style"))
        formats.choose([one.id for one in COPY_FORMATS].index(self._form.format))
        styles.choose(self._place_of(self._form.style) if self._form.style else 0)
        self.set_focus(formats)
        self._say(
            _("{take} copies · {other} other list · {keep} keeps it as the default").format(
                take=key_of("copy.take"), other=key_of("copy.other"), keep=key_of("copy.keep")
            )
        )
        self._ask(awaited=not self._form.style)

    def _place_of(self, style: str) -> int:
        return [one.id for one in self._styles].index(style)

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        formats, styles = self._lists()
        chosen = self._styles[styles.cursor].id if styles.has_focus else self._form.style
        self._form = CopyForm(COPY_FORMATS[formats.cursor].id, chosen)
        self._ask()

    def _ask(self, *, awaited: bool = False) -> None:
        form, quoted = self._form, self._quoted

        def compose(library: "Library") -> Message:
            style = form.style or library.citations.style_for(library.source(quoted[0][0].source_id))
            return self.Composed(form, style, quotation(library, quoted, form))

        # Until then it is not known which style the cursor stands on.
        self._worker.submit("preview", compose, post=self.post_message, awaited=awaited)

    @on(Composed)
    def _composed(self, event: Composed) -> None:
        if event.form != self._form:
            return
        if not self._form.style:
            self._lists()[1].choose(self._place_of(event.style))
        rest = len(event.text) - _SHOWN
        more = _("… and {n:,} characters more").format(n=rest) if rest > 0 else ""
        self._show(event.text[:_SHOWN] + more)

    @on(LibraryWorker.Failed)
    def _failed(self, event: LibraryWorker.Failed) -> None:
        self._show(f"{event.error.message}\n\n{event.error.remedy}")

    def action_move(self, step: int) -> None:
        """Move in the list that has the keys."""
        self._list().action_move(step)

    def action_scroll(self, step: int) -> None:
        """Scroll the preview by a page."""
        preview = self.query_one("#copy-preview")
        preview.scroll_relative(y=step * max(1, preview.size.height - 1), animate=False)

    def action_switch(self) -> None:
        """Go to the other list."""
        formats, styles = self._lists()
        self.set_focus(styles if formats.has_focus else formats)

    def action_keep(self) -> None:
        """Keep the form as the default."""
        self._session.copy_form = self._form
        self.post_message(SettingChanged("copy_format", self._form.format))
        if self._form.style:
            self.post_message(SettingChanged("style", self._form.style))
        self._say(_("This is the default from now on"))

    def action_take(self) -> None:
        """Go back with the form."""
        self.dismiss(self._form)

    @on(Rows.Entered)
    def _entered(self) -> None:
        self.action_take()

    def action_cancel(self) -> None:
        """Go back without copying."""
        self.dismiss(None)

    def _lists(self) -> tuple[ChoiceList, ChoiceList]:
        return self.query_one("#copy-formats", ChoiceList), self.query_one("#copy-styles", ChoiceList)

    def _list(self) -> ChoiceList:
        formats, styles = self._lists()
        return styles if styles.has_focus else formats

    def _show(self, text: str) -> None:
        self.query_one("#copy-text", Static).update(content(text))

    def _say(self, text: str) -> None:
        self.query_one("#copy-dialog").border_subtitle = content(text)


def open_copy_dialog(
    screen: Screen[Any], worker: LibraryWorker, session: Session, copying: Copying, quoted: Sequence[Quoted]
) -> None:
    """Ask for a format and a style, then copy."""

    def copy(form: CopyForm | None) -> None:
        if form is not None:
            session.copy_form = form
            copying.copy_quotation(quoted)

    if quoted:
        screen.app.push_screen(CopyDialog(worker, quoted, session), copy)
    else:
        copying.copy_quotation(quoted)
