"""The made-up library, able to count words: what the screens beside the main one ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hubtui.analysis.collocates import Collocate, Collocates
from hubtui.analysis.comparison import Comparison, OtherPlace, SharedWord, Side, joined
from hubtui.analysis.concordance import ConcordanceLine, Sort
from hubtui.analysis.keyness import Keyword, Keywords
from hubtui.core.errors import ComparisonError
from hubtui.core.models import Passage, Place, Source

SIZES = [(160, 50), (120, 36), (80, 24), (60, 20)]
BEIJING = Place("cn:110000", "Beijing", "北京", "province")


@dataclass(frozen=True)
class FakeConcordance:
    """Lines that are all there."""

    made: Sequence[ConcordanceLine | None]
    passages: int
    complete: bool = True
    sort: str = "source"
    repeated: int = 1

    def __len__(self) -> int:
        return len(self.made) * self.repeated

    def lines(self, first: int, last: int) -> Sequence[ConcordanceLine | None]:
        return [self.made[number % len(self.made)] for number in range(first, min(last, len(self)))]

    def sorted(self, sort: str) -> "FakeConcordance":
        return replace(self, made=tuple(reversed(self.made)), sort=sort)


class FakeAnalysis:
    """Counts what a made-up library holds."""

    def __init__(self, fake: Any) -> None:
        self._fake = fake

    def concordance(
        self,
        query: str,
        sort: Sort = "source",
        most: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FakeConcordance:
        del cancelled
        if most is None:
            self._fake.before_whole(query)
        hits = self._fake.search(query, limit=10**6).hits
        lines = [_line(hit.source, hit.passage, span) for hit in hits for span in hit.highlights]
        found = FakeConcordance(lines, len(hits), most is None, repeated=self._fake.repeated)
        return found if sort == "source" else found.sorted(sort)

    def collocates(self, query: str, window: int = 5) -> Collocates:
        del window
        self._fake.asked_near.append(query)
        return Collocates((Collocate("winter", 3, 2, 9, 12.0), Collocate("冬天", 2, 0, 2, 8.0)), 5, 3, 3, 5)

    def compare(self, queries: Sequence[str]) -> Comparison:
        asked = [self._fake.queries.for_city(query) for query in queries]
        if len(set(asked)) < 2:
            raise ComparisonError("1 different queries cannot be compared.", "Give two to four.")
        sides = tuple(_side(self._fake, query) for query in asked)
        every = self._fake.search(joined(asked), limit=1).total
        ones = (1,) * len(sides)
        words = (SharedWord("shared-word", ones, 9.0),)
        return Comparison(sides, joined(asked), every, words, (OtherPlace(BEIJING, ones),))


def analysed(fake: Any) -> Any:
    """Let a made-up library answer what these screens ask."""
    fake.asked_near = []
    fake.repeated = 1
    fake.before_whole = lambda _query: None
    fake.analysis = FakeAnalysis(fake)
    return fake


def _line(source: Source, passage: Passage, span: tuple[int, int]) -> ConcordanceLine:
    return ConcordanceLine(source, passage, span, (0, span[0]), (span[1], len(passage.text)))


def _side(fake: Any, query: str) -> Side:
    found = fake.search(query, limit=10**6)
    sources = {hit.source.id: hit.source for hit in found.hits}
    words = Keywords(found.total, 5, (Keyword(f"word-of-{query[-3:]}", 4, 0, 12.0, over=True, form="w"),), 4)
    label = query.removeprefix("city:")
    return Side(query, label, found.total, tuple((one, 1) for one in sources.values()), (("2021", 2),), words)
