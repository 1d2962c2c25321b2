"""Say that a name does not mean the city it was taken for, and take that back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.text.cells import width
from hubtui.tui import strings
from hubtui.tui.bindings import Where, actions_of, bindings_of, key_name, key_of, keys_of
from hubtui.tui.render import content
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hubtui.core.models import Mention, Passage, Place
    from hubtui.library import Library


class MentionRejection:
    """Rejects mentions of a city, after asking how far that reaches."""

    def __init__(
        self, screen: Screen[Any], worker: LibraryWorker, session: Session, changed: Callable[[], None]
    ) -> None:
        """Ask over ``screen``; ``changed`` is called when other mentions count."""
        self._screen, self._worker, self._session = screen, worker, session
        self._changed = changed

    def open(self, passage: "Passage | None") -> None:
        """Ask how far the rejection of the chosen city's mentions in a passage reaches."""
        counts = self._session.counts
        place = counts.place if counts else None
        if passage is None or not place:
            self._screen.post_message(Notice(_(strings.CHOOSE_A_CITY), trouble=True))
            return
        mentions = _mentions_of(passage, place)
        if not mentions:
            self._screen.post_message(Notice(strings.not_named(place), trouble=True))
            return

        def reject(scope: str | None) -> None:
            if scope:
                self._ask_reject(passage, mentions, scope)

        names = _names(mention.surface for mention in mentions)
        self._screen.app.push_screen(RejectDialog(names, strings.place_name(place)), reject)

    def _ask_reject(self, passage: "Passage", mentions: "Sequence[Mention]", scope: str) -> None:
        ids: dict[str, None] = {}

        def reject(library: "Library") -> Message:
            message = [library.mentions.reject(passage, mention, scope) for mention in mentions]
            self._session.undoable.append(undo)
            ids.update(dict.fromkeys(correction.id for correction in message))
            return callback(self._corrected, _names(mention.surface for mention in mentions), scope)

        def undo(library: "Library") -> Message:
            names = [library.mentions.undo(correction_id).name for correction_id in ids]
            return callback(self._corrected, _names(names), "")

        self._worker.submit("say", reject, Priority.ACTION, self._screen.post_message)

    def _corrected(self, names: str, scope: str) -> None:
        """Say that names were rejected in a scope, or count again where that is ``""``."""
        message = strings.corrected(names, scope, key_of("undo"), undone=not scope)
        self._screen.post_message(Notice(message))
        self._changed()


def _names(names: "Iterable[str]") -> str:
    return ", ".join(dict.fromkeys(names))


def _mentions_of(passage: "Passage", place: "Place") -> "Sequence[Mention]":
    """Return the mentions of a place in a passage, or else those of places that lie in it."""
    direct = [mention for mention in passage.mentions if mention.place.id == place.id]
    return direct or [mention for mention in passage.mentions if mention.place.parent == place.id]


class RejectDialog(ModalScreen[str | None]):
    """Asks how far a rejection reaches; its result is the scope, or ``None``."""

    CSS_PATH = "text_dialogs.tcss"
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
