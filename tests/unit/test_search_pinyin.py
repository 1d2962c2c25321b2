"""Chinese words typed in Latin letters."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.library import Library
from hubtui.search.expansion import letters_of

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

TEXTS = {
    "cloud.txt": "哈尔滨的云计算产业发展很快。",
    "again.txt": "云计算需要大量的电力,旅游不需要。",
    "english.txt": "The women of the city can long for the mountains, he said in English.",
    "tibet.txt": "西安和重庆的厦门人,成都的六安人。",
}


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    made = make_library(TEXTS)
    made.sync()
    return made


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("yunjisuan", {"云计算"}),
        ("YunJiSuan", {"云计算"}),
        ("yun ji suan", {"云计算"}),
        ("yun jisuan", {"云计算"}),
        ("yun2ji4suan4", {"云计算"}),
        ("yún jì suàn", {"云计算"}),
        ("yun'jisuan", {"云计算"}),
        ("yjs", {"云计算"}),
        ("lvyou", {"旅游"}),
        ("lüyou", {"旅游"}),
        ("haerbinyunjisuan", {"哈尔滨", "云计算"}),
        ("haerbin yunjisuan", {"哈尔滨", "云计算"}),
        ("xi'an", {"西安"}),
        ("xian", {"西安"}),
        ("chongqing", {"重庆"}),
        ("xiamen", {"厦门"}),
        ("lu'an", {"六安"}),
    ],
)
def test_finds_the_word_and_says_so(library: Library, query: str, matched: set[str]) -> None:
    result = library.search(query)
    found = {hit.passage.text[a:b] for hit in result.hits for a, b in hit.highlights}
    assert found == matched
    assert any(word in note for note in result.notes for word in matched if note.startswith("Added: "))


def test_the_pinyin_of_a_city_finds_its_english_name_too(make_library: MakeLibrary) -> None:
    library = make_library({"en.txt": "Harbin is cold.", "zh.txt": "哈尔滨很冷。", "tw.txt": "哈爾濱很冷。"})
    library.sync()
    for query in ("哈尔滨", "haerbin", "haerbin ", "ha er bin"):
        assert {hit.source.path for hit in library.search(query).hits} == {"en.txt", "zh.txt", "tw.txt"}


@pytest.mark.parametrize("query", ["women", "can long", "he"])
def test_english_is_no_pinyin(library: Library, query: str) -> None:
    assert not any("我们" in note or "残" in note or "河" in note for note in library.search(query).notes)


@pytest.mark.parametrize("query", ["zzyzx", "yunjisuanx", "y" * 500, "yun9ji9", "a1b2c3"])
def test_what_is_no_reading_finds_nothing(library: Library, query: str) -> None:
    assert library.search(query).total == 0


def test_pinyin_can_be_switched_off_with_the_language(library: Library) -> None:
    assert library.search("yunjisuan lang:en").total == 0


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("yun2ji4suan4", "yunjisuan"),
        ("xi'an", "xian"),
        ("yunjisuan", "yunjisuan"),
        ("5g", ""),
        ("h2o", ""),
        ("", ""),
    ],
)
def test_tones_and_apostrophes_go(typed: str, letters: str) -> None:
    assert letters_of(typed) == letters
