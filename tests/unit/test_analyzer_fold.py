"""Folding: what a reader takes as the same becomes the same."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.text.analyzer import fold, is_han, may_hold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("哈爾濱的雲計算", "哈尔滨的云计算"),
        ("ＡＢＣ１２３", "abc123"),
        ("Café ÜBER", "cafe uber"),
        ("“x” 「y」", '"x" "y"'),
        ("city’s", "city's"),
        ("著名", "著名"),
        ("İstanbul", "istanbul"),
        ("Straße ﬁ ㈱ 𠀀😀", "straße ﬁ ㈱ 𠀀😀"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("elsewhere", "mainland"),
    [
        ("隨著城市", "随着城市"),
        ("居民看著老屋", "居民看着老屋"),
        ("著手", "着手"),
        ("計畫", "计划"),
        ("瞭解", "了解"),
        ("牠們", "它们"),
        ("衞生", "卫生"),
        ("彷彿", "仿佛"),
        ("身分", "身份"),
        ("大部份", "大部分"),
        ("藉口", "借口"),
        ("藉著", "借着"),
        ("覈實", "核实"),
        ("知識份子", "知识分子"),
    ],
)
def test_forms_of_taiwan_and_hong_kong_fold_as_the_mainlands(elsewhere: str, mainland: str) -> None:
    assert fold(elsewhere) == fold(mainland) == mainland


@pytest.mark.parametrize(
    "text",
    [
        "著名",
        "显著的名著",
        "绘画",
        "设计画面",
        "自身分析",
        "超过份额",
        "一年分为四季",
        "份额",
        "瞭望",
        "慰藉",
        "神祇",
    ],
)
def test_words_that_the_mainland_writes_so_stay(text: str) -> None:
    assert fold(text) == text


@given(st.text(alphabet="计画设企划身分份子本自成识部著着名看藉借瞭解了明彷佛仿a 額", max_size=12))
def test_folding_keeps_every_character_in_its_place_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_every_text_that_folds_to_characters_is_told_without_folding() -> None:
    may_be = cache(may_hold)
    for code in (*range(0x20, 0xD800), *range(0xE000, 0x32400)):
        character = chr(code)
        folded = fold(character)
        if folded != character and is_han(folded):
            assert may_be(folded)(character), character
    for text in ("計畫", "身分", "部份", "瞭解", "明瞭", "彷佛", "憑藉", "藉此", "看著", "試著", "策畫"):
        assert may_hold(fold(text))(text), text
    assert may_hold("云计算")("古老的雲計算")
    assert not may_hold("云计算")("雲和計算")
    assert may_hold("カ")("ｶ")


@given(st.text(st.sampled_from("雲计計算畫画劃划份分身看著着㈪㊀一x瞭了"), max_size=8), st.data())
def test_a_text_that_holds_characters_may_hold_them(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    part = folded[start : data.draw(st.integers(start, len(folded)))]
    assert may_hold(part)(text)
