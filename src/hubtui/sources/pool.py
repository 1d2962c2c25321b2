"""Reading many files in several processes, each file within limits of time and memory."""

import os
import queue
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Final, Generic, Self, cast

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.sources.document import SourceFile
from hubtui.sources.processes import receive, send, start
from hubtui.sources.readers import is_plain
from hubtui.sources.worker import T, Then, attempt

if TYPE_CHECKING:
    import subprocess

SECONDS: Final = 60.0
"""How long one file may take."""

_FEW: Final = 1_500_000
"""Bytes of plain text that are read at once in this process: starting another takes as long."""
_AHEAD: Final = 200
"""Documents read before they are asked for, for each process."""
_HEAD: Final = 4096
"""Bytes at the beginning of a file that tell whether it is text."""


def read_many(
    files: Sequence[SourceFile],
    then: Then[T],
    *,
    seconds: float = SECONDS,
    processes: int | None = None,
) -> Generator[tuple[SourceFile, T | SourceError], None, None]:
    """Read files, in their order, and give each with what was made of it or with what is wrong with it.

    A file that takes too long, or brings its reader down, costs nothing but itself. Closing the iterator
    ends the processes.

    Args:
        files: The files.
        then: What to make of each document, in the process that read it.
        seconds: How long one of them may take.
        processes: How many to read with; by default one for each processor, and none for a little text.
    """
    if processes is None:
        processes = 0 if is_little_text(files, _FEW) else min(_processors(), len(files))
    if not processes:
        yield from ((file, attempt(file, then)) for file in files)
        return
    with _Pool(files, then, processes, seconds) as pool:
        yield from pool.results()


def is_little_text(files: Sequence[SourceFile], most: int) -> bool:
    """Whether files are plain text by name and content, with ``most`` bytes in all: no process need guard."""
    return sum(file.size for file in files) <= most and all(
        is_plain(file.path, _head(file)) for file in files
    )


def _head(file: SourceFile) -> bytes:
    try:
        with file.absolute.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""  # the reader says what is wrong


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class _Pool(Generic[T]):
    """Threads that each drive one worker process, and share the files out among them."""

    def __init__(self, files: Sequence[SourceFile], then: Then[T], processes: int, seconds: float) -> None:
        self._files = files
        self._then = then
        self._next = iter(range(len(files)))
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._room = threading.Semaphore(_AHEAD * processes)
        self._done: queue.SimpleQueue[tuple[int, T | SourceError]] = queue.SimpleQueue()
        self._workers = [_Worker(seconds, self._stopped) for _ in range(processes)]
        self._threads = [
            threading.Thread(target=self._drive, args=(worker,), name=f"reader-{n}", daemon=True)
            for n, worker in enumerate(self._workers)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for worker in self._workers:
            worker.kill()
            self._room.release()
        for thread in self._threads:
            thread.join()

    def results(self) -> Iterator[tuple[SourceFile, T | SourceError]]:
        """Give the results in the order of the files."""
        early: dict[int, T | SourceError] = {}
        for number, file in enumerate(self._files):
            while number not in early:
                finished, result = self._done.get()
                early[finished] = result
            self._room.release()
            yield file, early.pop(number)

    def _drive(self, worker: "_Worker") -> None:
        try:
            while True:
                self._room.acquire()
                with self._lock:
                    number = next(self._next, None)
                if number is None or self._stopped.is_set():
                    return
                result: T | SourceError = SourceError(_("Its reading was broken off."), _("Sync again."))
                try:
                    result = worker.read(self._files[number], self._then)
                finally:
                    self._done.put((number, result))
        finally:
            worker.close()


class _Worker:
    """One worker process, started when it is needed and again when it had to be ended."""

    def __init__(self, seconds: float, stopped: threading.Event) -> None:
        self._seconds = seconds
        self._stopped = stopped
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, file: SourceFile, then: Then[T]) -> T | SourceError:
        """Have the process read a file and go on from it; end the process when that takes too long."""
        try:
            process = self._process = self._process or start("hubtui.sources.worker")
        except OSError:
            return attempt(file, then)
        if self._stopped.is_set():
            process.kill()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            send(cast("BinaryIO", process.stdin), (file, then))
            return cast("T | SourceError", receive(cast("BinaryIO", process.stdout)))
        except (OSError, EOFError):
            self.close()
            if late.is_set():
                return SourceError(
                    _("Reading the file takes more than {seconds:g} seconds.").format(seconds=self._seconds),
                    _("Split it into parts."),
                )
            return SourceError(
                _("The file brings its reader down."), _("It is damaged or hostile: get it again.")
            )
        finally:
            timer.cancel()
            timer.join()

    def kill(self) -> None:
        """End the process, from any thread, whatever it is doing."""
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the process and let go of its pipes."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent yet can't be any more
                cast("BinaryIO", pipe).close()
        process.wait()
