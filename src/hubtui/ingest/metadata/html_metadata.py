"""Read what a web page says about itself: in its metadata, its headlines and the lines around them."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import clean_authors, is_person, is_website, read_byline
from hubtui.ingest.metadata.dates import iso_date
from hubtui.text.fold import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000})\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url: (\S{1,2000})\s+saved date: ([^\n]{1,60})"
)
_DATED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_BYLINE = re.compile(
    r"(?:^|[-_\s])(?:byline|by-line|author|authors|credit|writer)(?:$|[-_\s])", re.IGNORECASE
)
_LABELLED = re.compile(r"(?:作者|来源|稿源|记者|发布时间|责任编辑)\s?[:：丨︱|]")
_PARTS = re.compile(r"(\s*[|｜_»]+\s*|\s+[-–—]\s+)")
_NEAR = 12
"""Lines before and after the headline among which the byline is looked for."""


def page_facts(tree: "HtmlElement", text: str, found: Any) -> Facts:  # noqa: ANN401  # untyped library
    """Return the facts of a page.

    Args:
        tree: The whole page.
        text: Its source text, for what stands in comments and scripts.
        found: What trafilatura made of it, or ``None``.
    """
    facts = Facts()
    homes = [heading for heading in tree.iter("h1") if _leads_home(heading)]
    sites = _sites(tree, found, [_clean(heading.text_content()) for heading in homes])
    titles = _titles(tree, found)
    headline = _headline(
        [heading for heading in tree.iter("h1", "h2") if heading not in homes], titles, sites
    )
    _offer_address(facts, text, found)
    if headline is not None:
        facts.offer("title", _clean(headline.text_content()), "page metadata")
    facts.offer("title", without_site(next(iter(titles), ""), sites), "page metadata")
    date = iso_date(_get(found, "date"))
    if date and _declares_date(tree, text):
        facts.offer("date", date, "page metadata")
    author, credited = _authors(_get(found, "author"), sites), _credited(tree)
    if not re.fullmatch(rf"{re.escape(author)}\d\w*", credited):  # trafilatura takes digits out of names
        facts.offer("author", author, "page metadata")
    for line in _byline_texts(tree, headline):
        read_byline(line, facts)
    facts.offer("author", credited, "byline")
    facts.offer("date", date, "page metadata")
    facts.offer("publisher", next((site for site in sites if not is_host(site)), ""), "page metadata")
    return facts


def is_host(site: str) -> bool:
    """Whether a site's name is only its address."""
    return bool(re.fullmatch(r"[\w.-]+\.[a-z]{2,6}", site, re.IGNORECASE))


def _offer_address(facts: Facts, text: str, found: Any) -> None:  # noqa: ANN401  # untyped library
    if match := _SINGLE_FILE.search(text, 0, 20_000):
        facts.offer("url", match[1], "page metadata")
        facts.offer("accessed", iso_date(match[2]), "page metadata")
    if match := _SAVED_FROM.search(text, 0, 20_000):
        facts.offer("url", match[1], "page metadata")
    facts.offer("url", _get(found, "url"), "page metadata")


def _sites(tree: "HtmlElement", found: Any, homes: "Iterable[str]") -> list[str]:  # noqa: ANN401
    """Return the names that the page calls its site by, the best first; its host's name is the last."""
    host = re.sub(r"\W", "", _get(found, "hostname").split(".")[0]).casefold()
    declared = [
        *tree.xpath("//meta[@property='og:site_name']/@content"),
        *tree.xpath("//meta[translate(@name,'SCOURE','scoure')='source']/@content"),
        *tree.xpath("//meta[@name='application-name']/@content"),
    ]
    guessed = [name for name in (_get(found, "sitename"), *homes) if name.casefold() != host]
    names = [_clean(str(name)) for name in (*declared, *guessed, _get(found, "hostname"))]
    return [name for name in names if name]


def _leads_home(heading: "HtmlElement") -> bool:
    links = heading.xpath(".//a/@href | ancestor::a/@href")
    return any(re.fullmatch(r"(?:https?://[^/]+)?/?", str(link)) for link in links)


def _titles(tree: "HtmlElement", found: Any) -> list[str]:  # noqa: ANN401  # untyped library
    """Return the titles that the page's head declares, the best first."""
    declared = [
        *tree.xpath("//meta[@property='og:title']/@content"),
        *(element.text_content() for element in tree.xpath("//head/title")),
    ]
    titles = [title for text in declared if (title := _clean(str(text)))]
    return titles or [_get(found, "title")]


def _headline(headings: "list[HtmlElement]", titles: list[str], sites: list[str]) -> "HtmlElement | None":
    """Find the article's headline: the page's only first-level heading, or the one most like its title."""
    texts = [(heading, _clean(heading.text_content())) for heading in headings]
    candidates = [
        (heading, text) for heading, text in texts if 1 < len(text) <= 300 and not _same(text, sites)
    ]
    first = [(heading, text) for heading, text in candidates if heading.tag == "h1"]
    if len({text for _, text in first}) == 1:
        return first[0][0]
    likeness = {text: max((_likeness(text, title) for title in titles), default=0) for _, text in candidates}
    best, text = max(candidates, key=lambda candidate: likeness[candidate[1]], default=(None, ""))
    return best if likeness.get(text, 0) > 0.5 else None


def _likeness(text: str, title: str) -> float:
    if len(text) > 8 and text in title:
        return 1.0
    return SequenceMatcher(None, text.casefold()[:300], title.casefold()[:300], autojunk=False).ratio()


def _declares_date(tree: "HtmlElement", text: str) -> bool:
    """Whether the page declares a date of publication as such."""
    return bool(_DATED.search(text)) or bool(
        tree.xpath(
            "//meta[@property='article:published_time' or @name='article:published_time' or @name='pubdate'"
            " or @itemprop='datePublished' or @name='publishdate' or @name='citation_publication_date']"
        )
    )


def _authors(value: str, sites: list[str]) -> str:
    """Return the authors that the metadata names, without the site itself, which often stands there."""
    names = clean_authors(value).split("; ")
    return "; ".join(name for name in names if name and (is_person(name) or not _same(name, sites)))


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
        text = _spaced(element)
        if 3 < len(text) <= 160:
            texts.append(text)
            if _LABELLED.search(text[:40]):
                labelled.append(text)
    near = texts[max(0, around - _NEAR) : around + _NEAR] if headline is not None else []
    return near + labelled[:8]


def _credited(tree: "HtmlElement") -> str:
    """Return the author whom an element's class, relation or property marks as such, or ``""``."""
    for element in tree.xpath("//*[@class or @rel='author' or @itemprop='author']"):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if marked or _BYLINE.search(element.get("class") or ""):
            text = re.split(r"\s[-–—|]\s", _spaced(element))[0]
            if 2 < len(text) <= 120 and (names := _people(text)):
                return names
    return ""


def _people(text: str) -> str:
    found = Facts()
    if read_byline(text, found) and found["author"]:
        return found["author"]
    names = [name for name in clean_authors(text).split("; ") if is_person(name)]
    return "; ".join(names)


def _same(name: str, sites: "Iterable[str]") -> bool:
    """Whether ``name`` is, or is part of, what the site calls itself."""
    bare = re.sub(r"\W", "", name).casefold()
    return is_website(name) or any(bare and bare in re.sub(r"\W", "", site).casefold() for site in sites)


def _get(found: Any, name: str) -> str:  # noqa: ANN401  # untyped library
    return normalise(getattr(found, name, None) or "")


def _spaced(element: "HtmlElement") -> str:
    """Return an element's text with a space between its children's."""
    return _clean(" ".join(element.itertext()))


def _clean(text: str) -> str:
    return " ".join(normalise(text).split())


def without_site(title: str, sites: "Sequence[str]") -> str:
    """Return a page's title without the name of its site, at the end or the beginning.

    Args:
        title: The title, with parts between bars, dashes or low lines.
        sites: What the site calls itself.
    """
    parts = _PARTS.split(title)
    bare = {re.sub(r"\W", "", site).casefold() for site in sites}
    while len(parts) > 2 and _names_site(parts[-1], bare):
        parts = parts[:-2]
    while len(parts) > 2 and _names_site(parts[0], bare):
        parts = parts[2:]
    return "".join(parts).strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = re.sub(r"\W", "", part).casefold()
    return is_website(part) or any(name in site or (len(site) > 3 and site in name) for site in sites if site)
