"""Patterns that look for words and phrases in a passage's folded text, by offsets."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import NamedTuple, Protocol

from msgspec import Struct

from hubtui.core.models import Span
from hubtui.text.analyzer import HAN, LETTER, fold, is_han, stem, units

# The words of hubtui.text.analyzer, without the whole of a compound (COVID-19), which no query needs.
_LETTER = rf"[^\W_{HAN}\u3041-\u30ff]"
_BETWEEN = re.compile(r"[\s\-]*")


# Compiled when they are first used: a class with all Chinese characters takes 1 to 2 ms.
@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"\d+(?:[.,]\d+)+(?!{_LETTER})|(?!')(?:'?{_LETTER})+")


@cache
def _han_run() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]+")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]|[^\W_{HAN}]+")


def _is_letter(character: str) -> bool:
    return character.isalnum() and not is_han(character) and not "\u3041" <= character <= "\u30ff"


class StemmedWord(NamedTuple):
    """A word as it stands in a text, and its stem."""

    start: int
    end: int
    stem: str


def _stemmed(match: re.Match[str]) -> StemmedWord:
    bare = match.group().removesuffix("'s")
    return StemmedWord(match.start(), match.start() + len(bare), stem(bare))


class FoldedText:
    """A text ready to be matched; offsets are those of the text itself."""

    def __init__(self, text: str) -> None:
        """Fold ``text``."""
        self.folded = fold(text)

    @cached_property
    def words(self) -> Sequence[StemmedWord]:
        """The words that are neither Chinese nor Japanese, in order."""
        return [_stemmed(match) for match in _word().finditer(self.folded)]

    @cached_property
    def han_runs(self) -> Sequence[Span]:
        """The runs of Chinese characters, in order."""
        return [match.span() for match in _han_run().finditer(self.folded)]

    def han_words(self, word: str) -> list[Span]:
        """Return where the segmenter cuts a Chinese word, in order."""
        if word not in self.folded:
            return []
        from hubtui.text.segment import cut  # deferred: jieba

        return [
            (first + start, first + end)
            for first, last in self.han_runs
            if word in (run := self.folded[first:last])
            for found, start, end in cut(run)
            if found == word
        ]

    def words_from(self, letters: str) -> Iterator[int]:
        """Yield where words begin with these letters; the text is not cut into words for it."""
        at = self.folded.find(letters)
        while at >= 0:
            if self._begins_word(at):
                yield at
            at = self.folded.find(letters, at + 1)

    def row(self, at: int, size: int) -> Iterator[StemmedWord]:
        """Yield so many of the :attr:`words`, from the one that begins at offset ``at``."""
        return map(_stemmed, islice(_word().finditer(self.folded, at), size))

    def _begins_word(self, at: int) -> bool:
        before = self.folded[at - 1] if at else " "
        if before == "'":
            inside = at > 1 and _is_letter(self.folded[at - 2])
        elif before in ".,":
            inside = self.folded[at].isdecimal()
        else:
            return not _is_letter(before)
        return not inside or at in self._starts

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(word.start for word in self.words)


class Pattern(Protocol):
    """Something to look for in a text."""

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where it stands, in order."""
        ...


class HanString(Struct, frozen=True):
    """Chinese characters, wherever words begin and end."""

    text: str

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where the characters stand."""
        found, size = [], len(self.text)
        start = text.folded.find(self.text)
        while start >= 0:
            found.append((start, start + size))
            start = text.folded.find(self.text, start + size)
        return found


def beginning(stem: str) -> str:
    """Return what all words with this stem begin with.

    A stem differs from its words in the last two letters at most (studi, study; possibl, possibility).
    """
    return stem[: max(1, len(stem) - 2)]


class HanWord(Struct, frozen=True):
    """A Chinese word where it is one: 云, but neither in 马云 nor in 云计算.

    Attributes:
        text: The word.
        before: Characters with which the segmenter takes it together, though it is a word there too.
    """

    text: str
    before: str = ""

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where the word stands."""
        found = text.han_words(self.text)
        if self.before:
            glued = re.finditer(f"{self.text}(?=[{self.before}])", text.folded)
            found = sorted({*found, *(match.span() for match in glued)})
        return found


class Stems(Struct, frozen=True):
    """Words one behind the other, each by its stem."""

    stems: tuple[str, ...]

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where the words stand, from the first to the last."""
        if not all(beginning(stem) in text.folded for stem in self.stems):
            return []  # without stemming a word of the text
        starts = text.words_from(beginning(self.stems[0]))
        return [(at, end) for at in starts if (end := self._end(text, at)) is not None]

    def _end(self, text: FoldedText, at: int) -> int | None:
        """Return where the words end that begin at offset ``at``; ``None`` where there are others."""
        end = at
        row = text.row(at, len(self.stems))
        for wanted in self.stems:
            word = next(row, None)
            if word is None or word.stem != wanted or (end > at and not _near(text.folded, end, word.start)):
                return None
            end = word.end
        return end


class AnyStem(Struct, frozen=True):
    """Words with one of several stems."""

    stems: frozenset[str]

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where such words stand."""
        return [(word.start, word.end) for word in text.words if word.stem in self.stems]


class Beginning(Struct, frozen=True):
    """Words that begin in a certain way."""

    prefix: str

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where such words stand."""
        return [
            (word.start, word.end) for word in text.words if text.folded.startswith(self.prefix, word.start)
        ]


class Verbatim(Struct, frozen=True):
    """A phrase as it stands; see :mod:`hubtui.search.text_patterns`."""

    text: str

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where the phrase stands."""
        return phrase_spans(self.text, text.folded)


class Together(Struct, frozen=True):
    """Several patterns within a stretch of the text.

    Attributes:
        parts: All of them are wanted, in any order.
        distance: How many other words or Chinese characters may stand between them in all.
    """

    parts: tuple[Pattern, ...]
    distance: int

    def spans(self, text: FoldedText) -> list[Span]:
        """Return where the patterns stand that are together."""
        places = [part.spans(text) for part in self.parts]
        found: set[Span] = set()
        for window in windows(places):
            start, end = window[0][0], max(end for _, end in window)
            inside = sum(_length(text.folded[first:last]) for first, last in merge(window))
            if _length(text.folded[start:end]) - inside <= self.distance:
                found.update(window)
        return sorted(found)


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that touch or overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def windows(places: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Return every choice of one span of each kind that no smaller stretch of the text holds, in order.

    Each choice is in the order of the text. None when a kind has no span.
    """
    if not places or not all(places):
        return []
    events = sorted((span, kind) for kind, spans in enumerate(places) for span in spans)
    latest: dict[int, Span] = {}
    found: list[list[Span]] = []
    for span, kind in events:
        latest[kind] = span
        if len(latest) == len(places):
            window = sorted(latest.values())
            if found and found[-1][0] == window[0]:
                continue  # the same beginning with an earlier end came first
            found.append(window)
    return found


def _length(text: str) -> int:
    """Count words and Chinese characters."""
    return sum(1 for _ in _counted().finditer(text))


def _near(folded: str, end: int, start: int) -> bool:
    return _BETWEEN.fullmatch(folded, end, start) is not None


_GAP = r"[\s\-]*"


@lru_cache(maxsize=256)
def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """Return a pattern that finds ``phrase`` in a folded text, or ``None`` when it holds no word.

    Between the words of a phrase any punctuation but the phrase's own is refused; spaces and hyphens
    may come and go. English words match whole.
    """
    found = list(units(phrase))
    if not found:
        return None
    folded = fold(phrase)
    parts, position = [], found[0].start
    for unit in found:
        between = re.sub(r"[\s\-]+", "", folded[position : unit.start])
        parts.append(_GAP.join(["", *map(re.escape, between), ""]) if between else _GAP)
        whole = re.escape(unit.text)
        parts.append(rf"(?<!{LETTER}){whole}(?!{LETTER})" if unit.kind == "word" else whole)
        position = unit.end
    return re.compile("".join(parts[1:]))


def phrase_spans(phrase: str, folded: str) -> list[Span]:
    """Return the spans of a folded text that ``phrase`` covers."""
    pattern = phrase_pattern(phrase)
    return [match.span() for match in pattern.finditer(folded)] if pattern else []
