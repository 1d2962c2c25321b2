"""Make the two canonical forms of a text: as it is stored, and as it is compared.

:func:`normalise` is the one normalisation that every stored text goes through; offsets everywhere refer to
its result. :func:`fold` gives texts that a reader takes as the same one form, character for character:
Traditional becomes Simplified, full-width becomes half-width, upper case lower case, and accents go. Each
character is folded to exactly one character, and by itself, so that

- offsets into the folded text are offsets into the text, and
- the folded form of a part is the part of the folded form: a phrase can be looked for as a string.

The exception are the words that Taiwan and Hong Kong write with another character which the mainland has as
well (計畫 for 计划, 看著 for 看着, 身分 for 身份): these are folded as words, see :func:`fold_variants`.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

SIMPLIFIED = Path(__file__).with_name("data") / "simplified.txt"
"""Traditional characters in a row, and below each its Simplified form; ``tools/simplified.py`` writes it."""

_PUNCTUATION = str.maketrans("“”„‟«»「」『』‘’‚‛`´‐‑‒–—―−", '""""""""""' + "''''''" + "-------")


class _FoldTable(dict[int, int]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_character(chr(code)))
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """Return the folded form of ``text``; it has the same length."""
    folded = text.translate(_table)
    return folded if folded.isascii() else fold_variants(folded)


def fold_variants(folded: str) -> str:
    """Return text whose characters are folded with the words of other regions as the mainland writes them.

    It has the same length.
    """
    return _WORD_VARIANT.sub(_as_mainland, folded)


def _as_mainland(match: re.Match[str]) -> str:
    return _WORD_VARIANTS.get(match[0], "着")


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
    character = VARIANTS.get(character, character)
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


# Variants of one character that OpenCC's table from Traditional to Simplified leaves alone: those of Taiwan
# and Hong Kong, and those that the mainland's list of 1955 put aside.
_VARIANT_PAIRS = (
    "牠它衞卫妳你祂他甦苏粧妆姪侄簷檐倣仿敍叙暱昵珮佩砲炮礮炮礟炮袴裤覩睹隄堤尅克鬪斗鬭斗痺痹麤粗燄焰疉叠韮韭勦剿荘庄傚效効效勅敕啣衔囘回塲场寳宝嵒岩巗岩帋纸幇帮幚帮廻回彊强徧遍徃往"
    "悤匆懽欢捄救揑捏攷考旾春昬昏暎映栁柳栢柏桮杯椀碗槩概氊毡湼涅澁涩煑煮煖暖爕燮牋笺犂犁琹琴畊耕疎疏盌碗碪砧稉粳窓窗窻窗筦管粃秕糓谷耡锄聨联脗吻膓肠蔴麻衇脉諠喧謌歌譌讹讐仇貟员躭耽躱躲"
    "輭软遯遁醻酬鎗枪閙闹阬坑靣面鞵鞋頋顾頼赖飜翻餧喂鴈雁鵞鹅"
)
VARIANTS = dict(zip(_VARIANT_PAIRS[::2], _VARIANT_PAIRS[1::2], strict=True))

# Words that are written with another character, which is one of the mainland's too, so that the character
# cannot be folded by itself; behind each the mainland's. After 教育部重編國語辭典, 现代汉语词典 and
# 第一批异形词整理表. What could be parts of two other words (设计画面, 自身分析, 超过份额) is left alone.
_WORD_VARIANTS = dict(
    pair.split("=")
    for pair in (
        "计画=计划 规画=规划 企画=企划 策画=策划 筹画=筹划 谋画=谋划 擘画=擘划 画分=划分 画定=划定"
        " 身分=身份 成份=成分 部份=部分 充份=充分 过份=过分 水份=水分 养份=养分 盐份=盐分 糖份=糖分"
        " 识份子=识分子 本份=本分 名份=名分 缘份=缘分 情份=情分 辈份=辈分"
        " 瞭解=了解 明瞭=明了 瞭然=了然 瞭如=了如 彷佛=仿佛"
        " 藉着=借着 藉著=借着 藉由=借由 藉此=借此 藉以=借以 藉口=借口 藉助=借助 藉机=借机 藉故=借故 凭藉=凭借"
    ).split()
)
_BETWEEN_WORDS = {
    "计画": "(?<![设统])计画",
    "策画": "(?<!政)策画",
    "身分": "(?<![本自全终])身分(?![为成布析裂离散解])",
}

# 著 is a mainland's character in words of writing and fame alone; in all others it is 着 there.
_WORD_VARIANT = re.compile(
    "|".join(
        _BETWEEN_WORDS.get(word, f"{word}(?!额)" if word.endswith("份") else word) for word in _WORD_VARIANTS
    )
    + "|(?<=[\u3400-\u9fff])(?<![名原论专译编合巨显卓昭土所遗拙新撰])著(?![名作称述者书录有成])"
    + "|著(?=[眼手重急想陆迷火实装力凉落])"
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
