"""Tell the parts of a web page: what is left out of its article, and the introduction that belongs to it."""

import re
from typing import TYPE_CHECKING, Final

from hubtui.ingest.document import TextBlock
from hubtui.ingest.metadata.page_layout import Layout, spaced_text
from hubtui.text.analyzer import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_MARK = "data-hubtui-left-out"
LEFT_OUT: Final = f".//*[@{_MARK}]"
"""Where the parts are that :func:`mark_left_out` has marked."""
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:related(?:-?(?:posts?|articles?|content|stories|links?|box|news))?|rec-?(?:posts?|articles?)"
    r"|recommend(?:ed|ations?)|wp_rp|yarpp|jp-relatedposts|next-?(?:story|post|article|up)|read-?(?:next|also)"
    r"|more-?(?:stories|news|articles|from)|most-?(?:read|popular)|terms-list|link-?list|newsletter(?:-\w+)?"
    r"|subscri(?:be|ption)(?:-(?:box|form))?|paywall|petition-?teaser|letters-?cta|cta|donat(?:e|ion)s?"
    r"|steady(?:-\w+)?|author-?(?:box|bio|info|card)|about-?(?:the-?)?author|saboxplugin\w*|siguenos|follow-?us"
    r"|press-?officer|anchor-?navi?|cookie-?(?:notice|banner|consent)|help_wrap|back-?link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TOGGLE = re.compile(r"(?:^|[\s_-])(?:toggle|btn|button|tooltip)s?(?:$|[\s_-])", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|\s)(?:hidden|sr-only|screen-reader-text|visually-?hidden)(?:$|\s)")
_SHOWN_SOMEWHERE = re.compile(r"\w:\w|-(?:block|flex|inline|grid)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BLOCKS = frozenset(
    "div section aside ul ol p article nav form table dl span small header footer figure".split()
)
_MOST = 0.3
"""The share of a page's text up to which a part with a telling class is no article."""
_LONGEST_TOGGLE = 40
_HOST = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#]+)", re.IGNORECASE)
_NO_PAGE = re.compile(r"#|mailto:|tel:|javascript:|[^?#]+\.(?:pdf|docx?|xlsx?|zip|jpe?g|png)$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.。!！?？…:：;；]['\"”’»)]*$")
_FEWEST = 4
"""Words from which a link of its own is a headline."""
_WIDE = 12
"""Characters from which one in Chinese or Japanese is."""

_INTRODUCTION = re.compile(
    r"(?:^|[\s_-])(?:intro(?:duction|text)?|leads?(?:-?(?:text|in))?|lede|teaser(?:-?text)?|stand-?first|excerpt"
    r"|sub-?(?:title|head(?:line|ing)?)|deck|dek|summary|abstract|vorspann|anleser|anriss|chapo|chapeau"
    r"|entradilla|bajada|sumario|copete|sommario|ingress|manchet|hero-?text|kurzfassung)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHORTEST: Final = 40
_LONGEST: Final = 900
_REACH = 200
"""Elements behind the headline among which the introduction is looked for."""
_BEGINNING = 30
"""Characters in which the introduction and the page's description agree."""
_LINKED = 0.4


_CAPTION = re.compile(r"caption|credit|copyright|photo|bildunterschrift", re.IGNORECASE)


def mark_left_out(tree: "HtmlElement") -> None:
    """Mark what surrounds an article in elements of its own: related articles, forms, controls.

    What holds a first-level heading or much of the page's text is never marked, whatever its class says.
    """
    body = next(tree.iter("body"), tree)
    total = max(1, _length(body))
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag not in _BLOCKS:
            continue
        hints = f"{element.get('class') or ''} {element.get('id') or ''}"
        if hints != " " and _surrounds(element, _CAMEL.sub("-", hints), total):
            element.set(_MARK, "")
    host = _host(tree)
    for paragraph in body.iter("p"):
        if _is_teaser(paragraph, host):
            paragraph.set(_MARK, "")


def _surrounds(element: "HtmlElement", hints: str, total: int) -> bool:
    if _UNSEEN.search(hints):
        return not _SHOWN_SOMEWHERE.search(hints) and _is_small(element, total)
    if _AROUND.search(hints):
        return _is_small(element, total)
    if _TOGGLE.search(hints):
        text = spaced_text(element)
        return len(text) <= _LONGEST_TOGGLE and not _SENTENCE.search(text) and _stands_alone(element)
    return False


def _is_small(element: "HtmlElement", total: int) -> bool:
    return next(element.iter("h1"), None) is None and _length(element) <= _MOST * total


def _stands_alone(element: "HtmlElement") -> bool:
    """Whether no text stands beside an element, so that it is no word of a sentence."""
    parent = element.getparent()
    beside = [element.tail, *(parent.xpath("text()") if parent is not None else ())]
    return not any((text or "").strip() for text in beside)


def _host(tree: "HtmlElement") -> str:
    """Return the host that the page says it is from, or ``""``."""
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((found[1] for address in stated if (found := _HOST.match(str(address)))), "")


def _is_teaser(paragraph: "HtmlElement", host: str) -> bool:
    """Whether a paragraph is nothing but a link to another article of its site, under that one's headline."""
    links = list(paragraph.iter("a"))
    address = links[0].get("href") or "" if len(links) == 1 else ""
    if not address or _NO_PAGE.match(address) or ((found := _HOST.match(address)) and found[1] != host):
        return False
    text = spaced_text(paragraph)
    if text != spaced_text(links[0]) or _SENTENCE.search(text):
        return False
    before = paragraph.getprevious()
    if before is not None and spaced_text(before).endswith((":", "：")):
        return False
    return len(text.split()) >= _FEWEST or (len(text) >= _WIDE and is_han(text[0]))


def introduction(layout: Layout, blocks: "Sequence[TextBlock]", description: str) -> list[TextBlock]:
    """Return the introduction between the headline and the text, where the extraction has left it out.

    It is known by its class, or because the page's description says the same.

    Args:
        layout: Where the headline stands.
        blocks: The text that was extracted.
        description: What the page says it is about, or ``""``.
    """
    known = _bare("".join(block.text for block in blocks))
    first = next((_bare(block.text) for block in blocks if len(block.text) > _SHORTEST), "")
    stated = _bare(description)[:_BEGINNING]
    found: list[TextBlock] = []
    for element in _behind(layout):
        text = spaced_text(element) if not _holds_blocks(element) else ""
        bare = _bare(text)
        if not bare:
            continue
        if first and bare == first:
            break
        if not _SHORTEST <= len(text) <= _LONGEST or bare in known or layout.is_apart(element):
            continue
        is_stated = len(stated) == _BEGINNING and bare.startswith(stated)
        holders = [
            holder for holder in (element, *element.iterancestors()) if not layout.holds_headline(holder)
        ]
        if any(map(_is_left_out, holders)):
            continue
        if (is_stated or any(map(_is_introduction, holders))) and not _is_linked(element, len(text)):
            found.append(TextBlock(text))
            known += bare
    return found


def _is_left_out(element: "HtmlElement") -> bool:
    """Whether an element is marked, or a caption, and what it holds with it."""
    return (
        element.get(_MARK) is not None
        or element.tag in ("figure", "figcaption", "form")
        or bool(_CAPTION.search(element.get("class") or ""))
    )


def _behind(layout: Layout) -> "Iterator[HtmlElement]":
    """Yield the elements of text behind the headline, the nearest first."""
    if layout.headline is None:
        return
    passed = 0
    inside = set(layout.headline.iter())
    below = False
    for element in layout.tree.iter("h1", "h2", "h3", "h4", "p", "div", "li", "span", "section", "strong"):
        if element is layout.headline:
            below = True
        elif below and element not in inside:
            passed += 1
            if passed > _REACH:
                return
            yield element


def _holds_blocks(element: "HtmlElement") -> bool:
    return any(True for _ in element.iterdescendants("p", "div", "li", "section", "h2", "h3", "h4"))


def _is_introduction(element: "HtmlElement") -> bool:
    return bool(_INTRODUCTION.search(_CAMEL.sub("-", element.get("class") or "")))


def _is_linked(element: "HtmlElement", length: int) -> bool:
    linked = sum(len(spaced_text(link)) for link in element.iter("a"))
    around = any(True for _ in element.iterancestors("a"))
    return around or linked > _LINKED * length


def _length(element: "HtmlElement") -> int:
    return sum(len(text) for text in element.itertext() if isinstance(text, str))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
