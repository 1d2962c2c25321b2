"""The words of a text as a reader counts them: one after the other, none inside another."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hubtui.text.stopwords import CHINESE, ENGLISH, LINKING
from hubtui.text.tokens import HAN, Token, Unit, stem, units, word_tokens

_REMEMBERED = 2048
"""Texts of which the words are kept: cutting Chinese costs 3 ms a thousand characters."""
_DULL = CHINESE | frozenset(map(stem, LINKING | ENGLISH))
_HAN = re.compile(f"[{HAN}]")
_APART = "/,"  # AI/cloud is two words; COVID-19, AT&T and 5.G are one


@lru_cache(maxsize=_REMEMBERED)
def running_words(text: str) -> tuple[Token, ...]:
    """Give the words of ``text`` in order, not overlapping, each in the form that the index stores.

    Chinese is cut into words; Japanese kana is left out.
    """
    return tuple(token for unit in units(text) for token in _words(unit))


def tells(form: str) -> bool:
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
