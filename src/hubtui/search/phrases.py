"""Phrases, settled on a passage's own text: the index only says where to look."""

import re
from functools import lru_cache

from hubtui.core.models import Span
from hubtui.text.fold import fold
from hubtui.text.tokens import LETTER, units

_GAP = r"[\s\-]*"


@lru_cache(maxsize=256)
def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """Give what finds ``phrase`` in a folded text, or ``None`` when it holds no word.

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
    """Give the spans of a folded text that ``phrase`` covers."""
    pattern = phrase_pattern(phrase)
    return [match.span() for match in pattern.finditer(folded)] if pattern else []
