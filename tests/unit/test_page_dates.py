"""Dates of web pages: labels, addresses, marks, and dates that are of something else."""

import pytest

from hubtui.ingest.formats.html import read_page

PROSE = "The council agreed on Monday to plant two thousand trees along the river before the winter. "


def date(below: str = "", head: str = "", above: str = "", lang: str = "") -> str:
    body = f"<p>{PROSE}</p>" * 6
    page = f"""<html lang="{lang}"><head><title>Two thousand trees</title>{head}</head><body>
    <div>{above}</div><article><h1>Two thousand trees</h1>{below}
    <div class="text">{body}</div></article></body></html>"""
    return read_page(page).facts["date"]


def declared(published: str) -> str:
    return f'<meta property="article:published_time" content="{published}">'


def at(address: str) -> str:
    return f'<link rel="canonical" href="https://www.example.org/{address}">'


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<dl><dt>Datum</dt><dd>12.01.2017</dd><dt>Ort</dt><dd>Linz</dd></dl>", "2017-01-12"),
        ("<div>Pressemitteilung vom 20.01.2022</div>", "2022-01-20"),
        ("<div>This story is from October 9, 2019</div>", "2019-10-09"),
        ("<p>Linz, den 7. Juni 2018</p>", "2018-06-07"),
        ("<p>Dieser Beitrag wurde am Samstag, 3. Dezember 2011 geschrieben</p>", "2011-12-03"),
        ("<p>Opened on 3 May 2011</p><p>Closed on 4 May 2012 for good</p>", ""),
    ],
)
def test_a_label_tells_the_date(below: str, expected: str) -> None:
    assert date(below) == expected


def test_a_date_that_stands_alone_on_a_page_without_any_other() -> None:
    assert (
        date("<div><em>01.11.2023 11:35</em> Trees for everybody who lives beside the river</div>")
        == "2023-11-01"
    )


def test_an_address_tells_the_first_publication() -> None:
    assert date(head=at("home/2017/7/12/trees") + declared("2019-06-17T18:28:04+02:00")) == "2017-07-12"
    assert date(head=at("2023/10/30/trees") + declared("2023-10-31T01:10:00Z")) == "2023-10-30"
    assert date(head=at("2030/01/02/trees") + declared("2023-10-31")) == "2023-10-31"
    assert date(head=at("2023/10/trees") + declared("2023-10-31")) == "2023-10-31"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("es", "2022-05-10"), ("en-GB", "2022-05-10"), ("en-US", "2022-10-05"), ("en", "2022"), ("ja", "2022")],
)
def test_the_page_s_country_tells_the_day_from_the_month(lang: str, expected: str) -> None:
    assert date(head=declared("10/05/2022"), lang=lang) == expected
    assert date("<time>10/05/2022</time>", lang=lang) == expected


def test_what_stands_below_the_headline_is_nearer_than_what_stands_above() -> None:
    above = "<p>31. Oktober 2023</p><p><span class='post-date'>26.03.2019</span> Another article</p>"
    assert date("<span class='post-date'>08.08.2017</span>", above=above) == "2017-08-08"
    assert date("<p>30. Oktober 2023</p>", above="<p>31. Oktober 2023</p>") == "2023-10-30"
