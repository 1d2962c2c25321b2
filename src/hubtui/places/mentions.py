"""The mention finder: every place that a text names, with its offsets."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from hubtui.core.models import Mention
from hubtui.places.abbreviations import find_abbreviations
from hubtui.places.ambiguity import Resolver
from hubtui.places.gazetteer import Gazetteer
from hubtui.places.longer_names import in_longer_name
from hubtui.places.matchable import Matchable
from hubtui.places.spans import NameFinder, NameSpan


def find_mentions(
    text: str, *, context: Collection[str] = (), gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """Find the places that ``text`` names, in the order of the text.

    An address gives a mention for each of its levels (北京市 and 朝阳区); a composite name one for each of
    its places, with the same span (北上广深: four).

    Args:
        text: Any text; offsets of the result count its code points as given.
        context: Ids of places known to be spoken of around the text (in the other passages of its
            source), to decide between places of one name.
        gazetteer: The places to find, :meth:`Gazetteer.default` unless given.
    """
    gazetteer = gazetteer or Gazetteer.default()
    finder = _finder(gazetteer)
    matchable = Matchable(text)
    spans, flagged = _all_spans(finder, matchable, text)
    meant = Resolver(gazetteer, matchable.text, spans, context).resolve()
    named = [(span, ids) for span, ids in zip(spans, meant, strict=True) if ids]
    inside = _inside_longer_names(gazetteer, matchable, text, named)
    mentions: list[Mention] = []
    for (span, place_ids), in_name in zip(named, inside, strict=True):
        start, end = matchable.original(span.start), matchable.original_end(span.end)
        within = in_name or span.start in flagged
        for place_id in place_ids:
            place = gazetteer.place(place_id)
            if place is not None:
                others = gazetteer.alternatives(matchable.text[span.start : span.end], place_id)
                mentions.append(Mention(start, end, text[start:end], place, within, others))
    return mentions


def _inside_longer_names(
    gazetteer: Gazetteer, matchable: Matchable, text: str, named: Sequence[tuple[NameSpan, tuple[str, ...]]]
) -> list[bool]:
    """For each name whether it is part of a longer one; a name right before such a part is one as well."""
    inside: list[bool] = []
    limit, next_start = len(text), -1
    for span, place_ids in reversed(named):
        start, end = matchable.original(span.start), matchable.original_end(span.end)
        touching = end == next_start and inside[-1] and not span.latin
        inside.append(touching or in_longer_name(text, start, end, limit))
        place = gazetteer.place(place_ids[0])
        next_start = start
        if place is None or place.kind != "country":
            limit = start
    return inside[::-1]


def _all_spans(finder: NameFinder, matchable: Matchable, text: str) -> tuple[Sequence[NameSpan], set[int]]:
    """Names and abbreviations in order, and where the abbreviations inside longer names start."""
    spans = finder.find(matchable, text)
    flagged: set[int] = set()
    abbreviations = list(find_abbreviations(finder.gazetteer, matchable.text))
    if not abbreviations:
        return spans, flagged
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    for span, in_name in abbreviations:
        if span.start not in covered:
            covered.add(span.start)
            spans.append(span)
            if in_name:
                flagged.add(span.start)
    spans.sort(key=lambda span: span.start)
    return spans, flagged


@lru_cache(maxsize=8)
def _finder(gazetteer: Gazetteer) -> NameFinder:
    return NameFinder(gazetteer)
