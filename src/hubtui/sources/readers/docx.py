"""Word documents (Office Open XML)."""

import io
import re
from typing import TYPE_CHECKING

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.sources.document import Block, Extract, Facts, Kind
from hubtui.sources.names import clean_authors
from hubtui.sources.readers.archive import open_archive, read_part
from hubtui.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_KIND = "Word document"
_HEADING = re.compile(r"(?:heading|标题|title)\s?(\d?)", re.IGNORECASE)
_QUOTE = re.compile(r"quote|引用", re.IGNORECASE)
_LIST = re.compile(r"list|列表", re.IGNORECASE)
_TEMPLATE_TITLE = re.compile(
    r"(?:microsoft )?word\b.{0,80}|.{0,80}\.docx?|untitled|document\d*|文档\d*|无标题", re.IGNORECASE
)


def read(data: bytes) -> Extract:
    """Take the paragraphs, headings, lists and tables of a Word document.

    Raises:
        SourceError: it is none, damaged, encrypted or a bomb.
    """
    from docx import Document  # deferred: only Word documents need it

    archive = open_archive(data, _KIND)
    read_part(archive, "word/document.xml", _KIND)
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever a broken part causes
        raise SourceError(
            _("The Word document is damaged."), _("Open it in Word and save it again.")
        ) from error
    return Extract(list(_blocks(document)), _facts(document), marked=True)


def _blocks(document: "Document") -> "Iterator[Block]":
    from docx.table import Table

    for part in document.iter_inner_content():
        block = _table(part) if isinstance(part, Table) else _paragraph(part)
        if block.text:
            yield block


def _paragraph(paragraph: "Paragraph") -> Block:
    text = " ".join(normalise(paragraph.text).split())
    style = (paragraph.style.name if paragraph.style else "") or ""
    if match := _HEADING.fullmatch(style):
        return Block(text, "heading", int(match[1] or 1))
    kind: Kind = "quote" if _QUOTE.search(style) else "paragraph"
    properties = paragraph._p.pPr  # noqa: SLF001  # python-docx has no name for numbering
    if _LIST.search(style) or (properties is not None and properties.numPr is not None):
        kind = "list item"
    return Block(text, kind)


def _table(table: "Table") -> Block:
    rows = (" | ".join(" ".join(normalise(cell.text).split()) for cell in row.cells) for row in table.rows)
    return Block("\n".join(row for row in rows if row.strip(" |")), "table")


def _facts(document: "Document") -> Facts:
    """Give the title and the author of the document's properties, unless a program wrote them there."""
    facts = Facts()
    properties = document.core_properties
    title = " ".join(normalise(properties.title or "").split())
    if not _TEMPLATE_TITLE.fullmatch(title):
        facts.offer("title", title, "page metadata")
    facts.offer("author", clean_authors(normalise(properties.author or "")), "page metadata")
    return facts
