"""Read the package's tables of places and names, also as one sorted table for single look-ups.

Parsing the tables takes a tenth of a second; a command asks for a few names. ``tools/gazetteer/compile.py``
writes the sorted table from the others. Its title is their digest: where it is another one, the tables were
changed and it is not used. Lines are told apart by the first character of their keys:

=====  ===================  ==============================================================
``=``  a place's id         its English and Chinese name, kind, parent, latitude, longitude
``+``  a place's id         its names
``<``  a place's id         the ids of the places that lie directly in it
``*``  a region's id        the ids of the places that it is made of
``'``  a folded name        its readings: the use, a colon, ids with ``+`` between them
=====  ===================  ==============================================================
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

from hubtui.core.models import Place
from hubtui.text.analyzer import fold
from hubtui.text.sorted_table import SortedTable

DATA = Path(__file__).with_name("data")


def words(table: str) -> Iterator[str]:
    """Yield the lines of ``data/<table>.txt``, without comments."""
    lines = (DATA / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``data/<table>.tsv`` by column name; comments (``#``) and empty lines are skipped."""
    lines = (DATA / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
    head: list[str] = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if head:
            yield dict(zip(head, cells, strict=False))
        else:
            head = cells


@cache
def digest() -> str:
    """Return a digest of all tables."""
    found = blake2b(digest_size=8)
    for table in sorted(DATA.iterdir(), key=lambda file: file.name):
        if table.name.endswith((".tsv", ".txt")):
            found.update(table.name.encode() + table.read_bytes())
    return found.hexdigest()


CHINA = "gn:1814991"
_HAN = re.compile("[\u4e00-\u9fff]+")
# The English generic that goes with the ending of the Chinese full name.
_GENERIC = {
    "自治区": "Autonomous Region",
    "地区": "Prefecture",
    "省": "Province",
    "州": "Prefecture",
    "盟": "League",
    "市": "City",
    "县": "County",
    "旗": "Banner",
    "区": "District",
}


class NameReading(NamedTuple):
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


class Name(NamedTuple):
    """A name as a table has it; :meth:`of` makes one.

    Attributes:
        text: As written.
        places: The ids it stands for, more than one for a composite.
        use: See :class:`hubtui.places.gazetteer.NameReading`.
        folded: Its folded form, what texts are compared with.
    """

    text: str
    places: tuple[str, ...]
    use: str
    folded: str

    @classmethod
    def of(cls, text: str, *places: str, use: str = "plain") -> Self:
        """Return a name of the places with these ids."""
        return cls(text, places, use, fold(text))


@dataclass(slots=True)
class Tables:
    """What the tables hold: places, names, and what regions are made of."""

    places: list[Place] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, place_id: str, use: str, *names: str) -> None:
        """Add names of one place; empty ones are left out."""
        self.names += [_name(name, (place_id,), use) for name in names if name]


def load_tables() -> Tables:
    """Read every table."""
    tables = Tables()
    _read_world(tables)
    _read_china(tables)
    _read_areas(tables)
    for row in rows("names"):
        tables.names.append(_name(row["name"], tuple(row["places"].split("+")), row["use"]))
    return tables


def _name(text: str, places: tuple[str, ...], use: str) -> Name:
    """Return a name of these tables; they are Simplified but for 乾, so the converter need not be loaded."""
    return Name(text, places, use, text.replace("乾", "干") if _HAN.fullmatch(text) else fold(text))


def _place(row: dict[str, str], parent: str) -> Place:
    latitude, longitude = row["latitude"], row["longitude"]
    return Place(
        id=row["id"],
        name_en=row["en"],
        name_zh=row["zh"],
        kind=row["kind"],
        parent=parent,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
    )


_PREFECTURE = len("cn:4228")
"""Characters of an id that the parts of a prefecture share with it."""


def _read_china(tables: Tables) -> None:
    found = list(rows("cn"))
    known = {row["id"] for row in found}
    holders = defaultdict(list)
    for row in found:
        holders[row["zh"]].append(row["id"])
    for row in found:
        place_id, full, reading = row["id"], row["full"], row["reading"]
        tables.places.append(_place(row, _parent(place_id, known)))
        use = row["use"] or "plain"
        bare_use = "lookup" if use in ("never", "after", "apart") else use
        if row["zh"] != full:
            tables.add(place_id, bare_use, row["zh"])
        tables.add(place_id, use if use in ("after", "apart") else "plain", full)
        tables.add(place_id, bare_use, row["en"])
        tables.add(place_id, "plain", *_with_generic(row))
        if all(other.startswith(place_id[:_PREFECTURE]) for other in holders[row["zh"]]):
            tables.add(place_id, "plain", *_without_peoples(row))
        tables.add(place_id, "lookup", reading, *_plain_apostrophes(row["en"]))
        for name in row["names"].split("|"):
            tables.add(place_id, "near" if name.endswith("区") else "plain", name)


def _parent(place_id: str, known: set[str]) -> str:
    """Return the parent by the codes: ``cn:230102`` lies in ``cn:230100``, that in ``cn:230000``."""
    for length, zeros in ((7, "00"), (5, "0000")):
        parent = place_id[:length] + zeros
        if parent != place_id and parent in known:
            return parent
    return CHINA


def _with_generic(row: dict[str, str]) -> Iterator[str]:
    """Yield names with their generic: Harbin City, Qapqal County; Xiongxian County and Xiong County alike."""
    generic = next((english for ending, english in _GENERIC.items() if row["full"].endswith(ending)), "")
    if generic:
        yield f"{row['en']} {generic}"
    if len(row["full"]) == 2 and row["en"].endswith("xian"):
        yield f"{row['en'].removesuffix('xian')} {generic}"


def _without_peoples(row: dict[str, str]) -> Iterator[str]:
    """Yield the short form of an autonomous area, which names no peoples: 湘西州, 围场县, 鄂温克旗."""
    full, zh = row["full"], row["zh"]
    if full.endswith(("自治州", "自治县", "自治旗", "联合旗")) and not zh.endswith(full[-1]):
        yield zh + full[-1]


def _plain_apostrophes(name: str) -> Iterator[str]:
    if "'" in name:
        yield name.replace("'", "")


def _read_world(tables: Tables) -> None:
    for row in rows("world"):
        tables.places.append(_place(row, row["parent"]))
        use = row["use"].replace("never", "lookup") or "plain"
        tables.add(row["id"], use, row["zh"], row["en"], *row["names"].split("|"))


def _read_areas(tables: Tables) -> None:
    for row in rows("areas"):
        tables.places.append(_place(row, row["parent"]))
        tables.add(row["id"], row["use"] or "plain", row["zh"])
        tables.add(row["id"], "plain", row["en"], *row["names"].split("|"))
        if row["members"]:
            tables.members[row["id"]] = tuple(row["members"].split("+"))


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
