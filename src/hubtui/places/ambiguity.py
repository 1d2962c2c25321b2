"""Which of the places that share a name is meant, and whether one is meant at all."""

import re
from collections.abc import Collection, Sequence

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
            if len(span.readings) == 1 and span.readings[0].use == "plain":
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
        return found

    def _score(self, index: int, reading: Reading) -> float:
        if len(reading.places) > 1:
            return 3.5
        place_id = reading.places[0]
        hint = self._hint(index, place_id)
        if reading.use == "near" and (
            hint <= 0 or (hint < _RIGHT_AFTER_ITS_PARENT and self._is_of_people(index))
        ):
            return 0.0
        return self._gazetteer.prominence(place_id) + hint + self._parent_weight(place_id)

    def _is_of_people(self, index: int) -> bool:
        """Whether people are spoken of (湘西人), too little to tell a place by."""
        return self._text.startswith("人", self._spans[index].end)

    def _parent_weight(self, place_id: str) -> float:
        ancestors = self._gazetteer.ancestors(place_id)
        return self._gazetteer.prominence(ancestors[0]) / 20 if ancestors else 0.0

    def _hint(self, index: int, place_id: str) -> float:
        ancestors = [a for a in self._gazetteer.ancestors(place_id) if a != CHINA]
        if self._follows(index, ancestors):
            return _RIGHT_AFTER_ITS_PARENT
        hint = _IN_A_LIST_WITH_ITS_LIKE if self._listed(index, place_id) else 0.0
        family = {place_id, *ancestors}
        here = self._spans[index].start
        if any(anchor in family and abs(where - here) <= NEARBY for where, anchor in self._anchors):
            return hint + _PARENT_NEARBY
        return hint + (_PARENT_SOMEWHERE if not family.isdisjoint(self._around) else 0.0)

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
            first, second = sorted((self._spans[index], self._spans[other]), key=lambda span: span.start)
            if not _LIST_JOINT.fullmatch(self._text[first.end : second.start]):
                continue
            neighbours = [self._gazetteer.place(r.places[0]) for r in self._spans[other].readings]
            if any(
                n and n.id != place_id and (n.kind, n.parent) == (place.kind, place.parent)
                for n in neighbours
            ):
                return True
        return False
