"""Words of the library that are spelt almost like another: for ``word~`` and for "did you mean"."""

from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

from hubtui.index.engine import Field, Reader
from hubtui.search.lexicon import Lexicon
from hubtui.text.analyzer import fold, stem

_LONG = 6
"""From this many letters on two letters may differ, if the first three don't."""
_SAME, _NEARBY = 3, 400
_LONGEST = 24
_READINGS = 8
"""Readings of a Chinese string that are tried."""


class Speller:
    """Knows how the words of one library are spelt."""

    def __init__(self, reader: Reader) -> None:
        """Look among the words of ``reader``."""
        self._reader = reader

    def forms(self, word: str) -> list[str]:
        """Return the stems in the library that a word spelt a little differently has."""
        typed = fold(word)
        own = stem(typed)
        found = {own: None} if self._held(own) else {}
        if 2 < len(typed) <= _LONGEST and typed.isalnum():
            found |= {form: None for form in map(stem, _one_off(typed)) if self._held(form)}
            found |= dict.fromkeys(self._nearby(own))
        return list(found)

    def alternatives(self, word: str, most: int = 3) -> list[str]:
        """Return the stems of words of the library of which ``word`` may be a slip, most frequent first."""
        own = stem(fold(word))
        found = {form: self._held(form) for form in self.forms(word) if form != own}
        return sorted(found, key=lambda form: (-found[form], form))[:most]

    def homophones(self, word: str, lexicon: Lexicon, most: int = 3) -> list[str]:
        """Return Chinese words of the library that sound like ``word``: what an input method mistakes."""
        readings = [lexicon.readings(character) for character in word]
        if not all(readings) or not 1 < len(word) <= 8:  # reads as a range
            return []
        found: dict[str, int] = {}
        for number, syllables in enumerate(product(*readings)):
            if number == _READINGS:
                break
            for other in lexicon.read_as("".join(syllables)):
                held = min(
                    self._reader.count(Field.GRAMS, other[at : at + 2]) for at in range(len(other) - 1)
                )
                if held and other != word:
                    found[other] = held
        return sorted(found, key=lambda other: -found[other])[:most]

    def _held(self, form: str) -> int:
        return self._reader.count(Field.WORDS, form)

    def _nearby(self, form: str) -> list[str]:
        """Return the terms that differ in two letters behind the same beginning."""
        if len(form) < _LONG:
            return []
        terms = self._reader.terms(Field.WORDS, form[:_SAME], _NEARBY)
        return [term for term in terms if abs(len(term) - len(form)) <= 2 and _distance(form, term) <= 2]


def _one_off(word: str) -> Iterator[str]:
    """Yield every word that is one wrong, missing, superfluous or exchanged letter away from ``word``."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


def _distance(one: str, other: str) -> int:
    """Count the letters to insert, delete or change (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row[0] = row[0], number
        for at, wanted in enumerate(other, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (letter != wanted))
    return row[-1]
