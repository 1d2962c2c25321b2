"""Tokens: the words and grams of Chinese, English and mixed text."""

import pytest

from hubtui.text.analyzer import grams, units, words


def _forms(text: str) -> list[str]:
    return [token.form for token in words(text)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("computing computed computes", ["comput"] * 3),
        ("5G C919 IoT", ["5g", "c919", "iot"]),
        ("1.6万吨", ["1.6", "万吨"]),
        ("10,000 or 50%", ["10,000", "or", "50"]),
        ("GB/T", ["gb/t", "gb", "t"]),
        ("COVID-19", ["covid-19", "covid", "19"]),
        ("Harbin’s", ["harbin"]),
        ("don't", ["don't"]),
        ("Ｃｌｏｕｄ", ["cloud"]),
        ("", []),
        ("，。！？ -- ()", []),
    ],
)
def test_words(text: str, forms: list[str]) -> None:
    assert _forms(text) == forms


def test_a_long_chinese_word_gives_the_words_inside_it() -> None:
    assert {"农业", "发展", "银行"} < set(_forms("农业发展银行"))


def test_traditional_text_gives_simplified_words() -> None:
    assert _forms("雲計算") == _forms("云计算")


def test_grams_are_characters_and_pairs() -> None:
    assert [token.form for token in grams("云计算 and 大")] == ["云", "云计", "计", "计算", "算", "大"]


def test_a_possessive_ending_is_not_part_of_the_word() -> None:
    text = "Harbin's universities"
    first = next(words(text))
    assert text[first.start : first.end] == "Harbin"


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = "😀𠀀 cloud"
    token = next(token for token in words(text) if token.form == "cloud")
    assert text[token.start : token.end] == "cloud"


def test_han_and_latin_without_a_space_are_separate_units() -> None:
    assert [unit.text for unit in units("阿里云IoT平台")] == ["阿里云", "iot", "平台"]
