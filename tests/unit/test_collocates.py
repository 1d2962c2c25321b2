"""The words near matches."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.analysis.collocates import near_words
from hubtui.library import Library
from hubtui.text.analyzer import is_telling, running_words

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

NEAR = "The frozen river near Harbin attracts skaters. Elsewhere, far from any of this, wine is made, {}.\n\n"
FAR = "A vineyard by the coast makes wine and oil for the whole country and exports much of it, {}.\n\n"
ZH = "松花江边的哈尔滨冰雪节开幕了，第{}届。南方的城市则种植水稻、茶叶和甘蔗。\n\n"
NAMES = "一 二 三 四 五 六 七 八".split()


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    files = {
        name: "".join(text.format(n) for n in NAMES)
        for name, text in (("n.txt", NEAR), ("f.txt", FAR), ("z.txt", ZH))
    }
    library = make_library(files)
    library.sync()
    return library


def _near(text: str, node: str, window: int) -> dict[str, bool]:
    start = text.index(node)
    words = running_words(text)
    return {
        words[place].form: before
        for place, before in near_words(words, [(start, start + len(node))], window).items()
    }


def test_words_within_the_window_on_each_side() -> None:
    text = "one two three four NODE five six seven"
    assert _near(text, "NODE", 2) == {"three": True, "four": True, "five": False, "six": False}


def test_chinese_words_count_as_words() -> None:
    assert _near("发展云计算和大数据产业", "大数据", 1) == {"和": True, "产业": False}


def test_a_word_near_two_matches_counts_once_and_for_the_nearer() -> None:
    words = running_words("node aa bb cc node")
    assert near_words(words, [(0, 4), (14, 18)], 3) == {1: False, 2: False, 3: True}


def test_a_word_that_a_match_touches_is_no_neighbour() -> None:
    words = running_words("aa bb cc")
    assert near_words(words, [(1, 4)], 5) == {2: False}
    assert near_words(words, [], 5) == {}
    assert near_words([], [(0, 1)], 5) == {}


def test_what_stands_near_with_counts_on_each_side(library: Library) -> None:
    found = library.analysis.collocates("city:Harbin", window=4)
    words = {word.word: word for word in found.words}
    assert (found.matches, found.read, found.passages) == (16, 16, 16)
    assert (words["skaters"].near, words["skaters"].left, words["skaters"].right) == (8, 0, 8)
    assert words["river"].left == 8
    assert words["river"].library == 8
    assert words["开幕"].near == 8
    assert "wine" not in words
    assert not words.keys() & {"Harbin", "哈尔滨"}


def test_the_surest_comes_first(library: Library) -> None:
    scores = [word.score for word in library.analysis.collocates("city:Harbin").words]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "lang:zh", "nothing", "city:Nowhere", '"', "[/]", "\x1b[2J"])
def test_odd_queries_have_no_collocates(library: Library, query: str) -> None:
    assert library.analysis.collocates(query).words == ()


def test_a_window_has_a_word_at_least(library: Library) -> None:
    assert (
        library.analysis.collocates("city:Harbin", window=-3).words
        == library.analysis.collocates("city:Harbin", window=1).words
    )


@pytest.mark.parametrize(
    "word", ["the", "of", "2019", "a", "的", "我们", "furthermor", "很", "--", "including"]
)
def test_words_that_tell_nothing(word: str) -> None:
    assert not any(is_telling(token.form) for token in running_words(word))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harbin's clouds", ["harbin", "cloud"]),
        ("COVID-19 in AI/cloud", ["covid-19", "in", "ai", "cloud"]),
        ("農業銀行 and 3.5", ["农业银行", "and", "3.5"]),
        ("カタカナ", []),
    ],
)
def test_running_words(text: str, words: list[str]) -> None:
    assert [token.form for token in running_words(text)] == words
