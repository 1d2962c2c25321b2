"""The process that reads files, so that a broken or hostile one can do no harm to hubtui itself.

It takes pickled pairs of a :class:`~hubtui.sources.document.SourceFile` and what to make of its document
from standard input and gives what was made, or an error, to standard output, each after its length in four
bytes, until its input ends.
"""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO, Final, TypeVar, cast

from hubtui.errors import SourceError
from hubtui.sources.document import Document, SourceFile
from hubtui.sources.reading import read

MEMORY: Final = 3 * 1024**3
"""Bytes of address space that a worker may take, where the system can limit it."""

T = TypeVar("T")
Then = Callable[[SourceFile, Document], T]
"""What is made of a document, where it was read; a function of a module, so that it can be named."""

_LENGTH = struct.Struct("!I")


def attempt(file: SourceFile, then: Then[T]) -> T | SourceError:
    """Read a file and go on from its document; whatever goes wrong is an error of that file alone."""
    try:
        return then(file, read(file))
    except SourceError as error:
        return error
    except MemoryError:
        return SourceError("Reading the file takes too much memory.", "Split it into parts.")
    except RecursionError:
        return SourceError("The file is nested too deep.", "Convert it to text, or simplify it.")
    except Exception as error:  # noqa: BLE001  # any fault of a reader must cost this file only
        return SourceError(
            f"hubtui fails on the file ({type(error).__name__}: {error}).", "Please report it."
        )


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


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    _limit_memory()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, sys.stdin.buffer as requests:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
        while True:
            try:
                file, then = cast("tuple[SourceFile, Then[object]]", receive(requests))
            except EOFError:
                return
            send(out, attempt(file, then))


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return
