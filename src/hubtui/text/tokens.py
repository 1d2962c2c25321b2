"""Make tokens: what the index stores of a text and what a query looks for, with offsets into the text.

A token's form is folded (see :mod:`hubtui.text.fold`) and, for English, stemmed; its offsets are those
of the characters it stands for, because folding keeps every character in its place. Stop words and the
running words of a text, from which lists of keywords are made, are here as well.
"""

import re
import threading
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hubtui.text.fold import fold

if TYPE_CHECKING:
    from Stemmer import Stemmer

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, as the inside of a character class."""

_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"

LETTER = rf"(?:(?![{HAN}{_KANA}])[^\W_])"
"""What matches one letter or digit that is neither Han nor kana."""

# A word of letters and digits, with parts that belong together: COVID-19, GB/T, 1.6, AT&T, don't.
_WORD = rf"{LETTER}+(?:[-/&.,']{LETTER}+)*"
_UNIT = re.compile(rf"(?P<han>[{HAN}]+)|(?P<kana>[{_KANA}]+)|(?P<word>{_WORD})")
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
    for match in _UNIT.finditer(fold(text)):
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


def forms(text: str) -> tuple[list[str], list[str]]:
    """Return the forms of all words and of all grams of ``text``, without the cost of their offsets."""
    of_words: list[str] = []
    of_grams: list[str] = []
    for match in _UNIT.finditer(fold(text)):
        run = match.group()
        if match.lastgroup == "word":
            of_words.extend(_word_forms(run))
            continue
        of_grams.extend(run)
        of_grams.extend(map("".join, pairwise(run)))
        if match.lastgroup == "han":
            of_words.extend(_han_forms(run))
    return of_words, of_grams


def _han_forms(run: str) -> list[str]:
    from hubtui.text.segment import words_for_search  # deferred: jieba

    return list(words_for_search(run) if len(run) > 1 else [run])


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
_DULL = CHINESE_STOPWORDS | frozenset(map(stem, LINKING_WORDS | ENGLISH_STOPWORDS))
_HAN = re.compile(f"[{HAN}]")
_APART = "/,"  # AI/cloud is two words; COVID-19, AT&T and 5.G are one


@lru_cache(maxsize=_REMEMBERED)
def running_words(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order, not overlapping, each in the form that the index stores.

    Chinese is cut into words; Japanese kana is left out.
    """
    return tuple(token for unit in units(text) for token in _words(unit))


def is_telling(form: str) -> bool:
    """Whether a word says something by itself: no function word, no number, no single character."""
    return len(form) > 1 and form not in _DULL and any(character.isalpha() for character in form)


def is_chinese(form: str) -> bool:
    """Whether a word is one of Chinese characters."""
    return not form.isascii() and _HAN.match(form) is not None


def _words(unit: Unit) -> Iterator[Token]:
    if unit.kind == "han":
        from hubtui.text.segment import cut  # deferred: jieba

        yield from (Token(word, unit.start + start, unit.start + end) for word, start, end in cut(unit.text))
    elif unit.kind == "word":
        found = list(word_tokens(unit))
        whole = len(found) > 1 and not any(sign in unit.text for sign in _APART)
        yield from found[:1] if whole or len(found) == 1 else found[1:]
