"""What can be told of an index folder without changing it: its maker, size, age, and whether it is whole."""

import json
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from hubtui.core.i18n import _
from hubtui.index.engine import Field
from hubtui.index.store import CATALOGUE, FULL_TEXT, MARK, reason_to_rebuild
from hubtui.index.whoosh_engine import WhooshEngine
from hubtui.places import Gazetteer

_MANY = 2**31
_SAMPLE = 100
"""Of so many terms one is read: files are damaged in stretches, and reading all takes minutes."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index folder is like.

    Attributes:
        folder: Where it is.
        exists: Whether an index is there.
        size: Bytes of all its files.
        written: When it was last written, in seconds since 1970; 0 where there is none.
        versions: What made it: ``format``, ``segmenter``, ``sqlite``, ``places``.
        outdated: Why the next sync builds it anew, as a sentence, or ``""``.
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
    """Look at the index in ``folder``; one that this user's hubtui has not made is not opened."""
    if not (folder / MARK).exists() and not (folder / CATALOGUE).exists():
        return IndexState(folder)
    files = list(_files(folder))
    outdated = reason_to_rebuild(folder, gazetteer)
    return IndexState(
        folder,
        exists=True,
        size=sum(size for size, _ in files),
        written=max((written for _, written in files), default=0.0),
        versions=_versions(folder),
        outdated=outdated or "",
        faults=tuple(_faults(folder)) if outdated is None else (),
    )


def lock_holders(lock: Path) -> list[int] | None:
    """Give who holds a lock, as process numbers where the system tells; ``None`` where nobody does."""
    if not lock.exists():
        return None
    try:
        with FileLock(lock, timeout=0):
            return None
    except Timeout:
        return list(_holders(lock))
    except OSError:
        return None


def _files(folder: Path) -> Iterator[tuple[int, float]]:
    for name in (MARK, CATALOGUE, f"{CATALOGUE}-wal", FULL_TEXT):
        for path in (folder / name, *(folder / name).rglob("*")):
            with suppress(OSError):
                status = path.stat()
                if stat.S_ISREG(status.st_mode):
                    yield status.st_size, status.st_mtime


def _versions(folder: Path) -> Mapping[str, str]:
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return {str(name): str(version) for name, version in mark["versions"].items()}
    return {}


def _faults(folder: Path) -> Iterator[str]:
    """Check the catalogue, and that the full text has the passages that the catalogue has."""
    path = folder / CATALOGUE
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1.0)) as catalogue:
            (said,) = catalogue.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                yield _("The catalogue is damaged: {reason}.").format(reason=said)
            keys = {key for (key,) in catalogue.execute("SELECT key FROM passage")}
    except sqlite3.Error as error:
        yield _("The catalogue cannot be read: {error}.").format(error=error)
        return
    try:
        engine = WhooshEngine(folder / FULL_TEXT)
        try:
            reader = engine.reader()
            indexed = set(reader.keys[reader.live].tolist())
            for part in Field:
                for term in reader.terms(part, "", _MANY)[::_SAMPLE]:
                    reader.occurrences(part, term)
        finally:
            engine.close()
    except Exception as error:  # noqa: BLE001  # damaged pickles and pages raise whatever they like
        yield _("The full text cannot be read: {name}: {error}.").format(
            name=type(error).__name__, error=error
        )
        return
    if missing := len(keys - indexed):
        yield _("The full text lacks {number} of {total} passages.").format(number=missing, total=len(keys))


def _holders(lock: Path) -> Iterator[int]:
    """Give the processes that hold a lock, from Linux's list of locks (proc_locks(5))."""
    with suppress(OSError, ValueError, IndexError):
        inode = lock.stat().st_ino
        for line in Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines():
            words = line.split()
            if int(words[5].split(":")[2]) == inode and int(words[4]) > 0:
                yield int(words[4])
