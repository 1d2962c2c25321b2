"""Two to four sets of passages side by side: what sets each apart, and what they share."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hubtui.analysis.keyness import KeywordFinder, Keywords
from hubtui.analysis.vocabulary import own_words
from hubtui.core.models import Place, Source
from hubtui.index.catalog import Catalog
from hubtui.places import Gazetteer
from hubtui.search.facets import place_counts
from hubtui.search.filters import MentionView
from hubtui.search.parser import Filter, parse
from hubtui.search.searcher import Selection

FEWEST, MOST = 2, 4
"""How many queries can be compared."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the queries that are compared.

    Attributes:
        query: The query.
        label: The names of its city where it asks for nothing else, or the query.
        passages: How many passages it selects.
        sources: The sources they are in, each with how many of them, most first.
        years: The years of these sources with how many passages, in order; ``""`` for no date comes last.
        words: What sets its passages apart from those of the other queries.
    """

    query: str
    label: str
    passages: int
    sources: tuple[tuple[Source, int], ...]
    years: tuple[tuple[str, int], ...]
    words: Keywords


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that sets all sides apart from the rest of the library.

    Attributes:
        word: As it is mostly written.
        passages: For each side, how many of its passages have it.
        score: The lowest of its log-likelihood ratios.
    """

    word: str
    passages: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place that the passages mention beside those that are compared.

    Attributes:
        place: The place.
        passages: For each side, how many of its passages mention the place itself.
    """

    place: Place
    passages: tuple[int, ...]

    @property
    def shared(self) -> bool:
        """Whether the passages of every side mention it."""
        return all(self.passages)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Queries side by side.

    Attributes:
        sides: The queries, as they were given.
        query: Selects the passages that every one of them selects.
        passages: How many these are.
        words: What the sides share against the rest of the library, the surest first.
        places: The other places that they mention, shared ones first.
    """

    sides: tuple[Side, ...]
    query: str
    passages: int
    words: tuple[SharedWord, ...]
    places: tuple[OtherPlace, ...]


def compare(
    queries: Sequence[str], selections: Sequence[Selection], catalog: Catalog, gazetteer: Gazetteer
) -> Comparison:
    """Compare what queries select.

    A passage of several sides counts for each; what sets a side apart is counted against the passages of the
    others that are not its own.
    """
    snapshot = selections[0].snapshot
    masks = [selection.passages for selection in selections]
    comparer = KeywordFinder(catalog, snapshot, own_words(selections, catalog, gazetteer))
    union = np.logical_or.reduce(masks)
    sides = [
        _side(query, selection, comparer.keywords(selection.passages, union), gazetteer)
        for query, selection in zip(queries, selections, strict=True)
    ]
    rest = snapshot.live & ~union
    against = [comparer.keywords(mask, rest) for mask in masks]
    common = np.logical_and.reduce(masks)
    return Comparison(
        tuple(sides),
        joined(queries),
        int(np.count_nonzero(common)),
        _shared_words(against),
        _other_places(selections, gazetteer),
    )


def joined(queries: Sequence[str]) -> str:
    """Return a query for the passages that all of ``queries`` select."""
    parts = []
    for query in queries:
        whole = re.sub(r'["“”„«»()（）]', " ", query).strip() if parse(query).faults else query.strip()
        parts.append(f"({whole})" if re.search(r"\s", whole) else whole)
    return " ".join(parts)


def _side(query: str, selection: Selection, words: Keywords, gazetteer: Gazetteer) -> Side:
    snapshot = selection.snapshot
    counts = np.bincount(snapshot.source[selection.passages], minlength=len(snapshot.sources))
    found = [(snapshot.sources[at], int(counts[at])) for at in map(int, np.flatnonzero(counts))]
    years: Counter[str] = Counter()
    for source, count in found:
        years[source.date[:4]] += count
    return Side(
        query,
        _label(query, selection, gazetteer),
        int(counts.sum()),
        tuple(sorted(found, key=lambda pair: -pair[1])),
        tuple(sorted(years.items(), key=lambda pair: (not pair[0], pair[0]))),
        words,
    )


def _label(query: str, selection: Selection, gazetteer: Gazetteer) -> str:
    nodes, places = selection.plan.root.nodes, [gazetteer.place(place_id) for place_id in selection.places]
    if len(nodes) == len(places) == 1 and isinstance(nodes[0], Filter) and places[0] is not None:
        return " ".join(dict.fromkeys(filter(None, (places[0].name_en, places[0].name_zh))))
    return query


def _shared_words(found: Sequence[Keywords]) -> tuple[SharedWord, ...]:
    by_form = [{word.form: word for word in one.over} for one in found]
    shared = [
        SharedWord(
            by_form[0][form].word,
            tuple(words[form].passages for words in by_form),
            min(words[form].score for words in by_form),
        )
        for form in by_form[0]
        if all(form in words for words in by_form)
    ]
    return tuple(sorted(shared, key=lambda one: (-one.score, one.word)))


def _other_places(selections: Sequence[Selection], gazetteer: Gazetteer) -> tuple[OtherPlace, ...]:
    """Count the places that the sides mention, but for theirs, what lies in these and what they lie in."""
    own = {place_id for selection in selections for place_id in selection.places}
    own |= {
        other for place_id in own for other in (*gazetteer.ancestors(place_id), *gazetteer.within(place_id))
    }
    places: dict[str, Place] = {}
    counts: list[dict[str, int]] = []
    for selection in selections:
        found = place_counts(
            selection.snapshot.mentioned, selection.passages, gazetteer, MentionView(direct=True)
        )
        places |= {one.place.id: one.place for one in found}
        counts.append({one.place.id: one.passages for one in found})
    others = [
        OtherPlace(place, tuple(of_side.get(place_id, 0) for of_side in counts))
        for place_id, place in places.items()
        if place_id not in own
    ]
    return tuple(sorted(others, key=lambda one: (-min(one.passages), -sum(one.passages), one.place.id)))
