"""Measure text in terminal cells, break it into lines of them, and make the form of it that may be shown.

East Asian Ambiguous characters (Unicode Standard Annex 11) such as “ or … take two cells in terminals set
up for Chinese, and one elsewhere. All counting here and in Textual rests on Rich's tables, so that is where
:func:`count_ambiguous_as` puts the answer.

Which signs may not stand at the start or the end of a line follows GB/T 15834—2011 (5.1) and the W3C's
Requirements for Chinese Text Layout: no stop or closing sign starts a line, no opening sign ends one, and
neither …… nor —— is torn. Half-width signs follow the same rules, since Chinese sources often use them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.cells import CellTable

    from hubtui.core.models import Span

MARKS_SHOWN = 8
"""How many combining marks a character is shown with; the rest of a longer run is left out."""

CUT = "…"
"""What stands for the rest of a text that is cut."""

# Variation selectors (Unicode Standard, 23.4), which count as marks, and the block of tags and ideographic
# selectors, where every character, assigned or not, is ignorable by default.
_NEVER_SHOWN = frozenset((*range(0xFE00, 0xFE10), *range(0x180B, 0x1810), *range(0xE0000, 0xE1000)))


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
    from rich.cells import get_character_cell_size  # deferred: what is only cleaned is not measured

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
    if category in ("Cc", "Cf", "Cs") or ord(character) in _NEVER_SHOWN:
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


@cache
def _own() -> tuple[Any, Any]:
    """Return Rich's own functions, by the names it calls them, before they are replaced here."""
    from rich import cells as rich_cells  # deferred: see above

    return rich_cells.load_cell_table, rich_cells._is_single_cell_widths  # type: ignore[attr-defined]  # noqa: SLF001


def count_ambiguous_as(cells: int) -> None:
    """Count ambiguous characters as one cell, or as two, from now on and in the whole process.

    What is drawn with (box drawing, block elements) stays at one: the screen draws with ASCII where they
    would take two.
    """
    from rich import cells as rich_cells  # deferred: see above

    wide, (own_load, own_is_single) = cells == 2, _own()
    rich_cells.load_cell_table = _wide_table if wide else own_load  # type: ignore[attr-defined]  # see above
    rich_cells._is_single_cell_widths = _is_printable_ascii if wide else own_is_single  # noqa: SLF001  # see above
    rich_cells.get_character_cell_size.cache_clear()
    rich_cells.cached_cell_len.cache_clear()
    character_width.cache_clear()


def _is_printable_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=1)
def _wide_table(unicode_version: str = "auto") -> "CellTable":
    """Return Rich's table with two cells for what it counts as one and Unicode calls ambiguous."""
    table: CellTable = _own()[0](unicode_version)
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
