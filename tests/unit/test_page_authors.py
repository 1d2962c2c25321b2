"""Authors of web pages: whom the page declares, whom it marks, and what stands beside their names."""

import pytest

from hubtui.ingest.formats.html import read_page

PROSE = "The council agreed on Monday to plant two thousand trees along the river before the winter. "


def author(byline: str = "", head: str = "", before: str = "", wrapper: str = "page") -> str:
    body = f"<p>{PROSE}</p>" * 6
    page = f"""<html><head><title>Two thousand trees</title>{head}</head><body>
    <div class="{wrapper}">{before}<article><h1>Two thousand trees</h1>{byline}
    <div class="text">{body}</div></article></div></body></html>"""
    return read_page(page).facts["author"]


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<p class='meta'>Von Erika Muster am 7. August 2013 um 9:07 Uhr</p>", "Erika Muster"),
        ("<span>von Erika Muster und Hans Beispiel</span>", "Erika Muster; Hans Beispiel"),
        ("<p>Par Claire Dupont et Jean Martin</p>", "Claire Dupont; Jean Martin"),
        ("<p>Por María López y José Pérez</p>", "María López; José Pérez"),
        ("<p>Door Jan de Vries</p>", "Jan de Vries"),
        ("<div class='info'>Auteur(s) : Claire Dupont</div>", "Claire Dupont"),
        (
            "<div class='articleAuthor'><div>By <i>Jane Doe</i></div><div>EXAMPLE DAILY NEWS</div></div>",
            "Jane Doe",
        ),
        (
            "<div class='author'>By <a>Jane Doe</a> @janedoe <a>John Roe</a> 1 May 2020</div>",
            "Jane Doe; John Roe",
        ),
        ("<p><a href='/author/jane-doe/'>Jane Doe</a></p>", "Jane Doe"),
        ("<div class='entry-meta author'>Erika Muster Do 9 Apr 2020</div>", "Erika Muster"),
        ("<a rel='author' href='/u/7'>riverfox</a>", "riverfox"),
        (
            "<div class='byline'>By Jane Doe And John Roe For The Example On Sunday</div>",
            "Jane Doe; John Roe",
        ),
        ("<figure><figcaption class='credit'>Max Photo</figcaption></figure>", ""),
        ("<div class='date-author'>Publicado el 11 de mayo</div>", ""),
    ],
)
def test_a_byline_names_people(byline: str, expected: str) -> None:
    assert author(byline) == expected


def test_a_wrapper_with_a_sidebar_is_no_sidebar() -> None:
    byline = "<div class='field-tag-author'>Erika Muster</div>"
    assert author(byline, wrapper="layout has-sidebar right-sidebar") == "Erika Muster"
    teaser = "<div class='sidebar'><span class='author'>Hans Beispiel</span></div>"
    assert author(byline, before=teaser) == "Erika Muster"


def test_the_foot_of_the_article_belongs_to_it() -> None:
    assert author("<footer class='post-foot'><span class='author'>Jane Doe</span></footer>") == "Jane Doe"


def test_of_two_declared_authors_the_one_whom_the_page_shows() -> None:
    head = ld('{"@type": "Person", "name": "Example Nast"}') + '<meta name="author" content="Jane Doe">'
    assert author("<p class='byline'>Jane Doe</p>", head) == "Jane Doe"


def test_the_fullest_list_of_authors_that_agrees() -> None:
    head = ld('{"name": "Jane Doe"}')
    assert author("<p class='author'>by Jane Doe, John Roe</p>", head) == "Jane Doe; John Roe"


def test_an_author_with_the_family_name_first_as_the_page_shows_it() -> None:
    head = '<meta name="author" content="Doe, Jane">'
    assert author("<p class='author'>Jane Doe</p>", head) == "Jane Doe"
    assert author("", head) == "Doe, Jane"


def test_an_outlet_is_the_author_where_nobody_else_is_named() -> None:
    site = '<meta property="og:site_name" content="Example Sport">'
    assert author("", site + ld('{"@type": "Organization", "name": "Example Sport"}')) == "Example Sport"
    named = author("<p>By Jane Doe</p>", site + ld('{"@type": "Organization", "name": "Example Sport"}'))
    assert named == "Jane Doe"
    assert author("", '<meta name="author" content="example.org">') == ""


def test_one_meta_element_with_several_properties() -> None:
    assert author("", '<meta property="dc:creator og:site_name" content="Jane Doe">') == "Jane Doe"


def test_a_declared_author_that_stands_elsewhere_in_the_graph() -> None:
    head = """<script type="application/ld+json">{"@graph": [
    {"@type": "Article", "author": {"@id": "#p1"}}, {"@type": "Person", "@id": "#p1", "name": "Jane Doe"}]}
    </script>"""
    assert author("", head) == "Jane Doe"


def test_the_word_before_a_name_is_none() -> None:
    assert author("<div class='author'>Artikel von</div>") == ""
