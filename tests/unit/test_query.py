"""The query language: what is typed, as a tree; nothing is refused, and faults say where."""

import pytest

from hubtui.search.parser import (
    NEAR,
    And,
    Filter,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    get_filter,
    parse,
    set_filter,
)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("cloud computing", (Word("cloud"), Word("computing"))),
        ("云计算 city:Harbin", (Word("云计算"), Filter("city", "Harbin"))),
        ('"big data"', (Phrase("big data"),)),
        ("“产业互联网”", (Phrase("产业互联网"),)),
        ("「雲計算」《辽宁日报》", (Phrase("雲計算"), Phrase("辽宁日报"))),
        ("a OR b c", (Or((Word("a"), Word("b"))), Word("c"))),
        ("a | b", (Or((Word("a"), Word("b"))),)),
        ("-腾讯", (Not(Word("腾讯")),)),
        ("NOT (a b)", (Not(And((Word("a"), Word("b")))),)),
        ("a AND b", (Word("a"), Word("b"))),
        ("tech*", (Prefix("tech"),)),
        ("tech＊", (Prefix("tech"),)),
        ("tecnology~", (Fuzzy("tecnology"),)),
        ("tecnology～", (Fuzzy("tecnology"),)),
        ("tecnology~2", (Fuzzy("tecnology"),)),
        ('"tax data"~5', (Near("tax data", 5),)),
        ("“哈尔滨 云计算”～20", (Near("哈尔滨 云计算", 20),)),
        ('"tax data"~', (Near("tax data", NEAR),)),
        ('"tax data" ~5', (Phrase("tax data"), Word("~5"))),
        ("2018~2024", (Word("2018~2024"),)),
        ("a ｜ b", (Or((Word("a"), Word("b"))),)),
        ("cloud sort:date", (Word("cloud"),)),
        ('city:"New York"', (Filter("city", "New York"),)),
        ("date：2018..2024", (Filter("date", "2018..2024"),)),
        ("（a OR b）", (And((Or((Word("a"), Word("b"))),)),)),
        ("tech-hub", (Word("tech-hub"),)),
        ("https://example.org/x", (Word("https://example.org/x"),)),
    ],
)
def test_reads(text: str, nodes: tuple[object, ...]) -> None:
    query = parse(text)
    assert query.root.nodes == nodes
    assert query.faults == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "part"),
    [
        ('a "b c', 2, 6, "not closed"),
        ("a (b", 2, 3, "not closed"),
        ("a) b", 1, 2, "Nothing is open"),
        ("OR a", 0, 2, "first is missing"),
        ("a OR", 2, 4, "second is missing"),
        ("a NOT", 2, 5, "word is missing"),
        ("city:", 0, 5, "city:Harbin"),
        ("ctiy:Harbin", 0, 11, "Did you mean city"),
    ],
)
def test_a_fault_says_where_and_what(text: str, start: int, end: int, part: str) -> None:
    (fault,) = parse(text).faults
    assert (fault.start, fault.end) == (start, end)
    assert part in fault.message


@pytest.mark.parametrize(
    ("text", "sort"), [("a", "relevance"), ("sort:date a", "date"), ("sort：SOURCE", "source")]
)
def test_the_order_is_part_of_the_query(text: str, sort: str) -> None:
    query = parse(text)
    assert (query.sort, query.faults) == (sort, ())


def test_what_stands_beside_a_fault_is_still_read() -> None:
    assert parse("cloud ) harbin").root.nodes == (Word("cloud"), Word("harbin"))


@pytest.mark.parametrize("text", ["(" * 10_000, "-" * 10_000, "NOT " * 10_000, "a " * 10_000, '"' * 9_999])
def test_monstrous_queries_are_read(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("", "Harbin", "city:Harbin"),
        ("cloud", "Xi'an", "cloud city:Xi'an"),
        ("cloud", "New York", 'cloud city:"New York"'),
        ("cloud city:Harbin tax", "Dalian", "cloud city:Dalian tax"),
        ("city:Harbin cloud city:Dalian", "Wuhan", "city:Wuhan cloud"),
        ("cloud city:Harbin tax", None, "cloud tax"),
        ('cloud city:"New York"', None, "cloud"),
        ("cloud", None, "cloud"),
    ],
)
def test_sets_a_filter(text: str, value: str | None, result: str) -> None:
    assert set_filter(text, "city", value) == result


def test_gets_a_filter() -> None:
    assert get_filter('cloud city:"New York" lang:zh', "city") == "New York"
    assert get_filter("cloud", "city") is None


@pytest.mark.parametrize(
    ("text", "said", "instead"),
    [
        ("foo:bar", "There is no filter foo:. There are city,", ""),
        ("cloud ctiy:Harbin", "Did you mean city", "city:Harbin"),
        ("sourcee:a/b", "Did you mean source", "source:a/b"),
        ("lnag：zh", "Did you mean lang", "lang:zh"),
        ("topic:云计算", "There is no filter topic:.", ""),
    ],
)
def test_an_unknown_filter_is_a_fault_that_names_the_right_ones(text: str, said: str, instead: str) -> None:
    (fault,) = parse(text).faults
    assert said in fault.message
    assert fault.instead == instead


@pytest.mark.parametrize(
    "text",
    ["https://example.org/a", "mailto:a@example.org", "localhost:8080", "localhost:8080/x", "doi:10.1000/182",
     "12:30", "ISBN:978-7-100", "第一:开始", "第一：开始", r"C:\seeds", "Note: cold", "3:2", "c:x"],
)  # fmt: skip
def test_an_address_or_a_time_is_no_filter(text: str) -> None:
    assert not parse(text).faults
