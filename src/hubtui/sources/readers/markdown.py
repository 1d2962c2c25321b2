"""Markdown (CommonMark with tables)."""

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hubtui.sources.document import Block, Extract, Kind
from hubtui.sources.encodings import decode
from hubtui.sources.fragments import html_blocks
from hubtui.sources.frontmatter import split_front_matter
from hubtui.sources.lines import cells, join_lines, paragraphs, wrap_width
from hubtui.text.fold import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ADDRESSED = re.compile(
    r"\s*(?:via|原文\w{0,2}|来源|出处|转自|转载自|source|original)\s?[:：]\s*", re.IGNORECASE
)
_CONTAINERS: dict[str, Kind] = {
    "blockquote_open": "quote",
    "list_item_open": "list item",
    "table_open": "table",
}
_CLOSERS = {"blockquote_close", "list_item_close", "table_close"}


def read(data: bytes) -> Extract:
    """Take the blocks of a Markdown file, and the facts of its front matter."""
    extract = Extract([], marked=True)
    text = split_front_matter(decode(data, doubts=extract.doubts), extract.facts, extract.doubts)
    extract.blocks = _parse(text) or [Block(paragraph) for paragraph in paragraphs(text)]  # nested too deep
    return extract


def _parse(text: str) -> list[Block]:
    """Give the blocks of a text; what an unclosed fence would swallow is read as Markdown."""
    tokens = _parser().parse(text)
    last = tokens[-1] if tokens else None
    if last and last.type == "fence" and last.map and last.level == 0:
        lines = text.split("\n")[last.map[0] :]
        if not any(line.strip().startswith(last.markup) for line in lines[1:]):
            return [*_blocks(tokens[:-1]), *_parse("\n".join(lines[1:]))]
    return _blocks(tokens)


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
        elif kind == "html_block":
            found += html_blocks(token.content)
        elif kind in _CLOSERS and within.pop() == "table":
            found.append(Block("\n".join(" | ".join(row) for row in rows), "table"))
            rows.clear()
    return [block for block in found if block.text]


def _inline_blocks(lines: list[str], level: int, kind: Kind) -> list[Block]:
    if level:
        return [Block(join_lines(lines), "heading", level)] if lines else []
    return [Block(text, kind) for text in _paragraphs(lines)]


def _lines(children: "Sequence[Token]") -> list[str]:
    """Give the text of inline tokens, line by line, without pictures and tags.

    Where a byline names the original by a link, its address is part of the text.
    """
    text = address = ""
    for token in children:
        if token.type == "link_open" and _ADDRESSED.fullmatch(text.rsplit("\n", 1)[-1]):
            address = str(token.attrs["href"])
        elif token.type == "link_close" and address:
            text += "" if text.endswith(address) else f" {address}"
            address = ""
        elif token.type in ("text", "code_inline"):
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
