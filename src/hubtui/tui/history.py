"""The queries one has come through, to go back and forward in; kept from one start to the next."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.files import write_atomically
from hubtui.core.paths import history_file
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from textual.message import Message

    from hubtui.library import Library

KEPT = 200
"""Queries that a trail holds, and a file keeps."""

PAUSE = 5.0
"""Seconds without a key after which what is typed on is another query."""


class Trail:
    """The states of the query in the order they came, and where in them one is.

    Going back loses nothing: a query that is asked from an older one is put at the end, behind a copy of
    the one it came from. What is typed letter by letter is one state, until one goes on or pauses.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with the empty query; ``clock`` gives seconds."""
        self._clock = clock
        self._states = [""]
        self._at = 0
        self._typing = False
        self._typed_at = 0.0
        self._older = 0

    @property
    def present(self) -> str:
        """The query one is at."""
        return self._states[self._at]

    @property
    def is_newest(self) -> bool:
        """Whether nothing came after it."""
        return self._at == len(self._states) - 1

    def begin_after(self, older: Sequence[str]) -> None:
        """Put older queries before all others."""
        self._states[:0] = older
        self._at += len(older)
        self._older += len(older)
        self._bound()

    def type(self, query: str) -> None:
        """Take in what the query is after a key."""
        now = self._clock()
        if query == self.present:
            return
        if self._typing and now - self._typed_at <= PAUSE:
            self._states[self._at] = query
            if self._at and self._states[self._at - 1] == query:
                # Typed, and taken back: as if nothing had been.
                self._states.pop()
                self._at -= 1
                self._typing = False
        else:
            self.visit(query)
            self._typing = True
        self._typed_at = now

    def visit(self, query: str) -> None:
        """Go on to a query."""
        self.settle()
        if query == self.present:
            return
        if not self.is_newest:
            self._states.append(self.present)
        self._states.append(query)
        self._at = len(self._states) - 1
        self._bound()

    def settle(self) -> None:
        """Take the query as it is for one that was meant; what is typed from now on is another."""
        self._typing = False

    def back(self) -> bool:
        """Go to the query before this one; whether there is one."""
        self.settle()
        if not self._at:
            return False
        self._at -= 1
        return True

    def forward(self) -> bool:
        """Go to the query after this one; whether there is one."""
        self.settle()
        if self.is_newest:
            return False
        self._at += 1
        return True

    def fresh(self) -> list[str]:
        """Return what was asked since the start, each query once, the newest last."""
        return _once(self._states[self._older :])

    def _bound(self) -> None:
        surplus = max(0, min(len(self._states) - KEPT, self._at))
        del self._states[:surplus]
        self._at -= surplus
        self._older = max(0, self._older - surplus)


def load(file: Path) -> list[str]:
    """Return the queries in a file, the newest last; none if it is missing or damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [query for query in found if isinstance(query, str)][-KEPT:] if isinstance(found, list) else []


def save(file: Path, fresh: Iterable[str]) -> None:
    """Put queries behind those that a file keeps, also by another hubtui in the meantime.

    Raises:
        OSError: It cannot be written; it is as it was.
    """
    kept = _once([*load(file), *fresh])[-KEPT:]
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, json.dumps(kept, ensure_ascii=False, indent=0))


def _once(queries: Iterable[str]) -> list[str]:
    """Return each query that is not empty once, in its last place."""
    return list(dict.fromkeys(reversed([query for query in queries if query.strip()])))[::-1]


class QueryHistory:
    """The trail of the queries of one library, with the file that keeps it.

    Attributes:
        trail: The trail; it begins with the queries of former times once they are read.
    """

    def __init__(self, worker: LibraryWorker) -> None:
        self.trail = Trail()
        self._worker = worker
        self._file: Path | None = None
        self._newest: Sequence[str] = ()
        """What is to be in the file."""
        self._kept: Sequence[str] = []
        """What is in it."""
        self._writing = threading.Lock()

    def recall(self, post: "Callable[[Message], object]") -> None:
        """Read the queries of former times."""

        def recall(library: "Library") -> "Message":
            file = history_file(library.paths.root)
            return callback(self._begin_after, load(file), file)

        self._worker.submit("recall", recall, Priority.BACKGROUND, post)

    def _begin_after(self, queries: Sequence[str], file: Path) -> None:
        self._file = file
        self.trail.begin_after(queries)

    def visit(self, query: str) -> None:
        """Go on to a query that was not typed."""
        self.trail.visit(query)
        self._keep()

    def settle(self) -> None:
        """Take what was typed for a query that was meant."""
        self.trail.settle()
        self._keep()

    def close(self) -> None:
        """Keep what was typed last; there is no more time for the worker to do it."""
        if self._file is not None:
            self._newest = self.trail.fresh()
            self._save(self._file, self._newest)

    def _keep(self) -> None:
        file = self._file
        if file is not None:
            fresh = self._newest = self.trail.fresh()
            self._worker.submit("keep", lambda _library: self._save(file, fresh), Priority.LONG)

    def _save(self, file: Path, fresh: Sequence[str]) -> None:
        """Put queries into the file, unless it has them, or is to have newer ones."""
        # A trail that cannot be kept leads back while the screen is open, and keeps nobody from quitting.
        with self._writing, suppress(OSError):
            if fresh is self._newest and fresh != self._kept:
                save(file, fresh)
                self._kept = fresh
