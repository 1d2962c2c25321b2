"""Rules of the styles, one at a time."""

import pytest

from hubtui.citation import STYLES, Locator, cite, cite_item, default_style
from hubtui.core.errors import UnknownStyleError
from hubtui.core.models import Passage, Source

ARTICLE = {
    "type": "article-newspaper",
    "title": "Clouds gather",
    "container-title": "The Daily",
    "language": "en",
    "issued": {"date-parts": [[2020, 9, 5]]},
}


def people(count: int) -> list[dict[str, str]]:
    return [{"family": f"Fam{'abcdefghijklmnopqrstuvwxyz'[n]}", "given": "Ann B."} for n in range(count)]


@pytest.mark.parametrize(
    ("style", "count", "names"),
    [
        ("gb7714-2015", 3, "FAMA A B, FAMB A B, FAMC A B. "),
        ("gb7714-2015", 11, "FAMA A B, FAMB A B, FAMC A B, et al. "),
        ("gb7714-2025", 11, "Fama A B，Famb A B，Famc A B，et al. "),
        ("apa", 2, "Fama, A. B., & Famb, A. B. "),
        ("apa", 21, "Famr, A. B., Fams, A. B., … Famu, A. B. "),
        ("chicago-author-date", 6, "Famd, Ann B. Fame, and Ann B. Famf. "),
        ("chicago-author-date", 7, "Fama, Ann B., Ann B. Famb, Ann B. Famc, et al. "),
        ("chicago-notes", 2, "Ann B. Fama and Ann B. Famb, "),
        ("mla", 2, "Fama, Ann B., and Ann B. Famb. "),
        ("mla", 11, "Fama, Ann B., et al. "),
        ("ieee", 6, "A. B. Fame, and A. B. Famf, "),
        ("ieee", 11, "A. B. Fama et al., "),
    ],
)
def test_long_lists_of_authors(style: str, count: int, names: str) -> None:
    assert names in cite_item({**ARTICLE, "author": people(count)}, style)


def test_et_al_follows_the_language_of_the_item() -> None:
    authors = [{"literal": name} for name in ("王一", "李二", "张三", "赵四")]
    chinese = {"type": "book", "title": "城市", "language": "zh", "author": authors}
    assert cite_item(chinese, "gb7714-2025").startswith("王一，李二，张三，等. 城市[M]")
    english = {**ARTICLE, "author": people(4)}
    assert "，et al. Clouds" in cite_item(english, "gb7714-2025")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "article-newspaper"}, "[N]"),
        ({"type": "article-newspaper", "URL": "https://example.org"}, "[N/OL]"),
        ({"type": "webpage", "URL": "https://example.org"}, "[EB/OL]"),
        ({"type": "report"}, "[R]"),
        ({"type": "article-journal", "DOI": "10.1/x"}, "[J/OL]"),
        ({"type": "thesis"}, "[D]"),
        ({"type": "paper-conference"}, "[C]"),
        ({"type": "song"}, "[Z]"),
    ],
)
def test_the_type_code_comes_from_the_metadata(fields: dict[str, str], code: str) -> None:
    assert f"Title{code}" in cite_item({"title": "Title", "language": "en", **fields}, "gb7714-2025")


@pytest.mark.parametrize(
    ("style", "chinese", "english"),
    [
        ("gb7714-2025-author-date", "佚名，无日期. ", "Anon，n.d. "),
        ("gb7714-2025", "无题", "Untitled"),
        ("apa", "无题. (n.d.)", "Untitled. (n.d.)"),
        ("chicago-author-date", "“无题.” n.d.", "“Untitled.” n.d."),
        ("mla", "“无题.”", "“Untitled.”"),
    ],
)
def test_missing_parts_are_marked_as_the_style_prescribes(style: str, chinese: str, english: str) -> None:
    assert cite_item({"type": "document", "title": "无题", "language": "zh"}, style).startswith(chinese)
    assert cite_item({"type": "document", "title": "Untitled", "language": "en"}, style).startswith(english)


def test_capitals_are_given_only_by_some_styles_and_only_to_english() -> None:
    english = {**ARTICLE, "title": "the rise of e-commerce in state-of-the-art cities: an iPhone view"}
    assert "“The Rise of e-Commerce in State-of-the-Art Cities: An iPhone View.”" in cite_item(english, "mla")
    assert "the rise of e-commerce in state" in cite_item(english, "apa")
    assert "“der Aufstieg der Städte.”" in cite_item(
        {**ARTICLE, "title": "der Aufstieg der Städte", "language": "de"}, "mla"
    )


@pytest.mark.parametrize(
    ("style", "page", "paragraph"),
    [
        ("gb7714-2015", "2020-09-05: 7.", "2020-09-05: para. 3."),
        ("gb7714-2025", "2020-09-05：7.", "2020-09-05：para. 3."),
        ("apa", "The Daily, p. 7.", "The Daily, para. 3."),
        ("chicago-notes", "September 5, 2020, 7.", "September 5, 2020, para. 3."),
        ("mla", "5 Sep. 2020, p. 7.", "5 Sep. 2020, par. 3."),
        ("ieee", "Sep. 05, 2020, p. 7.", "Sep. 05, 2020, para. 3."),
        ("plain", "2020-09-05, p. 7", "2020-09-05, para. 3"),
    ],
)
def test_locators(style: str, page: str, paragraph: str) -> None:
    assert cite_item(ARTICLE, style, Locator("page", "7")).endswith(page)
    assert cite_item(ARTICLE, style, Locator("paragraph", "3")).endswith(paragraph)


def test_locators_of_chinese_items_and_ranges() -> None:
    chinese = {**ARTICLE, "title": "云", "container-title": "日报", "language": "zh"}
    assert cite_item(chinese, "gb7714-2015", Locator("paragraph", "3")).endswith(": 第3段.")
    assert cite_item(ARTICLE, "apa", Locator("paragraph", "3–5")).endswith("paras. 3–5.")
    assert cite_item(ARTICLE, "mla", Locator("page", "3–5")).endswith("pp. 3–5.")


def test_only_sources_that_change_carry_the_day_of_access_since_2025() -> None:
    read = {"URL": "https://example.org/a", "accessed": {"date-parts": [[2021, 2, 3]]}}
    assert "[2021-02-03]" in cite_item({**ARTICLE, **read}, "gb7714-2015")
    assert "2021" not in cite_item({**ARTICLE, **read}, "gb7714-2025")
    assert "[2021-02-03]" in cite_item({**ARTICLE, **read, "type": "webpage"}, "gb7714-2025")


def test_an_organisation_that_publishes_itself_is_named_once_in_apa() -> None:
    report = {
        "type": "report",
        "title": "Cities",
        "publisher": "World Bank",
        "author": [{"literal": "World Bank"}],
    }
    assert cite_item(report, "apa") == "World Bank. (n.d.). Cities."


def test_an_unknown_style_names_the_nearest() -> None:
    with pytest.raises(UnknownStyleError) as caught:
        cite_item(ARTICLE, "chicago-note")
    assert "chicago-notes" in caught.value.remedy
    with pytest.raises(UnknownStyleError) as caught:
        cite_item(ARTICLE, "xyzzy")
    assert all(style in caught.value.remedy for style in STYLES)


def test_a_source_is_cited_in_the_default_style() -> None:
    source = Source("a", "a.txt", "Clouds gather", publisher="China Daily", language="en")
    assert cite(source, default_style(source)) == "Clouds gather[N]. China Daily."
    assert (
        cite(source, default_style(source), Passage("a", 4, "…")) == "Clouds gather[N]. China Daily：para. 4."
    )


def test_nothing_is_said_to_be_ahead_of_print_for_want_of_a_volume() -> None:
    source = Source("a", "a.txt", "T", "Ann Lee", "Journal of Cities", "2018", "en", "https://example.org/1")
    for style in ("chicago-author-date", "chicago-notes"):
        assert "ahead" not in cite(source, style)
        item = {"type": "article-journal", "title": "T", "container-title": "J", "DOI": "10.1/x"}
        assert "ahead of print" in cite_item(item, style)


def test_marks_inside_a_plain_title_are_those_of_the_inside() -> None:
    chinese = {"type": "book", "title": "《读者》的“读者”", "language": "zh"}
    assert cite_item(chinese, "plain") == "《〈读者〉的“读者”》"
    english = {"type": "book", "title": 'A "smart" city?', "language": "en"}
    assert cite_item(english, "plain") == "“A ‘smart’ city?”"


def test_gb_gives_pages_in_full_and_who_translated_a_chapter() -> None:
    item = {
        "type": "chapter",
        "title": "Harbin",
        "container-title": "Cities",
        "translator": [{"family": "Brown", "given": "Lee"}],
        "page": "117-27",
        "publisher": "Gale",
        "issued": {"date-parts": [[2009]]},
        "language": "en",
    }
    assert cite_item(item, "gb7714-2025") == "Harbin[M]. Brown L，trans.//Cities. Gale，2009：117-127."
