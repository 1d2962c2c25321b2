"""Find and prepare the elements of a saved page's article, before and beside the extraction of its text."""

import re
from typing import TYPE_CHECKING, Final, cast

from hubtui.ingest.document import TextBlock
from hubtui.ingest.formats.xhtml import page_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTAINERS: Final = (
    "//*[@id='js_content']",
    "//*[@itemprop='articleBody']",
    "//article",
    "//main",
    "//*[@id='UCAP-CONTENT' or @id='zoom' or @id='Zoom' or @id='article' or @id='content']",
    (
        "//*[contains(@class, 'TRS_Editor') or contains(@class, 'article') or contains(@class, 'content')"
        " or contains(@class, 'entry') or contains(@class, 'post')]"
    ),
)
"""Where the text of an article stands, the most telling first."""
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|share|social|related|recommend|comments?|sidebar|footer|breadcrumbs?|crumb"
    r"|copyright|tags?"
    r"|toolbar|pagination|banner|advert|ads?|hot|login|subscribe|newsletter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_TEXT = frozenset("nav aside footer form button script style noscript".split())
_SHORT: Final = 500
"""Characters up to which a text is so short that its extraction is compared with the whole element."""
_HARDLY_ANY: Final = 80
_LEAST: Final = 12
_ENOUGH: Final = 0.9


def prepare(tree: "HtmlElement") -> None:
    """Change what extraction would lose: line breaks in code, readings above characters, folded parts."""
    for reading in list(tree.iter("rt", "rp", "rtc")):
        reading.drop_tree()
    for code in tree.iter("pre"):
        for line_break in list(code.iter("br")):
            line_break.tail = "\n" + (line_break.tail or "")
            line_break.drop_tag()
    for folded in tree.iter("details", "summary"):
        folded.tag = "div" if folded.tag == "details" else "p"


def short_article(tree: "HtmlElement", blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks of a short article of which the extraction lost or ran together a part, else none.

    Statistics of text and links need a text of some length; the element that holds a short article is read
    whole, without what surrounds its text.
    """
    extracted = sum(len(block.text) for block in blocks)
    if extracted > _SHORT:
        return []
    for path in _CONTAINERS if extracted < _HARDLY_ANY else _CONTAINERS[:-1]:
        found: list[HtmlElement] = [
            element for element in _elements(tree, path) if _text_length(element) >= _LEAST
        ]
        if not found:
            continue
        whole = _blocks(max(found, key=_text_length))
        length = sum(len(block.text) for block in whole)
        if not 0 < length <= 2 * _SHORT or not any(block.kind != "heading" for block in whole):
            return []
        lost = extracted < _ENOUGH * length or len(blocks) < len(whole) // 2
        return whole if lost else []
    return []


def _elements(tree: "HtmlElement", path: str) -> "list[HtmlElement]":
    from lxml import etree  # deferred with the reader

    return cast("list[HtmlElement]", etree.XPath(path)(tree))


def _text_length(element: "HtmlElement") -> int:
    return len("".join(str(element.text_content()).split()))


def _blocks(element: "HtmlElement") -> list[TextBlock]:
    from lxml import html  # deferred with the reader

    copy: HtmlElement = html.fromstring(html.tostring(element, encoding="unicode"))
    for part in list(copy.iterdescendants()):
        said = f"{part.get('class') or ''} {part.get('id') or ''}"
        if part.getparent() is not None and (part.tag in _NO_TEXT or _AROUND.search(said)):
            part.drop_tree()
    return page_blocks(f"<html><body>{html.tostring(copy, encoding='unicode')}</body></html>")
