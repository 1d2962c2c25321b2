"""Sync a library in a subprocess, so that the process with the screen stays responsive.

The subprocess takes the library's folder from standard input and writes a :class:`.SyncProgress` for each
file, then one :class:`.SyncReport` or an error, to standard output. When its input ends it stops as a
cancelled sync does: what it has read is kept.
"""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, cast

from hubtui.core.errors import HubtuiError, IndexingError
from hubtui.core.i18n import _
from hubtui.core.models import SyncProgress, SyncReport
from hubtui.ingest.processes import receive, send, start, streams
from hubtui.library.opened import OpenedLibrary

_NICENESS = 10
"""Added to the niceness of the subprocess, so that it gives way to the screen and to others."""


def sync_in_subprocess(
    root: Path,
    progress: Callable[[SyncProgress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> SyncReport:
    """Sync the library in ``root`` in another process.

    Args:
        root: The library's folder.
        progress: Called in this thread after each file that had to be read.
        cancelled: Asked in this thread after each file; true ends the sync early.

    Raises:
        HubtuiError: What the sync raised there, or that the process ended without an answer.
        OSError: No process can be started.
    """
    with start(__name__) as process:
        orders, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        try:
            send(orders, root)
            while isinstance(answer := receive(answers), SyncProgress):
                if progress is not None:
                    progress(answer)
                if cancelled is not None and cancelled():
                    with suppress(OSError):
                        orders.close()
        except (OSError, EOFError) as error:
            raise IndexingError(
                _("The indexing process ended before it was done."),
                _("Press r to continue where it stopped."),
            ) from error
    if isinstance(answer, Exception):
        raise answer
    return cast("SyncReport", answer)


def main() -> None:
    """Serve one order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    with suppress(AttributeError, OSError):  # not on every system
        os.nice(_NICENESS)
    with streams() as (orders, answers):
        root = cast("Path", receive(orders))
        deserted = threading.Event()
        threading.Thread(target=_wait_for_end, args=[orders, deserted], daemon=True).start()
        try:
            with closing(OpenedLibrary.open(root)) as library:
                answer: object = library.sync(
                    progress=lambda progress: _tell(answers, progress, deserted), cancelled=deserted.is_set
                )
        except HubtuiError as error:
            answer = error
        except Exception as error:  # noqa: BLE001  # the other process says what it is
            answer = HubtuiError(f"{type(error).__name__}: {error}", _("Please report it with this message."))
        _tell(answers, answer, deserted)


def _tell(answers: BinaryIO, message: object, deserted: threading.Event) -> None:
    try:
        send(answers, message)
    except OSError:
        deserted.set()


def _wait_for_end(orders: BinaryIO, deserted: threading.Event) -> None:
    orders.read()
    deserted.set()
