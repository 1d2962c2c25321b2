"""Folding: one form for texts that a reader takes as the same, character for character.

Traditional becomes Simplified, full-width becomes half-width, upper case lower case, and accents go.
Each character is folded by itself and to exactly one character, so that

- offsets into the folded text are offsets into the text, and
- the folded form of a part is the part of the folded form: a phrase can be looked for as a string.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# The converter gives 干 for 乾 and leaves 著, 瞭 and 藉 alone: these are Simplified words as well.
_PUNCTUATION = str.maketrans("“”„‟«»「」『』‘’‚‛`´‐‑‒–—―−", '""""""""""' + "''''''" + "-------")


class _FoldTable(dict[int, int]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_character(chr(code)))
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """Give the folded form of ``text``; it has the same length."""
    return text.translate(_table)


def _fold_character(character: str) -> str:
    wide = unicodedata.normalize("NFKC", character)
    if len(wide) != 1:
        wide = character
    if is_han(wide):
        return _simplify(wide)
    base = unicodedata.normalize("NFD", wide)[0] if unicodedata.category(wide) in _CASED else wide
    lowered = base.casefold()
    return (lowered if len(lowered) == 1 else base).translate(_PUNCTUATION)


def _simplify(character: str) -> str:
    simplified = str(_converter().convert(character))
    return simplified if len(simplified) == 1 else character


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # deferred: texts without Han never need it

    return OpenCC("t2s")


def is_han(character: str) -> bool:
    """Whether ``character`` is a Chinese character (Script=Han, without radicals and signs)."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or code in (0x3005, 0x3007)
    )


_CASED = frozenset({"Lu", "Ll", "Lt"})
_table = _FoldTable()
