"""Exactly the characters of a passage that match a query."""

from collections.abc import Iterable, Sequence

from hubtui.model import Passage, Span
from hubtui.search.needs import Need, needs
from hubtui.search.phrases import phrase_spans
from hubtui.search.query import Filter, Phrase, Prefix, Query, Word, terms
from hubtui.text.fold import fold
from hubtui.text.tokens import Token, units, word_tokens


class Highlighter:
    """Finds what a query matches in one passage after the other."""

    def __init__(self, query: Query, place_ids: frozenset[str], *, names: bool = True) -> None:
        """Look for the words of ``query`` and mentions of ``place_ids``, with ``names`` also inside names."""
        self._place_ids = place_ids
        self._names = names
        self._phrases: list[str] = []
        self._prefixes: list[str] = []
        self._strings: list[str] = []
        self._stems: set[str] = set()
        for leaf in terms(query.root):
            match leaf:
                case Phrase(text):
                    self._phrases.append(text)
                case Word(text):
                    self._want(needs(text))
                case Prefix(text):
                    self._want_prefix(text)
                case Filter():
                    pass

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of the passage's text that match, in order, not overlapping."""
        folded = fold(passage.text)
        found = [
            (m.start, m.end)
            for m in passage.mentions
            if m.place.id in self._place_ids and (self._names or not m.in_name)
        ]
        for phrase in self._phrases:
            found.extend(phrase_spans(phrase, folded))
        for string in self._strings:
            found.extend(_occurrences(string, folded))
        if self._stems or self._prefixes:
            found.extend(
                (token.start, token.end) for token in _words(passage.text) if self._wants(token, folded)
            )
        return merge(found)

    def _want(self, wanted: Sequence[Need]) -> None:
        self._strings.extend(need.text for need in wanted if need.han and not need.common)
        self._stems.update(need.text for need in wanted if not need.han and not need.common)

    def _want_prefix(self, text: str) -> None:
        found = list(units(text))
        if found and found[-1].kind == "word":
            self._prefixes.append(found[-1].text)
            self._want(needs(fold(text)[: found[-1].start]))
        else:
            self._want(needs(text))

    def _wants(self, token: Token, folded: str) -> bool:
        word = folded[token.start : token.end]
        return token.form in self._stems or any(word.startswith(prefix) for prefix in self._prefixes)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that touch or overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _words(text: str) -> Iterable[Token]:
    for unit in units(text):
        if unit.kind == "word":
            yield from word_tokens(unit)


def _occurrences(string: str, folded: str) -> Iterable[Span]:
    start = folded.find(string)
    while start >= 0:
        yield start, start + len(string)
        start = folded.find(string, start + len(string))
