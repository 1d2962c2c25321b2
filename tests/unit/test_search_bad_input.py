"""Whatever is typed is answered: quickly, without an error, and with a word on what was wrong."""

import time

import pytest

from hubtui.library import Library
from hubtui.search.parser import LONGEST_QUERY


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"cloud',
        "“云计算",
        "cloud)",
        "((cloud",
        "(" * 500 + "cloud",
        "OR",
        "AND",
        "NOT",
        "-",
        "cloud OR",
        "- - -",
        "*",
        "~",
        '""',
        '""~5',
        '"~"~',
        "~~~",
        "*~*",
        "city:",
        "sort:",
        "date:..",
        "city:''",
        "mentions:sideways",
        "title:*",
        "x" * 3000,
        "云" * 3000,
        "云计算 " * 800,
        "cloud " * 10_000,
        "a~ " * 300,
        "，。！？、；：",
        "...---!!!",
        "the of and",
        "的 了 和",
        "的",
        "𠮷野家 🏙️ 🇨🇳",
        "مرحبا بالعالم",
        "עברית",
        "\u202eabc\u202c",
        "\x00\x01",
        "é",
        "ﬁ ①②③ ㍻",
        "\ud800",
        "a" * 100 + "~",
        '"a b c d e f g h"~999',
        "カタカナ ひらがな",
        "%_[]^$.|?+\\",
        "' OR 1=1 --",
        "NaN inf 1e999",
        "yunjisuan" * 20,
    ],
)
def test_is_answered(seeds_library: Library, query: str) -> None:
    result = seeds_library.search(query)
    for fault in result.faults:
        assert 0 <= fault.start < fault.end <= len(query)
        assert fault.message in result.notes
    facets = seeds_library.facets(query)
    assert facets.total == result.total
    for hit in result.hits:
        ends = [end for _, end in hit.highlights]
        assert ends == sorted(ends)
        assert not ends or ends[-1] <= len(hit.passage.text)


@pytest.mark.slow
def test_a_million_characters_are_cut_with_a_word_and_soon(seeds_library: Library) -> None:
    seeds_library.search("云计算 cloud")
    for query in ("cloud " * 170_000, "云" * 1_000_000, '"' * 1_000_000, "(" * 1_000_000):
        started = time.process_time()
        result = seeds_library.search(query)
        assert time.process_time() - started < 2
        assert any(str(LONGEST_QUERY) in note for note in result.notes)
        assert result.faults[-1].end == len(query)


@pytest.mark.parametrize(
    ("query", "start", "end", "part"),
    [
        ("cloud city:Harbinn", 6, 18, "Did you mean Harbin"),
        ("cloud date:2018-13", 6, 18, "is no date"),
        ("cloud sort:size", 6, 15, "sort:date"),
        ("cloud mentions:sideways", 6, 23, "mentions:direct"),
        ("cloud ctiy:Harbin", 6, 17, "Did you mean city"),
        ('cloud "computing', 6, 16, "not closed"),
    ],
)
def test_a_fault_is_marked_and_the_rest_still_read(
    seeds_library: Library, query: str, start: int, end: int, part: str
) -> None:
    (fault,) = seeds_library.search(query).faults
    assert (fault.start, fault.end) == (start, end)
    assert part in fault.message


def test_what_stands_beside_a_fault_is_still_searched(seeds_library: Library) -> None:
    assert seeds_library.search("supercomputer (").total == seeds_library.search("supercomputer").total == 1


def test_a_traditional_phrase_finds_a_simplified_text(seeds_library: Library) -> None:
    (hit, *_) = seeds_library.search("「產業互聯網」").hits
    assert {hit.passage.text[a:b] for a, b in hit.highlights} == {"产业互联网"}


def test_only_stop_words_are_looked_for_as_they_are(seeds_library: Library) -> None:
    result = seeds_library.search("of the")
    assert result.total > 0
    assert not result.partial
