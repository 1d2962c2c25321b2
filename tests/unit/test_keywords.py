"""The words that set passages apart."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

ICE = "Harbin builds an ice festival in winter, and the festival draws tourists number {}.\n\n"
DATA = "Guizhou hosts data centres because its mountains are cool and power is cheap, {}.\n\n"
OTHER = "A rocket was launched from the coast with a satellite for weather forecasts, {}.\n\n"
ICE_ZH = "哈尔滨的冰雪旅游吸引了第{}批游客，冰雪大世界很热闹。\n\n"
DATA_ZH = "贵州的大数据产业发展很快，第{}个数据中心投入运行。\n\n"
NAMES = "一 二 三 四 五 六 七 八 九 十".split()


def _made(pattern: str, count: int = 10) -> str:
    return "".join(pattern.format(name) for name in NAMES[:count])


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    files = {"ice.txt": _made(ICE), "data.txt": _made(DATA), "other.txt": _made(OTHER)}
    files |= {"ice-zh.txt": _made(ICE_ZH), "data-zh.txt": _made(DATA_ZH)}
    library = make_library(files)
    library.sync()
    return library


def _over(library: Library, query: str, against: str = "") -> dict[str, tuple[int, int]]:
    return {w.word: (w.passages, w.elsewhere) for w in library.analysis.keywords(query, against).over}


def test_words_of_both_languages_with_the_passages_that_have_them(library: Library) -> None:
    found = library.analysis.keywords("city:Harbin")
    assert (found.passages, found.elsewhere, found.read) == (20, 30, 20)
    over = _over(library, "city:Harbin")
    assert over["festival"] == over["tourists"] == over["冰雪"] == (10, 0)
    assert not over.keys() & {"data", "数据", "rocket"}


def test_counts_are_those_of_the_search(library: Library) -> None:
    for word in library.analysis.keywords("city:Guizhou", "city:Harbin").words:
        assert library.search(f'"{word.word}" city:Guizhou').total == word.passages
        assert library.search(f'"{word.word}" city:Harbin').total == word.elsewhere


def test_the_surest_comes_first_and_each_is_sure(library: Library) -> None:
    scores = [word.score for word in library.analysis.keywords("city:Harbin").words]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 6.63
    assert all(word.sure == (word.score >= 10.83) for word in library.analysis.keywords("city:Harbin").words)


def test_names_of_the_city_and_words_of_the_query_are_left_out(library: Library) -> None:
    for query in ("city:Harbin", "festival city:Harbin", '"ice festival"', "哈尔滨 冰雪旅游"):
        words = {word.word for word in library.analysis.keywords(query).words}
        assert not words & {"Harbin", "哈尔滨"} or "city" not in query
        assert "festival" not in words or "festival" not in query
    assert not _over(library, "哈尔滨 冰雪旅游").keys() & {"冰雪", "旅游"}


def test_two_queries_are_compared_with_each_other_alone(library: Library) -> None:
    found = library.analysis.keywords("city:Harbin", "city:Guizhou")
    assert (found.passages, found.elsewhere) == (20, 20)
    under = {word.word: word.elsewhere for word in found.words if not word.over}
    assert under["data"] == 10
    assert not {word.word for word in found.words} & {"rocket", "satellite"}


def test_turned_round_over_is_under(library: Library) -> None:
    one = library.analysis.keywords("city:Harbin", "city:Guizhou")
    other = library.analysis.keywords("city:Guizhou", "city:Harbin")
    turned = {(w.word, w.elsewhere, w.passages, round(w.score, 6), not w.over) for w in other.words}
    assert {(w.word, w.passages, w.elsewhere, round(w.score, 6), w.over) for w in one.words} == turned


def test_each_language_is_compared_with_itself(make_library: MakeLibrary) -> None:
    files = {"a.txt": _made(ICE, 9), "b.txt": _made(ICE.replace("Harbin", "Guizhou"), 3)}
    files["b-zh.txt"] = _made(DATA_ZH)
    library = make_library(files)
    library.sync()
    # All English passages say the same: that Guizhou has fewer of them is no difference.
    assert not {w.word for w in library.analysis.keywords("city:Harbin", "city:Guizhou").words} & {
        "festival",
        "ice",
    }


@pytest.mark.parametrize(
    "query",
    [
        "",
        "lang:zh",
        "nothinglikethis",
        "city:Nowhere",
        '"',
        "((((",
        "[/] [red]",
        "-x",
        "a" * 9000,
        "\x1b[31m",
    ],
)
def test_odd_queries_are_answered(library: Library, query: str) -> None:
    found = library.analysis.keywords(query, query)
    assert found.elsewhere == 0
    assert found.words == ()
    library.analysis.keywords(query)


def test_an_empty_library_has_no_words(make_library: MakeLibrary) -> None:
    library = make_library({})
    library.sync()
    assert library.analysis.keywords("city:Harbin").words == ()


def test_a_chinese_word_inside_a_longer_one_is_not_listed_beside_it(library: Library) -> None:
    over = _over(library, "city:Guizhou", "city:Harbin")
    assert not [word for word in over if any(word != other and word in other for other in over)]


def test_jieba_is_not_loaded_for_english(make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library({"ice.txt": _made(ICE), "data.txt": _made(DATA)})
    library.sync()
    library.search("city:Harbin")
    monkeypatch.setattr("hubtui.text.segment._load", lambda: pytest.fail("jieba was loaded"))
    assert "festival" in _over(library, "city:Harbin")
