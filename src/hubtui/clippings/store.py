"""The file that keeps a library's clippings: one hubtui writes at a time, and what was confirmed stays.

A clipping is confirmed when :meth:`ClippingFile.append` returns: it is then on the disk. A process that is
killed while it writes leaves at most a torn last line, which the next one sets aside.
"""

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from hubtui.clippings.jsonl import (
    DAMAGED,
    FileContent,
    StoredClippings,
    StoredLine,
    collect_clippings,
    encode,
    is_clipping,
    read_content,
)
from hubtui.clippings.model import Clipping, ClippingError, UnknownClippingError, unknown_clipping
from hubtui.core.files import (
    PATIENCE,
    LockHeldError,
    RefusedFileError,
    file_status,
    holding,
    make_folder,
    open_file,
    read_file,
    write_atomically,
)
from hubtui.core.i18n import _

_REMOVED = "clippings.removed.jsonl"
"""Beside the lock: the lines that were removed, the latest last, so that they can be restored."""


class ClippingFile:
    """The clippings of one library on disk. Safe to use from several threads and processes.

    Attributes:
        path: Where they are kept.
    """

    def __init__(self, path: Path, lock: Path) -> None:
        """Keep clippings at ``path``; ``lock`` is a file that whoever writes holds."""
        self.path = path
        self._lock = lock
        self._removed = lock.with_name(_REMOVED)
        self._damaged = path.with_name(DAMAGED)
        self._known: tuple[object, StoredClippings] | None = None

    def load(self) -> StoredClippings:
        """Read the clippings; lines that cannot be used are named and otherwise left alone.

        Raises:
            ClippingError: The file cannot be read.
        """
        try:
            found = file_state(self.path), file_state(self._damaged)
            known = self._known
            if known is None or known[0] != found:
                aside = read_content(self._damaged)
                known = found, collect_clippings(self._settled(), len(aside.entries) + len(aside.damage))
                self._known = known
        except OSError as error:
            raise store_error(self.path, error) from error
        return known[1]

    def append(self, clipping: Clipping) -> None:
        """Append a clipping; when this returns it is on the disk.

        Raises:
            ClippingError: It cannot be kept; the file holds what it held.
        """
        line = encode(clipping).encode() + b"\n"
        with self._writing():
            make_folder(self.path.parent)
            with _open_to_append(self.path) as file:
                torn = unfinished_line(file)
                if torn and not is_clipping(torn):
                    add_lines(self._damaged, [torn])
                    file.truncate(file.seek(0, os.SEEK_END) - len(torn))
                    torn = b""
                append_bytes(file, b"\n" + line if torn else line)

    def change(self, id_: str, change: Callable[[Clipping], Clipping]) -> Clipping:
        """Replace the clipping with this id by what ``change`` makes of it, and return that.

        Raises:
            UnknownClippingError: There is none.
            ClippingError: The file cannot be written; it is as it was.
        """
        with self._writing():
            content = read_content(self.path)
            old = _named([id_], content.entries)[-1]
            new = change(old.clipping)
            lines = (encode(new).encode() if entry is old else entry.raw for entry in content.entries)
            self._store(content, lines)
        return new

    def remove(self, ids: Collection[str]) -> tuple[Clipping, ...]:
        """Remove clippings from the file and return them; :meth:`restore` puts them back.

        Raises:
            UnknownClippingError: There is none with one of these ids; nothing is removed.
            ClippingError: The file cannot be written; it is as it was.
        """
        with self._writing():
            content = read_content(self.path)
            gone = _named(ids, content.entries)
            add_lines(self._removed, [entry.raw for entry in gone])
            self._store(content, (entry.raw for entry in content.entries if entry.clipping.id not in ids))
        return tuple({entry.clipping.id: entry.clipping for entry in gone}.values())

    def restore(self, ids: Collection[str] = ()) -> tuple[Clipping, ...]:
        """Put removed clippings back in place, by default the one removed last, and return them.

        Raises:
            UnknownClippingError: None with one of these ids was removed.
            ClippingError: The file cannot be written; it is as it was.
        """
        with self._writing():
            content, removed = read_content(self.path), read_content(self._removed).entries
            if not removed:
                raise UnknownClippingError(_("No clipping was removed."))
            wanted = ids or [removed[-1].clipping.id]
            back = {entry.clipping.id: entry for entry in _named(wanted, removed)}
            present = {entry.clipping.id for entry in content.entries}
            for id_, entry in back.items():
                if id_ not in present:
                    content.entries.insert(_position(content.entries, entry), entry)
            self._store(content, (entry.raw for entry in content.entries))
            left = (entry.raw for entry in removed if entry.clipping.id not in back)
            write_atomically(self._removed, _text(left))
        return tuple(entry.clipping for entry in back.values())

    def _store(self, content: FileContent, lines: Iterable[bytes]) -> None:
        """Replace the file's lines, after its damaged ones have been set aside."""
        add_lines(self._damaged, [line.raw for line in content.damage])
        write_atomically(self.path, _text(lines))

    def _settled(self) -> FileContent:
        """Read the file; where its last line is torn, when nobody is writing it any more."""
        content = read_content(self.path)
        if content.torn:
            with suppress(ClippingError), self._writing():
                return read_content(self.path)
        return content

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock for writing.

        Raises:
            ClippingError: Somebody else is, for too long; or the file cannot be written.
        """
        try:
            with holding(self._lock, self.path, self._removed, patience=PATIENCE):
                refuse_unwritable(self.path)
                yield
        except LockHeldError as error:
            raise ClippingError(
                _("Another hubtui process has been writing {path} for too long.").format(path=self.path),
                _("Try again; if that does not help, find the process that hangs, and end it."),
            ) from error
        except OSError as error:
            raise store_error(self.path, error) from error


def _named(ids: Collection[str], entries: Sequence[StoredLine]) -> list[StoredLine]:
    """Return the lines of clippings with these ids.

    Raises:
        UnknownClippingError: There is none with one of them.
    """
    known = {entry.clipping.id for entry in entries}
    for id_ in ids:
        if id_ not in known:
            raise unknown_clipping(id_, known)
    return [entry for entry in entries if entry.clipping.id in ids]


def _position(entries: Sequence[StoredLine], entry: StoredLine) -> int:
    """Return the index at which a clipping belongs by its time."""
    later = (at for at, other in enumerate(entries) if other.clipping.made > entry.clipping.made)
    return next(later, len(entries))


def _text(lines: Iterable[bytes]) -> str:
    return "".join(f"{line.decode()}\n" for line in lines)


_BLOCK = 65536


def append_bytes(file: FileIO, data: bytes) -> None:
    """Write ``data`` at the end of an unbuffered file and wait until it is on the disk.

    Raises:
        OSError: It cannot be written; the file ends where it did.
    """
    end = file.seek(0, os.SEEK_END)
    try:
        while data:
            data = data[file.write(data) :]
        os.fsync(file.fileno())
    except OSError:
        file.truncate(end)
        raise


def _open_to_append(path: Path) -> FileIO:
    """Open a file to read it and write at its end; one that has other names too becomes a file of its own."""
    status = file_status(path)
    if status is not None and status.st_nlink > 1:
        write_atomically(path, read_file(path))
    return FileIO(open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT), "ab+")


def add_lines(path: Path, lines: Sequence[bytes]) -> None:
    """Write lines at the end of a file, on a line of their own in any case.

    Raises:
        OSError: They cannot be written; the file ends where it did.
    """
    if not lines:
        return
    with _open_to_append(path) as file:
        start = b"\n" if unfinished_line(file) else b""
        append_bytes(file, start + b"".join(line + b"\n" for line in lines))


def unfinished_line(file: FileIO) -> bytes:
    """Return what stands after the last line feed of a file."""
    start = file.seek(0, os.SEEK_END)
    tail = b""
    while start and b"\n" not in tail:
        size = min(_BLOCK, start)
        start = file.seek(start - size)
        block = b""
        while len(block) < size:
            block += file.read(size - len(block)) or b""
        tail = block + tail
    return tail.rpartition(b"\n")[2]


def file_state(path: Path) -> object:
    """Return a value that differs when the file has changed.

    Raises:
        OSError: There is something else than a file, or it may not be looked at.
    """
    found = file_status(path)
    return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)


def refuse_unwritable(path: Path) -> None:
    """Raise an error if there is something at ``path`` that is no writable file.

    Raises:
        OSError: There is something else than a file; or the file is read-only, though its folder may let it
            be replaced.
    """
    if file_state(path) is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def store_error(path: Path, error: OSError) -> ClippingError:
    """Return the error that says why a file cannot be read or written, and what to do about it."""
    remedies = {
        errno.ENOSPC: _("Free space on the disk and try again; what was kept before is still there."),
        errno.EACCES: _("It is read-only: change its permissions or its folder's, and try again."),
    }
    if isinstance(error, RefusedFileError):
        return ClippingError(f"{error.filename}: {error}.", error.remedy)
    alike = {errno.EDQUOT: errno.ENOSPC, errno.EPERM: errno.EACCES, errno.EROFS: errno.EACCES}
    code = error.errno or 0
    return ClippingError(
        _("{path}: {reason}.").format(path=error.filename or path, reason=error.strerror or error),
        remedies.get(alike.get(code, code), _("Check the file and its folder, and try again.")),
    )
