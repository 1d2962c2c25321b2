"""The filters of the query language, one object each.

A filter knows its name, what to tell the user about it, what is wrong with a value, which passages a value
selects and which values can be offered while one is typed. To add a filter, add it to :data:`FILTERS`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple, Protocol

from msgspec import Struct

from hubtui.core.errors import UnknownPlaceError, question
from hubtui.core.i18n import N_, _
from hubtui.core.models import Facets, Place, Source
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.date_ranges import date_range, in_range, swapped
from hubtui.text.analyzer import fold

MOST = 8
"""Values that are offered at most."""

_LAST = "\U0010ffff"
_PART_OF_DATE = re.compile(r"[\d.-]+")


class MentionView(NamedTuple):
    """Which mentions count.

    Attributes:
        direct: Only those of a place itself, not those of places that lie in it.
        names: Also those inside longer names (北京大学).
    """

    direct: bool = False
    names: bool = True

    def narrowed(self, other: "MentionView") -> "MentionView":
        """Return the view in which only those mentions count that count in both."""
        return MentionView(self.direct or other.direct, self.names and other.names)


class Selectable(Protocol):
    """What filters select passages from: one state of a library."""

    @property
    def sources(self) -> Sequence[Source]:
        """All sources."""
        ...

    def of_sources(self, chosen: Sequence[bool]) -> Mask:
        """Select the passages of the sources for which ``chosen`` is true."""
        ...

    def under_heading(self, part: str) -> Mask:
        """Select the passages under a heading that contains ``part``."""
        ...

    def mentioning(self, place_ids: Collection[str], view: MentionView) -> Mask:
        """Select the passages that mention one of these places."""
        ...


class ValueFault(NamedTuple):
    """Why a filter cannot take a value.

    Attributes:
        message: What is wrong and what would be right, as a sentence.
        right: The value that may have been meant, or ``""``.
    """

    message: str
    right: str = ""


class Condition(Struct, frozen=True):
    """A filter with a value, looked up once for a query.

    Attributes:
        select: Selects the passages that meet it, or returns ``None`` where it sets no condition.
        places: The ids of the places that the value names.
        fault: Why the value means nothing in any library: no such place.
    """

    select: Callable[[Selectable, MentionView], Mask | None]
    places: frozenset[str] = frozenset()
    fault: ValueFault | None = None


class Candidate(NamedTuple):
    """A value that a filter can take.

    Attributes:
        value: As the filter reads it.
        label: What it is called.
        note: What else tells it from others, or ``""``.
        passages: How many passages it leaves of the rest of the query; ``None`` where that is no question.
    """

    value: str
    label: str
    note: str = ""
    passages: int | None = None


class LibraryValues:
    """What the filters' values can be in one state of a library."""

    def __init__(self, sources: Sequence[Source], gazetteer: Gazetteer) -> None:
        """Offer ``sources`` and what they are made of, and the places of ``gazetteer``."""
        self.sources = sources
        self.gazetteer = gazetteer

    @cached_property
    def folded(self) -> list[tuple[str, str]]:
        """Each source's path and title as they are looked for."""
        return [(fold(source.path), fold(source.title)) for source in self.sources]

    def places_named(self, beginning: str) -> list[str]:
        """Return the ids of the places of which a name begins so; ``beginning`` is folded."""
        first = bisect_left(self._place_names, (beginning, ""))
        after = bisect_left(self._place_names, (beginning + _LAST, ""))
        return list(dict.fromkeys(place_id for _name, place_id in self._place_names[first:after]))

    @cached_property
    def _place_names(self) -> list[tuple[str, str]]:
        """All folded names, each with a place that has it, in order."""
        return sorted(
            (name, reading.places[0])
            for name, readings in self.gazetteer.folded_names()
            for reading in readings
            if len(reading.places) == 1
        )


@dataclass(frozen=True)
class QueryFilter:
    """A filter on a text field of the source: its value is part of that text.

    Attributes:
        name: What stands before the colon; of a filter of this class itself, a field of the source.
        examples: How it can be written, for messages.
        about: What it is for, for a list of filters; translated when shown.
    """

    name: str
    examples: str
    about: str

    def fault(self, value: str) -> ValueFault | None:
        """Return what is wrong with ``value``, as far as that does not depend on the places."""
        del value
        return None

    def condition(self, value: str, gazetteer: Gazetteer) -> Condition:
        """Look up ``value``."""
        del gazetteer
        return Condition(lambda passages, _view: self._of_sources(passages, value))

    def meets(self, value: str, source: Source) -> bool:
        """Whether a source meets the condition."""
        return _contains(str(getattr(source, self.name)), value)

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return the values that can be meant by what is typed (folded), best first.

        Args:
            typed: The beginning of a value, or part of one.
            known: What the library has.
            facets: Counts under the rest of the query.
        """
        counted = [pair for pair in self._counted(known, facets.sources) if typed in fold(pair[0])]
        counted.sort(key=lambda pair: (not fold(pair[0]).startswith(typed), -pair[1], pair[0]))
        return (Candidate(value, value, "", passages) for value, passages in counted)

    def is_unfinished(self, typed: str, known: LibraryValues) -> bool:
        """Whether ``typed`` (folded) is no value yet, but the beginning of one."""
        del typed, known
        return False

    def _of_sources(self, passages: Selectable, value: str) -> Mask:
        return passages.of_sources([self.meets(value, source) for source in passages.sources])

    def _counted(self, known: LibraryValues, passages: Mapping[str, int]) -> list[tuple[str, int]]:
        """Return the values that the sources have, each with its passages."""
        counts: Counter[str] = Counter()
        for source in known.sources:
            for value in self._values_of(source):
                counts[value] += passages.get(source.id, 0)
        return [(value, held) for value, held in counts.items() if value and '"' not in value]

    def _values_of(self, source: Source) -> Sequence[str]:
        return (str(getattr(source, self.name)),)


class CityFilter(QueryFilter):
    """``city:``, a place under any of its names; for the whole query ``mentions:`` says what counts."""

    def condition(self, value: str, gazetteer: Gazetteer) -> Condition:
        """Look up the place that ``value`` names."""
        places = frozenset(place.id for place in meant_places(gazetteer, value))
        fault = None
        if not places:
            near = gazetteer.nearest_names(value)
            unknown = _unknown_place(value, near)
            fault = ValueFault(f"{unknown.message} {unknown.remedy}".strip(), near[0] if near else "")
        return Condition(lambda passages, view: passages.mentioning(places, view), places, fault)

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return the cities of which a name begins so, those of the passages first."""
        gazetteer = known.gazetteer
        mentioned = {entry.place.id: entry.passages for entry in facets.places}
        named = known.places_named(typed) if typed else list(mentioned)
        if not named:
            near = (gazetteer.lookup(name)[:1] for name in gazetteer.nearest_names(typed))
            named = [place.id for places in near for place in places]
        ranked = nsmallest(
            MOST,
            filter(None, map(gazetteer.place, named)),
            key=lambda place: (
                -mentioned.get(place.id, 0),
                place.kind == "country",
                -gazetteer.prominence(place.id),
                place.id,
            ),
        )
        return (self.candidate(place, typed, gazetteer, mentioned.get(place.id, 0)) for place in ranked)

    def candidate(self, place: Place, typed: str, gazetteer: Gazetteer, passages: int) -> Candidate:
        """Return a place as a value, with the name that begins as typed where that is another one."""
        label = place.name_en or place.name_zh
        others = [place.name_zh] if label != place.name_zh else []
        if not any(fold(name).startswith(typed) for name in (place.name_en, place.name_zh)):
            names = gazetteer.names(place.id)
            others += [name for name in names if fold(name).startswith(typed)][:1]
        return Candidate(query_name(gazetteer, place), label, " · ".join(others), passages)

    def is_unfinished(self, typed: str, known: LibraryValues) -> bool:
        """Whether ``typed`` names no place, but begins the name of one."""
        return not known.gazetteer.lookup(typed) and bool(known.places_named(typed))


class LanguageFilter(QueryFilter):
    """``lang:``, the language of the source, whatever its script or country."""

    def meets(self, value: str, source: Source) -> bool:
        """Whether a source is in this language."""
        return self.primary(source.language) == self.primary(value)

    @staticmethod
    def primary(tag: str) -> str:
        """Return the language of a tag: ``zh`` of ``zh-Hant``."""
        return tag.casefold().split("-")[0]

    def is_unfinished(self, typed: str, known: LibraryValues) -> bool:
        """Whether ``typed`` begins the name of a language of the library."""
        return _begins_one(typed, [value for value, _held in self._counted(known, {})])

    def _values_of(self, source: Source) -> Sequence[str]:
        return (source.language.partition("-")[0],)


class DateFilter(QueryFilter):
    """``date:``, a date or a range of dates in which the source was published."""

    def fault(self, value: str) -> ValueFault | None:
        """Return what is wrong with a date."""
        if date_range(value) is None:
            message = _("{value} is no date; write 2018, 2018-06, 2018-06-07 or a range as 2018..2024.")
            return ValueFault(message.format(value=value))
        if right := swapped(value):
            message = _("{value} ends before it begins; write {right}.")
            return ValueFault(message.format(value=value, right=right), right)
        return None

    def meets(self, value: str, source: Source) -> bool:
        """Whether a source was published then."""
        return in_range(source.date, value)

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return the years of the library, the latest first."""
        counted = [pair for pair in self._counted(known, facets.sources) if typed in fold(pair[0])]
        return (Candidate(year, year, "", passages) for year, passages in sorted(counted, reverse=True))

    def is_unfinished(self, typed: str, known: LibraryValues) -> bool:
        """Whether ``typed`` may become a date."""
        del known
        fault = self.fault(typed)
        return fault is not None and not fault.right and bool(_PART_OF_DATE.fullmatch(typed))

    def _values_of(self, source: Source) -> Sequence[str]:
        return (source.date[:4],)


class SourceFilter(QueryFilter):
    """``source:``, part of the source's path or title, or its id; a whole path means that source alone."""

    def meets(self, value: str, source: Source) -> bool:
        """Whether a source may be meant."""
        return value == source.id or _contains(source.path, value) or _contains(source.title, value)

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return the sources with ``typed`` in their path or title, those that begin so first."""
        found = (
            (not _begins(typed, path, title), -facets.sources.get(source.id, 0), number)
            for number, (source, (path, title)) in enumerate(zip(known.sources, known.folded, strict=True))
            if typed in path or typed in title
        )
        for *_order, number in nsmallest(MOST, found):
            source = known.sources[number]
            note = source.path if source.title else ""
            yield Candidate(source_name(source), source.label, note, facets.sources.get(source.id, 0))

    def _of_sources(self, passages: Selectable, value: str) -> Mask:
        whole = [value == source.path for source in passages.sources]
        return passages.of_sources(whole) if any(whole) else super()._of_sources(passages, value)


class AuthorFilter(QueryFilter):
    """``author:``, part of the name of one of the authors."""

    def _values_of(self, source: Source) -> Sequence[str]:
        return source.author.split("; ")


class SectionFilter(QueryFilter):
    """``section:``, part of the heading above a passage."""

    def condition(self, value: str, gazetteer: Gazetteer) -> Condition:
        """Look up ``value``."""
        del gazetteer
        return Condition(lambda passages, _view: passages.under_heading(value))

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return nothing: a library has as many headings as pages."""
        del typed, known, facets
        return ()


@dataclass(frozen=True)
class ChoiceFilter(QueryFilter):
    """A filter with a few fixed values, which says how to answer rather than what to select.

    Attributes:
        values: The values, each with what it is for; translated when shown.
        unknown: Says that there is no such value, with ``{value}`` in it; translated when shown.
    """

    values: Mapping[str, str]
    unknown: str

    def fault(self, value: str) -> ValueFault | None:
        """Return what is wrong with a value that there is not."""
        if value.lower() in self.values:
            return None
        return ValueFault(_(self.unknown).format(value=value))

    def condition(self, value: str, gazetteer: Gazetteer) -> Condition:
        """Return no condition."""
        del value, gazetteer
        return Condition(lambda _passages, _view: None)

    def candidates(self, typed: str, known: LibraryValues, facets: Facets) -> Iterable[Candidate]:
        """Return the values that begin so."""
        del known, facets
        return (
            Candidate(value, value, _(about))
            for value, about in self.values.items()
            if value.startswith(typed)
        )

    def is_unfinished(self, typed: str, known: LibraryValues) -> bool:
        """Whether ``typed`` begins a value."""
        del known
        return _begins_one(typed, self.values)


_VIEWS = {"direct": MentionView(direct=True), "plain": MentionView(names=False)}


class MentionsFilter(ChoiceFilter):
    """``mentions:``, which mentions count for ``city:`` and in counts; a comma joins both values."""

    def fault(self, value: str) -> ValueFault | None:
        """Return what is wrong with a value of which a part is no view."""
        if set(self._parts(value)) <= set(self.values):
            return None
        right = " or ".join(f"{self.name}:{view}" for view in self.values)
        return ValueFault(_(self.unknown).format(value=value, right=right))

    def views(self, value: str) -> list[str]:
        """Return the values that ``value`` joins, in the order of :attr:`values`."""
        parts = self._parts(value)
        return [view for view in self.values if view in parts]

    def view(self, value: str) -> MentionView:
        """Return which mentions ``value`` lets count."""
        view = MentionView()
        for name in self.views(value):
            view = view.narrowed(_VIEWS[name])
        return view

    @staticmethod
    def _parts(value: str) -> list[str]:
        return [part.strip() for part in value.casefold().split(",")]


CITY = CityFilter("city", "city:Harbin", N_("a city, under all its names"))
LANGUAGE = LanguageFilter("lang", "lang:zh", N_("the source's language"))
MENTIONS = MentionsFilter(
    "mentions",
    "mentions:direct",
    N_("which mentions count"),
    dict(zip(_VIEWS, (N_("not of places in a city"), N_("not inside longer names")), strict=True)),
    N_("There are no mentions {value}; write {right}."),
)
SORT = ChoiceFilter(
    "sort",
    "sort:date",
    N_("the order of the passages"),
    {"relevance": N_("best first"), "date": N_("latest first"), "source": N_("as in the library")},
    N_("There is no order {value}; write sort:date, sort:source or sort:relevance."),
)
FILTERS: Mapping[str, QueryFilter] = {
    one.name: one
    for one in (
        CITY,
        LANGUAGE,
        DateFilter("date", "date:2018..2024", N_("when the source was published")),
        SourceFilter("source", "source:report.txt", N_("in a source's path or title")),
        QueryFilter("title", "title:cloud", N_("in its title")),
        AuthorFilter("author", "author:Ouyang", N_("among its authors")),
        QueryFilter("publisher", 'publisher:"China Daily"', N_("in its publisher")),
        SectionFilter("section", "section:Conclusion", N_("in the heading above")),
        MENTIONS,
        SORT,
    )
}
"""All filters by their names, in the order in which they are offered."""


def meant_places(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Return the place that ``name`` means, the most prominent of several, or all places of a composite name.

    The list is empty where no place has the name.
    """
    found = gazetteer.lookup(name)
    if len(found) < 2:
        return found
    readings = gazetteer.readings(fold(name.strip()))
    composite = bool(readings) and all(len(reading.places) > 1 for reading in readings)
    return found if composite else found[:1]


def named_places(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Return the places that :func:`meant_places` finds, of which there is one at least.

    Raises:
        UnknownPlaceError: No place has the name.
    """
    found = meant_places(gazetteer, name)
    if not found:
        raise _unknown_place(name, gazetteer.nearest_names(name))
    return found


def query_name(gazetteer: Gazetteer, place: Place) -> str:
    """Return the name by which a query means ``place`` and no namesake (Suzhou is 苏州 and 宿州)."""
    names = (name for name in (place.name_en, place.name_zh) if name)
    return next((name for name in names if meant_places(gazetteer, name) == [place]), place.id)


def source_name(source: Source) -> str:
    """Return the name of a source in a query: its path, or its id where no filter can hold that."""
    return source.id if '"' in source.path else source.path


def _unknown_place(name: str, near: Sequence[str]) -> UnknownPlaceError:
    return UnknownPlaceError(_("There is no city {name}.").format(name=name), question(near))


def _contains(text: str, part: str) -> bool:
    return fold(part) in fold(text)


def _begins(typed: str, path: str, title: str) -> bool:
    return title.startswith(typed) or path.startswith(typed) or f"/{typed}" in path


def _begins_one(typed: str, values: Collection[str]) -> bool:
    return typed not in values and any(value.startswith(typed) for value in values)
