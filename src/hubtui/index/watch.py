"""Noticing that the files of a library change."""

import threading
from collections.abc import Generator
from pathlib import Path

# Milliseconds. Editors and downloads write in bursts: a burst is told once, this long after it began
# at the latest, or when nothing has come for the shorter time.
_LONGEST_BURST = 1000
_QUIET = 150


def changes(seeds: Path, stopped: threading.Event) -> Generator[None, None, None]:
    """Wait for changes below ``seeds``; give one ``None`` for each burst of them, until ``stopped``."""
    from watchfiles import watch  # deferred: only who waits needs it

    bursts = watch(
        seeds,
        stop_event=stopped,
        debounce=_LONGEST_BURST,
        step=_QUIET,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    for _ in bursts:
        yield
