"""Queries side by side."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.analysis.comparison import joined
from hubtui.core.errors import ComparisonError
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

NAMES = "一 二 三 四 五 六 七 八 九 十".split()
HARBIN = "Harbin has an ice festival and a cloud park, as has Shenyang, {}.\n\n"
GUIZHOU = "Guizhou has cool mountains with a cloud park, as has Beijing, {}.\n\n"
BOTH = "Harbin and Guizhou have a cloud park each, and so has Beijing, {}.\n\n"
NEITHER = "A rocket was launched from the coast with a satellite, {}.\n\n"


def _file(text: str, count: int, date: str) -> str:
    return f"Date: {date}\n\n" + "".join(text.format(name) for name in NAMES[:count])


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(
        {
            "h.txt": _file(HARBIN, 6, "2020-02-02"),
            "g.txt": _file(GUIZHOU, 8, "2018"),
            "b.txt": _file(BOTH, 2, "2018-11-01"),
            "n.txt": _file(NEITHER, 10, "2019"),
        }
    )
    library.sync()
    return library


def test_counts_of_each_side_by_source_and_year(library: Library) -> None:
    harbin, guizhou = library.analysis.compare(["Harbin", "贵州"]).sides
    assert (harbin.query, harbin.label, harbin.passages) == ("city:Harbin", "Harbin 哈尔滨", 8)
    assert (guizhou.query, guizhou.label, guizhou.passages) == ("city:贵州", "Guizhou 贵州", 10)
    assert [(source.path, count) for source, count in harbin.sources] == [("h.txt", 6), ("b.txt", 2)]
    assert harbin.years == (("2018", 2), ("2020", 6))


def test_what_sets_them_apart_and_what_they_share(library: Library) -> None:
    found = library.analysis.compare(["Harbin", "Guizhou"])
    apart = [{word.word for word in side.words.over} for side in found.sides]
    assert {"ice", "festival"} <= apart[0]
    assert {"cool", "mountains"} <= apart[1]
    shared = {word.word: word.passages for word in found.words}
    assert shared["cloud"] == shared["park"] == (8, 10)
    assert not shared.keys() & {"ice", "cool", "Harbin", "rocket"}


def test_the_passages_of_both_can_be_searched_for(library: Library) -> None:
    found = library.analysis.compare(["Harbin", "Guizhou"])
    assert (found.query, found.passages) == ("city:Harbin city:Guizhou", 2)
    assert library.search(found.query).total == 2


def test_other_places_shared_ones_first(library: Library) -> None:
    places = library.analysis.compare(["Harbin", "Guizhou"]).places
    assert [(one.place.name_en, one.passages, one.shared) for one in places] == [
        ("Beijing", (2, 10), True),
        ("Shenyang", (6, 0), False),
    ]


def test_a_place_is_compared_with_what_lies_in_it(library: Library) -> None:
    province, city = library.analysis.compare(["Heilongjiang", "Harbin"]).sides
    assert (province.passages, city.passages) == (8, 8)
    assert province.words.words == city.words.words == ()


def test_any_queries_and_up_to_four(library: Library) -> None:
    found = library.analysis.compare(["ice", "cool mountains", 'city:Beijing "cloud park"', "lang:en"])
    assert [side.label for side in found.sides] == [
        "ice",
        "cool mountains",
        'city:Beijing "cloud park"',
        "lang:en",
    ]
    assert [side.passages for side in found.sides] == [6, 8, 10, 26]
    assert found.passages == 0


@pytest.mark.parametrize("queries", [[], ["Harbin"], ["Harbin", " Harbin "], list("abcde")])
def test_two_to_four_different_ones(library: Library, queries: list[str]) -> None:
    with pytest.raises(ComparisonError, match="cannot be compared"):
        library.analysis.compare(queries)


@pytest.mark.parametrize(
    "odd", ["", '"open', "((", "a OR", "-", "city:Nowhere", "[/] [red]", "x" * 5000, "\x1b[2J"]
)
def test_odd_queries_are_compared(library: Library, odd: str) -> None:
    found = library.analysis.compare(["Harbin", odd])
    assert library.search(found.query).total == found.passages


@pytest.mark.parametrize(
    ("queries", "query"),
    [
        (["city:A", "city:B"], "city:A city:B"),
        (["a b", "c OR d"], "(a b) (c OR d)"),
        (['"a b"', '"open phrase'], '("a b") (open phrase)'),
        (["((x", "y"], "x y"),
    ],
)
def test_joined_queries(queries: list[str], query: str) -> None:
    assert joined(queries) == query


def test_names_of_cities_are_queries_for_them(library: Library) -> None:
    assert library.queries.for_city("Harbin") == "city:Harbin"
    assert library.queries.for_city(" 哈尔滨 ") == "city:哈尔滨"
    assert library.queries.for_city("New York") == 'city:"New York"'
    assert library.queries.for_city("cloud") == "cloud"
    assert library.queries.for_city("city:Harbin cloud") == "city:Harbin cloud"
    assert library.queries.for_city("") == ""
