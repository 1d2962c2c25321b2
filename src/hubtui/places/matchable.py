"""The text as names are looked for in it: folded, and without the line breaks that cut a name in two."""

import re
from bisect import bisect_right

from hubtui.text.fold import fold, is_han

_SPACES = re.compile(r"[ \t\u3000]*\n\s*|[ \t]{2,}")


class Matchable:
    """A folded text and the way back to the offsets of the text it was made from.

    A line break (with its indentation) is a space between Latin words and nothing between Chinese
    characters; an empty line stays a line break, which no name crosses.
    """

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        if "\n" not in folded and "  " not in folded and "\t" not in folded:
            self.text = folded
            return
        pieces: list[str] = []
        length = taken = 0
        for run in _SPACES.finditer(folded):
            between = _joint(folded, run.start(), run.end())
            pieces += (folded[taken : run.start()], between)
            length += run.start() - taken + len(between)
            taken = run.end()
            self._starts.append(length)
            self._shifts.append(taken - length)
        pieces.append(folded[taken:])
        self.text = "".join(pieces)

    def original(self, offset: int) -> int:
        """The offset in the original text of the character at ``offset``."""
        if len(self._starts) == 1:
            return offset
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def original_end(self, offset: int) -> int:
        """The offset in the original text after the character before ``offset``."""
        return self.original(offset - 1) + 1


def _joint(text: str, start: int, end: int) -> str:
    run = text[start:end]
    if "\n" not in run:
        return " "
    if run.count("\n") > 1:
        return "\n"
    if start and end < len(text) and is_han(text[start - 1]) and is_han(text[end]):
        return ""
    return " "
