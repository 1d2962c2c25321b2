"""A source set as a page: which line of the reader shows what, made a passage at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from hubtui.text.wrap import wrap
from hubtui.tui.languages import language_name

if TYPE_CHECKING:
    from hubtui.core.models import Entry, Passage, Source

MEASURE = 76
"""The widest a line of text gets, in cells; longer ones are hard to follow back."""

_INDENTED = {"list item": 2, "quote": 2, "code": 2}
"""Cells that are left free before the lines of these kinds of passages."""


class Kind(Enum):
    """What a line is; those of a passage's text are named as the kinds of passages are."""

    TITLE = auto()
    ABOUT = auto()
    SECTION = auto()
    BLANK = auto()
    WAITING = auto()
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE = "table"
    QUOTE = "quote"
    CODE = "code"


_OF_PASSAGE = frozenset(kind for kind in Kind if isinstance(kind.value, str))


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the reader.

    Attributes:
        kind: What it is.
        text: The whole text it is a part of.
        start: Where in ``text`` the line starts, in code points.
        end: Where it ends.
        passage: Place in the source (from 0) of the passage it belongs to, or -1.
        indent: Cells that are left free before it.
        opens: Whether the passage's text begins here.
    """

    kind: Kind
    text: str = ""
    start: int = 0
    end: int = 0
    passage: int = -1
    indent: int = 0
    opens: bool = False

    @property
    def holds_text(self) -> bool:
        """Whether it is a line of a passage's text."""
        return self.kind in _OF_PASSAGE


class Page:
    """A source in blocks of lines at most ``cells`` wide: one for its title, then one for each passage."""

    def __init__(self, source: "Source", entries: Sequence["Entry"], cells: int) -> None:
        """Set this source, of which no more than its outline need be known."""
        self.source = source
        self.entries = entries
        self._cells = max(2, min(cells, MEASURE))

    def front(self) -> list[PageLine]:
        """Give the lines with the title and what is known of the source."""
        source = self.source
        language = language_name(source.language)
        about = " · ".join(filter(None, (source.author, source.publisher, source.date, language)))
        lines = self._set(Kind.TITLE, source.label)
        for text in filter(None, (about, source.url or source.path)):
            lines += self._set(Kind.ABOUT, text)
        return lines

    def block(self, index: int, passage: "Passage | None") -> list[PageLine]:
        """Give the lines of the passage at a place; where it is not here yet, what stands in for it."""
        if passage is None:
            waiting = PageLine(Kind.WAITING, passage=index, opens=True)
            return [*self._lead(index), waiting, PageLine(Kind.BLANK, passage=index)]
        return [*self._lead(index), *self._text(index, passage)]

    def estimates(self) -> list[int]:
        """Give about how many lines each passage takes, at least two."""
        # One loop without calls: a long source has tens of thousands of passages.
        full, narrow = self._cells, max(2, self._cells - max(_INDENTED.values()))
        found, before = [], ""
        for _label, section, kind, characters, octets in self.entries:
            # In UTF-8 a character two cells wide takes three octets, one cell wide mostly one.
            lines = 2 + (characters + octets) // 2 // (narrow if kind in _INDENTED else full)
            found.append(lines if section == before or not section or kind == "heading" else lines + 2)
            before = section
        return found

    def _lead(self, index: int) -> list[PageLine]:
        """Give what stands between the passage before and the text of this one."""
        kinds = [entry.kind for entry in self.entries[max(0, index - 1) : index + 1]]
        if kinds == ["list item", "list item"] and not self._opens_section(index):
            return []
        lines = [PageLine(Kind.BLANK)]
        if self._opens_section(index):
            lines += self._set(Kind.SECTION, self.entries[index].section, index)
            lines.append(PageLine(Kind.BLANK, passage=index))
        return lines

    def _opens_section(self, index: int) -> bool:
        entry = self.entries[index]
        before = self.entries[index - 1].section if index else ""
        return bool(entry.section) and entry.section != before and entry.kind != "heading"

    def _text(self, index: int, passage: "Passage") -> list[PageLine]:
        kind = Kind(passage.kind)
        indent = min(_INDENTED.get(passage.kind, 0), self._cells - 2)
        return [
            PageLine(kind, passage.text, start, end, index, indent, opens=number == 0)
            for number, (start, end) in enumerate(wrap(passage.text, self._cells - indent))
        ]

    def _set(self, kind: Kind, text: str, passage: int = -1) -> list[PageLine]:
        return [PageLine(kind, text, start, end, passage) for start, end in wrap(text, self._cells)]
