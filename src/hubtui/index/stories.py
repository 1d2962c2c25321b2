"""Which sources tell the same story: groups of reprints, kept up to date change by change.

``source.story`` is the id of the group's best copy, ``""`` for a source that stands alone, and null for
one whose group is to be formed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection

from hubtui.ingest import MOST_HOLDERS, group_reprints

STORIES = """
CREATE TABLE sentence (
    hash INTEGER NOT NULL, source_id TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sentence_source ON sentence (source_id);
CREATE INDEX source_story ON source (story);
"""

_OFFSET = 1 << 63  # SQLite's integers have a sign

_VERSION = "stories"

# From here on, forming all groups anew costs less than finding out which ones may change.
_MANY = 200


class Stories:
    """The groups of reprints in a catalogue."""

    def __init__(self, connection: Callable[[], sqlite3.Connection]) -> None:
        """Work with the connection of the thread that asks."""
        self._connection = connection

    @property
    def version(self) -> int:
        """A number that changes when groups do."""
        row = self._connection().execute("SELECT value FROM fact WHERE name = ?", (_VERSION,)).fetchone()
        return int(row[0]) if row else 0

    def add(self, source_id: str, fingerprint: Collection[int]) -> None:
        """Remember the sentences of a source, whose group is to be formed."""
        rows = [(number - _OFFSET, source_id) for number in fingerprint]
        self._connection().executemany("INSERT INTO sentence VALUES (?, ?)", rows)

    def leave(self, source_id: str) -> None:
        """Have the group that a source is about to leave formed anew."""
        self._connection().execute(
            "UPDATE source SET story = NULL WHERE story <> ''"
            " AND story = (SELECT story FROM source WHERE id = ?)",
            (source_id,),
        )

    def form(self) -> None:
        """Form the groups that are to be formed."""
        open_ = {id_ for (id_,) in self._connection().execute("SELECT id FROM source WHERE story IS NULL")}
        if not open_:
            return
        affected = self._all() if len(open_) > _MANY else self._with_companions(open_)
        paths = {path: id_ for id_, path in affected.items()}
        fingerprints = self._fingerprints(None if len(open_) > _MANY else affected)
        groups = group_reprints({path: fingerprints.get(id_, frozenset()) for path, id_ in paths.items()})
        leaders = {paths[path]: paths[group[0]] for group in groups for path in group}
        self._connection().executemany(
            "UPDATE source SET story = ? WHERE id = ?", [(leaders.get(id_, ""), id_) for id_ in affected]
        )
        self._connection().execute(
            "INSERT OR REPLACE INTO fact VALUES (?, ?)", (_VERSION, str(self.version + 1))
        )

    def _all(self) -> dict[str, str]:
        return dict(self._connection().execute("SELECT id, path FROM source"))

    def _with_companions(self, open_: Collection[str]) -> dict[str, str]:
        """Give the path of each open source, of those that share a sentence with one, and of their groups."""
        execute = self._connection().execute
        found = set(open_)
        for source_id in open_:
            rows = execute(
                "SELECT DISTINCT other.source_id FROM sentence AS mine JOIN sentence AS other USING (hash)"
                " WHERE mine.source_id = ?"
                " AND (SELECT count(*) FROM sentence WHERE hash = mine.hash) <= ?",
                (source_id, MOST_HOLDERS),
            )
            found.update(other for (other,) in rows)
        for source_id in list(found):
            rows = execute(
                "SELECT id FROM source WHERE story <> '' AND story = (SELECT story FROM source WHERE id = ?)",
                (source_id,),
            )
            found.update(other for (other,) in rows)
        paths = self._all()
        return {source_id: paths[source_id] for source_id in found}

    def _fingerprints(self, of: Collection[str] | None) -> dict[str, set[int]]:
        execute = self._connection().execute
        fingerprints: defaultdict[str, set[int]] = defaultdict(set)
        if of is None:
            rows = execute("SELECT source_id, hash FROM sentence")
            for source_id, number in rows:
                fingerprints[source_id].add(number)
            return fingerprints
        for source_id in of:
            held = execute("SELECT hash FROM sentence WHERE source_id = ?", (source_id,))
            fingerprints[source_id] = {number for (number,) in held}
        return fingerprints
