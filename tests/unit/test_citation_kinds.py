"""Rules for one kind of work or date at a time, as the manuals have them."""

import pytest

from hubtui.citation import STYLES, cite_item
from hubtui.citation.csl import parse_date

ARTICLE = {
    "type": "article-magazine",
    "title": "Clouds gather",
    "container-title": "The Week",
    "language": "en",
}


def dated(**issued: object) -> dict[str, object]:
    return {**ARTICLE, "issued": issued}


@pytest.mark.parametrize(
    ("issued", "apa", "notes", "mla", "ieee"),
    [
        (
            {"date-parts": [[2019]], "season": 1},
            "(2019, Spring)",
            "Spring 2019",
            "Spring 2019",
            "Spring 2019",
        ),
        (
            {"date-parts": [[2019]], "season": "4"},
            "(2019, Winter)",
            "Winter 2019",
            "Winter 2019",
            "Winter 2019",
        ),
        ({"date-parts": [[2019, 23]]}, "(2019, Autumn)", "Autumn 2019", "Autumn 2019", "Autumn 2019"),
        ({"date-parts": [[2018], [2020]]}, "(2018–2020)", "2018–2020", "2018–2020", "2018–2020"),
        (
            {"date-parts": [[2019, 5, 1], [2019, 5, 3]]},
            "(2019, May 1)",
            "May 1, 2019",
            "1 May 2019",
            "May 01, 2019",
        ),
        ({"date-parts": [[2019]], "season": "spring"}, "(2019)", "2019", "2019", "2019"),
        ({"date-parts": [[2019, 5]], "season": 1}, "(2019, May)", "May 2019", "May 2019", "May 2019"),
    ],
)
def test_seasons_and_periods(issued: dict[str, object], apa: str, notes: str, mla: str, ieee: str) -> None:
    item = dated(**issued)
    assert apa in cite_item(item, "apa")
    assert f"The Week, {notes}." in cite_item(item, "chicago-notes")
    assert f"The Week, {mla}." in cite_item(item, "mla")
    assert f"The Week, {ieee}." in cite_item(item, "ieee")


def test_an_odd_end_of_a_period_is_no_end() -> None:
    for end in ([], "x", [1999], ["?"], 5):
        assert parse_date({"date-parts": [[2019, 5], end]}).year_text == "2019"


@pytest.mark.parametrize(
    "style", ["apa", "chicago-author-date", "gb7714-2025-author-date", "gb7714-2015-author-date"]
)
def test_a_letter_behind_the_year_is_kept(style: str) -> None:
    item = {
        **ARTICLE,
        "author": [{"literal": "X"}],
        "issued": {"date-parts": [[2019, 5, 1]]},
        "year-suffix": "b",
    }
    assert "2019b" in cite_item(item, style)


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes", "mla"])
def test_the_words_of_a_post_keep_their_letters(style: str) -> None:
    post = {"type": "post", "title": "why the north is cold", "language": "en", "URL": "https://e.org"}
    assert "why the north is cold" in cite_item(post, style)


def test_mla_tells_where_a_local_paper_appears() -> None:
    local = {
        **ARTICLE,
        "type": "article-newspaper",
        "container-title": "The Gazette",
        "publisher-place": "Ashland",
    }
    assert "The Gazette [Ashland]." in cite_item(local, "mla")
    assert "[" not in cite_item({**local, "container-title": "The Ashland Gazette"}, "mla")


def test_chicago_names_who_publishes_a_page_without_a_site() -> None:
    page = {
        "type": "webpage",
        "title": "About",
        "author": [{"family": "Smith", "given": "Jane"}],
        "publisher": "Tech Inc.",
        "URL": "https://e.org",
        "language": "en",
    }
    assert "“About.” Tech Inc. https://e.org." in cite_item(page, "chicago-author-date")
    assert "“About,” Tech Inc., https://e.org." in cite_item(page, "chicago-notes")


def test_apa_names_the_kind_of_a_thesis_only_where_it_is_known() -> None:
    thesis = {"type": "thesis", "title": "Cold", "publisher": "HIT", "language": "en"}
    assert cite_item(thesis, "apa") == "Cold. (n.d.). HIT."
    assert cite_item({**thesis, "genre": "PhD thesis"}, "apa") == "Cold [PhD thesis]. (n.d.). HIT."


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "author",
    [
        {"family": "Q", "given": ""},
        {"family": "O’Neil", "given": "Tip"},
        {"family": "van der Berg", "given": "Anna"},
        {"literal": "Smith, Jane, PhD"},
        {"literal": "[red]"},
        {"literal": "محمد علي"},
        {"family": "王", "given": "明"},
        {"literal": "Ministry of Industry and Information Technology"},
    ],
)
def test_names_lose_no_letter(author: dict[str, str], style: str) -> None:
    cited = cite_item({**ARTICLE, "author": [author]}, style).casefold()
    family = author.get("literal") or author["family"]
    assert all(word in cited for word in family.casefold().split())


@pytest.mark.parametrize("style", STYLES)
def test_a_dropped_particle_is_kept(style: str) -> None:
    author = {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}
    assert " von" in cite_item({**ARTICLE, "author": [author]}, style).replace(
        "Alexander von Humboldt", " von"
    )


THESIS = {
    "type": "thesis",
    "title": "支持状态可编程的SDN交换机关键技术研究",
    "author": [{"literal": "井丽南"}],
    "publisher-place": "北京",
    "publisher": "中国科学院大学",
    "issued": {"date-parts": [[2022]]},
    "page": "43",
    "language": "zh",
}
CITED = "井丽南. 支持状态可编程的SDN交换机关键技术研究[D/OL]. 北京：中国科学院大学，2022：43."
CSTR = "35001.37.01.33142.20220037"


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"CSTR": CSTR}, f"CSTR:{CSTR}."),
        ({"note": f"Read twice.\nCSTR: {CSTR}"}, f"CSTR:{CSTR}."),
        ({"CSTR": f"https://cstr.cn/{CSTR}"}, f"CSTR:{CSTR}."),
        ({"CSTR": f"CSTR:{CSTR}"}, f"CSTR:{CSTR}."),
        ({"CSTR": CSTR, "URL": "http://x.cn/d?i=2"}, f"http://x.cn/d?i=2. CSTR:{CSTR}."),
        ({"CSTR": CSTR, "URL": f"https://cstr.cn/{CSTR}"}, f"https://cstr.cn/{CSTR}."),
        ({"CSTR": CSTR, "DOI": "10.1/x"}, f"DOI:10.1/x. CSTR:{CSTR}."),
    ],
)
def test_gb_2025_gives_a_cstr_once(fields: dict[str, str], end: str) -> None:
    assert cite_item({**THESIS, **fields}, "gb7714-2025") == f"{CITED} {end}"


def test_gb_2015_knows_no_cstr() -> None:
    cited = cite_item({**THESIS, "CSTR": CSTR}, "gb7714-2015")
    assert CSTR not in cited
    assert "[D]" in cited
