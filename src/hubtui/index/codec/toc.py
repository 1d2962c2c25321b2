"""The table of contents: which segments, with which removed passages, make up the index.

It is a line of JSON with its own checksum. A commit writes segments and masks under fresh names, syncs
them to the disk, puts the new table in the old one's place, and only then unlinks what the table does
not name. So a crash at any moment leaves the state before the commit or the state after it, and at worst
files that the next commit unlinks: there is nothing to repair.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

from hubtui.core.errors import DamagedIndexError
from hubtui.core.i18n import _
from hubtui.index.codec.format import damaged

TOC = "toc.json"
SEGMENT = ".segment"
MASK = ".mask"
"""What an index folder holds: the table, and files with these endings."""

_FORMAT = 1
_DRAFT = ".draft"
_WINDOWS_TRIES, _WINDOWS_PAUSE = 20, 0.05  # there, a file cannot be replaced while another process reads it


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment, as the table names it.

    Attributes:
        name: Its file, without its ending.
        total: The sum of its file's header.
        passages: How many passages it was written with.
        removed: How many of them were removed since.
        mask: The file that says which, without its ending; ``""`` where none were.
        mask_total: The sum of that file's header.
        lengths: For each field, how many terms its passages have that were not removed.
    """

    name: str
    total: int
    passages: int
    removed: int
    mask: str
    mask_total: int
    lengths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Toc:
    """What one commit left.

    Attributes:
        generation: The commit's number; 0 before the first.
        segments: The segments, in the order of their slots.
    """

    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()

    def files(self) -> Iterator[str]:
        """Iterate over the names of the files that belong to it."""
        yield TOC
        for entry in self.segments:
            yield entry.name + SEGMENT
            if entry.mask:
                yield entry.mask + MASK


def read_bytes(folder: Path) -> bytes:
    """Return the table as it is stored, ``b""`` where there is none: what tells one commit from another.

    Neither times nor numbers of files are compared: clocks jump back and numbers are used again.
    """
    try:
        return (folder / TOC).read_bytes()
    except FileNotFoundError:
        return b""


def parse(folder: Path, data: bytes) -> Toc:
    """Understand a table that :func:`read_bytes` returned.

    Raises:
        DamagedIndexError: It is not what was written.
    """
    if not data:
        return Toc()
    try:
        stored = json.loads(data)
        content = stored["content"]
        if stored["sum"] != crc32(_canonical(content)) or content["format"] != _FORMAT:
            raise _broken(folder)
        return Toc(_number(content["generation"]), tuple(map(_entry, content["segments"])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(folder) from error


def replace(folder: Path, toc: Toc) -> None:
    """Put a new table in the old one's place; the files it names must be on the disk.

    Raises:
        OSError: It cannot be written; the old one is in place.
    """
    import secrets  # deferred: readers draw no numbers

    content = {
        "format": _FORMAT,
        "generation": toc.generation,
        "segments": [asdict(entry) for entry in toc.segments],
    }
    draft = folder / f"{secrets.token_hex(8)}{_DRAFT}"
    try:
        with draft.open("xb") as file:
            file.write(json.dumps({"sum": crc32(_canonical(content)), "content": content}).encode())
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(folder)  # the names of segments and masks, before the table names them
        _replace(draft, folder / TOC)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(folder)


def sweep(folder: Path) -> None:
    """Unlink files of former commits, and those of changes that came to nothing.

    Only the writer may call it. It goes by the table that is in place, whatever the writer believes: an
    interruption may have come right after the replacement. What cannot be unlinked (on Windows, a file that
    is mapped) waits for the next commit.
    """
    with suppress(OSError, DamagedIndexError):
        kept = set(parse(folder, read_bytes(folder)).files())
        for path in folder.iterdir():
            if path.suffix in (SEGMENT, MASK, _DRAFT) and path.name not in kept:
                with suppress(OSError):
                    path.unlink()


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _entry(stored: Mapping[str, object]) -> SegmentEntry:
    lengths = stored["lengths"]
    if not isinstance(lengths, dict):
        raise TypeError
    entry = SegmentEntry(
        name=_name(stored["name"]),
        total=_number(stored["total"]),
        passages=_number(stored["passages"]),
        removed=_number(stored["removed"]),
        mask=_name(stored["mask"]) if stored["mask"] != "" else "",
        mask_total=_number(stored["mask_total"]),
        lengths={str(field): _number(length) for field, length in lengths.items()},
    )
    if entry.removed > entry.passages or bool(entry.removed) != bool(entry.mask):
        raise ValueError
    return entry


def _name(value: object) -> str:
    """Check that a file's name is one: a table must not name files elsewhere."""
    if not isinstance(value, str) or len(value) != 16 or set(value) - set("0123456789abcdef"):
        raise ValueError
    return value


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _broken(folder: Path) -> DamagedIndexError:
    return damaged(folder / TOC, _("it is not what hubtui wrote"))


def _replace(draft: Path, target: Path) -> None:
    for _attempt in range(_WINDOWS_TRIES if os.name == "nt" else 0):
        with suppress(PermissionError):
            draft.replace(target)
            return
        time.sleep(_WINDOWS_PAUSE)
    draft.replace(target)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk; Windows does so by itself, and cannot be told to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
