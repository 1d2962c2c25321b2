"""The catalogue: sources, passages and mentions in one SQLite file, the truth that the engine follows."""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hubtui.core.errors import DamagedIndexError, IndexBusyError, IndexingError
from hubtui.core.i18n import N_, _
from hubtui.core.models import Entry, Mention, Passage, Problem, Source
from hubtui.index.mentions import SCHEMA as MENTIONS
from hubtui.index.mentions import MentionTable, batches
from hubtui.index.stories import STORIES, Stories
from hubtui.ingest import Paragraph
from hubtui.places import Gazetteer
from hubtui.places.corrections import PlacedName
from hubtui.text.fold import fold

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS source (
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    digest TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, publisher TEXT NOT NULL,
    date TEXT NOT NULL, language TEXT NOT NULL, url TEXT NOT NULL, passages INTEGER NOT NULL,
    origins TEXT NOT NULL, accessed TEXT NOT NULL, doubts TEXT NOT NULL, story TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, part TEXT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL,
    page INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passage_source ON passage (source_id);
CREATE TABLE IF NOT EXISTS problem (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, message TEXT NOT NULL
) STRICT;
"""
REBUILT = N_("Index the library again (hubtui index): it is then built anew.")
_GENERATION = "engine generation"
_SOURCE_FIELDS = (
    "id, path, title, author, publisher, date, language, url, passages, origins, accessed, doubts, story"
)
_PASSAGE_FIELDS = "source_id, number, part, section, text, page, kind, language"


@dataclass(frozen=True, slots=True)
class FileState:
    """What the catalogue remembers of a file: enough to tell whether it has to be read again."""

    size: int
    mtime_ns: int
    digest: str
    source_id: str


class Catalogue:
    """The SQLite file of one library. Safe to use from several threads, each with its connection.

    Attributes:
        mentions: The mentions of its passages.
        stories: Its groups of reprints.
    """

    def __init__(self, path: Path, gazetteer: Gazetteer) -> None:
        """Open the file at ``path``, or create it."""
        self._path = path
        self._gazetteer = gazetteer
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._connection().executescript(_SCHEMA + MENTIONS + STORIES)
        self.mentions = MentionTable(self._connection)
        self.stories = Stories(self._connection)

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
            raise IndexBusyError(
                _("Another hubtui is indexing this library."),
                _("Its result appears here when it has finished."),
            ) from error
        try:
            yield
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    @property
    def generation(self) -> int:
        """The engine's generation that belongs to the last commit; 0 before the first."""
        return int(self.fact(_GENERATION) or 0)

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

    def files(self) -> dict[str, FileState]:
        """The files that are indexed, by path."""
        rows = self._all("SELECT path, size, mtime_ns, digest, id FROM source")
        return {path: FileState(size, mtime, digest, id_) for path, size, mtime, digest, id_ in rows}

    def sources(self) -> list[Source]:
        """All sources, in the order of their paths."""
        return [_source(row) for row in self._all(f"SELECT {_SOURCE_FIELDS} FROM source ORDER BY path")]  # noqa: S608  # a constant

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        row = self._one(f"SELECT {_SOURCE_FIELDS} FROM source WHERE id = ?", source_id)  # noqa: S608  # a constant
        return _source(row) if row else None

    def add_source(
        self,
        source: Source,
        state: FileState,
        passages: Sequence[Paragraph],
        mentions: Sequence[Sequence[PlacedName]],
    ) -> list[int]:
        """Store a source with its passages and, for each, its mentions; give the passages' keys, in order."""
        connection = self._connection()
        connection.execute(
            f"INSERT INTO source (size, mtime_ns, digest, {_SOURCE_FIELDS}) VALUES ({_marks(15)}, NULL)",  # noqa: S608  # constants
            (
                state.size, state.mtime_ns, state.digest, source.id, source.path, source.title, source.author,
                source.publisher, source.date, source.language, source.url, source.passages,
                json.dumps(dict(source.origins), ensure_ascii=False), source.accessed,
                json.dumps(source.doubts, ensure_ascii=False),
            ),
        )  # fmt: skip
        row = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'passage'")
        first = int(row[0]) + 1 if row else 1
        connection.executemany(
            f"INSERT INTO passage (key, {_PASSAGE_FIELDS}) VALUES ({_marks(9)})",  # noqa: S608  # constants
            [
                (key, source.id, p.number, p.part, p.section, p.text, p.page, p.kind, p.language)
                for key, p in enumerate(passages, first)
            ],
        )
        self.mentions.add((key, row) for key, rows in enumerate(mentions, first) for row in rows)
        return list(range(first, first + len(passages)))

    def remove_source(self, source_id: str) -> list[int]:
        """Forget a source; give the keys of its passages."""
        keys = self.keys(source_id)
        self.stories.leave(source_id)
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
        return [found[key] for key in keys]

    def keys(self, source_id: str, first: int = 0, after: int | None = None) -> list[int]:
        """The keys of a source's passages, in order; or of those from place ``first`` to before ``after``."""
        rows = self._all(
            "SELECT key FROM passage WHERE source_id = ? ORDER BY key LIMIT ? OFFSET ?",
            source_id,
            -1 if after is None else max(0, after - first),
            first,
        )
        return [key for (key,) in rows]

    def outline(self, source_id: str) -> list[Entry]:
        """What is known of a source's passages without reading them, in order."""
        rows = self._all(
            "SELECT number || part, section, kind, length(text), length(CAST(text AS BLOB)) FROM passage"
            " WHERE source_id = ? ORDER BY key",
            source_id,
        )
        return list(map(Entry._make, rows))

    def keys_by_source(self) -> tuple[list[int], list[str]]:
        """The keys of all passages and, beside each, its source's id; by source path and number."""
        rows = self._all(
            "SELECT passage.key, source_id FROM passage JOIN source ON source.id = source_id"
            " ORDER BY source.path, passage.key"
        )
        return [key for key, _ in rows], [source_id for _, source_id in rows]

    def keys_with_section(self, part: str) -> set[int]:
        """The keys of the passages under a heading that holds ``part``, however it is written."""
        wanted = fold(part)
        return {
            key for key, section in self._all("SELECT key, section FROM passage") if wanted in fold(section)
        }

    def keys_holding(self, part: str) -> set[int]:
        """The keys of the passages whose text holds ``part``, exactly as it is written."""
        return {key for (key,) in self._all("SELECT key FROM passage WHERE instr(text, ?) > 0", part)}

    def located_texts(self, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The path of the source and the text of these passages, by key."""
        found: dict[int, tuple[str, str]] = {}
        for batch, marks in batches(keys):
            rows = self._all(
                "SELECT key, path, text FROM passage JOIN source ON source.id = source_id"  # noqa: S608  # question marks
                f" WHERE key IN ({marks})",
                *batch,
            )
            found.update((key, (path, text)) for key, path, text in rows)
        return found

    def texts(self, keys: Collection[int]) -> dict[int, str]:
        """The texts of these passages, by key."""
        found: dict[int, str] = {}
        for batch, marks in batches(list(keys)):
            rows = self._all(f"SELECT key, text FROM passage WHERE key IN ({marks})", *batch)  # noqa: S608  # question marks
            found.update(rows)
        return found

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """These passages with their mentions, by key; unknown keys are left out."""
        found: dict[int, Passage] = {}
        for batch, marks in batches(keys):
            mentions = self.mentions.shown(batch)
            for key, *values in self._all(
                f"SELECT key, {_PASSAGE_FIELDS} FROM passage WHERE key IN ({marks})",  # noqa: S608  # question marks
                *batch,
            ):
                known = dict(zip(_PASSAGE_FIELDS.split(", "), values, strict=True))
                named = tuple(self._mention(known["text"], row) for row in mentions.get(key, ()))
                found[key] = Passage(mentions=named, **known)
        return found

    def _mention(self, text: str, row: PlacedName) -> Mention:
        place = self._gazetteer.place(row.place)
        if place is None:
            raise IndexingError(
                _("The index names an unknown place {place}.").format(place=row.place),
                _("Run: hubtui index --rebuild"),
            )
        others = self._gazetteer.alternatives(fold(row.name), row.place)
        return Mention(row.start, row.end, text[row.start : row.end], place, row.in_name, others)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # The thread that closes the library is not always the one that opened the connection.
            connection = sqlite3.connect(
                self._path, timeout=1.0, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    def _all(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise DamagedIndexError(
                _("The catalogue cannot be read: {error}.").format(error=error), _(REBUILT)
            ) from error

    def _one(self, statement: str, *values: object) -> tuple | None:  # type: ignore[type-arg]
        rows = self._all(statement, *values)
        return rows[0] if rows else None


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _source(row: tuple) -> Source:  # type: ignore[type-arg]
    known = dict(zip(_SOURCE_FIELDS.split(", "), row, strict=True))
    origins = MappingProxyType(json.loads(known.pop("origins")))
    known["story"] = known["story"] or ""
    return Source(origins=origins, doubts=tuple(json.loads(known.pop("doubts"))), **known)
