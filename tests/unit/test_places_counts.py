"""Counts by place: what rolls up, what is left out, and the names behind a count."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

FILES = {
    "a.txt": (
        "腾讯在哈尔滨工业大学设立研究院，人才很多。\n\n"
        "哈尔滨和冰城是一座城市，云计算很好。\n\n"
        "松北区有云计算中心。\n"
    ),
    "b.txt": (
        "Clouds in the north\n\n"
        "Harbin builds data centres for cloud computing.\n\n"
        "The Northeast of China follows, 东北振兴。\n"
    ),
}
HARBIN, HEILONGJIANG, SONGBEI, CHINA = "cn:230100", "cn:230000", "cn:230109", "gn:1814991"


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(FILES)
    library.sync()
    return library


def counts(library: Library, query: str = "", **view: bool) -> dict[str, tuple[int, int, int, int]]:
    return {c.place.id: (c.passages, c.sources, c.direct, c.in_names) for c in library.places(query, **view)}


def test_a_district_counts_for_its_city_and_province(library: Library) -> None:
    found = counts(library)
    assert found[SONGBEI] == (1, 1, 1, 0)
    assert found[HARBIN] == (4, 2, 3, 1)
    assert found[HEILONGJIANG] == (4, 2, 0, 1)


def test_a_region_is_itself(library: Library) -> None:
    assert counts(library)["region:northeast"][0] == 1


def test_countries_are_listed_when_asked_for(library: Library) -> None:
    assert CHINA not in counts(library)
    assert counts(library, countries=True)[CHINA] == (5, 2, 1, 1)
    assert library.search("city:China").total == 5


def test_direct_mentions_alone(library: Library) -> None:
    found = counts(library, direct=True)
    assert found[HARBIN] == (3, 2, 3, 1)
    assert HEILONGJIANG not in found


def test_without_names_inside_names(library: Library) -> None:
    assert counts(library, names=False)[HARBIN] == (3, 2, 2, 0)
    assert counts(library, "云计算 lang:zh", direct=True, names=False)[HARBIN] == (1, 1, 1, 0)


def test_passages_with_a_longer_name_come_last(library: Library) -> None:
    hits = library.search("city:Harbin").hits
    assert [hit.passage.number for hit in hits] == [2, 3, 1, 1]
    assert hits[-1].passage.text.startswith("腾讯在哈尔滨工业大学")


def test_highlights_follow_the_view(library: Library) -> None:
    def marked(query: str) -> list[str]:
        return [h.passage.text[s:e] for h in library.search(query).hits for s, e in h.highlights]

    assert marked("city:Harbin source:a.txt") == ["哈尔滨", "冰城", "松北区", "哈尔滨"]
    assert marked("city:Harbin source:a.txt mentions:direct,plain") == ["哈尔滨", "冰城"]
    assert marked("city:Heilongjiang mentions:direct") == []


def test_the_names_behind_a_count(library: Library) -> None:
    assert library.mentions.names(HARBIN) == [("哈尔滨", 2), ("Harbin", 1), ("冰城", 1)]
    assert library.mentions.names(HARBIN, "source:b.txt") == [("Harbin", 1)]
    assert library.mentions.names(HARBIN, "mentions:plain") == [("Harbin", 1), ("冰城", 1), ("哈尔滨", 1)]
    assert library.mentions.names(HEILONGJIANG) == []


def test_an_unknown_view_is_named(library: Library) -> None:
    result = library.search("city:Harbin mentions:drect")
    assert result.total == 4
    assert any("mentions:direct" in note for note in result.notes)
