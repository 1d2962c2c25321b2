"""Searching the five seeds: what a reader who knows them would name, and exactly what matched."""

import pytest

from hubtui.library import Library
from hubtui.places import Gazetteer

HARBIN, CITIES, NORTHEAST, GUIZHOU, SHANGHAI = range(5)


def _addresses(library: Library, query: str) -> set[tuple[int, int]]:
    order = {source.id: number for number, source in enumerate(library.sources())}
    result = library.search(query, limit=100)
    assert result.total == len(result.hits)
    return {(order[hit.source.id], hit.passage.number) for hit in result.hits}


def _matched(library: Library, query: str) -> set[str]:
    return {
        hit.passage.text[start:end]
        for hit in library.search(query, limit=100).hits
        for start, end in hit.highlights
    }


CLOUD_TERM = {(HARBIN, n) for n in (1, 2, 3, 4, 5, 8)} | {(GUIZHOU, n) for n in (1, 2, 4, 9, 11)}
CLOUD = {(HARBIN, n) for n in (1, 2, 3, 4, 5, 8)} | {(GUIZHOU, n) for n in (1, 2, 4, 9, 11)}
YUN = {(NORTHEAST, n) for n in (1, 11, 15, 17)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cloud computing", CLOUD | YUN),
        ("cloud computing lang:en", CLOUD),
        ('"cloud computing"', CLOUD),
        ("云计算", CLOUD_TERM | YUN),
        ("雲計算 lang:zh", YUN),
        ("ＣＬＯＵＤ computed", CLOUD | YUN),
        ("云计算 OR “cloud computing”", CLOUD | YUN),
        ("cloud computing -Harbin lang:en", {(GUIZHOU, n) for n in (1, 2, 4, 9, 11)}),
        ("cloud computing lang:zh", YUN),
        ("“cloud computing” lang:zh", set()),
        ("云计算 lang:zh date:2024", YUN),
        ("云计算 date:2018..2023 lang:zh", set()),
        ('"产业互联网"', {(NORTHEAST, n) for n in (1, 4, 5, 14, 18)}),
        ("“互联网产业”", set()),
        ("tax breaks", {(HARBIN, 4)}),
        ("supercomp*", {(GUIZHOU, 4)}),
        ("publisher:第一财经 视频", {(NORTHEAST, 17)}),
        ("author:Ouyang iCloud", {(GUIZHOU, 7)}),
        ("section:Conclusion city:Wuhan", {(CITIES, 9)}),
        ("city:Shenyang", {(NORTHEAST, n) for n in (5, 10, 12, 22, 24)}),
        ("(city:Shenyang OR city:Harbin) 知名高校", {(NORTHEAST, 23)}),
    ],
)
def test_finds_the_passages_a_reader_would_name(
    seeds_library: Library, query: str, expected: set[tuple[int, int]]
) -> None:
    found = _addresses(seeds_library, query)
    if expected:
        assert found == expected
        assert not seeds_library.search(query).partial
    else:
        assert seeds_library.search(query).partial or not found


def test_a_city_is_found_under_all_its_names_in_both_languages(seeds_library: Library) -> None:
    hits = seeds_library.search("city:Harbin", limit=100).hits
    assert {hit.source.language[:2] for hit in hits} == {"en", "zh"}
    assert _matched(seeds_library, "city:Harbin") == {"Harbin", "哈尔滨"}
    assert _addresses(seeds_library, "city:哈爾濱") == _addresses(seeds_library, "city:harbin")


def test_a_name_of_several_places_selects_the_best_known_and_a_composite_one_all(
    seeds_library: Library,
) -> None:
    assert _matched(seeds_library, "city:吉林") == {"吉林", "吉林省", "长春"}
    assert _matched(seeds_library, "city:吉林 mentions:direct") == {"吉林", "吉林省"}
    both = _addresses(seeds_library, "city:Beijing") & _addresses(seeds_library, "city:Shenzhen")
    assert (NORTHEAST, 4) in both
    assert _addresses(seeds_library, "city:北上广深") > both


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("雲計算", {"云计算", "cloud computing"}),
        ("universities", {"universities", "大学", "高校"}),
        ("invest lang:en", {"investment", "investments", "invest", "investing", "Investing"}),
        ("“阿里与黑龙江”", {"阿里与黑龙江"}),
        ("supercomp*", {"Supercomputer"}),
        ("1.6万吨", {"1.6万吨"}),
        ("Harbin's", {"Harbin", "哈尔滨"}),
        ("haerbin", {"哈尔滨", "Harbin"}),
        ("yunjisuan", {"云计算"}),
        ("supercomputr~", {"Supercomputer"}),
        ('"tax data"~20', {"Tax", "data"}),
        ("5G", {"5G"}),
    ],
)
def test_highlights_cover_exactly_what_matched(seeds_library: Library, query: str, matched: set[str]) -> None:
    assert _matched(seeds_library, query) == matched


def test_without_a_passage_that_has_every_word_the_answer_is_partial(seeds_library: Library) -> None:
    result = seeds_library.search("Guizhou supercomputer zzyzx")
    assert result.partial
    assert result.hits[0].passage.text.endswith("Guian New Area Supercomputer Center.”")
    assert any("No passage has every word" in note for note in result.notes)


def test_filters_stay_strict_when_the_answer_is_partial(seeds_library: Library) -> None:
    result = seeds_library.search("cloud zzyzx city:Guizhou", limit=100)
    assert result.partial
    guizhou = Gazetteer.default().within(seeds_library.place("Guizhou").id)
    assert all(guizhou & {m.place.id for m in hit.passage.mentions} for hit in result.hits)


@pytest.mark.parametrize("query", ["zzyzx", "city:Harbinn", "-the -的 lang:fr", "date:1850"])
def test_a_search_without_an_answer(seeds_library: Library, query: str) -> None:
    result = seeds_library.search(query)
    assert (result.total, result.hits, result.partial) == (0, (), False)


def test_an_unknown_city_and_an_impossible_date_are_named(seeds_library: Library) -> None:
    assert any("Did you mean Harbin" in note for note in seeds_library.search("city:Harbinn").notes)
    assert any("2018-13 is no date" in note for note in seeds_library.search("date:2018-13").notes)


@pytest.mark.parametrize("query", ["", "   ", "，。", "-", "()"])
def test_a_query_without_conditions_selects_everything_in_order(seeds_library: Library, query: str) -> None:
    result = seeds_library.search(query, limit=1000)
    expected = [(s.id, n) for s in seeds_library.sources() for n in range(1, s.passages + 1)]
    assert [(hit.source.id, hit.passage.number) for hit in result.hits] == expected
    assert result.total == len(expected)


def test_pages_follow_each_other(seeds_library: Library) -> None:
    whole = seeds_library.search("cloud", limit=100).hits
    pages = [seeds_library.search("cloud", limit=4, offset=offset).hits for offset in range(0, len(whole), 4)]
    assert tuple(hit for page in pages for hit in page) == whole


def test_the_same_query_gives_the_same_order(seeds_library: Library) -> None:
    for query in ("cloud", "东北", "city:Beijing", "互联网 发展"):
        first = seeds_library.search(query, limit=100)
        assert seeds_library.search(query, limit=100).hits == first.hits


def test_the_passage_about_it_comes_before_one_that_names_it_in_passing(seeds_library: Library) -> None:
    best = seeds_library.search("attracting and retaining top talent").hits[0]
    assert best.passage.text.startswith("Another challenge lies in attracting and retaining top talent")


@pytest.mark.parametrize("query", ["", "cloud", "云计算", "city:Harbin", "lang:zh", "cloud zzyzx"])
def test_facets_count_what_search_finds(seeds_library: Library, query: str) -> None:
    hits = seeds_library.search(query, limit=1000).hits
    facets = seeds_library.facets(query)
    assert facets.total == len(hits)
    for source in seeds_library.sources():
        assert facets.sources.get(source.id, 0) == sum(hit.source.id == source.id for hit in hits)
    for count in facets.places:
        inside = Gazetteer.default().within(count.place.id)
        naming = [hit for hit in hits if any(m.place.id in inside for m in hit.passage.mentions)]
        assert (count.passages, count.sources) == (len(naming), len({hit.source.id for hit in naming}))
    passages = [count.passages for count in facets.places]
    assert passages == sorted(passages, reverse=True)


def test_the_reader_highlights_what_the_hit_does(seeds_library: Library) -> None:
    for hit in seeds_library.search("cloud city:Harbin").hits:
        assert seeds_library.queries.highlights("cloud city:Harbin", hit.passage) == hit.highlights
