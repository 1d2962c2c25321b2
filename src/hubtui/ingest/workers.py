"""Read many files in worker processes, each file within limits of time and memory.

A worker (:func:`main`) reads files in a process of its own, so that a broken or hostile one can do no harm to
hubtui itself. It takes pickled pairs of a :class:`~hubtui.ingest.document.SourceFile` and what to make of its
document from standard input and writes what was made, or an error, to standard output, until its input ends.

Each file has limits of its own. Of processor time: the system ends the worker that takes more, also when
hubtui is gone. Of resident memory: measured from here while the worker reads, since a limit of address space
would end libraries that reserve more than they use. And of time by the clock, which is longer: a machine or
a disk that is busy is not the file's fault, so that a file which was late is tried again at the next sync.
"""

import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Generic, Self, TypeVar, cast

from hubtui.core.config import read_config
from hubtui.core.errors import SourceError, UnavailableSourceError, cause
from hubtui.core.i18n import _, preferred_language, use_language
from hubtui.ingest.document import Document, SourceFile
from hubtui.ingest.ocr import recogniser
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


MEMORY: Final = 512 * 1024**2
"""Bytes of resident memory that a worker may take."""
OCR_MEMORY: Final = 2 * 1024**3
"""The same of a worker that reads by OCR: its models and one page take half of it."""
_ADDRESSES: Final = 3 * 1024**3
"""Bytes of address space that a worker may take where its resident memory can't be measured."""
_TIRED: Final = 0.5
"""The part of that from which a worker is replaced, after a file, by a new one that begins with less."""

T = TypeVar("T")
Then = Callable[[SourceFile, Document], T]
"""What is made of a document, where it was read; a function of a module, so that it can be named."""

SECONDS: Final = 20.0
"""Seconds of processor time that any file may take."""
_SECONDS_PER_MEGABYTE: Final = 5.0
"""Seconds more for each million bytes of it."""
OCR_SECONDS: Final = 3600.0
"""The same of a file that is read by OCR, which by itself stops earlier, and keeps what it has read."""
_SLOWNESS: Final = 3.0
"""How many times longer than that it may take by the clock."""

_STARTING: Final = 60.0
"""Seconds by the clock more for the first file that a worker reads, which includes its start."""
_LOADING: Final = 10.0
"""Seconds of processor time more for each file, since its format's reader may have to be loaded."""
_ENDING: Final = 2.0
"""Seconds that a process whose pipes are closed may take to end."""
_LOOK: Final = 0.05
"""Seconds between two looks at a worker's memory, and between two at whether to go on."""

_FEW: Final = 1_500_000
"""Bytes of plain text that are read at once in this process: starting another takes as long."""
_AHEAD: Final = 200
"""Documents read before they are asked for, for each process."""
_HEAD: Final = 4096
"""Bytes at the beginning of a file that tell whether it is text."""


def read_many(  # noqa: PLR0913  # as a reader is told by keywords
    files: Sequence[SourceFile],
    then: Then[T],
    *,
    seconds: float = SECONDS,
    processes: int | None = None,
    cancelled: Callable[[], bool] | None = None,
    recognising: bool = False,
) -> Generator[tuple[SourceFile, T | SourceError], None, None]:
    """Read files, and yield each, in their order, with what was made of it or with what is wrong with it.

    A file that takes too long, or crashes its parser, costs nothing but itself. Closing the iterator
    ends the processes.

    Args:
        files: The files.
        then: What to make of each document, in the process that read it.
        seconds: Of processor time, that one of them may take beside what it may take for its size.
        processes: How many to read with; by default one for each processor, and none for a little text.
        cancelled: Asked while a file is read; true ends the iterator at once.
        recognising: Whether to read pictures of text by OCR, in one process, since OCR uses all processors;
            then each file may take :data:`OCR_SECONDS` and :data:`OCR_MEMORY`.
    """
    if recognising:
        seconds, processes = max(seconds, OCR_SECONDS), 1
    if processes is None:
        processes = 0 if is_little_text(files, _FEW) else min(_processors(), len(files))
    if not processes:
        yield from ((file, attempt(file, then)) for file in files)
        return
    with _Pool(files, then, processes, seconds, recognising=recognising) as pool:
        yield from pool.results(cancelled or (lambda: False))


def is_little_text(files: Sequence[SourceFile], most: int) -> bool:
    """Whether files are plain text by name and content, with ``most`` bytes in all: no process need guard.

    Nor need one guard what can't be opened.
    """
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

    def __init__(
        self,
        files: Sequence[SourceFile],
        then: Then[T],
        processes: int,
        seconds: float,
        *,
        recognising: bool,
    ) -> None:
        self._files = files
        self._then = then
        self._next = iter(range(len(files)))
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._room = threading.Semaphore(_AHEAD * processes)
        self._done: queue.SimpleQueue[tuple[int, T | SourceError]] = queue.SimpleQueue()
        self._workers = [_Worker(seconds, self._stopped, recognising=recognising) for _ in range(processes)]
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

    def results(self, cancelled: Callable[[], bool]) -> Iterator[tuple[SourceFile, T | SourceError]]:
        """Yield the results in the order of the files, until cancelled."""
        early: dict[int, T | SourceError] = {}
        for number, file in enumerate(self._files):
            while number not in early:
                try:
                    finished, result = self._done.get(timeout=_LOOK)
                except queue.Empty:
                    if cancelled():
                        return
                else:
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
                result: T | SourceError = UnavailableSourceError(
                    _("Reading it was interrupted."), _("Sync again.")
                )
                try:
                    result = worker.read(self._files[number], self._then)
                finally:
                    self._done.put((number, result))
        finally:
            worker.close()


class _Worker:
    """One worker process, started when it is needed and again when it had to be ended."""

    def __init__(self, seconds: float, stopped: threading.Event, *, recognising: bool) -> None:
        self._seconds = seconds
        self._recognising = recognising
        self._memory = OCR_MEMORY if recognising else MEMORY
        self._stopped = stopped
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, file: SourceFile, then: Then[T]) -> T | SourceError:
        """Have the process read a file and go on from it; end the process when that takes too much."""
        allowed = self._seconds + file.size / 1e6 * _SECONDS_PER_MEGABYTE
        patience = allowed * _SLOWNESS + (0 if self._process else _STARTING)
        try:
            process = self._process = self._process or start("hubtui.ingest.workers")
        except OSError as error:
            return attempt(file, then) if is_little_text([file], _FEW) else _not_started(error)
        if self._stopped.is_set():
            process.kill()
        guard = _Guard(process, patience, self._memory)
        try:
            send(cast("BinaryIO", process.stdin), (file, then, allowed + _LOADING, self._recognising))
            result = cast("T | SourceError", receive(cast("BinaryIO", process.stdout)))
        except (OSError, EOFError):
            guard.release()
            with suppress(subprocess.TimeoutExpired):  # its pipes are closed before it has ended
                process.wait(_ENDING)
            status = process.poll()
            self.close()
            return guard.error or _ended(status, allowed)
        finally:
            guard.release()
        if _resident_memory(process.pid) > _TIRED * self._memory:
            self.close()
        return result

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


class _Guard:
    """Watches, on a thread, a process that reads a file, and ends it when that takes too much.

    Attributes:
        error: Why the process was ended, if it was.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", patience: float, memory: int) -> None:
        self.error: SourceError | None = None
        self._process = process
        self._patience = patience
        self._memory = memory
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="guard", daemon=True)
        self._thread.start()

    def release(self) -> None:
        """Watch no more."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        late = time.monotonic() + self._patience
        while not self._done.wait(_LOOK):
            if _resident_memory(self._process.pid) > self._memory:
                self.error = SourceError(
                    _("Reading the file takes more than {size} MB of memory.").format(
                        size=self._memory // 1024**2
                    ),
                    _("Split it into parts."),
                )
            elif time.monotonic() > late:
                self.error = UnavailableSourceError(
                    _("The file was not read within {seconds:g} seconds.").format(seconds=self._patience),
                    _("The machine or the disk may be busy: the next sync tries again."),
                )
            if self.error is not None:
                self._process.kill()
                return


def _resident_memory(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):  # not Linux, or the process has ended
        return 0


def _not_started(error: OSError) -> UnavailableSourceError:
    reason, remedy = cause(error)
    return UnavailableSourceError(
        _("No process can be started to read the file: {reason}.").format(reason=reason), remedy
    )


def _ended(status: int | None, seconds: float) -> SourceError:
    """Say why a process that nobody here ended has ended, by its exit status."""
    number = -(status or 0)
    if number == getattr(signal, "SIGXCPU", None):
        return SourceError(
            _("Reading the file takes more than {seconds:g} seconds.").format(seconds=seconds),
            _("Split it into parts."),
        )
    if number == getattr(signal, "SIGKILL", None):  # as the system does where memory is short
        return UnavailableSourceError(
            _("The system ended the process that read the file; its memory may be short."),
            _("Close some programs: the next sync tries again."),
        )
    return SourceError(_("The parser crashed on this file."), _("It may be corrupt: get it again."))


def attempt(file: SourceFile, then: Then[T], *, recognising: bool = False) -> T | SourceError:
    """Read a file, by OCR if need be, and go on; whatever goes wrong is an error of that file alone."""
    try:
        return then(file, read_source(file, recogniser()) if recognising else read_source(file))
    except SourceError as error:
        return error
    except MemoryError:
        return UnavailableSourceError(
            _("There is not enough memory to read the file."),
            _("Close some programs, or split the file into parts: the next sync tries again."),
        )
    except ImportError as error:
        return UnavailableSourceError(
            _("A library that reads the file is missing or broken: {error}.").format(error=error),
            _("Install hubtui again."),
        )
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
    _limit_addresses()
    with streams() as (requests, answers):
        while True:
            try:
                request = cast("tuple[SourceFile, Then[object], float, bool]", receive(requests))
            except EOFError:
                return
            file, then, seconds, recognising = request
            _limit_time(seconds)
            send(answers, attempt(file, then, recognising=recognising))


def _limit_addresses() -> None:
    """Limit the address space where the resident memory can't be measured, and write no core files."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not _resident_memory(os.getpid()):
            resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))


def _limit_time(seconds: float) -> None:
    """Have the system end this process once it has used so many seconds more of processor time."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = math.ceil(time.process_time() + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
