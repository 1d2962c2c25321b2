"""The dictionary's tables, the glossary and irregular forms."""

from importlib.resources import files

import pytest

from hubtui.search.lexicon import Glossary, Lexicon, english_key, other_forms, shipped_glossary
from hubtui.text.analyzer import fold, stem

LEXICON = Lexicon(shipped_glossary())


@pytest.mark.parametrize("name", ["chinese", "english", "pinyin"])
def test_every_key_of_a_table_is_found_in_order(name: str) -> None:
    lines = (files("hubtui.search") / "data" / f"{name}.tsv").read_bytes().splitlines()
    assert b"CC BY-SA 4.0" in lines[0]
    keys = [line.partition(b"\t")[0] for line in lines[1:]]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("stems", "word"),
    [
        ("govern", "政府"),
        ("cloud comput", "云计算"),
        ("artifici intellig", "人工智能"),
        ("data center", "数据中心"),
        ("univers", "宇宙"),
        ("technolog", "技术"),
    ],
)
def test_english_leads_to_chinese(stems: str, word: str) -> None:
    assert LEXICON.chinese(stems)[word] == max(LEXICON.chinese(stems).values())


@pytest.mark.parametrize(
    ("word", "gloss"),
    [("政府", "government"), ("云计算", "cloud computing"), ("经济", "economy"), ("英国", "British")],
)
def test_chinese_leads_to_english(word: str, gloss: str) -> None:
    assert LEXICON.english(word)[gloss] > 0.5


@pytest.mark.parametrize("key", ["", "zzyzx", "\t", "龥龥龥", "#", "\udc80", "zz" * 5000])
def test_what_is_unknown_has_no_meaning(key: str) -> None:
    assert LEXICON.chinese(key) == LEXICON.english(key) == {}
    assert LEXICON.read_as(key) == ()


def test_the_tables_were_made_with_this_stemmer() -> None:
    for gloss in ("universities", "technology", "cloud computing", "possibility", "industries", "policy"):
        assert LEXICON.chinese(english_key(gloss)), gloss


def test_readings_initials_and_characters() -> None:
    assert "云计算" in LEXICON.read_as("yunjisuan")
    assert "人工智能" in LEXICON.initialled("rgzn")
    assert LEXICON.readings("重")[0] == "zhong"
    assert "chong" in LEXICON.readings("重")


def test_the_glossary_is_simplified_and_leads_both_ways() -> None:
    glossary = shipped_glossary()
    lines = (files("hubtui.search") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            chinese, english = line.split("\t")
            assert fold(chinese) == chinese
            for rendering in english.split("|"):
                assert chinese in glossary.chinese(english_key(rendering))
                assert rendering in glossary.english(chinese)


def test_a_librarys_terms_come_before_the_dictionary() -> None:
    lexicon = Lexicon(Glossary([("hub", ("科技中心", "枢纽城市")), ("總部", ("HQ",))]))
    assert next(iter(lexicon.chinese("hub"))) == "科技中心"
    assert lexicon.english("科技中心") == {"hub": 1.0}
    assert "枢纽" in lexicon.chinese("hub")
    assert lexicon.english("总部")["HQ"] == 1.0


def test_irregular_forms_belong_together() -> None:
    assert set(other_forms(stem("took"))) == {stem("take"), stem("taken")}
    assert stem("children") in other_forms(stem("child"))
    assert other_forms("cloud") == ()
