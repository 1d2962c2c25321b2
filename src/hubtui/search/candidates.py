"""What can stand in a slot of a query: names of filters, cities, sources, and the values a library has."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

from hubtui.core.i18n import N_, _
from hubtui.core.models import Facets, Place, Source
from hubtui.places import Gazetteer
from hubtui.search.completion import Choice, Slot
from hubtui.search.dates import date_fault, turned
from hubtui.search.matching import nearest_places, query_name
from hubtui.search.query import SORTS, VIEWS
from hubtui.search.scanner import FILTERS, quoted
from hubtui.text.fold import fold, is_han

MOST = 8
"""Choices that are offered at most."""

_CITIES_FOR_A_WORD = 3
_FEWEST_LETTERS = 2
"""Of a word, before anything is offered for it."""
_LAST = "\U0010ffff"
_PART_OF_DATE = re.compile(r"[\d.-]+")
_ABOUT = {
    "city": N_("a city, under all its names"),
    "lang": N_("the source's language"),
    "date": N_("when the source was published"),
    "source": N_("in a source's path or title"),
    "title": N_("in its title"),
    "author": N_("among its authors"),
    "publisher": N_("in its publisher"),
    "section": N_("in the heading above"),
    "mentions": N_("which mentions count"),
    "sort": N_("the order of the passages"),
}
_FIXED: Mapping[str, Mapping[str, str]] = {
    "sort": dict(zip(SORTS, (N_("best first"), N_("latest first"), N_("as in the library")), strict=True)),
    "mentions": dict(zip(VIEWS, (N_("not of places in a city"), N_("not inside longer names")), strict=True)),
}


class Candidates:
    """Knows what one state of a library has. Whatever is found is ranked by the passages it leaves."""

    def __init__(self, sources: Sequence[Source], gazetteer: Gazetteer) -> None:
        """Offer ``sources`` and what they are made of, and the places of ``gazetteer``."""
        self._sources = sources
        self._gazetteer = gazetteer

    def choices(self, slot: Slot, facets: Facets) -> tuple[Choice, ...]:
        """Give what can stand in ``slot``, best first.

        Args:
            slot: What is being typed.
            facets: Counts under the rest of the query.
        """
        typed = fold(slot.typed.strip())
        match slot.name:
            case "":
                return tuple(self._for_word(typed, facets))
            case "city":
                return tuple(self._cities(typed, facets))
            case "source":
                return tuple(self._found_sources(typed, facets))
            case "sort" | "mentions":
                fixed = _FIXED[slot.name].items()
                return tuple(
                    Choice(f"{slot.name}:{value}", value, _(about))
                    for value, about in fixed
                    if value.startswith(typed)
                )
            case "section":
                return ()
            case name:
                return tuple(self._values(name, typed, facets))

    def is_unfinished(self, slot: Slot) -> bool:
        """Whether the value of a filter is none yet, but the beginning of one."""
        typed = fold(slot.typed.strip())
        if not typed:
            return True
        match slot.name:
            case "city":
                return not self._gazetteer.lookup(typed) and bool(self._places_named(typed))
            case "date":
                return bool(date_fault(typed) and not turned(typed) and _PART_OF_DATE.fullmatch(typed))
            case "sort" | "mentions" | "lang":
                values = [value for value, _held in self._counted(slot.name, {})]
                return typed not in values and any(value.startswith(typed) for value in values)
            case _:
                return False

    def _for_word(self, typed: str, facets: Facets) -> Iterator[Choice]:
        """Offer filters whose name begins so, and cities that the passages mention."""
        if len(typed) < _FEWEST_LETTERS and not is_han(typed[:1] or " "):
            return
        for name in FILTERS:
            if name.startswith(typed):
                yield Choice(f"{name}:", f"{name}:", _(_ABOUT[name]))
        named = set(self._places_named(typed))
        found = (entry for entry in facets.places if entry.place.id in named)
        for entry in nsmallest(_CITIES_FOR_A_WORD, found, key=lambda entry: -entry.passages):
            yield self._city(entry.place, typed, entry.passages)

    def _cities(self, typed: str, facets: Facets) -> Iterator[Choice]:
        mentioned = {entry.place.id: entry.passages for entry in facets.places}
        named = self._places_named(typed) if typed else list(mentioned)
        if not named:
            near = (self._gazetteer.lookup(name)[:1] for name in nearest_places(self._gazetteer, typed))
            named = [place.id for places in near for place in places]
        prominence = self._gazetteer.prominence
        ranked = nsmallest(
            MOST,
            filter(None, map(self._gazetteer.place, named)),
            key=lambda place: (
                -mentioned.get(place.id, 0),
                place.kind == "country",
                -prominence(place.id),
                place.id,
            ),
        )
        for place in ranked:
            yield self._city(place, typed, mentioned.get(place.id, 0))

    def _city(self, place: Place, typed: str, passages: int) -> Choice:
        label = place.name_en or place.name_zh
        others = [place.name_zh] if label != place.name_zh else []
        if not any(fold(name).startswith(typed) for name in (place.name_en, place.name_zh)):
            names = self._gazetteer.names(place.id)
            others += [name for name in names if fold(name).startswith(typed)][:1]
        name = quoted(query_name(self._gazetteer, place))
        return Choice(f"city:{name}", label, " · ".join(others), passages)

    def _places_named(self, typed: str) -> list[str]:
        """Give the places of which a name begins so."""
        names = self._names
        first = bisect_left(names, (typed, ""))
        after = bisect_left(names, (typed + _LAST, ""))
        return list(dict.fromkeys(place_id for _name, place_id in names[first:after]))

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """All folded names, each with a place that has it, in order."""
        return sorted(
            (name, reading.places[0])
            for name, readings in self._gazetteer.folded_names()
            for reading in readings
            if len(reading.places) == 1
        )

    def _found_sources(self, typed: str, facets: Facets) -> Iterator[Choice]:
        found = (
            (_rank(typed, path, title), -facets.sources.get(source.id, 0), number)
            for number, (source, (path, title)) in enumerate(zip(self._sources, self._folded, strict=True))
            if typed in path or typed in title
        )
        for *_order, number in nsmallest(MOST, found):
            source = self._sources[number]
            note = source.path if source.title else ""
            held = facets.sources.get(source.id, 0)
            yield Choice(f"source:{quoted(source_name(source))}", source.label, note, held)

    @cached_property
    def _folded(self) -> list[tuple[str, str]]:
        """Each source's path and title as they are looked for."""
        return [(fold(source.path), fold(source.title)) for source in self._sources]

    def _values(self, name: str, typed: str, facets: Facets) -> Iterator[Choice]:
        found = self._counted(name, facets.sources)
        counted = [(value, held) for value, held in found if typed in fold(value)]
        if name == "date":
            counted.sort(reverse=True)
        else:
            counted.sort(key=lambda pair: (not fold(pair[0]).startswith(typed), -pair[1], pair[0]))
        for value, held in counted[:MOST]:
            yield Choice(f"{name}:{quoted(value)}", value, "", held)

    def _counted(self, name: str, passages: Mapping[str, int]) -> Iterable[tuple[str, int]]:
        """Give the values that a filter takes here, each with its passages."""
        if name in _FIXED:
            return ((value, 0) for value in _FIXED[name])
        counts: Counter[str] = Counter()
        for source in self._sources:
            for value in _values_of(source, name):
                counts[value] += passages.get(source.id, 0)
        return ((value, held) for value, held in counts.items() if value and '"' not in value)


def source_name(source: Source) -> str:
    """Give what means this source in a query: its path, or its id where no filter can hold that."""
    return source.id if '"' in source.path else source.path


def _rank(typed: str, path: str, title: str) -> int:
    return 0 if title.startswith(typed) or path.startswith(typed) or f"/{typed}" in path else 1


def _values_of(source: Source, name: str) -> Sequence[str]:
    match name:
        case "lang":
            return (source.language.partition("-")[0],)
        case "date":
            return (source.date[:4],)
        case "author":
            return source.author.split("; ")
        case _:
            return (str(getattr(source, name)),)
