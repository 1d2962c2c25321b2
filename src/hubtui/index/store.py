"""An index folder: the catalog and the engine together.

A folder may have been copied, moved, shared or made by another user: it is opened all the same, since
nothing in it is executed. One that another version made, or that is damaged, is emptied and rebuilt from
the sources. Two things make that necessary: the layout changes between versions; and disks and people damage
files, and what a damaged file held is best read from the sources again. An engine that does not fit its
catalog, such as one that was copied while it changed, is built anew from that
(:func:`hubtui.index.sync.repair`).

An index may have been forged to make a lie look quoted. So before a passage is quoted from an index that this
user's hubtui did not write, its source is read again (:mod:`hubtui.index.confirmation`). What it wrote is
noted in the user's state folder, by the index's random id, with the seals of all that was stored after the
last few commits (:meth:`.Catalog.root`): of the last, of the one before, which a crash may have left, and of
some more, since copies of an index share its id. So an index may be copied and moved, and is still this
user's own; once anybody else has changed a word in it, it is not, nor when it comes back from them.

What a sync would have to do is found out here, without loading what reads sources and writes the index.
"""

import errno
import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hubtui.core.errors import DamagedIndexError, IndexBusyError, IndexingError, cause
from hubtui.core.files import (
    FULL_TEXT,
    MEANING,
    LockHeldError,
    RefusedFileError,
    holding,
    make_folder,
    read_file,
    remove_file,
    remove_folder,
    state_folder,
    write_atomically,
)
from hubtui.core.i18n import _
from hubtui.core.models import Problem, SyncReport
from hubtui.core.paths import INDEX_MARK, may_write
from hubtui.index.catalog import Catalog, create_catalog
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.database import JOURNALS
from hubtui.places import Gazetteer
from hubtui.text.segment import SEGMENTER

if TYPE_CHECKING:
    from hubtui.index.catalog import FileState
    from hubtui.index.engine import Engine
    from hubtui.ingest import Scanned, SourceFile
    from hubtui.places.corrections import MentionCorrectionFile

# The lock, and what makes an index, are imported where they are used: most commands find one in place.

FORMAT = 12
"""Raised whenever the catalog, the engine's fields or files, or the making of passages change."""

MARK = INDEX_MARK
CATALOG = "catalogue.sqlite"
LOCK = "lock"
"""What an index folder holds."""


@dataclass(frozen=True, slots=True)
class Store:
    """An opened index folder.

    Attributes:
        folder: Where it is.
        catalog: Sources, passages and mentions.
        engine: The full text.
        notes: What was repaired on opening, as sentences.
        mark: What tells this making of the index from others.
        gazetteer: What its place ids mean, and what its mentions were found with.
        writable: Whether it may be brought up to date.
    """

    folder: Path
    catalog: Catalog
    engine: "Engine"
    notes: tuple[str, ...]
    mark: bytes
    gazetteer: Gazetteer
    writable: bool = True

    def is_current(self) -> bool:
        """Whether the folder still holds what was opened: not deleted or rebuilt since."""
        return _mark(self.folder) == self.mark and (self.writable or self.catalog.is_unchanged())

    def is_own(self) -> bool:
        """Whether this user's hubtui wrote the index as it is now."""
        return is_noted(_identity(self.mark), self.catalog.root())

    def note(self) -> None:
        """Note that this user's hubtui is about to commit the catalog as it is now."""
        note_state(_identity(self.mark), self.catalog.root())

    def discard(self, reason: str) -> None:
        """Close a damaged index and have it rebuilt when it is opened again, by whichever process.

        Args:
            reason: What is wrong with it, as a sentence.
        """
        self.close()
        if self.writable and self.is_current():
            found = {"id": _identity(self.mark), "damage": reason}
            with suppress(OSError):
                write_atomically(self.folder / MARK, json.dumps(found))

    @contextmanager
    def syncing(self) -> Iterator[None]:
        """Be the one process that changes this index.

        Raises:
            IndexingError: Another process is, or the disk is full, or does not let itself be written.
        """
        if not self.writable:
            raise read_only(self.folder)
        try:
            with holding(self.folder / LOCK, self.folder / MARK):
                yield
        except LockHeldError as error:
            raise _busy() from error
        except (OSError, sqlite3.OperationalError) as error:
            raise _unusable(self.folder, error) from error

    def close(self) -> None:
        """Let go of all files."""
        self.catalog.close()
        self.engine.close()


def open_store(folder: Path, gazetteer: Gazetteer, *, rebuild: bool = False) -> Store:
    """Open the index in ``folder``; create it, or rebuild it, where that is due.

    Args:
        folder: Created where it is missing.
        gazetteer: What place ids mean.
        rebuild: Start from nothing in any case.

    Raises:
        IndexingError: ``folder`` must be written and cannot be, or another hubtui is at work in it.
    """
    try:
        if not is_writable(folder):
            return _open_as_it_is(folder, gazetteer, rebuild=rebuild)
        make_folder(folder)
        reason = reason_to_rebuild(folder, gazetteer)
        if not rebuild and reason is None:
            try:
                return _open(folder, gazetteer)
            except DamagedIndexError as damage:
                reason = damage.message
        return _made(folder, gazetteer, f"{reason} {_('It has been rebuilt.')}" if reason else "")
    except (OSError, sqlite3.OperationalError) as error:
        raise _unusable(folder, error) from error


def _made(folder: Path, gazetteer: Gazetteer, note: str) -> Store:
    """Make an empty index, in place of what is there."""
    try:
        with holding(folder / LOCK, folder / MARK):
            _empty(folder)
            create_catalog(folder / CATALOG)
            _make_mark(folder, gazetteer)
            store = _open(folder, gazetteer, note)
            store.note()
            return store
    except LockHeldError as error:
        raise _busy() from error


def is_writable(folder: Path) -> bool:
    """Whether an index folder may be written, or made."""
    catalog = folder / CATALOG
    return may_write(folder) and (not os.path.lexists(catalog) or os.access(catalog, os.W_OK))


def is_usable(folder: Path, gazetteer: Gazetteer) -> bool:
    """Whether an index can be had in ``folder``: as it is there, or since it can be made there."""
    return is_writable(folder) or reason_to_rebuild(folder, gazetteer) is None


def _open_as_it_is(folder: Path, gazetteer: Gazetteer, *, rebuild: bool) -> Store:
    if rebuild:
        raise read_only(folder)
    reason = reason_to_rebuild(folder, gazetteer)
    if reason is not None:
        raise read_only(folder, reason)
    return _open(folder, gazetteer, writable=False)


def _open(folder: Path, gazetteer: Gazetteer, note: str = "", *, writable: bool = True) -> Store:
    mark = _mark(folder)
    catalog = Catalog(folder / CATALOG, gazetteer, writable=writable)
    try:
        engine = ArrayEngine(folder / FULL_TEXT)
        if writable:
            with suppress(OSError):  # a search can do without what came last
                engine.settle(catalog.generation)
        engine.glance()
    except BaseException:
        catalog.close()
        raise
    return Store(folder, catalog, engine, (note,) if note else (), mark, gazetteer, writable)


def reason_to_rebuild(folder: Path, gazetteer: Gazetteer) -> str | None:
    """Say why the index in ``folder`` must not be opened; ``None`` when it may, ``""`` when there is none."""
    try:
        data = read_file(folder / MARK)
    except RefusedFileError as error:
        return f"{Path(error.filename).name}: {error}."
    except OSError:
        data = b""
    if not data:
        left = [name for name in (MARK, CATALOG, FULL_TEXT) if os.path.lexists(folder / name)]
        return _("The index was not complete.") if left else ""
    versions = made_with(folder)
    if (not _identity(data) and versions.get("format") == str(FORMAT)) or not versions:
        return _("The index was damaged.")
    wanted = _versions(gazetteer)
    if versions == wanted:
        return None
    if versions == {**wanted, "places": versions.get("places")}:
        return _("The index was made with other places and names.")
    return _("The index was made by another version of hubtui.")


def made_with(folder: Path) -> Mapping[str, str]:
    """Return what made the index in ``folder``; nothing where it does not say."""
    try:
        versions = json.loads(_mark(folder))["versions"]
        return {str(name): str(version) for name, version in versions.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def read_only(folder: Path, reason: str = "") -> IndexingError:
    """Make the error for an index that would have to be written and must not be."""
    message = _("The index in {folder} may be read but not written.").format(folder=folder)
    remedy = _("Change the permissions of {folder}, or copy the library to a folder of your own.")
    return IndexingError(f"{reason} {message}".strip(), remedy.format(folder=folder))


_SQLITE_CAUSES: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}


def _busy() -> IndexBusyError:
    return IndexBusyError(
        _("Another hubtui is indexing this library."), _("Its result appears here when it has finished.")
    )


def _unusable(folder: Path, error: OSError | sqlite3.OperationalError) -> IndexingError:
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what kind of it
        error = OSError(_SQLITE_CAUSES.get(code, 0), str(error))
    reason, remedy = cause(error)
    if isinstance(error, RefusedFileError):
        return IndexingError(_("{path}: {reason}.").format(path=error.filename, reason=reason), remedy)
    return IndexingError(
        _("The index in {folder} cannot be written: {reason}.").format(folder=folder, reason=reason), remedy
    )


def _make_mark(folder: Path, gazetteer: Gazetteer) -> None:
    """Begin a new index, by this user's hubtui."""
    import secrets

    identity = secrets.token_hex(16)
    content = json.dumps({"id": identity, "versions": _versions(gazetteer)}, indent=1)
    write_atomically(folder / MARK, content)


def _mark(folder: Path) -> bytes:
    try:
        return read_file(folder / MARK)
    except OSError:
        return b""


def _identity(mark: bytes) -> str:
    """Return the id that a mark gives; ``""`` where it gives none."""
    try:
        identity = json.loads(mark)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return identity if isinstance(identity, str) and re.fullmatch("[0-9a-f]{32}", identity) else ""


def _damage(mark: bytes) -> str:
    """Return what was found to be wrong with an index when it was discarded; ``""`` for nothing."""
    try:
        reason = json.loads(mark)["damage"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return reason if isinstance(reason, str) else ""


def _versions(gazetteer: Gazetteer) -> dict[str, str]:
    return {
        "format": str(FORMAT),
        "segmenter": SEGMENTER,
        "sqlite": sqlite3.sqlite_version.split(".")[0],
        "places": gazetteer.version,
    }


def _empty(folder: Path) -> None:
    """Remove what hubtui keeps in an index folder, and nothing else."""
    forget_states(_identity(_mark(folder)))
    remove_file(folder / MARK)
    for suffix in JOURNALS:
        remove_file(folder / f"{CATALOG}{suffix}")
    remove_folder(folder / FULL_TEXT)
    remove_folder(folder / MEANING)


_KEPT = 16


def is_noted(identity: str, root: str) -> bool:
    """Whether this user's hubtui made this state of the index with this id."""
    return root in _noted(identity)


def note_state(identity: str, root: str) -> None:
    """Note a state that is about to be committed; one that cannot be noted is taken for another's."""
    known = [*_noted(identity), root][-_KEPT:]
    with suppress(OSError):
        path = _file(identity)
        make_folder(path.parent, 0o700)
        write_atomically(path, "".join(f"{line}\n" for line in known))


def forget_states(identity: str) -> None:
    """Remove the note of an index that is no more."""
    if identity:
        with suppress(OSError):
            remove_file(_file(identity))


def _noted(identity: str) -> list[str]:
    if not identity:
        return []
    try:
        return read_file(_file(identity)).decode("ascii").split()
    except (OSError, ValueError):
        return []


def _file(identity: str) -> Path:
    return (state_folder() / "indexes" / identity).resolve()  # the user's own folder, where links are theirs


PASSING: Final = (-1, 0)
"""What is stored for the size and the time of a file that could not be read for a reason that is not in it:
permissions, the disk, memory, a missing library. Such a file is read again at each sync; any other one that
could not be read, once its size or its time is another."""

UNRECOGNISED: Final = -2
"""What the size of a file is taken from, and stored, where some of it is pictures that were not read by OCR:
a number below zero. Such a file is read again as soon as there is OCR, or its size or its time is another."""

LITTLE: Final = 100_000
"""Bytes of a library whose texts are read and written in about the time that a process takes to start."""


@dataclass(slots=True)
class Tally:
    """What a sync has done so far, or would not have to do."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)


class Due(Enum):
    """How much a sync would have to do."""

    NOTHING = auto()
    LITTLE = auto()
    """A few small texts, in a library that has no more: done sooner than another process starts."""
    MUCH = auto()


def how_much_is_due(scanned: "Scanned", store: "Store") -> Due:
    """Return how much a sync would have to read, remove or repair.

    Args:
        scanned: What :func:`hubtui.ingest.scan` found just now.
        store: The library's index.
    """
    if store.engine.generation != store.catalog.generation:
        return Due.MUCH
    files, _problems = scanned
    known = store.catalog.files()
    gone = known.keys() - {file.path for file in files}
    due = due_files(files, known, store.catalog.problems(), Tally(), retrying=store.writable)
    if not gone and not due:
        return Due.NOTHING
    from hubtui.ingest import is_little_text  # deferred: mostly nothing is due

    # Writing takes as long as the index is large, whatever is added to it.
    held = sum(_size(state.size) for state in known.values())
    return Due.LITTLE if is_little_text(due, LITTLE - held) else Due.MUCH


def settled(
    scanned: "Scanned", store: "Store", correction_file: "MentionCorrectionFile"
) -> SyncReport | None:
    """Return the report of a sync that has nothing to do; ``None`` where there is something to do.

    Nothing is locked: who finds the index up to date needs not wait for who is about to change it.

    Args:
        scanned: What :func:`hubtui.ingest.scan` found just now.
        store: The library's index.
        correction_file: What the user says of mentions.
    """
    started = time.perf_counter()
    catalog = store.catalog
    corrections = correction_file.load()
    if store.engine.generation != catalog.generation or not catalog.has_applied(corrections):
        return None
    files, skipped = scanned
    tally, known = Tally(), catalog.files()
    tally.problems.extend((0, 0, problem) for problem in (*skipped, *corrections.problems))
    failed = catalog.problems()
    due = due_files(files, known, failed, tally, retrying=store.writable)
    tally.problems.sort(key=lambda row: row[2].path)
    if due or known.keys() - {file.path for file in files}:
        return None
    if tally.problems != failed or not catalog.reprint_groups.are_formed():
        return None
    problems = tuple(problem for _size, _time, problem in tally.problems)
    return SyncReport(unchanged=tally.unchanged, problems=problems, seconds=time.perf_counter() - started)


def due_files(
    files: "Sequence[SourceFile]",
    known: "Mapping[str, FileState]",
    problems: Sequence[tuple[int, int, Problem]],
    tally: Tally,
    *,
    retrying: bool = True,
) -> "list[SourceFile]":
    """Return the files that have to be read, and count the others.

    Args:
        files: The files that there are.
        known: Those that are indexed.
        problems: Those that could not be read, with their sizes and times, or :data:`PASSING`.
        tally: What the others are counted in.
        retrying: Whether what could not be read for a passing reason is due again.
    """
    failed = {row[2].path: row for row in problems}
    due = []
    for file in files:
        state, problem, stamp = known.get(file.path), failed.get(file.path), (file.size, file.mtime_ns)
        if state and _is_as_it_was((state.size, state.mtime_ns), stamp):
            tally.unchanged += 1
        elif problem and (
            _is_as_it_was(problem[:2], stamp) or not _may_have_passed(problem, file, retrying=retrying)
        ):
            tally.problems.append(problem)
        else:
            due.append(file)
    return due


def _size(stored: int) -> int:
    return stored if stored >= 0 else UNRECOGNISED - stored


def _is_as_it_was(stored: tuple[int, int], stamp: tuple[int, int]) -> bool:
    """Whether a file has the size and the time that are stored of it, and there is no more to read in it."""
    if stored[0] > UNRECOGNISED:
        return stored == stamp
    from hubtui.ingest.ocr import engine  # deferred: few libraries have pictures of text

    return (_size(stored[0]), stored[1]) == stamp and not engine()


def _may_have_passed(problem: tuple[int, int, Problem], file: "SourceFile", *, retrying: bool) -> bool:
    """Whether a file is worth another try; one whose permissions are still wrong is not."""
    return problem[:2] != PASSING or (retrying and os.access(file.absolute, os.R_OK))
