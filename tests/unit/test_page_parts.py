"""What surrounds an article on a web page, and the introduction above it that belongs to it."""

import pytest

from hubtui.ingest.article import assemble
from hubtui.ingest.formats.html import read_page

SENTENCES = [
    f"In the year {year} the council planted {year - 1900} trees along the river, as it had promised to do."
    for year in range(1980, 1992)
]
LEAD = "The river of Linz gets its trees back, and the people who live beside it are to choose them."


def passages(top: str = "", within: str = "", after: str = "", head: str = "") -> str:
    half = len(SENTENCES) // 2
    first, last = (
        "".join(f"<p>{text}</p>" for text in part) for part in (SENTENCES[:half], SENTENCES[half:])
    )
    page = f"""<html><head><title>Two thousand trees for Linz</title>{head}</head><body><main><article>
    <header><h1>Two thousand trees for Linz</h1>{top}</header>
    <div class="text">{first}{within}{last}</div>{after}</article></main></body></html>"""
    found = [passage.text for passage in assemble(read_page(page))]
    assert [text for text in found if text in SENTENCES] == SENTENCES
    return "\n".join(found)


@pytest.mark.parametrize(
    "top",
    [
        f"<p class='article-teaser'>{LEAD}</p>",
        f"<div class='news-intro'><p>{LEAD}</p></div>",
        f"<h2 class='articleHero__deck'>{LEAD}</h2>",
        f"<ul class='teaser-text'><li>{LEAD}</li></ul>",
    ],
)
def test_an_introduction_is_part_of_the_text(top: str) -> None:
    assert passages(top).startswith(LEAD)


def test_the_description_of_the_page_tells_its_introduction() -> None:
    head = f'<meta name="description" content="{LEAD}">'
    top = f"<div class='x17'><span>{LEAD}</span></div>"
    assert passages(top, head=head).count(LEAD) == 1
    assert LEAD not in passages("", head=head)


@pytest.mark.parametrize(
    "top",
    [
        f"<figure class='lead-picture'><figcaption class='lead-caption'>{LEAD}</figcaption></figure>",
        f"<aside class='teaser'><p>{LEAD}</p></aside>",
        f"<div class='teaser-text'><a href='/other'>{LEAD}</a></div>",
    ],
)
def test_captions_and_other_articles_are_no_introduction(top: str) -> None:
    assert LEAD not in passages(top)


OTHER = "Three bridges for Steyr and one tunnel"


@pytest.mark.parametrize(
    "part",
    [
        f"<div class='rec-posts'><h3>For you</h3><p>{OTHER}, which is to be opened in spring.</p></div>",
        f"<p><a href='/bridges'>{OTHER}</a></p>",
        f"<div class='newsletter-box'><p>{OTHER} and more news like this every morning.</p></div>",
        f"<p>Lesen Sie auch: <a href='/bridges'>{OTHER}</a></p>",
        f"<p>Czytaj też: {OTHER}</p>",
        f"<p>À lire aussi : {OTHER}</p>",
        f"<p class='screen-reader-text'>{OTHER}</p>",
        f"<p>Follow the Example on Facebook and Instagram for {OTHER}</p>",
    ],
)
def test_what_surrounds_an_article_is_left_out(part: str) -> None:
    assert OTHER not in passages(within=part)


@pytest.mark.parametrize(
    "part",
    [
        f"<p>The same people planned this:</p><p><a href='/bridges'>{OTHER}</a></p>",
        f"<p><a href='https://elsewhere.example.net/bridges'>{OTHER}</a></p>",
        f"<p>They call it <a href='/bridges'>{OTHER}</a> in their paper.</p>",
        f"<div class='js_readmore'><p>{OTHER}, which the council of Steyr has paid for in full.</p></div>",
        f"<p class='hidden md:block'>{OTHER}, which the council of Steyr has paid for in full.</p>",
    ],
)
def test_what_only_looks_like_it_stays(part: str) -> None:
    head = '<link rel="canonical" href="https://www.example.org/trees">'
    assert OTHER in passages(within=part, head=head)


def test_a_telling_class_around_the_whole_article_tells_nothing() -> None:
    body = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = f"<html><body><div class='paywall'><h1>Trees for Linz</h1>{body}</div></body></html>"
    assert [passage.text for passage in assemble(read_page(page)) if passage.text in SENTENCES] == SENTENCES


def test_controls_between_paragraphs() -> None:
    control = "<div class='image-toggle'><span>Show picture</span></div>"
    assert "Show picture" not in passages(within=control)


def test_a_paragraph_with_an_empty_link_is_nothing_special() -> None:
    assert passages(within="<p><a href='/bridges'></a></p><p><a href='/bridges'> <img src='b.png'></a></p>")
