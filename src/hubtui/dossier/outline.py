"""A dossier in words: what stands in it, in which order."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from hubtui.dossier.blocks import Bibliography, Block, Code, Heading, Paragraph, Points, Quote, Table
from hubtui.dossier.facts import CityFacts, Dossier
from hubtui.i18n import _, ngettext
from hubtui.model import Hit, Place

WORDS, NEIGHBOURS = 20, 15
"""How many words, and how many other cities, a dossier names."""


def outline(dossier: Dossier) -> list[Block]:
    """Give the blocks of a dossier."""
    title = ", ".join(_name(city.place) for city in dossier.cities)
    blocks: list[Block] = [
        Heading(1, title),
        Paragraph(
            _("What the library {library} says about {cities}, as of {date}.").format(
                library=dossier.library, cities=title, date=dossier.made
            )
        ),
    ]
    for city in dossier.cities:
        blocks += _city(city)
    blocks += [Heading(2, _("Sources")), Bibliography()] if any(city.hits for city in dossier.cities) else []
    return [*blocks, *_method(dossier)]


def _name(place: Place) -> str:
    return " ".join(filter(None, (place.name_en, place.name_zh)))


def _city(city: CityFacts) -> Iterator[Block]:
    yield Heading(2, _name(city.place))
    if not city.passages:
        yield Paragraph(_("No passage of the library mentions it."))
        return
    yield Paragraph(_counts(city))
    yield Heading(3, _("Timeline"))
    yield Table(
        (_("Year"), _("Passages"), _("Sources")),
        [(year.year or _("undated"), str(year.passages), str(year.sources)) for year in city.years],
    )
    if words := [word for word in city.words if word.over][:WORDS]:
        yield Heading(3, _("Distinctive words"))
        yield Table(
            (_("Word"), _("Passages here"), _("Passages elsewhere"), "G²"),
            [(word.word, str(word.passages), str(word.elsewhere), f"{word.score:.1f}") for word in words],
        )
    if city.neighbours:
        yield Heading(3, _("Mentioned with it"))
        yield Table(
            (_("City"), _("Passages"), _("Sources")),
            [
                (_name(other.place), str(other.passages), str(other.sources))
                for other in city.neighbours[:NEIGHBOURS]
            ],
        )
    yield Heading(3, _("Passages"))
    for source, hits in groupby(city.hits, key=lambda hit: hit.source):
        yield Heading(4, " · ".join(filter(None, (source.date, source.label))))
        yield from (Quote(hit, _reprints(hit)) for hit in hits)
    if city.left_out:
        yield Paragraph(
            ngettext(
                "{n} more passage is counted above and not shown.",
                "{n} more passages are counted above and not shown.",
                city.left_out,
            ).format(n=city.left_out)
        )


def _counts(city: CityFacts) -> str:
    passages = ngettext("{n} passage", "{n} passages", city.passages).format(n=city.passages)
    sources = ngettext("{n} source", "{n} sources", city.sources).format(n=city.sources)
    stories = ngettext("{n} independent story", "{n} independent stories", city.stories).format(
        n=city.stories
    )
    names = ", ".join(f"{name} {number}" for name, number in city.names)
    said = _("{passages} in {sources} ({stories}).").format(
        passages=passages, sources=sources, stories=stories
    )
    return f"{said} {_('Found as: {names}.').format(names=names)}" if names else said


def _reprints(hit: Hit) -> str:
    if not hit.reprints:
        return ""
    return _("Also in: {sources}").format(sources=", ".join(source.label for source in hit.reprints))


def _method(dossier: Dossier) -> Iterator[Block]:
    yield Heading(2, _("How this was made"))
    yield Points(
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
    yield Paragraph(_("The same sources give the same fingerprint, and this command the same dossier:"))
    yield Code(dossier.command)


def _left_out(dossier: Dossier) -> Sequence[str]:
    said = [
        ngettext(
            "{n} passage names {city} only inside a longer name, as of a university; it is counted.",
            "{n} passages name {city} only inside longer names, as of universities; they are counted.",
            city.in_names,
        ).format(n=city.in_names, city=_name(city.place))
        for city in dossier.cities
        if city.in_names
    ]
    if dossier.rejected:
        said.append(
            _("Mentions rejected by the user, and so left out: {names}.").format(
                names=", ".join(dossier.rejected)
            )
        )
    if dossier.unread:
        said.append(
            ngettext(
                "{n} file of the library could not be read, and is left out.",
                "{n} files of the library could not be read, and are left out.",
                dossier.unread,
            ).format(n=dossier.unread)
        )
    return said
