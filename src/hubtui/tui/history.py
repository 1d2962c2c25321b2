"""The queries one has come through: a trail to walk back and forward, kept from one start to the next."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hubtui.core.files import write_atomically

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
        """Put queries of former times before all others."""
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
        """Go to the query before this one; false where there is none."""
        self.settle()
        if not self._at:
            return False
        self._at -= 1
        return True

    def forward(self) -> bool:
        """Go to the query after this one; false where there is none."""
        self.settle()
        if self.is_newest:
            return False
        self._at += 1
        return True

    def fresh(self) -> list[str]:
        """Give what was asked since the beginning, each query once, the newest last."""
        return _once(self._states[self._older :])

    def _bound(self) -> None:
        surplus = max(0, min(len(self._states) - KEPT, self._at))
        del self._states[:surplus]
        self._at -= surplus
        self._older = max(0, self._older - surplus)


def load(file: Path) -> list[str]:
    """Give the queries that a file keeps, the newest last; none from a file that is missing or damaged."""
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
    """Give each query that is not empty once, where it stood last."""
    return list(dict.fromkeys(reversed([query for query in queries if query.strip()])))[::-1]
