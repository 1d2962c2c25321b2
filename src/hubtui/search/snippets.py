"""The part of a long passage that shows best why it was found."""

import re
from collections.abc import Sequence

from hubtui.core.models import Span
from hubtui.text.fold import fold

_SENTENCE = re.compile(r"[.!?]['\")\]]*\s+|[。！？；][”’」』）]*|\n")
_GAP = re.compile(r"\s+|(?<=[，、：])")


def densest(text: str, highlights: Sequence[Span], size: int) -> Span:
    """Give the stretch of at most ``size`` characters that holds most of what matched.

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
    """Give the first and the last highlight of the stretch that begins with the ``first``."""
    last = first
    while last + 1 < len(highlights) and highlights[last + 1][1] - highlights[first][0] <= size:
        last += 1
    return first, last


def _held(text: str, highlights: Sequence[Span], first: int, last: int) -> tuple[int, int, int]:
    words = {fold(text[start:end]) for start, end in highlights[first : last + 1]}
    return len(words), last - first, -first


def _beginning(text: str, start: int, ahead: int) -> int:
    """Give where a sentence, else a word, begins at most ``ahead`` characters before ``start``."""
    least = max(0, start - ahead)
    if least == 0:
        return 0
    sentences = [match.end() for match in _SENTENCE.finditer(text, least, start)]
    words = [match.end() for match in _GAP.finditer(text, least, start)]
    return next((place for place in (*sentences, *words) if place <= start), start)
