"""The catalog: sources, passages and mentions in one SQLite file, the truth that the engine follows."""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from hubtui.core.errors import IndexBusyError
from hubtui.core.i18n import _
from hubtui.core.models import Entry, Mention, Passage, Problem, Source
from hubtui.index.database import (
    KIND,
    OWNED_PASSAGE,
    PASSAGE_FIELDS,
    PASSAGE_NAMES,
    SECTION,
    SOURCE_FIELDS,
    MentionTable,
    batches,
    checked_texts,
    connect,
    damage,
    facts_sum,
    file_state,
    passage_rows,
    passage_sum,
    require_schema,
    row_damaged,
    seal,
    section_rows,
    source_row,
    stored_passage,
)
from hubtui.index.database import SCHEMA as MENTIONS
from hubtui.index.reprint_groups import REPRINT_SCHEMA, REPRINT_VERSION, ReprintGroups
from hubtui.places import Gazetteer
from hubtui.places.corrections import MentionCorrectionFile, MentionCorrections, PlacedName, name_key
from hubtui.text.analyzer import fold

if TYPE_CHECKING:
    from hubtui.ingest import Paragraph

_SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE source (
    row INTEGER PRIMARY KEY, first INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    digest TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, publisher TEXT NOT NULL,
    date TEXT NOT NULL, language TEXT NOT NULL, url TEXT NOT NULL, passages INTEGER NOT NULL,
    origins TEXT NOT NULL, accessed TEXT NOT NULL, doubts TEXT NOT NULL,
    others TEXT NOT NULL, story TEXT,
    sum INTEGER NOT NULL, seal TEXT NOT NULL
) STRICT;
CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL, number INTEGER NOT NULL, part TEXT NOT NULL, text TEXT NOT NULL,
    page INTEGER NOT NULL, kind TEXT, language TEXT, sum INTEGER NOT NULL
) STRICT;
CREATE TABLE section (first INTEGER PRIMARY KEY, heading TEXT NOT NULL) STRICT;
CREATE TABLE problem (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, message TEXT NOT NULL
) STRICT;
"""
# The passages of a source have keys in a row, from "first" on: they need no index, which would take as much
# room as an eighth of the text, and what maps passages to sources reads the sources alone. A section goes on
# to where the next one begins, so its heading is kept once.
_LAYOUT = _SCHEMA + MENTIONS + REPRINT_SCHEMA
_OF_SOURCE = "key >= ? AND key < ?"
_LAST = (1 << 63) - 1
_GENERATION = "engine generation"
_APPLIED = "corrections of mentions"
_CHANGES = "changes of mentions"


@dataclass(frozen=True, slots=True)
class FileState:
    """What the catalog remembers of a file: enough to tell whether it has to be read again."""

    size: int
    mtime_ns: int
    digest: str
    source_id: str


class CatalogVersions(NamedTuple):
    """Numbers that change with what is derived of the sources, and may change without them.

    Attributes:
        reprint_groups: Changes when the groups of reprints do.
        mentions: How often the stored mentions have followed a change of what the user says.
    """

    reprint_groups: int
    mentions: int


def create_catalog(path: Path) -> None:
    """Make an empty catalog where there is nothing yet.

    Raises:
        sqlite3.OperationalError: It cannot be made.
    """
    with closing(connect(path, writable=True)) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; {_LAYOUT} COMMIT;")


class Catalog:
    """The SQLite file of one library. Safe to use from several threads, each with its connection.

    Attributes:
        mentions: The mentions of its passages.
        reprint_groups: Its groups of reprints.
    """

    def __init__(self, path: Path, gazetteer: Gazetteer, *, writable: bool = True) -> None:
        """Open the file at ``path``, which :func:`create_catalog` has made.

        Raises:
            DamagedIndexError: It is not a catalog of hubtui's.
            sqlite3.OperationalError: It cannot be opened.
        """
        self._path = path
        self._writable = writable
        self._at_rest = file_state(path)
        self._gazetteer = gazetteer
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        try:
            require_schema(self._connection(), _LAYOUT)
        except BaseException:
            self.close()
            raise
        self.mentions = MentionTable(self._connection)
        self.reprint_groups = ReprintGroups(self._connection)

    def is_unchanged(self) -> bool:
        """Whether a catalog that is only read is as it was opened: nobody may have told its connections."""
        return file_state(self._path) == self._at_rest

    def check(self) -> str:
        """Read everything that is stored; return what is wrong with it, ``""`` for nothing.

        Raises:
            DamagedIndexError: As all other calls, where a row is not what was stored.
        """
        (verdict,) = self._one("PRAGMA integrity_check(1)") or ("",)
        if verdict == "ok":
            for source in self.sources():
                self.read(source.id)
        return "" if verdict == "ok" else str(verdict)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, or undo everything when an exception leaves.

        Raises:
            IndexBusyError: Another process holds the lock.
        """
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise IndexBusyError(
                _("Another hubtui is indexing this library."),
                _("Its result appears here when it has finished."),
            ) from error
        try:
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            with suppress(sqlite3.Error):
                self.checkpoint()
            raise

    def checkpoint(self) -> None:
        """Move what was committed from the journal into the file, and give the journal's room back.

        Where others read at the moment, it is left for the next time.

        Raises:
            sqlite3.OperationalError: The disk is full; all that was committed is still there.
        """
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @property
    def generation(self) -> int:
        """The engine's generation that belongs to the last commit; 0 before the first."""
        stored = self.fact(_GENERATION)
        if not (stored or "0").isdecimal():
            raise damage(stored)
        return int(stored or 0)

    def set_generation(self, generation: int) -> None:
        """Remember the engine's generation that belongs to this commit."""
        self.set_fact(_GENERATION, str(generation))

    def fact(self, name: str) -> str:
        """What was remembered under this name, or ``""``."""
        row = self._one("SELECT value FROM fact WHERE name = ?", name)
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Remember something beside the sources."""
        self._connection().execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def versions(self) -> CatalogVersions:
        """Return the versions of the groups of reprints and of the mentions."""
        rows = self._all("SELECT name, value FROM fact WHERE name IN (?, ?)", REPRINT_VERSION, _CHANGES)
        known = dict(rows)
        return CatalogVersions(int(known.get(REPRINT_VERSION, 0)), int(known.get(_CHANGES, 0)))

    def apply_corrections(self, corrections: MentionCorrections) -> None:
        """Bring the stored mentions in line with what the user says; within :meth:`writing`.

        Only passages that have, or had, a name about which something new was said are looked at.
        """
        wanted, applied = self._wanted(corrections), self._applied()
        if wanted == applied:
            return
        changed = {key for key in wanted.keys() | applied.keys() if wanted.get(key) != applied.get(key)}
        keys = self.mentions.naming(changed)
        for name in corrections.added_names:
            if name_key(name) in changed:
                keys |= self.keys_holding(name)
        for batch, _in in batches(sorted(keys)):
            self.mentions.renew(self.located_texts(batch), corrections)
        self.set_fact(_APPLIED, json.dumps(wanted, ensure_ascii=False))
        self.set_fact(_CHANGES, str(self.versions().mentions + 1))

    def has_applied(self, corrections: MentionCorrections) -> bool:
        """Whether the stored mentions are in line with what the user says."""
        return self._wanted(corrections) == self._applied()

    def _wanted(self, corrections: MentionCorrections) -> dict[str, list[str]]:
        """Return the ids of the corrections of each name."""
        return {key: [item.id for item in items] for key, items in corrections.by_key.items()}

    def _applied(self) -> dict[str, list[str]]:
        """Return those that the stored mentions follow."""
        found: dict[str, list[str]] = json.loads(self.fact(_APPLIED) or "{}")
        return found

    def catch_up(self, corrections: MentionCorrectionFile) -> None:
        """Follow what the user just said; where that cannot be written now, the next sync will do so."""
        with suppress(IndexBusyError, sqlite3.OperationalError), self.writing():
            self.apply_corrections(corrections.load())

    def files(self) -> dict[str, FileState]:
        """The files that are indexed, by path."""
        rows = self._all("SELECT path, size, mtime_ns, digest, id FROM source")
        return {path: FileState(size, mtime, digest, id_) for path, size, mtime, digest, id_ in rows}

    def sources(self) -> list[Source]:
        """All sources, in the order of their paths."""
        return [source for _first, source in self.located_sources()]

    def located_sources(self) -> list[tuple[int, Source]]:
        """All sources, in the order of their paths, each behind the key of its first passage."""
        rows = self._all(f"SELECT first, sum, {SOURCE_FIELDS}, story FROM source ORDER BY path")  # noqa: S608  # a constant
        return [(row[0], _source(row)) for row in rows]

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        row = self._one(f"SELECT first, sum, {SOURCE_FIELDS}, story FROM source WHERE id = ?", source_id)  # noqa: S608  # a constant
        return _source(row) if row else None

    def add_source(
        self,
        source: Source,
        state: FileState,
        passages: "Sequence[Paragraph]",
        mentions: Sequence[Sequence[PlacedName]],
    ) -> list[int]:
        """Store a source with its passages and, for each, its mentions; give the passages' keys, in order."""
        connection = self._connection()
        facts, rows = source_row(source), passage_rows(source.id, passages)
        last = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'passage'")
        first = int(last[0]) + 1 if last else 1
        number = connection.execute(
            f"INSERT INTO source (first, size, mtime_ns, digest, sum, seal, {SOURCE_FIELDS})"  # noqa: S608  # constants
            f" VALUES ({_marks(19)})",
            (
                first,
                state.size,
                state.mtime_ns,
                state.digest,
                facts_sum((first, *facts)),
                seal(facts, rows),
                *facts,
            ),
        ).lastrowid
        connection.executemany(
            "INSERT INTO passage (key, sum, source, number, part, text, page, kind, language)"  # noqa: S608  # constants
            f" VALUES ({_marks(9)})",
            [
                (key, passage_sum(key, row), number, *stored_passage(row, source.language))
                for key, row in enumerate(rows, first)
            ],
        )
        connection.executemany("INSERT INTO section VALUES (?, ?)", section_rows(first, passages))
        self.mentions.add((key, row) for key, rows in enumerate(mentions, first) for row in rows)
        return list(range(first, first + len(passages)))

    def is_sealed(self, source_id: str) -> bool:
        """Whether a source's facts and passages are those that its seal was made of."""
        row = self._one("SELECT seal FROM source WHERE id = ?", source_id)
        return row is not None and row[0] == self.content(source_id)

    def content(self, source_id: str) -> str:
        """Return what the seal of a source would be, of its facts and passages as they are now."""
        facts = self._one(f"SELECT {SOURCE_FIELDS} FROM source WHERE id = ?", source_id)  # noqa: S608  # a constant
        rows = self._all(
            f"SELECT {PASSAGE_FIELDS} FROM {OWNED_PASSAGE} WHERE {_OF_SOURCE} ORDER BY key",  # noqa: S608  # constants
            *self._extent(source_id),
        )
        return seal(facts or (), rows)

    def root(self) -> str:
        """Return the seal of all seals: what a note of this state of the catalog goes by."""
        return seal((), self._all("SELECT id, seal FROM source ORDER BY id"))

    def remove_source(self, source_id: str) -> list[int]:
        """Forget a source; give the keys of its passages."""
        keys = self.keys(source_id)
        self.reprint_groups.leave(source_id)
        extent = self._extent(source_id)
        self._connection().execute(f"DELETE FROM passage WHERE {_OF_SOURCE}", extent)  # noqa: S608  # a constant
        self._connection().execute("DELETE FROM section WHERE first >= ? AND first < ?", extent)
        self._connection().execute("DELETE FROM source WHERE id = ?", (source_id,))
        return keys

    def touch(self, source_id: str, size: int, mtime_ns: int) -> None:
        """Remember that a file has a new time but its old content."""
        self._connection().execute(
            "UPDATE source SET size = ?, mtime_ns = ? WHERE id = ?", (size, mtime_ns, source_id)
        )

    def problems(self) -> list[tuple[int, int, Problem]]:
        """The files that could not be read: size, modification time and problem, in the order of paths."""
        rows = self._all("SELECT size, mtime_ns, path, message FROM problem ORDER BY path")
        return [(size, mtime, Problem(path, message)) for size, mtime, path, message in rows]

    def set_problems(self, problems: Iterable[tuple[int, int, Problem]]) -> None:
        """Replace the list of files that could not be read."""
        self._connection().execute("DELETE FROM problem")
        self._connection().executemany(
            "INSERT OR REPLACE INTO problem VALUES (?, ?, ?, ?)",
            [(problem.path, size, mtime, problem.message) for size, mtime, problem in problems],
        )

    def read(self, source_id: str) -> list[Passage]:
        """The passages of a source, in order."""
        keys = self.keys(source_id)
        found = self.passages(keys)
        source = self.source(source_id)
        if len(found) != len(keys) or (source is not None and len(keys) != source.passages):
            raise damage(_("passages are missing"))
        return [found[key] for key in keys]

    def keys(self, source_id: str, first: int = 0, after: int | None = None) -> list[int]:
        """The keys of a source's passages, in order; or of those from place ``first`` to before ``after``."""
        rows = self._all(
            f"SELECT key FROM passage WHERE {_OF_SOURCE} ORDER BY key LIMIT ? OFFSET ?",  # noqa: S608  # a constant
            *self._extent(source_id),
            -1 if after is None else max(0, after - first),
            first,
        )
        return [key for (key,) in rows]

    def outline(self, source_id: str) -> list[Entry]:
        """What is known of a source's passages without reading them, in order."""
        rows = self._all(
            f"SELECT number || part, {SECTION}, {KIND}, length(text), length(CAST(text AS BLOB)) FROM passage"  # noqa: S608  # a constant
            f" WHERE {_OF_SOURCE} ORDER BY key",
            *self._extent(source_id),
        )
        return list(map(Entry._make, rows))

    def all_keys(self) -> set[int]:
        """The keys of all passages.

        Raises:
            DamagedIndexError: They are not those that the sources have.
        """
        keys = {key for (key,) in self._all("SELECT key FROM passage")}
        (total,) = self._one("SELECT sum(passages) FROM source") or (0,)
        if len(keys) != (total or 0):
            raise damage(_("passages are missing"))
        return keys

    def _extent(self, source_id: str) -> tuple[int, int]:
        """Return the key of a source's first passage, and the one behind its last."""
        row = self._one("SELECT first, first + passages FROM source WHERE id = ?", source_id)
        return row or (0, 0)

    def keys_with_section(self, part: str) -> set[int]:
        """The keys of the passages under a heading that holds ``part``, however it is written."""
        wanted = fold(part)
        found: set[int] = set()
        sections = self._all("SELECT first, heading FROM section ORDER BY first")
        for (first, heading), (after, _heading) in zip(sections, [*sections[1:], (_LAST, "")], strict=True):
            if wanted in fold(heading):
                rows = self._all(f"SELECT key FROM passage WHERE {_OF_SOURCE}", first, after)  # noqa: S608  # a constant
                found.update(key for (key,) in rows)
        return found

    def keys_holding(self, part: str) -> set[int]:
        """The keys of the passages whose text holds ``part``, exactly as it is written."""
        return {key for (key,) in self._all("SELECT key FROM passage WHERE instr(text, ?) > 0", part)}

    def located_texts(self, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The path of the source and the text of these passages, by key."""
        found: dict[int, tuple[str, str]] = {}
        for batch, marks in batches(keys):
            rows = self._all(
                f"SELECT key, path, text, passage.sum FROM {OWNED_PASSAGE}"  # noqa: S608  # question marks
                f" WHERE key IN ({marks})",
                *batch,
            )
            texts = checked_texts([(key, text, total) for key, _path, text, total in rows])
            found.update((key, (path, texts[key])) for key, path, _text, _total in rows)
        return found

    def texts(self, keys: Collection[int]) -> dict[int, str]:
        """The texts of these passages, by key."""
        found: dict[int, str] = {}
        for batch, marks in batches(list(keys)):
            rows = self._all(f"SELECT key, text, sum FROM passage WHERE key IN ({marks})", *batch)  # noqa: S608  # question marks
            found |= checked_texts(rows)
        return found

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """These passages with their mentions, by key; unknown keys are left out."""
        found: dict[int, Passage] = {}
        for batch, marks in batches(keys):
            mentions = self.mentions.shown(batch)
            for key, total, *values in self._all(
                f"SELECT key, passage.sum, {PASSAGE_FIELDS} FROM {OWNED_PASSAGE} WHERE key IN ({marks})",  # noqa: S608  # question marks
                *batch,
            ):
                if total != passage_sum(key, values):
                    raise row_damaged("passage")
                known = dict(zip(PASSAGE_NAMES, values, strict=True))
                named = tuple(self._mention(known["text"], row) for row in mentions.get(key, ()))
                found[key] = Passage(mentions=named, **known)
        return found

    def _mention(self, text: str, row: PlacedName) -> Mention:
        place = self._gazetteer.place(row.place)
        if place is None:
            raise damage(_("an unknown place {place}").format(place=row.place))
        others = self._gazetteer.alternatives(fold(row.name), row.place)
        return Mention(row.start, row.end, text[row.start : row.end], place, row.in_name, others)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self._path, writable=self._writable)
            if self._writable:
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    def _all(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        return self._connection().execute(statement, values).fetchall()

    def _one(self, statement: str, *values: object) -> tuple | None:  # type: ignore[type-arg]
        rows = self._all(statement, *values)
        return rows[0] if rows else None


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _source(row: tuple) -> Source:  # type: ignore[type-arg]
    first, total, *facts, story = row
    if total != facts_sum((first, *facts)):
        raise row_damaged("source")
    known = dict(zip(SOURCE_FIELDS.split(", "), facts, strict=True))
    origins, others = _mapping(known.pop("origins")), _mapping(known.pop("others"))
    doubts = _sentences(known.pop("doubts"))
    return Source(origins=origins, doubts=doubts, others=others, story=story or "", **known)


# What many sources have in common is read, and held, once.


@lru_cache(maxsize=1024)
def _mapping(text: str) -> MappingProxyType[str, Any]:
    return MappingProxyType(json.loads(text))


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
