"""Read saved web pages: one parse for the text and for what the page says about itself. Never fetches."""

import logging
import re
from typing import TYPE_CHECKING, Any

from hubtui.ingest.document import BlockKind, Extract, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.html_fragments import html_blocks
from hubtui.ingest.formats.page_elements import prepare, short_article
from hubtui.ingest.metadata.html_metadata import page_facts
from hubtui.text.fold import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

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


def read_page(text: str, url: str = "") -> Extract:
    """Take the article and the metadata of the page with this source text, saved from ``url``.

    A page that is too small or too broken for an article to be found in it is read whole.
    """
    from trafilatura import bare_extraction, load_html  # deferred: a tenth of a second

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it would write on the screen
    tree = load_html(_DECLARATION.sub("", text))
    if tree is None:
        return Extract(html_blocks(text))
    prepare(tree)
    found: Any = (
        None
        if text.count("<") < _LEAST_TAGS
        else bare_extraction(
            tree,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    )
    blocks = [block for block in _blocks(found.body, 0) if block.text] if found is not None else []
    facts = page_facts(tree, text, found)
    if short := short_article(tree, blocks):
        return Extract(short, facts, marked=True)
    if blocks:
        return Extract(blocks, facts, marked=True, cleaned=True)
    return Extract(html_blocks(text), facts, marked=True)


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
