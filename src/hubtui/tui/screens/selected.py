"""Copying the text that is selected in the reader, as it is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.clipboard import Copied
    from hubtui.library import Library


class Selected(Base):
    """The part of the main screen that copies plain text."""

    @dataclass
    class TextCopied(Message):
        """A text was copied; the terminal may be given it too."""

        text: str
        ways: "Copied"

    def action_copy_or_quit(self) -> None:
        """Copy the text that is selected in the reader and let it go; where there is none, quit."""
        reader = self.query_one(Reader)
        selections = reader.selections
        if not selections:
            self.app.exit()
            return
        reader.clear_selection()
        self.copy_text("\n\n".join(passage.text[start:end] for passage, (start, end) in selections))

    def copy_text(self, text: str) -> None:
        """Copy a text as it is."""

        def put(library: "Library") -> Message:
            from hubtui.clipboard import copy_text  # after the first paint

            del library
            return self.TextCopied(text, copy_text(text))

        self.desk.put("copy text", put, Urgency.ACT)

    @on(TextCopied)
    def _text_copied(self, event: TextCopied) -> None:
        if event.ways.terminal:
            self.app.copy_to_clipboard(event.text)
        from hubtui.clipboard import describe_copy  # after the first paint

        self.tell(_("Copied: {ways}").format(ways=describe_copy(event.ways)))
