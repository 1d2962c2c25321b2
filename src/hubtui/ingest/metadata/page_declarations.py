"""Read what a web page declares about its article for machines: in meta elements, JSON-LD and scripts."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from hubtui.ingest.metadata.dates import find_date, iso_date, with_day_told
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED: Final = (
    "article:published_time og:article:published_time og:published_time article:published og:pubdate"
    " datepublished pubdate publishdate publish_date publish-date publishtime publish_time publicationdate"
    " publication_date published published_time published-date citation_publication_date citation_date"
    " citation_online_date dc.date.issued dcterms.issued dc.issued dcterms.created dc.date.created"
    " sailthru.date parsely-pub-date cxenseparse:recs:publishtime bytedance:published_time"
    " weibo:article:create_at article_date_original originalpublicationdate firstpublishtime"
).split()
"""Names of meta elements that tell when an article was published, the most telling first."""
_DATED: Final = ("dc.date", "dcterms.date", "date")
"""Names that tell a date, but not of what."""
_STRONG: Final = 14
"""How many of these say more than JSON-LD, which may be that of the whole site."""
_CHANGED: Final = (
    "article:modified_time og:article:modified_time og:updated_time article:updated_time datemodified"
    " last-modified lastmod modified revised dcterms.modified dc.date.modified bytedance:updated_time"
    " weibo:article:update_at updated"
).split()
_AUTHOR: Final = (
    "citation_author dc.creator dcterms.creator author article:author og:article:author parsely-author"
    " sailthru.author byl byline dc.contributor authors creator weibo:article:author"
).split()
_SOURCE: Final = ("contentsource", "source", "articlesource", "docsource", "mediaid")
_SITE: Final = ("og:site_name", "sitename", "citation_journal_title", "application-name")
_ARTICLE = re.compile(r"Article|BlogPosting|Report|Review$|LiveBlog|WebPage|Recipe|Book|Posting")
_DUBLIN_CORE = re.compile(r"^(dc|dcterms)[:_]")
_ORGANISATION = re.compile(r"Organi[sz]ation|Corporation|WebSite|Brand")
_SCRIPTED = re.compile(
    r"\b(?:create_?[Tt]ime|publish_?[Tt]ime|pub_?[Dd]ate|ct|oriCreateTime"
    r"|svr_time_publish)[\"']?\s*[=:]\s*[\"']"
    r"(?P<stamp>\d{10}(?=\D)|(?:19|20)\d\d[-/年.]\d\d?[-/月.]\d\d?[^\"'\n]{0,20})[\"']"
)
_ACCOUNT = re.compile(
    r"\bvar\s+nickname\s*=\s*(?:htmlDecode\()?\s*[\"'](?P<name>[^\"'\n]{1,60})[\"']"
    r"|\"(?:media_name|mediaName)\"\s*:\s*\"(?P<media>[^\"\n]{1,60})\""
)
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
_TOO_LARGE = 400_000
"""Characters of JSON-LD that are not read any more."""


class Declarations:
    """What a page declares; every list is in the order in which it is to be believed."""

    def __init__(self, tree: "HtmlElement", text: str, day_first: bool | None) -> None:  # noqa: FBT001
        self._day_first = day_first
        self._metas = _metas(tree)
        things = list(_things(tree))
        articles = [thing for thing in things if _ARTICLE.search(str(thing.get("@type", "")))]
        named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
        writers = [
            [named.get(_address(who), who) for who in _list(thing.get("author"))] for thing in articles
        ]
        self.authors = [
            *(names for who in writers if (names := _names([one for one in who if not _is_outlet(one)]))),
            *self._all(_AUTHOR),
        ]
        self.outlets = _names([one for who in writers for one in who if _is_outlet(one)])
        self.published = self._dates(
            [
                *(value for values in self._all(_PUBLISHED[:_STRONG]) for value in values),
                *(str(thing.get("datePublished") or "") for thing in articles),
                *(value for values in self._all(_PUBLISHED[_STRONG:]) for value in values),
                *_marked(tree, "datePublished"),
                *_scripted(text),
            ]
        )
        self.dated = self._dates([value for values in self._all(_DATED) for value in values])
        self.changed = self._dates(
            [
                *(str(thing.get("dateModified") or "") for thing in articles),
                *(value for values in self._all(_CHANGED) for value in values),
                *_marked(tree, "dateModified"),
            ]
        )
        accounts = [_one_line(match["name"] or match["media"]) for match in _ACCOUNT.finditer(text)]
        shown = [_one_line(str(element.text_content())) for element in tree.xpath("//*[@id='js_name']")]
        self.accounts = [name for name in (*shown, *accounts) if name]
        self.sources = [value for values in self._all(_SOURCE) for value in values]
        publishers = (name for thing in articles for name in _names(thing.get("publisher")))
        self.sites = [*(value for values in self._all(_SITE) for value in values), *publishers]
        self.titles = self._metas.get("articletitle", []) + self._metas.get("citation_title", [])
        self.headlines = [
            *(_one_line(thing["headline"]) for thing in articles if isinstance(thing.get("headline"), str)),
            *self._metas.get("twitter:title", []),
        ]

    def _all(self, names: Sequence[str]) -> list[list[str]]:
        return [self._metas[name] for name in names if name in self._metas]

    def _dates(self, values: Sequence[str]) -> list[str]:
        """Return the dates among the values: full ones first, else in their order."""
        dates = [date for value in values if (date := self._date(value))]
        return sorted(dict.fromkeys(dates), key=lambda date: -len(date))

    def _date(self, value: str) -> str:
        value = with_day_told(value.strip(), self._day_first)
        dated = find_date(value[:60])
        return dated[0] if dated else iso_date(value)


def _metas(tree: "HtmlElement") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        value = _one_line(meta.get("content") or meta.get("value") or "")  # renamed by some that save pages
        stated = " ".join(meta.get(attribute) or "" for attribute in ("name", "property", "itemprop"))
        for word in stated.casefold().split():  # RDFa: one element may have several properties
            name = _DUBLIN_CORE.sub(r"\1.", word)
            if value and value not in found.setdefault(name, []):
                found[name].append(value)
    return found


def _things(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, those within others too."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        source = str(script.text or "")
        if len(source) > _TOO_LARGE:
            continue
        source = re.sub(r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s*$", "", source)
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting = [*thing, *waiting]
            elif isinstance(thing, dict):
                yield thing
                waiting += [
                    thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing
                ]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _address(value: object) -> str:
    """Return the address by which a JSON-LD value refers to another, or ``""``."""
    return str(value.get("@id") or "") if isinstance(value, dict) and "name" not in value else ""


def _is_outlet(value: object) -> bool:
    return isinstance(value, dict) and bool(_ORGANISATION.search(str(value.get("@type") or "")))


def _names(value: object) -> list[str]:
    """Return the names in a JSON-LD value: a text, an object with a name, or a list of such."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    name = _one_line(value) if isinstance(value, str) else ""
    return [name] if name and not name.startswith("http") else []


def _marked(tree: "HtmlElement", prop: str) -> list[str]:
    """Return the values of elements that an ``itemprop`` marks."""
    found = []
    for element in tree.xpath(f"//*[contains(@itemprop, '{prop}')]"):
        value = element.get("datetime") or element.get("content") or element.text_content()
        found.append(_one_line(str(value))[:60])
    return found


def _scripted(text: str) -> list[str]:
    """Return the times that a page's script knows its article by, as WeChat's does."""
    found = []
    for match in _SCRIPTED.finditer(text):
        stamp = match["stamp"]
        if stamp.isdigit():
            stamp = dt.datetime.fromtimestamp(int(stamp), _SHANGHAI).date().isoformat()
        found.append(stamp)
    return sorted(found, key=lambda stamp: len(stamp) < 11)


def _one_line(value: str) -> str:
    return " ".join(normalise(value).split())
