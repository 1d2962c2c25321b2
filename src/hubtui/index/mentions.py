"""The mentions of a catalog: what was found in each passage, and what the user says of it."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from hubtui.index.database import damage, facts_sum, row_damaged
from hubtui.places.corrections import MentionCorrections, PlacedName, name_key

if TYPE_CHECKING:
    from hubtui.index.engine import Keys, Mask

SCHEMA = """
CREATE TABLE mention (
    passage INTEGER NOT NULL REFERENCES passage (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, place TEXT NOT NULL, in_name INTEGER NOT NULL,
    name TEXT NOT NULL, rejected INTEGER NOT NULL, added INTEGER NOT NULL, sum INTEGER NOT NULL
) STRICT;
CREATE INDEX mention_passage ON mention (passage);
CREATE INDEX mention_place ON mention (place, passage, in_name) WHERE rejected = 0;
"""
T = TypeVar("T")

_FIELDS = '"start", "end", place, in_name, name, rejected, added'
_MARKS = "?, ?, ?, ?, ?, ?, ?"
_BATCH = 500  # SQLite's default limit on variables in a statement was 999 before 3.32


class MentionTable:
    """The table of mentions; a rejected one stays in it, so that it can be taken back."""

    def __init__(self, connection: Callable[[], sqlite3.Connection]) -> None:
        """Use the connections of a catalog."""
        self._connection = connection

    def add(self, rows: Iterable[tuple[int, PlacedName]]) -> None:
        """Store mentions, each with the key of its passage."""
        self._connection().executemany(
            f"INSERT INTO mention (passage, sum, {_FIELDS}) VALUES (?, ?, {_MARKS})",  # noqa: S608  # constants
            ((key, _sum(key, row), *row) for key, row in rows),
        )

    def shown(self, keys: Sequence[int]) -> Mapping[int, Sequence[PlacedName]]:
        """Return the mentions of these passages, by key, without the rejected ones."""
        found: dict[int, list[PlacedName]] = {}
        for key, _, row in self._rows(keys):
            if not row.rejected:
                found.setdefault(key, []).append(row)
        return found

    def by_place(self) -> "tuple[list[str], list[int], Keys, Mask]":
        """Return the places, how many mentions each has, and the mentions in that order.

        They come as the keys of their passages, and for each whether it is inside a longer name.
        """
        import numpy as np  # deferred: a list of sources counts no mentions

        # One row a place: a row a mention would take longer than all the counting that follows.
        rows = self._all(
            "SELECT place, count(*), group_concat(2 * passage + in_name) FROM mention"
            " WHERE rejected = 0 GROUP BY place"
        )
        numbers = ",".join(keys for _, _, keys in rows)
        try:
            packed = np.fromstring(numbers, np.int64, sep=",") if numbers else np.empty(0, np.int64)
        except (ValueError, DeprecationWarning) as error:  # NumPy warns of what it cannot read
            raise damage(error) from error
        places, counts = [place for place, _, _ in rows], [count for _, count, _ in rows]
        if len(packed) != sum(counts):
            raise row_damaged("mention")
        return places, counts, packed >> 1, (packed & 1).astype(np.bool_)

    def of_place(self, place_id: str) -> Iterator[tuple[int, str, bool]]:
        """Return each mention of a place: its passage's key, its name, and whether inside a longer name."""
        for key, name, in_name in self._all(
            "SELECT passage, name, in_name FROM mention WHERE place = ? AND rejected = 0", place_id
        ):
            yield key, name, bool(in_name)

    def naming(self, keys: Collection[str]) -> set[int]:
        """Return the passages' keys of all mentions, also rejected ones, whose name has one of these keys."""
        written = [name for (name,) in self._all("SELECT DISTINCT name FROM mention")]
        wanted = [name for name in written if name_key(name) in keys]
        found: set[int] = set()
        for batch, marks in batches(wanted):
            rows = self._all(f"SELECT DISTINCT passage FROM mention WHERE name IN ({marks})", *batch)  # noqa: S608  # question marks
            found.update(key for (key,) in rows)
        return found

    def renew(self, passages: Mapping[int, tuple[str, str]], corrections: MentionCorrections) -> None:
        """Bring the mentions of these passages in line with what the user says.

        Args:
            passages: The path of the source and the text of each passage, by key.
            corrections: Everything that the user says.
        """
        stored: dict[int, dict[tuple[int, int, str], tuple[int, PlacedName]]] = {key: {} for key in passages}
        for key, rowid, row in self._rows(list(passages)):
            stored[key][row.start, row.end, row.place] = rowid, row
        fresh: list[tuple[int, PlacedName]] = []
        flags: list[tuple[bool, int]] = []
        gone: list[tuple[int]] = []
        for key, (path, text) in passages.items():
            before = stored[key]
            found = [row._replace(rejected=False) for _, row in before.values() if not row.added]
            after = {(row.start, row.end, row.place): row for row in corrections.applied(path, text, found)}
            fresh.extend((key, row) for at, row in after.items() if at not in before)
            gone.extend((rowid,) for at, (rowid, _) in before.items() if at not in after)
            flags.extend(
                (after[at].rejected, rowid)
                for at, (rowid, row) in before.items()
                if at in after and after[at].rejected != row.rejected
            )
        self._connection().executemany("DELETE FROM mention WHERE rowid = ?", gone)
        self._connection().executemany("UPDATE mention SET rejected = ? WHERE rowid = ?", flags)
        self.add(fresh)

    def _rows(self, keys: Sequence[int]) -> Iterator[tuple[int, int, PlacedName]]:
        for batch, marks in batches(keys):
            for key, rowid, total, start, end, place, in_name, name, rejected, added in self._all(
                f'SELECT passage, rowid, sum, {_FIELDS} FROM mention WHERE passage IN ({marks}) ORDER BY "start", "end", rowid',  # noqa: E501, S608  # question marks
                *batch,
            ):
                flags = bool(rejected), bool(added)
                row = PlacedName(start, end, place, bool(in_name), name, *flags)
                if total != _sum(key, row):
                    raise row_damaged("mention")
                yield key, rowid, row

    def _all(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        return self._connection().execute(statement, values).fetchall()


def _sum(key: int, row: PlacedName) -> int:
    """Return the checksum of a mention, but for what the user says of it later."""
    return facts_sum((key, row.start, row.end, row.place, bool(row.in_name), row.name, bool(row.added)))


def batches(values: Sequence[T]) -> Iterator[tuple[Sequence[T], str]]:
    """Yield values in lots that one statement takes, each with its question marks."""
    for start in range(0, len(values), _BATCH):
        batch = values[start : start + _BATCH]
        yield batch, ", ".join("?" * len(batch))
