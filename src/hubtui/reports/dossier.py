"""Dossiers: what a library says about some cities, as a document with citations and a note on method.

The facts about each city, and what another person needs to find them again, are gathered by the library; this
module puts them into words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from hubtui.citation import Reference, cite_in_list
from hubtui.citation.csl import passage_locator
from hubtui.citation.escape import source_link
from hubtui.core.i18n import _, ngettext
from hubtui.core.models import Hit, Place, PlaceCount, Source
from hubtui.reports.blocks import (
    CodeBlock,
    HeadingBlock,
    ListBlock,
    ParagraphBlock,
    PlaceBlock,
    QuotationBlock,
    ReportBlock,
    SourcesBlock,
    TableBlock,
)
from hubtui.reports.html import write_html
from hubtui.reports.markdown import write_markdown

if TYPE_CHECKING:
    from hubtui.analysis.keyness import Keyword


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """A year of a timeline.

    Attributes:
        year: Four digits, or ``""`` for sources without a date.
        passages: How many passages about the city its sources have.
        sources: How many sources these are.
    """

    year: str
    passages: int
    sources: int


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What the library says about one city.

    Attributes:
        place: The city.
        query: What selects its passages.
        passages: How many there are; a passage that reprints share counts once.
        sources: How many sources they are in.
        stories: How many independent stories these sources tell.
        names: The names under which the city was found, each with the number of passages that have it.
        in_names: How many passages name it only inside longer names (北京大学).
        years: The timeline, oldest first, undated sources last.
        words: The words that set the passages apart from the rest of the library.
        neighbours: The other cities that the passages mention, most passages first.
        hits: The passages, by date of their source, then in the order of the text.
    """

    place: Place
    query: str
    passages: int
    sources: int
    stories: int
    names: Sequence[tuple[str, int]]
    in_names: int
    years: Sequence[TimelineYear]
    words: "Sequence[Keyword]"
    neighbours: Sequence[PlaceCount]
    hits: Sequence[Hit]

    @property
    def left_out(self) -> int:
        """How many passages the dossier counts and does not show."""
        return self.passages - len(self.hits)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier.

    Attributes:
        cities: The facts about each city.
        library: The library's name.
        sources: How many sources the library has.
        fingerprint: Identifies the content of the library's sources.
        unread: How many files could not be read.
        rejected: The names of mentions that the user has rejected, each once.
        made: The day it was made, in ISO form.
        version: hubtui's version.
        style: The citation style.
        command: What makes it again.
    """

    cities: Sequence[CityFacts]
    library: str
    sources: int
    fingerprint: str
    unread: int
    rejected: Sequence[str]
    made: str
    version: str
    style: str
    command: str


def timeline(sources: Iterable[Source], passages: Mapping[str, int]) -> list[TimelineYear]:
    """Count by year.

    Args:
        sources: Sources.
        passages: How many passages each has, by its id; sources that are not in it do not count.
    """
    counted: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for source in sources:
        if number := passages.get(source.id, 0):
            counted[source.date[:4]] += number
            held[source.date[:4]] += 1
    return [
        TimelineYear(year, counted[year], held[year])
        for year in sorted(counted, key=lambda year: (not year, year))
    ]


def sort_by_date(hits: Iterable[Hit]) -> list[Hit]:
    """Order hits by the date of their source, undated ones last, then by source and passage."""
    return sorted(
        hits,
        key=lambda hit: (
            not hit.source.date,
            hit.source.date,
            hit.source.path,
            hit.passage.number,
            hit.passage.part,
        ),
    )


_STYLESHEET = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 serif; color: #222; }
h1, h2, h3, h4 { font-family: sans-serif; line-height: 1.3; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #bbb; }
.where, .remark { color: #555; font-size: 0.9rem; }
table { border-collapse: collapse; }
th, td { padding: 0.1rem 0.8rem 0.1rem 0; text-align: right; }
th:first-child, td:first-child { text-align: left; }
pre { white-space: pre-wrap; }
"""

WORDS, NEIGHBOURS = 20, 15
"""How many words, and how many other cities, a dossier names."""


def dossier_markdown(dossier: Dossier) -> str:
    """Return a dossier as Markdown, for pandoc, a wiki or a note-taking program."""
    return write_markdown(dossier_blocks(dossier))


def dossier_html(dossier: Dossier) -> str:
    """Return a dossier as a web page."""
    return write_html(dossier_blocks(dossier), _STYLESHEET)


DOSSIER_FORMATS = {"markdown": dossier_markdown, "html": dossier_html}
"""The formats of a dossier, each with what writes it."""


def dossier_blocks(dossier: Dossier) -> list[ReportBlock]:
    """Return a dossier in words: what stands in it, in which order."""
    title = ", ".join(_name(city.place) for city in dossier.cities)
    references = _references(dossier)
    blocks: list[ReportBlock] = [
        HeadingBlock(1, title),
        ParagraphBlock(
            _("What the library {library} says about {cities}, as of {date}.").format(
                library=dossier.library, cities=title, date=dossier.made
            )
        ),
    ]
    for city in dossier.cities:
        blocks += _city(city, references)
    if references:
        blocks += [HeadingBlock(2, _("Sources")), SourcesBlock(list(references.values()))]
    return [*blocks, *_method(dossier)]


def _references(dossier: Dossier) -> dict[str, Reference]:
    """Return the sources that a dossier quotes, numbered in its order, by their ids.

    The place in a source stands with each quotation, so these have none.
    """
    sources = {hit.source.id: hit.source for city in dossier.cities for hit in city.hits}
    return {
        id_: Reference(id_, number, cite_in_list(source, dossier.style), source)
        for number, (id_, source) in enumerate(sources.items(), 1)
    }


def _name(place: Place) -> str:
    return " ".join(filter(None, (place.name_en, place.name_zh)))


def _city(city: CityFacts, references: Mapping[str, Reference]) -> Iterator[ReportBlock]:
    yield HeadingBlock(2, _name(city.place))
    if not city.passages:
        yield ParagraphBlock(_("No passage of the library mentions it."))
        return
    yield ParagraphBlock(_counts(city))
    yield HeadingBlock(3, _("Timeline"))
    yield TableBlock(
        (_("Year"), _("Passages"), _("Sources")),
        [(year.year or _("undated"), str(year.passages), str(year.sources)) for year in city.years],
    )
    if words := [word for word in city.words if word.over][:WORDS]:
        yield HeadingBlock(3, _("Distinctive words"))
        yield TableBlock(
            (_("Word"), _("Passages here"), _("Passages elsewhere"), "G²"),
            [(word.word, str(word.passages), str(word.elsewhere), f"{word.score:.1f}") for word in words],
        )
    if city.neighbours:
        yield HeadingBlock(3, _("Mentioned with it"))
        yield TableBlock(
            (_("City"), _("Passages"), _("Sources")),
            [
                (_name(other.place), str(other.passages), str(other.sources))
                for other in city.neighbours[:NEIGHBOURS]
            ],
        )
    yield HeadingBlock(3, _("Passages"))
    for source, hits in groupby(city.hits, key=lambda hit: hit.source):
        yield HeadingBlock(4, " · ".join(filter(None, (source.date, source.label))))
        for hit in hits:
            yield from _quotation(hit, references[source.id].number)
    if city.left_out:
        yield ParagraphBlock(
            ngettext(
                "{n} more passage is counted above and not shown.",
                "{n} more passages are counted above and not shown.",
                city.left_out,
            ).format(n=city.left_out)
        )


def _quotation(hit: Hit, number: int) -> Iterator[ReportBlock]:
    source, passage = hit.source, hit.passage
    link = source_link(source, passage.text)
    place = passage_locator(passage).phrase(chinese=source.language.startswith("zh"))
    yield QuotationBlock(passage.text, passage.language or source.language)
    yield PlaceBlock(place, number, link, _reprints(hit))


def _counts(city: CityFacts) -> str:
    passages = ngettext("{n} passage", "{n} passages", city.passages).format(n=city.passages)
    sources = ngettext("{n} source", "{n} sources", city.sources).format(n=city.sources)
    stories = ngettext("{n} independent story", "{n} independent stories", city.stories).format(
        n=city.stories
    )
    names = ", ".join(f"{name} {number}" for name, number in city.names)
    message = _("{passages} in {sources} ({stories}).").format(
        passages=passages, sources=sources, stories=stories
    )
    return f"{message} {_('Found as: {names}.').format(names=names)}" if names else message


def _reprints(hit: Hit) -> str:
    if not hit.reprints:
        return ""
    return _("Also in: {sources}").format(sources=", ".join(source.label for source in hit.reprints))


def _method(dossier: Dossier) -> Iterator[ReportBlock]:
    yield HeadingBlock(2, _("How this was made"))
    yield ListBlock(
        [
            _("hubtui {version}, on {date}, citations in {style}.").format(
                version=dossier.version, date=dossier.made, style=dossier.style
            ),
            _("Library: {library}, {n} sources, fingerprint {fingerprint}.").format(
                library=dossier.library, n=dossier.sources, fingerprint=dossier.fingerprint
            ),
            *(
                _("Passages on {city}: those that the query {query} selects.").format(
                    city=_name(city.place), query=city.query
                )
                for city in dossier.cities
            ),
            _(
                "A passage counts for a city when it has a name of it, or of a place that lies in it. "
                "A passage that reprints of one story share is shown once, and counts once."
            ),
            _(
                "Distinctive words are more frequent in these passages than in the rest of the library, by "
                "Dunning's log-likelihood (G²); 6.6 comes up by chance once in a hundred words, 10.8 once in "
                "a thousand. They are counted in passages."
            ),
            *_left_out(dossier),
        ]
    )
    yield ParagraphBlock(_("The same sources give the same fingerprint, and this command the same dossier:"))
    yield CodeBlock(dossier.command)


def _left_out(dossier: Dossier) -> Sequence[str]:
    lines = [
        ngettext(
            "{n} passage names {city} only inside a longer name, as of a university; it is counted.",
            "{n} passages name {city} only inside longer names, as of universities; they are counted.",
            city.in_names,
        ).format(n=city.in_names, city=_name(city.place))
        for city in dossier.cities
        if city.in_names
    ]
    if dossier.rejected:
        lines.append(
            _("Mentions rejected by the user, and so left out: {names}.").format(
                names=", ".join(dossier.rejected)
            )
        )
    if dossier.unread:
        lines.append(
            ngettext(
                "{n} file of the library could not be read, and is left out.",
                "{n} files of the library could not be read, and are left out.",
                dossier.unread,
            ).format(n=dossier.unread)
        )
    return lines
