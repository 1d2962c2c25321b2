"""Asking in one language and finding in the other: what is added, when it is not, and what comes first."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.models import SearchResult
from hubtui.core.settings import SettingsError
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

FILLER = {
    f"filler{n}.txt": f"Paragraph {n} talks about something else altogether, and so does its neighbour."
    for n in range(6)
}


def _library(make_library: MakeLibrary, **texts: str) -> Library:
    files = {f"{name}.txt": f"Notes of a traveller\n\n{text}\n" for name, text in texts.items()}
    library = make_library(files | FILLER)
    library.sync()
    return library


def _names(result: SearchResult) -> list[str]:
    return [hit.source.path.removesuffix(".txt") for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("government", "当地政府宣布了新的政策。"),
        ("政府", "The local government announced a new policy."),
        ("cloud computing", "这座城市发展云计算。"),
        ("雲計算", "The city is developing cloud computing."),
        ("人工智能", "Artificial intelligence changes the city."),
        ("artificial intelligence", "人工智能改变了城市。"),
        ("数据中心", "The data centre stands in the mountains."),
        ("universities", "高校培养人才。"),
        ("took", "He will take the offer."),
        ("Harbin", "哈尔滨的冬天很冷。"),
        ("哈尔滨", "Winters in Harbin are cold."),
        ("哈爾濱", "Winters in Harbin are cold."),
        ("独角兽", "A unicorn is a start-up with a high valuation."),
        ("two universities in Harbin", "哈尔滨有两所大学。"),
    ],
)
def test_finds_what_says_the_same(make_library: MakeLibrary, query: str, text: str) -> None:
    result = _library(make_library, wanted=text).search(query)
    assert _names(result)[0] == "wanted"
    assert result.hits[0].highlights
    assert not result.partial


def test_says_what_was_added_and_nothing_that_was_not_found(make_library: MakeLibrary) -> None:
    library = _library(make_library, one="这座城市发展云计算。", two="Cloud computing is growing here.")
    assert library.search("cloud computing").notes == ("Added: 云计算.",)
    assert library.search("云计算").notes == ("Added: cloud computing.",)
    assert library.search('"cloud computing"').notes == ()


@pytest.mark.parametrize("query", ["cloud computing", "云计算"])
def test_a_translated_match_ranks_below_a_literal_one_of_the_same_worth(
    make_library: MakeLibrary, query: str
) -> None:
    library = _library(make_library, zh="这里谈论云计算。", en="They discuss cloud computing.")
    first, second = library.search(query).hits
    assert first.source.language[:2] == ("zh" if query == "云计算" else "en")
    assert first.score > second.score


def test_one_language_asked_for_is_the_only_one_looked_in(make_library: MakeLibrary) -> None:
    library = _library(make_library, zh="这座城市发展云计算。", en="The city is developing cloud computing.")
    result = library.search("cloud computing lang:en")
    assert (_names(result), result.notes) == (["en"], ())
    result = library.search("cloud computing lang:zh")
    assert (_names(result), result.notes) == (["zh"], ("Added: 云计算.",))


def test_a_negated_word_is_meant_literally(make_library: MakeLibrary) -> None:
    library = _library(make_library, zh="哈尔滨的经济。", en="The economy of Harbin.", other="The economy.")
    assert set(_names(library.search("economy -Harbin"))) == {"zh", "other"}


def test_a_term_of_several_words_is_not_taken_apart(make_library: MakeLibrary) -> None:
    library = _library(make_library, right="云计算的发展。", wrong="天上的云很美。")
    assert _names(library.search("cloud computing")) == ["right"]


def test_every_word_is_wanted_in_whichever_language(make_library: MakeLibrary) -> None:
    library = _library(
        make_library,
        both="哈尔滨 has a plan for cloud computing.",
        one="哈尔滨的冬天。",
        two="云计算的发展。",
    )
    assert _names(library.search("Harbin 云计算")) == ["both"]
    result = library.search("Harbin 云计算 unicorn")
    assert result.partial
    assert set(_names(result)) == {"both", "one", "two"}


def test_settings_add_terms_and_switch_translation_off(make_library: MakeLibrary, tmp_path: Path) -> None:
    library = _library(make_library, zh="小巨人企业越来越多。", en="Cloud computing is growing.")
    assert library.search("junior giant").partial
    (tmp_path / "hubtui.toml").write_text('[glossary]\n"小巨人" = ["little giant", "junior giant"]\n')
    with Library.open(tmp_path) as reopened:
        assert _names(reopened.search("little giants")) == ["zh"]
        assert not reopened.search("junior giant").partial
    (tmp_path / "hubtui.toml").write_text("translate = false\n")
    with Library.open(tmp_path) as reopened:
        assert reopened.search("云计算").total == 0
        assert _names(reopened.search("cloud computing")) == ["en"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('translate = "no"', "translate must be true or false"),
        ('glossary = "x"', "glossary must be a table"),
        ("[glossary]\nhub = 3", "hub in .glossary. must be a string"),
        ("[glossary]\nhub = []", "hub in .glossary. must be a string"),
        ('[glossary]\nhub = ["枢纽", ""]', "hub in .glossary. must be a string"),
        ("[glosary]\nhub = '枢纽'", "no setting 'glosary'"),
    ],
)
def test_wrong_settings_of_the_glossary_are_named(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "hubtui.toml").write_text(text)
    with pytest.raises(SettingsError, match=part) as caught:
        Library.open(tmp_path)
    assert caught.value.remedy


def test_a_character_that_stands_in_many_words_is_no_translation_of_its_own(
    make_library: MakeLibrary,
) -> None:
    library = _library(make_library, en="The data center grows.", zh="大数据正在其中变得重要。")
    assert _names(library.search("data center")) == ["en"]


@pytest.mark.parametrize(
    ("query", "inside", "alone"),
    [
        ("cloud", "马云访问了哈尔滨。", "她抬头看天上的云。"),
        ("horse", "马云访问了哈尔滨。", "他有一匹马。"),
        ("spring", "长春的汽车厂很忙。", "春天来了。"),
        ("tree", "树立了新的目标。", "河边的树很老。"),
    ],
)
def test_a_rendering_of_one_character_counts_where_it_is_a_word(
    make_library: MakeLibrary, query: str, inside: str, alone: str
) -> None:
    result = _library(make_library, inside=inside, alone=alone).search(query)
    assert _names(result) == ["alone"]
    assert result.hits[0].highlights


@pytest.mark.parametrize("query", ["big", "cloud", "spring"])
def test_a_character_inside_a_name_is_no_rendering(make_library: MakeLibrary, query: str) -> None:
    assert not _library(make_library, a="马云去过大连和长春。").search(query).hits


def test_a_particle_translates_nothing(make_library: MakeLibrary) -> None:
    result = _library(make_library, particle="北上广深才是归宿。", wanted="人才都去了南方。").search("talent")
    assert _names(result) == ["wanted"]


def test_a_numeral_counts_with_its_measure_word(make_library: MakeLibrary) -> None:
    result = _library(make_library, wanted="城里有两所学校。", other="三亚有学校。").search("two schools")
    assert _names(result)[:1] == ["wanted"]
    assert not result.partial
