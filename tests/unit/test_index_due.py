"""What a sync finds to do, before it loads what does it."""

from collections.abc import Callable, Mapping

from hubtui import Library
from hubtui.core.models import SyncReport
from hubtui.index.store import settled

MakeLibrary = Callable[[Mapping[str, str]], Library]


def _settled(library: Library) -> SyncReport | None:
    opened = library._opened
    return settled(library.paths.seeds, opened.store(), opened.corrections)


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
