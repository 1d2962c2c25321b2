"""Plain text."""

import re

from hubtui.sources.document import Block, Extract
from hubtui.sources.encodings import decode
from hubtui.sources.lines import paragraphs

_ITEM = re.compile(r"(?:[-*•●○▪■◆·]\s+|[•●○▪■◆]\s*)(?=\S)")


def read(data: bytes) -> Extract:
    """Take the paragraphs of a text file; items of a list are told by their bullets."""
    return Extract([_block(text) for text in paragraphs(decode(data))])


def _block(text: str) -> Block:
    bullet = _ITEM.match(text)
    return Block(text[bullet.end() :].strip(), "list item") if bullet else Block(text)
