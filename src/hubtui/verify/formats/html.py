"""Read and copy drafts in HTML."""

import re
from collections.abc import Sequence
from typing import Any

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.verify.draft import Draft, DraftBlock, DraftReference
from hubtui.verify.formats.tree import BlockBuilder, Element, TextPiece, TreeCopier

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_SKIPPED = frozenset("head script style noscript template svg math".split())
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(<!DOCTYPE[^<>\[]{0,1000}>)", re.IGNORECASE)
_NOTE_ID = re.compile(r"fn|note|ftn|cite|ref", re.IGNORECASE)


def read(name: str, text: str) -> Draft:
    """Read the blocks of a draft in HTML.

    Raises:
        SourceError: It holds nothing.
    """
    from lxml import etree, html  # deferred: only HTML needs it

    try:
        tree = html.document_fromstring(_DECLARATION.sub("", text), parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(_("The page is empty."), _("Check the file.")) from error
    reader = _Reader(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    reader.flush()

    def finish(entries: Sequence[str]) -> bytes:
        section = etree.SubElement(next(tree.iter("body"), tree), "section")
        for entry in entries:
            etree.SubElement(section, "p").text = entry
        declared = _DOCTYPE.match(text)  # or else the copy would be given one
        return bytes(html.tostring(tree, encoding="utf-8", doctype=declared[1] if declared else None))

    copier = TreeCopier(reader.blocks, reader.pieces, frozenset(reader.notes), finish)
    return Draft(name, reader.blocks, copier, reader.notes)


class _Reader:
    """Gathers the blocks of a tree that is walked through."""

    def __init__(self, tree: Element) -> None:
        self.blocks: list[DraftBlock] = []
        self.pieces: dict[int, list[TextPiece]] = {}
        self.notes: dict[str, str] = {}
        self._wanted = {
            link.get("href")[1:] for link in tree.iter("a") if (link.get("href") or "").startswith("#")
        }
        self._block = BlockBuilder()
        self._line = 1
        self._skipped = self._quoted = self._group = 0
        self._cited: list[str] = []
        self._note = ""
        self._starts: list[int] = []

    def start(self, element: Element) -> None:
        """Take an element's text."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            self._skipped += 1
        if self._skipped:
            return
        if tag in _BLOCKS:
            self.flush()
            self._line = element.sourceline or self._line
            if _NOTE_ID.search(element.get("id") or "") and element.get("id") in self._wanted:
                self._note = element.get("id")
        if tag == "blockquote":
            self._group += self._quoted == 0
            self._quoted += 1
            self._cited.append(element.get("cite") or "")
        elif tag == "q":
            self._block.say("“")
        elif tag == "br":
            self._block.say(" ")
        self._starts.append(len(self._block.text))
        self._block.take(element.text, element, "text")

    def end(self, element: Element) -> None:
        """Take what follows an element."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            self._skipped -= 1
            if not self._skipped:
                self._block.take(element.tail, element, "tail")
            return
        if self._skipped:
            return
        start = self._starts.pop()
        if tag == "a":
            self._refer(element.get("href") or "", start)
        elif tag == "q":
            self._block.close(element, "”")
            if element.get("cite"):
                self._refer(element.get("cite"), len(self._block.text) - 1)
        elif tag in _BLOCKS:
            self.flush()
            if element.get("id") == self._note:
                self._note = ""
        if tag == "blockquote":
            self._quoted -= 1
            self._cited.pop()
        self._block.take(element.tail, element, "tail")

    def _refer(self, address: str, start: int) -> None:
        span = start, len(self._block.text)
        if address.startswith("#"):
            self._block.references.append(DraftReference(span, "note", address[1:]))
        elif address:
            self._block.references.append(DraftReference(span, "link", address))

    def flush(self) -> None:
        """End a block."""
        gathered, self._block = self._block, BlockBuilder()
        if not gathered.text.strip():
            self._line += gathered.text.count("\n")
            return
        references = list(gathered.references)
        size = len(gathered.text)
        references += [DraftReference((size - 1, size), "link", cited) for cited in self._cited if cited]
        kind: Any = "note" if self._note else "quote" if self._quoted else "paragraph"
        block = DraftBlock(
            gathered.text,
            self._line,
            kind,
            tuple(references),
            position=len(self.blocks),
            group=self._group if kind == "quote" else 0,
        )
        if self._note:
            self.notes[self._note] = " ".join(f"{self.notes.get(self._note, '')} {block.text}".split())
        self.pieces[block.position] = gathered.pieces
        self.blocks.append(block)
        self._line += block.text.count("\n")
