"""The embedded full-text engine over mapped segments."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.core.files import Lock, LockHeldError, make_folder
from hubtui.core.i18n import _
from hubtui.index.codec.format import MASK, SEGMENT, TOC, MappedFile, Toc, damaged, parse, publish, read_bytes

if TYPE_CHECKING:
    from hubtui.index.codec.reader import ArrayReader
    from hubtui.index.codec.segment import Segment, SegmentFile
    from hubtui.index.codec.writer import ArrayWriter

# Readers and writers, which need NumPy, are imported where they are made: a list of sources needs neither.

_LOCK = "lock"
_TRIES = 5
"""How often the table is read again when its files are gone; each time another commit has been made."""


class ArrayEngine:
    """A full-text index in a folder of its own. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Use the index in ``folder``; nothing is read or written before it is asked for."""
        self._folder = folder
        self._lock = threading.Lock()
        self._reader: ArrayReader | None = None
        self._seen: tuple[bytes, Toc] = b"", Toc()

    @property
    def generation(self) -> int:
        """The number of the last commit, by whichever process.

        Raises:
            DamagedIndexError: The table of contents is not what was written.
        """
        return self._toc().generation

    def glance(self) -> None:
        """Look whether the files of the last commit are there and are those that were written.

        It goes by their headers and sizes; what they hold is checked when it is read.

        Raises:
            DamagedIndexError: One is missing, or not what was written.
        """
        for _attempt in range(_TRIES):
            toc = self._toc()
            with suppress(FileNotFoundError):  # see reader()
                for entry in toc.segments:
                    MappedFile(self._folder / f"{entry.name}{SEGMENT}", "segment", entry.total)
                    if entry.mask:
                        MappedFile(self._folder / f"{entry.mask}{MASK}", "mask", entry.mask_total)
                return
        raise self._incomplete()

    def reader(self) -> "ArrayReader":
        """Return a view of the last commit; one view serves as long as nothing is committed.

        Raises:
            DamagedIndexError: A file is missing, or not what was written.
        """
        from hubtui.index.codec.reader import ArrayReader

        with self._lock:
            for _attempt in range(_TRIES):
                toc = self._toc()
                if self._reader is not None and self._reader.generation == toc.generation:
                    return self._reader
                # A commit between reading the table and opening its files has unlinked some.
                with suppress(FileNotFoundError):
                    self._reader = ArrayReader(self._open(toc), toc.generation)
                    return self._reader
            raise self._incomplete()

    def writer(self) -> "ArrayWriter":
        """Begin a change.

        Raises:
            IndexBusyError: Another process, or another writer of this one, is writing.
            DamagedIndexError: The index is not what was written.
            OSError: The folder cannot be written.
        """
        from hubtui.index.codec.writer import ArrayWriter

        make_folder(self._folder)
        lock = Lock(self._folder / _LOCK)
        try:
            lock.acquire()
        except LockHeldError as error:
            raise IndexBusyError(
                _("Another hubtui is writing the index of this library."),
                _("Wait until it has finished, or close it."),
            ) from error
        try:
            toc = self._toc()
            return ArrayWriter(self._folder, toc, self.reader().segments, lock)
        except BaseException:
            lock.release()
            raise

    def settle(self, generation: int) -> None:
        """Finish the commit with this number, which the catalog has made, where a crash came between the two.

        Raises:
            OSError: The folder cannot be written.
            DamagedIndexError: The table of contents is not what was written.
        """
        if self.generation != generation:
            publish(self._folder, generation)

    def check(self) -> None:
        """Read everything that is stored; raise ``DamagedIndexError`` where it is not what was written."""
        for segment in self.reader().segments:
            segment.file.check()

    def close(self) -> None:
        """Let go of the files; who holds a view may still use it."""
        with self._lock:
            self._reader = None

    def _toc(self) -> Toc:
        data = read_bytes(self._folder)
        seen, toc = self._seen
        if data != seen:
            toc = parse(self._folder, data)
            self._seen = data, toc
        return toc

    def _incomplete(self) -> DamagedIndexError:
        return damaged(self._folder / TOC, _("files that it names are missing"))

    def _open(self, toc: Toc) -> "list[Segment]":
        from hubtui.index.codec.segment import Segment

        known: dict[str, SegmentFile] = {}
        if self._reader is not None:
            known = {segment.entry.name: segment.file for segment in self._reader.segments}
        return [Segment(self._folder, entry, known.get(entry.name)) for entry in toc.segments]
