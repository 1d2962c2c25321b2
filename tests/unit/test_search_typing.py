"""While a query is typed, its last word is the beginning of one."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.core.models import SearchResult
from hubtui.library import Library
from hubtui.search.parser import And, Begun, Not, Or, Phrase, Word, is_begun, parse

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

TEXTS = {
    "government.txt": "The government pays for machines in many companies.",
    "governor.txt": "A governor is making plans, happily.",
    "heart.txt": "The hospital treats hearts.",
    "哈尔滨.txt": "哈尔滨的云计算中心由政府出资。",
}


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(TEXTS)
    library.sync()
    return library


def _names(result: SearchResult) -> set[str]:
    return {hit.source.path.removesuffix(".txt") for hit in result.hits}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("g", {"government", "governor"}),
        ("gov", {"government", "governor"}),
        ("governm", {"government"}),
        ("government", {"government"}),
        ("governor", {"governor"}),
        ("compani", {"government"}),
        ("maki", {"governor"}),
        ("happil", {"governor"}),
        ("pays g", {"government"}),
        ("Gov", {"government", "governor"}),
        ("zzz OR gover", {"government", "governor"}),
    ],
)
def test_hits_are_those_with_a_word_that_begins_so(library: Library, typed: str, names: set[str]) -> None:
    result = library.search(typed, typing=True)
    assert _names(result) == names


def test_every_beginning_of_a_word_finds_it(seeds_library: Library) -> None:
    for word in ("government", "cities", "technologies", "responsibilities", "businesses"):
        wanted = {(hit.source.id, hit.passage.label) for hit in seeds_library.search(word, limit=200).hits
                  if word in hit.passage.text}  # fmt: skip
        for end in range(1, len(word) + 1):
            found = seeds_library.search(word[:end], limit=2000, typing=True)
            assert wanted <= {(hit.source.id, hit.passage.label) for hit in found.hits}


def test_what_begins_a_word_of_the_library_is_not_translated_or_corrected(library: Library) -> None:
    assert _names(library.search("heart", typing=True)) == {"heart"}
    assert _names(library.search("government", typing=False)) == {"government", "哈尔滨"}
    for typed in ("gov", "g", "heart", "government"):
        assert library.search(typed, typing=True).notes == ()


def test_what_begins_no_word_is_read_as_a_whole_one(library: Library) -> None:
    assert _names(library.search("yunjisuan", typing=True)) == {"哈尔滨"}
    assert library.search("yunjisuan", typing=True).hits == library.search("yunjisuan").hits


@pytest.mark.parametrize(
    "typed", ["gov ", "gov)", '"gov"', "gov*", "gov~", "-gov", "政府", "city:Harbin", ""]
)
def test_only_a_latin_word_at_the_end_is_unfinished(library: Library, typed: str) -> None:
    finished, typing = library.search(typed), library.search(typed, typing=True)
    assert (typing.hits, typing.notes) == (finished.hits, finished.notes)


def test_the_word_is_highlighted_whole_and_counted_alike(library: Library) -> None:
    (hit,) = library.search("governm", typing=True).hits
    assert [hit.passage.text[start:end] for start, end in hit.highlights] == ["government"]
    assert library.facets("gov", typing=True).total == 2


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("cloud comp", (Word("cloud"), Begun("comp"))),
        ("云comp", (And((Word("云"), Begun("comp"))),)),
        ("a OR b", (Or((Word("a"), Begun("b"))),)),
        ("-b", (Not(Word("b")),)),
        ('"a', (Phrase("a"),)),
        ("云", (Word("云"),)),
        ("c++", (Word("c++"),)),
    ],
)
def test_reads(text: str, nodes: tuple[object, ...]) -> None:
    assert parse(text, typing=True).root.nodes == nodes
    assert parse(f"{text} ", typing=True) == parse(f"{text} ")


def test_the_reader_marks_what_a_beginning_found(library: Library) -> None:
    hit = library.search("governm", typing=True).hits[0]
    marked = library.queries.highlights("governm", hit.passage, typing=True)
    assert [hit.passage.text[start:end] for start, end in marked] == ["government"]
    assert library.queries.highlights("governm", hit.passage) == ()
    assert library.reader.positions("governm", hit.source.id, typing=True) == [0]
    assert library.reader.rank("governm", hit.source.id, 0, typing=True) == 0
    assert library.reader.rank("governm", hit.source.id, 0) is None


@pytest.mark.parametrize(
    ("query", "begun"),
    [("gov", True), ("gov ", False), ("gov.", False), ("云gov", True), ("云计算", False), ("-gov", False),
     ("gov*", False), ('"gov', False), ("city:gov", False), ("(a gov", True), ("", False)],
)  # fmt: skip
def test_a_query_that_may_go_on_ends_with_the_beginning_of_a_latin_word(query: str, begun: bool) -> None:
    assert is_begun(query) is begun
