"""Make the two canonical forms of a text: as it is stored, and as it is compared.

:func:`normalise` is the one normalisation that every stored text goes through; offsets everywhere refer to
its result. :func:`fold` gives texts that a reader takes as the same one form, character for character:
Traditional becomes Simplified, full-width becomes half-width, upper case lower case, and accents go. Each
character is folded to exactly one character, and by itself, so that

- offsets into the folded text are offsets into the text, and
- the folded form of a part is the part of the folded form: a phrase can be looked for as a string.

The exception are the words that Taiwan and Hong Kong write with another character which the mainland has as
well (計畫 for 计划, 看著 for 看着, 身分 for 身份): these are folded as words, see :func:`fold_variants`.

Of folded text it makes tokens: what the index stores and what a query looks for, English ones stemmed, with
offsets into the text. Stop words and the running words, from which lists of keywords are made, are here too.
"""

import re
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from Stemmer import Stemmer

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
    if _MAY_VARY.search(folded) or "身分" in folded:
        return _word_variant().sub(_as_mainland, folded)
    return folded


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


# Compatible and circled forms, radicals and such: characters outside of the usual ranges that fold to Han.
_RARE_HAN = (
    "\u2e80-\u2fdf\u3038-\u303a\u3190-\u319f\u3220-\u33ff\uf900-\ufaff"
    "\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f"
)


def may_hold(han: str) -> Callable[[str], bool]:
    """Return what is true of all texts that hold some characters, folded Chinese ones, when they are folded.

    It is true of a few others as well. To ask it takes a tenth of the time of folding.
    """
    if not all(map(is_han, han)):
        return lambda _text: True
    them = re.compile("".join(f"[{character}{_unfolded().get(character, '')}]" for character in han))
    rare = _rare_han()
    return lambda text: bool(them.search(text) or rare.search(text))


@cache
def _rare_han() -> re.Pattern[str]:
    return re.compile(f"[{_RARE_HAN}]")


@cache
def _unfolded() -> dict[str, str]:
    """Return for each character those that are folded to it, the rare ones apart."""
    found: dict[str, str] = {}
    for character in (*_simplified(), *VARIANTS):
        folded = _fold_character(character)
        found[folded] = found.get(folded, "") + character
    pairs = {("著", "着"), *((a, b) for word in _WORD_VARIANTS.items() for a, b in zip(*word, strict=True))}
    for character, folded in sorted(pairs):
        if character != folded:
            found[folded] = found.get(folded, "") + character + found.get(character, "")
    return found


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


# To compile a class with all Chinese characters takes 1 to 2 ms: what a command may do without is compiled
# when it is first used.
@cache
def _word_variant() -> re.Pattern[str]:
    # 著 is a mainland's character in words of writing and fame alone; in all others it is 着 there.
    of_pairs = (
        _BETWEEN_WORDS.get(word, f"{word}(?!额)" if word.endswith("份") else word) for word in _WORD_VARIANTS
    )
    return re.compile(
        "|".join(of_pairs)
        + "|(?<=[\u3400-\u9fff])(?<![名原论专译编合巨显卓昭土所遗拙新撰])著(?![名作称述者书录有成])"
        + "|著(?=[眼手重急想陆迷火实装力凉落])"
    )


# Every variant but 身分 holds one of these; to look for them takes a hundredth of the time.
_MAY_VARY = re.compile("[画份瞭彷藉著]")

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
_MOST_MARKS = 30
"""Combining marks that one character may bear, as in UAX #15 (stream-safe text): the time to put more of them
into their order grows with the square of their number."""
_MANY_MARKS = re.compile(
    "[\u0300-\u1fff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f"
    f"\U000101fd-\U0001ffff]{{{_MOST_MARKS + 1},}}"
)
"""A run of characters of the blocks in which combining marks are, longer than of marks alone it may be."""


def normalise(text: str) -> str:
    """Return ``text`` as hubtui stores it.

    NFC; a newline for every kind of line end; no control characters, no invisible formatting and no
    overrides of direction; plain spaces for the typographic ones; characters for the radicals that look
    like them; no more marks on a character than any script has. Idempotent.
    """
    if _RADICAL.search(text):
        text = text.translate(_RADICALS)
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _REMOVED.sub("", text))
    text = _MANY_MARKS.sub(_with_fewer_marks, text)
    return unicodedata.normalize("NFC", text)


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, as the inside of a character class."""

_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"

LETTER = rf"[^\W_{HAN}{_KANA}]"
"""What matches one letter or digit that is neither Han nor kana."""

# A word of letters and digits, with parts that belong together: COVID-19, GB/T, 1.6, AT&T, don't.
_WORD = rf"(?![-/&.,'])(?:[-/&.,']?{LETTER})+"


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?P<han>[{HAN}]+)|(?P<kana>[{_KANA}]+)|(?P<word>{_WORD})")


@cache
def _han_run() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]+")


@cache
def _latin_word() -> re.Pattern[str]:
    return re.compile(_WORD)


_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\d+(?:[.,]\d+)+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Token(NamedTuple):
    """A word or gram of a text.

    Attributes:
        form: What is stored and looked for.
        start: Offset of its first character in the text.
        end: Offset after its last character.
    """

    form: str
    start: int
    end: int


class Unit(NamedTuple):
    """A stretch of a text that is cut in one way: a run of Han, a run of kana, or a word.

    Attributes:
        kind: ``han``, ``kana`` or ``word``.
        text: The folded characters.
        start: Offset of the first of them.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset after the last character."""
        return self.start + len(self.text)


def units(text: str) -> Iterator[Unit]:
    """Return the stretches of ``text`` that hold words, in order."""
    for match in _unit().finditer(fold(text)):
        yield Unit(str(match.lastgroup), match.group(), match.start())


def words(text: str) -> Iterator[Token]:
    """Return the words of ``text`` as the index stores them.

    Chinese words in jieba's search mode; other words stemmed, and where one has parts (COVID-19), the
    whole and the parts.
    """
    for unit in units(text):
        if unit.kind == "han":
            yield from _han_words(unit)
        elif unit.kind == "word":
            yield from word_tokens(unit)


def grams(text: str) -> Iterator[Token]:
    """Return every Han or kana character of ``text``, and every pair of neighbours."""
    for unit in units(text):
        if unit.kind != "word":
            yield from gram_tokens(unit)


def word_forms(folded: Sequence[str]) -> list[list[str]]:
    """Return the forms of the words of each of some folded texts, without the cost of their offsets.

    They are those of :func:`words`, Chinese ones first.
    """
    from hubtui.text.segment import words_for_search  # deferred: jieba

    # One call for all: each costs more than cutting a run.
    runs = [_han_run().findall(text) for text in folded]
    found = words_for_search(runs) if any(runs) else [[] for _text in folded]
    for forms, text in zip(found, folded, strict=True):
        forms.extend(chain.from_iterable(map(_word_forms, _latin_word().findall(text))))
    return found


def gram_kinds() -> bytes:
    """Return for each code point 0, or what makes a gram with its like: 1 for Han, 2 for kana."""
    kinds = bytearray(sys.maxunicode + 1)
    for kind, characters in ((1, HAN), (2, _KANA)):
        for first, last in re.findall(r"(.)(?:-(.))?", characters):
            start, end = ord(first), ord(last or first) + 1
            kinds[start:end] = bytes([kind]) * (end - start)
    return bytes(kinds)


@lru_cache(maxsize=65536)
def _word_forms(word: str) -> tuple[str, ...]:
    return tuple(token.form for token in word_tokens(Unit("word", word, 0)))


def gram_tokens(unit: Unit) -> Iterator[Token]:
    """Return the characters and pairs of one Han or kana run."""
    last = len(unit.text) - 1
    for index, character in enumerate(unit.text):
        start = unit.start + index
        yield Token(character, start, start + 1)
        if index < last:
            yield Token(unit.text[index : index + 2], start, start + 2)


def word_tokens(unit: Unit) -> Iterator[Token]:
    """Return the stem of a word, its possessive ending apart; of a compound the whole, then the parts."""
    parts = [(part.group(), part.start()) for part in _parts(unit.text)]
    if len(parts) > 1:
        yield Token(unit.text, unit.start, unit.end)
    for part, offset in parts:
        bare = part.removesuffix("'s").removesuffix("'")
        yield Token(stem(bare), unit.start + offset, unit.start + offset + len(bare))


def _parts(word: str) -> Iterator[re.Match[str]]:
    whole = _NUMBER.fullmatch(word)
    return iter((whole,)) if whole else _PART.finditer(word)


def _han_words(unit: Unit) -> Iterator[Token]:
    from hubtui.text.segment import cut_for_search  # deferred: jieba

    for word, start, end in cut_for_search(unit.text):
        yield Token(word, unit.start + start, unit.start + end)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded English word (Snowball's English stemmer); other words as they are."""
    return str(_stemmers.english.stemWord(word)) if word.isascii() else word


class _Stemmers(threading.local):
    """The stemmers of one thread: a stemmer keeps state between calls."""

    @cached_property
    def english(self) -> "Stemmer":
        from Stemmer import Stemmer  # deferred: only what is searched needs it

        return Stemmer("english")


_stemmers = _Stemmers()

ENGLISH_STOPWORDS = frozenset(
    "a about also an and any are as at be been both but by can could did do does each for from had has have"
    " he her his how i if in into is it its many may me much my no not of on only or other our own same she"
    " should so some such than that the their them then there these they this those to too us very was we"
    " were what when where which who whom whose why will with would you your".split()
)
"""English function words and question words, folded."""

CHINESE_STOPWORDS = frozenset(
    "的 了 和 与 及 或 在 是 有 对 从 到 为 以 于 把 被 将 就 也 都 而 但 所 其 之 这 那 哪 个 些 吗 呢 吧 啊"
    " 什么 怎么 怎样 怎么样 如何 为何 为什么 哪个 哪些 哪里 哪儿 哪年 哪一 多少 几个 谁 何时 何地 是否"
    " 哪位 哪种 哪家 哪项 哪座 哪一年 哪一个 哪一种 哪一位 何种 什么样 多大 多长 多久 多远 多少个"
    " 有关 关于 以及 或者 可以 因为 进行 我们 他们 它们 你们 它 他 她 该 这个 那个 这些 那些 每个"
    " 一个 一种 的话 之间 其中".split()
)
"""Chinese function words and question words, Simplified."""

CHINESE_PARTICLES = CHINESE_STOPWORDS | frozenset(
    "才 又 再 还 很 太 更 最 只 已 曾 仅 便 即 却 并 且 若 如 因 由 向 往 给 让 被 跟 同 则 且 亦 乃 吗 嘛 呀"
    " 着 过 得 地 不 没 别 每 各 某 此 该 我 你 您 咱".split()
)
"""Characters that are function words where they stand alone, whatever they mean in a compound: 才 in 人才."""

NUMERALS = frozenset("一二三四五六七八九十两几半")
"""Numerals, which the segmenter leaves together with a measure word: 两所."""

MEASURES = "个家所座次年月天种项位名人条件台岁期届代批倍成本部份张层间支辆道段周"
"""Measure words of one character."""

QUESTION_WORDS = frozenset(
    "how what when where which who whom whose why ? ？"
    " 什么 怎么 怎样 怎么样 如何 为何 为什么 哪 哪个 哪些 哪里 哪儿 哪年 哪一 哪位 哪种 哪家 哪项 哪座"
    " 哪一年 哪一个 哪一种 哪一位 何种 何时 何地 什么样 谁 多少 多少个 几 几个 多大 多长 多久 多远"
    " 是否 吗".split()
)
"""Words that make a question, folded."""

LINKING_WORDS = frozenset(
    "according although among based because become came come despite due during even first"
    " furthermore get getting given go going got here however include included includes including"
    " indeed just know last later least less like likely made make makes making meanwhile"
    " moreover more most much need next now off once one out over per rather really said say"
    " saying says second see several since still take than therefore though through thus toward"
    " towards two under until up upon use used using want way well whether while within without"
    " yet 不是 不同 不仅 不过 但是 例如 其他 其实 包括 只是 另外 同时 因此 如果 已经 并且 很多"
    " 所以 所有 才能 按照 是因为 有些 根据 正在 此外 没有 然后 然而 现在 由于 目前 相关 看到 知道"
    " 能够 自己 虽然 许多 认为 这样 这种 这里 通过 那么 还有 都是 需要 非常".split()
)
"""Words that link, report or count, whatever a text is about; folded. Lists of telling words omit them."""

_REMEMBERED = 2048
"""Texts of which the words are kept: cutting Chinese costs 3 ms a thousand characters."""
_APART = "/,"  # AI/cloud is two words; COVID-19, AT&T and 5.G are one


@lru_cache(maxsize=_REMEMBERED)
def running_words(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order, not overlapping, each in the form that the index stores.

    Chinese is cut into words; Japanese kana is left out.
    """
    return tuple(token for unit in units(text) for token in _words(unit))


@cache
def _dull() -> frozenset[str]:
    return CHINESE_STOPWORDS | frozenset(map(stem, LINKING_WORDS | ENGLISH_STOPWORDS))


def is_telling(form: str) -> bool:
    """Whether a word says something by itself: no function word, no number, no single character."""
    return len(form) > 1 and form not in _dull() and any(character.isalpha() for character in form)


def is_chinese(form: str) -> bool:
    """Whether a word is one of Chinese characters."""
    return is_han(form[:1] or " ")


def _words(unit: Unit) -> Iterator[Token]:
    if unit.kind == "han":
        from hubtui.text.segment import cut  # deferred: jieba

        yield from (Token(word, unit.start + start, unit.start + end) for word, start, end in cut(unit.text))
    elif unit.kind == "word":
        found = list(word_tokens(unit))
        whole = len(found) > 1 and not any(sign in unit.text for sign in _APART)
        yield from found[:1] if whole or len(found) == 1 else found[1:]
