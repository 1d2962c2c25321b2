"""Read saved web pages: one parse for the text and for what the page says about itself. Never fetches."""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from hubtui.ingest.document import BlockKind, Extract, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.html_fragments import html_blocks
from hubtui.ingest.formats.html_parts import LEFT_OUT, introduction, mark_left_out
from hubtui.ingest.formats.xhtml import page_blocks
from hubtui.ingest.metadata.html_metadata import page_facts
from hubtui.ingest.offline import importing_offline
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element
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
            line_break.tag, line_break.text = "span", "\n"
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
        whole = _kept(max(found, key=_text_length))
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


def _kept(element: "HtmlElement") -> list[TextBlock]:
    from lxml import html  # deferred with the reader

    copy: HtmlElement = html.fromstring(html.tostring(element, encoding="unicode"))
    for part in list(copy.iterdescendants()):
        hints = f"{part.get('class') or ''} {part.get('id') or ''}"
        if part.getparent() is not None and (part.tag in _NO_TEXT or _AROUND.search(hints)):
            part.drop_tree()
    return page_blocks(f"<html><body>{html.tostring(copy, encoding='unicode')}</body></html>")


_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{10000,}>")
_MOST_ATTRIBUTES: Final = 200
"""Attributes of an element, if its tag is long: the time to parse them grows with their square."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_KINDS: dict[str, BlockKind] = {"quote": "quote", "item": "list item"}
_LEAST_TAGS = 20
"""A page with fewer has nothing around its text."""
_BREAK = "\u2028"
_DEEPEST = 200
"""Elements within elements that are followed; what lies deeper counts as one text."""


def read(data: bytes) -> Extract:
    """Take the article of a web page and the page's metadata."""
    doubts: list[str] = []
    extract = read_page(decode(data, doubts=doubts))
    extract.doubts = doubts
    return extract


@cache
def _extraction() -> "tuple[Callable[..., Any], Callable[..., Any]]":
    """Return trafilatura's extraction and its parser; importing them takes a tenth of a second.

    trafilatura brings urllib3, which opens a socket when it is imported; hubtui opens none.
    """
    with importing_offline():
        from trafilatura import bare_extraction, load_html
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it would write on the screen
    return bare_extraction, load_html


def read_page(text: str, url: str = "") -> Extract:
    """Take the article and the metadata of the page with this source text, saved from ``url``.

    A page that is too small or too broken for an article to be found in it is read whole.
    """
    bare_extraction, load_html = _extraction()
    text = _LONG_TAG.sub(_with_few_attributes, text)
    tree = load_html(_DECLARATION.sub("", text))
    if tree is None:
        return Extract(html_blocks(text))
    prepare(tree)
    mark_left_out(tree)
    found: Any = (
        None
        if text.count("<") < _LEAST_TAGS
        else bare_extraction(
            tree,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            prune_xpath=LEFT_OUT,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    )
    blocks = [block for block in _blocks(found.body, 0) if block.text] if found is not None else []
    facts, layout = page_facts(tree, text, found)
    if short := short_article(tree, blocks):
        return Extract(short, facts, marked=True)
    if blocks:
        blocks = introduction(layout, blocks, found.description or "") + blocks
        return Extract(blocks, facts, marked=True, cleaned=True)
    return Extract(html_blocks(text), facts, marked=True)


def _with_few_attributes(tag: re.Match[str]) -> str:
    """Return a tag that is long by a long address as it is, and one of many attributes without them."""
    return tag[0] if len(tag[0].split(None, _MOST_ATTRIBUTES)) <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _blocks(parent: "_Element", depth: int, within: BlockKind = "paragraph") -> "Iterator[TextBlock]":
    for element in parent:
        name = element.tag
        if name == "head":
            yield TextBlock(_text(element), "heading", int((element.get("rend") or "h2")[-1]))
        elif name == "table":
            rows = (" | ".join(_text(cell) for cell in row.iter("cell")) for row in element.iter("row"))
            yield TextBlock("\n".join(row for row in rows if row.strip(" |")), "table")
        elif name == "code":
            yield TextBlock(normalise(_raw(element)).strip("\n"), "code")
        elif depth < _DEEPEST and any(
            child.tag in ("p", "list", "head", "table", "item") for child in element
        ):
            inner = _KINDS.get(str(name), within)
            yield from _lead(element, inner)
            yield from _blocks(element, depth + 1, inner)
        else:
            for line in _lines(element):
                yield TextBlock(line, _KINDS.get(str(name), within))
        yield from _lead(element, within, tail=True)


def _lead(element: "_Element", kind: BlockKind, *, tail: bool = False) -> "Iterator[TextBlock]":
    """Return the text before an element's first child, or after the element."""
    text = _clean((element.tail if tail else element.text) or "")
    if text:
        yield TextBlock(text, kind)


def _lines(element: "_Element") -> list[str]:
    """Return the texts between the line breaks of an element."""
    for line_break in element.iter("lb"):
        line_break.text = _BREAK
    return [line for part in _raw(element).split(_BREAK) if (line := _clean(part))]


def _text(element: "_Element") -> str:
    return _clean(_raw(element))


def _raw(element: "_Element") -> str:
    from lxml import etree  # deferred with the reader

    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _clean(text: str) -> str:
    return " ".join(normalise(text).split())
