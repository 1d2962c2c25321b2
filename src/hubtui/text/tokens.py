"""Tokens: what the index stores of a text and what a query looks for, with offsets into the text.

A token's form is folded (see :mod:`hubtui.text.fold`) and, for English, stemmed; its offsets are those
of the characters it stands for, because folding keeps every character in its place.
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
        """Offset after the last character."""
        return self.start + len(self.text)


def units(text: str) -> Iterator[Unit]:
    """Give the stretches of ``text`` that hold words, in order."""
    for match in _UNIT.finditer(fold(text)):
        yield Unit(str(match.lastgroup), match.group(), match.start())


def words(text: str) -> Iterator[Token]:
    """Give the words of ``text`` as the index stores them.

    Chinese words in jieba's search mode; other words stemmed, and where one has parts (COVID-19), the
    whole and the parts.
    """
    for unit in units(text):
        if unit.kind == "han":
            yield from _han_words(unit)
        elif unit.kind == "word":
            yield from word_tokens(unit)


def grams(text: str) -> Iterator[Token]:
    """Give every Han or kana character of ``text``, and every pair of neighbours."""
    for unit in units(text):
        if unit.kind != "word":
            yield from gram_tokens(unit)


def forms(text: str) -> tuple[list[str], list[str]]:
    """Give the forms of all words and of all grams of ``text``, without the cost of their offsets."""
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
    """Give the characters and pairs of one Han or kana run."""
    last = len(unit.text) - 1
    for index, character in enumerate(unit.text):
        start = unit.start + index
        yield Token(character, start, start + 1)
        if index < last:
            yield Token(unit.text[index : index + 2], start, start + 2)


def word_tokens(unit: Unit) -> Iterator[Token]:
    """Give the stem of a word, its possessive ending apart; of a compound the whole, then the parts."""
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
    """Give the stem of a folded English word (Snowball's English stemmer); other words as they are."""
    return str(_stemmers.english.stemWord(word)) if word.isascii() else word


class _Stemmers(threading.local):
    """The stemmers of one thread: a stemmer keeps state between calls."""

    @cached_property
    def english(self) -> "Stemmer":
        from Stemmer import Stemmer  # deferred: only what is searched needs it

        return Stemmer("english")


_stemmers = _Stemmers()
