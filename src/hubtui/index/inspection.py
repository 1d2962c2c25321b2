"""What can be told of an index folder without changing it: its maker, size, age, and whether it is whole."""

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from hubtui.core.errors import DamagedIndexError
from hubtui.core.files import FULL_TEXT, LockHeldError, file_status, holding
from hubtui.core.i18n import _
from hubtui.index.catalog import Catalog
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.store import CATALOG, MARK, made_with, reason_to_rebuild
from hubtui.places import Gazetteer


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index folder is like.

    Attributes:
        folder: Where it is.
        exists: Whether an index is there.
        size: Bytes of all its files.
        written: When it was last written, in seconds since 1970; 0 where there is none.
        versions: What made it: ``format``, ``segmenter``, ``sqlite``, ``places``.
        outdated: Why the next sync rebuilds it, as a sentence, or ``""``.
        faults: What is wrong inside, as sentences.
    """

    folder: Path
    exists: bool = False
    size: int = 0
    written: float = 0.0
    versions: Mapping[str, str] = field(default_factory=dict)
    outdated: str = ""
    faults: tuple[str, ...] = ()


def inspect_index(folder: Path, gazetteer: Gazetteer) -> IndexState:
    """Look at the index in ``folder``, all of it; one of another version is not opened."""
    if not any(os.path.lexists(folder / name) for name in (MARK, CATALOG)):
        return IndexState(folder)
    files = list(_files(folder))
    outdated = reason_to_rebuild(folder, gazetteer)
    return IndexState(
        folder,
        exists=True,
        size=sum(size for size, _ in files),
        written=max((written for _, written in files), default=0.0),
        versions=made_with(folder),
        outdated=outdated or "",
        faults=tuple(_faults(folder, gazetteer)) if outdated is None else (),
    )


def lock_holders(lock: Path) -> list[int] | None:
    """Return who holds a lock, as process numbers where the system tells; ``None`` where nobody does."""
    try:
        if file_status(lock) is None:
            return None
        with holding(lock):
            return None
    except LockHeldError:
        return list(_holders(lock))
    except OSError:
        return None


def _files(folder: Path) -> Iterator[tuple[int, float]]:
    for name in (MARK, CATALOG, f"{CATALOG}-wal", FULL_TEXT):
        for path in (folder / name, *(folder / name).glob("*")):
            with suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode):
                    yield status.st_size, status.st_mtime


def _faults(folder: Path, gazetteer: Gazetteer) -> Iterator[str]:
    """Read everything that is stored, and compare what the catalog and the full text have."""
    try:
        with closing(Catalog(folder / CATALOG, gazetteer, writable=False)) as catalog:
            if fault := catalog.check():
                yield _("The catalogue is damaged: {reason}.").format(reason=fault)
            keys = catalog.all_keys()
            generation = catalog.generation
    except (sqlite3.Error, DamagedIndexError) as error:
        yield error.message if isinstance(error, DamagedIndexError) else str(error)
        return
    engine = ArrayEngine(folder / FULL_TEXT)
    try:
        engine.check()
        reader = engine.reader()
        indexed = set(reader.keys[reader.live].tolist())
    except (OSError, DamagedIndexError) as error:
        yield error.message if isinstance(error, DamagedIndexError) else str(error)
        return
    finally:
        engine.close()
    if missing := len(keys - indexed):
        yield _("The full text lacks {number} of {total} passages.").format(number=missing, total=len(keys))
    elif reader.generation != generation:
        yield _("The full text does not fit the catalogue.")


def _holders(lock: Path) -> Iterator[int]:
    """Return the processes that hold a lock, from Linux's list of locks (proc_locks(5))."""
    with suppress(OSError, ValueError, IndexError):
        inode = lock.stat().st_ino
        for line in Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines():
            words = line.split()
            if int(words[5].split(":")[2]) == inode and int(words[4]) > 0:
                yield int(words[4])
