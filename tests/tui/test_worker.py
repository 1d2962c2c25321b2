"""The worker's threads: which job runs, which is replaced, and what comes back."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from textual.message import Message

from hubtui.core.errors import IndexBusyError
from hubtui.library import Library
from hubtui.tui.worker import LibraryWorker, Priority

DEADLINE = 10.0


class Said(Message):
    """What a job returns."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


class Run:
    """A worker on a made-up library, and what it posts."""

    def __init__(self, library: Any) -> None:
        self.posted: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.worker = LibraryWorker(Path("/hubs"), lambda _folder: cast("Library", library))

    def submit(self, kind: str, what: str, priority: Priority = Priority.VIEW) -> None:
        """Have a job return a message."""
        self.worker.submit(kind, lambda _library: Said(what), priority)

    def said(self) -> str:
        """Wait for the next message of a job."""
        while True:
            message = self.posted.get(timeout=DEADLINE)
            if isinstance(message, Said):
                return message.what


@pytest.fixture
def run(fake_library: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setattr("hubtui.tui.worker._RETRY", 0.001)
    run = Run(fake_library)
    yield run
    run.worker.close()


def test_a_newer_job_replaces_one_that_waits(run: Run) -> None:
    run.submit("search", "old")
    run.submit("count", "other")
    run.submit("search", "new")
    run.worker.start(run.posted.put)
    assert [run.said(), run.said()] == ["other", "new"]


def test_jobs_run_by_priority_then_in_order(run: Run) -> None:
    for what, priority in (("c", Priority.BACKGROUND), ("b", Priority.VIEW), ("a", Priority.ACTION)):
        run.submit(what, what, priority)
        run.submit(what * 2, what * 2, priority)
    run.worker.start(run.posted.put)
    assert [run.said() for _ in range(6)] == ["a", "aa", "b", "bb", "c", "cc"]


def test_a_job_that_finds_the_index_busy_runs_again(run: Run) -> None:
    tries = iter([IndexBusyError("busy"), None])

    def search(_library: Library) -> Message:
        if error := next(tries):
            raise error
        return Said("found")

    run.worker.submit("search", search)
    run.worker.start(run.posted.put)
    assert run.said() == "found"


def test_a_job_that_finds_the_index_busy_does_not_replace_a_newer_one(run: Run) -> None:
    ran = []

    def old(_library: Library) -> Message:
        ran.append("old")
        run.submit("search", "new")  # asked for while the old one runs
        raise IndexBusyError("busy")

    run.worker.submit("search", old)
    run.worker.start(run.posted.put)
    assert run.said() == "new"
    run.submit("last", "last")
    assert run.said() == "last"
    assert ran == ["old"]


def test_an_action_that_finds_the_index_busy_fails(run: Run) -> None:
    def act(_library: Library) -> Message:
        raise IndexBusyError("busy")

    failed: queue.SimpleQueue[Message] = queue.SimpleQueue()
    run.worker.submit("act", act, Priority.ACTION, failed.put)
    run.worker.start(run.posted.put)
    message = failed.get(timeout=DEADLINE)
    assert isinstance(message, LibraryWorker.Failed)
    assert isinstance(message.error, IndexBusyError)


def test_a_cancelled_job_does_not_run(run: Run) -> None:
    run.submit("page", "page")
    run.submit("search", "search")
    run.worker.cancel("page")
    run.worker.start(run.posted.put)
    assert run.said() == "search"
    run.submit("last", "last")
    assert run.said() == "last"


def test_a_closed_worker_posts_nothing(run: Run) -> None:
    threads: queue.SimpleQueue[threading.Thread] = queue.SimpleQueue()

    def close(_library: Library) -> Message:
        run.worker.close()
        threads.put(threading.current_thread())
        return Said("late")

    run.worker.submit("search", close)
    run.worker.start(run.posted.put)
    threads.get(timeout=DEADLINE).join(DEADLINE)
    messages = [run.posted.get_nowait() for _ in range(run.posted.qsize())]
    assert not [message for message in messages if isinstance(message, Said)]
