"""The list of references of several excerpts: each source once, as the style orders and marks them."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubtui.citation.csl import Item, Locator, passage_locator
from hubtui.citation.source import source_item
from hubtui.citation.style import after_name, title_as_name
from hubtui.citation.styles import get_style
from hubtui.core.models import Passage, Source, Span
from hubtui.text.fold import fold, is_han


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is quoted.

    Attributes:
        source: Where it stands.
        passage: The passage, which is its locator.
        span: The part of the passage's text that is quoted; ``None``: all of it.
    """

    source: Source
    passage: Passage
    span: Span | None = None

    @property
    def text(self) -> str:
        """The quoted text, exactly."""
        start, end = self.span or (0, None)
        return self.passage.text[start:end]


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the list.

    Attributes:
        label: What tells it apart: the source's id, with the passage's label where that is cited.
        number: Its number in the list, from 1.
        text: The entry, without its number.
        source: What it cites.
    """

    label: str
    number: int
    text: str
    source: Source


class References:
    """The references of excerpts in one style.

    A source that is quoted once has its locator in the entry in a style of numbers; where it is quoted more
    than once, or the style is one of authors and years, the locator stands with the pointer in the text. In a
    style of notes each excerpt has a note, the first to a source in full, the later ones shortened.
    """

    def __init__(
        self,
        excerpts: Sequence[Excerpt],
        style: str,
        *,
        numbered: bool | None = None,
        alone: bool = False,
    ) -> None:
        """List the references.

        Args:
            excerpts: What is quoted, in its order.
            style: The style.
            numbered: Whether pointers are numbers; by default as the style has it.
            alone: Whether the list stands alone, so that each entry has all its locators.

        Raises:
            UnknownStyleError: There is no style of this name.
        """
        self.style = get_style(style)
        self.numbered = self.style.is_numbered if numbered is None else numbered
        self.notes = self.style.has_notes and not alone
        self._alone = alone
        self._sources = {excerpt.source.id: excerpt.source for excerpt in excerpts}
        self._items = {id_: Item(item) for id_, item in self._told_apart().items()}
        self._passages: dict[str, list[Passage]] = defaultdict(list)
        for excerpt in excerpts:
            if excerpt.passage not in self._passages[excerpt.source.id]:
                self._passages[excerpt.source.id].append(excerpt.passage)
        self.entries = self._notes(excerpts) if self.notes else self._entries()
        self._by_label = {entry.label: entry for entry in self.entries}

    def entry(self, excerpt: Excerpt) -> Reference:
        """Return the entry that an excerpt points to."""
        return self._by_label[self._label(excerpt)]

    def marker(self, excerpt: Excerpt) -> str:
        """Return the marker behind an excerpt: ``[1]``, ``[1]第3段``, ``(Ouyang, 2018, para. 3)``."""
        item, markers = self._items[excerpt.source.id], self.style.author_markers
        if self.numbered or markers is None:
            return self.style.number_marker(item, self.entry(excerpt).number, self.locator(excerpt))
        name = markers.name(item)
        shared = sum(markers.name(other) == name for other in self._items.values()) > 1
        if shared and not markers.by_year:
            name = after_name(name, title_as_name(item))
        return markers.marker(name, item, passage_locator(excerpt.passage))

    def locator(self, excerpt: Excerpt) -> Locator | None:
        """Return the locator that stands with a numbered marker, unless it stands in the entry."""
        cited_once = len(self._passages[excerpt.source.id]) == 1
        return None if self.notes or cited_once else passage_locator(excerpt.passage)

    def _label(self, excerpt: Excerpt) -> str:
        id_ = excerpt.source.id
        whole = not self.notes and len(self._passages[id_]) > 1
        return id_ if whole or not self.numbered else f"{id_}-{excerpt.passage.label}"

    def _entries(self) -> list[Reference]:
        entries = []
        for id_, source in self._sources.items():
            passages = self._passages[id_]
            once = self.numbered and len(passages) == 1
            locator = combined_locator(passages) if once or self._alone else None
            label = f"{id_}-{passages[0].label}" if once else id_
            entries.append((label, self.style.entry(self._items[id_], locator), source))
        if not self.numbered:
            first = self.style.chinese_first
            entries.sort(key=lambda entry: alphabetical_key(entry[1], entry[2], chinese_first=first))
        return [Reference(label, n, text, source) for n, (label, text, source) in enumerate(entries, 1)]

    def _notes(self, excerpts: Sequence[Excerpt]) -> list[Reference]:
        first: dict[str, Excerpt] = {}
        for excerpt in excerpts:
            first.setdefault(self._label(excerpt), excerpt)
        named: set[str] = set()
        notes = []
        for number, (label, excerpt) in enumerate(first.items(), 1):
            id_ = excerpt.source.id
            later = self.style.short_note if id_ in named else None
            named.add(id_)
            text = (later or self.style.entry)(self._items[id_], passage_locator(excerpt.passage))
            notes.append(Reference(label, number, text, excerpt.source))
        return notes

    def _told_apart(self) -> dict[str, Mapping[str, Any]]:
        """Return the items by source id; those of one author and year are told apart by a letter."""
        items: dict[str, Mapping[str, Any]] = {
            id_: source_item(source) for id_, source in self._sources.items()
        }
        markers = self.style.author_markers
        if markers is None or not markers.by_year:
            return items
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, fields in items.items():
            item = Item(fields)
            groups[markers.name(item), item.date().year_text].append(id_)
        for (_, year), ids in groups.items():
            if len(ids) > 1:
                ids.sort(key=lambda id_: _order_in_year(Item(items[id_]), by_date=markers.by_date))
                for id_, letter in zip(ids, _letters(), strict=False):
                    undated = {"issued": {"literal": f"n.d.-{letter}"}}
                    items[id_] = {**items[id_], **({"year-suffix": letter} if year else undated)}
        return items


def _order_in_year(item: Item, *, by_date: bool) -> tuple[str, tuple[bool, bytes]]:
    """Return what to sort works of one author and year by: the title, perhaps after the date."""
    return item.date().iso if by_date else "", alphabetical_key(item.title)


def combined_locator(passages: Sequence[Passage]) -> Locator:
    """Combine the locators of passages of one source: ``3``, ``3, 5``."""
    locators = [passage_locator(passage) for passage in passages]
    label = locators[0].label
    return Locator(label, ", ".join(dict.fromkeys(one.value for one in locators if one.label == label)))


def _letters() -> "itertools.chain[str]":
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    pairs = ("".join(pair) for pair in itertools.product(alphabet, repeat=2))
    return itertools.chain(alphabet, pairs)


def alphabetical_key(
    entry: str, source: Source | None = None, *, chinese_first: bool = False
) -> tuple[bool, bytes]:
    """Return the key to sort an entry by: its letters, Chinese ones by pinyin.

    GB 18030 has the Simplified characters of its first level, and so nearly all of names, in the order of
    pinyin.

    Args:
        entry: The entry, or a title.
        source: What it cites. An article at its beginning does not count, unless it is a name there (An Li).
        chinese_first: Whether Chinese entries come before all others.
    """
    letters = "".join(
        character for character in entry.casefold() if character.isalnum() or character == " "
    ).strip()
    if source is None or not source.author:
        for article in ("the ", "an ", "a "):
            letters = letters.removeprefix(article)
    if any(is_han(letter) and not letter.encode("gb2312", "ignore") for letter in letters):
        letters = fold(letters)  # only here, because it loads a converter
    return is_han(letters[:1] or " ") != chinese_first, letters.encode("gb18030", "replace")
