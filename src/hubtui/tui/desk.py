"""Everything the screen asks of the library, in threads of its own.

One thread answers what the user waits for, another what may take longer, and :mod:`hubtui.tui.keeping`
keeps the index up to date. All send messages. They are daemons, so that quitting never waits for them:
Textual's own workers run in an executor that is joined at the end.

A part of the screen asks with :meth:`Desk.put` and a job of its own: a function that asks the library and
gives a message, which is posted to the main screen, or to whom the caller says.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.tui.faults import named
from hubtui.tui.keeping import Keeper, collect_garbage

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.library import Library

    Job = Callable[[Library], Message | None]

_RETRY = 0.5
"""Seconds until what another hubtui is indexing is looked at again."""

Post = Callable[[Message], object]


class Urgency(IntEnum):
    """What is answered first; within one urgency, what was asked first."""

    ACT = 0
    """What the user does to a passage or a city, and wants confirmed."""
    LOOK = 1
    """What the user looks at."""
    BESIDE = 2
    """What stands beside it: counts, completions."""
    LONG = 3
    """What may take a while, and is answered in a thread of its own."""


class Desk:
    """Takes requests from the screen and posts what the library answers."""

    @dataclass
    class Opened(Message):
        """The library is open; ``seeds`` is the folder to put sources into."""

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
        self.keeper = Keeper(self._send, self._closed)
        self._number = 0

    def start(self, post: Post) -> None:
        """Open the library, bring it up to date, and answer with ``post`` until :meth:`close`."""
        self._post = post
        threading.Thread(target=self._serve, name="hubtui answers", daemon=True).start()

    def close(self) -> None:
        """Stop all threads as soon as they notice; nothing is posted any more."""
        self._closed.set()
        self.keeper.wake()
        for queue in self._queues:
            queue.wake()

    @property
    def idle(self) -> bool:
        """Whether nothing is asked that has not been answered."""
        return all(queue.idle for queue in self._queues)

    @property
    def number(self) -> int:
        """The number of the newest query; answers to others are stale."""
        return self._number

    def renew(self) -> int:
        """Give the number for a new query: what was asked for an older one is stale from now on."""
        self._number += 1
        return self._number

    def sync(self) -> None:
        """Ask for (another) sync."""
        self.keeper.sync()

    def put(
        self,
        kind: str,
        job: "Job",
        urgency: Urgency = Urgency.LOOK,
        post: Callable[[Message], object] | None = None,
    ) -> None:
        """Ask for something; an earlier request of the same kind that still waits goes unanswered.

        Args:
            kind: Tells requests apart.
            job: Asks the library, in a thread of the desk, and gives the message to post, if any.
            urgency: What it comes before.
            post: Takes the message, and :class:`Failed`, instead of the main screen.
        """
        self._queues[urgency is Urgency.LONG].put(_Request(kind, job, urgency, post))

    def drop(self, kind: str) -> None:
        """Take back what waits under ``kind``."""
        for queue in self._queues:
            queue.drop(kind)

    def _send(self, message: Message | None, post: Post | None = None) -> None:
        if message is not None and not self._closed.is_set():
            (post or self._post)(message)

    def _serve(self) -> None:
        try:
            from hubtui.core import log  # after the first paint

            library = self._opener(self._folder)
            log.note("library %s", self._folder)
            self._send(Desk.Opened(library.name, library.paths.seeds))
        except Exception as error:  # noqa: BLE001  # whatever it is, the screen must say so
            self._send(Desk.Failed(named(error), fatal=True))
            collect_garbage()
            return
        self.keeper.start(library)
        quick, long = self._queues
        threading.Thread(
            target=self._answer, args=[library, long], name="hubtui answers at length", daemon=True
        ).start()
        self._answer(library, quick)

    def _answer(self, library: "Library", queue: "_Queue") -> None:
        while request := queue.next():
            try:
                self._send(request.job(library), request.post)
            except IndexBusyError as error:
                if request.urgency is Urgency.ACT:
                    self._send(Desk.Failed(error), request.post)
                else:
                    # Another hubtui builds what there is to look at; its state is in the status line.
                    queue.put_back(request)
                    self._closed.wait(_RETRY)
            except DamagedIndexError as error:
                library.notice(error)
                self.keeper.sync()
                self._send(Desk.Failed(error), request.post)
            except Exception as error:  # noqa: BLE001  # as above
                self._send(Desk.Failed(named(error)), request.post)
            queue.done()


@dataclass(frozen=True, slots=True)
class _Request:
    kind: str
    job: "Job"
    urgency: Urgency
    post: Post | None


class _Queue:
    """Requests that wait, at most one of a kind."""

    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed
        self._waiting: dict[str, _Request] = {}
        self._changed = threading.Condition()
        self._busy = False

    @property
    def idle(self) -> bool:
        with self._changed:
            return not self._waiting and not self._busy

    def put(self, request: _Request) -> None:
        with self._changed:
            self._waiting.pop(request.kind, None)
            self._waiting[request.kind] = request
            self._changed.notify_all()

    def put_back(self, request: _Request) -> None:
        """Let a request wait again, unless a newer one of its kind does."""
        with self._changed:
            self._waiting.setdefault(request.kind, request)

    def drop(self, kind: str) -> None:
        with self._changed:
            self._waiting.pop(kind, None)

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def next(self) -> _Request | None:
        """Wait for the most urgent request; give ``None`` when the desk is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed.is_set())
            if self._closed.is_set():
                return None
            kind = min(self._waiting, key=lambda kind: self._waiting[kind].urgency)
            self._busy = True
            return self._waiting.pop(kind)

    def done(self) -> None:
        with self._changed:
            self._busy = False


def _nowhere(message: Message) -> None:
    """Take messages from before the start."""


def _open(folder: Path) -> "Library":
    from hubtui.core.config import read_config  # beside its use
    from hubtui.library import Library  # after the first paint

    return Library.open(folder, style=read_config().default_style)
