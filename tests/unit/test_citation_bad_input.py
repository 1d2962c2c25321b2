"""Metadata as it should not be."""

import pytest

from hubtui.citation import STYLES, cite, cite_item
from hubtui.core.models import Source


def newspaper(**fields: object) -> dict[str, object]:
    return {
        "type": "article-newspaper",
        "title": "Clouds",
        "container-title": "Daily",
        "language": "en",
        **fields,
    }


def byline(author: str, style: str) -> str:
    return cite(Source("a", "a.txt", "Clouds", author, "Daily", "2020", "en"), style)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("author", ["A", "[red]", "[/]", "שלום עולם", "王", "-", "<u>x</u>", "@desk"])
def test_odd_authors_are_cited_as_they_are(author: str, style: str) -> None:
    assert author in byline(author, style)


@pytest.mark.parametrize("style", STYLES)
def test_a_byline_of_separators_is_none(style: str) -> None:
    assert byline(" ; ;", style) == byline("", style)


@pytest.mark.parametrize("style", STYLES)
def test_an_author_with_commas_loses_nothing(style: str) -> None:
    cited = byline("Smith, Jane, PhD", style)
    assert "Smith, Jane, PhD" in cited


@pytest.mark.parametrize(
    ("title", "gb", "apa", "mla", "ieee"),
    [
        ("Why?", "Why?[N]. ", "Why? Daily.", "“Why?” Daily.", "“Why?” Daily."),
        ("Inc.", "Inc.[N]. ", "Inc. Daily.", "“Inc.” Daily.", "“Inc.” Daily."),
        ("为何？", "为何？[N]. ", "为何？ Daily.", "“为何？” Daily.", "“为何？” Daily."),
        ("完。", "完。[N]. ", "完。 Daily.", "“完。” Daily.", "“完。” Daily."),
        ("A “Hub”", "A “Hub”[N]. ", "A “Hub.” Daily.", "“A ‘Hub.’” Daily.", "“A ‘Hub,’” Daily."),
        ("A “Hub?”", "A “Hub?”[N]. ", "A “Hub?” Daily.", "“A ‘Hub?’” Daily.", "“A ‘Hub?’” Daily."),
        ("Rise (2)", "Rise (2)[N]. ", "Rise (2). Daily.", "“Rise (2).” Daily.", "“Rise (2),” Daily."),
    ],
)
def test_marks_at_the_end_of_a_title_are_not_doubled(
    title: str, gb: str, apa: str, mla: str, ieee: str
) -> None:
    item = newspaper(title=title, author=[{"literal": "X"}])
    assert cite_item(item, "gb7714-2025") == f"X. {gb}Daily."
    assert cite_item(item, "apa") == f"X. (n.d.). {apa}"
    assert cite_item(item, "mla") == f"X. {mla}"
    assert cite_item(item, "ieee") == f"X, {ieee}"


@pytest.mark.parametrize(
    ("date", "gb", "apa", "notes"),
    [
        ([2020], "，2020.", "(2020)", ", 2020."),
        ([2020, 6], "，2020-06.", "(2020, June)", "June 2020."),
        ([2999, 1, 1], "，2999-01-01.", "(2999, January 1)", "January 1, 2999."),
        ([0], "Daily.", "(n.d.)", ", n.d."),
        (["0000", 1, 1], "Daily.", "(n.d.)", ", n.d."),
        ([2020, 13, 40], "，2020.", "(2020)", ", 2020."),
        ([2020, 2, 99], "，2020-02.", "(2020, February)", "February 2020."),
        (["MMXX"], "Daily.", "(n.d.)", ", n.d."),
    ],
)
def test_dates_are_as_precise_as_they_are_known(date: list[object], gb: str, apa: str, notes: str) -> None:
    item = newspaper(issued={"date-parts": [date]})
    assert cite_item(item, "gb7714-2025").endswith(gb)
    assert apa in cite_item(item, "apa")
    assert cite_item(item, "chicago-notes").endswith(notes)


@pytest.mark.parametrize("style", STYLES)
def test_an_address_with_parentheses_and_chinese_stays_whole(style: str) -> None:
    url = "https://example.org/城市_(哈尔滨)?a=1&b=%E5%93%88#节"
    assert url in cite_item(newspaper(URL=url), style)


@pytest.mark.parametrize("style", STYLES)
def test_a_web_page_that_names_nothing_but_its_address(style: str) -> None:
    assert "https://example.org" in cite_item({"type": "webpage", "URL": "https://example.org"}, style)


@pytest.mark.parametrize("style", STYLES)
def test_ill_typed_fields_count_as_missing(style: str) -> None:
    item = newspaper(
        author="Somebody", volume=None, issue=["1"], issued=3, accessed={"date-parts": []}, page=12
    )
    assert cite_item(item, style) == cite_item(newspaper(page="12"), style)


def test_fields_in_the_note_are_used_when_missing() -> None:
    item = {
        "type": "article-journal",
        "title": "A",
        "container-title": "B",
        "volume": "2",
        "note": "x\nnumber: 17\n",
    }
    assert "B, vol. 2, 17." in cite_item(item, "mla")


def test_a_doi_with_its_resolver_is_not_doubled() -> None:
    item = newspaper(type="article-journal", DOI="https://dx.doi.org/10.1/X")
    assert cite_item(item, "apa").endswith("https://doi.org/10.1/X")
    assert "doi: 10.1/X" in cite_item(item, "ieee")
    assert cite_item(item, "gb7714-2025").endswith("DOI:10.1/X.")


@pytest.mark.parametrize("style", STYLES)
def test_long_odd_fields_take_no_time(style: str) -> None:
    item = newspaper(
        title="a' \"b-" * 5_000 + "‘" * 5_000,
        author=[{"family": "x-" * 5_000, "given": "-y." * 5_000}],
        page="1-" * 5_000 + "9" * 5_000,
        edition="9" * 5_000,
        note="number: 1\n" * 5_000,
    )
    assert len(cite_item(item, style)) > 10_000


def test_tags_of_csl_json_are_taken_out_and_others_are_text() -> None:
    title = (
        'CO<sub>2</sub> by <i>E. coli</i> <span class="nocase">in</span> 10<sup>3</sup> <br> <b> [red] 1 < 2'
    )
    assert cite_item(newspaper(title=title), "gb7714-2025").startswith(
        "CO₂ by E. coli in 10³ <br> <b> [red] 1 < 2[N]. "
    )
