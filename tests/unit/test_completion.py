"""What is offered while a query is typed, on the five seeds."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.library import Library
from hubtui.search.completion import Choice, completed, slot_at

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]


def texts(library: Library, query: str, cursor: int | None = None) -> list[str]:
    return [
        choice.text for choice in library.queries.complete(query, len(query) if cursor is None else cursor)
    ]


@pytest.mark.parametrize("typed", ["harb", "Haer", "哈尔", "哈爾", "冰城", "KHARB", '"Harb'])
def test_a_city_is_offered_by_any_beginning_of_any_of_its_names(seeds_library: Library, typed: str) -> None:
    first = seeds_library.queries.complete(f"city:{typed}", len(typed) + 5)[0]
    assert (first.text, first.label) == ("city:Harbin", "Harbin")
    assert first.passages == seeds_library.search("city:Harbin").total


def test_cities_of_the_library_come_first_and_the_gazetteer_behind_them(seeds_library: Library) -> None:
    found = seeds_library.queries.complete("city:sh", 7)
    counts = [choice.passages or 0 for choice in found]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    assert counts[-1] == 0
    assert len(found) == 8


def test_counts_are_those_under_the_rest_of_the_query(seeds_library: Library) -> None:
    query = "lang:zh city:harb cloud"
    (choice,) = [one for one in seeds_library.queries.complete(query, 17) if one.label == "Harbin"]
    assert choice.passages == seeds_library.search("lang:zh city:Harbin cloud").total


def test_namesakes_are_told_apart(seeds_library: Library) -> None:
    found = [
        choice for choice in seeds_library.queries.complete("city:suzhou", 11) if choice.label == "Suzhou"
    ]
    meant = [seeds_library.place(choice.text.removeprefix("city:")).name_zh for choice in found]
    assert sorted(meant) == ["宿州", "肃州", "苏州"]


def test_a_slip_is_offered_what_it_resembles(seeds_library: Library) -> None:
    assert texts(seeds_library, "city:Harbn")[0] == "city:Harbin"


def test_filters_are_offered_by_their_beginning_once_two_letters_stand(seeds_library: Library) -> None:
    assert texts(seeds_library, "c") == []
    assert texts(seeds_library, "cloud ci")[0] == "city:"
    assert texts(seeds_library, "men")[0] == "mentions:"


def test_a_word_that_begins_a_city_of_the_passages_offers_it(seeds_library: Library) -> None:
    assert "city:Harbin" in texts(seeds_library, "cloud harb")
    assert texts(seeds_library, "kinshasa") == []


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("lang:", {"lang:en", "lang:zh"}),
        ("sort:d", {"sort:date"}),
        ("mentions:", {"mentions:direct", "mentions:plain"}),
    ],
)
def test_values_are_those_there_are(seeds_library: Library, query: str, offered: set[str]) -> None:
    assert set(texts(seeds_library, query)) == offered


def test_a_source_is_offered_by_its_path_and_by_its_title(seeds_library: Library) -> None:
    for source in seeds_library.sources():
        (by_title,) = seeds_library.queries.complete(f'source:"{source.title}', 8 + len(source.title))
        assert by_title.label == source.title
        assert seeds_library.search(by_title.text).total == by_title.passages == source.passages
        by_path = seeds_library.queries.complete(f'source:"{source.path[:-4]}', 8 + len(source.path[:-4]))
        assert by_title in by_path


def test_dates_are_the_years_of_the_sources_latest_first(seeds_library: Library) -> None:
    years = sorted({source.date[:4] for source in seeds_library.sources() if source.date}, reverse=True)
    assert texts(seeds_library, "date:") == [f"date:{year}" for year in years]


@pytest.mark.parametrize(
    ("query", "cursor"),
    [("", 0), ("cloud ", 6), ("ci ty", 1), ('"clo', 4), ('city:"New York"', 15), ("tech*", 5), ("a OR", 4)],
)
def test_nothing_is_offered_where_nothing_is_begun(query: str, cursor: int) -> None:
    assert slot_at(query, cursor) is None


def test_a_choice_is_quoted_where_it_must_be_and_the_cursor_goes_behind_it() -> None:
    query = "city:new lang:en"
    slot = slot_at(query, 8)
    assert slot is not None
    text, cursor = completed(query, slot, Choice('city:"New York"', "New York"))
    assert text == 'city:"New York" lang:en'
    assert text[:cursor] == 'city:"New York" '


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("cloud city:", "cloud "),
        ("cloud city:Harb", "cloud "),
        ("cloud city:Harbin", "cloud city:Harbin"),
        ("cloud city:Xqzt", "cloud city:Xqzt"),
        ("cloud date:20", "cloud "),
        ("cloud date:2020..", "cloud date:2020.."),
        ("cloud date:soon", "cloud date:soon"),
        ("cloud date:2024..2018", "cloud date:2024..2018"),
        ("cloud date:2018..", "cloud date:2018.."),
        ("cloud date:2018..20", "cloud "),
        ("cloud lang:e", "cloud "),
        ("cloud lang:fr", "cloud lang:fr"),
        ("cloud source:gui", "cloud source:gui"),
        ("cloud sort:da", "cloud "),
        ("clo", "clo"),
    ],
)
def test_a_filter_that_is_only_begun_is_not_asked_for(seeds_library: Library, query: str, asked: str) -> None:
    assert seeds_library.queries.without_unfinished(query, len(query)) == asked


def test_a_source_whose_path_is_a_part_of_anothers_can_be_chosen(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Title\n\nOne text here.", "aa.txt": "Title two\n\nAnother text."})
    library.sync()
    assert {hit.source.path for hit in library.search("source:a.txt").hits} == {"a.txt"}
    assert {hit.source.path for hit in library.search("source:.txt").hits} == {"a.txt", "aa.txt"}
