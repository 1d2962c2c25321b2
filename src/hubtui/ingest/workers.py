"""Read many files in worker processes, each file within limits of time and memory.

A worker (:func:`main`) reads files in a process of its own, so that a broken or hostile one can do no harm to
hubtui itself. It takes pickled pairs of a :class:`~hubtui.ingest.document.SourceFile` and what to make of its
document from standard input and writes what was made, or an error, to standard output, until its input ends.
"""

import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, Generic, Self, TypeVar, cast

from hubtui.core.config import read_config
from hubtui.core.errors import SourceError
from hubtui.core.i18n import _, preferred_language, use_language
from hubtui.ingest.document import Document, SourceFile
from hubtui.ingest.read import is_plain, read_source

_LENGTH = struct.Struct("!I")


def start(module: str) -> "subprocess.Popen[bytes]":
    """Start ``main`` of a module in a process that finds what this one finds, and imports nothing else."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(  # noqa: S603  # this interpreter, constant arguments
        [sys.executable, "-P", "-c", f"from {module} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


@contextmanager
def streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Return such a process the stream of what it is asked and the stream of its answers."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
        yield sys.stdin.buffer, answers


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read one message; raises :class:`EOFError` when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  # from hubtui's own process


MEMORY: Final = 3 * 1024**3
"""Bytes of address space that a worker may take, where the system can limit it."""

T = TypeVar("T")
Then = Callable[[SourceFile, Document], T]
"""What is made of a document, where it was read; a function of a module, so that it can be named."""

SECONDS: Final = 60.0
"""How long one file may take."""

_STARTING: Final = 60.0
"""Seconds more for the first file that a worker reads, which includes its start."""

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
    """Read files, and yield each, in their order, with what was made of it or with what is wrong with it.

    A file that takes too long, or crashes its parser, costs nothing but itself. Closing the iterator
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
        """Return the results in the order of the files."""
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
                result: T | SourceError = SourceError(_("Reading it was interrupted."), _("Sync again."))
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
        seconds = self._seconds if self._process else self._seconds + _STARTING
        try:
            process = self._process = self._process or start("hubtui.ingest.workers")
        except OSError:
            return attempt(file, then)
        if self._stopped.is_set():
            process.kill()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
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
            return SourceError(_("The parser crashed on this file."), _("It may be corrupt: get it again."))
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


def attempt(file: SourceFile, then: Then[T]) -> T | SourceError:
    """Read a file and go on from its document; whatever goes wrong is an error of that file alone."""
    try:
        return then(file, read_source(file))
    except SourceError as error:
        return error
    except MemoryError:
        return SourceError(_("Reading the file takes too much memory."), _("Split it into parts."))
    except RecursionError:
        return SourceError(_("The file is nested too deeply."), _("Convert it to text, or simplify it."))
    except Exception as error:  # noqa: BLE001  # any fault of a reader must cost this file only
        return SourceError(
            _("hubtui failed on this file ({name}: {error}).").format(name=type(error).__name__, error=error),
            _("Please report it."),
        )


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    use_language(preferred_language(read_config().language))
    _limit_memory()
    with streams() as (requests, answers):
        while True:
            try:
                file, then = cast("tuple[SourceFile, Then[object]]", receive(requests))
            except EOFError:
                return
            send(answers, attempt(file, then))


def _limit_memory() -> None:
    try:
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return
