"""Write quotations to copy: excerpts with their citations, in every copy format, and their references."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubtui.citation.csl import Item, Locator, citation_keys, passage_locator
from hubtui.citation.escape import (
    escape_html,
    html_citation,
    html_quotation,
    is_web_address,
    markdown_citation,
    markdown_quotation,
    source_link,
)
from hubtui.citation.source import source_item
from hubtui.citation.style import after_name, title_as_name
from hubtui.citation.styles import get_style
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.models import Passage, Source, Span
from hubtui.text.analyzer import fold, is_han


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
        for (_name, year), ids in groups.items():
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


Keys = Mapping[str, str]
"""Citation keys by the sources' ids."""


class UnknownFormatError(HubtuiError):
    """No copy format goes by the given name."""

    title = N_("Unknown format")


class NoAddressError(HubtuiError):
    """A source has no web address to link to."""

    title = N_("No address")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFormat:
    """A format in which quotations are copied.

    Attributes:
        id: What commands and settings call it.
        name: What people call it; a message that :func:`hubtui.core.i18n._` translates.
        write: Writes excerpts, in a style and with the citation keys of their sources.
        keyed: Whether it shows citation keys, so that these should be told apart in the whole library.
        rich: Whether it is a page's body, to be copied as rich text.
    """

    id: str
    name: str
    write: Callable[[Sequence[Excerpt], str, Keys], str]
    keyed: bool = False
    rich: bool = False


def quotation(
    excerpts: Sequence[Excerpt], style: str, format_: str = "plain", keys: Keys | None = None
) -> str:
    """Return excerpts with their citations, as a text to copy.

    The quoted text is the sources', character for character; in Markdown and HTML it is escaped so that it is
    shown so. Several excerpts share one list of references, in which each source stands once.

    Args:
        excerpts: What is quoted, in its order.
        style: The citation style.
        format_: One of :data:`FORMATS`.
        keys: The sources' citation keys; by default they are told apart among these sources alone.

    Raises:
        UnknownStyleError: There is no style of this name.
        UnknownFormatError: There is no format of this name.
        NoAddressError: The format is ``link``, and a source has no web address.
    """
    get_style(style)
    chosen = get_copy_format(format_)
    if not excerpts:
        return ""
    return chosen.write(excerpts, style, keys if keys is not None else _own_keys(excerpts))


def get_copy_format(id_: str) -> CopyFormat:
    """Return the copy format with this id.

    Raises:
        UnknownFormatError: There is none.
    """
    found = next((one for one in COPY_FORMATS if one.id == id_), None)
    if found is None:
        raise UnknownFormatError(
            _("There is no format {format!r}.").format(format=id_),
            did_you_mean(id_, COPY_FORMAT_NAMES)
            or _("Use one of {formats}.").format(formats=", ".join(COPY_FORMAT_NAMES)),
        )
    return found


def _own_keys(excerpts: Sequence[Excerpt]) -> Keys:
    sources = {excerpt.source.id: excerpt.source for excerpt in excerpts}
    return source_keys(list(sources.values()))


def source_keys(sources: Sequence[Source]) -> dict[str, str]:
    """Return the citation keys of sources, by their ids."""
    keys = citation_keys([Item(source_item(source)) for source in sources])
    return {source.id: key for source, key in zip(sources, keys, strict=True)}


def _plain(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write the text and its citation; several texts with a marker each, and the list of references."""
    if len(excerpts) == 1:
        return f"{excerpts[0].text}\n\n{_cited(excerpts[0], style)}"
    references = References(excerpts, style)
    quoted = [f"{excerpt.text} {references.marker(excerpt)}" for excerpt in excerpts]
    return "\n\n".join((*quoted, "\n".join(_listed(references))))


def _cited(excerpt: Excerpt, style: str) -> str:
    return get_style(style).entry(Item(source_item(excerpt.source)), passage_locator(excerpt.passage))


def _listed(references: References) -> list[str]:
    """Return the entries, with numbers where the style has them."""
    if not references.numbered:
        return [entry.text for entry in references.entries]
    return [references.style.numbered_entry(entry.number, entry.text) for entry in references.entries]


def _markdown(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:
    """Write block quotations with footnotes, labelled so that they stay apart from those of other copies."""
    references = References(excerpts, style, numbered=True)
    blocks, notes = [], {}
    for excerpt in excerpts:
        entry, locator = references.entry(excerpt), references.locator(excerpt)
        label = keys[excerpt.source.id] + entry.label.removeprefix(excerpt.source.id)
        item = Item(source_item(excerpt.source))
        where = f" ({references.style.locator_phrase(item, locator)})" if locator else ""
        blocks.append(f"{markdown_quotation(excerpt.text)}[^{label}]{where}")
        notes[label] = f"[^{label}]: {markdown_citation(entry.text)}"
    return "\n\n".join((*blocks, "\n".join(notes.values())))


def _markdown_pandoc(excerpts: Sequence[Excerpt], _style: str, keys: Keys) -> str:
    """Write block quotations with citation keys, for a document whose citations pandoc makes."""
    blocks = []
    for excerpt in excerpts:
        quoted = markdown_quotation(excerpt.text, pandoc=True)
        where = passage_locator(excerpt.passage).phrase(chinese=False)
        blocks.append(f"{quoted} [@{keys[excerpt.source.id]}, {where}]")
    return "\n\n".join(blocks)


def _html(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write block quotations with their citations; each block holds the quoted text and nothing else."""
    if len(excerpts) == 1:
        (excerpt,) = excerpts
        cited = html_citation(_cited(excerpt, style), excerpt.source, _link(excerpt))
        return f"{_html_block(excerpt)}\n{cited}"
    references = References(excerpts, style)
    blocks = [
        f"{_html_block(excerpt)}\n<p>{escape_html(references.marker(excerpt))}</p>" for excerpt in excerpts
    ]
    entries = [
        html_citation(text, entry.source, entry.source.url)
        for text, entry in zip(_listed(references), references.entries, strict=True)
    ]
    return "\n".join((*blocks, *entries))


def _html_block(excerpt: Excerpt) -> str:
    language = excerpt.passage.language or excerpt.source.language
    return html_quotation(excerpt.text, language, _link(excerpt))


def _link(excerpt: Excerpt) -> str:
    return source_link(excerpt.source, excerpt.text)


def _citation(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write the citations alone: each source once, with the passages quoted as its locator."""
    references = References(excerpts, style, alone=True)
    return "\n".join(_listed(references)) if len(references.entries) > 1 else references.entries[0].text


def _passage(excerpts: Sequence[Excerpt], _style: str, _keys: Keys) -> str:
    return "\n\n".join(excerpt.text for excerpt in excerpts)


def _links(excerpts: Sequence[Excerpt], _style: str, _keys: Keys) -> str:
    missing = next((e.source for e in excerpts if not is_web_address(e.source.url)), None)
    if missing:
        raise NoAddressError(
            _("{source} has no web address to link to.").format(source=missing.label),
            _("Copy in another format, or give the source a url in seeds/sources.toml."),
        )
    return "\n".join(_link(excerpt) for excerpt in excerpts)


COPY_FORMATS = (
    CopyFormat(id="plain", name=N_("Plain text"), write=_plain),
    CopyFormat(id="markdown", name=N_("Markdown with footnotes"), write=_markdown, keyed=True),
    CopyFormat(
        id="markdown-pandoc", name=N_("Markdown with pandoc keys"), write=_markdown_pandoc, keyed=True
    ),
    CopyFormat(id="html", name=N_("HTML, as rich text"), write=_html, rich=True),
    CopyFormat(id="citation", name=N_("Citation alone"), write=_citation),
    CopyFormat(id="passage", name=N_("Passage alone"), write=_passage),
    CopyFormat(id="link", name=N_("Link to the passage"), write=_links),
)
"""All copy formats, in the order in which they are listed."""

COPY_FORMAT_NAMES = tuple(one.id for one in COPY_FORMATS)
"""The ids of the copy formats."""


def copy_format_ids() -> tuple[str, ...]:
    """Return the ids of all copy formats, in the order in which they are listed."""
    return COPY_FORMAT_NAMES
