"""Run library calls on background threads and post the results to the UI.

One thread answers what the user waits for, another what may take longer, and :mod:`hubtui.tui.index_watcher`
keeps the index up to date. All are daemons, so that quitting never waits for them: Textual's own workers
run in an executor that is joined at the end.

A pane submits a job (:meth:`LibraryWorker.submit`): a function that calls the library and returns a message,
which is posted to the pane. What is no widget, and so takes no messages, returns :func:`callback` instead.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.tui.faults import named
from hubtui.tui.index_watcher import IndexWatcher, collect_garbage

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.library import Library

    Job = Callable[[Library], Message | None]

_PAUSE = 0.03
"""Seconds between two steps of what is loaded in advance: time for a key, and to paint."""
_QUIET = 0.3
"""Seconds without a key after which such a step may come."""
_RETRY = 0.5
"""Seconds until what another hubtui is indexing is looked at again."""

Post = Callable[[Message], object]


@runtime_checkable
class Follower(Protocol):
    """A screen over the main one that shows what a sync may change."""

    def follow_library(self) -> None:
        """Ask again; the user stays where they are."""


class Priority(IntEnum):
    """Which job runs first; within one priority, the one submitted first."""

    ACTION = 0
    """What the user does to a passage or a city, and wants confirmed."""
    VIEW = 1
    """What the user looks at."""
    BACKGROUND = 2
    """What is shown next to it: counts, completions."""
    LONG = 3
    """What may take a while, and runs on a thread of its own."""


class LibraryWorker:
    """Runs jobs on the library and posts their results."""

    @dataclass
    class Opened(Message):
        """The library is open; ``seeds`` is the folder that sources are put into."""

        name: str
        seeds: Path

    @dataclass
    class Failed(Message):
        """Something the user should know; ``fatal`` when there is no library at all."""

        error: "HubtuiError"
        fatal: bool = False

    def __init__(self, folder: Path, opener: "Callable[[Path], Library] | None" = None) -> None:
        self._folder = folder
        self._opener = opener or _open
        self._post: Post = _nowhere
        self._closed = threading.Event()
        self._queues = (_Queue(self._closed), _Queue(self._closed))
        self._awaited: dict[tuple[str, bool], _Request] = {}
        """For each kind of job that keys wait for, the newest one."""
        self._unheard: dict[str, _Request] = {}
        """For each kind of quick job, the newest one whose answer the screen has not taken yet."""
        self.used = 0.0
        """The time of the last key."""
        self._put_back: _Request | None = None
        """The last one that found the index busy."""
        self.watcher = IndexWatcher(self._send, self._closed)

    def start(self, post: Post) -> None:
        """Open the library, bring it up to date, and run jobs until :meth:`close`.

        Args:
            post: Takes the messages about the library and the index, and the results without a ``post``
                of their own.
        """
        self._post = post
        threading.Thread(target=self._serve, name="hubtui answers", daemon=True).start()

    def close(self) -> None:
        """Have all threads stop; nothing is posted any more."""
        self._closed.set()
        self.watcher.wake()
        for queue in self._queues:
            queue.wake()

    @property
    def idle(self) -> bool:
        """Whether every job submitted has been run."""
        return all(queue.idle for queue in self._queues)

    @property
    def awaited(self) -> bool:
        """Whether keys wait for the answer to a job."""
        return any(request.is_heard for request in tuple(self._awaited.values()))

    def is_pending(self, *kinds: str) -> bool:
        """Whether the screen lacks the answer to a job of these kinds, but for those put back to wait."""
        found = (self._unheard.get(kind) for kind in kinds)
        return any(one is not None and one is not self._put_back and one.is_heard for one in found)

    def await_answer(self, kind: str) -> None:
        """Have keys wait for the answer to a job that was submitted, unless it is here."""
        request = self._unheard.get(kind)
        if request is not None:
            self._awaited[request.key] = request

    def await_no_more(self) -> None:
        """Let keys act on what there is."""
        self._awaited.clear()

    def sync(self) -> None:
        """Ask for (another) sync."""
        self.watcher.sync()

    def submit(
        self,
        kind: str,
        job: "Job",
        priority: Priority = Priority.VIEW,
        post: Callable[[Message], object] | None = None,
        *,
        awaited: bool = False,
    ) -> None:
        """Have a job run; it replaces an earlier one of the same kind that still waits.

        Args:
            kind: Tells jobs apart.
            job: Calls the library, on a background thread, and returns the message to post, if any.
            priority: Which jobs it runs before.
            post: Takes the message, and :class:`Failed`, instead of what :meth:`start` was given.
            awaited: Whether the next keys are meant for what its message shows, and wait for that.
        """
        request = _Request(kind, job, priority, post)
        if awaited or request.key in self._awaited:
            self._awaited[request.key] = request
        if priority is not Priority.LONG:
            self._unheard[kind] = request
        self._queues[priority is Priority.LONG].put(request)

    def cancel(self, kind: str) -> None:
        """Take back the job that waits under ``kind``, if any."""
        self._unheard.pop(kind, None)
        for long in (False, True):
            self._awaited.pop((kind, long), None)
        for queue in self._queues:
            queue.cancel(kind)

    def _send(self, message: Message | None, post: Post | None = None) -> None:
        if message is not None and not self._closed.is_set():
            (post or self._post)(message)

    def _serve(self) -> None:
        try:
            from hubtui.core import log  # after the first paint

            library = self._opener(self._folder)
            log.note("library %s", self._folder)
            self._send(LibraryWorker.Opened(library.name, library.paths.seeds))
        except Exception as error:  # noqa: BLE001  # whatever it is, the screen must say so
            self._send(LibraryWorker.Failed(named(error), fatal=True))
            collect_garbage()
            return
        self.watcher.start(library)
        threading.Thread(target=self._prepare, args=[library], name="hubtui prepares", daemon=True).start()
        quick, long = self._queues
        threading.Thread(
            target=self._answer, args=[library, long], name="hubtui answers at length", daemon=True
        ).start()
        self._answer(library, quick)

    def _prepare(self, library: "Library") -> None:
        """Load what the first query needs, while nothing is asked and no key comes."""
        with suppress(Exception):  # whatever it is, the first query says it
            steps = library.queries.prepare()
            while not self._closed.wait(_PAUSE):
                if self.idle and time.monotonic() - self.used > _QUIET:
                    next(steps)

    def _answer(self, library: "Library", queue: "_Queue") -> None:
        while request := queue.next():
            try:
                self._send(request.job(library), request.post)
            except IndexBusyError as error:
                if request.priority is Priority.ACTION:
                    self._send(LibraryWorker.Failed(error), request.post)
                else:
                    # Another hubtui builds what there is to look at; its state is in the status line.
                    self._put_back = request
                    queue.put_back(request)
                    self._closed.wait(_RETRY)
            except DamagedIndexError as error:
                library.notice(error)
                self.watcher.sync()
                if request.priority is Priority.ACTION or request is queue.torn:
                    self._send(LibraryWorker.Failed(error), request.post)
                else:
                    # The sync rebuilds the index and says why; then it is asked once more.
                    queue.torn = self._put_back = request
                    queue.put_back(request)
                    self._closed.wait(_RETRY)
            except Exception as error:  # noqa: BLE001  # as above
                self._send(LibraryWorker.Failed(named(error)), request.post)
            queue.done()
            if request.key in self._awaited or self._unheard.get(request.kind) is request:
                # Behind the answer, on the thread of the UI.
                self._send(callback(self._answered, request), request.post)

    def _answered(self, request: "_Request") -> None:
        if self._awaited.get(request.key) is request:
            del self._awaited[request.key]
        if self._unheard.get(request.kind) is request and request is not self._put_back:
            del self._unheard[request.kind]


@dataclass(frozen=True, slots=True)
class _Request:
    kind: str
    job: "Job"
    priority: Priority
    post: Post | None

    @property
    def key(self) -> tuple[str, bool]:
        """What a newer request must have in common with this one to take its place."""
        return self.kind, self.priority is Priority.LONG

    @property
    def is_heard(self) -> bool:
        """Whether the part of the screen that asked is still there."""
        asking = getattr(self.post, "__self__", None)
        return not isinstance(asking, MessagePump) or asking.is_running


class _Queue:
    """Waiting requests, at most one of each kind."""

    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed
        self._waiting: dict[str, _Request] = {}
        self._changed = threading.Condition()
        self._running: _Request | None = None
        self.torn: _Request | None = None
        """What met a damaged index last, and is asked once more."""

    @property
    def idle(self) -> bool:
        with self._changed:
            return not self._waiting and self._running is None

    def put(self, request: _Request) -> None:
        with self._changed:
            self._waiting.pop(request.kind, None)
            self._waiting[request.kind] = request
            self._changed.notify_all()

    def put_back(self, request: _Request) -> None:
        """Let a request wait again, unless a newer one of its kind has come meanwhile."""
        with self._changed:
            self._waiting.setdefault(request.kind, request)

    def cancel(self, kind: str) -> None:
        with self._changed:
            self._waiting.pop(kind, None)

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def next(self) -> _Request | None:
        """Wait for the first request by priority; return ``None`` once the worker is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed.is_set())
            if self._closed.is_set():
                return None
            kind = min(self._waiting, key=lambda kind: self._waiting[kind].priority)
            self._running = self._waiting.pop(kind)
            return self._running

    def done(self) -> None:
        with self._changed:
            self._running = None


def callback(function: Callable[..., None], *args: object) -> Message:
    """Return a message that calls a function on the thread of the UI."""
    return events.Callback(partial(function, *args))


def _nowhere(message: Message) -> None:
    """Discard messages from before the start."""


def _open(folder: Path) -> "Library":
    from hubtui.core.config import read_config  # beside its use
    from hubtui.library import Library  # after the first paint

    return Library.open(folder, style=read_config().default_style)
