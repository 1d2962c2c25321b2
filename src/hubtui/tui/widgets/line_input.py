"""A line in which text is typed: every sign reaches it, and what is pasted becomes one line."""

import re
import unicodedata
from itertools import pairwise
from string import punctuation

from textual import events
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.widgets import Input

from hubtui.text.cells import printable
from hubtui.text.fold import is_han

_SIGNS = {
    KEY_NAME_REPLACEMENTS.get(name, name): sign
    for sign in punctuation
    for name in [re.sub(r"\W", "_", unicodedata.name(sign).lower())]
}
"""The signs by Textual's names of their keys; it shortens some that it does not know again: ``slash``."""


class LineInput(Input):
    """An input for one line of printable text."""

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
