from collections.abc import Collection

import pytest

from hubtui.ingest.paragraphs import (
    cell_count,
    join_hyphenated,
    join_lines,
    join_spaced,
    paragraphs,
    strip_bullet,
)


def test_cells_are_those_of_a_terminal() -> None:
    assert cell_count("ab哈尔") == 6


def test_empty_lines_separate_paragraphs() -> None:
    assert paragraphs("one\n\n\n two \n　\nthree") == ["one", "two", "three"]


def test_lines_broken_to_fit_are_joined() -> None:
    text = (
        "Harbin is a city renowned for its stunning winter\n"
        "landscapes and rich history, and it is quietly\n"
        "emerging as a significant player in the field of\n"
        "cloud computing.\n"
        "\n"
        "Another paragraph stands below the first one, and\n"
        "is broken at the same width.\n"
    )
    first, second = paragraphs(text)
    assert first.startswith("Harbin is a city renowned for its stunning winter landscapes and rich")
    assert second == "Another paragraph stands below the first one, and is broken at the same width."


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    text = (
        "　　在产业互联网、云计算时代，投资不过山海关的传言有\n"
        "望被打破，近日阿里巴巴与黑龙江省人民政府达成战略\n"
        "合作。\n"
        "　　而此前，腾讯曾和辽宁省政府签约，推进辽宁数字经济\n"
        "发展。\n"
    )
    first, second = paragraphs(text)
    assert first.startswith("在产业互联网、云计算时代，投资不过山海关的传言有望被打破，")
    assert first.endswith("黑龙江省人民政府达成战略合作。")
    assert second == "而此前，腾讯曾和辽宁省政府签约，推进辽宁数字经济发展。"


def test_text_whose_every_line_is_a_paragraph_stays_so() -> None:
    lines = [
        "Introduction",
        "China’s technology boom has made it one of the most innovative countries, and it goes on and on.",
        "Beijing",
        "The capital is a major center. It has many companies, institutions and a great university.",
    ]
    assert paragraphs("\n".join(lines)) == lines


def test_items_of_a_wrapped_list_stay_apart() -> None:
    text = (
        "The plan has three parts, which the city will begin\n"
        "next year with the help of others:\n"
        "- first the network of fibres that every district\n"
        "  of the city needs,\n"
        "- then the halls for the computers.\n"
    )
    assert paragraphs(text) == [
        "The plan has three parts, which the city will begin next year with the help of others:",
        "- first the network of fibres that every district of the city needs,",
        "- then the halls for the computers.",
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["infra-", "structure"], "infrastructure"),
        (["the Asia-", "Pacific"], "the Asia-Pacific"),
        (["哈尔", "滨"], "哈尔滨"),
        (["在Harbin", "的"], "在Harbin 的"),
        (["a ", " b"], "a b"),
    ],
)
def test_joining_lines(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("- item", "item"),
        ("• 初识佛法", "初识佛法"),
        ("•item", "item"),
        ("-5 degrees", ""),
        ("text", ""),
        ("", ""),
    ],
)
def test_bullets(text: str, item: str) -> None:
    assert strip_bullet(text) == item


def test_joining_looks_at_no_more_of_a_paragraph_than_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watch(before: str, after: str, words: Collection[str] = ()) -> str | None:
        seen.append(len(before))
        return join_hyphenated(before, after, words)

    monkeypatch.setattr("hubtui.ingest.paragraphs.join_hyphenated", watch)
    assert join_lines(["a-"] * 2_000) == "a" * 2_000 + "-"
    assert max(seen) <= 80


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("哈 尔 滨 市", "哈尔滨市"),
        ("在 2 0 1 8 年 哈 尔 滨 市 ， 冷", "在2018年哈尔滨市，冷"),
        ("哈 尔 滨 市 a b", "哈尔滨市 a b"),
        ("哈 尔 滨", "哈 尔 滨"),
        ("1 2 3 4 5", "1 2 3 4 5"),
        ("张三 李四 王五 赵六", "张三 李四 王五 赵六"),
        ("哈 尔 滨 市长", "哈 尔 滨 市长"),
    ],
)
def test_letter_spaced_chinese_is_closed_up(text: str, joined: str) -> None:
    assert join_spaced(text) == joined


@pytest.mark.parametrize("text", ["，　" * 100_000, "1 " * 100_000 + "x", "哈 哈 a " * 50_000])
def test_a_text_of_single_characters_is_read_once(text: str) -> None:
    assert join_spaced(text) == text  # with a pattern that goes back, this takes hours
