"""Read drafts in Markdown."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from hubtui.verify.draft import BlockKind, Draft, DraftBlock
from hubtui.verify.formats.plain import LineCopier, number_blocks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,500}?(?:---|\.\.\.)[ \t]*\n")
_CALLOUT = re.compile(r"\[!\w{1,40}\]")
_MARKUP = re.compile(r"[*_`\[<&\\~]")


def read(name: str, text: str) -> Draft:
    """Read the blocks of a draft in Markdown, with their markup."""
    blocks, notes = number_blocks(list(_blocks(text)))
    copier = LineCopier(text, blocks, frozenset(notes), "[^{}]", "[^{}]: {}")
    return Draft(name, blocks, copier, notes, markup=True)


def shown_text(markup: str) -> str:
    """Return the text that a piece of Markdown shows."""
    if not _MARKUP.search(markup):
        return markup
    shown = []
    for token in _inline_parser().parseInline(markup)[0].children or ():
        if token.type in ("text", "code_inline"):
            shown.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            shown.append("\n")
    return "".join(shown)


def _blocks(text: str) -> Iterator[DraftBlock]:
    front = _FRONT_MATTER.match(text)
    if front:  # blank lines keep the numbers of the others
        text = "\n" * front[0].count("\n") + text[front.end() :]
    depth = group = 0
    for token in _block_parser().parse(text):
        if token.type == "blockquote_open":
            depth += 1
            group += depth == 1
        elif token.type == "blockquote_close":
            depth -= 1
        elif token.type == "inline" and token.map:
            quoted = depth > 0 and not _CALLOUT.match(token.content)
            kind: BlockKind = "quote" if quoted else "paragraph"
            yield DraftBlock(token.content, token.map[0] + 1, kind, group=group if quoted else 0)


@cache
def _block_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # deferred: only Markdown needs it

    # Indented text is a paragraph here, as many drafts mean it, and so are definitions and tags, which
    # may hold quotations.
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "html_block", "code"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _inline_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # see above

    return MarkdownIt("commonmark").enable("strikethrough")
