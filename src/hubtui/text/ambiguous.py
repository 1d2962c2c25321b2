"""East Asian Ambiguous characters (Unicode Standard Annex 11): one cell wide, or two, as the terminal says.

A sign such as “ or … takes two cells in terminals set up for Chinese, and one elsewhere. All counting here
and in Textual rests on Rich's tables, so that is where the answer is put.
"""

import unicodedata
from functools import lru_cache

from rich import cells as rich_cells

from hubtui.text.cells import character_width

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
    """Give Rich's table with two cells for what it gives one and Unicode calls ambiguous."""
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
