"""Matches in their context, and the order of the lines."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.analysis.concordance import SORTS, Concordance, ConcordanceLine, Sort, left_key, right_key
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

FILES = {
    "a.txt": "Title: One\nDate: 2019-05-01\n\nHarbin has snow, and Harbin has ice.\n\nNothing here at all.\n",
    "b.txt": "Title: Two\nDate: 2023-01-02\n\nVisitors reach Harbin by train.\n",
    "c.txt": "他住在重庆的云端。\n\n我在安徽的云端，又在成都的云端。\n",
}


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(FILES)
    library.sync()
    return library


def _shown(line: ConcordanceLine | None) -> tuple[str, str, str]:
    assert line is not None
    text = line.passage.text
    assert line.left[1] == line.match[0]
    assert line.match[1] == line.right[0]
    return text[slice(*line.left)], text[slice(*line.match)], text[slice(*line.right)]


def _read(found: Concordance) -> list[tuple[str, str, str]]:
    return [_shown(line) for line in found.lines()]


def test_a_line_for_each_match_with_the_whole_passage_around_it(library: Library) -> None:
    assert _read(library.analysis.concordance("Harbin")) == [
        ("", "Harbin", " has snow, and Harbin has ice."),
        ("Harbin has snow, and ", "Harbin", " has ice."),
        ("Visitors reach ", "Harbin", " by train."),
    ]


def test_lines_are_read_by_number_and_name_their_source(library: Library) -> None:
    found = library.analysis.concordance("Harbin")
    assert (len(found), found.passages, found.read, found.complete) == (3, 2, 2, True)
    (line,) = found.lines(2, 3)
    assert line is not None
    assert (line.source.path, line.passage.label) == ("b.txt", "1")
    assert found.lines(3, 9) == ()


def test_sorted_by_what_stands_behind(library: Library) -> None:
    assert [right for _, _, right in _read(library.analysis.concordance("Harbin", "right"))] == [
        " by train.",
        " has ice.",
        " has snow, and Harbin has ice.",
    ]


def test_sorted_by_what_stands_before_from_the_match_outward(library: Library) -> None:
    assert [left for left, _, _ in _read(library.analysis.concordance("Harbin", "left"))] == [
        "",
        "Harbin has snow, and ",
        "Visitors reach ",
    ]


def test_sorted_by_date_the_latest_first(library: Library) -> None:
    lines = library.analysis.concordance("Harbin", "date").lines()
    assert [line.source.path for line in lines if line] == ["b.txt", "a.txt", "a.txt"]


def test_chinese_is_sorted_by_pinyin_and_places_by_their_own(library: Library) -> None:
    # The character next to 云端 is 的 everywhere; then 徽 hui, 都 du, 庆 qing.
    assert [left[-4:-1] for left, _, _ in _read(library.analysis.concordance("云端", "left"))] == [
        "在成都",
        "在安徽",
        "在重庆",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("安全", "北方"),  # an before bei, though 北 has the lower code point
        ("城市", "重庆"),  # cheng before chong: 重 is zhong elsewhere
        ("重庆", "大连"),
        ("泸州", "重量"),  # lu before zhong
        ("Zebra", "阿里"),  # Latin before Chinese
        ("apple pie", "Apple tart"),  # case says nothing
        ("", "a"),
    ],
)
def test_right_contexts_in_order(one: str, other: str) -> None:
    assert right_key(f"x{one}", (0, 1)) < right_key(f"x{other}", (0, 1))


def test_left_contexts_are_compared_from_the_match_outward() -> None:
    assert left_key("zoo apple X", (10, 11)) < left_key("ant bear X", (9, 10))


def test_traditional_sorts_as_simplified() -> None:
    assert right_key("x雲計算", (0, 1)) == right_key("x云计算", (0, 1))


def test_places_are_found_under_all_names(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Harbin and 哈尔滨 and 哈爾濱 and 冰城.\n"})
    library.sync()
    assert [match for _, match, _ in _read(library.analysis.concordance("city:Harbin"))] == [
        "Harbin", "哈尔滨", "哈爾濱", "冰城",
    ]  # fmt: skip


def test_a_first_look_at_some_passages(library: Library) -> None:
    found = library.analysis.concordance("Harbin", most=1)
    assert (len(found), found.passages, found.read, found.complete) == (2, 2, 1, False)


def test_can_be_cancelled(library: Library) -> None:
    found = library.analysis.concordance("Harbin", cancelled=lambda: True)
    assert (len(found), found.read, found.passages) == (0, 0, 2)


def test_a_passage_that_has_gone_is_no_line(make_library: MakeLibrary) -> None:
    library = make_library(FILES)
    library.sync()
    found = library.analysis.concordance("Harbin")
    (library.paths.seeds / "a.txt").unlink()
    library.sync()
    assert [line is None for line in found.lines()] == [True, True, False]
    assert len(found.sorted("left")) == 3


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "query", ["", "lang:en", "nothinglikethis", "city:Nowhere", '"', "(((", "[/]", "\x1b[2J"]
)
def test_odd_queries_have_no_lines(library: Library, query: str, sort: Sort) -> None:
    assert _read(library.analysis.concordance(query, sort)) == []


def test_hostile_text_is_kept_as_it_is(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "[red]x[/] cloud [A] " + "e" + "\u0301" * 500 + " cloud\n"})
    library.sync()
    for sort in SORTS:
        for left, match, _ in _read(library.analysis.concordance("cloud", sort)):
            assert match == "cloud"
            assert left.startswith("[red]x[/] ") or len(left) == 200
