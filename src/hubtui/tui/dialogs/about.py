"""The dialog about what is under the cursor: a source, a city, or a passage and why it is a hit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from hubtui.core.errors import UnknownPlaceError, UnknownSourceError
from hubtui.core.i18n import N_, _, ngettext
from hubtui.ingest.metadata.facts import SOURCE_FACTS, SourceFact
from hubtui.search.parser import set_filter
from hubtui.text.cells import pad, printable, width, wrap
from hubtui.tui import strings
from hubtui.tui.dialogs.text_dialogs import Dialog
from hubtui.tui.render import content
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from hubtui.core.models import Match, Passage, Place, PlaceCount, Source
    from hubtui.library import Library

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
class KnownFact:
    """One line of what is known: a label, a value, and what there is to say about the value."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Some facts under a heading."""

    heading: str
    facts: Sequence[KnownFact]


def of_source(source: "Source", copies: Sequence["Source"]) -> Iterator[FactGroup]:
    """Yield what is known of a source; ``copies`` are the others with the same story."""
    facts = [
        _known_fact(source, fact)
        for fact in SOURCE_FACTS.values()
        if fact.always_shown or source.fact(fact.name)
    ]
    facts.append(KnownFact(_("File"), source.path))
    facts.append(KnownFact(_("Passages"), f"{source.passages:,}"))
    yield FactGroup(_("Source"), facts)
    if source.doubts:
        yield FactGroup(_("Doubts"), [KnownFact("", doubt) for doubt in source.doubts])
    if copies:
        reprints = [KnownFact("", copy.label, copy.path) for copy in copies]
        yield FactGroup(
            _("Other copies of the story") if source.is_reprint else _("Reprints of the story"), reprints
        )


def of_passage(passage: "Passage", matches: Sequence["Match"], query: str) -> Iterator[FactGroup]:
    """Yield what is known of a passage, and why ``query`` finds it."""
    where = [KnownFact(_("Number"), f"¶{passage.label}")]
    where += [KnownFact(_("Under"), passage.section)] if passage.section else []
    where += [KnownFact(_("Page"), str(passage.page))] if passage.page else []
    named = dict.fromkeys(strings.place_name(mention.place) for mention in passage.mentions)
    where += [KnownFact(_("Names"), ", ".join(named))] if named else []
    yield FactGroup(_("Passage"), where)
    if matches:
        yield FactGroup(_("Why it is a hit"), [_reason(match, passage.text) for match in matches])
    elif query:
        message = _("Nothing in its text: its source meets the filters.")
        yield FactGroup(_("Why it is a hit"), [KnownFact("", message)])


def of_city(
    entry: "PlaceCount", within: Sequence["Place"], names: Sequence[tuple[str, int]], query: str
) -> Iterator[FactGroup]:
    """Yield what is known of a city under a query: where it lies, its counts, its names."""
    place = entry.place
    facts = [KnownFact(_("Names"), "  ".join(filter(None, (place.name_en, place.name_zh))), place.id)]
    facts += [KnownFact(_("Lies in"), ", ".join(map(strings.place_name, within)))] if within else []
    if place.latitude is not None and place.longitude is not None:
        facts.append(KnownFact(_("Position"), f"{place.latitude:.2f}, {place.longitude:.2f}"))
    yield FactGroup(_("City"), facts)
    counted = [
        KnownFact(
            _("Passages"),
            f"{entry.passages:,}",
            _("in {sources}").format(sources=strings.sources(entry.sources)),
        ),
        KnownFact(_("Direct"), f"{entry.direct:,}", _("name the city itself, not only a place in it")),
    ]
    if entry.in_names:
        counted.append(KnownFact(_("In names"), f"{entry.in_names:,}", _("name it only inside longer names")))
    yield FactGroup(_("Counts under {query}").format(query=query) if query else _("Counts"), counted)
    if names:
        found = [KnownFact(name, strings.passages(number)) for name, number in names]
        yield FactGroup(_("Names found"), found)


def _known_fact(source: "Source", fact: SourceFact) -> KnownFact:
    value, origin = source.fact(fact.name), source.origins.get(fact.name, "")
    note = _(ORIGINS[origin]) if origin in ORIGINS else origin
    return KnownFact(_(fact.label), value or "–", note if value else _("unknown"))


def _reason(match: "Match", text: str) -> KnownFact:
    held = dict.fromkeys(text[start:end][:_LONGEST] for start, end in match.spans)
    times = ngettext("{n} time", "{n} times", len(match.spans)).format(n=len(match.spans))
    note = f"{_(_WAYS[match.way])}, {times}" if match.way in _WAYS else times
    return KnownFact(match.part, ", ".join(held) or match.found, note)


def open_about(
    screen: Screen[Any], worker: LibraryWorker, subject: "Source | PlaceCount | Passage | None", query: str
) -> None:
    """Show what is known of a source, a city or a passage under ``query``."""
    from hubtui.core.models import Passage, Source  # after the first paint

    if subject is None:
        screen.post_message(Notice(_("There is nothing to tell about"), trouble=True))
        return

    def show(title: str, groups: Sequence[FactGroup]) -> None:
        screen.app.push_screen(AboutDialog(title, groups))

    def look(library: "Library") -> Message | None:
        if isinstance(subject, Source):
            return callback(show, subject.label, [*of_source(subject, _copies(library, subject))])
        if isinstance(subject, Passage):
            return look_at_passage(library, subject)
        # The counts beside the cities leave the chosen one out of the query, too.
        others = set_filter(query, "city", None)
        names = library.mentions.names(subject.place.id, others)
        groups = [*of_city(subject, _above(library, subject.place), names, others)]
        return callback(show, subject.place.name_en or subject.place.name_zh, groups)

    def look_at_passage(library: "Library", passage: "Passage") -> Message | None:
        try:
            source = library.source(passage.source_id)
        except UnknownSourceError:
            return None  # it went in the meantime; the list follows
        known = of_passage(passage, library.queries.explain(query, passage), query.strip())
        return callback(show, source.label, [*known, *of_source(source, _copies(library, source))])

    worker.submit("about", look, Priority.ACTION, screen.post_message, awaited=True)


def _copies(library: "Library", source: "Source") -> list["Source"]:
    if not source.story:
        return []
    return [one for one in library.sources() if one.story == source.story and one.id != source.id]


def _above(library: "Library", place: "Place") -> list["Place"]:
    """Return the places that a place lies in, the nearest first."""
    found: list[Place] = []
    while place.parent and all(place.parent != other.id for other in found):
        try:
            place = library.place(place.parent)
        except UnknownPlaceError:
            break
        found.append(place)
    return found


_WIDEST_LABEL = 24


_WIDTH, _SHARE, _FRAME = 72, 94, 9
"""Cells of a dialog, its share of the screen in percent at most, and its frame: as in dialogs.tcss."""


class AboutDialog(Dialog):
    """Facts, in parts with headings."""

    def __init__(self, title: str, parts: Sequence[FactGroup]) -> None:
        super().__init__()
        self.heading = title
        self._parts = parts

    def parts(self) -> list[Static]:
        """One text, the labels of each part in one column."""
        cells = min(_WIDTH, self.app.size.width * _SHARE // 100) - _FRAME
        return [Static(Content("\n\n").join(_laid_out(part, cells) for part in self._parts))]


def _laid_out(part: FactGroup, cells: int) -> Content:
    column = min(_WIDEST_LABEL, max((width(fact.label) for fact in part.facts), default=0))
    lines = [content(part.heading, "bold $accent")]
    for fact in part.facts:
        lines += _lines(fact, column, cells)
    return Content("\n").join(lines)


def _lines(fact: KnownFact, column: int, cells: int) -> list[Content]:
    """Return a fact as lines, with its value beside its label."""
    indent = column + 2 if column else 0
    value = printable(fact.value)
    line = f"{value}  {printable(fact.note)}" if fact.note else value
    lines = []
    for start, end in wrap(line, max(10, cells - indent)):
        label = pad(fact.label, column) + "  " if column and not start else " " * indent
        known = content(line[start : max(start, min(end, len(value)))])
        note = content(line[max(start, len(value)) : end], "$quiet italic")
        lines.append(Content.assemble(content(label, "$quiet"), known, note))
    return lines
