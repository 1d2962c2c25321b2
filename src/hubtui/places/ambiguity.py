"""Which of the places that share a name is meant, and whether one is meant at all."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from hubtui.places import evidence
from hubtui.places.gazetteer import Gazetteer, Reading
from hubtui.places.readers import CHINA
from hubtui.places.spans import NameSpan

NEARBY = 60
"""Characters around a name within which a surrounding place counts for more."""

# What one hint adds to the prominence (0 to 5) of a place.
_RIGHT_AFTER_ITS_PARENT = 10.0
_IN_A_LIST_WITH_ITS_LIKE = 2.5
_PARENT_NEARBY = 3.0
_PARENT_SOMEWHERE = 1.6

_COMPOSITE = 3.5
"""The prominence of a composite name (广深)."""

_LIST_JOINT = re.compile(r"[、,，/和与及跟·—\-]|, | and |, and | or | & | to ")
_ADDRESS_JOINT = re.compile(r"[\s,，·]{0,2}|(?:的|\()")


class Resolver:
    """Decides what the names of one text mean, from each other and from the rest of its source."""

    def __init__(
        self, gazetteer: Gazetteer, text: str, spans: Sequence[NameSpan], context: Collection[str]
    ) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self._spans = spans
        self._anchors = self._find_anchors()
        self._around = set(context)
        for place_id in {*context, *(place_id for _, place_id in self._anchors)}:
            self._around.update((place_id, *gazetteer.ancestors(place_id)))
        self._chosen: list[tuple[str, ...]] = []

    def resolve(self) -> list[tuple[str, ...]]:
        """For each span the ids of its places: none when no place is meant, several for a composite."""
        for index, span in enumerate(self._spans):
            if self._is_certain(span):
                self._chosen.append(span.readings[0].places)
                continue
            options = [(self._score(index, reading), reading) for reading in span.readings]
            score, best = max(options, key=lambda option: option[0], default=(0.0, None))
            self._chosen.append(best.places if best is not None and score > 0 else ())
        return self._chosen

    def _find_anchors(self) -> list[tuple[int, str]]:
        """Names that can only mean one place, with where they stand."""
        found = []
        for span in self._spans:
            if len(span.readings) == 1 and span.readings[0].use == "plain":
                found += [(span.start, place_id) for place_id in span.readings[0].places]
        return sorted(found)

    def _score(self, index: int, reading: Reading) -> float:
        if len(reading.places) > 1:
            spoken_of = reading.use == "plain" or not self._around.isdisjoint(reading.places)
            return _COMPOSITE if spoken_of else 0.0
        place_id = reading.places[0]
        hint = self._hint(index, place_id)
        if hint < _RIGHT_AFTER_ITS_PARENT and not self._may_count(index, reading, hint):
            return 0.0
        return self._gazetteer.prominence(place_id) + hint + self._parent_weight(place_id)

    def _is_certain(self, span: NameSpan) -> bool:
        """Whether the name can mean nothing else than one place, or one composite, of China."""
        first = span.readings[0]
        if len(span.readings) > 1 or first.use != "plain":
            return False
        where = (self._text, span.start, span.end)
        return span.latin or not (
            first.places[0].startswith("gn:")
            or evidence.is_person(*where, weak=False)
            or evidence.is_between_words(*where)
        )

    def _may_count(self, index: int, reading: Reading, hint: float) -> bool:
        """Whether the use of the name and what stands beside it allow it to be this place."""
        span, text, use = self._spans[index], self._text, reading.use
        if use == "after":
            return False
        if use == "apart":
            return evidence.stands_apart(text, span.start)
        if span.latin:
            return use == "plain" or hint > 0
        weak = use == "near"
        if evidence.is_person(text, span.start, span.end, weak=weak):
            return False
        if evidence.is_between_words(text, span.start, span.end):
            return False
        if use == "compass":
            return not (evidence.is_direction(text, span.start, span.end) or self._follows_a_town(index))
        if reading.places[0].startswith("gn:") and evidence.is_transliteration(text, span.start, span.end):
            return False
        # 湘西人 speaks of people, too little to tell a place by.
        return not weak or (
            hint > 0 and not evidence.is_other_name(text, span.end) and text[span.end : span.end + 1] != "人"
        )

    def _follows_a_town(self, index: int) -> bool:
        """Whether 东北 says where something lies from the place before it (耶路撒冷东北)."""
        touching = index > 0 and self._spans[index - 1].end == self._spans[index].start
        return touching and CHINA not in self._chosen[index - 1]

    def _parent_weight(self, place_id: str) -> float:
        ancestors = self._gazetteer.ancestors(place_id)
        return self._gazetteer.prominence(ancestors[0]) / 20 if ancestors else 0.0

    def _hint(self, index: int, place_id: str) -> float:
        ancestors = [a for a in self._gazetteer.ancestors(place_id) if a != CHINA]
        if self._follows(index, ancestors):
            return _RIGHT_AFTER_ITS_PARENT
        hint = _IN_A_LIST_WITH_ITS_LIKE if self._listed(index, place_id) else 0.0
        family = {place_id, *self._surroundings(place_id, ancestors)}
        if family.isdisjoint(self._around):
            return hint
        here = self._spans[index].start
        first = bisect_left(self._anchors, (here - NEARBY, ""))
        last = bisect_right(self._anchors, (here + NEARBY + 1, ""))
        if any(anchor in family for _, anchor in self._anchors[first:last]):
            return hint + _PARENT_NEARBY
        return hint + _PARENT_SOMEWHERE

    def _surroundings(self, place_id: str, ancestors: list[str]) -> list[str]:
        """The ancestors that speak for a place: for a city's district its city alone."""
        place = self._gazetteer.place(place_id)
        return ancestors[:1] if place is not None and place.kind == "district" else ancestors

    def _follows(self, index: int, ancestors: list[str]) -> bool:
        """Whether an ancestor stands right before (北京市朝阳区) or behind (Chaoyang, Beijing)."""
        span = self._spans[index]
        if index and self._chosen[index - 1 : index] and not span.latin:
            before = self._spans[index - 1]
            if _ADDRESS_JOINT.fullmatch(self._text[before.end : span.start]):
                return any(place_id in ancestors for place_id in self._chosen[index - 1])
        if index + 1 < len(self._spans) and span.latin:
            after = self._spans[index + 1]
            if self._text[span.end : after.start] in (", ", " in "):
                return any(r.places[0] in ancestors for r in after.readings)
        return False

    def _listed(self, index: int, place_id: str) -> bool:
        """Whether a neighbour in an enumeration is of the same kind and parent."""
        place = self._gazetteer.place(place_id)
        for other in (index - 1, index + 1):
            if not 0 <= other < len(self._spans) or place is None:
                continue
            first, second = self._spans[min(index, other)], self._spans[max(index, other)]
            if not _LIST_JOINT.fullmatch(self._text[first.end : second.start]):
                continue
            neighbours = [self._gazetteer.place(r.places[0]) for r in self._spans[other].readings]
            if any(
                n and n.id != place_id and (n.kind, n.parent) == (place.kind, place.parent)
                for n in neighbours
            ):
                return True
        return False
