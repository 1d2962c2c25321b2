"""The dictionary between the languages, the table of pinyin, the glossary and irregular forms.

Each large table is a :class:`.SortedTable`: opening costs nothing. ``tools/lexicon/build.py`` makes them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from hubtui.text.analyzer import fold, is_han, stem, units, word_tokens
from hubtui.text.sorted_table import SortedTable

Weights = Mapping[str, float]
"""Words with how well they fit, 1 being best; the best ones first."""

_BEST = 9
_DATA = Path(__file__).with_name("data")


@cache
def _table(name: str) -> SortedTable:
    return SortedTable(_DATA / f"{name}.tsv")


def _cells(table: SortedTable, key: str) -> tuple[str, ...]:
    """Return the cells beside ``key``; none where it is unknown."""
    found = table.get(key)
    return tuple(found.split("|")) if found else ()


@lru_cache(maxsize=4096)
def _weights(table: SortedTable, key: str) -> Weights:
    return {cell[:-1]: int(cell[-1]) / _BEST for cell in _cells(table, key)}


def _best_first(dictionary: Weights, glossary: Weights) -> Weights:
    if not glossary:
        return dictionary
    joined = {word: max(weight, dictionary.get(word, 0.0)) for word, weight in glossary.items()}
    joined |= {word: weight for word, weight in dictionary.items() if word not in joined}
    return dict(sorted(joined.items(), key=lambda pair: -pair[1]))


_LATER = 0.1
"""How much less each further rendering of a term fits: 1 / (1 + 0.1 n)."""

_FIRST = re.compile(r"[^\W_]")
"""What the first word of a folded term begins with."""
_NONE: Mapping[str, float] = MappingProxyType({})


class Glossary:
    """Terms and what they are called in the other language. Immutable."""

    def __init__(self, terms: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take terms with their renderings, the usual one first; either may be the Chinese one."""
        self._terms = [(term, tuple(renderings)) for term, renderings in terms]
        self._begun: dict[str, Mapping[str, Mapping[str, float]]] = {}
        self._of_size: dict[int, Mapping[str, Mapping[str, float]]] = {}

    def with_terms(self, terms: Iterable[tuple[str, Iterable[str]]]) -> "Glossary":
        """Return a glossary with more terms."""
        further = [(term, tuple(renderings)) for term, renderings in terms]
        return Glossary([*self._terms, *further]) if further else self

    def chinese(self, stems: str) -> Mapping[str, float]:
        """Return the Chinese words for English ones, which come as stems with spaces between."""
        # Stemming takes long: it is done for the terms with this first letter, which stems keep.
        letter = stems[:1]
        if letter not in self._begun:
            found: dict[str, dict[str, float]] = {}
            for chinese, english, fit in self._by_letter.get(letter, ()):
                _add(found, english_key(english), fold(chinese), fit)
            self._begun[letter] = found
        return self._begun[letter].get(stems, _NONE)

    def english(self, word: str) -> Mapping[str, float]:
        """Return the English words for a folded Chinese one."""
        # Folding keeps the length: the terms of the others need not be folded.
        size = len(word)
        if size not in self._of_size:
            found: dict[str, dict[str, float]] = {}
            for chinese, english, fit in self._pairs():
                if len(chinese) == size:
                    _add(found, fold(chinese), english, fit)
            self._of_size[size] = found
        return self._of_size[size].get(word, _NONE)

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[tuple[str, str, float]]]:
        """Return the pairs of a Chinese and an English term, by the first letter of the English one."""
        found: dict[str, list[tuple[str, str, float]]] = {}
        for chinese, english, fit in self._pairs():
            begun = _FIRST.search(fold(english))
            found.setdefault(begun.group() if begun else "", []).append((chinese, english, fit))
        return found

    def _pairs(self) -> Iterator[tuple[str, str, float]]:
        for term, renderings in self._terms:
            for position, rendering in enumerate(renderings):
                one, other = (term, rendering) if _is_chinese(term) else (rendering, term)
                yield one, other, 1 / (1 + _LATER * position)


def _add(table: dict[str, dict[str, float]], key: str, value: str, fit: float) -> None:
    weights = table.setdefault(key, {})
    weights[value] = max(weights.get(value, 0.0), fit)


class Lexicon:
    """What words mean in the other language, and how Chinese words are read. Immutable."""

    def __init__(self, glossary: Glossary) -> None:
        """Put ``glossary`` before the dictionary."""
        self._glossary = glossary

    def chinese(self, stems: str) -> Weights:
        """Return the Chinese words for English ones, which come as stems with spaces between."""
        return _best_first(_weights(_table("english"), stems), self._glossary.chinese(stems))

    def english(self, word: str) -> Weights:
        """Return the English words for a folded Chinese one."""
        return _best_first(_weights(_table("chinese"), word), self._glossary.english(word))

    @staticmethod
    def read_as(reading: str) -> tuple[str, ...]:
        """Return the Chinese words with this pinyin, without tones and spaces, the most usual first."""
        return _cells(_table("pinyin"), reading) if reading.isascii() and reading.isalpha() else ()

    @staticmethod
    def initialled(letters: str) -> tuple[str, ...]:
        """Return the Chinese words whose syllables begin with these letters, the most usual first."""
        return _cells(_table("pinyin"), f"-{letters}")

    @staticmethod
    def readings(character: str) -> tuple[str, ...]:
        """Return the pinyin of one Chinese character, without tones."""
        return _cells(_table("pinyin"), f"={character}")


def english_key(text: str) -> str:
    """Return the stems of English words, with spaces between."""
    return " ".join(stem for stem, _ in english_words(text))


def english_words(text: str) -> list[tuple[str, str]]:
    """Return the stem of each English word, and the word."""
    found: list[tuple[str, str]] = []
    for unit in units(text):
        tokens = list(word_tokens(unit))
        found += [(token.form, text[token.start : token.end]) for token in tokens[1:] or tokens]
    return found


@cache
def shipped_glossary() -> Glossary:
    """Return the package's own glossary."""
    lines = (_DATA / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return Glossary((chinese, english.split("|")) for chinese, english in rows)


def _is_chinese(text: str) -> bool:
    return any(is_han(character) for character in text)


def other_forms(word: str) -> tuple[str, ...]:
    """Return the stems of the other forms of a stem: those of *take* and *taken* for that of *took*."""
    return _families(word[:1]).get(word, ())


@cache
def _irregular() -> list[list[str]]:
    lines = (_DATA / "irregular.tsv").read_text(encoding="utf-8").splitlines()
    return [line.replace("\t", "|").split("|") for line in lines if not line.startswith("#")]


@cache
def _families(letter: str) -> dict[str, tuple[str, ...]]:
    """Return the other forms of each stem that begins with ``letter``, as the words with that stem do."""
    found: dict[str, tuple[str, ...]] = {}
    for words in _irregular():
        if any(word.startswith(letter) for word in words):
            family = list(dict.fromkeys(map(stem, words)))
            for form in family:
                found[form] = tuple(other for other in family if other != form)
    return found
