"""What a citation style is: how it writes an entry, points to one from the text, and orders the list."""

from collections.abc import Callable
from dataclasses import dataclass

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName
from hubtui.citation.text import en_dash_ranges, ends_sentence, join_parts, quote_title

Render = Callable[[Item, Locator | None], str]
"""Writes an item, with a place in it or without, as one line of plain text."""

_WHOLE_WORKS = frozenset({"book", "report", "thesis", "dataset", "software", "map"})


def bracketed_number(_item: Item, number: int, locator: Locator | None) -> str:
    """Return a number in brackets, the place behind a comma: ``[2]``, ``[2, p. 3]``."""
    return f"[{join_parts((str(number), locator.phrase(chinese=False) if locator else ''))}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorMarkers:
    """How a style points from the text to an entry by its author.

    Attributes:
        name: Returns the name by which an item is pointed to, its year aside.
        marker: Writes the marker of an item of that name, with a place in it or without.
        by_year: Whether items of one name are told apart by year and a letter behind it; else by the title.
        by_date: Whether these letters follow the full date rather than the title.
    """

    name: Callable[[Item], str]
    marker: Callable[[str, Item, Locator | None], str]
    by_year: bool = True
    by_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationStyle:
    """A citation style. A module of :mod:`hubtui.citation.styles` lists its own in ``STYLES``.

    Attributes:
        id: What commands, settings and files call it: ``gb7714-2025``.
        name: What people call it; a message that :func:`hubtui.core.i18n._` translates.
        rank: Where it stands in lists of all styles.
        entry: Writes a citation: the entry of a list of references, or a full note.
        bibliography_entry: Writes the entry of a bibliography where that is no :attr:`entry`, as with notes.
        short_note: Writes a later note to a source already cited; only a style of notes has one.
        number_marker: Writes the marker that points to an entry by its number.
        author_markers: How it points by author; ``None``: by number, or by the number of a note.
        chinese_first: Whether Chinese entries come first in an alphabetical list.
        bilingual: Whether the words of a locator follow the item's language (第3段), or are always English.
        default: Whether it is used where nobody has chosen a style.
    """

    id: str
    name: str
    rank: int
    entry: Render
    bibliography_entry: Render | None = None
    short_note: Render | None = None
    number_marker: Callable[[Item, int, Locator | None], str] = bracketed_number
    author_markers: AuthorMarkers | None = None
    chinese_first: bool = False
    bilingual: bool = False
    default: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether it points by number, or by the number of a note."""
        return self.author_markers is None

    @property
    def has_notes(self) -> bool:
        """Whether its citations are notes, beside which a bibliography may stand."""
        return self.short_note is not None

    @property
    def has_numbered_list(self) -> bool:
        """Whether the entries of its list of references carry numbers."""
        return self.is_numbered and not self.has_notes

    def listed(self, item: Item, locator: Locator | None = None) -> str:
        """Return an item as it stands in a list of references or a bibliography."""
        return (self.bibliography_entry or self.entry)(item, locator)

    def numbered_entry(self, number: int, entry: str) -> str:
        """Return an entry with its number before it: ``[1] …``, or ``1. …`` for a note."""
        return f"{number}. {entry}" if self.has_notes else f"[{number}] {entry}"

    def locator_phrase(self, item: Item, locator: Locator) -> str:
        """Return a place in an item in the words that stand with a numbered marker."""
        return locator.phrase(chinese=self.bilingual and item.chinese)


def responsible(item: Item) -> tuple[CslName, ...]:
    """Return the authors of an item, or its editors where it has none."""
    return item.names("author") or item.names("editor")


def surnames(item: Item, conjunction: str) -> str:
    """Return one or two surnames, of more the first (APA 7, 8.17; Chicago 18, 13.107; MLA 9, 6.5)."""
    shown = [name.surname for name in responsible(item)]
    return f" {conjunction} ".join(shown) if len(shown) < 3 else f"{shown[0]} et al."


def title_as_name(item: Item) -> str:
    """Return a title that stands in for an author: in quotation marks unless it is a whole work's."""
    title = item.headline("title")
    return title if item.type in _WHOLE_WORKS else quote_title(title, "")


def after_name(name: str, *rest: str) -> str:
    """Join by commas; one after a quotation stands inside its marks."""
    tail = join_parts(rest)
    inside = tail and name.endswith("”") and not ends_sentence(name)
    return f"{name[:-1]},” {tail}" if inside else join_parts((name, tail))


def bare_page(locator: Locator | None) -> str:
    """Return the page or pages without ``p.``; ``""`` where the locator is none, or a paragraph."""
    return en_dash_ranges(locator.value) if locator and locator.label == "page" else ""
