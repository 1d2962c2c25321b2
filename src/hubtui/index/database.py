"""Opening the catalogue's file, which may come from anywhere: nothing in it is executed.

SQLite keeps its schema in the file, and a schema can hold expressions that run when a table is read or
written: views, triggers, generated columns. ``trusted_schema`` denies them functions with side effects; the
catalogue beyond that opens only a file whose schema is its own to the letter (:func:`require_schema`).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

from hubtui.core.errors import DamagedIndexError
from hubtui.core.i18n import N_, _

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
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if hasattr(connection, "setconfig"):  # from Python 3.12 on
        connection.setconfig(getattr(sqlite3, _DEFENSIVE))
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
    """Make the error for a catalogue that hubtui cannot have written."""
    return DamagedIndexError(_("The catalogue cannot be read: {error}.").format(error=error), _(REBUILT))
