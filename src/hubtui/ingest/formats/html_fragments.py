"""Read fragments of HTML within other formats: the text between the tags, without a parser."""

import html
import re

from hubtui.ingest.document import BlockKind, TextBlock
from hubtui.text.analyzer import normalise

_HIDDEN = re.compile(r"<(?:!--|(script|style|head|noscript|template)\b)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]{0,5000}>", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del em font i ins kbd mark q rp rt ruby s small span strong sub sup u".split()
)
_KINDS: dict[str, BlockKind] = {"blockquote": "quote", "li": "list item", "pre": "code", "table": "table"}
_CELLS = {"/td": " | ", "/th": " | ", "/tr": "</tr>"}
"""What the end of a cell and of a row is in the text of a table."""


def html_blocks(fragment: str) -> list[TextBlock]:
    """Return the text of a fragment of HTML, a block for each element that stands on its own line."""
    found: list[TextBlock] = []
    kind: BlockKind = "paragraph"
    level, start = 0, 0
    text = ""
    fragment = _without_hidden(fragment)
    for tag in _TAG.finditer(fragment):
        text += fragment[start : tag.start()]
        start = tag.end()
        closing, name = tag[1], tag[2].lower()
        if name in _INLINE:
            text += _gloss(closing, name, text)
            continue
        if name == "br" and kind == "code":
            text += "\n"
            continue
        if kind == "table" and name != "table":
            text += _CELLS.get(closing + name, " ")
            continue
        found += _block(text, kind, level)
        text = ""
        if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level = 0 if closing else int(name[1])
        elif name in _KINDS:
            kind = "paragraph" if closing else _KINDS[name]
    return found + _block(text + fragment[start:], kind, level)


def _gloss(closing: str, name: str, text: str) -> str:
    """Return the bracket that a reading above characters (ruby) needs where the page has none of its own."""
    if name != "rt":
        return ""
    if not closing:
        return "" if text.rstrip().endswith(("(", "（")) else "（"
    return "）" if text.rpartition("（")[2] and text.count("（") > text.count("）") else ""


def _without_hidden(fragment: str) -> str:
    """Leave out comments, scripts and styles; one that is not closed hides the rest."""
    shown: list[str] = []
    start = 0
    folded = fragment.lower()
    while hidden := _HIDDEN.search(fragment, start):
        shown.append(fragment[start : hidden.start()])
        closing = f"</{hidden[1].lower()}" if hidden[1] else "--"
        closed = folded.find(closing, hidden.end())
        end = folded.find(">", closed)
        if min(closed, end) < 0:
            return "".join(shown)
        start = end + 1
    return "".join(shown) + fragment[start:]


def _block(text: str, kind: BlockKind, level: int) -> list[TextBlock]:
    clean = normalise(html.unescape(text))
    if kind == "table":
        rows = (" ".join(row.split()).removesuffix("|").rstrip() for row in clean.split("</tr>"))
        clean = "\n".join(row for row in rows if row.strip("| "))
        return [TextBlock(clean, kind)] if clean else []
    clean = clean.strip("\n") if kind == "code" else " ".join(clean.split())
    return [TextBlock(clean, "heading" if level else kind, level)] if clean else []
