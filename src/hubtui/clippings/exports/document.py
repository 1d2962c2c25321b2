"""A document of clippings: quotations in groups, and the sources they are from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hubtui.citation import Excerpt, References, cite, cite_in_list
from hubtui.citation.markers import is_numbered
from hubtui.citation.references import alphabetical
from hubtui.clippings.clipping import Clipping, ClippingError
from hubtui.errors import did_you_mean
from hubtui.i18n import _
from hubtui.model import Source
from hubtui.text.fold import fold

_NOTES = "chicago-notes"


@dataclass(frozen=True, slots=True)
class Quote:
    """A clipping, and what is known of its source."""

    clipping: Clipping
    source: Source

    @property
    def excerpt(self) -> Excerpt:
        """What is cited."""
        return Excerpt(self.source, self.clipping.passage)

    @property
    def language(self) -> str:
        """The language of the quoted text."""
        return self.clipping.language or self.source.language


@dataclass(frozen=True, slots=True)
class Group:
    """Quotations under a heading, which is ``""`` where there is only one group."""

    heading: str
    quotes: Sequence[Quote]


@dataclass(frozen=True)
class Document:
    """Quotations to be written in one citation style.

    Attributes:
        groups: The quotations.
        style: The style.
    """

    groups: Sequence[Group]
    style: str

    @cached_property
    def quotes(self) -> Sequence[Quote]:
        """All quotations, in the order in which they stand in the document; some may stand there twice."""
        return [quote for group in self.groups for quote in group.quotes]

    @cached_property
    def notes(self) -> Sequence[str]:
        """A note for each quotation: its citation with the passage as locator.

        In a style of notes, later ones to the same source are short.
        """
        if self.style == _NOTES:
            references = References([quote.excerpt for quote in self.quotes], self.style)
            return [references.entry(quote.excerpt).text for quote in self.quotes]
        return [cite(quote.source, self.style, quote.clipping.passage) for quote in self.quotes]

    @cached_property
    def bibliography(self) -> Sequence[tuple[str, Source]]:
        """Each source once, with its citation: in the order of the document, or of the alphabet."""
        sources = {quote.source.id: quote.source for quote in self.quotes}
        entries = [(cite_in_list(source, self.style), source) for source in sources.values()]
        if self.numbered:
            return [(f"[{number}] {text}", source) for number, (text, source) in enumerate(entries, 1)]
        first = "gb7714" in self.style
        return sorted(entries, key=lambda entry: alphabetical(*entry, chinese_first=first))

    @property
    def numbered(self) -> bool:
        """Whether the style numbers its list of references."""
        return is_numbered(self.style) and self.style != _NOTES


def grouped(quotes: Sequence[Quote], by: str) -> list[Group]:
    """Divide quotations by ``city``, ``source``, ``tag``, or not at all (``""``).

    A quotation stands under one city, the one asked for, else the one it names most; and under each of its
    tags. Those without come last.

    Raises:
        ClippingError: There is no such way to group.
    """
    if not by:
        return [Group("", quotes)] if quotes else []
    headings = GROUPS.get(by)
    if headings is None:
        hint = did_you_mean(by, GROUPS) or _("Use one of {names}.").format(names=", ".join(GROUPS))
        raise ClippingError(_("There is no group {group!r}.").format(group=by), hint)
    found: dict[str, list[Quote]] = {}
    for quote in quotes:
        for heading in list(headings(quote)) or [""]:
            found.setdefault(heading, []).append(quote)
    rest = found.pop("", [])
    groups = [Group(heading, found[heading]) for heading in sorted(found, key=fold)]
    return [*groups, Group(_("Others"), rest)] if rest else groups


def _cities(quote: Quote) -> Iterator[str]:
    for place in quote.clipping.places[:1]:
        yield " ".join(name for name in (place.name_en, place.name_zh) if name) or place.id


GROUPS: dict[str, Callable[[Quote], Iterator[str]]] = {
    "city": _cities,
    "source": lambda quote: iter([quote.source.label]),
    "tag": lambda quote: iter(quote.clipping.tags),
}
"""The ways to group, each with the headings that a quotation stands under."""
