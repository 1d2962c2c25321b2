"""The table of meanings: words and texts in numbers, and which words of a passage answer a question's."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.meaning_table import PAIRS, write_table

from hubtui.core.errors import DamagedIndexError
from hubtui.search.meaning import SPACE, TABLE, TABLE_SUM, VECTOR, Table, likeness, shipped_table, words_of


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return write_table(tmp_path_factory.mktemp("table") / "tiny")


def test_cuts_a_text_into_words_of_both_languages_with_their_places() -> None:
    text = "In 2018, Harbin's 雲計算 didn't"
    found = [(form, text[start:end]) for form, start, end in words_of(text)]
    assert found[:3] == [(SPACE + "in", "In"), (SPACE + "2018", "2018"), (SPACE + "harbin's", "Harbin's")]
    assert "".join(word for form, word in found if SPACE not in form) == "雲計算"
    assert found[-1] == (SPACE + "didn't", "didn't")


def test_a_text_lies_closest_to_the_one_that_says_the_same(tiny: Table) -> None:
    english = ["the harbour and the whale", "glacier and orchard", "lantern, violin"]
    chinese = ["冰川。果园", "灯笼，小提琴", "港口的鲸"]
    codes = tiny.encode(chinese)
    closest = []
    for text in english:
        question = tiny.question(text)
        assert question is not None
        closest.append(int(likeness(question.vector, codes).argmax()))
    assert closest == [2, 0, 1]


def test_encoding_texts_together_or_alone_makes_no_difference(tiny: Table) -> None:
    texts = [f"{word} {' '.join(PAIRS)} {number}" for number, word in enumerate(PAIRS)] * 20
    assert (
        tiny.encode(texts)[::9] == np.concatenate([tiny.encode([text]) for text in texts[::9]])
    ).mean() > 0.99


def test_a_word_that_is_not_in_the_table_is_the_sum_of_its_pieces(tiny: Table) -> None:
    whole, first = tiny.entry(SPACE + "broken"), tiny.entry(SPACE + "bro")
    assert whole is not None
    assert first is not None
    assert len(whole.rows) == whole.pieces == 2
    assert whole.rows[0] == first.rows[0]
    assert tiny.entry("鬱") is None


def test_common_words_count_little_and_tell_nothing(tiny: Table) -> None:
    common, rare = tiny.entry("的"), tiny.entry("冰川")
    assert common is not None
    assert rare is not None
    assert common.weight < rare.weight / 5
    assert common.telling < rare.telling / 5


def test_names_the_word_that_comes_closest(tiny: Table) -> None:
    text = "远处的冰川，近处的果园。"
    question = tiny.question("Where is the glacier?")
    assert question is not None
    good, bad = tiny.compare(question, [text, "灯笼与小提琴，港口的鲸。"])
    at = question.words.index(SPACE + "glacier")
    start, end, close = good.nearest[at]
    assert text[start:end] == "冰川"
    assert close == pytest.approx(1, abs=1e-3)
    assert good.score > bad.score


def test_the_same_word_is_the_closest_even_where_its_rows_are_rough(tiny: Table) -> None:
    question = tiny.question("glacier")
    assert question is not None
    (found,) = tiny.compare(question, ["A harbour, a glacier."])
    assert found.nearest[0] == (13, 20, 1.0)


@pytest.mark.parametrize("text", ["", "的的的", "???", "\U0001f600", "ก็", "鬱鬱", "a" * 5000])
def test_odd_texts_have_vectors_that_are_numbers(tiny: Table, text: str) -> None:
    codes = tiny.encode([text, "冰川"])
    assert codes.shape == (2, VECTOR)
    question = tiny.question("glacier the whale")
    assert question is not None
    assert np.isfinite(likeness(question.vector, codes)).all()
    assert all(np.isfinite(found.score) for found in tiny.compare(question, [text, "冰川"]))


def test_a_question_without_a_telling_word_is_none(tiny: Table) -> None:
    assert tiny.question("") is None
    assert tiny.question("鬱?") is None


@given(st.lists(st.text("冰川港口果园 glacier violin,的", max_size=60), min_size=1, max_size=8))
def test_no_text_comes_closer_than_the_same_one(texts: list[str]) -> None:
    table = shipped_table()
    codes = table.encode(texts)
    for number, text in enumerate(texts):
        question = table.question(text)
        if question is not None:
            close = likeness(question.vector, codes)
            assert np.linalg.norm(question.vector) == pytest.approx(1, abs=1e-4)
            assert close[number] >= close.max() - 0.02
            assert close.max() < 1.001


def test_a_table_that_was_changed_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        Table(TABLE, TABLE_SUM ^ 1)
    data = bytearray(TABLE.read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed"
    changed.write_bytes(data)
    with pytest.raises(DamagedIndexError):
        Table(changed, TABLE_SUM)
    with pytest.raises(FileNotFoundError):
        Table(tmp_path / "none", TABLE_SUM)


def test_the_shipped_table_is_small() -> None:
    assert TABLE.stat().st_size < 9_000_000


TRANSLATIONS = dict(
    pair.split("=")
    for pair in (
        "city=城市 government=政府 computer=电脑 university=大学 river=河流 winter=冬天 hospital=医院"
        " music=音乐 doctor=医生 energy=能源 airport=机场 student=学生 market=市场 science=科学 history=历史"
        " money=钱"
        " election=选举 temperature=温度 forest=森林 newspaper=报纸 population=人口 bridge=桥梁 railway=铁路"
        " factory=工厂 language=语言 investment=投资 harbour=港口 tourism=旅游 medicine=药物 teacher=教师"
    ).split()
)


def test_words_lie_closest_to_their_translations() -> None:
    """The gate for the table itself: what it was made from or how may change, not what it is for."""
    table = shipped_table()
    right = 0
    for english, chinese in TRANSLATIONS.items():
        question = table.question(english)
        assert question is not None
        text = "，".join(TRANSLATIONS.values())
        (found,) = table.compare(question, [text])
        start, end, _close = found.nearest[0]
        right += text[start:end] == chinese
    assert right >= 0.93 * len(TRANSLATIONS)
