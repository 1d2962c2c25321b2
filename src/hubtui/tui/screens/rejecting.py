"""Saying that a name does not mean the city it was taken for, and taking that back."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hubtui.tui import phrases
from hubtui.tui.actions import Where, actions_of, bindings_of, key_name
from hubtui.tui.desk import Desk
from hubtui.tui.safe import content
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.model import Mention, Passage, Place
    from hubtui.tui.counts import Counts


class RejectDialog(ModalScreen[str | None]):
    """Asks how far a rejection reaches; gives the scope, or ``None``."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.REJECTION)

    def __init__(self, names: str, place: str) -> None:
        super().__init__()
        self._names, self._place = names, place

    def compose(self) -> ComposeResult:
        """Say what is rejected, and offer the scopes."""
        lines = [content(f"{self._names} does not mean {self._place}"), Content("")]
        for action in actions_of(Where.REJECTION):
            key = key_name(action.keys[0])
            lines.append(Content.assemble((f"{key:>4}", "bold"), "  ", action.label))
        frame = VerticalScroll(Static(Content("\n").join(lines)), id="dialog", can_focus=False)
        frame.border_title = content("Not this city")
        frame.border_subtitle = content("Esc changes nothing")
        yield frame

    def action_choose(self, scope: str) -> None:
        """Go back with the scope."""
        self.dismiss(scope or None)


class Rejecting(Screen[None]):
    """The part of the main screen that rejects mentions of the chosen city."""

    _desk: Desk
    _counts: "Counts | None"

    @property
    def marked(self) -> "Passage | None":
        """The passage that is marked where the user is."""
        hit, reader = self.query_one(PassageList).hit, self.query_one(Reader)
        if reader.has_focus and hit and reader.shows(hit.source.id):
            return reader.current
        return hit.passage if hit else None

    def action_reject_mention(self) -> None:
        """Ask how far the rejection of the chosen city's mentions in the marked passage reaches."""
        passage, place = self.marked, self._chosen()
        mentions = _mentions_of(passage, place) if passage and place else []
        if passage is None or not place:
            self.query_one(StatusBar).tell(phrases.CHOOSE_A_CITY, trouble=True)
            return
        if not mentions:
            self.query_one(StatusBar).tell(phrases.not_named(place), trouble=True)
            return
        names = ", ".join(dict.fromkeys(mention.surface for mention in mentions))

        def reject(scope: str | None) -> None:
            if scope:
                self._desk.ask_reject(passage, mentions, scope)

        self.app.push_screen(RejectDialog(names, phrases.place_name(place)), reject)

    def action_undo_rejection(self) -> None:
        """Take the last rejection back."""
        self._desk.ask_undo()

    @on(Desk.Corrected)
    def _corrected(self, event: Desk.Corrected) -> None:
        self.query_one(StatusBar).tell(phrases.corrected(event.names, event.scope, undone=event.undone))
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        raise NotImplementedError

    def _chosen(self) -> "Place | None":
        counts = self._counts
        places = counts.by_place if counts else ()
        return next((entry.place for entry in places if counts and entry.place.id == counts.place_id), None)


def _mentions_of(passage: "Passage", place: "Place") -> "Sequence[Mention]":
    """Give the mentions of a place in a passage, or else those of places that lie in it."""
    direct = [mention for mention in passage.mentions if mention.place.id == place.id]
    return direct or [mention for mention in passage.mentions if mention.place.parent == place.id]
