"""Breaking lines, with the rules for Chinese punctuation."""

import pytest

from hubtui.text.cells import line_starts, wrap


def lines(text: str, cells: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, cells)]


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 5, ["one", "two"]),
        ("a cloud-based service", 10, ["a cloud-", "based", "service"]),
        ("pages 12-15 of it", 8, ["pages", "12-15 of", "it"]),
        ("first\nsecond\n\nfourth", 20, ["first", "second", "", "fourth"]),
        ("  indented text", 8, ["  indented"[:8], "ed text"]),
        ("incomprehensibilities", 8, ["incompre", "hensibil", "ities"]),
        ("在产业互联网时代", 8, ["在产业互", "联网时代"]),
        ("使用Python编程", 10, ["使用Python", "编程"]),
    ],
)
def test_lines(text: str, cells: int, expected: list[str]) -> None:
    assert lines(text, cells) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("产业互联网，云计算", 10, ["产业互联", "网，云计算"]),
        ("产业互联网,云计算", 10, ["产业互联", "网,云计算"]),
        ("腾讯公司（广东）", 10, ["腾讯公司", "（广东）"]),
        ("腾讯公司，（广东）", 10, ["腾讯公司，", "（广东）"]),
        ("他说：“走吧。”", 7, ["他说：", "“走", "吧。”"]),
        ("读了《辽宁日报》", 8, ["读了《辽", "宁日报》"]),
        ("等等……就是", 5, ["等", "等……", "就是"]),
        ("一二三——四五", 7, ["一二三", "——四五"]),
        ("共计50%左右", 6, ["共计", "50%左", "右"]),
    ],
)
def test_no_line_starts_with_a_closing_or_ends_with_an_opening_sign(
    text: str, cells: int, expected: list[str]
) -> None:
    assert lines(text, cells) == expected


def test_where_lines_may_start() -> None:
    text = "a cloud-based 云，（计算）"
    assert [text[start:][:2] for start in line_starts(text)] == ["a ", "cl", "ba", "云，", "（计", "算）"]


def test_a_combining_mark_stays_with_its_character() -> None:
    text = "云\u0301计\u0301"
    assert lines(text, 2) == ["云\u0301", "计\u0301"]


def test_what_cannot_be_broken_by_the_rules_is_broken_anywhere() -> None:
    assert lines("。" * 7, 6) == ["。。。", "。。。", "。"]
