"""Make the two canonical forms of a text: as it is stored, and as it is compared.

:func:`normalise` is the one normalisation that every stored text goes through; offsets everywhere refer to
its result. :func:`fold` gives texts that a reader takes as the same one form, character for character:
Traditional becomes Simplified, full-width becomes half-width, upper case lower case, and accents go. Each
character is folded by itself and to exactly one character, so that

- offsets into the folded text are offsets into the text, and
- the folded form of a part is the part of the folded form: a phrase can be looked for as a string.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

SIMPLIFIED = Path(__file__).with_name("data") / "simplified.txt"
"""Traditional characters in a row, and below each its Simplified form; ``tools/simplified.py`` writes it."""

# The table turns 乾 into 干 and leaves 著, 瞭 and 藉 alone: these are Simplified words as well.
_PUNCTUATION = str.maketrans("“”„‟«»「」『』‘’‚‛`´‐‑‒–—―−", '""""""""""' + "''''''" + "-------")


class _FoldTable(dict[int, int]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_character(chr(code)))
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """Return the folded form of ``text``; it has the same length."""
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
    return _simplified().get(character, character)


@cache
def _simplified() -> dict[str, str]:
    traditional, simplified = SIMPLIFIED.read_text(encoding="utf-8").split()
    return dict(zip(traditional, simplified, strict=True))


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

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Control characters but tab and newline; soft hyphens; zero-width spaces and byte order marks;
# marks, embeddings, overrides and isolates of direction (Unicode Standard Annex 9); the interlinear
# and tag characters; and lone surrogates, which no encoder accepts. ZERO WIDTH JOINER and NON-JOINER
# stay: they are spelling in Persian and the Indic scripts, and hold emoji together.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

# NO-BREAK SPACE and its kin; the ideographic space (U+3000) stays inside a line, where it is typography.
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")


# CJK Radicals Supplement: the character that each looks like (Unicode's EquivalentUnifiedIdeograph.txt). PDFs
# hold them where a font maps one glyph to both; Unicode's own normalisation knows only those of Kangxi.
_SUPPLEMENT = (
    "⺁厂⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛"
    "⺨犭⺩王⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸"
    "⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_RADICALS = dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)) | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_RADICAL = re.compile("[\u2e80-\u2fd5]")


def normalise(text: str) -> str:
    """Return ``text`` as hubtui stores it.

    NFC; a newline for every kind of line end; no control characters, no invisible formatting and no
    overrides of direction; plain spaces for the typographic ones; characters for the radicals that look
    like them. Idempotent.
    """
    if _RADICAL.search(text):
        text = text.translate(_RADICALS)
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _REMOVED.sub("", text))
    return unicodedata.normalize("NFC", text)
