"""What is known of a source, a passage and a city, in words: for the dialog that tells about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubtui.core.i18n import N_, _, ngettext
from hubtui.tui import phrases

if TYPE_CHECKING:
    from hubtui.core.models import Match, Passage, Place, PlaceCount, Source

_LONGEST = 60
"""Characters of a passage that are quoted as what matched."""

ORIGINS: Mapping[str, str] = {
    "correction": N_("your correction"),
    "front matter": N_("front matter"),
    "page metadata": N_("page metadata"),
    "byline": N_("byline"),
    "text": N_("text"),
    "file name": N_("file name"),
}
"""Where a fact was taken from."""

_FIELDS = {
    "title": N_("Title"),
    "author": N_("Author"),
    "publisher": N_("Publisher"),
    "date": N_("Date"),
    "language": N_("Language"),
    "url": N_("Address"),
    "accessed": N_("Saved on"),
}

_WAYS: Mapping[str, str] = {
    "literal": N_("the word itself"),
    "inflected": N_("another form of the word"),
    "script": N_("Simplified for Traditional, or the reverse"),
    "translated": N_("in the other language"),
    "pinyin": N_("read so in pinyin"),
    "place": N_("names the city"),
    "phrase": N_("the phrase"),
    "near": N_("words that stand together"),
    "prefix": N_("begins so"),
    "fuzzy": N_("spelt almost so"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is known: a label, a value, and what there is to say about the value."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some facts under a heading."""

    heading: str
    facts: Sequence[Fact]


def of_source(source: "Source", copies: Sequence["Source"]) -> Iterator[Part]:
    """Tell about a source; ``copies`` are the others that tell the same story."""
    facts = [_fact(source, field) for field in _FIELDS if field != "accessed" or source.accessed]
    facts.append(Fact(_("File"), source.path))
    facts.append(Fact(_("Passages"), f"{source.passages:,}"))
    yield Part(_("Source"), facts)
    if source.doubts:
        yield Part(_("Doubts"), [Fact("", doubt) for doubt in source.doubts])
    if copies:
        told = [Fact("", copy.label, copy.path) for copy in copies]
        yield Part(_("Other copies of the story") if source.is_reprint else _("Reprints of the story"), told)


def of_passage(passage: "Passage", matches: Sequence["Match"], query: str) -> Iterator[Part]:
    """Tell about a passage, and why ``query`` finds it."""
    where = [Fact(_("Number"), f"¶{passage.label}")]
    where += [Fact(_("Under"), passage.section)] if passage.section else []
    where += [Fact(_("Page"), str(passage.page))] if passage.page else []
    named = dict.fromkeys(phrases.place_name(mention.place) for mention in passage.mentions)
    where += [Fact(_("Names"), ", ".join(named))] if named else []
    yield Part(_("Passage"), where)
    if matches:
        yield Part(_("Why it is a hit"), [_reason(match, passage.text) for match in matches])
    elif query:
        said = _("Nothing in its text: its source meets the filters.")
        yield Part(_("Why it is a hit"), [Fact("", said)])


def of_city(
    entry: "PlaceCount", within: Sequence["Place"], names: Sequence[tuple[str, int]], query: str
) -> Iterator[Part]:
    """Tell about a city under a query: what it lies in, its counts, and the names it was found under."""
    place = entry.place
    facts = [Fact(_("Names"), "  ".join(filter(None, (place.name_en, place.name_zh))), place.id)]
    facts += [Fact(_("Lies in"), ", ".join(map(phrases.place_name, within)))] if within else []
    if place.latitude is not None and place.longitude is not None:
        facts.append(Fact(_("Position"), f"{place.latitude:.2f}, {place.longitude:.2f}"))
    yield Part(_("City"), facts)
    counted = [
        Fact(
            _("Passages"),
            f"{entry.passages:,}",
            _("in {sources}").format(sources=phrases.sources(entry.sources)),
        ),
        Fact(_("Direct"), f"{entry.direct:,}", _("name the city itself, not only a place in it")),
    ]
    if entry.in_names:
        counted.append(Fact(_("In names"), f"{entry.in_names:,}", _("name it only inside longer names")))
    yield Part(_("Counts under {query}").format(query=query) if query else _("Counts"), counted)
    if names:
        found = [Fact(name, phrases.passages(number)) for name, number in names]
        yield Part(_("Names found"), found)


def _fact(source: "Source", field: str) -> Fact:
    value, origin = getattr(source, field), source.origins.get(field, "")
    told = _(ORIGINS[origin]) if origin in ORIGINS else origin
    return Fact(_(_FIELDS[field]), value or "–", told if value else _("unknown"))


def _reason(match: "Match", text: str) -> Fact:
    held = dict.fromkeys(text[start:end][:_LONGEST] for start, end in match.spans)
    times = ngettext("{n} time", "{n} times", len(match.spans)).format(n=len(match.spans))
    note = f"{_(_WAYS[match.way])}, {times}" if match.way in _WAYS else times
    return Fact(match.part, ", ".join(held) or match.found, note)
