"""The formats of the index's files: named arrays, checked block by block, and the table of contents.

A file is::

    magic         8 bytes
    header size   u32, little-endian
    header sum    u32, CRC-32 of the header
    header        JSON: kind, size of the whole file, facts, and a table of parts
    parts         arrays of little-endian numbers, each at a multiple of 64 bytes

The table of parts gives each part's type, its place and length, and the CRC-32 of each of its blocks. Whoever
knows the header's sum therefore knows the whole content, and whoever reads a stretch of an array checks the
blocks it lies in and no others, once: checking costs in proportion to what is read.

Nothing in a file is ever executed. Files are written under fresh names and never changed, so a map stays
as it was when it was opened; on POSIX it also outlives the deletion of its file.

The table of contents says which segments, with which removed passages, make up the index. It is a line of
JSON with its own checksum. A commit writes segments and masks under fresh names and a new table beside the
old one, syncs them to the disk, puts the new table in the old one's place, and only then unlinks what the
table does not name. So a crash at any moment leaves the state before the commit or the state after it, and at
worst files that the next commit unlinks: there is nothing to repair. The catalog commits when the new table
is written and not yet in place, and that decides: whoever opens the index next puts its table in place.
"""

import json
import mmap
import os
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from hubtui.core.errors import DamagedIndexError
from hubtui.core.files import (
    RefusedFileError,
    open_file,
    open_new,
    read_file,
    remove_file,
    rename_file,
    sync_folder,
)
from hubtui.core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

# NumPy is imported where arrays are made: who only looks whether a file is whole needs none.

MAGIC = b"hubtui\x002"
"""What a file begins with; the last byte is the version of the format."""

BLOCK = 1 << 16
"""Bytes that share a checksum."""

_ALIGNED = 64
_PREFIX = struct.Struct("<8sII")
_LONGEST_HEADER = 1 << 24
_TYPES = {"|u1": 1, "<u2": 2, "<u4": 4, "<i8": 8}
"""NumPy's names of the types of arrays, with the bytes that a number takes."""

Facts = Mapping[str, int]


def damaged(path: Path, reason: str) -> DamagedIndexError:
    """Make the error for a file that hubtui cannot have written."""
    return DamagedIndexError(
        _("The full text is damaged: {file}: {reason}.").format(file=path.name, reason=reason),
        _("Rebuild it with: hubtui index"),
    )


def write_file(path: Path, kind: str, facts: Facts, parts: "Mapping[str, NDArray[Any]]") -> int:
    """Write a new file and sync it to the disk; return its header's sum.

    Args:
        path: Where; nothing may be there yet.
        kind: What the file is.
        facts: Numbers that are kept in the header.
        parts: The arrays, by name.

    Raises:
        OSError: It cannot be written; nothing is left at ``path``.
    """
    arrays = {name: _little_endian(array) for name, array in parts.items()}
    table = {}
    at = 0
    for name, array in arrays.items():
        data = array.data.cast("B") if array.size else memoryview(b"")
        sums = [crc32(data[start : start + BLOCK]) for start in range(0, len(data), BLOCK)]
        table[name] = {"type": array.dtype.str, "at": at, "length": len(array), "sums": sums}
        at = _aligned(at + len(data))
    header = json.dumps({"kind": kind, "facts": facts, "parts": table, "data": at}).encode()
    total = crc32(header)
    try:
        with open_new(path) as file:
            file.write(_PREFIX.pack(MAGIC, len(header), total))
            file.write(header)
            file.write(bytes(_aligned(file.tell()) - file.tell()))
            for array in arrays.values():
                file.write(array.data)
                file.write(bytes(_aligned(file.tell()) - file.tell()))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            remove_file(path)
        raise
    return total


def _little_endian(array: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


@dataclass(frozen=True, slots=True)
class _Described:
    """A part as the header describes it."""

    type: str
    at: int
    length: int
    sums: list[int]

    @property
    def size(self) -> int:
        return self.length * _TYPES[self.type]


class Part:
    """One array of a mapped file."""

    def __init__(self, file: "MappedFile", array: "NDArray[Any]", sums: list[int]) -> None:
        """Use :meth:`MappedFile.part`."""
        self._file = file
        self._array = array
        self._bytes = array.data.cast("B") if len(array) else memoryview(b"")
        self._sums = sums
        self._checked = bytearray(len(sums))

    def __len__(self) -> int:
        return len(self._array)

    def take(self, start: int, end: int) -> "NDArray[Any]":
        """Return the values from ``start`` to before ``end``, as a view of the map.

        Who reads a file that was opened some time ago calls :meth:`MappedFile.check_size` before.

        Raises:
            DamagedIndexError: They are not what was written.
        """
        if start >= end:
            return self._array[:0]
        width = self._array.itemsize
        first, last = start * width // BLOCK, (end * width - 1) // BLOCK
        checked = self._checked
        if end > len(self._array) or start < 0:
            raise damaged(self._file.path, _("a place outside of the file"))
        if not (checked[first] and checked[last]) or checked.find(0, first, last + 1) >= 0:
            self._check(first, last)
        return self._array[start:end]

    def whole(self) -> "NDArray[Any]":
        """Return all values, as a view of the map.

        Raises:
            DamagedIndexError: They are not what was written.
        """
        self._file.check_size()
        return self.take(0, len(self._array))

    def numbers(self) -> memoryview:
        """Return all values for reading one at a time, which a memory view does faster than an array.

        Raises:
            DamagedIndexError: They are not what was written.
        """
        import numpy as np

        array = self.whole()
        native = np.ascontiguousarray(array, array.dtype.newbyteorder("="))  # no copy on most machines
        return native.data

    def _check(self, first: int, last: int) -> None:
        for number in range(first, last + 1):
            if not self._checked[number]:
                if crc32(self._bytes[number * BLOCK : (number + 1) * BLOCK]) != self._sums[number]:
                    raise damaged(self._file.path, _("a checksum is wrong"))
                self._checked[number] = 1


class MappedFile:
    """A file of arrays, mapped into memory.

    Attributes:
        path: Where it was when it was opened.
        facts: The numbers of its header.
    """

    def __init__(self, path: Path, kind: str, total: int) -> None:
        """Map the file at ``path``.

        Args:
            path: The file.
            kind: What it must be.
            total: What its header's sum must be.

        Raises:
            FileNotFoundError: There is none.
            DamagedIndexError: It is not the file that was written.
        """
        self.path = path
        try:
            handle = open_file(path)
        except RefusedFileError as error:
            raise damaged(path, str(error)) from error
        with os.fdopen(handle, "rb") as file:
            if os.fstat(file.fileno()).st_size < _PREFIX.size:
                raise damaged(path, _("it is cut off"))
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._size = len(self._map)
        magic, length, written = _PREFIX.unpack_from(self._map)
        if magic != MAGIC:
            raise damaged(path, _("it begins as no such file does"))
        if length > min(_LONGEST_HEADER, self._size - _PREFIX.size):
            raise damaged(path, _("it is cut off"))
        text = self._map[_PREFIX.size : _PREFIX.size + length]
        if crc32(text) != written or written != total:
            raise damaged(path, _("it is another file, or its header is damaged"))
        # From here on the header is known to be what hubtui wrote, or what a forger made fit; both are data.
        try:
            header = json.loads(text)
            self._base = _aligned(_PREFIX.size + length)
            self._parts = {str(name): _described(entry) for name, entry in header["parts"].items()}
            self.facts: Facts = {str(name): _natural(fact) for name, fact in header["facts"].items()}
            sizes = [part.at + part.size for part in self._parts.values()]
            fits = header["kind"] == kind and self._base + _natural(header["data"]) == self._size
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise damaged(path, _("its header makes no sense")) from error
        if not fits or max(sizes, default=0) > self._size - self._base:
            raise damaged(path, _("it has another size, or is of another kind"))

    def part(self, name: str, kind: str) -> Part:
        """Return the array that goes by ``name``.

        Args:
            name: Its name.
            kind: NumPy's name of the type that its values must have.

        Raises:
            DamagedIndexError: There is none of this type.
        """
        import numpy as np

        known = self._parts.get(name)
        if known is None or known.type != kind:
            raise damaged(self.path, _("it lacks {part}").format(part=name))
        array: NDArray[Any] = np.frombuffer(self._map, known.type, known.length, self._base + known.at)
        return Part(self, array, known.sums)

    def check_size(self) -> None:
        """Raise ``DamagedIndexError`` where the file has been cut, or grown, since it was opened.

        hubtui never does either. What lies behind the new end reads as zeros, and further on must not be
        touched at all: the system would end the process.
        """
        if self._map.size() != self._size:
            raise damaged(self.path, _("it was changed while it was open"))

    def check(self) -> None:
        """Read all parts; raise ``DamagedIndexError`` where one is not what was written."""
        for name, known in self._parts.items():
            self.part(name, known.type).whole()


def _described(entry: Mapping[str, object]) -> _Described:
    if entry["type"] not in _TYPES:
        raise ValueError
    known = _Described(
        str(entry["type"]), _natural(entry["at"]), _natural(entry["length"]), _list_of_sums(entry["sums"])
    )
    if known.at % _ALIGNED or len(known.sums) != -(-known.size // BLOCK):
        raise ValueError
    return known


def _list_of_sums(value: object) -> list[int]:
    if not isinstance(value, list):
        raise TypeError
    return [_natural(number) for number in value]


def _natural(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError
    return value


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
        return read_file(folder / TOC)
    except FileNotFoundError:
        return b""
    except RefusedFileError as error:
        raise damaged(folder / TOC, str(error)) from error


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


def prepare(folder: Path, toc: Toc) -> None:
    """Write a new table beside the old one; the files it names must be on the disk.

    Raises:
        OSError: It cannot be written; nothing is left of it.
    """
    content = {
        "format": _FORMAT,
        "generation": toc.generation,
        "segments": [asdict(entry) for entry in toc.segments],
    }
    draft = _prepared(folder, toc.generation)
    try:
        with open_new(draft) as file:
            file.write(json.dumps({"sum": crc32(_canonical(content)), "content": content}).encode())
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)  # the names of segments, masks and this, before anything relies on them
    except BaseException:
        with suppress(OSError):
            remove_file(draft)
        raise


def publish(folder: Path, generation: int) -> bool:
    """Put the table that :func:`prepare` wrote in the old one's place; return whether there was one.

    Raises:
        OSError: It cannot be renamed; both are as they were.
    """
    try:
        _replace(_prepared(folder, generation), folder / TOC)
    except FileNotFoundError:
        return False
    with suppress(OSError):  # it is published
        sync_folder(folder)
    return True


def _prepared(folder: Path, generation: int) -> Path:
    return folder / f"{generation:016x}{_DRAFT}"


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
                    remove_file(path)


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
            rename_file(draft, target)
            return
        time.sleep(_WINDOWS_PAUSE)
    rename_file(draft, target)
