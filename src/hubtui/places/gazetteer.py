"""Hold the gazetteer: places, their names in both languages, and what lies in what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from hashlib import blake2b
from typing import Any, NamedTuple

from hubtui.core.models import Place
from hubtui.places import tables as compiled
from hubtui.places.tables import Name, NameReading, digest, load_tables
from hubtui.text.analyzer import fold

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


class Additions(NamedTuple):
    """What someone adds to the package's tables.

    Attributes:
        places: Further places; one with the id of a known place replaces it.
        names: Further names.
        stop_names: Names, and any other words, in which no place is looked for.
    """

    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()
    stop_names: tuple[str, ...] = ()


class Gazetteer:
    """Places by id and by name. Immutable; :meth:`extended` returns another one with additions.

    It can be sent to another process, which makes it anew from the package's tables and the additions.

    Attributes:
        additions: What was added to the package's tables.
    """

    def __init__(
        self,
        places: Iterable[Place],
        names: Iterable[Name],
        members: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.additions = Additions()
        self._places = {place.id: place for place in places}
        self._members = dict(members or {})
        self._stop_names: frozenset[str] = frozenset()
        self._readings: dict[str, tuple[NameReading, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self._add(names)

    @staticmethod
    def default() -> "Gazetteer":
        """Return the gazetteer of the package's own tables, read once."""
        return _default()

    def extended(
        self, places: Iterable[Place] = (), names: Iterable[Name] = (), stop_names: Iterable[str] = ()
    ) -> "Gazetteer":
        """Return this gazetteer with more places and names, and without the mentions of ``stop_names``.

        A place with the id of a known one replaces it.
        """
        added = Additions(tuple(places), tuple(names), tuple(stop_names))
        other = Gazetteer(self._places.values(), (), self._members)
        known = self.additions
        other.additions = Additions(
            known.places + added.places, known.names + added.names, known.stop_names + added.stop_names
        )
        other._places |= {place.id: place for place in added.places}
        other._stop_names = self._stop_names.union(fold(name) for name in added.stop_names)
        other._readings, other._names = dict(self._readings), dict(self._names)
        other._add(added.names)
        return other

    def __reduce__(self) -> tuple[object, tuple[Additions]]:
        return _with, (self.additions,)

    @property
    def version(self) -> str:
        """Return a digest of everything that decides what is found: the tables and the additions."""
        return blake2b(f"{digest()}{self.additions}".encode(), digest_size=8).hexdigest()

    def _add(self, names: Iterable[Name]) -> None:
        all_readings, all_names = self._readings, self._names
        for text, places, use, folded in names:
            readings = all_readings.get(folded, ())
            known = next((other for other in readings if other.places == places), None) if readings else None
            if known is None:
                all_readings[folded] = (*readings, NameReading(places, use))
            elif known.use == "lookup":
                replaced = (NameReading(places, use) if other is known else other for other in readings)
                all_readings[folded] = tuple(replaced)
            if len(places) == 1:
                own = all_names.get(places[0], ())
                if text not in own:
                    all_names[places[0]] = (*own, text)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id."""
        return self._places.get(place_id)

    def names(self, place_id: str) -> Sequence[str]:
        """Return all names of a place in both languages, the usual ones first; composites are left out."""
        return self._names.get(place_id, ())

    def readings(self, folded: str) -> Sequence[NameReading]:
        """Return what a folded name can mean; nothing when the name is stopped."""
        return () if folded in self._stop_names else self._readings.get(folded, ())

    def alternatives(self, folded: str, place_id: str) -> tuple[Place, ...]:
        """Return the other places that a folded name can mean by itself, most prominent first."""
        readings = self.readings(folded)
        if len(readings) < 2:
            return ()
        ids = [r.places[0] for r in readings if len(r.places) == 1 and r.places[0] != place_id]
        found = (self._places.get(other) for other in sorted(ids, key=self.prominence, reverse=True))
        return tuple(place for place in found if place is not None)

    def folded_names(self) -> Iterator[tuple[str, Sequence[NameReading]]]:
        """Return every name in its folded form with what it can mean, stopped ones left out."""
        stopped = self._stop_names
        return ((name, readings) for name, readings in self._readings.items() if name not in stopped)

    @property
    def stop_names(self) -> frozenset[str]:
        """Return the folded names, and other words, in which no place is looked for."""
        return self._stop_names

    def lookup(self, name: str) -> list[Place]:
        """Return the places that ``name`` can mean, most prominent first.

        Any name in either language, Traditional or Simplified, pinyin without tones, a former name or an
        id will do, in any case. A composite name stands for each of its places.
        """
        wanted = fold(name.strip())
        if name.strip() in self._places:
            return [self._places[name.strip()]]
        joined = wanted.replace(" ", "").replace("'", "")
        readings = self._readings.get(wanted) or self._readings.get(joined) or ()
        composite = [
            place_id for reading in readings if len(reading.places) > 1 for place_id in reading.places
        ]
        single = [reading.places[0] for reading in readings if len(reading.places) == 1]
        ranked = sorted(dict.fromkeys(single), key=self.prominence, reverse=True)
        found = [self._places.get(place_id) for place_id in dict.fromkeys(ranked + composite)]
        return [place for place in found if place is not None]

    def nearest_names(self, name: str, count: int = 3) -> list[str]:
        """Return the names that resemble ``name`` most, for "did you mean"; at most one of each place."""
        import difflib  # deferred: few names are mistyped

        wanted = fold(name.strip())
        close = difflib.get_close_matches(wanted, self._readings, n=4 * count, cutoff=0.6)
        shown: dict[str, str] = {}
        for folded in close:
            place_id = self._readings[folded][0].places[0]
            written = next((own for own in self.names(place_id) if fold(own) == folded), folded)
            shown.setdefault(place_id, written)
        return list(shown.values())[:count]

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of the places that this one lies in, the nearest first."""
        known = self._ancestors.get(place_id)
        if known is not None:
            return known
        found: list[str] = []
        place = self._places.get(place_id)
        while place is not None and place.parent and place.parent not in (place_id, *found):
            found.append(place.parent)
            place = self._places.get(place.parent)
        self._ancestors[place_id] = tuple(found)
        return self._ancestors[place_id]

    def within(self, place_id: str) -> frozenset[str]:
        """Return the ids of a place and of all that lie in it, at any depth."""
        found: set[str] = set()
        left = [place_id]
        while left:
            here = left.pop()
            if here not in found:
                found.add(here)
                left.extend(self._parts.get(here, ()))
        return frozenset(found)

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[str]]:
        """Return the places that lie directly in each place."""
        return _parts(self)

    def members(self, place_id: str) -> Sequence[str]:
        """Return the ids of the places that a region is made of (东北: three provinces); else nothing."""
        return self._members.get(place_id, ())

    def prominence(self, place_id: str) -> float:
        """Return how readily a bare name means this place, from 0 to 5."""
        place = self._places.get(place_id)
        if place is None:
            return 0.0
        capital = place.kind == "city" and place_id.startswith("cn:") and place_id.endswith("0100")
        return PROMINENCE.get(place.kind, 1.0) + (CAPITAL_BONUS if capital else 0.0)


def _parts(places: Iterable[Place]) -> Mapping[str, Sequence[str]]:
    parts: dict[str, list[str]] = {}
    for place in places:
        if place.parent:
            parts.setdefault(place.parent, []).append(place.id)
    return parts


class _Shipped(Gazetteer):
    """The package's own tables: what is asked for is looked up; what goes through them all loads them."""

    def __init__(self) -> None:
        self.additions = Additions()
        self._stop_names = frozenset()
        self._ancestors = {}
        table = compiled.opened()
        if table is None:
            self._load()
            return
        look_up = partial(compiled.LookedUp, table)
        vars(self).update(
            _places=look_up("=", compiled.place, lambda: self._load()["_places"]),
            _names=look_up("+", compiled.ids, lambda: self._load()["_names"]),
            _members=look_up("*", compiled.ids, lambda: self._load()["_members"]),
            _readings=look_up("'", compiled.readings, lambda: self._load()["_readings"]),
            _parts=look_up("<", compiled.ids, lambda: self._load()["_parts"]),
        )

    def _load(self) -> dict[str, Any]:
        """Read the tables, which then answer everything; return them by name."""
        tables = load_tables()
        known = vars(self)
        known.update(vars(Gazetteer(tables.places, tables.names, tables.members)))
        known["_parts"] = _parts(known["_places"].values())
        return known


@cache
def _default() -> Gazetteer:
    return _Shipped()


@lru_cache(maxsize=8)
def _with(additions: Additions) -> Gazetteer:
    return _default().extended(*additions) if any(additions) else _default()
