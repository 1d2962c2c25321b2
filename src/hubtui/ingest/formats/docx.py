"""Read Word documents (Office Open XML, transitional and strict) as Word shows them.

The whole tree is walked. Text that was inserted under tracked changes, smart tags, content controls, the
results of fields, links, formulas and text boxes count; deletions, comments, hidden text, the instructions
of fields, tables of contents and the copies of text boxes for old programs do not.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from hubtui.core.errors import SourceError
from hubtui.core.i18n import N_, _
from hubtui.ingest.document import BlockKind, Extract, Facts, TextBlock
from hubtui.ingest.formats.archive import open_archive, read_part
from hubtui.ingest.formats.tables import is_layout, nested_tables, table_block
from hubtui.ingest.metadata.properties import offer_properties
from hubtui.ingest.paragraphs import join_broken_lines, join_spaced
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_KIND = "Word document"
_MAIN = "word/document.xml"
_HEADING = re.compile(r"(?:heading|标题|title)\s?(\d?)", re.IGNORECASE)
_QUOTE = re.compile(r"quote|引用", re.IGNORECASE)
_LIST = re.compile(r"list|列表", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s?\d", re.IGNORECASE)
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")
_INSTRUCTION: Final = 1000
"""Characters of a field's instruction that are kept: enough to know a table of contents."""
_OFF: Final = ("0", "false", "off", "none")

_LEFT_OUT = frozenset(
    "del moveFrom delText instrText delInstrText pPr rPr tblPr trPr tcPr sdtPr rt Fallback comment".split()
)
"""Elements whose text Word does not show, or shows elsewhere."""
_CARRIERS = frozenset("ins moveTo customXml smartTag sdt sdtContent hyperlink fldSimple dir bdo".split())
"""Elements that mark text without changing it: what is in them stands where they do."""


def read(data: bytes) -> Extract:
    """Take the paragraphs, headings, lists, tables, text boxes and notes of a Word document.

    Raises:
        SourceError: it is none, damaged, encrypted or a bomb.
    """
    archive = open_archive(data, _KIND)
    main = _target(archive, "_rels/.rels", "officeDocument") or _MAIN
    body = _parsed(read_part(archive, main, _KIND)).find("{*}body")
    if body is None:
        raise SourceError(_("The Word document is damaged."), _("Open it in Word and save it again."))
    relations = f"{posixpath.dirname(main)}/_rels/{posixpath.basename(main)}.rels".lstrip("/")
    walker = _Walker(_Styles(_optional(archive, _target(archive, relations, "styles", main))))
    for kind in ("footnote", "endnote"):
        walker.notes |= _notes(_optional(archive, _target(archive, relations, f"{kind}s", main)), kind)
    for relation, name in _diagrams(archive, relations, main):
        walker.diagrams[relation] = _optional(archive, name)
    blocks = [*walker.blocks(body), *walker.rest()]
    return Extract(blocks, _facts(archive), marked=True, doubts=walker.doubts())


def _parsed(data: bytes) -> "_Element":
    from lxml import etree  # deferred: only Word documents need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            _("The Word document is damaged."), _("Open it in Word and save it again.")
        ) from error


def _optional(archive: "ZipFile", name: str) -> "_Element | None":
    return _parsed(read_part(archive, name, _KIND)) if name in archive.namelist() else None


def _target(archive: "ZipFile", relations: str, kind: str, of: str = "") -> str:
    """Return the name of the part that the part ``of`` has for something, or ``""``."""
    root = _optional(archive, relations)
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            path = posixpath.join("/", posixpath.dirname(of), relation.get("Target", ""))
            return posixpath.normpath(path).lstrip("/")
    return ""


def _diagrams(archive: "ZipFile", relations: str, of: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of diagrams (SmartArt): the id by which the document names each, and its part."""
    root = _optional(archive, relations)
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith("/diagramData"):
            path = posixpath.join("/", posixpath.dirname(of), relation.get("Target", ""))
            yield relation.get("Id", ""), posixpath.normpath(path).lstrip("/")


def _name(element: "_Element") -> str:
    """Return the name of an element without its namespace: the strict format has other ones."""
    return str(element.tag).rpartition("}")[2]


def _value(parent: "_Element | None", path: str) -> str | None:
    """Return the ``val`` of a property, ``""`` where it has none, and ``None`` where it is missing."""
    found = parent.find("/".join(f"{{*}}{step}" for step in path.split("/"))) if parent is not None else None
    return _attribute(found, "val") if found is not None else None


def _attribute(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def _is_on(parent: "_Element | None", path: str) -> bool:
    value = _value(parent, path)
    return value is not None and value not in _OFF


class _Styles:
    """The paragraph styles of a document: what each is called, and what it stands for."""

    def __init__(self, root: "_Element | None") -> None:
        styles = root.iterfind("{*}style") if root is not None else ()
        self._styles = {_attribute(style, "styleId"): style for style in styles}

    def names(self, id_: str) -> Iterator[str]:
        """Yield the name of a style and of those it is based on."""
        for style in self._chain(id_):
            yield _value(style, "name") or ""

    def property(self, id_: str, path: str) -> str | None:
        """Return the value of a property that a style, or one that it is based on, sets."""
        values = (_value(style, f"pPr/{path}") for style in self._chain(id_))
        return next((value for value in values if value is not None), None)

    def _chain(self, id_: str) -> Iterator["_Element"]:
        seen: set[str] = set()
        while id_ in self._styles and id_ not in seen:
            seen.add(id_)
            yield self._styles[id_]
            id_ = _value(self._styles[id_], "basedOn") or ""


def _notes(root: "_Element | None", kind: str) -> dict[str, "_Element"]:
    """Return the notes of a part by kind and id, without the lines that separate them from the text."""
    notes = root.iterfind(f"{{*}}{kind}") if root is not None else ()
    return {
        f"{kind} {_attribute(note, 'id')}": note
        for note in notes
        if _attribute(note, "type") in ("", "normal")
    }


class _Walker:
    """Walks the tree of a document, and keeps what goes on from one paragraph to the next.

    Attributes:
        notes: The footnotes and endnotes that no paragraph has named yet.
        diagrams: The data of diagrams, by the ids of their relations.
    """

    def __init__(self, styles: _Styles) -> None:
        self.notes: dict[str, _Element] = {}
        self._styles = styles
        self.diagrams: dict[str, _Element | None] = {}
        self._lost: Counter[str] = Counter()
        self._fields: list[str | None] = []  # the instruction of each open field, None once it has its result
        self._instructions = 0  # fields that have an instruction still
        self._text: list[str] = []  # of the paragraph that is read
        self._boxes: list[_Element] = []  # text boxes and notes that are anchored in it
        self._named: list[str] = []
        self._count = 0
        self._tables = 0  # within each other

    def blocks(self, parent: "_Element") -> Iterator[TextBlock]:
        """Yield the paragraphs and tables of a body, a cell, a text box or a note."""
        yield from self._blocks(parent)
        yield from self._flushed(None, "")  # the end of the last paragraph may be deleted

    def _blocks(self, parent: "_Element") -> Iterator[TextBlock]:
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._flushed(None, "")
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self._blocks(element[0]) if len(element) else ()
            elif name in _CARRIERS and not _is_contents(element):
                yield from self._blocks(element)
            elif name == "altChunk":
                self._lost[name] += 1

    def doubts(self) -> list[str]:
        """Return what the document holds that was not read, as sentences."""
        return [_(_LOST[name]).format(count=count) for name, count in sorted(self._lost.items())]

    def rest(self) -> Iterator[TextBlock]:
        """Yield the notes that no paragraph names."""
        self._named = list(self.notes)
        yield from self._anchored()

    def _paragraph(self, paragraph: "_Element") -> Iterator[TextBlock]:
        self._run(paragraph)
        properties = paragraph.find("{*}pPr")
        style = _value(properties, "pStyle") or ""
        if _value(properties, "rPr/del") is not None:  # its end was deleted: the next paragraph goes on
            return
        yield from self._flushed(properties, style)

    def _flushed(self, properties: "_Element | None", style: str) -> Iterator[TextBlock]:
        """Yield the paragraph that has been read, then what is anchored in it."""
        lines = "".join(self._text).split("\n")
        self._text = []
        if not any(_CONTENTS.fullmatch(name) for name in self._styles.names(style)):
            kind, level = self._kind(properties, style)
            for text in [" ".join(lines)] if kind == "heading" else join_broken_lines(lines):
                if clean := join_spaced(" ".join(normalise(text).split())):
                    yield TextBlock(clean, kind, level)
        yield from self._anchored()

    def _kind(self, properties: "_Element | None", style: str) -> tuple[BlockKind, int]:
        name = next(self._styles.names(style), "")
        if match := _HEADING.fullmatch(name):
            return "heading", int(match[1] or 1)
        outline = _value(properties, "outlineLvl") or self._styles.property(style, "outlineLvl") or ""
        if outline.isdecimal() and int(outline) < 9:  # 9 is body text
            return "heading", min(int(outline) + 1, 6)
        if _QUOTE.search(name):
            return "quote", 0
        numbered = _value(properties, "numPr/numId") or self._styles.property(style, "numPr/numId") or "0"
        return ("list item" if _LIST.search(name) or numbered != "0" else "paragraph"), 0

    def _anchored(self) -> Iterator[TextBlock]:
        """Yield the text boxes, then the notes, of the paragraphs just read; those of a table follow it."""
        if self._tables:
            return
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)
        named, self._named = self._named, []
        for key in named:
            note = self.notes.pop(key, None)
            if note is not None:
                self._count += 1
                number = self._count
                text = " ".join(block.text for block in self.blocks(note))
                if text:
                    yield TextBlock(f"[{number}] {text}")

    def _run(self, parent: "_Element") -> None:
        """Take the text of a paragraph, or of a part of it."""
        for element in parent:
            name = _name(element)
            if name == "fldChar":
                self._turn(_attribute(element, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._instructions += self._fields[-1] is None
                self._fields[-1] = ((self._fields[-1] or "") + (element.text or ""))[:_INSTRUCTION]
            elif name in _ANCHORED:
                _ANCHORED[name](self, element)
            elif name in _REFERENCES:
                self._named.append(f"{name.removesuffix('Reference')} {_attribute(element, 'id')}")
                if _attribute(element, "customMarkFollows") not in ("", *_OFF):
                    return
            elif not _is_hidden(element, name):
                if not self._instructions:
                    self._text.append(_SIGNS.get(name, "") or _sign(element, name))
                    if name in _PICTURES:
                        self._lost[_PICTURES[name]] += 1
                self._run(element)

    def _diagram(self, element: "_Element") -> None:
        """Take the texts of a diagram, each a paragraph of its own, as those of a text box."""
        data = self.diagrams.get(_attribute(element, "dm"))
        if data is None:
            self._lost["chart"] += 1
            return
        self._boxes += [text for point in data.iterfind(".//{*}pt") for text in point.iterfind("{*}t")]

    def _forget_notes(self, deleted: "_Element") -> None:
        """Leave out the notes whose marks were deleted."""
        for name in _REFERENCES:
            for reference in deleted.iter(f"{{*}}{name}"):
                self.notes.pop(f"{name.removesuffix('Reference')} {_attribute(reference, 'id')}", None)

    def _box(self, element: "_Element") -> None:
        self._boxes.append(element)

    def _turn(self, kind: str) -> None:
        """Follow a field through its instruction, its result and its end."""
        if kind == "begin":
            self._fields.append("")
            self._instructions += 1
        elif self._fields and kind == "separate":
            if not _CONTENTS_FIELD.match(self._fields[-1] or ""):
                self._instructions -= self._fields[-1] is not None
                self._fields[-1] = None
        elif self._fields and kind == "end":
            instruction = self._fields.pop()
            self._instructions -= instruction is not None
            if instruction and not self._instructions and (drawn := _DRAWN_FIELD.match(instruction)):
                self._text.append(_drawn_text(instruction[drawn.end() :]))

    def _table(self, table: "_Element") -> Iterator[TextBlock]:
        self._tables += 1
        rows = [[list(self.blocks(cell)) if cell is not None else [] for cell in row] for row in _rows(table)]
        self._tables -= 1
        if is_layout(rows):
            yield from (block for row in rows for cell in row for block in cell)
        else:
            yield from (block for block in (table_block(rows), *nested_tables(rows)) if block.text)
        yield from self._anchored()


_ANCHORED = {
    "txbxContent": _Walker._box,  # noqa: SLF001
    "relIds": _Walker._diagram,  # noqa: SLF001
    "del": _Walker._forget_notes,  # noqa: SLF001
    "moveFrom": _Walker._forget_notes,  # noqa: SLF001
}
"""What is done with elements that hold no text of the paragraph in which they stand."""
_DRAWN_FIELD = re.compile(r"\s*EQ\b", re.IGNORECASE)
"""The instruction of a field that draws its own arguments: readings above characters, signs in a circle."""
_OPTION = re.compile(
    r'\\\*\s*(?:"[^"]*"|[^\s\\]+)|\\(?:s|o|i|b|x|l|f|r|a|d)\b(?:\s*\\[a-z]{2}\s?\d*)*', re.IGNORECASE
)


def _drawn_text(arguments: str) -> str:
    r"""Return what an EQ field shows: of a reading above text (``\o\ad(\s\up 9(fú),涪)``) the text alone.

    Of characters drawn over each other, such as one in a circle, the last is what they say.
    """
    bare = _OPTION.sub("", arguments)
    if "\\o" in arguments.casefold():
        return re.split(r"[,;]", re.sub(r"[()]", "", bare))[-1].strip()
    return " ".join(re.sub(r"[()]", " ", bare).split())


_PICTURES = {
    "chart": "chart",
    "OLEObject": "object",
    "pic": "picture",
    "imagedata": "picture",
    "oMath": "formula",
}
_LOST = {
    "altChunk": N_(
        "Parts of the document are files within it that hubtui does not read: {count}."
        " Open it in Word and save it again."
    ),
    "chart": N_("It has charts or diagrams whose text is not read: {count}."),
    "formula": N_("It has formulas of which only the characters are read, in their order: {count}."),
    "object": N_("It has embedded objects, such as formulas of old Word, that are not read: {count}."),
    "picture": N_("It has pictures whose text, if they show any, is not read: {count}."),
}
"""What is said of each kind of thing that was left out."""
_REFERENCES = ("footnoteReference", "endnoteReference")
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _is_hidden(element: "_Element", name: str) -> bool:
    """Whether Word does not show what is in an element, or shows it elsewhere."""
    if name == "r":
        return _is_on(element, "rPr/vanish")
    if name == "Choice":  # the first is for programs of today
        return element.getprevious() is not None
    return name in _LEFT_OUT or (name == "fldSimple" and _is_contents(element))


def _sign(element: "_Element", name: str) -> str:
    """Return the characters that an element itself stands for."""
    if name == "t":
        return element.text or ""
    if name == "den":  # of a fraction in a formula
        return "/"
    if name == "sup" and (parent := element.getparent()) is not None and _name(parent) == "sSup":
        return "^"
    if name == "nary":
        return _value(element, "naryPr/chr") or "∫"
    if name == "textpath":  # letters drawn as a picture
        return element.get("string") or ""
    if name == "sym" and (code := _attribute(element, "char")):
        character = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""
        return "" if "\ue000" <= character <= "\uf8ff" else character  # a picture of a symbol font
    return ""


def _is_contents(element: "_Element") -> bool:
    """Whether an element holds a table of contents."""
    gallery = _value(element, "sdtPr/docPartObj/docPartGallery") or ""
    return "contents" in gallery.casefold() or bool(_CONTENTS_FIELD.match(_attribute(element, "instr")))


def _rows(table: "_Element") -> Iterator[list["_Element | None"]]:
    """Yield the cells of each row that was not deleted; a cell that only goes on from above is ``None``."""
    for row in _parts(table, "tr"):
        if row.find("{*}trPr/{*}del") is None:
            yield [
                None if _value(cell, "tcPr/vMerge") in ("", "continue") else cell
                for cell in _parts(row, "tc")
                if cell.find("{*}tcPr/{*}cellDel") is None
                and _value(cell, "tcPr/hMerge") not in ("", "continue")
            ]


def _parts(parent: "_Element", wanted: str) -> Iterator["_Element"]:
    for element in parent:
        name = _name(element)
        if name == wanted:
            yield element
        elif name in _CARRIERS:
            yield from _parts(element, wanted)


def _facts(archive: "ZipFile") -> Facts:
    """Return the title and the author of the document's properties, unless a program wrote them there."""
    facts = Facts()
    root = _optional(archive, _target(archive, "_rels/.rels", "core-properties"))
    if root is not None:
        texts = {_name(element): element.text or "" for element in root}
        offer_properties(facts, texts.get("title", ""), texts.get("creator", ""))
    return facts
