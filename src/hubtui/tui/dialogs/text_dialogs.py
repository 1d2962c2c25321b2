"""Dialogs of text: the keys, what is wrong with files or settings, an error, a note on a clipping."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from hubtui import clipboard
from hubtui.core.i18n import N_, _
from hubtui.text.analyzer import normalise
from hubtui.text.cells import pad, width, wrap
from hubtui.tui.bindings import Action, Where, actions_of, bindings_of, key_name, key_of, keymap, keys_of
from hubtui.tui.faults import detail
from hubtui.tui.render import content

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.core.errors import HubtuiError
    from hubtui.core.keymap import Keymap
    from hubtui.core.models import Problem


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


_KEYS = 20
"""Cells for the keys, before what they do."""


class Dialog(ModalScreen[None]):
    """Text over the main screen, until it is closed.

    Attributes:
        heading: Its title, marked with ``N_``.
    """

    CSS_PATH = "text_dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.DIALOGS)
    heading = ""

    @dataclass
    class Copied(Message):
        """What was copied, and by which ways; or why it was not."""

        text: str
        ways: clipboard.Copied | None
        failure: str = ""

    def compose(self) -> ComposeResult:
        """Lay the text out in a frame that scrolls."""
        frame = VerticalScroll(*self.parts(), id="dialog", can_focus=False)
        frame.border_title = content(_(self.heading))
        frame.border_subtitle = content(self.closing())
        yield frame

    def parts(self) -> Sequence[Widget]:
        """Return what the dialog says."""
        raise NotImplementedError

    def closing(self) -> str:
        """Return what the frame says of keys."""
        return _("{key} closes").format(key=key_of("dialog.close"))

    def action_turn(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=2 * lines, animate=False)

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()

    def action_copy(self) -> None:
        """Copy what the dialog says."""
        message = [part.content for part in self.query(Static)]
        self.copy("\n".join(part.plain for part in message if isinstance(part, Content)))

    def copy(self, text: str) -> None:
        """Copy a text by every way there is; not with the worker, which may not have started."""
        threading.Thread(target=self._copy, args=[text], name="hubtui copies", daemon=True).start()

    def _copy(self, text: str) -> None:
        try:
            self.post_message(self.Copied(text, clipboard.copy_text(text)))
        except clipboard.NothingCopiedError as error:
            self.post_message(self.Copied("", None, error.message))

    @on(Copied)
    def _copied(self, event: Copied) -> None:
        if event.ways and event.ways.terminal:
            self.app.copy_to_clipboard(event.text)
        message = (
            _("Copied: {ways}").format(ways=clipboard.describe_copy(event.ways))
            if event.ways
            else event.failure
        )
        self.query_one("#dialog").border_subtitle = content(message)


class KeysDialog(Dialog):
    """All keys, by the part of the screen they work in; what is typed picks some."""

    heading = N_("Keys")
    AUTO_FOCUS = "#keys-filter"

    def __init__(self, first: Where = Where.ANYWHERE) -> None:
        """List the keys of the part ``first`` before all others."""
        super().__init__()
        self._first = first

    def compose(self) -> ComposeResult:
        """Lay out a line to type in, and below it the list, which scrolls."""
        with Vertical(id="dialog") as frame:
            yield Input(placeholder=_("a key, or a word of what it does …"), id="keys-filter", compact=True)
            yield VerticalScroll(Static(id="keys"), can_focus=False)
        frame.border_title = content(_(self.heading))
        frame.border_subtitle = content(self.closing())

    def on_resize(self) -> None:
        """Set the list anew once its width is known."""
        self.call_after_refresh(self._list)

    @on(Input.Changed, "#keys-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _list(self) -> None:
        cells = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#keys", Static).update(listed(self.query_one(Input).value, cells, self._first))


class ProblemsDialog(Dialog):
    """The files that could not be read as they should."""

    heading = N_("Files with problems")

    def __init__(self, problems: Sequence["Problem"]) -> None:
        super().__init__()
        self._problems = problems

    def parts(self) -> Sequence[Widget]:
        """Each file's path, and under it what is wrong."""
        if not self._problems:
            return [Static(content(_("Every file in the library could be read.")))]
        return [_entry(problem.path, problem.message) for problem in self._problems]


class SettingsFaultsDialog(Dialog):
    """What is wrong in the user's settings."""

    heading = N_("Wrong settings")

    def __init__(self, faults: Sequence["HubtuiError"]) -> None:
        super().__init__()
        self._faults = faults

    def parts(self) -> Sequence[Widget]:
        """Each fault, and under it what would be right."""
        return [_entry(fault.message, fault.remedy) for fault in self._faults]


class ErrorDialog(Dialog):
    """Something went wrong: what, and what to do."""

    def __init__(self, error: "HubtuiError") -> None:
        super().__init__()
        self.heading = error.title
        self._error = error

    def parts(self) -> Sequence[Widget]:
        """The message and the remedy."""
        parts = [Static(content(self._error.message), id="message")]
        if self._error.remedy:
            parts.append(Static(content(self._error.remedy), id="remedy"))
        return parts

    def closing(self) -> str:
        """Offer to copy."""
        copies = _("{key} copies what to report").format(key=key_of("dialog.copy"))
        return f"{copies} · {super().closing()}"

    def action_copy(self) -> None:
        """Copy all there is to say of the error."""
        self.copy(detail(self._error))


def listed(wanted: str, cells: int, first: Where = Where.ANYWHERE) -> Content:
    """List the keys in effect, by the part of the screen, that have all words of ``wanted``."""
    words = wanted.split()
    lines: list[Content] = []
    for where in sorted(Where, key=lambda where: where is not first):
        found = [action for action in actions_of(where) if _has(action, words)]
        if not found:
            continue
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(_(where.value), "bold $accent"))
        for action in found:
            lines.extend(_lines(action, keymap(), cells))
    return Content("\n").join(lines) if lines else content(_("No key does that."), "$quiet")


def _lines(action: Action, shown: "Keymap", cells: int) -> Iterator[Content]:
    """Set keys and label side by side; a long label goes on below itself."""
    keys = "  ".join(map(key_name, keys_of(action)))
    style = "bold $accent" if action.id in shown.bound else "bold"
    label = _(action.label)
    for start, end in wrap(label, max(8, cells - _KEYS - 2)):
        left = pad("" if start else keys, max(_KEYS, 0 if start else width(keys)))
        yield Content.assemble((left, style), "  ", label[start:end])


def _has(action: Action, words: Sequence[str]) -> bool:
    keys = [key_name(key) for key in keys_of(action)]
    text = " ".join((_(action.where.value), _(action.label), action.id, *keys)).casefold()
    return all(word in keys if _is_key(word) else word.casefold() in text for word in words)


def _is_key(word: str) -> bool:
    """Whether a word is looked for among the keys alone, in its case: n is not N."""
    return len(word) == 1 and word.isascii()


def _entry(what: str, why: str) -> Static:
    return Static(Content.assemble(content(what, "bold"), "\n", content(why, "$quiet"), "\n"))
