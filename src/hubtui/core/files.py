"""The one door to hubtui's own files: they are opened, written, locked and removed here. The user's folders.

Libraries are sent by others, and an archive may hold links, pipes and devices. So what hubtui keeps is
opened here without following a link, neither at the file nor at the folders in which hubtui keeps files, and
only if it is a plain file. Above these folders links are the user's own business: the library's folder is
resolved when it is opened, and the folders for settings, states and caches may be links.
"""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from platformdirs import PlatformDirs

from hubtui.core.i18n import _

SEEDS = "seeds"
INDEX = "index"
FULL_TEXT = "fulltext"
"""The folder of the engine's files, in an index folder."""
MEANING = "meaning"
"""The folder of what passages mean as numbers, in an index folder."""

_PLATFORM = PlatformDirs("hubtui", appauthor=False)


def cache_folder() -> Path:
    """The user's cache folder for hubtui: derived things, safe to delete."""
    return Path(_PLATFORM.user_cache_dir)


def data_folder() -> Path:
    """The user's data folder for hubtui: what cannot be made again."""
    return Path(_PLATFORM.user_data_dir)


def config_folder() -> Path:
    """The user's configuration folder for hubtui: their own settings."""
    return Path(_PLATFORM.user_config_dir)


def state_folder() -> Path:
    """The user's state folder for hubtui: logs, histories, notes of the indexes that their hubtui wrote."""
    return Path(_PLATFORM.user_state_dir)


class RefusedFileError(OSError):
    """Something else than a file of hubtui's own stands where one is kept: a link, a folder, a device.

    Attributes:
        remedy: What the user can do about it, as a sentence.
    """

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(errno.ELOOP, reason, str(path))
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the reason alone: who shows it names the file."""
        return str(self.strerror)


def remedy_of(error: BaseException, otherwise: str) -> str:
    """Return the remedy that an error brings along, or another one."""
    return error.remedy if isinstance(error, RefusedFileError) else otherwise


_INNER = frozenset({SEEDS, INDEX, FULL_TEXT, MEANING})
"""Folders of a library in which hubtui keeps files."""
_UNFOLLOWED = getattr(os, "O_NOFOLLOW", 0)
_SAFELY = (
    _UNFOLLOWED | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_WALKS = bool(_UNFOLLOWED) and {os.open, os.stat, os.unlink, os.mkdir, os.rename} <= os.supports_dir_fd


@contextmanager
def _at(path: Path) -> Iterator[tuple[str, int | None]]:
    """Yield the name of ``path`` and an open folder that it is relative to, if any: no link is on the way.

    Raises:
        RefusedFileError: A folder that hubtui keeps files in is a link, or no folder.
        FileNotFoundError: It is missing.
    """
    base, inner = path.parent, []
    while base.name in _INNER:
        inner.append(base.name)
        base = base.parent
    if not inner or not _WALKS:
        for name in reversed(inner):
            base /= name
            _require_folder(base, os.lstat(base).st_mode)
        yield str(path), None
        return
    handle = os.open(base, os.O_RDONLY | _FOLDER)
    try:
        for name in reversed(inner):
            base /= name
            _require_folder(base, os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode)
            above, handle = handle, os.open(name, os.O_RDONLY | _FOLDER | _UNFOLLOWED, dir_fd=handle)
            os.close(above)
        yield path.name, handle
    finally:
        os.close(handle)


def _require_folder(path: Path, mode: int) -> None:
    if not stat.S_ISDIR(mode):
        raise _refused(path, mode)


def _refused(path: Path, mode: int) -> RefusedFileError:
    if stat.S_ISLNK(mode):
        return RefusedFileError(
            path,
            _("it is a link, and hubtui follows none there"),
            _("Remove the link {path}, or put what it leads to in its place.").format(path=path),
        )
    reason = _("it is a folder, not a file") if stat.S_ISDIR(mode) else _("it is not a file")
    return RefusedFileError(path, reason, _("Move it away: hubtui keeps a file of its own there."))


def _status(path: Path, name: str, folder: int | None) -> os.stat_result | None:
    """Return what stands at a place, which must be a plain file; ``None`` for nothing."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, found.st_mode)
    return found


def file_status(path: Path) -> os.stat_result | None:
    """Return the status of one of hubtui's own files, ``None`` where there is none.

    Raises:
        RefusedFileError: It is a link, a folder or a device.
        OSError: It may not be looked at.
    """
    try:
        with _at(path) as (name, folder):
            return _status(path, name, folder)
    except FileNotFoundError:
        return None


def open_file(path: Path, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """Open one of hubtui's own files and return its descriptor.

    A file to write that has other names too (hard links) is refused: they may be outside of the library.

    Args:
        path: The file.
        flags: As for :func:`os.open`.
        mode: The permissions of a file that is made, before the umask.

    Raises:
        RefusedFileError: It is a link, a folder or a device.
        OSError: It cannot be opened.
    """
    with _at(path) as (name, folder):
        try:
            if _status(path, name, folder) is None and not flags & os.O_CREAT:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            handle = os.open(name, flags | _SAFELY, mode, dir_fd=folder)
        except RefusedFileError:
            raise
        except OSError as error:
            error.filename = str(path)
            raise
    try:
        _require_file(path, os.fstat(handle), writing=bool(flags & (os.O_WRONLY | os.O_RDWR)))
    except BaseException:
        os.close(handle)
        raise
    return handle


def _require_file(path: Path, found: os.stat_result, *, writing: bool) -> None:
    """Look at what was opened, whatever came between."""
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, found.st_mode)
    if writing and found.st_nlink > 1 and found.st_size:
        reason = _("it has other names too (hard links)")
        raise RefusedFileError(path, reason, _("Copy it, and put the copy in its place."))


def read_file(path: Path) -> bytes:
    """Return what one of hubtui's own files holds.

    Raises:
        RefusedFileError: It is a link, a folder or a device.
        OSError: It cannot be read, or is missing.
    """
    with os.fdopen(open_file(path), "rb") as file:
        return file.read()


def open_new(path: Path) -> BinaryIO:
    """Make a file, which must not be there yet, and open it for writing."""
    return os.fdopen(open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb")


def write_atomically(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Replace a file's content in one step, on the disk before its name is; its permissions stay.

    Args:
        path: The file.
        content: What it is to hold.
        mode: The permissions of a file that was not there.

    Raises:
        RefusedFileError: There is a link, a folder or a device.
        OSError: It cannot be written; it is as it was.
    """
    import secrets  # deferred: most commands write no such file

    data = content.encode() if isinstance(content, str) else content
    with _at(path) as (name, folder):
        known = _status(path, name, folder)
        draft = str(Path(name).with_name(f".{path.name}.{secrets.token_hex(8)}{_DRAFT}"))
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, 0o600, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                if hasattr(os, "fchmod"):
                    os.fchmod(stream.fileno(), stat.S_IMODE(known.st_mode) if known else mode)
                os.fsync(stream.fileno())
            os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft, dir_fd=folder)
            raise
    with suppress(OSError):  # it is written: what goes wrong from here on cannot undo that
        sync_folder(path.parent)


_DRAFT = ".tmp"


def remove_drafts(path: Path) -> None:
    """Remove what writing a file left behind when it was killed; only who holds the file's lock may."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{16}}{re.escape(_DRAFT)}")
    with suppress(OSError):
        for other in path.parent.iterdir():
            if pattern.fullmatch(other.name):
                remove_file(other)


def remove_file(path: Path) -> None:
    """Remove one of hubtui's own files, or a link in its place, never what that leads to; or nothing."""
    with suppress(FileNotFoundError), _at(path) as (name, folder):
        os.unlink(name, dir_fd=folder)


def rename_file(path: Path, target: Path) -> None:
    """Put one of hubtui's own files in the place of another in the same folder, in one step."""
    with _at(path) as (name, folder):
        os.replace(name, Path(name).with_name(target.name), src_dir_fd=folder, dst_dir_fd=folder)


def remove_folder(path: Path) -> None:
    """Remove a folder of hubtui's own with all that is in it, or what is in its place; follow nothing."""
    import shutil  # deferred: it is for a new beginning

    with suppress(FileNotFoundError), _at(path) as (name, folder):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            shutil.rmtree(name, dir_fd=folder)
        else:
            os.unlink(name, dir_fd=folder)


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder in which hubtui keeps files, and those above it, where they are missing.

    Raises:
        RefusedFileError: There is a link or something else, where hubtui does not follow one.
        OSError: It cannot be made.
    """
    if path.name not in _INNER:
        path.mkdir(mode, parents=True, exist_ok=True)
        return
    base = next(folder for folder in path.parents if folder.name not in _INNER)
    base.mkdir(parents=True, exist_ok=True)
    for folder in (*reversed([one for one in path.parents if one.is_relative_to(base)][:-1]), path):
        with _at(folder) as (name, above):
            with suppress(FileExistsError):
                os.mkdir(name, mode, dir_fd=above)
            _require_folder(folder, os.stat(name, dir_fd=above, follow_symlinks=False).st_mode)


def sync_folder(path: Path) -> None:
    """Have the names in a folder written to the disk; Windows does so by itself, and cannot be told to."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY | _FOLDER)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class LockHeldError(OSError):
    """Another process, or another part of this one, holds a lock."""


class Lock:
    """A file that is locked by whoever writes something; the system frees it when its holder ends."""

    def __init__(self, path: Path) -> None:
        """Use the file at ``path``; it is made where it is missing, and stays."""
        self.path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds it."""
        return self._handle is not None

    def acquire(self, patience: float = 0) -> None:
        """Get hold of it, within ``patience`` seconds.

        Raises:
            LockHeldError: Somebody else holds it.
            RefusedFileError: A link or a device is in its place.
            OSError: It cannot be opened.
        """
        make_folder(self.path.parent)
        handle = open_file(self.path, os.O_RDWR | os.O_CREAT)
        try:
            end = time.monotonic() + patience
            while not _try_to_lock(handle):
                if time.monotonic() >= end:
                    raise LockHeldError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(self.path))  # noqa: TRY301  # it is closed below
                time.sleep(_POLL)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        """Let go of it, if it is held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _try_to_lock(handle: int) -> bool:
    """Lock an open file, if nobody holds it; the lock goes with the descriptor."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


@contextmanager
def holding(lock: Path, *files: Path, patience: float = 0) -> Iterator[None]:
    """Hold the lock at ``lock``, and remove what killed writers of ``files`` have left behind.

    Args:
        lock: As for :class:`Lock`.
        files: What only its holders write.
        patience: Seconds to wait for another holder.

    Raises:
        LockHeldError: Another holds it for longer.
        RefusedFileError: A link or a device is in its place.
        OSError: It cannot be opened.
    """
    held = Lock(lock)
    held.acquire(patience)
    try:
        for file in files:
            remove_drafts(file)
        yield
    finally:
        held.release()


_POLL = 0.005
"""Seconds between two attempts to get a lock: a change takes about as long."""
PATIENCE = 15.0
"""Seconds to wait for others that change a file of the user's; each of them takes some milliseconds."""
