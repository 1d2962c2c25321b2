"""Group reprints: one story in several files, with another headline, a cut ending, a changed sentence.

The groups are kept up to date change by change: ``source.story`` is the id of the group's best copy, ``""``
for a source that stands alone, and null for one whose group is to be formed.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import Final

from hubtui.text.analyzer import fold

SHARED: Final = 0.6
"""Part of the shorter text's sentences that two reprints share at least."""
_FEWEST: Final = 3
"""Sentences that they share at least: a motto or a disclaimer makes no reprint."""
MOST_HOLDERS: Final = 40
"""A sentence in more sources than this is a formula, and says nothing."""
_SHORTEST: Final = 12
"""Letters and digits of the shortest sentence that counts."""

_SENTENCE = re.compile(r"[。！？!?\n；;]+|\.\s")
_SILENT = re.compile(r"[\W_]+")


def fingerprint(paragraphs: Iterable[str]) -> frozenset[int]:
    """Return 64-bit hashes of a text's sentences, whatever their script, width, case and punctuation."""
    sentences = (
        _SILENT.sub("", fold(sentence)) for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph)
    )
    return frozenset(_hash(sentence) for sentence in sentences if len(sentence) >= _SHORTEST)


def group_reprints(fingerprints: Mapping[str, Collection[int]]) -> list[tuple[str, ...]]:
    """Return the groups of sources that tell the same story.

    Args:
        fingerprints: The fingerprint of each source, by its path.

    Returns:
        Groups of two or more; in each the fullest text comes first, then the others, in the order of
        their paths; the groups in the order of their first source's path.
    """
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(fingerprints):
        for sentence in fingerprints[path]:
            holders[sentence].append(path)
    shared = Counter(
        pair
        for paths in holders.values()
        if 1 < len(paths) <= MOST_HOLDERS
        for pair in combinations(paths, 2)
    )
    leader = {path: path for path in fingerprints}
    for (one, other), count in shared.items():
        shorter = min(len(fingerprints[one]), len(fingerprints[other]))
        if count >= min(_FEWEST, shorter) and count >= SHARED * shorter:
            leader[_top(leader, other)] = _top(leader, one)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(fingerprints):
        groups[_top(leader, path)].append(path)
    found = (
        sorted(paths, key=lambda path: -len(fingerprints[path]))
        for paths in groups.values()
        if len(paths) > 1
    )
    return sorted((paths[0], *sorted(paths[1:])) for paths in found)


def _top(leader: dict[str, str], path: str) -> str:
    while leader[path] != path:
        leader[path] = leader[leader[path]]
        path = leader[path]
    return path


def _hash(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest())


REPRINT_SCHEMA = """
CREATE TABLE sentence (
    hash INTEGER NOT NULL, source_id TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sentence_source ON sentence (source_id);
CREATE INDEX source_story ON source (story);
"""

_OFFSET = 1 << 63  # SQLite's integers have a sign

REPRINT_VERSION = "stories"
"""The fact that counts the changes of groups."""

# From here on, forming all groups anew costs less than finding out which ones may change.
_MANY = 200


class ReprintGroups:
    """The groups of reprints in a catalog."""

    def __init__(self, connection: Callable[[], sqlite3.Connection]) -> None:
        """Work with the connection of the thread that asks."""
        self._connection = connection

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

    def are_formed(self) -> bool:
        """Whether no group is to be formed."""
        return not self._connection().execute("SELECT 1 FROM source WHERE story IS NULL LIMIT 1").fetchall()

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
            "INSERT INTO fact VALUES (?, '1')"
            " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
            (REPRINT_VERSION,),
        )

    def _all(self) -> dict[str, str]:
        return dict(self._connection().execute("SELECT id, path FROM source"))

    def _with_companions(self, open_: Collection[str]) -> dict[str, str]:
        """Return the paths of open sources, of those that share a sentence with one, and of their groups."""
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
