"""Several processes on one library, and processes that die."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hubtui.core.errors import IndexingError
from hubtui.library import Library

if TYPE_CHECKING:
    from hubtui.core.models import SyncReport

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

_SYNC = """
import sys
from hubtui.library import Library
with Library.open(sys.argv[1]) as library:
    library.sync(lambda progress: print(progress.done, flush=True))
"""
_TEXT = "Paragraph {n} of source {s} speaks of cloud computing in Harbin and 沈阳的云计算产业.\n\n"
_SOURCES = 240
_PARAGRAPHS = 20


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A library whose first sync takes some seconds."""
    (tmp_path / "seeds").mkdir()
    for s in range(_SOURCES):
        text = "".join(_TEXT.format(n=n, s=s) for n in range(_PARAGRAPHS))
        (tmp_path / "seeds" / f"{s:04}.txt").write_text(f"Source number {s}\n\n{text}")
    return tmp_path


@pytest.fixture
def syncing(big: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that syncs ``big`` and has read some sources."""
    process = subprocess.Popen([sys.executable, "-c", _SYNC, str(big)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(40):
        assert process.stdout.readline()
    with process:
        yield process
        process.kill()


def test_a_killed_sync_leaves_a_state_that_the_next_one_completes(
    big: Path, syncing: "subprocess.Popen[str]"
) -> None:
    syncing.send_signal(signal.SIGKILL)
    syncing.wait()
    with Library.open(big) as library:
        before = library.search("paragraph").total
        assert before % _PARAGRAPHS == 0
        assert before == sum(source.passages for source in library.sources())
        report = library.sync()
        assert report.added + report.unchanged == _SOURCES
        assert library.search("paragraph").total == _SOURCES * _PARAGRAPHS
        assert library.facets("city:Harbin").total == _SOURCES * _PARAGRAPHS


def test_while_one_syncs_the_other_reads_and_sees_the_result(
    big: Path, syncing: "subprocess.Popen[str]"
) -> None:
    with Library.open(big) as library:
        with pytest.raises(IndexingError, match="Another hubtui"):
            library.sync()
        library.search("paragraph")
        assert syncing.stdout is not None
        syncing.stdout.read()
        syncing.wait()
        assert library.search("paragraph").total == _SOURCES * _PARAGRAPHS
        assert library.sync().unchanged == _SOURCES


def test_watching_tells_of_a_new_a_changed_and_a_removed_source(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    stopped = threading.Event()
    reports: list[SyncReport] = []
    with Library.open(tmp_path) as library:
        library.sync()

        def watch() -> None:
            reports.extend(library.index.watch(stopped))

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            file = seeds / "new.txt"
            # The watch may begin after the first write, so the file is written until it is seen.
            _until(lambda: library.search("clouds").total == 1, lambda: file.write_text(_story("clouds")))
            _until(lambda: library.search("taxes").total == 1, lambda: file.write_text(_story("taxes")))
            _until(lambda: not library.sources(), lambda: file.unlink(missing_ok=True))
        finally:
            stopped.set()
            thread.join()
    assert sum(report.added for report in reports) >= 1


def _story(topic: str) -> str:
    return f"A story\n\nThe city of Harbin has much to say about {topic} and about its long winters.\n"


def _until(done: Callable[[], bool], act: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline
        act()
        threading.Event().wait(0.3)


def test_a_library_that_cannot_be_written_keeps_its_index_in_the_cache(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(_story("clouds"))
    # Root, who runs the tests in a container, may write everywhere.
    monkeypatch.setattr(
        os, "access", lambda path, mode: not mode & os.W_OK or not Path(path).is_relative_to(tmp_path)
    )
    with Library.open(tmp_path) as library:
        assert library.sync().added == 1
        assert library.paths.index.is_relative_to(home)
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]


def _truncate_catalog(index: Path) -> None:
    path = index / "catalogue.sqlite"
    path.write_bytes(path.read_bytes()[:5000])
    (index / "catalogue.sqlite-wal").unlink(missing_ok=True)


@pytest.mark.parametrize("harm", [shutil.rmtree, _truncate_catalog])
def test_an_index_harmed_while_it_is_open_is_built_anew(
    make_library: MakeLibrary, harm: Callable[[Path], None]
) -> None:
    library = make_library({"a.txt": _story("clouds"), "b.txt": _story("taxes")})
    library.sync()
    assert library.search("clouds").total == 1
    harm(library.paths.index)
    library.sync()
    assert library.search("clouds").total == library.search("taxes").total == 1
    assert len(library.sources()) == 2


def test_another_process_that_builds_anew_is_followed(make_library: MakeLibrary) -> None:
    first = make_library({"a.txt": _story("clouds")})
    first.sync()
    with Library.open(first.paths.root) as second:
        assert second.search("clouds").total == 1
        first.sync(rebuild=True)
        assert second.search("clouds").total == 1
        assert second.sync().unchanged == 1
