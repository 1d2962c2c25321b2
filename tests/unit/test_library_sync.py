"""Sync: only what changed is read; what fails is named; the two stores agree after any crash."""

import errno
import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.errors import IndexingError
from hubtui.core.models import SyncProgress
from hubtui.index.catalog import Catalog
from hubtui.index.codec.writer import ArrayWriter
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CLOUD = "Cloud computing is growing in Harbin, where land is cheap and winters are long.\n"
TAX = "Tax breaks attract data centres to Guizhou, as officials said in the capital Guiyang.\n"


def _counts(library: Library) -> tuple[int, int, int, int]:
    report = library.sync()
    return report.added, report.updated, report.removed, report.unchanged


def test_reads_only_what_is_new_changed_or_gone(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD, "b.txt": TAX})
    seeds = library.paths.seeds
    assert _counts(library) == (2, 0, 0, 0)
    assert _counts(library) == (0, 0, 0, 2)
    (seeds / "a.txt").write_text(CLOUD + "\nA new paragraph about cloud computing in Dalian, by the sea.\n")
    assert _counts(library) == (0, 1, 0, 1)
    assert library.search("Dalian").total == 1
    (seeds / "b.txt").unlink()
    assert _counts(library) == (0, 0, 1, 1)
    assert library.search("tax").total == 0
    assert [source.path for source in library.sources()] == ["a.txt"]


def test_a_new_time_alone_changes_nothing(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    os.utime(library.paths.seeds / "a.txt", ns=(10**18, 10**18))
    generation = library._opened.store().engine.generation
    assert _counts(library) == (0, 0, 0, 1)
    assert library._opened.store().engine.generation == generation


def test_another_process_finds_the_index_ready(make_library: MakeLibrary) -> None:
    first = make_library({"a.txt": CLOUD})
    first.sync()
    with Library.open(first.paths.root) as second:
        assert second.search("cloud").total == 1
        assert _counts(second) == (0, 0, 0, 1)


def test_another_process_sees_what_was_synced_meanwhile(make_library: MakeLibrary) -> None:
    first = make_library({"a.txt": CLOUD})
    first.sync()
    with Library.open(first.paths.root) as second:
        assert second.search("tax").total == 0
        (first.paths.seeds / "b.txt").write_text(TAX)
        first.sync()
        assert second.search("tax").total == 1


def test_progress_tells_each_file_that_is_read(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD, "b.txt": TAX})
    seen: list[SyncProgress] = []
    library.sync(seen.append)
    assert seen == [SyncProgress(1, 2, "a.txt"), SyncProgress(2, 2, "b.txt")]


def test_a_cancelled_sync_keeps_what_it_has_read(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD, "b.txt": TAX})
    seen: list[SyncProgress] = []
    report = library.sync(seen.append, lambda: len(seen) == 1)
    assert report.added == 1
    assert library.search("cloud").total == 1
    assert _counts(library) == (1, 0, 0, 1)


def test_an_unreadable_file_is_named_and_the_rest_goes_on(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD, "b.txt": b"\x00\x01\x02\xff\xfe\x00\x80" * 50})
    report = library.sync()
    assert report.added == 1
    assert [problem.path for problem in report.problems] == ["b.txt"]
    assert [problem.path for problem in library.index.problems()] == ["b.txt"]
    assert [problem.path for problem in library.sync().problems] == ["b.txt"]


def test_a_file_that_becomes_unreadable_leaves_the_index(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "a.txt").write_bytes(b"\x00\x01\x02\xff\xfe\x00\x80" * 50)
    report = library.sync()
    assert (report.removed, len(report.problems)) == (1, 1)
    assert library.search("cloud").total == 0


def test_a_crash_between_the_two_commits_is_repaired(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "b.txt").write_text(TAX)

    def crash(writer: ArrayWriter) -> None:
        writer._lock.release()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ArrayWriter, "publish", crash)
        with pytest.raises(KeyboardInterrupt):
            library.sync()
    library.close()
    assert library.search("tax").total == library.search("cloud").total == 1
    report = library.sync()
    assert (report.added, report.problems) == (0, ())
    assert not list((library.paths.index / "fulltext").glob("*.draft"))


def test_an_engine_that_does_not_fit_is_built_anew(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "b.txt").write_text(TAX)
    table = library.paths.index / "fulltext" / "toc.json"
    before = table.read_bytes()
    with monkeypatch.context() as patch:  # copied while it changed
        patch.setattr("hubtui.index.codec.writer.sweep", lambda _folder: None)
        library.sync()
    library.close()
    table.write_bytes(before)
    report = library.sync()
    assert any("rebuilt" in problem.message for problem in report.problems)
    assert library.search("tax").total == library.search("cloud").total == 1


def test_a_catalog_that_cannot_commit_leaves_what_was_searchable(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "b.txt").write_text(TAX)

    def full(_catalog: Catalog, _generation: int) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    files = sorted((library.paths.index / "fulltext").iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(Catalog, "set_generation", full)
        with pytest.raises(IndexingError, match="is full"):
            library.sync()
    assert library.search("cloud").total == 1
    assert sorted((library.paths.index / "fulltext").iterdir()) == files
    assert library.sync().problems == ()
    assert library.search("tax").total == library.search("cloud").total == 1


def test_a_crash_before_the_commits_leaves_the_old_state(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "b.txt").write_text(TAX)
    with monkeypatch.context() as patch:
        patch.setattr(ArrayWriter, "add", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            library.sync()
    assert library.search("tax").total == 0
    assert _counts(library) == (1, 0, 0, 1)


@pytest.mark.slow
def test_while_another_process_indexes_the_error_says_so(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    other = sqlite3.connect(library.paths.index / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert library.sync().unchanged == 1  # nothing is due: nobody need wait
    (library.paths.seeds / "b.txt").write_text(CLOUD)
    with pytest.raises(IndexingError, match="Another hubtui"):
        library.sync()
    assert library.search("cloud").total == 1
    other.rollback()
    other.close()


def _lose(index: Path) -> None:
    (index / "catalogue.sqlite").unlink()


def _truncate(index: Path) -> None:
    path = index / "fulltext" / "toc.json"
    path.write_bytes(path.read_bytes()[:20])


def _scribble(index: Path) -> None:
    (index / "catalogue.sqlite").write_bytes(b"not a database" * 1000)


def _other_format(index: Path) -> None:
    mark = index / "made-by.json"
    mark.write_text(mark.read_text().replace('"format": "', '"format": "1'))


def _other_segmenter(index: Path) -> None:
    mark = index / "made-by.json"
    mark.write_text(mark.read_text().replace('"segmenter": "', '"segmenter": "not '))


def _not_complete(index: Path) -> None:
    (index / "made-by.json").unlink()


def _no_mark(index: Path) -> None:
    (index / "made-by.json").write_text("[]")


@pytest.mark.parametrize(
    "harm", [_lose, _truncate, _scribble, _other_format, _other_segmenter, _not_complete, _no_mark]
)
def test_a_harmed_index_or_one_of_another_version_is_built_anew(
    make_library: MakeLibrary, harm: Callable[[Path], None]
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    library.close()
    kept = library.paths.index / "README.md"
    kept.write_text("the user's own")
    harm(library.paths.index)
    report = library.sync()
    assert report.added == 1
    assert any("rebuilt" in problem.message for problem in report.problems) or harm is _lose
    assert library.search("cloud").total == 1
    assert kept.read_text() == "the user's own"
    assert library.sync().problems == ()


def test_rebuild_reads_everything_again(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    assert library.sync(rebuild=True).added == 1
    assert library.search("cloud").total == 1


def test_a_full_disk_leaves_the_old_state_and_says_what_to_do(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    (library.paths.seeds / "b.txt").write_text(TAX)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("hubtui.index.codec.writer.write_file", full)
        with pytest.raises(IndexingError, match="the disk is full") as caught:
            library.sync()
    assert "Free space" in caught.value.remedy
    assert (library.search("cloud").total, library.search("tax").total) == (1, 0)
    assert library.sync().added == 1
    assert library.search("tax").total == 1


def test_a_clock_that_jumps_back_hides_no_change(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD})
    library.sync()
    path = library.paths.seeds / "a.txt"
    path.write_text(CLOUD.replace("Harbin", "Dalian"))  # of the same size
    os.utime(path, ns=(0, 0))
    assert library.sync().updated == 1
    assert library.search("Dalian").total == 1


def test_many_small_changes_leave_few_segments(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": CLOUD, "b.txt": TAX})
    library.sync()
    path = library.paths.seeds / "a.txt"
    sizes = []
    for n in range(30):
        path.write_text(f"{CLOUD}\nChange number {n} of many, each of which is indexed by itself.\n")
        library.sync()
        folder = library.paths.index / "fulltext"
        sizes.append(sum(file.stat().st_size for file in folder.iterdir()))
    segments = list(folder.glob("*.segment"))
    assert len(segments) <= 2
    assert sizes[-1] < 2 * sizes[0]
