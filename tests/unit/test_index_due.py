"""What a sync finds to do, before it loads what does it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from hubtui import Library
from hubtui.core.errors import SourceError, UnavailableSourceError
from hubtui.core.models import SyncReport
from hubtui.index.store import Due, how_much_is_due, settled
from hubtui.ingest import Document, SourceFile, scan

MakeLibrary = Callable[[Mapping[str, str]], Library]


def _settled(library: Library) -> SyncReport | None:
    opened = library._opened
    return settled(scan(library.paths.seeds), opened.store(), opened.corrections)


def test_a_library_that_was_just_read_is_settled_until_a_file_changes(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Harbin is cold.", "b.txt": "Shenzhen is warm."})
    assert _settled(library) is None
    library.sync()
    report = _settled(library)
    assert report is not None
    assert (report.unchanged, report.changed, report.problems) == (2, False, ())
    for change in (
        lambda: (library.paths.seeds / "c.txt").write_text("A new one."),
        lambda: (library.paths.seeds / "a.txt").write_text("Harbin is very cold."),
        (library.paths.seeds / "b.txt").unlink,
    ):
        change()
        assert _settled(library) is None
        library.sync()
        assert _settled(library) is not None


def test_problems_are_told_again_and_a_new_one_is_due(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Harbin is cold.", "b.docx": "no archive"})
    told = library.sync().problems
    report = _settled(library)
    assert report is not None
    assert report.problems == told
    assert len(told) == 1
    (library.paths.seeds / "c.xyz").write_text("of no format")
    assert _settled(library) is None


def _failing(error: SourceError) -> Callable[[SourceFile], Document]:
    def fail(_file: SourceFile) -> Document:
        raise error

    return fail


PASSING = UnavailableSourceError("The file is not readable.", "Change its permissions.")
LASTING = SourceError("The file is damaged.", "Get it again.")


def test_a_file_is_read_once_what_kept_it_from_being_read_has_passed(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.ingest.workers.read_source", _failing(PASSING))
        assert [problem.path for problem in library.sync().problems] == ["a.txt"]
        assert _settled(library) is None
        assert len(library.sync().problems) == 1
    report = library.sync()
    assert (report.added, report.problems) == (1, ())
    assert _settled(library) is not None


def test_what_the_file_itself_causes_is_remembered(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.ingest.workers.read_source", _failing(LASTING))
        library.sync()
    assert _settled(library) is not None
    assert [problem.message for problem in library.sync().problems] == ["The file is damaged. Get it again."]


def test_a_file_whose_permissions_are_still_wrong_is_not_tried(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.ingest.workers.read_source", _failing(PASSING))
        library.sync()
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.index.store.os.access", lambda *_: False)
        report = _settled(library)
        assert report is not None
        assert len(report.problems) == 1
    assert _settled(library) is None


def test_a_passing_problem_makes_no_work_in_an_index_that_may_not_be_written(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.ingest.workers.read_source", _failing(PASSING))
        library.sync()
    store = replace(library._opened.store(), writable=False)
    assert how_much_is_due(scan(library.paths.seeds), store) is Due.NOTHING


def test_an_index_whose_parts_do_not_fit_is_not_settled(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    library.sync()
    catalog = library._opened.catalog
    with catalog.writing():
        catalog.set_generation(catalog.generation + 1)
    assert _settled(library) is None


def test_a_correction_that_the_mentions_do_not_follow_yet_is_due(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Harbin is cold."})
    library.sync()
    catalog = library._opened.catalog
    with catalog.writing():
        catalog.set_fact("corrections of mentions", '{"harbin": ["12345678"]}')
    assert _settled(library) is None
