"""Lines in which text is typed or a list is filtered: every sign reaches them, a paste becomes one line."""

import re
import unicodedata
from itertools import pairwise
from string import punctuation
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.message import Message
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.text.analyzer import is_han
from hubtui.text.cells import printable
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content

_SIGNS = {
    KEY_NAME_REPLACEMENTS.get(name, name): sign
    for sign in punctuation
    for name in [re.sub(r"\W", "_", unicodedata.name(sign).lower())]
}
"""The signs by Textual's names of their keys; it shortens some that it does not know again: ``slash``."""


class LineInput(Input):
    """An input for one line of printable text."""

    _selection_signal: Signal[Screen[Any]] | None = None

    def on_mount(self) -> None:
        """Remember what Textual's input has subscribed to."""
        self._selection_signal = self.screen.text_selection_started_signal

    def on_unmount(self) -> None:
        """Unsubscribe: the screen, which may stay, would keep this input for ever."""
        if self._selection_signal is not None:
            self._selection_signal.unsubscribe(self)

    def validate_value(self, value: str) -> str:
        """Remove what a terminal must not be given, before it is shown or looked for."""
        return printable(value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key types something here, rather than do what it is bound to elsewhere."""
        return super().check_consume_key(key, character or _SIGNS.get(key))

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted, all its lines as one; Textual's own input takes the first alone."""
        self.replace(one_line(event.text), *self.selection)
        event.prevent_default()
        event.stop()


def one_line(text: str) -> str:
    """Return the lines of a text as one, with spaces between but where Chinese goes on with Chinese."""
    lines = text.splitlines()
    if len(lines) > 1:
        lines = [line for line in map(str.strip, lines) if line]
    joined = lines[0] if lines else ""
    for before, after in pairwise(lines):
        joined += after if _is_chinese(before[-1]) and _is_chinese(after[0]) else f" {after}"
    return joined


def _is_chinese(character: str) -> bool:
    return is_han(character) or character in "，。、；：？！“”‘’（）《》「」『』…—"


class FilterInput(LineInput):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.FILTER)

    class Left(Message):
        """The user is done with typing; ``cleared`` when the list is to be whole again."""

        def __init__(self, *, cleared: bool) -> None:
            super().__init__()
            self.cleared = cleared

    def action_leave(self, cleared: bool) -> None:  # called from a key binding
        """Go to the list."""
        self.post_message(self.Left(cleared=cleared))


class FilterLine(Horizontal):
    """The words, and what can be written there."""

    def compose(self) -> ComposeResult:
        """Lay out the prompt and the input."""
        yield Static(content("/"), id="filter-prompt")
        yield FilterInput(placeholder=_("words, tag: city: source: …"), id="filter", compact=True)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(FilterInput).value
