"""Measure text in terminal cells, and make the form of it that may be shown.

East Asian Ambiguous characters (Unicode Standard Annex 11) such as “ or … take two cells in terminals set
up for Chinese, and one elsewhere. All counting here and in Textual rests on Rich's tables, so that is where
:func:`count_ambiguous_as` puts the answer.
"""

import unicodedata
from functools import cache, lru_cache

from rich import cells as rich_cells
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
    """Return ``text`` as one line that a terminal shows as it stands.

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
    """Return the number of cells that :func:`printable` of ``text`` takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(character_width(character) for character in text)


@cache
def character_width(character: str) -> int:
    """Return the number of cells (0, 1 or 2) that one character takes when shown."""
    shown = _table[ord(character)]
    return get_character_cell_size(shown) if shown else 0


def fit(text: str, cells: int) -> str:
    """Return the printable form of ``text``, cut with ``…`` when it is wider than ``cells``."""
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
    """Return :func:`fit` of ``text``, filled with spaces on the right to exactly ``cells``."""
    shown = fit(text, cells)
    return shown + " " * (cells - width(shown))


def before(text: str, least: int, end: int, cells: int) -> tuple[int, int]:
    """Return where the longest part of ``text`` begins that ends at ``end`` and fits, and how wide it is."""
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
    """Return where the longest part of ``text`` from ``start`` that fits ends, and how wide it is."""
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

DRAWN = range(0x2500, 0x25A0)
"""Box drawing and block elements: what frames, bars and scroll bars are made of."""

# Beyond these, only private use characters are ambiguous.
_LAST = 0x1F200

_own_load = rich_cells.load_cell_table  # type: ignore[attr-defined]  # by which Rich itself calls it
_own_is_single = rich_cells._is_single_cell_widths  # noqa: SLF001  # nothing public decides it


def count_ambiguous_as(cells: int) -> None:
    """Count ambiguous characters as one cell, or as two, from now on and in the whole process.

    What is drawn with (box drawing, block elements) stays at one: the screen draws with ASCII where they
    would take two.
    """
    wide = cells == 2
    rich_cells.load_cell_table = _wide_table if wide else _own_load  # type: ignore[attr-defined]  # see above
    rich_cells._is_single_cell_widths = _is_printable_ascii if wide else _own_is_single  # noqa: SLF001  # see above
    rich_cells.get_character_cell_size.cache_clear()
    rich_cells.cached_cell_len.cache_clear()
    character_width.cache_clear()


def _is_printable_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=1)
def _wide_table(unicode_version: str = "auto") -> rich_cells.CellTable:
    """Return Rich's table with two cells for what it counts as one and Unicode calls ambiguous."""
    table = _own_load(unicode_version)
    taken = {code for start, end, _ in table.widths if start < _LAST for code in range(start, end + 1)}
    ambiguous = [
        (code, code, 2)
        for code in range(0xA1, _LAST)
        if code not in taken
        and code not in DRAWN
        and unicodedata.east_asian_width(chr(code)) == "A"
        and unicodedata.category(chr(code)) not in ("Mn", "Me", "Cf")
    ]
    return table._replace(widths=sorted([*table.widths, *ambiguous]))
