"""Read plain text."""

import re

from hubtui.ingest.document import Extract, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.paragraphs import join_spaced, paragraphs, strip_bullet

_DATA = re.compile(
    r"\s*(?:<(?:\?xml|!doctype|html|rss|feed|rdf)\b|<!--|[{\[]\s*[\"{\[]|\d+\n\d\d:\d\d:\d\d[,.]\d+ -->)",
    re.IGNORECASE,
)


def read(data: bytes) -> Extract:
    """Take the paragraphs of a text file; items of a list are told by their bullets.

    Markup, data and subtitles that were saved as text are kept as they are.
    """
    doubts: list[str] = []
    text = decode(data, doubts=doubts)
    if _DATA.match(text):
        pieces = re.split(r"\n[ \t]*\n", text.strip())
        blocks = [TextBlock(piece.strip(), "code") for piece in pieces]
        return Extract(blocks, marked=True, cleaned=True, doubts=doubts)
    return Extract([_block(paragraph) for paragraph in paragraphs(join_spaced(text))], doubts=doubts)


def _block(text: str) -> TextBlock:
    item = strip_bullet(text)
    return TextBlock(item, "list item") if item else TextBlock(text)
