"""An index folder: the catalogue and the engine together, opened only when this user's hubtui made it.

Whoosh keeps pickles, and unpickling a stranger's file runs the stranger's code. A folder is therefore
marked with a signature under a secret in the user's state folder; a folder without the right mark, or
one that another version made, is emptied and built anew from the sources.
"""

import hashlib
import hmac
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from hubtui.core.errors import IndexBusyError, IndexingError
from hubtui.core.i18n import _
from hubtui.core.paths import state_folder
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Engine
from hubtui.index.whoosh_engine import WhooshEngine
from hubtui.places import Gazetteer
from hubtui.text.segment import SEGMENTER

FORMAT = 7
"""Raised whenever the catalogue, the engine's fields or the making of passages change."""

MARK = "made-by.json"
CATALOGUE = "catalogue.sqlite"
FULL_TEXT = "fulltext"
LOCK = "lock"
"""What an index folder holds."""

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Store:
    """An opened index folder.

    Attributes:
        folder: Where it is.
        catalogue: Sources, passages and mentions.
        engine: The full text.
        notes: What was repaired on opening, as sentences.
        made: Identifies this making of the index.
        gazetteer: What its place ids mean, and what its mentions were found with.
    """

    folder: Path
    catalogue: Catalogue
    engine: Engine
    notes: tuple[str, ...]
    made: int
    gazetteer: Gazetteer

    def is_current(self) -> bool:
        """Whether the folder still holds what was opened: not deleted and not built anew since."""
        return _made(self.folder) == self.made

    def discard(self) -> None:
        """Close a damaged index and have it built anew when it is opened again."""
        self.close()
        (self.folder / MARK).unlink(missing_ok=True)

    @contextmanager
    def syncing(self) -> Iterator[None]:
        """Be the one process that changes this index.

        Raises:
            IndexingError: Another process is, or the disk is full, or does not let itself be written.
        """
        try:
            with FileLock(self.folder / LOCK, timeout=0):
                yield
        except Timeout as error:
            raise _busy() from error
        except (OSError, sqlite3.OperationalError) as error:
            raise _unusable(self.folder, error) from error

    def close(self) -> None:
        """Let go of all files."""
        self.catalogue.close()
        self.engine.close()


def open_store(folder: Path, gazetteer: Gazetteer, *, rebuild: bool = False) -> Store:
    """Open the index in ``folder``; create it, or build it anew, where that is due.

    Args:
        folder: Created where it is missing.
        gazetteer: What place ids mean.
        rebuild: Start from nothing in any case.

    Raises:
        IndexingError: ``folder`` cannot be written, or another hubtui is at work in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not rebuild and reason_to_rebuild(folder, gazetteer) is None:
            try:
                return _open(folder, gazetteer, "")
            except Exception:  # noqa: BLE001  # damaged pickles and pages raise whatever they like
                (folder / MARK).unlink(missing_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            reason = reason_to_rebuild(folder, gazetteer)
            _empty(folder)
            return _open(folder, gazetteer, f"{reason} {_('It has been built anew.')}" if reason else "")
    except Timeout as error:
        raise _busy() from error
    except OSError as error:
        raise _unusable(folder, error) from error


def _open(folder: Path, gazetteer: Gazetteer, note: str) -> Store:
    _mark(folder, gazetteer)
    catalogue = Catalogue(folder / CATALOGUE, gazetteer)
    try:
        engine = WhooshEngine(folder / FULL_TEXT)
        engine.reader()
    except BaseException:
        catalogue.close()
        raise
    return Store(folder, catalogue, engine, (note,) if note else (), _made(folder), gazetteer)


def reason_to_rebuild(folder: Path, gazetteer: Gazetteer) -> str | None:
    """Say why the index in ``folder`` must not be opened; ``None`` when it may, ``""`` when there is none."""
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        versions, signature = mark["versions"], mark["signature"]
    except FileNotFoundError:
        left = [name for name in (CATALOGUE, FULL_TEXT) if (folder / name).exists()]
        return _("The index was not complete.") if left else ""
    except (OSError, ValueError, TypeError, KeyError):
        return _("The index was damaged.")
    if not hmac.compare_digest(str(signature), _signature(folder, versions)):
        return _("The index was made by someone else, or elsewhere.")
    wanted = _versions(gazetteer)
    if versions == wanted:
        return None
    if versions == {**wanted, "places": versions.get("places")}:
        return _("The index was made with other places and names.")
    return _("The index was made by another version of hubtui.")


def _busy() -> IndexBusyError:
    return IndexBusyError(
        _("Another hubtui is indexing this library."), _("Its result appears here when it has finished.")
    )


def _unusable(folder: Path, error: OSError | sqlite3.OperationalError) -> IndexingError:
    reason = getattr(error, "strerror", None) or error
    return IndexingError(
        _("The index in {folder} cannot be written: {reason}.").format(folder=folder, reason=reason),
        _("Free space on the disk, or correct the folder's permissions."),
    )


def _mark(folder: Path, gazetteer: Gazetteer) -> None:
    target = folder / MARK
    if target.exists():
        return
    versions = _versions(gazetteer)
    mark = {"versions": versions, "signature": _signature(folder, versions)}
    draft = folder / f"{MARK}.{os.getpid()}"
    draft.write_text(json.dumps(mark, indent=1), encoding="utf-8")
    draft.replace(target)


def _made(folder: Path) -> int:
    """Give a number that is another one when the index was made anew, and 0 when there is none."""
    try:
        return (folder / MARK).stat().st_mtime_ns
    except OSError:
        return 0


def _versions(gazetteer: Gazetteer) -> dict[str, str]:
    return {
        "format": str(FORMAT),
        "segmenter": SEGMENTER,
        "sqlite": sqlite3.sqlite_version.split(".")[0],
        "places": gazetteer.version,
    }


def _signature(folder: Path, versions: object) -> str:
    signed = json.dumps([os.fsdecode(folder.resolve()), versions], sort_keys=True)
    return hmac.new(_secret(), signed.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def _secret() -> bytes:
    path = state_folder() / "index-secret"
    with suppress(OSError):
        known = path.read_bytes()
        if len(known) == _SECRET_BYTES:
            return known
    fresh = secrets.token_bytes(_SECRET_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(fresh)
    draft.replace(path)
    return fresh


def _empty(folder: Path) -> None:
    """Remove what hubtui keeps in an index folder, and nothing else."""
    (folder / MARK).unlink(missing_ok=True)
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{CATALOGUE}{suffix}").unlink(missing_ok=True)
    if (folder / FULL_TEXT).exists():
        shutil.rmtree(folder / FULL_TEXT)
