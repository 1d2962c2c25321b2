"""Everything the screen asks of the library, in threads of its own.

One thread answers: the newest request of each kind, older ones are dropped unanswered. Another syncs. Both
send messages. They are daemons, so that quitting never waits for them: Textual's own workers run in an
executor that is joined at the end.
"""

import atexit
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from hubtui.errors import HubtuiError, IndexBusyError, UnknownSourceError
from hubtui.model import Mention, Passage, Problem, SearchResult, Source, Span, SyncProgress, SyncReport
from hubtui.tui.clipboard import copy_natively
from hubtui.tui.counts import Counter, Counts

if TYPE_CHECKING:
    from hubtui.library import Library

    _Job = Callable[[Library], Message | None]

PAGE = 50
"""How many hits are asked for at a time."""

_BEAT = 0.1
"""Seconds between two reports of progress."""

_PATIENCE = 1.0
"""Seconds that the end of the program waits for a sync to stop."""

_RETRY = 2.0
"""Seconds between two attempts to sync while another hubtui does."""

# The order in which waiting requests are answered: what the user looks at first comes first.
_KINDS = ("copy", "say", "search", "page", "read", "count")


class Desk:
    """Takes requests from the screen and posts what the library answers."""

    @dataclass
    class Opened(Message):
        """The library is open; ``seeds`` is the folder to put sources into."""

        name: str
        seeds: Path

    @dataclass
    class Answered(Message):
        """The hits from ``offset`` on, for the request with this number."""

        number: int
        query: str
        offset: int
        result: SearchResult

    @dataclass
    class Counted(Message):
        """The counts for the request with this number."""

        number: int
        counts: Counts

    @dataclass
    class Read(Message):
        """A source to read, with the spans that the query matches in each passage (by its label)."""

        number: int
        source: Source
        passages: tuple[Passage, ...]
        matches: Mapping[str, tuple[Span, ...]]

    @dataclass
    class Copied(Message):
        """What to hand to the terminal too; ``tool`` has it already, unless it is ``""``."""

        passage: Passage
        text: str
        tool: str

    @dataclass
    class Corrected(Message):
        """Mentions with these names were rejected in a scope, or, ``undone``, count again."""

        names: str
        scope: str
        undone: bool = False

    @dataclass
    class Progress(Message):
        """How far the sync has come."""

        progress: SyncProgress

    @dataclass
    class Synced(Message):
        """The sync is done; ``problems`` are the files that cannot be read as they should."""

        report: SyncReport
        problems: tuple[Problem, ...]

    @dataclass
    class Busy(Message):
        """Another hubtui is indexing this library; it is asked again until that one has finished."""

    @dataclass
    class Failed(Message):
        """Something the user should know; ``fatal`` when there is no library at all."""

        error: HubtuiError
        fatal: bool = False

    def __init__(self, folder: Path, opener: "Callable[[Path], Library] | None" = None) -> None:
        self._folder = folder
        self._opener = opener or _open
        self._post: Callable[[Message], object] = _nowhere
        self._counter: Counter | None = None
        self._waiting: dict[str, _Job] = {}
        self._wake = threading.Condition()
        self._closed = threading.Event()
        self._sync_wanted = threading.Event()
        self._said: list[list[str]] = []
        self._number = 0
        self._busy = False

    def start(self, post: Callable[[Message], object]) -> None:
        """Open the library, bring it up to date, and answer with ``post`` until :meth:`close`."""
        self._post = post
        threading.Thread(target=self._answer, name="hubtui answers", daemon=True).start()

    def close(self) -> None:
        """Stop both threads as soon as they notice; nothing is posted any more."""
        self._closed.set()
        self._sync_wanted.set()
        with self._wake:
            self._wake.notify_all()

    @property
    def idle(self) -> bool:
        """Whether nothing is asked that has not been answered."""
        with self._wake:
            return not self._waiting and not self._busy

    @property
    def number(self) -> int:
        """The number of the newest query; answers to others are stale."""
        return self._number

    def sync(self) -> None:
        """Ask for (another) sync."""
        self._sync_wanted.set()

    def ask(self, query: str) -> None:
        """Ask for the first hits and the counts; earlier requests go unanswered."""
        self._number += 1
        number = self._number
        with self._wake:
            self._waiting.pop("page", None)
            self._waiting["search"] = lambda library: self._search(library, number, query, 0)
            self._waiting["count"] = lambda library: self._count(library, number, query)
            self._wake.notify_all()

    def ask_page(self, query: str, offset: int) -> None:
        """Ask for further hits of the newest query."""
        number = self._number
        self._put("page", lambda library: self._search(library, number, query, offset))

    def ask_source(self, source_id: str, query: str) -> None:
        """Ask for a source to read."""
        number = self._number

        def read(library: "Library") -> Message | None:
            try:
                passages = tuple(library.read(source_id))
            except UnknownSourceError:
                # It went between the search and now; the sync that removed it asks again.
                return None
            matches = {passage.label: library.highlights(query, passage) for passage in passages}
            return Desk.Read(number, library.source(source_id), passages, matches)

        self._put("read", read)

    def ask_copy(self, passage: Passage) -> None:
        """Ask for a passage to be put on the clipboard with its citation."""

        def copy(library: "Library") -> Message:
            text = library.quote(passage)
            return Desk.Copied(passage, text, copy_natively(text))

        self._put("copy", copy)

    def ask_reject(self, passage: Passage, mentions: Sequence[Mention], scope: str) -> None:
        """Ask that these mentions count no more, in this passage or wherever their names stand."""

        def reject(library: "Library") -> Message:
            said = [library.reject_mention(passage, mention, scope) for mention in mentions]
            self._said.append([correction.id for correction in said])
            self._counter = None
            return Desk.Corrected(_names(mention.surface for mention in mentions), scope)

        self._put("say", reject)

    def ask_undo(self) -> None:
        """Ask that the last rejection since the start be taken back."""

        def undo(library: "Library") -> Message:
            ids = dict.fromkeys(self._said.pop() if self._said else ())
            names = [library.undo_correction(correction_id).name for correction_id in ids]
            self._counter = None
            return Desk.Corrected(_names(names), "", undone=True)

        self._put("say", undo)

    def _put(self, kind: str, job: "_Job") -> None:
        with self._wake:
            self._waiting[kind] = job
            self._wake.notify_all()

    def _send(self, message: Message | None) -> None:
        if message is not None and not self._closed.is_set():
            self._post(message)

    def _search(self, library: "Library", number: int, query: str, offset: int) -> Message | None:
        if number != self._number:
            return None
        result = library.search(query, limit=PAGE, offset=offset)
        return Desk.Answered(number, query, offset, result)

    def _count(self, library: "Library", number: int, query: str) -> Message | None:
        if self._counter is None:
            self._counter = Counter(library)
        return Desk.Counted(number, self._counter.count(query))

    def _answer(self) -> None:
        try:
            library = self._opener(self._folder)
            self._send(Desk.Opened(library.name, library.paths.seeds))
        except Exception as error:  # noqa: BLE001  # whatever it is, the screen must say so
            self._send(Desk.Failed(_named(error), fatal=True))
            return
        self._sync_wanted.set()
        sync = threading.Thread(target=self._keep_synced, args=[library], name="hubtui sync", daemon=True)
        sync.start()
        threading.Thread(target=self._watch, args=[library], name="hubtui watches", daemon=True).start()
        # The terminal is the user's again by then; the last of a sync may still be written.
        atexit.register(sync.join, _PATIENCE)
        while job := self._next_job():
            try:
                self._send(job(library))
            except Exception as error:  # noqa: BLE001  # as above
                self._send(Desk.Failed(_named(error)))
            self._busy = False

    def _next_job(self) -> "_Job | None":
        with self._wake:
            self._wake.wait_for(lambda: self._waiting or self._closed.is_set())
            if self._closed.is_set():
                return None
            kind = next(kind for kind in _KINDS if kind in self._waiting)
            self._busy = True
            return self._waiting.pop(kind)

    def _keep_synced(self, library: "Library") -> None:
        while True:
            self._sync_wanted.wait()
            self._sync_wanted.clear()
            if self._closed.is_set():
                library.close()
                return
            try:
                report = library.sync(progress=self._progress(), cancelled=self._closed.is_set)
            except IndexBusyError:
                self._send(Desk.Busy())
                if not self._closed.wait(_RETRY):
                    self._sync_wanted.set()
            except Exception as error:  # noqa: BLE001  # as above
                self._send(Desk.Failed(_named(error)))
            else:
                self._counter = None
                self._send(Desk.Synced(report, tuple(library.problems())))

    def _watch(self, library: "Library") -> None:
        try:
            for _ in library.changes(self._closed):
                self._sync_wanted.set()
        except Exception as error:  # noqa: BLE001  # as above
            self._send(Desk.Failed(_named(error)))

    def _progress(self) -> Callable[[SyncProgress], None]:
        last = 0.0

        def report(progress: SyncProgress) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _BEAT:
                last = now
                self._send(Desk.Progress(progress))

        return report


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _nowhere(message: Message) -> None:
    """Take messages from before the start."""


def _open(folder: Path) -> "Library":
    from hubtui.library import Library  # noqa: PLC0415  # after the first paint

    return Library.open(folder)


def _named(error: Exception) -> HubtuiError:
    if isinstance(error, HubtuiError):
        return error
    return HubtuiError(
        f"{type(error).__name__}: {error}", "This is a fault in hubtui: please report it with this message."
    )
