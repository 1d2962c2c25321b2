"""Quotations in each format and style, against golden files read through by hand; and their rules."""

from pathlib import Path

import lxml.html
import pytest

from hubtui.citation import COPY_FORMAT_NAMES, STYLES, Excerpt, quotation, source_keys
from hubtui.citation.quotations import NoAddressError, UnknownFormatError
from hubtui.core.errors import UnknownStyleError
from hubtui.core.models import Passage, Source

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "quotations"

GUIZHOU = Source(
    "g",
    "guizhou.txt",
    "Guizhou to become nation’s digital hub",
    "Ouyang Shijia",
    "China Daily",
    "2018-06-07",
    "en",
    "https://example.org/g",
)
SECOND = Source("g2", "second.txt", "Another hub", "Ouyang Shijia", "China Daily", "2018-09-01", "en")
DONGBEI = Source("z", "dongbei.txt", "阿里与腾讯为何重仓东北?", "", "第一财经日报", "2024-10-08", "zh")
REPORT = Source("r", "report.pdf", "数字经济发展报告", "王明; 李华; 张三", "信息通信研究院", "2022", "zh")


def excerpt(source: Source, number: int, text: str, page: int = 0) -> Excerpt:
    return Excerpt(source, Passage(source.id, number, text, page=page))


MANY = [
    excerpt(GUIZHOU, 3, "The move is part of *the* province’s aims."),
    excerpt(GUIZHOU, 5, "A & B <say> [so]."),
    excerpt(SECOND, 1, "“Third,” he said."),
    excerpt(DONGBEI, 4, "腾讯在沈阳和哈尔滨。"),
    excerpt(REPORT, 9, "第一行\n第二行", page=12),
]


@pytest.mark.parametrize("style", STYLES)
def test_several_passages_share_a_list_of_references(style: str) -> None:
    assert quotation(MANY, style) + "\n" == (GOLDEN / f"plain-{style}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", [name for name in COPY_FORMAT_NAMES if name != "link"])
def test_each_format(format_: str) -> None:
    one, many = quotation(MANY[:1], "gb7714-2025", format_), quotation(MANY, "gb7714-2025", format_)
    golden = (GOLDEN / f"{format_}.txt").read_text(encoding="utf-8")
    assert f"{one}\n\n\n{many}\n" == golden


@pytest.mark.parametrize("style", STYLES)
def test_each_source_is_listed_once(style: str) -> None:
    listed = quotation(MANY, style, "citation").splitlines()
    assert len(listed) == 4
    assert sum("example.org" in line for line in listed) == 1


@pytest.mark.parametrize("style", STYLES)
def test_one_passage_is_followed_by_a_blank_line_and_its_citation(style: str) -> None:
    text = "  “Exactly”\nthis [red] text.  "
    copied = quotation([excerpt(SECOND, 4, text)], style)
    assert copied.startswith(f"{text}\n\n")
    assert copied.removeprefix(f"{text}\n\n") == quotation([excerpt(SECOND, 4, "x")], style, "citation")


def test_a_link_opens_the_browser_at_the_passage() -> None:
    link = quotation(MANY[1:2], "apa", "link")
    assert link == "https://example.org/g#:~:text=A%20%26%20B%20%3Csay%3E%20%5Bso%5D."


def test_a_link_to_a_selection_is_to_the_selection() -> None:
    selected = Excerpt(GUIZHOU, MANY[0].passage, (4, 8))
    assert quotation([selected], "apa", "link").endswith("#:~:text=move")


def test_without_an_address_there_is_no_link_and_it_says_so() -> None:
    with pytest.raises(NoAddressError, match="Another hub") as caught:
        quotation(MANY, "apa", "link")
    assert "sources.toml" in caught.value.remedy


def test_a_second_copy_does_not_use_the_footnotes_of_the_first() -> None:
    first = quotation(MANY[:1], "apa", "markdown")
    second = quotation(MANY[1:2], "apa", "markdown")
    assert {
        line[: line.index("]")] for line in (first + "\n" + second).splitlines() if line.startswith("[^")
    } == {
        "[^ouyang2018guizhou-3",
        "[^ouyang2018guizhou-5",
    }


def test_keys_that_are_given_are_used() -> None:
    copied = quotation(MANY[:1], "apa", "markdown-pandoc", {"g": "mine"})
    assert copied.endswith("[@mine, para. 3]")


def test_sources_that_are_alike_have_keys_of_their_own() -> None:
    keys = source_keys([Source(str(number), f"{number}.txt", "Same", date="2020") for number in range(4)])
    assert len(set(keys.values())) == 4


def test_works_of_one_author_and_year_are_told_apart() -> None:
    undated = [Source(name, f"{name}.txt", name, "World Bank") for name in ("Alpha", "Beta")]
    copied = quotation([excerpt(source, 1, "x") for source in undated], "apa")
    assert "(World Bank, n.d.-a, para. 1)" in copied
    assert "World Bank. (n.d.-b). Beta." in copied


def test_articles_do_not_count_in_the_order_but_names_do() -> None:
    sources = [
        Source("1", "1.txt", "Roads", "Li Na", language="en", publisher="China Daily"),
        Source("2", "2.txt", "The bridges", language="en"),
        Source("3", "3.txt", "Canals", "An Ran", language="en", publisher="China Daily"),
    ]
    for style in ("apa", "gb7714-2025-author-date"):
        listed = quotation([excerpt(source, 1, "x") for source in sources], style, "citation")
        assert listed.index("An") < listed.index("Li")
    titles = quotation([excerpt(source, 1, "x") for source in sources], "mla", "citation")
    assert titles.index("An, Ran") < titles.index("The Bridges") < titles.index("Li, Na")


def test_traditional_characters_stand_where_simplified_ones_do() -> None:
    names = ("张三", "陳怡君", "白玉", "劉一")
    sources = [Source(name, f"{name}.txt", "城市", name, date="2020", language="zh") for name in names]
    listed = quotation([excerpt(source, 1, "x") for source in sources], "apa", "citation").splitlines()
    assert [line[0] for line in listed] == ["白", "陳", "劉", "张"]


def test_only_web_addresses_become_links() -> None:
    source = Source("s", "s.txt", "T", url='javascript:alert("x")', language="en")
    copied = quotation([excerpt(source, 1, "x")], "apa", "html")
    assert "href" not in copied
    assert "cite=" not in copied


def test_an_attribute_cannot_be_left() -> None:
    source = Source("s", "s.txt", "T", url='https://e.org/"onclick="x', language='en"><script>')
    copied = quotation([excerpt(source, 1, "x")], "apa", "html")
    page = lxml.html.fragment_fromstring(copied, create_parent="body")
    names = {name for element in page.iter() for name in element.attrib}
    assert names == {"cite", "lang", "href"}
    assert not page.findall(".//script")


def test_a_passage_of_100_kb_is_quoted_whole() -> None:
    text = "城市_*[" * 25_000
    for format_ in ("plain", "markdown", "markdown-pandoc", "html", "passage"):
        assert len(quotation([excerpt(GUIZHOU, 1, text)], "apa", format_)) >= len(text)


def test_nothing_is_quoted_as_nothing() -> None:
    assert quotation([], "apa") == ""


def test_unknown_formats_and_styles_name_the_nearest() -> None:
    with pytest.raises(UnknownFormatError) as caught:
        quotation(MANY, "apa", "markdwon")
    assert "markdown" in caught.value.remedy
    with pytest.raises(UnknownStyleError):
        quotation([], "apaa")
