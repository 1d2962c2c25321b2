"""Find the passage of a clipping again by its text: in place, moved, edited, or gone."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from hubtui.clippings.model import Clipping
from hubtui.core.i18n import N_
from hubtui.core.models import Passage, Source
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Reader
from hubtui.search.similar import similar_passages
from hubtui.text.analyzer import fold

_CANDIDATES = 16
"""Passages of other sources that are compared with a clipping."""
_ALIKE_HERE = 0.5
"""Similarity from which a passage of the clipping's source is the clipping's, edited."""
_ALIKE_ELSEWHERE = 0.6
"""The same for a passage of another source, where chance has more to choose from."""
_GRAM = 3
"""Characters that are compared at a time."""
_ALL_BUT_THE_SAME = 0.999
_REACH = 100
"""Passages before and after a clipping's place that are compared with it."""
_REMEMBERED = 64
"""Sources whose texts are remembered."""


class PassageState(StrEnum):
    """What became of a clipping's passage."""

    IN_PLACE = N_("in place")
    """It stands where it stood, unchanged."""
    MOVED = N_("moved")
    """It stands elsewhere, unchanged."""
    EDITED = N_("edited")
    """A passage resembles it."""
    GONE = N_("gone")
    """No passage does."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where the passage of a clipping is now.

    Attributes:
        state: What became of it.
        source: The source it is in; ``None`` when it is gone.
        passage: The passage that is or resembles it; ``None`` when it is gone.
        similarity: How much of the text is the same, from 0 (gone) to 1 (unchanged).
    """

    state: PassageState
    source: Source | None = None
    passage: Passage | None = None
    similarity: float = 0.0


_GONE = Relocation(PassageState.GONE)


class Relocator:
    """Locates clippings in one state of a library. The cost grows with the clippings asked for."""

    def __init__(self, catalog: Catalog, reader: Reader, sources: Iterable[Source]) -> None:
        """Search the sources of ``catalog``, and the index for what has left its source."""
        self._catalog = catalog
        self._reader = reader
        self._sources = {source.id: source for source in sources}
        self._ids = {source.path: source.id for source in self._sources.values()}
        self._texts: dict[str, dict[int, str]] = {}
        self._heirs: dict[str, str] = {}

    def locate(self, clipping: Clipping) -> Relocation:
        """Return where a clipping's passage is now."""
        near = [ids[clipping.path] for ids in (self._ids, self._heirs) if clipping.path in ids]
        for source_id in near:
            if same := [key for key, text in self._read(source_id).items() if text == clipping.text]:
                return self._located(clipping, 1.0, same)
        candidates = dict.fromkeys(similar_passages(self._reader, clipping.text, _CANDIDATES))
        for source_id in near:
            candidates |= dict.fromkeys(self._around(clipping, source_id))
        return self._most_alike(clipping, list(candidates), near)

    def _most_alike(self, clipping: Clipping, keys: list[int], near: Collection[str]) -> Relocation:
        texts = self._catalog.texts(keys)
        likeness = TextSimilarity(clipping.text)
        alike = {key: likeness.of(text) for key, text in texts.items()}
        best = max(alike.values(), default=0.0)
        located = self._located(clipping, best, [key for key, value in alike.items() if value == best])
        if located.source is None:
            return located
        if located.source.id in near:
            return located if best >= _ALIKE_HERE else _GONE
        if best < _ALIKE_ELSEWHERE:
            return _GONE
        self._heirs[clipping.path] = located.source.id  # a renamed source takes all its passages along
        return located

    def _located(self, clipping: Clipping, similarity: float, keys: list[int]) -> Relocation:
        """Of equally similar passages, choose the one nearest to the clipping's place."""
        home = self._ids.get(clipping.path)
        passages = self._catalog.passages(keys).values()
        known = [passage for passage in passages if passage.source_id in self._sources]
        if not known:
            return _GONE
        passage = min(
            known,
            key=lambda p: (p.source_id != home, abs(p.number - clipping.number), p.part != clipping.part),
        )
        stays = passage.source_id == home and passage.label == clipping.label
        unchanged = PassageState.IN_PLACE if stays else PassageState.MOVED
        state = unchanged if similarity == 1 else PassageState.EDITED
        return Relocation(state, self._sources[passage.source_id], passage, similarity)

    def _read(self, source_id: str) -> dict[int, str]:
        """Read the texts of a source by key, in their order; those read lately are remembered."""
        if source_id not in self._texts:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            keys = self._catalog.keys(source_id)
            texts = self._catalog.texts(keys)
            self._texts[source_id] = {key: texts[key] for key in keys if key in texts}
        return self._texts[source_id]

    def _around(self, clipping: Clipping, source_id: str) -> list[int]:
        """Return the keys of the passages around a clipping's former place."""
        first = max(0, clipping.number - _REACH)
        return list(self._read(source_id))[first : clipping.number + _REACH]


class TextSimilarity:
    """How alike texts are to one text: what they share of each other's runs of three characters, folded."""

    def __init__(self, text: str) -> None:
        """Compare with ``text``."""
        self._text = text
        self._grams = _grams(text)

    def of(self, other: str) -> float:
        """Return Dice's coefficient, from 0 to 1; only the text itself has 1."""
        if other == self._text:
            return 1.0
        grams = _grams(other)
        total = self._grams.total() + grams.total()
        return min(_ALL_BUT_THE_SAME, 2 * (self._grams & grams).total() / total)


def _grams(text: str) -> Counter[str]:
    padded = f"\n{fold(text)}\n"
    return Counter(padded[at : at + _GRAM] for at in range(len(padded) - _GRAM + 1))
