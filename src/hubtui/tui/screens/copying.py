"""Copying on the main screen: the marked passage, with its citation."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.model import Passage
from hubtui.tui import phrases
from hubtui.tui.clipboard import copy_natively
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base

if TYPE_CHECKING:
    from hubtui.library import Library


class Copying(Base):
    """The part of the main screen that copies."""

    @dataclass
    class Copied(Message):
        """What to hand to the terminal too; ``tool`` has it already, unless it is ``""``."""

        passage: Passage
        text: str
        tool: str

    def action_copy_passage(self) -> None:
        """Copy the marked passage with its citation."""
        if self.marked is None:
            self.tell("There is no passage to copy.", trouble=True)
            return
        passage = self.marked

        def copy(library: "Library") -> Message:
            text = library.quote(passage)
            return self.Copied(passage, text, copy_natively(text))

        self.desk.put("copy", copy, Urgency.ACT)

    @on(Copied)
    def _copied(self, event: Copied) -> None:
        self.app.copy_to_clipboard(event.text)
        self.tell(phrases.copied(event.passage, event.tool))
