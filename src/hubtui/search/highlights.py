"""Exactly the characters of a passage that match a query, why they do, and the stretch that shows it best."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hubtui.core.models import Match, Mention, Passage, Span
from hubtui.search.expansion import Need, Piece, QueryConcept, Rendering, needs
from hubtui.search.parser import Begun, Fuzzy, Near, Phrase, Prefix, Text, Word, written
from hubtui.search.text_patterns import AnyStem, Beginning, FoldedText, Pattern, Together, Verbatim, merge
from hubtui.text.analyzer import fold, units

_SENTENCE = re.compile(r"[.!?]['\")\]]*\s+|[。！？；][”’」』）]*|\n")
_GAP = re.compile(r"\s+|(?<=[，、：])")


class HighlightPattern(NamedTuple):
    """A pattern and what it stands for in the query; see :class:`hubtui.core.models.Match`."""

    part: str
    way: str
    found: str
    pattern: Pattern
    weight: float


class Highlighter:
    """Finds what a query matches in one passage after the other."""

    def __init__(
        self, patterns: Sequence[HighlightPattern], place_ids: frozenset[str], *, names: bool = True
    ) -> None:
        """Look for ``patterns`` and for mentions of ``place_ids``, with ``names`` also inside names."""
        self._wanted = patterns
        self._patterns = list(dict.fromkeys(one.pattern for one in patterns))
        self._place_ids = place_ids
        self._names = names

    @property
    def marks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._patterns or self._place_ids)

    @property
    def needs_mentions(self) -> bool:
        """Whether the mentions of a passage are looked at, which take longer to read than its text."""
        return bool(self._place_ids)

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """Return the spans of the passage's text that match, in order, not overlapping."""
        found = [(mention.start, mention.end) for mention in self._named(passage)]
        if self._patterns:
            text = FoldedText(passage.text)
            for pattern in self._patterns:
                found.extend(pattern.spans(text))
        return merge(found)

    def matches(self, passage: Passage) -> tuple[Match, ...]:
        """Return why the passage matches, part of the query by part."""
        text = FoldedText(passage.text)
        found: list[Match] = []
        for one in self._wanted:
            spans = tuple(one.pattern.spans(text))
            if spans:
                way = _way(one, spans, passage.text)
                found.append(Match(one.part, way, one.found, spans, round(one.weight, 3)))
        named = self._named(passage)
        for place in dict.fromkeys(mention.place for mention in named):
            where = tuple((m.start, m.end) for m in named if m.place == place)
            found.append(Match(f"city:{place.name_en}", "place", place.name_zh, where))
        return tuple(found)

    def _named(self, passage: Passage) -> list[Mention]:
        return [
            mention
            for mention in passage.mentions
            if mention.place.id in self._place_ids and (self._names or not mention.in_name)
        ]


def highlight_patterns(
    concepts: Iterable[QueryConcept], leaves: Iterable[Text], forms: Mapping[Text, Sequence[str]]
) -> Iterator[HighlightPattern]:
    """Yield the patterns of everything that a hit may match, part by part.

    Args:
        concepts: What the words of the query ask for.
        leaves: The other parts that are looked for in a text.
        forms: The stems that each begun and fuzzy word stands for.
    """
    for concept in concepts:
        if not concept.common:
            yield from map(_literal, concept.needs)
            for piece in concept.required:
                yield from (_rendered(piece, rendering) for rendering in piece.sure)
    for leaf in leaves:
        yield from _leaf_patterns(leaf, forms)


def near_pattern(near: Near) -> Pattern | None:
    """Return a pattern that finds the words of ``near`` together; ``None`` when there are none."""
    parts = tuple(dict.fromkeys(need.pattern for need in needs(near.text)))
    return Together(parts, near.distance) if parts else None


def _leaf_patterns(leaf: Text, forms: Mapping[Text, Sequence[str]]) -> Iterator[HighlightPattern]:
    match leaf:
        case Phrase(text):
            yield HighlightPattern(written(leaf), "phrase", text, Verbatim(text), 1.0)
        case Near(text):
            pattern = near_pattern(leaf)
            if pattern is not None:
                yield HighlightPattern(written(leaf), "near", text, pattern, 1.0)
        case Prefix():
            yield from _prefix_patterns(leaf)
        case Begun(text):
            yield HighlightPattern(text, "prefix", text, AnyStem(frozenset(forms[leaf])), 1.0)
        case Fuzzy(text):
            yield HighlightPattern(written(leaf), "fuzzy", text, AnyStem(frozenset(forms[leaf])), 1.0)
        case Word():
            return


def _prefix_patterns(prefix: Prefix) -> Iterator[HighlightPattern]:
    text = prefix.text
    found = list(units(text))
    if found and found[-1].kind == "word":
        yield HighlightPattern(written(prefix), "prefix", text, Beginning(found[-1].text), 1.0)
        text = text[: found[-1].start]
    yield from map(_literal, (need for need in needs(text) if not need.common))


def _literal(need: Need) -> HighlightPattern:
    return HighlightPattern(need.typed, "literal", need.typed, need.pattern, 1.0)


def _rendered(piece: Piece, rendering: Rendering) -> HighlightPattern:
    weight = rendering.weight * piece.share
    return HighlightPattern(piece.text, rendering.way, rendering.text, rendering.pattern, weight)


def _way(one: HighlightPattern, spans: Sequence[Span], text: str) -> str:
    """Return the way of a match; a literal one may be by another form of the word or the other script."""
    if one.way != "literal":
        return one.way
    matched = {text[start:end].casefold() for start, end in spans}
    if one.part.casefold() in matched:
        return "literal"
    return "inflected" if one.part.isascii() else "script"


def densest(text: str, highlights: Sequence[Span], size: int) -> Span:
    """Return the stretch of at most ``size`` characters that holds most of what matched.

    Different words count before repeated ones; among equals the first stretch is taken. It begins with a
    sentence, or with a word where the sentence begins too far ahead, and never cuts the first highlight.

    Args:
        text: A passage's text.
        highlights: The spans in it that matched, in order.
        size: In code points.
    """
    if len(text) <= size or not highlights:
        return 0, min(len(text), size)
    first, last = max(
        (_window(highlights, number, size) for number in range(len(highlights))),
        key=lambda window: _held(text, highlights, *window),
    )
    spare = size - (highlights[last][1] - highlights[first][0])
    start = _beginning(text, highlights[first][0], min(spare, size // 2))
    return start, min(len(text), start + size)


def _window(highlights: Sequence[Span], first: int, size: int) -> tuple[int, int]:
    """Return the first and the last highlight of the stretch that begins with the ``first``."""
    last = first
    while last + 1 < len(highlights) and highlights[last + 1][1] - highlights[first][0] <= size:
        last += 1
    return first, last


def _held(text: str, highlights: Sequence[Span], first: int, last: int) -> tuple[int, int, int]:
    words = {fold(text[start:end]) for start, end in highlights[first : last + 1]}
    return len(words), last - first, -first


def _beginning(text: str, start: int, ahead: int) -> int:
    """Return where a sentence, else a word, begins at most ``ahead`` characters before ``start``."""
    least = max(0, start - ahead)
    if least == 0:
        return 0
    sentences = [match.end() for match in _SENTENCE.finditer(text, least, start)]
    words = [match.end() for match in _GAP.finditer(text, least, start)]
    return next((place for place in (*sentences, *words) if place <= start), start)
