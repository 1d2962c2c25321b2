"""Titles of web pages: headlines with kickers, logos for headlines, names of sites."""

import pytest

from hubtui.ingest.formats.html import read_page

PROSE = "The council agreed on Monday to plant two thousand trees along the river before the winter. "


def title(head: str, top: str) -> str:
    body = f"<p>{PROSE}</p>" * 6
    page = f"<html><head>{head}</head><body>{top}<div class='text'>{body}</div></body></html>"
    return read_page(page).facts["title"]


HEAD = "<title>Two thousand trees for Linz - Example Times</title>"


@pytest.mark.parametrize(
    "headline",
    [
        "<h1><span class='kicker'>Environment</span> Two thousand trees for Linz</h1>",
        "<h1><span class='teaser__roofline'>Environment</span>Two thousand trees for Linz</h1>",
        "<h1><span class='x1'>Environment</span>Two thousand trees for Linz<em class='x2'>A plan</em></h1>",
        "<h1><span class='sr-only'>Article: </span>Two thousand trees for Linz</h1>",
        "<h1>Environment</h1><h2>Two thousand trees for Linz</h2>",
        "<h1 class='site-logo'>The Times of Example</h1><h1>Two thousand trees for Linz</h1>",
        "<h1><a href='/'>Example Times</a></h1><h2>Two thousand trees for Linz</h2>",
        "<a href='/'><h1>Two thousand trees for Linz</h1></a>",
    ],
)
def test_a_headline_is_the_title_proper(headline: str) -> None:
    assert title(HEAD, headline) == "Two thousand trees for Linz"


def test_a_headline_in_other_words_than_the_title_stays() -> None:
    top = "<h1>Linz is to plant trees by the thousand</h1><h2>What people say</h2>"
    assert title(HEAD, top) == "Linz is to plant trees by the thousand"


def test_the_headline_that_the_article_declares_tells_where_the_kicker_ends() -> None:
    head = """<title>Trees | example.org</title><script type="application/ld+json">
    {"@type": "NewsArticle", "headline": "Trees for the river of Linz"}</script>"""
    assert title(head, "<h1><b>Trees</b> Trees for the river of Linz</h1>") == "Trees for the river of Linz"


def test_the_longest_part_of_a_title_is_not_the_site() -> None:
    head = """<meta property="og:title" content="Two trees - A very long story of two trees in Linz">
    <title>Blog: Two trees - A very long story of two trees in Linz</title>"""
    assert title(head, "") == "Two trees - A very long story of two trees in Linz"


def test_a_meta_element_that_an_archive_saved_with_its_content_as_value() -> None:
    head = '<title>Untitled page</title><meta name="og:title" value="Two thousand trees for Linz">'
    assert title(head, "") == "Two thousand trees for Linz"
