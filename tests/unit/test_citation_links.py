"""Links that open the browser at a passage."""

from urllib.parse import unquote

import pytest

from hubtui.citation import passage_link


def test_a_short_passage_is_given_whole() -> None:
    assert passage_link("https://e.org/a", "Up-to-date, isn’t it?") == (
        "https://e.org/a#:~:text=Up%2Dto%2Ddate%2C%20isn%E2%80%99t%20it%3F"
    )


def test_a_long_passage_is_given_by_its_ends() -> None:
    words = [f"word{number}" for number in range(40)]
    link = passage_link("https://e.org/a", " ".join(words))
    start, end = unquote(link.partition("text=")[2]).split(",")
    assert [start, end] == [" ".join(words[:6]), " ".join(words[-6:])]


def test_chinese_is_cut_between_clauses() -> None:
    middle = "城市" * 41
    text = f"哈尔滨的数据中心继续扩张，新的平台已经投入使用。{middle}。未来几年还会有更多企业入驻。"
    start, end = unquote(passage_link("https://e.org/a", text).partition("text=")[2]).split(",")
    assert [start, end] == ["哈尔滨的数据中心继续扩张，新的平台已经投入使用", "未来几年还会有更多企业入驻。"]
    start, end = unquote(passage_link("https://e.org/a", middle).partition("text=")[2]).split(",")
    assert start == end == "城市" * 12


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.org/a#part", "https://e.org/a#part:~:text=x"),
        ("https://e.org/a#part:~:text=old", "https://e.org/a#part:~:text=x"),
        ("https://e.org/城_(a)?b=c", "https://e.org/城_(a)?b=c#:~:text=x"),
        ("file:///tmp/a", "file:///tmp/a"),
        ("", ""),
    ],
)
def test_addresses(url: str, link: str) -> None:
    assert passage_link(url, " x ") == link


def test_a_passage_without_words_has_no_link_of_its_own() -> None:
    assert passage_link("https://e.org/a", " \n ") == "https://e.org/a"
