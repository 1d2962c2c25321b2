"""Drafts in plain text: paragraphs between blank lines, and quoted lines as in letters."""

import re
from collections.abc import Iterator

from hubtui.verification.draft import Block, BlockKind, Draft
from hubtui.verification.formats.lines import LineCopier, numbered

_QUOTED = re.compile(r"[ \t]*>[ \t]?")


def read(name: str, text: str) -> Draft:
    """Take the paragraphs of a draft in plain text."""
    blocks, notes = numbered(list(_blocks(text)))
    return Draft(name, blocks, LineCopier(text, blocks, frozenset(notes), "[{}]", "[{}] {}"), notes)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[str] = []
    first = group = 0
    quoted = False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        mark = _QUOTED.match(line)
        content = line[mark.end() :] if mark else line
        if rows and (not content.strip() or bool(mark) != quoted):
            kind: BlockKind = "quote" if quoted else "paragraph"
            yield Block("\n".join(rows), first, kind, group=group if quoted else 0)
            rows = []
        if content.strip():
            if not rows:
                first = number
                group += bool(mark) and not quoted
            rows.append(content.strip() if mark else content)
        quoted = bool(mark)
