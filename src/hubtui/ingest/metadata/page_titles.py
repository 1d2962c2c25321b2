"""Find a web page's title: in its headline, in what its head declares, without the name of its site."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from hubtui.ingest.metadata.bylines import is_website
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

_PARTS = re.compile(r"(\s*[|｜_»]+\s*|\s+[-–—]\s+)")
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|overtitle|topline|roofline|dachzeile|spitzmarke|eyebrow|pre-?title|pre-?header"
    r"|super-?title|sub-?title|sub-?head(?:line|ing)?|strapline|label|badge|flag|rubric|rubrik|category|antetitulo"
    r"|surtitre|sur-titre|occhiello|bovenkop|chapeau)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of what stands in a headline above or below the title proper."""
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|visuallyhidden|element-invisible|hidden)(?:$|\s)"
)
_LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|site-?(?:name|title)|blog-?title|masthead)(?:$|[\s_-])", re.IGNORECASE
)
_LONGEST = 300
_LEAST = 8
"""Characters from which a text that stands in a title is no coincidence."""
_ALIKE = 0.5
_PART = 0.4
"""How much less than the whole title a part of it is like the title at most."""
_TITLE_AND_SITE = 3
"""Parts of a title, the separator among them, that is followed by one name."""
_PIECES = 8
"""Texts in a headline up to which their runs are compared with the titles."""


def declared_titles(tree: "HtmlElement", stated: "Sequence[str]") -> list[str]:
    """Return the titles that the page's head declares, the best first.

    Args:
        tree: The whole page.
        stated: Those that are stated as an article's.
    """
    values = [
        *stated,
        *(
            meta.get("content") or meta.get("value") or ""
            for meta in tree.xpath("//meta[@property='og:title' or @name='og:title']")
        ),
        *(title.text_content() for title in tree.xpath("//title[not(ancestor::svg)]")[:1]),
    ]
    return list(dict.fromkeys(title for text in values if (title := _clean(str(text)))))


def is_title_part(name: str, titles: "Iterable[str]") -> bool:
    """Whether a name that was guessed to be the site's is rather the title: the longest part of one."""
    for title in titles:
        parts = [part for part in _PARTS.split(title)[::2] if part and not is_website(part.strip(" /"))]
        if len(parts) > 1 and _bare(max(parts, key=len)) == _bare(name):
            return True
    return False


def leads_home(heading: "HtmlElement", titles: "Iterable[str]") -> bool:
    """Whether a heading is the site's name, linked to its first page, and no title."""
    links = heading.xpath(".//a/@href | ancestor::a/@href")
    if not any(re.fullmatch(r"(?:https?://[^/]+)?/?", str(link)) for link in links):
        return False
    text = _clean(heading.text_content())
    return not any(is_title_part(text, (re.sub(r"-", " - ", title), title)) for title in titles)


def find_headline(
    headings: "Sequence[HtmlElement]", titles: "Sequence[str]", sites: "Sequence[str]"
) -> "HtmlElement | None":
    """Return the article's headline: the page's only first-level heading, or the one most like its title.

    An only first-level heading that names a section or the site is none, if another heading is the title
    that the page's head declares.
    """
    names = {_bare(site) for site in sites}
    candidates = [
        (heading, text)
        for heading in headings
        if 1 < len(text := _clean(heading.text_content())) <= _LONGEST and _bare(text) not in names
    ]
    bare = {_bare(without_site(title, sites)) for title in titles}
    likeness = {text: _likeness(text, titles, bare) for _, text in candidates}
    first = [(heading, text) for heading, text in candidates if heading.tag == "h1"]
    if len({text for _, text in first}) == 1:
        shown = first[0][1]
        beside = likeness[shown] < _ALIKE or any(shown in _PARTS.split(title) for title in titles)
        if beside and not (_bare(shown) in bare or is_title_part(shown, titles)):
            for heading, text in candidates:
                if text != shown and (_bare(text) in bare or is_title_part(text, titles)):
                    return heading
        return first[0][0]
    best, text = max(
        (candidate for candidate in candidates if not _is_logo(candidate[0])),
        key=lambda candidate: likeness[candidate[1]],
        default=(None, ""),
    )
    return best if likeness.get(text, 0) > _ALIKE else None


def headline_text(headline: "HtmlElement", titles: "Iterable[str]") -> str:
    """Return the title in a headline, without what stands above or below it there and what is not shown."""
    whole = _clean(str(headline.text_content()))
    titles = list(titles)
    known = {_bare(title) for title in titles}
    known |= {_bare(parts[0]) for title in titles if len(parts := _PARTS.split(title)) == _TITLE_AND_SITE}
    proper = _clean("".join(_shown(headline)))
    if _LEAST < len(proper) < len(whole):
        return proper.strip(" :|–—-")
    pieces = [piece for piece in (_clean(str(text)) for text in headline.itertext()) if piece]
    if 1 < len(pieces) <= _PIECES:
        ends = range(1, len(pieces) + 1)
        runs = (" ".join(pieces[start:end]) for end in ends for start in range(end))
        declared = [run for run in runs if len(run) > _LEAST and _bare(run) in known]
        if declared:
            return max(declared, key=len)
    return whole


def _shown(element: "HtmlElement") -> "Iterable[str]":
    yield element.text or ""
    for part in element:
        hints = part.get("class") or ""
        if isinstance(part.tag, str) and not (_KICKER.search(hints) or _UNSEEN.search(hints)):
            yield from _shown(part)
        yield part.tail or ""


def without_site(title: str, sites: "Sequence[str]") -> str:
    """Return a page's title without the name of its site, at the end or the beginning.

    Args:
        title: The title, with parts between bars, dashes or low lines.
        sites: What the site calls itself.
    """
    parts = _PARTS.split(title)
    bare = {_bare(site) for site in sites}
    while len(parts) > 2 and _names_site(parts[-1], bare):
        parts = parts[:-2]
    while len(parts) > 2 and _names_site(parts[0], bare):
        parts = parts[2:]
    return "".join(parts).strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = _bare(part)
    return is_website(part.strip(" /")) or any(
        name in site or (len(site) > 3 and site in name) for site in sites if site
    )


def _is_logo(heading: "HtmlElement") -> bool:
    return bool(_LOGO.search(f"{heading.get('class') or ''} {heading.get('id') or ''}"))


def _likeness(text: str, titles: "Iterable[str]", bare: set[str]) -> float:
    """Return how like a heading is to the titles: 1 for one of them, more than 0.6 for a part of one."""
    if _bare(text) in bare:
        return 1.0
    found = 0.0
    for title in titles:
        if len(text) > _LEAST and text in title:
            found = max(found, 1 - _PART + _PART * len(text) / len(title))
        else:
            folded = (text.casefold()[:_LONGEST], title.casefold()[:_LONGEST])
            found = max(found, SequenceMatcher(None, *folded, autojunk=False).ratio())
    return found


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _clean(text: str) -> str:
    return " ".join(normalise(text).split())
