"""Lines on the disk: appended whole or not at all, and what keeps them from it told as errors."""

import errno
import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from hubtui.clippings.clipping import ClippingError
from hubtui.i18n import _

_BLOCK = 65536


def extend(file: FileIO, data: bytes) -> None:
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


def add_lines(path: Path, lines: Sequence[bytes]) -> None:
    """Write lines at the end of a file, on a line of their own in any case.

    Raises:
        OSError: They cannot be written; the file ends where it did.
    """
    if not lines:
        return
    with path.open("ab+", buffering=0) as file:
        start = b"\n" if torn_end(file) else b""
        extend(file, start + b"".join(line + b"\n" for line in lines))


def torn_end(file: FileIO) -> bytes:
    """Give what stands after the last line feed of a file."""
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


def state(path: Path) -> object:
    """Give a value that is another one when the file has changed.

    Raises:
        ClippingError: There is something else than a file.
        OSError: It may not be looked at.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if not path.is_file():
        raise ClippingError(
            _("{path} is not a file.").format(path=path), _("Move it away: hubtui keeps clippings there.")
        )
    return found.st_ino, found.st_size, found.st_mtime_ns


def refuse_unwritable(path: Path) -> None:
    """Make sure that what stands at ``path`` is a file that may be written, or nothing.

    Raises:
        ClippingError: There is something else than a file.
        OSError: The file is read-only, though its folder may let it be replaced.
    """
    if state(path) is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def trouble(path: Path, error: OSError) -> ClippingError:
    """Give the error that tells the user why a file cannot be read or written, and what to do."""
    remedies = {
        errno.ENOSPC: _("Free space on the disk and try again; what was kept before is still there."),
        errno.EACCES: _("It is read-only: change its permissions or its folder's, and try again."),
    }
    alike = {errno.EDQUOT: errno.ENOSPC, errno.EPERM: errno.EACCES, errno.EROFS: errno.EACCES}
    code = error.errno or 0
    return ClippingError(
        _("{path}: {reason}.").format(path=error.filename or path, reason=error.strerror or error),
        remedies.get(alike.get(code, code), _("Check the file and its folder, and try again.")),
    )
