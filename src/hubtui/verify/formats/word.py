"""Read and copy drafts in Word's format (Office Open XML)."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.formats.archive import open_archive, read_part
from hubtui.text.analyzer import normalise
from hubtui.verify.draft import Draft, DraftBlock, DraftReference
from hubtui.verify.formats.plain import find_references
from hubtui.verify.formats.tree import BlockBuilder, Element, TextPiece, TreeCopier
from hubtui.verify.normalize import NO_CHARACTER

if TYPE_CHECKING:
    from docx.document import Document

_KIND = "Word document"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_QUOTE = re.compile(r"quot|引用|引文", re.IGNORECASE)
_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}


def read(name: str, data: bytes) -> Draft:
    """Read the paragraphs of a Word document, with its footnotes and endnotes.

    Raises:
        SourceError: It is none, damaged, encrypted or a bomb.
    """
    from docx import Document  # deferred: only Word documents need it

    read_part(open_archive(data, _KIND), "word/document.xml", _KIND)
    try:
        document = Document(io.BytesIO(data))
        notes = dict(_notes(document))
        blocks, pieces = _blocks(document, notes)
    except Exception as error:  # python-docx lets through whatever a broken part causes
        raise SourceError(
            _("The Word document is damaged."), _("Open it in Word and save it again.")
        ) from error

    def finish(entries: Sequence[str]) -> bytes:
        for entry in entries:
            document.add_paragraph(entry)
        for text in document.element.body.iter(f"{_W}t"):
            text.set(_SPACE, "preserve")
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    copier = TreeCopier(blocks, pieces, frozenset(), finish)
    return Draft(name, blocks, copier, notes, unit="paragraph")


def _blocks(
    document: "Document", notes: Mapping[str, str]
) -> tuple[list[DraftBlock], dict[int, list[TextPiece]]]:
    blocks: list[DraftBlock] = []
    pieces: dict[int, list[TextPiece]] = {}
    named = {style.style_id: style.name or "" for style in document.styles}
    links = {id_: one.target_ref for id_, one in document.part.rels.items() if one.is_external}
    of_notes: list[DraftBlock] = []
    group = 0
    quoted = False
    for number, paragraph in enumerate(document.element.body.iter(f"{_W}p"), 1):
        gathered = _gathered(paragraph, links)
        if not gathered.text.strip():
            continue
        group += not quoted
        quoted = bool(_QUOTE.search(_style(paragraph, named)))
        found = [*gathered.references, *find_references(gathered.text, notes)]
        block = DraftBlock(
            gathered.text,
            number,
            "quote" if quoted else "paragraph",
            tuple(sorted(found, key=lambda reference: reference.span)),
            counts_lines=False,
            position=len(blocks),
            group=group if quoted else 0,
        )
        pieces[block.position] = gathered.pieces
        blocks.append(block)
        of_notes += [
            DraftBlock(text, number, "note", find_references(text, {}), counts_lines=False)
            for mark in gathered.references
            if mark.kind == "note" and (text := notes.get(mark.value))
        ]
    first = len(blocks)
    return [*blocks, *(replace(note, position=at) for at, note in enumerate(of_notes, first))], pieces


def _gathered(paragraph: Element, links: Mapping[str, str]) -> BlockBuilder:
    """Return the text of a paragraph as it would be printed, with changes accepted."""
    found = BlockBuilder()
    for element in paragraph.iter():
        tag = element.tag
        if tag == f"{_W}t" and _belongs(element, paragraph):
            # Offsets into the block must be those of the element.
            text = element.text or ""
            clean = normalise(text)
            found.take(clean, element, "text" if clean == text else "")
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr") and _belongs(element, paragraph):
            found.say(" ")
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = tag.removeprefix(_W).removesuffix("Reference")
            start = len(found.text)
            found.pieces.append(TextPiece(start, 1, element, ""))
            found.say(NO_CHARACTER)
            found.references.append(
                DraftReference((start, start + 1), "note", f"{kind} {element.get(f'{_W}id')}")
            )
        elif tag == f"{_W}hyperlink" and (address := links.get(element.get(f"{_R}id", ""))):
            start = len(found.text)
            found.references.append(DraftReference((start, start + 1), "link", address))
    return found


def _belongs(element: Element, paragraph: Element) -> bool:
    """Whether text is the paragraph's own: not a text box's, nor there for old programs only."""
    for ancestor in element.iterancestors():
        if ancestor.tag == _FALLBACK:
            return False
        if ancestor.tag == f"{_W}p":
            return bool(ancestor is paragraph)
    return False


def _style(paragraph: Element, named: Mapping[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return named.get(style.get(f"{_W}val"), "") if style is not None else ""


def _notes(document: "Document") -> Iterator[tuple[str, str]]:
    """Yield the texts of footnotes and endnotes by kind and id; python-docx has no API for them."""
    from lxml import etree  # deferred with python-docx

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for kind, part in _NOTE_PARTS.items():
        for relation in document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(f"/{part}"):
                continue
            tree: Any = etree.fromstring(relation.target_part.blob, parser)
            for note in tree.iter(f"{_W}{kind}"):
                text = normalise("".join(text.text or "" for text in note.iter(f"{_W}t"))).strip()
                if text:
                    yield f"{kind} {note.get(f'{_W}id')}", text
