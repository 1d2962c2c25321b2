"""The package's tables of places as one sorted table, in which single places and names are looked up.

Parsing the tables takes a tenth of a second; a command asks for a few names. ``tools/gazetteer/compile.py``
writes the sorted table from the others. Its title is their digest: where it is another one, the tables were
changed and it is not used.

Lines are told apart by the first character of their keys:

=====  ===================  ==============================================================
``=``  a place's id         its English and Chinese name, kind, parent, latitude, longitude
``+``  a place's id         its names
``<``  a place's id         the ids of the places that lie directly in it
``*``  a region's id        the ids of the places that it is made of
``'``  a folded name        its readings: the use, a colon, ids with ``+`` between them
=====  ===================  ==============================================================
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from hubtui.core.models import Place
from hubtui.places.tables import DATA, NameReading, digest
from hubtui.text.sorted_table import SortedTable

FILE = DATA / "compiled.lines"

V = TypeVar("V")


class LookedUp(Mapping[str, V], Generic[V]):
    """One of a gazetteer's tables: what is asked for is looked up, and only whole reads load the tables."""

    def __init__(
        self,
        table: SortedTable,
        sign: str,
        understood: Callable[[str, list[str]], V],
        whole: Callable[[], Mapping[str, V]],
    ) -> None:
        """Look up the keys behind ``sign``.

        Args:
            table: The sorted table.
            sign: The first character of its keys.
            understood: Makes a value of a key and its cells.
            whole: Loads all values.
        """
        self._table = table
        self._sign = sign
        self._understood = understood
        self._whole = whole
        self._known: dict[str, V | None] = {}

    def __getitem__(self, key: str) -> V:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._found(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _found(self, key: str) -> V | None:
        if key not in self._known:
            value = self._table.get(self._sign + key) if "\n" not in key and "\t" not in key else ""
            self._known[key] = self._understood(key, value.split("\t")) if value else None
        return self._known[key]


def opened() -> SortedTable | None:
    """Return the sorted table; ``None`` where it is missing, or was made of other tables."""
    try:
        table = SortedTable(FILE)
    except (OSError, ValueError):
        return None
    return table if table.title == digest() else None


class WholeGazetteer(Protocol):
    """All places with their names, as a gazetteer that has read the tables holds them."""

    def __iter__(self) -> Iterator[Place]: ...

    def names(self, place_id: str) -> Sequence[str]:
        """Return the names of a place."""
        ...

    def members(self, place_id: str) -> Sequence[str]:
        """Return the ids of the places that a region is made of."""
        ...

    def folded_names(self) -> Iterable[tuple[str, Sequence[NameReading]]]:
        """Return all folded names, each with what it can mean."""
        ...


def lines(gazetteer: WholeGazetteer) -> Iterator[str]:
    """Yield the lines of the sorted table of a gazetteer, in no order."""
    parts: dict[str, list[str]] = {}
    for place in gazetteer:
        facts = (place.name_en, place.name_zh, place.kind, place.parent, place.latitude, place.longitude)
        yield "\t".join([f"={place.id}", *("" if fact is None else str(fact) for fact in facts)])
        names = gazetteer.names(place.id)
        if names:
            yield "\t".join([f"+{place.id}", *names])
        if place.parent:
            parts.setdefault(place.parent, []).append(place.id)
        members = gazetteer.members(place.id)
        if members:
            yield "\t".join([f"*{place.id}", *members])
    for parent, below in parts.items():
        yield "\t".join([f"<{parent}", *below])
    for folded, readings in gazetteer.folded_names():
        meanings = (f"{reading.use}:{'+'.join(reading.places)}" for reading in readings)
        yield "\t".join([f"'{folded}", *meanings])


def place(place_id: str, cells: list[str]) -> Place:
    """Understand the line of a place."""
    name_en, name_zh, kind, parent, latitude, longitude = cells
    return Place(place_id, name_en, name_zh, kind, parent, _degrees(latitude), _degrees(longitude))


def ids(_key: str, cells: list[str]) -> tuple[str, ...]:
    """Understand a line of ids, or of names."""
    return tuple(cells)


def readings(_folded: str, cells: list[str]) -> tuple[NameReading, ...]:
    """Understand the line of a name."""
    parted = (cell.partition(":") for cell in cells)
    return tuple(NameReading(tuple(places.split("+")), use) for use, _, places in parted)


def _degrees(cell: str) -> float | None:
    return float(cell) if cell else None
