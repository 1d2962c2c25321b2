"""Why a passage is a hit."""

import pytest

from hubtui.library import Library


@pytest.mark.parametrize(
    ("query", "part", "way", "found"),
    [
        ("supercomputer", "supercomputer", "literal", {"Supercomputer"}),
        ("supercomputers", "supercomputers", "inflected", {"Supercomputer"}),
        ("supercomp*", "supercomp*", "prefix", {"Supercomputer"}),
        ("supercomputr~", "supercomputr~", "fuzzy", {"Supercomputer"}),
        ("“cloud computing”", '"cloud computing"', "phrase", {"cloud computing", "Cloud computing"}),
        ('"tax data"~20', '"tax data"~20', "near", {"Tax", "data"}),
        ("雲計算 lang:zh", "雲計算", "script", {"云计算"}),
        ("unicorns", "unicorns", "translated", {"独角兽"}),
        ("yunjisuan", "yunjisuan", "pinyin", {"云计算"}),
        ("city:Harbin", "city:Harbin", "place", {"Harbin", "哈尔滨"}),
    ],
)
def test_each_way_of_matching_is_named(
    seeds_library: Library, query: str, part: str, way: str, found: set[str]
) -> None:
    hits = seeds_library.search(query, limit=100).hits
    assert hits or query == "unicorns"
    for hit in hits:
        (match,) = seeds_library.queries.explain(query, hit.passage)
        assert (match.part, match.way) == (part, way)
        assert {hit.passage.text[start:end] for start, end in match.spans} <= found


def test_what_is_explained_is_what_is_highlighted(seeds_library: Library) -> None:
    for query in ("cloud computing city:Harbin", "云计算 腾讯", "Guizhou supercomputer zzyzx"):
        for hit in seeds_library.search(query).hits:
            matches = seeds_library.queries.explain(query, hit.passage)
            covered = {at for match in matches for start, end in match.spans for at in range(start, end)}
            shown = {at for start, end in hit.highlights for at in range(start, end)}
            assert covered == shown


def test_a_translation_counts_less_than_the_word_itself(seeds_library: Library) -> None:
    (hit, *_) = seeds_library.search("cloud computing lang:zh").hits
    (match,) = seeds_library.queries.explain("cloud computing lang:zh", hit.passage)
    assert (match.part, match.way, match.found) == ("cloud computing", "translated", "云计算")
    assert 0 < match.weight < 1
