"""Read what a web page says about itself: in its metadata, its headlines and the lines around them."""

import datetime as dt
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from hubtui.ingest.document import Facts, Origin
from hubtui.ingest.metadata.bylines import clean_authors, is_person, is_self, is_website, read_byline
from hubtui.ingest.metadata.dates import find_date, find_labelled_date, iso_date
from hubtui.ingest.metadata.name_patterns import INVERTED
from hubtui.ingest.metadata.page_declarations import Declarations
from hubtui.text.analyzer import is_han, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000})\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url: (\S{1,2000})\s+saved date: ([^\n]{1,60})"
)
_BYLINE = re.compile(
    r"(?:^|[-_\s])(?:byline|by-line|author|authors|credit|writer)(?:$|[-_\s])", re.IGNORECASE
)
_LABELLED = re.compile(r"(?:作者|来源|稿源|记者|发布时间|责任编辑)\s?[:：丨︱|]")
_PARTS = re.compile(r"(\s*[|｜_»]+\s*|\s+[-–—]\s+)")
_DATE_LABEL = re.compile(
    r"(?:发布时间|发布日期|发布于|发表时间|发表于|发表日期|出版日期|刊发时间|发稿时间|成文日期|发文日期|上传时间|發布時間|發佈時間|發布日期|發佈日期"
    r"|發表時間|公告日期|刊登日期|(?<![\w-])published(?: on| at)?|posted on|first published"
    r"|veröffentlicht(?: am)?"
    r"|erschienen am"
    r"|publié le|publicado el|pubblicato il|gepubliceerd op|opublikowano)\s?[:：]?\s*",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"今天是|今日是|今天[:：]|现在是|当前(?:时间|日期)|今天日期|系统时间|欢迎您?[，,!！]"
    r"|天气|气温|℃|多云|農曆|农历|今天 ?\d|现在时间"
    r"|today(?: is|['’]s date|:)|current (?:date|time)|it is now|weather|heute ist|nous sommes le|°[CF]\b",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(
    r"publi|post(?:ed|-|_)?(?:date|time|on|meta)|entry-date|article(?:-|_)?(?:date|time)|pub(?:-"
    r"|_)?(?:date|time)"
    r"|(?:^|\s)(?:date|time|timestamp|dateline)(?:$|\s)|byline.?date|date-?line|meta-?date",
    re.IGNORECASE,
)
_CHANGED_CLASS = re.compile(r"updat|modif|comment|event|expire", re.IGNORECASE)
_OTHERS = re.compile(
    r"comment|sidebar|side-bar|related|recommend|recent|popular|widget|weather|footer|(?:^|[\s_-])nav"
    r"|teaser|archive",
    re.IGNORECASE,
)
_PLATFORMS = frozenset(("微信公众平台", "今日头条", "微信", "Weixin Official Accounts Platform"))
"""Platforms that carry what others publish."""
_AUTHOR_CLASS = re.compile(
    r"(?:^|\s)(?:post-|entry-|article-|by-)?author(?:-name|-link)?(?:$|\s)", re.IGNORECASE
)
_NO_HANDLE = re.compile(
    r"\d{3}|[:：!?。@]|^(?:name|date|datum|username|comments?|image|video|share|home|article|news|auteur"
    r"|autor)$"
    r"|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_LONGEST_HANDLE = 5
"""Words."""
_LONGEST_NAME = 40
_FULL = len("2024-10-08")
_FEW = 8
"""Child elements from which an element is no line of a byline any more."""
_CLOSE = 12
"""Characters between a label and its date at most."""
_LONGEST_BYLINE = 160
_NEAR = 12
"""Lines before and after the headline among which the byline is looked for."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page and what was found on it: its declarations, its bylines, the names of its site."""

    tree: "HtmlElement"
    text: str
    declared: Declarations
    lines: Facts
    sites: list[str]


def page_facts(tree: "HtmlElement", text: str, found: Any) -> Facts:  # noqa: ANN401  # untyped library
    """Return the facts of a page.

    Args:
        tree: The whole page.
        text: Its source text, for what stands in comments and scripts.
        found: What trafilatura made of it, or ``None``.
    """
    facts = Facts()
    declared = Declarations(tree, text)
    homes = [heading for heading in tree.iter("h1") if _leads_home(heading)]
    sites = _sites(declared, found, [_clean(heading.text_content()) for heading in homes])
    titles = _titles(tree, declared, found)
    headline = _headline(
        [heading for heading in tree.iter("h1", "h2") if heading not in homes], titles, sites
    )
    _offer_address(facts, text, found)
    if headline is not None:
        facts.offer("title", _clean(headline.text_content()), "page metadata")
    facts.offer("title", without_site(next(iter(titles), ""), sites), "page metadata")
    lines = Facts()
    today = _todays(tree)
    for line in _byline_texts(tree, headline):
        dated = find_date(line)
        if dated is None or dated[0] not in today:
            read_byline(line, lines)
    page = _Page(tree, text, declared, lines, sites)
    _offer_dates(facts, page, _get(found, "date"))
    _offer_authors(facts, page, _get(found, "author"))
    for name in ("publisher", "url", "title"):
        facts.offer(name, lines[name], "byline")
    publishers = (name for name in sites if not is_host(name) and name not in _PLATFORMS)
    facts.offer("publisher", next(publishers, ""), "page metadata")
    return facts


def _offer_dates(facts: Facts, page: _Page, guessed: str) -> None:
    """Offer the date of publication: a labelled one, else a declared one, else one beside the headline."""
    tree, declared, lines = page.tree, page.declared, page.lines
    labelled = _labelled_date(tree)
    stamped = _stamps(tree)
    today = _todays(tree)
    shown = [date for date in (lines["date"], *stamped) if date not in today]
    published = declared.published[:1]
    local = [date for date in shown if published and _is_a_day_apart(published[0], date)]
    # A page that shows another day than it declares is in another time zone than the declaration.
    candidates = [date for date in (labelled, *local, *published, *shown, *declared.dated) if date]
    full = [date for date in candidates if len(date) == _FULL]
    changed = lines["modified"] or next(iter(declared.changed), "")
    guess = iso_date(guessed)
    if guess and guess not in today and guess not in declared.changed and _is_written(guess, page.text):
        full = full or [guess]
    full = full or candidates
    origin: Origin = "byline" if full and full[0] in (labelled, lines["date"]) else "page metadata"
    facts.offer("date", next(iter(full), ""), origin)
    facts.offer("modified", changed, "page metadata")


def _is_a_day_apart(one: str, other: str) -> bool:
    if not len(one) == len(other) == _FULL:
        return False
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days) == 1


def _labelled_date(tree: "HtmlElement") -> str:
    """Return the first date that a label of the page's text calls that of publication."""
    for element in tree.iter("p", "span", "div", "time", "td", "li", "em", "i", "b", "font", "dd", "small"):
        text = _spaced(element) if len(element) <= _FEW else ""
        if len(text) <= _LONGEST_BYLINE and (match := _DATE_LABEL.search(text)):
            find = find_labelled_date if is_han(match[0][0]) else find_date
            dated = find(text[match.end() :][:40])
            if dated and dated[1] < _CLOSE:
                return dated[0]
    return ""


def _stamps(tree: "HtmlElement") -> list[str]:
    """Return the dates of ``time`` elements, and of others that their class calls the article's date."""
    found = []
    for element in tree.xpath("//time | //*[contains(@class, 'date') or contains(@class, 'time')]"):
        kind = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and not _DATE_CLASS.search(kind):
            continue
        if _CHANGED_CLASS.search(kind) or _within_others(element):
            continue
        value = element.get("datetime") or _spaced(element)[:80]
        dated = find_date(value)
        if dated:
            found.append(dated[0])
    return found[:1]


def _within_others(element: "HtmlElement") -> bool:
    """Whether an element belongs to a comment, a sidebar or a list of other articles."""
    return any(
        parent.tag in ("aside", "footer", "nav")
        or _OTHERS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in element.iterancestors()
        if parent.tag not in ("body", "html")
    )


def _todays(tree: "HtmlElement") -> set[str]:
    """Return the dates that a page shows because it is that day."""
    found = set()
    for element in tree.iter("div", "span", "p", "td", "li", "font", "em"):
        text = _spaced(element) if len(element) <= _FEW else ""
        if 4 < len(text) <= _LONGEST_BYLINE and (match := _TODAY.search(text)):
            dated = find_date(text[match.start() :])
            if dated:
                found.add(dated[0])
    return found


def _is_written(date: str, text: str) -> bool:
    """Whether the page's source has the date with its whole year; a guess from other digits is none."""
    year, month, day = [*date.split("-"), "", ""][:3]
    spelled = rf"{year}\W{{0,2}}0?{int(month or 0)}\W{{0,2}}0?{int(day or 0)}(?!\d)|{year}[年년]"
    month, day = (f"(?<!\\d)0?{int(part or 0)}" for part in (month, day))
    reverse = rf"{day}\W{{1,3}}{month}\W{{1,2}}{year}|{month}\W{{1,2}}{day}\W{{1,2}}{year}"
    word = r"[^\W\d_]{3,10}"
    named = rf"{word}\W{{1,3}}(?:\d\d?\w{{0,2}}\W{{1,3}})?{year}|\d\W{{1,3}}{word}\W{{1,3}}{year}"
    return bool(re.search(f"{spelled}|{reverse}|{named}", text))


def _offer_authors(facts: Facts, page: _Page, guessed: str) -> None:
    """Offer the people whom the page names as its authors; where it names none, whoever it does name."""
    tree, declared, lines, sites = page.tree, page.declared, page.lines, page.sites
    stated = [clean_authors("; ".join(names)) for names in declared.authors]
    credited = _credited(tree)
    ranked: list[tuple[str, Origin]] = [
        *((names, "page metadata") for names in stated),
        (credited, "byline"),
        (lines["author"], "byline"),
        (clean_authors(guessed), "page metadata"),
    ]
    for names, origin in ranked:
        people = [name for name in names.split("; ") if _is_somebody(name)]
        facts.offer("author", "; ".join(people), origin)
    for names in stated:
        others = [name for name in names.split("; ") if name and not _same(name, sites)]
        facts.offer("author", "; ".join(others), "page metadata")
    facts.offer("author", lines["author"], "byline")
    for handle in (_handle(tree), clean_authors(guessed)):
        if (
            not _same(handle, sites)
            and not _NO_HANDLE.search(handle)
            and len(handle.split()) <= _LONGEST_HANDLE
        ):
            facts.offer("author", handle, "byline")


def _is_somebody(name: str) -> bool:
    """Whether a name is a person's, with a degree behind it or the family name before it too."""
    before, _, _after = name.partition(", ")
    return is_person(name) or is_person(before) or bool(INVERTED.fullmatch(name))


def _handle(tree: "HtmlElement") -> str:
    """Return the name by which a site calls the author, where it is no person's full name."""
    for element in tree.xpath("//*[@rel='author' or @itemprop='author' or contains(@class, 'author')]"):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if (marked or _AUTHOR_CLASS.search(element.get("class") or "")) and not _within_others(element):
            name = clean_authors(_spaced(element))
            if 1 < len(name) <= _LONGEST_NAME:
                return name
    return ""


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


def _sites(declared: Declarations, found: Any, homes: "Iterable[str]") -> list[str]:  # noqa: ANN401
    """Return the names that the page calls its site by, the best first; its host's name is the last."""
    host = re.sub(r"\W", "", _get(found, "hostname").split(".")[0]).casefold()
    guessed = [name for name in (_get(found, "sitename"), *homes) if name.casefold() != host]
    sources = [source for source in declared.sources if not is_self(source)]
    names = (*declared.accounts, *sources, *declared.sites, *guessed, _get(found, "hostname"))
    return [name for name in (_clean(str(name)) for name in names) if name]


def _leads_home(heading: "HtmlElement") -> bool:
    links = heading.xpath(".//a/@href | ancestor::a/@href")
    return any(re.fullmatch(r"(?:https?://[^/]+)?/?", str(link)) for link in links)


def _titles(tree: "HtmlElement", declared: Declarations, found: Any) -> list[str]:  # noqa: ANN401
    """Return the titles that the page's head declares, the best first."""
    values = [
        *declared.titles,
        *tree.xpath("//meta[@property='og:title']/@content"),
        *(element.text_content() for element in tree.xpath("//head/title")),
    ]
    titles = [title for text in values if (title := _clean(str(text)))]
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
        if 3 < len(text) <= _LONGEST_BYLINE and not _TODAY.search(text):
            texts.append(text)
            if _LABELLED.search(text[:40]):
                labelled.append(text)
    near = texts[max(0, around - _NEAR) : around + _NEAR] if headline is not None else []
    return near + labelled[:8]


def _credited(tree: "HtmlElement") -> str:
    """Return the author whom an element's class, relation or property marks as such, or ``""``."""
    for element in tree.xpath("//*[@class or @rel='author' or @itemprop='author']"):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if (marked or _BYLINE.search(element.get("class") or "")) and not _within_others(element):
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
