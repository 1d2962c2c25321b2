"""Terminal cells: how wide a text is, and the form in which it may be shown."""

import unicodedata
from functools import cache

from rich.cells import get_character_cell_size

MARKS_SHOWN = 8
"""How many combining marks a character is shown with; the rest of a longer run is left out."""

CUT = "…"
"""What stands for the rest of a text that is cut."""

_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


class _ShownTable(dict[int, str]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> str:
        shown = _shown(chr(code))
        self[code] = shown
        return shown


def printable(text: str) -> str:
    """Give ``text`` as one line that a terminal shows as it stands.

    Tabs, line ends and other separators become spaces; control, formatting and direction characters,
    joiners and variation selectors go, as do the marks beyond :data:`MARKS_SHOWN` on one character.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = text.translate(_table)
    if any(_is_mark(character) for character in set(shown)):
        return _with_few_marks(shown)
    return shown


def width(text: str) -> int:
    """Give the number of cells that :func:`printable` of ``text`` takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(character_width(character) for character in text)


@cache
def character_width(character: str) -> int:
    """Give the number of cells (0, 1 or 2) that one character takes when shown."""
    shown = _table[ord(character)]
    return get_character_cell_size(shown) if shown else 0


def fit(text: str, cells: int) -> str:
    """Give the printable form of ``text``, cut with ``…`` when it is wider than ``cells``."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return printable(text)
    room = cells - width(CUT)
    if room < 0:
        return ""
    taken = 0
    for index, character in enumerate(text):
        taken += character_width(character)
        if taken > room:
            return printable(text[:index]).rstrip() + CUT
    return printable(text)


def pad(text: str, cells: int) -> str:
    """Give :func:`fit` of ``text``, filled with spaces on the right to exactly ``cells``."""
    shown = fit(text, cells)
    return shown + " " * (cells - width(shown))


def before(text: str, least: int, end: int, cells: int) -> tuple[int, int]:
    """Give where the longest part of ``text`` begins that ends at ``end`` and fits, and how wide it is."""
    start, taken = end, 0
    for index in range(end - 1, least - 1, -1):
        size = character_width(text[index])
        if taken + size > cells:
            break
        taken += size
        if size or text[index].isspace():
            start = index
    return start, taken


def behind(text: str, start: int, most: int, cells: int) -> tuple[int, int]:
    """Give where the longest part of ``text`` ends that begins at ``start`` and fits, and how wide it is."""
    taken = 0
    for index in range(start, most):
        size = character_width(text[index])
        if taken + size > cells:
            return index, taken
        taken += size
    return most, taken


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\v\f" or category in ("Zs", "Zl", "Zp"):
        return character if character == "\u3000" else " "
    if category in ("Cc", "Cf", "Cs") or ord(character) in _VARIATION_SELECTORS:
        return ""
    return character


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _with_few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if _is_mark(character) else 0
        if run <= MARKS_SHOWN:
            kept.append(character)
    return "".join(kept)


_table = _ShownTable()
