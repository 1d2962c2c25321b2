"""The gazetteer: places, their names in both languages, and what lies in what."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hubtui.model import Place
from hubtui.places.readers import Name, load
from hubtui.text.fold import fold

PROMINENCE: Mapping[str, float] = {
    "country": 4.5,
    "province": 4.0,
    "region": 3.2,
    "city": 3.0,
    "area": 2.5,
    "county": 2.0,
    "district": 1.5,
}
CAPITAL_BONUS = 0.5


class Reading(NamedTuple):
    """One thing that a name can mean.

    Attributes:
        places: The place, or the places of a composite name (北上广深) in their order.
        use: ``plain`` (counts everywhere), ``near`` (where the place or its surroundings are spoken of),
            ``after`` (right behind the place it lies in: 攀枝花市东区), ``apart`` (单县, unless within a
            longer name), ``compass`` (东北, unless a direction), ``letter`` (a one-character abbreviation)
            or ``lookup`` (never found in a text).
    """

    places: tuple[str, ...]
    use: str


class Gazetteer:
    """Places by id and by name. Immutable; :meth:`extended` gives another one with additions."""

    def __init__(
        self,
        places: Iterable[Place],
        names: Iterable[Name],
        members: Mapping[str, tuple[str, ...]] | None = None,
        stop_names: Iterable[str] = (),
    ) -> None:
        self._places = {place.id: place for place in places}
        self._members = dict(members or {})
        self._stop_names = frozenset(fold(name) for name in stop_names)
        self._listed: list[Name] = list(names)
        self._readings: dict[str, list[Reading]] = {}
        self._names: dict[str, list[str]] = {}
        for name in self._listed:
            self._add(name)

    @staticmethod
    def default() -> "Gazetteer":
        """The gazetteer of the package's own tables, read once."""
        return _default()

    def extended(
        self, places: Iterable[Place] = (), names: Iterable[Name] = (), stop_names: Iterable[str] = ()
    ) -> "Gazetteer":
        """This gazetteer with more places and names, and without the mentions of ``stop_names``.

        A place with the id of a known one replaces it.
        """
        return Gazetteer(
            [*self._places.values(), *places],
            [*self._listed, *names],
            self._members,
            [*self._stop_names, *stop_names],
        )

    def _add(self, name: Name) -> None:
        reading = Reading(name.places, name.use)
        readings = self._readings.setdefault(name.folded, [])
        known = next((index for index, other in enumerate(readings) if other.places == name.places), None)
        if known is None:
            readings.append(reading)
        elif readings[known].use == "lookup":
            readings[known] = reading
        if len(name.places) == 1:
            own = self._names.setdefault(name.places[0], [])
            if name.text not in own:
                own.append(name.text)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def place(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self._places.get(place_id)

    def names(self, place_id: str) -> Sequence[str]:
        """Every name of a place in both languages, the usual ones first; composites are not its names."""
        return tuple(self._names.get(place_id, ()))

    def readings(self, folded: str) -> Sequence[Reading]:
        """What a folded name can mean; nothing when the name is stopped."""
        return () if folded in self._stop_names else tuple(self._readings.get(folded, ()))

    def folded_names(self) -> Iterator[str]:
        """Every name in its folded form, stopped ones left out."""
        return (name for name in self._readings if name not in self._stop_names)

    def lookup(self, name: str) -> list[Place]:
        """The places that ``name`` can mean, most prominent first.

        Any name in either language, Traditional or Simplified, pinyin without tones, a former name or an
        id will do, in any case. A composite name gives each of its places.
        """
        wanted = fold(name.strip())
        if name.strip() in self._places:
            return [self._places[name.strip()]]
        joined = wanted.replace(" ", "").replace("'", "")
        readings = self._readings.get(wanted) or self._readings.get(joined) or []
        composite = [
            place_id for reading in readings if len(reading.places) > 1 for place_id in reading.places
        ]
        single = [reading.places[0] for reading in readings if len(reading.places) == 1]
        ranked = sorted(dict.fromkeys(single), key=self.prominence, reverse=True)
        found = [self._places.get(place_id) for place_id in dict.fromkeys(ranked + composite)]
        return [place for place in found if place is not None]

    def nearest_names(self, name: str, count: int = 3) -> list[str]:
        """The names that resemble ``name`` most, for "did you mean"; at most one of each place."""
        wanted = fold(name.strip())
        close = difflib.get_close_matches(wanted, self._readings, n=4 * count, cutoff=0.6)
        shown: dict[str, str] = {}
        for folded in close:
            place_id = self._readings[folded][0].places[0]
            written = next((own for own in self.names(place_id) if fold(own) == folded), folded)
            shown.setdefault(place_id, written)
        return list(shown.values())[:count]

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """The ids of the places that this one lies in, the nearest first."""
        found: list[str] = []
        place = self._places.get(place_id)
        while place is not None and place.parent and place.parent not in (place_id, *found):
            found.append(place.parent)
            place = self._places.get(place.parent)
        return tuple(found)

    def members(self, place_id: str) -> Sequence[str]:
        """The ids of the places that a region is made of (东北: three provinces); else nothing."""
        return self._members.get(place_id, ())

    def prominence(self, place_id: str) -> float:
        """How readily a bare name means this place, from 0 to 5."""
        place = self._places.get(place_id)
        if place is None:
            return 0.0
        capital = place.kind == "city" and place_id.startswith("cn:") and place_id.endswith("0100")
        return PROMINENCE.get(place.kind, 1.0) + (CAPITAL_BONUS if capital else 0.0)


@cache
def _default() -> Gazetteer:
    tables = load()
    return Gazetteer(tables.places, tables.names, tables.members)
