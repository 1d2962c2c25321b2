"""The glossary: terms of the field in both languages, the package's and those a library adds."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from hubtui.text.fold import fold, is_han
from hubtui.text.tokens import units, word_tokens

_LATER = 0.1
"""How much less each further rendering of a term fits: 1 / (1 + 0.1 n)."""

_NONE: Mapping[str, float] = MappingProxyType({})


class Glossary:
    """Terms and what they are called in the other language. Immutable."""

    def __init__(self, terms: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take terms with their renderings, the usual one first; either may be the Chinese one."""
        self._terms = [(term, tuple(renderings)) for term, renderings in terms]
        self._chinese: dict[str, dict[str, float]] = {}
        self._english: dict[str, dict[str, float]] = {}
        for term, renderings in self._terms:
            for position, rendering in enumerate(renderings):
                one, other = (term, rendering) if _is_chinese(term) else (rendering, term)
                self._add(one, other, 1 / (1 + _LATER * position))

    def with_terms(self, terms: Iterable[tuple[str, Iterable[str]]]) -> "Glossary":
        """Give a glossary with more terms."""
        return Glossary([*self._terms, *terms])

    def chinese(self, stems: str) -> Mapping[str, float]:
        """Give the Chinese words for English ones, which come as stems with spaces between."""
        return self._chinese.get(stems, _NONE)

    def english(self, word: str) -> Mapping[str, float]:
        """Give the English words for a folded Chinese one."""
        return self._english.get(word, _NONE)

    def _add(self, chinese: str, english: str, fit: float) -> None:
        word, stems = fold(chinese), english_key(english)
        for table, key, value in ((self._chinese, stems, word), (self._english, word, english)):
            weights = table.setdefault(key, {})
            weights[value] = max(weights.get(value, 0.0), fit)


def english_key(text: str) -> str:
    """Give the stems of English words, with spaces between."""
    return " ".join(stem for stem, _ in english_words(text))


def english_words(text: str) -> list[tuple[str, str]]:
    """Give the stem of each English word, and the word."""
    found: list[tuple[str, str]] = []
    for unit in units(text):
        tokens = list(word_tokens(unit))
        found += [(token.form, text[token.start : token.end]) for token in tokens[1:] or tokens]
    return found


@cache
def shipped_glossary() -> Glossary:
    """Give the package's own glossary."""
    lines = (files("hubtui.search") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return Glossary((chinese, english.split("|")) for chinese, english in rows)


def _is_chinese(text: str) -> bool:
    return any(is_han(character) for character in text)
