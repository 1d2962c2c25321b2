"""Read what a web page says about itself: in its metadata, its headlines and the lines around them."""

import re
from typing import TYPE_CHECKING, Any

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import is_self, read_byline
from hubtui.ingest.metadata.dates import find_date, iso_date, with_day_told
from hubtui.ingest.metadata.page_authors import Clues, is_host, offer_authors
from hubtui.ingest.metadata.page_dates import TODAY, DatedPage, dates_of_today, is_day_first, offer_dates
from hubtui.ingest.metadata.page_declarations import Declarations
from hubtui.ingest.metadata.page_layout import Layout, one_line, short_text
from hubtui.ingest.metadata.page_titles import (
    declared_titles,
    find_headline,
    headline_text,
    is_title_part,
    leads_home,
    without_site,
)
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000})\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url: (\S{1,2000})\s+saved date: ([^\n]{1,60})"
)
_LABELLED = re.compile(r"(?:作者|来源|稿源|记者|发布时间|责任编辑)\s?[:：丨︱|]")
_PLATFORMS = frozenset(("微信公众平台", "今日头条", "微信", "Weixin Official Accounts Platform"))
"""Platforms that carry what others publish."""
_LONGEST_BYLINE = 160
_NEAR = 12
"""Lines before and after the headline among which the byline is looked for."""


def page_facts(tree: "HtmlElement", text: str, found: Any) -> tuple[Facts, Layout]:  # noqa: ANN401  # untyped
    """Return the facts of a page, and where its headline stands.

    Args:
        tree: The whole page.
        text: Its source text, for what stands in comments and scripts.
        found: What trafilatura made of it, or ``None``.
    """
    facts = Facts()
    day_first = is_day_first(tree.get("lang") or "")
    declared = Declarations(tree, text, day_first)
    titles = declared_titles(tree, declared.titles) or [_get(found, "title")]
    homes = [heading for heading in tree.iter("h1") if leads_home(heading, titles)]
    sites = _sites(declared, found, [one_line(heading.text_content()) for heading in homes], titles)
    headline = find_headline(
        [heading for heading in tree.iter("h1", "h2") if heading not in homes], titles, sites
    )
    _offer_address(facts, text, found)
    bare = [without_site(title, sites) for title in titles]
    if headline is not None:
        known = [*bare, *declared.headlines]
        facts.offer("title", headline_text(headline, known), "page metadata")
    facts.offer("title", next(iter(bare), ""), "page metadata")
    lines = Facts()
    today = dates_of_today(tree)
    beside = _byline_texts(tree, headline)
    for line in beside:
        dated_line = with_day_told(line, day_first)
        dated = find_date(dated_line)
        if dated is None or dated[0] not in today:
            read_byline(dated_line, lines)
    layout = Layout(tree, headline)
    page = DatedPage(layout, text, declared, lines, facts["url"], beside, today, day_first)
    offer_dates(facts, page, _get(found, "date"))
    clues = Clues(declared.authors, declared.outlets, lines["author"], _get(found, "author"), sites)
    offer_authors(facts, layout, clues)
    for name in ("publisher", "url", "title"):
        facts.offer(name, lines[name], "byline")
    publishers = (name for name in sites if not is_host(name) and name not in _PLATFORMS)
    facts.offer("publisher", next(publishers, ""), "page metadata")
    return facts, layout


def _offer_address(facts: Facts, text: str, found: Any) -> None:  # noqa: ANN401  # untyped library
    if match := _SINGLE_FILE.search(text, 0, 20_000):
        facts.offer("url", match[1], "page metadata")
        facts.offer("accessed", iso_date(match[2]), "page metadata")
    if match := _SAVED_FROM.search(text, 0, 20_000):
        facts.offer("url", match[1], "page metadata")
    facts.offer("url", _get(found, "url"), "page metadata")


def _sites(declared: Declarations, found: Any, homes: "Iterable[str]", titles: list[str]) -> list[str]:  # noqa: ANN401
    """Return the names that the page calls its site by, the best first; its host's name is the last."""
    host = re.sub(r"\W", "", _get(found, "hostname").split(".")[0]).casefold()
    named = _get(found, "sitename")
    guessed = [
        name for name in ("" if is_title_part(named, titles) else named, *homes) if name.casefold() != host
    ]
    sources = [source for source in declared.sources if not is_self(source)]
    names = (*declared.accounts, *sources, *declared.sites, *guessed, _get(found, "hostname"))
    return [name for name in (one_line(str(name)) for name in names) if name]


def _byline_texts(tree: "HtmlElement", headline: "HtmlElement | None") -> list[str]:
    """Return the short texts that may be bylines: around the headline, then labelled ones anywhere."""
    texts: list[str] = []
    labelled: list[str] = []
    around = 0
    for element in tree.iter("p", "span", "div", "time", "td", "li", "h2", "h3", "h4", "h1", "strong", "em"):
        if element is headline:
            around = len(texts)
        if len(element) > 8:
            continue
        text = short_text(element, _LONGEST_BYLINE)
        if len(text) > 3 and not TODAY.search(text):
            texts.append(text)
            if _LABELLED.search(text[:40]):
                labelled.append(text)
    near = (
        texts[around : around + _NEAR] + texts[max(0, around - _NEAR) : around]
        if headline is not None
        else []
    )
    return near + labelled[:8]


def _get(found: Any, name: str) -> str:  # noqa: ANN401  # untyped library
    return normalise(getattr(found, name, None) or "")
