"""The process that reads files, so that a broken or hostile one can do no harm to hubtui itself.

It takes pickled pairs of a :class:`~hubtui.sources.document.SourceFile` and what to make of its document
from standard input and gives what was made, or an error, to standard output, until its input ends.
"""

import signal
from collections.abc import Callable
from typing import Final, TypeVar, cast

from hubtui.core.config import read_config
from hubtui.core.errors import SourceError
from hubtui.core.i18n import _, preferred_language, use_language
from hubtui.sources.document import Document, SourceFile
from hubtui.sources.processes import receive, send, streams
from hubtui.sources.reading import read

MEMORY: Final = 3 * 1024**3
"""Bytes of address space that a worker may take, where the system can limit it."""

T = TypeVar("T")
Then = Callable[[SourceFile, Document], T]
"""What is made of a document, where it was read; a function of a module, so that it can be named."""


def attempt(file: SourceFile, then: Then[T]) -> T | SourceError:
    """Read a file and go on from its document; whatever goes wrong is an error of that file alone."""
    try:
        return then(file, read(file))
    except SourceError as error:
        return error
    except MemoryError:
        return SourceError(_("Reading the file takes too much memory."), _("Split it into parts."))
    except RecursionError:
        return SourceError(_("The file is nested too deep."), _("Convert it to text, or simplify it."))
    except Exception as error:  # noqa: BLE001  # any fault of a reader must cost this file only
        return SourceError(
            _("hubtui fails on the file ({name}: {error}).").format(name=type(error).__name__, error=error),
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
