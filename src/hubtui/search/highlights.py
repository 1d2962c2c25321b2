"""Exactly the characters of a passage that match a query, and why they do."""

from collections.abc import Sequence

from hubtui.core.models import Match, Mention, Passage, Span
from hubtui.search.patterns import Sought
from hubtui.search.texts import FoldedText, merge


class Highlighter:
    """Finds what a query matches in one passage after the other."""

    def __init__(self, wanted: Sequence[Sought], place_ids: frozenset[str], *, names: bool = True) -> None:
        """Look for ``wanted`` and for mentions of ``place_ids``, with ``names`` also inside names."""
        self._wanted = wanted
        self._patterns = list(dict.fromkeys(one.pattern for one in wanted))
        self._place_ids = place_ids
        self._names = names

    @property
    def marks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._patterns or self._place_ids)

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """Give the spans of the passage's text that match, in order, not overlapping."""
        found = [(mention.start, mention.end) for mention in self._named(passage)]
        if self._patterns:
            text = FoldedText(passage.text)
            for pattern in self._patterns:
                found.extend(pattern.spans(text))
        return merge(found)

    def matches(self, passage: Passage) -> tuple[Match, ...]:
        """Give why the passage matches, part of the query by part."""
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


def _way(one: Sought, spans: Sequence[Span], text: str) -> str:
    """Tell a literal match from one by another form of the word, or by the other Chinese script."""
    if one.way != "literal":
        return one.way
    matched = {text[start:end].casefold() for start, end in spans}
    if one.part.casefold() in matched:
        return "literal"
    return "inflected" if one.part.isascii() else "script"
