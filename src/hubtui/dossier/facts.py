"""What a dossier is made of: facts about each city, and what another person needs to find them again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hubtui.model import Hit, Place, PlaceCount, Source
from hubtui.search.keywords import Keyword


@dataclass(frozen=True, slots=True)
class Year:
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
    years: Sequence[Year]
    words: Sequence[Keyword]
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


def timeline(sources: Iterable[Source], passages: Mapping[str, int]) -> list[Year]:
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
        Year(year, counted[year], held[year]) for year in sorted(counted, key=lambda year: (not year, year))
    ]


def by_date(hits: Iterable[Hit]) -> list[Hit]:
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
