"""The façade: opening, sources, passages, citations, and what it says when something is not there."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.errors import (
    LibraryError,
    UnknownPassageError,
    UnknownPlaceError,
    UnknownSourceError,
    UnknownStyleError,
)
from hubtui.core.paths import find_library, sample_library
from hubtui.core.settings import SettingsError
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no folder") as caught:
        Library.open(tmp_path / "nowhere")
    assert caught.value.remedy


def test_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("text")
    with pytest.raises(LibraryError, match="is a file") as caught:
        Library.open(tmp_path / "x.txt")
    assert str(tmp_path) in caught.value.remedy


def test_an_empty_library_answers_with_nothing(make_library: MakeLibrary) -> None:
    library = make_library({})
    report = library.sync()
    assert (report.added, report.problems) == (0, ())
    assert list(library.sources()) == []
    assert library.search("cloud").total == library.search("").total == 0
    assert list(library.places()) == []


def test_a_folder_without_seeds_is_indexed_in_the_cache(tmp_path: Path, home: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Harbin is a city in the north-east of China, known for its winters.\n"
    )
    with Library.open(tmp_path) as library:
        assert library.sync().added == 1
        assert library.paths.index.is_relative_to(home)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_the_nearest_library_upwards_is_found(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "deep").mkdir(parents=True)
    assert find_library(tmp_path / "seeds" / "deep") == tmp_path.resolve()
    assert find_library(Path("/")) == sample_library()
    assert list((sample_library() / "seeds").glob("*.txt"))


def test_settings_name_the_library(make_library: MakeLibrary, tmp_path: Path) -> None:
    assert make_library({}).name == tmp_path.name
    (tmp_path / "hubtui.toml").write_text('name = "城市"\nstyle = "apa"\n')
    assert Library.open(tmp_path).name == "城市"


@pytest.mark.parametrize(
    ("text", "part"),
    [("nmae = 'x'", "no setting 'nmae'"), ("name = 3", "must be a string"), ("name = ", "hubtui.toml")],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "hubtui.toml").write_text(text)
    with pytest.raises(SettingsError, match=part) as caught:
        Library.open(tmp_path)
    assert caught.value.remedy


def test_sources_come_in_the_order_of_their_paths(seeds_library: Library) -> None:
    paths = [source.path for source in seeds_library.sources()]
    assert len(paths) == 5
    assert paths == sorted(paths)


def test_a_source_goes_by_id_path_and_parts(seeds_library: Library) -> None:
    source = seeds_library.sources()[3]
    for name in (source.id, source.path, "003", "Guizhou to become", "GUIZHOU"):
        assert seeds_library.source(name) == source


def test_an_ambiguous_or_unknown_source_is_refused(seeds_library: Library) -> None:
    with pytest.raises(UnknownSourceError, match="5 sources match 'txt'"):
        seeds_library.source("txt")
    with pytest.raises(UnknownSourceError) as caught:
        seeds_library.source("003_9c6913e47e9d125e.txt")
    assert "003_9c6913e47e9d125d.txt" in caught.value.remedy
    with pytest.raises(UnknownSourceError):
        seeds_library.read("no such id")


def test_a_passage_goes_by_its_address(seeds_library: Library) -> None:
    passage = seeds_library.passage("Guizhou:2")
    assert passage.number == 2
    assert passage == seeds_library.read(passage.source_id)[1]
    with pytest.raises(UnknownPassageError, match="no passage '99'") as caught:
        seeds_library.passage("Guizhou:99")
    assert "1 to" in caught.value.remedy


def test_passages_are_numbered_from_one(seeds_library: Library) -> None:
    for source in seeds_library.sources():
        passages = seeds_library.read(source.id)
        assert [passage.number for passage in passages] == list(range(1, source.passages + 1))


def test_mentions_are_what_the_text_says(seeds_library: Library) -> None:
    for source in seeds_library.sources():
        for passage in seeds_library.read(source.id):
            for mention in passage.mentions:
                assert passage.text[mention.start : mention.end] == mention.surface


def test_a_place_goes_by_its_names(seeds_library: Library) -> None:
    places = {seeds_library.place(name).id for name in ("Harbin", "哈尔滨", "哈爾濱", "haerbin", "cn:230100")}
    assert places == {"cn:230100"}
    with pytest.raises(UnknownPlaceError) as caught:
        seeds_library.place("Harbinn")
    assert "Harbin" in caught.value.remedy


def test_a_quotation_is_the_exact_text_and_the_citation(seeds_library: Library) -> None:
    passage = seeds_library.passage("Guizhou:1")
    quotation = seeds_library.citations.quote(passage)
    text, _, citation = quotation.rpartition("\n\n")
    assert text == passage.text
    assert citation == seeds_library.cite(passage)
    assert "Guizhou to become nation’s digital hub" in citation
    assert "China Daily" in citation


def test_an_unknown_style_names_the_nearest(seeds_library: Library) -> None:
    with pytest.raises(UnknownStyleError) as caught:
        seeds_library.cite(seeds_library.sources()[0], style="gb7714-2026")
    assert "gb7714-2025" in caught.value.remedy


def test_a_correction_is_written_and_applied_by_the_next_sync(make_library: MakeLibrary) -> None:
    library = make_library(
        {"a.txt": "A wrong title\n\nHarbin is a city in the north-east of China, with clouds.\n"}
    )
    library.sync()
    library.correct(library.source("a.txt"), {"title": "The right title", "date": "2018-06"})
    assert library.sync().updated == 1
    source = library.source("a.txt")
    assert (source.title, source.date, source.origins["title"]) == (
        "The right title",
        "2018-06",
        "correction",
    )
    library.correct(source, {"title": None})
    library.sync()
    assert library.source("a.txt").title == "A wrong title"
