"""Open the catalog's file, which may come from anywhere, and check the rows of sources and passages.

Nothing in the file is executed. SQLite keeps its schema in the file, and a schema can hold expressions that
run when a table is read or written: views, triggers, generated columns. ``trusted_schema`` denies them
functions with side effects; the catalog beyond that opens only a file whose schema is its own to the letter
(:func:`require_schema`).

SQLite notices when its pages make no sense, not when a letter is another one. What is quoted must be what was
stored, so a source's facts, and a passage's text and other facts, are stored with a checksum. A seal is a
cryptographic digest of all that can be quoted of a source. By a note of the seal of all seals
(:mod:`hubtui.index.store`) hubtui recognises what it wrote itself.

:class:`MentionTable` holds the mentions: what was found in each passage, and what the user says of it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zlib import crc32

from hubtui.core.errors import DamagedIndexError
from hubtui.core.files import RefusedFileError, file_status
from hubtui.core.i18n import N_, _
from hubtui.core.models import Source
from hubtui.places.corrections import MentionCorrections, PlacedName, name_key

if TYPE_CHECKING:
    from hubtui.index.engine import Keys, Mask
    from hubtui.ingest import Paragraph

REBUILT = N_("Rebuild it with: hubtui index")

_SAYING_NOTHING = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_ERROR,
    }
)  # fmt: skip
"""Errors of the disk, of locks and permissions, and of statements; not of what is in the file."""

_LOT = 1000

_DEFENSIVE = "SQLITE_DBCONFIG_DEFENSIVE"


class Cursor(sqlite3.Cursor):
    """A cursor that tells a damaged file from other trouble."""

    def execute(self, statement: str, values: Any = (), /) -> Self:  # noqa: ANN401  # as sqlite3 has it
        """Execute a statement."""
        with _telling_damage():
            return super().execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Any], /) -> Self:
        """Execute a statement once for each row."""
        with _telling_damage():
            return super().executemany(statement, rows)

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        with _telling_damage():
            return super().fetchall()

    def fetchone(self) -> Any:  # noqa: ANN401  # as sqlite3 has it
        """Return the next row."""
        with _telling_damage():
            return super().fetchone()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]  # rows in lots: one at a time takes long
        while True:
            with _telling_damage():
                rows = self.fetchmany(_LOT)
            if not rows:
                return
            yield from rows


class Connection(sqlite3.Connection):
    """A connection whose statements raise :class:`DamagedIndexError` where the file is damaged."""

    def execute(self, statement: str, values: Any = (), /) -> Cursor:  # noqa: ANN401  # as sqlite3 has it
        """Execute a statement."""
        return self.cursor(Cursor).execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Any], /) -> Cursor:
        """Execute a statement once for each row."""
        return self.cursor(Cursor).executemany(statement, rows)

    def __del__(self) -> None:
        """Close what nobody has closed; from Python 3.13 on, ``sqlite3`` itself warns of that."""
        self.close()


def connect(path: Path, *, writable: bool, patience: float = 1.0) -> Connection:
    """Open the file at ``path``; one that is not writable is not touched, nor is anything beside it.

    Args:
        path: The file; made, empty, where it is missing and ``writable``.
        writable: Whether it will be written.
        patience: How many seconds to wait for another process's write.

    Raises:
        DamagedIndexError: It is no database.
        sqlite3.OperationalError: It cannot be opened.
    """
    _refuse_others(path, writable=writable)
    # The thread that closes the library is not always the one that opened the connection.
    connection = sqlite3.connect(
        path if writable else _read_only(path),
        uri=not writable,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if hasattr(connection, "setconfig"):  # from Python 3.12 on
            connection.setconfig(getattr(sqlite3, _DEFENSIVE))
    except BaseException:
        connection.close()
        raise
    return connection


JOURNALS = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a file for what it keeps beside it, and for the file itself."""


def _refuse_others(path: Path, *, writable: bool) -> None:
    """Raise ``DamagedIndexError`` where SQLite would follow a link, or write a file with other names too."""
    for journal in JOURNALS:
        file = path.with_name(path.name + journal)
        try:
            status = file_status(file)
        except RefusedFileError as error:
            raise damage(f"{file.name}: {error}") from error
        if writable and status is not None and status.st_nlink > 1:
            raise damage(_("{file}: it has other names too (hard links)").format(file=file.name))


def _read_only(path: Path) -> str:
    """Return the address of a file that is only read.

    The journal of a database that nobody has open is empty, or gone; then no lock and no shared memory is
    needed, which SQLite could not make in a folder that may not be written.
    """
    journal = path.with_name(f"{path.name}-wal")
    try:
        at_rest = journal.lstat().st_size == 0
    except OSError:
        at_rest = True
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"


def require_schema(connection: sqlite3.Connection, script: str) -> None:
    """Raise ``DamagedIndexError`` where the schema is not what ``script`` makes."""
    if _schema(connection) != _made_by(script):
        raise DamagedIndexError(_("The catalogue is not laid out as hubtui does it."), _(REBUILT))


@cache
def _made_by(script: str) -> frozenset[tuple[str, ...]]:
    model = sqlite3.connect(":memory:")
    try:
        model.executescript(script)
        return _schema(model)
    finally:
        model.close()


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return frozenset(tuple(map(str, row)) for row in rows)


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:  # what SQLite says of a file may quote it
        raise damage(error) from error
    except sqlite3.ProgrammingError:  # of ours, such as using a closed connection
        raise
    except sqlite3.DatabaseError as error:
        # Text that is not UTF-8 is refused by Python, without a code of SQLite's.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        # A table or column that hubtui made is gone: SQLite has no code of its own for that.
        if code & 0xFF in _SAYING_NOTHING and not str(error).startswith("no such "):
            raise
        raise damage(error) from error


def damage(error: object) -> DamagedIndexError:
    """Make the error for a catalog that hubtui cannot have written."""
    return DamagedIndexError(_("The catalogue cannot be read: {error}.").format(error=error), _(REBUILT))


SOURCE_FIELDS = (
    "id, path, title, author, publisher, date, language, url, passages, origins, accessed, doubts, others"
)
SECTION = "(SELECT heading FROM section WHERE first <= key ORDER BY first DESC LIMIT 1)"
"""The section of a passage, which begins with it or before it."""
KIND = "ifnull(kind, 'paragraph')"
PASSAGE_FIELDS = (
    f"source.id, number, part, {SECTION}, text, page, {KIND}, ifnull(passage.language, source.language)"
)
OWNED_PASSAGE = "passage JOIN source ON source.row = passage.source"
"""The passages with what is said of their sources: what :data:`PASSAGE_FIELDS` is taken from."""
PASSAGE_NAMES = ("source_id", "number", "part", "section", "text", "page", "kind", "language")

_TEXT = PASSAGE_NAMES.index("text")
_LOWER = 0xFFFFFFFF

Row = Sequence[object]


def source_row(source: Source) -> tuple[object, ...]:
    """Return the facts of a source in the order of :data:`SOURCE_FIELDS`."""
    return (
        source.id, source.path, source.title, source.author, source.publisher, source.date,
        source.language, source.url, source.passages,
        json.dumps(dict(source.origins), ensure_ascii=False), source.accessed,
        json.dumps(source.doubts, ensure_ascii=False), json.dumps(dict(source.others), ensure_ascii=False),
    )  # fmt: skip


def passage_rows(source_id: str, passages: "Iterable[Paragraph]") -> list[tuple[object, ...]]:
    """Return passages in the order of :data:`PASSAGE_FIELDS`."""
    return [(source_id, p.number, p.part, p.section, p.text, p.page, p.kind, p.language) for p in passages]


def stored_passage(row: Row, language: str) -> tuple[object, ...]:
    """Return what the table of passages holds of one: number, part, text, page, kind, language.

    What most passages of a source have in common is left out.
    """
    _source, number, part, _section, text, page, kind, own = row
    return number, part, text, page, None if kind == "paragraph" else kind, None if own == language else own


def section_rows(first: int, passages: "Iterable[Paragraph]") -> list[tuple[int, str]]:
    """Return the key of the first passage of each section, and its heading, of passages from a key on."""
    rows: list[tuple[int, str]] = []
    for key, passage in enumerate(passages, first):
        if not rows or rows[-1][1] != passage.section:
            rows.append((key, passage.section))
    return rows


def seal(facts: Row, rows: Iterable[Row]) -> str:
    """Return the digest of a source's facts and of the rows of its passages, in order."""
    # In JSON, other values are never the same text; it is made faster than a text of each row.
    text = json.dumps([tuple(facts), *rows], ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=24).hexdigest()


def facts_sum(facts: Row) -> int:
    """Return the checksum of a source's facts, or of other values of a row."""
    return crc32(_bytes(facts))


def passage_sum(key: int, row: Row) -> int:
    """Return the checksum of a passage; its lower half is the text's own, since texts are read alone too."""
    text = row[_TEXT]
    return (crc32(_bytes((key, *row[:_TEXT], *row[_TEXT + 1 :]))) >> 1) << 32 | _text_sum(key, str(text))


def checked_texts(rows: Iterable[tuple[int, str, int]]) -> dict[int, str]:
    """Return texts by the keys of their passages, from rows of the key, the text and the checksum.

    Raises:
        DamagedIndexError: One is not what was stored.
    """
    found = {}
    for key, text, total in rows:
        # In place, since a query may read thousands of texts.
        if total & _LOWER != crc32(text.encode("utf-8", "surrogatepass"), key & _LOWER):
            raise row_damaged("passage")
        found[key] = text
    return found


def _text_sum(key: int, text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"), key & _LOWER)


def row_damaged(table: str) -> DamagedIndexError:
    """Make the error for a row that is not what was stored."""
    return damage(_("a checksum in the table {table} is wrong").format(table=table))


def _bytes(row: Row) -> bytes:
    """Return values so that other values are never the same bytes: ``repr`` quotes strings."""
    return repr(tuple(row)).encode("utf-8", "surrogatepass")


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


def file_state(path: Path) -> list[tuple[int, int, int] | None]:
    """Return what changes when another process writes the file, for it and its journal."""
    found: list[tuple[int, int, int] | None] = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = file.lstat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return found


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
        for key, _source, row in self._rows(keys):
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
        numbers = ",".join(keys for *_ranges, keys in rows)
        try:
            packed = np.fromstring(numbers, np.int64, sep=",") if numbers else np.empty(0, np.int64)
        except (ValueError, DeprecationWarning) as error:  # NumPy warns of what it cannot read
            raise damage(error) from error
        places, counts = [row[0] for row in rows], [row[1] for row in rows]
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
            found = [row._replace(rejected=False) for _number, row in before.values() if not row.added]
            after = {(row.start, row.end, row.place): row for row in corrections.applied(path, text, found)}
            fresh.extend((key, row) for at, row in after.items() if at not in before)
            gone.extend((number,) for at, (number, _row) in before.items() if at not in after)
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
