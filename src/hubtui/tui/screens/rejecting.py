"""Saying that a name does not mean the city it was taken for, and taking that back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.tui import phrases
from hubtui.tui.actions import key_of
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hubtui.core.models import Mention, Passage, Place
    from hubtui.library import Library


class Rejecting(Base):
    """The part of the main screen that rejects mentions of the chosen city."""

    @dataclass
    class Corrected(Message):
        """Mentions with these names were rejected in a scope, or, ``undone``, count again."""

        names: str
        scope: str
        undone: bool = False

    def __init__(self) -> None:
        super().__init__()
        self.undoable = []

    def action_reject_mention(self) -> None:
        """Ask how far the rejection of the chosen city's mentions in the marked passage reaches."""
        from hubtui.tui.screens.rejection import RejectDialog  # after the first paint

        passage, place = self.marked, self._chosen()
        mentions = _mentions_of(passage, place) if passage and place else []
        if passage is None or not place:
            self.tell(_(phrases.CHOOSE_A_CITY), trouble=True)
            return
        if not mentions:
            self.tell(phrases.not_named(place), trouble=True)
            return
        names = ", ".join(dict.fromkeys(mention.surface for mention in mentions))

        def reject(scope: str | None) -> None:
            if scope:
                self._ask_reject(passage, mentions, scope)

        self.app.push_screen(RejectDialog(names, phrases.place_name(place)), reject)

    def _ask_reject(self, passage: "Passage", mentions: "Sequence[Mention]", scope: str) -> None:
        """Ask that these mentions count no more, in this passage or wherever their names stand."""

        def reject(library: "Library") -> Message:
            said = [library.mentions.reject(passage, mention, scope) for mention in mentions]
            self.undoable.append(undo)
            ids.update(dict.fromkeys(correction.id for correction in said))
            return self.Corrected(_names(mention.surface for mention in mentions), scope)

        def undo(library: "Library") -> Message:
            names = [library.mentions.undo(correction_id).name for correction_id in ids]
            return self.Corrected(_names(names), "", undone=True)

        ids: dict[str, None] = {}

        self.desk.put("say", reject, Urgency.ACT)

    def action_undo(self) -> None:
        """Take back what was kept or rejected last, since the start."""

        def undo(library: "Library") -> Message:
            return self.undoable.pop()(library) if self.undoable else self.Corrected("", "", undone=True)

        self.desk.put("say", undo, Urgency.ACT)

    @on(Corrected)
    def _corrected(self, event: Corrected) -> None:
        self.tell(phrases.corrected(event.names, event.scope, key_of("undo"), undone=event.undone))
        self.forget_counts()
        self.refresh_answers()

    def _chosen(self) -> "Place | None":
        counts = self.counts
        places = counts.by_place if counts else ()
        return next((entry.place for entry in places if counts and entry.place.id == counts.place_id), None)


def _names(names: "Iterable[str]") -> str:
    return ", ".join(dict.fromkeys(names))


def _mentions_of(passage: "Passage", place: "Place") -> "Sequence[Mention]":
    """Give the mentions of a place in a passage, or else those of places that lie in it."""
    direct = [mention for mention in passage.mentions if mention.place.id == place.id]
    return direct or [mention for mention in passage.mentions if mention.place.parent == place.id]
