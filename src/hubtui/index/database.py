"""Open the catalog's file, which may come from anywhere, and check the rows of sources and passages.

Nothing in the file is executed. SQLite keeps its schema in the file, and a schema can hold expressions that
run when a table is read or written: views, triggers, generated columns. ``trusted_schema`` denies them
functions with side effects; the catalog beyond that opens only a file whose schema is its own to the letter
(:func:`require_schema`).

SQLite notices when its pages make no sense, not when a letter is another one. What is quoted must be what was
stored, so a source's facts, and a passage's text and other facts, are stored with a checksum. A seal is a
cryptographic digest of all that can be quoted of a source. By a note of the seal of all seals
(:mod:`hubtui.index.store`) hubtui recognises what it wrote itself.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zlib import crc32

from hubtui.core.errors import DamagedIndexError
from hubtui.core.i18n import N_, _
from hubtui.core.models import Source

if TYPE_CHECKING:
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


def _read_only(path: Path) -> str:
    """Return the address of a file that is only read.

    The journal of a database that nobody has open is empty, or gone; then no lock and no shared memory is
    needed, which SQLite could not make in a folder that may not be written.
    """
    journal = path.with_name(f"{path.name}-wal")
    try:
        at_rest = journal.stat().st_size == 0
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
        if code & 0xFF in _SAYING_NOTHING:
            raise
        raise damage(error) from error


def damage(error: object) -> DamagedIndexError:
    """Make the error for a catalog that hubtui cannot have written."""
    return DamagedIndexError(_("The catalogue cannot be read: {error}.").format(error=error), _(REBUILT))


SOURCE_FIELDS = (
    "id, path, title, author, publisher, date, language, url, passages, origins, accessed, doubts, others"
)
PASSAGE_FIELDS = "source_id, number, part, section, text, page, kind, language"

_TEXT = PASSAGE_FIELDS.split(", ").index("text")
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


def seal(facts: Row, rows: Iterable[Row]) -> str:
    """Return the digest of a source's facts and of the rows of its passages, in order."""
    digest = hashlib.blake2b(digest_size=24)
    for row in (facts, *rows):
        digest.update(_bytes(row))
    return digest.hexdigest()


def facts_sum(facts: Row) -> int:
    """Return the checksum of a source's facts, or of other values of a row."""
    return crc32(_bytes(facts))


def passage_sum(key: int, row: Row) -> int:
    """Return the checksum of a passage; its lower half is the text's own, since texts are read alone too."""
    text = row[_TEXT]
    return (crc32(_bytes((key, *row[:_TEXT], *row[_TEXT + 1 :]))) >> 1) << 32 | crc32(_bytes((key, text)))


def checked_text(key: int, text: str, total: int) -> str:
    """Return the text of the passage with this key, and the checksum ``total``.

    Raises:
        DamagedIndexError: It is not what was stored.
    """
    if total & _LOWER != crc32(_bytes((key, text))):
        raise row_damaged("passage")
    return text


def row_damaged(table: str) -> DamagedIndexError:
    """Make the error for a row that is not what was stored."""
    return damage(_("a checksum in the table {table} is wrong").format(table=table))


def _bytes(row: Row) -> bytes:
    """Return values so that other values are never the same bytes: ``repr`` quotes strings."""
    return repr(tuple(row)).encode("utf-8", "surrogatepass")
