"""What the user is doing: the state that the panes of the main screen share, and the queries asked so far."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

from hubtui.core.config import Value
from hubtui.core.files import PATIENCE, holding, read_file, write_atomically
from hubtui.core.paths import history_file
from hubtui.tui import strings
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from hubtui.core.models import Facets, Hit, Passage, Place, PlaceCount, Source, Span
    from hubtui.library import Library


MarkKey: TypeAlias = tuple[str, str]
"""A marked passage: its source's id and its label."""

Quoted: TypeAlias = "tuple[Passage, Span | None]"
"""What is to be copied: a passage, and the span of its text that is selected, or ``None`` for all of it."""


@dataclass(frozen=True, slots=True)
class CopyForm:
    """The form of what is copied.

    Attributes:
        format: The id of one of :data:`hubtui.citation.quotations.COPY_FORMATS`.
        style: The id of a citation style; ``""`` for the library's, else the user's.
    """

    format: str
    style: str = ""


@dataclass
class SettingChanged(Message):
    """The user has given a setting another value: the application follows it, and writes it down."""

    key: str
    value: Value


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """What the lists beside the passages show.

    Attributes:
        sources: All sources of the library, in the order asked for.
        everything: Counts in the whole library.
        whole: Counts under the whole query.
        by_source: Counts under the query without its source, so that another can be chosen.
        by_place: Places under the query without its city, for the same reason, in the order asked for; the
            city itself is among them even where nothing mentions it.
        depths: For each of these how many of the others it lies in, where that is shown; else nothing.
        names: For each place id of ``by_place``, the name that means this place in a query.
        source_id: The source the query is restricted to, or ``""``.
        place_id: The city the query is restricted to, or ``""``.
        direct: Whether only mentions of a place itself count.
    """

    sources: "Sequence[Source]"
    everything: "Facets"
    whole: "Facets"
    by_source: "Facets"
    by_place: "Sequence[PlaceCount]"
    depths: Sequence[int]
    names: Mapping[str, str]
    source_id: str
    place_id: str
    direct: bool = False

    @property
    def place(self) -> "Place | None":
        """The city the query is restricted to."""
        return next((entry.place for entry in self.by_place if entry.place.id == self.place_id), None)


@dataclass
class Session:
    """The query with what follows from it, and what the user has picked out.

    Attributes:
        copy_form: The form of what is copied.
        query: The query in the search line.
        typed_to: The offset in the query at which the user is typing, ``None`` while they are elsewhere.
        typing: Whether its last word is still being typed, and so is the beginning of one.
        number: The number of the newest query; answers to others are stale.
        hit: The hit under the cursor.
        counts: The counts under the query, once they are known.
        marks: The passages that the user marked.
        undoable: Jobs that take back what the user did, the latest last.
    """

    copy_form: CopyForm
    query: str = ""
    typed_to: int | None = None
    typing: bool = False
    number: int = 0
    hit: "Hit | None" = None
    counts: FacetCounts | None = None
    marks: "dict[MarkKey, Passage]" = field(default_factory=dict)
    undoable: "list[Callable[[Library], Message]]" = field(default_factory=list)

    def ask(self, query: str, typed_to: int | None, *, typing: bool = False) -> None:
        """Begin another query, or the same one anew: answers to earlier ones are stale from now on."""
        self.query, self.typed_to, self.typing = query, typed_to, typing
        self.number += 1

    def undo(self, library: "Library") -> "Message":
        """Take back what the user did last, as a job of the worker."""
        return self.undoable.pop()(library) if self.undoable else Notice(strings.nothing_to_undo())

    def passages(self, current: "Passage | None") -> "Sequence[Passage]":
        """Return the marked passages; without marks, the current one."""
        return list(self.marks.values()) or ([current] if current else [])


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
        found = json.loads(read_file(file.resolve()))
    except (OSError, ValueError, RecursionError):
        return []
    return [query for query in found if isinstance(query, str)][-KEPT:] if isinstance(found, list) else []


def save(file: Path, fresh: Iterable[str]) -> None:
    """Put queries behind those that a file keeps, also by another hubtui in the meantime.

    Raises:
        OSError: It cannot be written; it is as it was.
    """
    file = file.resolve()  # the user's own folder, where links are theirs
    with holding(file.with_suffix(".lock"), file, patience=PATIENCE):
        kept = _once([*load(file), *fresh])[-KEPT:]
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
