"""Markdown (CommonMark with tables)."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hubtui.sources.document import Block, Extract, Kind
from hubtui.sources.encodings import decode
from hubtui.sources.lines import cells, join_lines, wrap_width
from hubtui.text.fold import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CONTAINERS: dict[str, Kind] = {
    "blockquote_open": "quote",
    "list_item_open": "list item",
    "table_open": "table",
}
_CLOSERS = {"blockquote_close", "list_item_close", "table_close"}


def read(data: bytes) -> Extract:
    """Take the blocks of a Markdown file."""
    tokens = _parser().parse(decode(data))
    return Extract(_blocks(tokens), marked=True)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  # deferred: only Markdown needs it

    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: "Sequence[Token]") -> list[Block]:
    found: list[Block] = []
    within: list[Kind] = []
    rows: list[list[str]] = []
    for before, token in pairwise([*tokens[:1], *tokens]):
        kind = token.type
        if kind in _CONTAINERS:
            within.append(_CONTAINERS[kind])
        elif kind == "tr_open":
            rows.append([])
        elif kind == "inline":
            lines = _lines(token.children or ())
            if within[-1:] == ["table"]:
                rows[-1].append(" ".join(lines))
            else:
                level = int(before.tag[1]) if before.type == "heading_open" else 0
                found += _inline_blocks(lines, level, within[-1] if within else "paragraph")
        elif kind in ("fence", "code_block"):
            found.append(Block(token.content.strip("\n"), "code"))
        elif kind in _CLOSERS and within.pop() == "table":
            found.append(Block("\n".join(" | ".join(row) for row in rows), "table"))
            rows.clear()
    return [block for block in found if block.text]


def _inline_blocks(lines: list[str], level: int, kind: Kind) -> list[Block]:
    if level:
        return [Block(join_lines(lines), "heading", level)] if lines else []
    return [Block(text, kind) for text in _paragraphs(lines)]


def _lines(children: "Sequence[Token]") -> list[str]:
    """Give the text of inline tokens, line by line, without pictures and tags."""
    text = ""
    for token in children:
        if token.type in ("text", "code_inline"):
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif token.type == "html_inline":
            text += _ruby(token.content, text)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _ruby(tag: str, before: str) -> str:
    """Put the gloss of a ruby annotation in brackets, as a page without ruby shows it."""
    if tag == "<rt>":
        return "（" if before and is_han(before[-1]) else " ("
    if tag == "</rt>":
        return "）" if before.rfind("（") > before.rfind(" (") else ")"
    return "\n" if tag.startswith("<br") else ""


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines of a paragraph, unless each is as long as a paragraph or has a label of its own."""
    if len(lines) < 2:
        return lines
    short = all(cells(line) < 200 for line in lines)
    if wrap_width([lines]) or (short and not _labelled(lines)):
        return [join_lines(lines)]
    return lines


def _labelled(lines: list[str]) -> bool:
    return sum("：" in line[:8] or ": " in line[:16] for line in lines) * 2 > len(lines)
