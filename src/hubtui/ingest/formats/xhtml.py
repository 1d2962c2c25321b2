"""Read the text of a page of XHTML that is all text, such as a book's chapter: walk its whole tree."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from hubtui.ingest.document import BlockKind, TextBlock
from hubtui.ingest.formats.tables import is_layout, nested_tables, table_block
from hubtui.ingest.paragraphs import join_broken_lines, join_lines, join_spaced
from hubtui.text.analyzer import is_han, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul".split()
)
_LEFT_OUT = frozenset(
    "annotation annotation-xml audio head iframe noscript object rp rt rtc script style svg template title"
    " video".split()
)
_KINDS: dict[str, BlockKind] = {"blockquote": "quote", "li": "list item"}
_DEEPEST = 200
"""Elements within elements that are followed; what lies deeper counts as one text."""

_BREAK = "\u2028"
"""A line break that the page marks."""
_PAGE_BREAK = re.compile(
    r"(?:^|[\s_-])page-?_?(?:num(?:ber)?|break|no)s?(?:$|[\s_-])|^pagenum|^pgnum|^calibre_pb", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"\W{0,2}(?:p(?:age|g?\.?)?\s?|第)?\s?(?:\d{1,4}|[ivxlc]{1,7})\s?页?\W{0,2}", re.IGNORECASE
)
_NOTE_LINK = re.compile(r"noteref|note-ref|footnote|endnote|duokan-footnote", re.IGNORECASE)
_NOTE = re.compile(r"(?:^|[\s_-])(?:foot|end|rear)note(?:$|s?[\s_-](?:item|text|content)|\s)", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[［〔【(（]?\s*(?:注\s?)?(\d{1,3}|[*†‡§]{1,3}|[①-⑳]|注|[a-z])?\s*[\]］〕】)）]?\s*")
_BRACKETED = re.compile(r"\s*[\[［〔【(（].{1,4}[\]］〕】)）]\s*|\s*[①-⑳]\s*")
_BACK = re.compile(r"[\s\[［(（]*(?:\d{1,3}|[*†‡§]{1,3}|[①-⑳]|注|\^|↩.?|↑|◎|返回)?[\s\]］)）.]*")
_TEXT = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)(\w{2,31});", re.IGNORECASE)


def page_blocks(page: str, name: str = "", marks: dict[str, str] | None = None) -> list[TextBlock]:
    """Return the text of a page as blocks, in the order in which they stand.

    Marks of notes and numbers of printed pages are left out of the text, and readings above characters (ruby)
    as well; a note is a block that begins with its mark.

    Args:
        page: The source text of the page.
        name: What other pages call it in links.
        marks: The marks of notes that earlier pages have, by the address of the note; added to.
    """
    body = _body(page)
    walker = _Walker(name, marks if marks is not None else {})
    return list(walker.blocks(body, "paragraph", 0)) if body is not None else []


def is_contents(page: str) -> bool:
    """Whether a page is a table of contents: nearly all its text is links, and there are several."""
    body = _body(page)
    if body is None:
        return False
    links = [_all_text(link).strip() for link in body.iter("a") if link.get("href")]
    text = "".join(_all_text(body).split())
    linked = "".join("".join(links).split())
    return len([link for link in links if link]) >= 3 and len(text) - len(linked) <= max(12, len(text) // 10)


def _body(page: str) -> "_Element | None":
    """Parse a page as XML where it is well formed, else as browsers do; names come without namespaces."""
    from lxml import etree  # deferred: only books need it
    from lxml import html as lxml_html

    page = _TEXT.sub(lambda name: html.unescape(name[0]) if name[1] in name2codepoint else name[0], page)
    page = re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>", "", page)
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        root: _Element = etree.fromstring(page, parser)
    except (etree.XMLSyntaxError, ValueError):
        try:
            root = lxml_html.document_fromstring(
                page, parser=lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
            )
        except (etree.ParserError, ValueError):
            return None
    for element in root.iter(etree.Element):
        element.tag = str(element.tag).rpartition("}")[2].lower()
    return next(root.iter("body"), root)


def _all_text(element: "_Element") -> str:
    return "".join(str(text) for text in element.itertext())


def _attribute(element: "_Element", name: str) -> str:
    """Return an attribute of an element, whatever its namespace."""
    return next(
        (str(value) for key, value in element.attrib.items() if re.split("[:}]", str(key))[-1] == name), ""
    )


@dataclass
class _Walker:
    """Walks one page, and puts before each note the mark by which the text names it."""

    name: str
    marks: dict[str, str]
    shown: list[str] = field(default_factory=list)

    def blocks(self, parent: "_Element", kind: BlockKind, depth: int) -> Iterator[TextBlock]:
        """Yield the blocks of an element that may hold others."""
        text = [parent.text or ""]
        for element in parent:
            name = str(element.tag)
            if depth < _DEEPEST and (name in _BLOCKS or self._holds_blocks(element)):
                yield from self._block("".join(text), kind)
                text = []
                yield from self._element(element, name, kind, depth + 1)
            else:
                text.append(self._inline(element))
            text.append(element.tail or "")
        yield from self._block("".join(text), kind)
        if depth <= 1 or parent.tag in ("p", "li", "td", "dd", "h1", "h2", "h3", "h4"):
            yield from self._shown()

    def _shown(self) -> Iterator[TextBlock]:
        """Yield the notes that the paragraphs just read show on a click, which no other element holds."""
        notes, self.shown = self.shown, []
        for note in notes:
            yield TextBlock(note)

    def _element(self, element: "_Element", name: str, kind: BlockKind, depth: int) -> Iterator[TextBlock]:
        hints = _attribute(element, "type")
        if (
            name in _LEFT_OUT
            or (name == "nav" and hints in ("toc", "landmarks", "page-list"))
            or _is_page(element)
        ):
            return
        if name == "table":
            yield from self._table(element, depth)
        elif name == "pre":
            for line_break in element.iter("br"):
                line_break.text = "\n"
            code = normalise(_all_text(element)).strip("\n")
            if code.strip():
                yield TextBlock(code, "code")
        elif re.fullmatch("h[1-6]", name):
            text = " ".join("".join(_inlined(self, element)).split())
            if text := join_spaced(normalise(text)):
                yield TextBlock(text, "heading", int(name[1]))
            yield from self._shown()
        elif self._is_note(element) and not any(map(self._is_note, element.iterdescendants())):
            yield from self._note(element, depth)
        else:
            yield from self.blocks(element, _KINDS.get(name, kind), depth)

    def _note(self, element: "_Element", depth: int) -> Iterator[TextBlock]:
        """Yield a note as one block that begins with its mark."""
        mark = next(
            (self.marks[at] for part in element.iter() if (at := self._address(part)) in self.marks), ""
        )
        first = next((part for part in element.iter("a") if part.get("href")), None)
        if first is not None and _BACK.fullmatch(_all_text(first)):  # the way back to the text
            for part in list(first):
                first.remove(part)
            first.text = ""
        text = " ".join(block.text for block in self.blocks(element, "paragraph", depth))
        text = re.sub(r"^[\s.、]+", "", text)
        shown = f"[{mark}] " if mark and not text.startswith((mark, f"[{mark}", "[", "［", "〔")) else ""
        if text:
            yield TextBlock(shown + text)

    def _table(self, table: "_Element", depth: int) -> Iterator[TextBlock]:
        rows = [
            [list(self.blocks(cell, "paragraph", depth)) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
            if next(row.iterancestors("table"), None) is table
        ]
        for caption in table.findall("caption"):
            yield from self.blocks(caption, "paragraph", depth)
        if is_layout(rows):
            yield from (block for row in rows for cell in row for block in cell)
        else:
            yield from (block for block in (table_block(rows), *nested_tables(rows)) if block.text)

    def _inline(self, element: "_Element") -> str:
        name = str(element.tag)
        if name in _LEFT_OUT or _is_page(element) or self._is_mark(element):
            return ""
        if name == "br":
            return _BREAK
        if note := _shown_note(element):
            self.shown.append(note)
            return ""
        if name == "img":  # a rare character is a picture
            alt = element.get("alt") or ""
            return alt if alt != "注" and len(alt) == 1 and is_han(alt) else ""
        return "".join(_inlined(self, element))

    def _is_mark(self, element: "_Element") -> bool:
        """Whether an element is the mark of a note in the text; what it points to is remembered."""
        if element.tag not in ("a", "sup"):
            return False
        link = element if element.tag == "a" else next(element.iter("a"), None)
        if link is None:
            return False
        address = link.get("href") or ""
        text = _all_text(element)
        match = _MARK.fullmatch(text)
        hints = f"{_attribute(link, 'type')} {link.get('role') or ''} {link.get('class') or ''}"
        raised = element.tag == "sup" or any(True for _ in link.iter("sup")) or _BRACKETED.fullmatch(text)
        if "#" not in address or match is None or not (raised or _NOTE_LINK.search(hints)):
            return False
        mark = (match[1] or "").strip()
        page, _sign, place = address.rpartition("#")
        key = f"{page.rpartition('/')[2] or self.name}#{place}"
        self.marks[key] = mark if mark and mark != "注" else str(len(self.marks) + 1)
        return True

    def _address(self, element: "_Element") -> str:
        return f"{self.name}#{element.get('id') or ''}"

    def _is_note(self, element: "_Element") -> bool:
        hints = f"{_attribute(element, 'type')} {element.get('role') or ''}".split()
        if any(f"{kind}note" in hints or f"doc-{kind}note" in hints for kind in ("foot", "end", "rear")):
            return True
        if element.tag not in ("aside", "li", "p", "div", "dd"):
            return False
        if _NOTE.search(element.get("class") or "") or self._address(element) in self.marks:
            return True
        first = next(iter(element), None)
        if first is None or (element.text or "").strip():
            return False
        return any(self._address(part) in self.marks for part in first.iter())

    @staticmethod
    def _holds_blocks(element: "_Element") -> bool:
        return any(str(part.tag) in _BLOCKS for part in element.iterdescendants())

    @staticmethod
    def _block(text: str, kind: BlockKind) -> Iterator[TextBlock]:
        # The line ends of the source text mean nothing; those that the page marks are lines.
        lines = [join_lines(normalise(line).split("\n")) for line in text.split(_BREAK)]
        for line in join_broken_lines([" ".join(line.split()) for line in lines]):
            yield TextBlock(join_spaced(line), kind)


_SHOWN_NOTE = re.compile(r"footnote|footernote", re.IGNORECASE)


def _shown_note(element: "_Element") -> str:
    """Return the note that an element shows when it is clicked, as in books of WeRead and Zhangyue."""
    stated = next(
        (
            str(value)
            for key, value in element.attrib.items()
            if re.fullmatch(r"(?:data-wr|zy)-foote?r?note", str(key))
        ),
        "",
    )
    if not stated and element.tag == "img" and _SHOWN_NOTE.search(element.get("class") or ""):
        stated = element.get("alt") or ""
    text = join_spaced(" ".join(normalise(stated).split()))
    return f"[注] {text}" if len(text) > 1 else ""


def _inlined(walker: _Walker, element: "_Element") -> Iterator[str]:
    yield element.text or ""
    for part in element:
        yield walker._inline(part)  # noqa: SLF001
        yield part.tail or ""


def _is_page(element: "_Element") -> bool:
    """Whether an element shows where a page of the printed book begins."""
    hints = f"{_attribute(element, 'type')} {element.get('role') or ''}"
    if "pagebreak" not in hints and not _PAGE_BREAK.search(element.get("class") or ""):
        return False
    text = _all_text(element).strip()
    return not text or bool(_PAGE_NUMBER.fullmatch(text))
