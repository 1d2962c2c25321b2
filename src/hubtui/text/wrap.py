"""Break a text into lines of terminal cells, Chinese and Latin mixed.

Which signs may not stand at the start or the end of a line follows GB/T 15834—2011 (5.1) and the
W3C's Requirements for Chinese Text Layout: no stop or closing sign starts a line, no opening sign ends
one, and neither …… nor —— is torn. Half-width signs follow the same rules, since Chinese sources often
use them.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hubtui.text.cells import character_width, width

if TYPE_CHECKING:
    from hubtui.core.models import Span

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…·・～％‰°,.;:?!)]}%")
"""Signs that no line starts with."""

NEVER_LAST = frozenset("（《〈「『【〔〖［｛“‘＄￥￡([{$£€¥#")
"""Signs that no line ends with."""

# Scripts written without spaces, where a line may break beside any character.
_FREE = "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
# What is no line end, no space and no word is one character of such a script; naming these once keeps the
# expression quick to compile.
_PIECE = re.compile(rf"\n|[^\S\n]+|(?:[^\s\-{_FREE}]|-(?![^\W\d_]))+-?|.")


def wrap(text: str, cells: int) -> "list[Span]":
    """Break ``text`` into lines at most ``cells`` wide (but never narrower than one character).

    Return the span of each line in ``text``, without the spaces at a break and without newlines. An empty
    line, and an empty text, is an empty span. What is too long to break by the rules is broken anywhere.
    """
    lines: list[Span] = []
    start = end = taken = 0
    fresh = True
    for left, right, size, is_space in _units(text):
        if text[left] == "\n":
            lines.append((start, end))
            start = end = right
            taken, fresh = 0, True
            continue
        if is_space:
            # Spaces count once something follows them on the line; those that indent a paragraph stay.
            taken += size
            continue
        if not fresh and taken + size > cells:
            lines.append((start, end))
            start, taken = left, 0
        fresh = False
        if taken + size > cells:
            *full, (start, _) = _chopped(text, start, right, cells)
            lines.extend(full)
            taken = width(text[start:right])
        else:
            taken += size
        end = right
    lines.append((start, end))
    return lines


def line_starts(text: str) -> list[int]:
    """Return the offsets where a line of ``text`` may start, by the rules for breaking."""
    return [left for left, _, _, is_space in _units(text) if not is_space]


def _units(text: str) -> Iterator[tuple[int, int, int, bool]]:
    """Return what may not be broken: start, end, width in cells, and whether it is space."""
    start = end = size = 0
    for match in _PIECE.finditer(text):
        left, right = match.span()
        piece = match.group()
        if piece.isspace():
            if end > start:
                yield start, end, size, False
            yield left, right, width(piece), True
            start = end = right
            size = 0
        elif end > start and not _holds_together(text[left - 1], piece[0]):
            yield start, end, size, False
            start, end, size = left, right, width(piece)
        else:
            end = right
            size += width(piece)
    if end > start:
        yield start, end, size, False


def _holds_together(before: str, after: str) -> bool:
    """Whether no line may break between these two neighbours."""
    return after in NEVER_FIRST or before in NEVER_LAST or character_width(after) == 0


def _chopped(text: str, start: int, end: int, cells: int) -> "list[Span]":
    """Cut ``text[start:end]`` wherever a line is full."""
    lines: list[Span] = []
    left, taken = start, 0
    for index in range(start, end):
        size = character_width(text[index])
        if size and taken + size > cells and index > left:
            lines.append((left, index))
            left, taken = index, 0
        taken += size
    lines.append((left, end))
    return lines
