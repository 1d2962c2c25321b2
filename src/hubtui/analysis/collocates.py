"""The words that stand near what a query matches, by log-likelihood.

Occurrences are counted here, unlike in :mod:`hubtui.analysis.keyness`: a word is compared in a window of
words around each match with all other occurrences in the library, language by language.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hubtui.analysis.keyness import LIKELY, log_likelihood
from hubtui.analysis.vocabulary import languages, spread
from hubtui.core.models import Passage, Span
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Field
from hubtui.search.searcher import Selection
from hubtui.text.analyzer import Token, is_telling, running_words

WINDOW = 5
"""Words on each side of a match that are near it, as is usual (Sinclair 1991 has four, AntConc five)."""
LEAST = 2
"""So often a word must stand near a match to be counted."""
READ = 1500
"""So many passages, evenly spread, are read."""

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word that stands near the matches more often than chance would have it.

    Attributes:
        word: As it is mostly written there.
        near: How often it stands near a match.
        left: How often of these before the nearest match.
        library: How often the library has it in all.
        score: Dunning's log-likelihood ratio G².
    """

    word: str
    near: int
    left: int
    library: int
    score: float

    @property
    def right(self) -> int:
        """How often it stands behind the nearest match."""
        return self.near - self.left


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words near the matches of a query.

    Attributes:
        words: The words, the surest first.
        matches: How many matches were looked at.
        read: In how many passages they are.
        passages: How many passages the query selects.
        window: How many words on each side are near.
    """

    words: tuple[Collocate, ...]
    matches: int
    read: int
    passages: int
    window: int


@dataclass(slots=True)
class _Found:
    """What was found near a word."""

    near: Counter[int]
    left: int
    written: Counter[str]


def collocates(
    selection: Selection, catalog: Catalog, leave_out: Callable[[str], bool], window: int = WINDOW
) -> Collocates:
    """Count the words near what a query matches.

    Args:
        selection: What the query selects.
        catalog: Where the passages are.
        leave_out: Tells the words that are not wanted.
        window: How many words on each side of a match are near it; 1 at least.
    """
    snapshot = selection.snapshot
    slots = spread(snapshot, selection.passages, READ)
    keys = [int(snapshot.reader.keys[slot]) for slot in slots]
    passages = catalog.passages(keys)
    language, width = languages(snapshot)
    found: dict[str, _Found] = {}
    near, running, indexed = np.zeros(width), np.zeros(width), np.zeros(width)
    matches, lengths = 0, snapshot.reader.lengths(Field.WORDS)
    for slot, key in zip(slots, keys, strict=True):
        passage = passages.get(key)
        if passage is None:
            continue
        spans, words = selection.highlighter.spans(passage), running_words(passage.text)
        beside = near_words(words, spans, max(1, window))
        matches += len(spans)
        tag = int(language[slot])
        near[tag] += len(beside)
        running[tag] += len(words)
        indexed[tag] += lengths[slot]
        _note(found, passage, beside, tag)
    sizes = np.bincount(language[snapshot.live], lengths[snapshot.live], width)
    # The index also counts the words inside of words; a reader does not.
    sizes *= np.divide(running, indexed, where=indexed > 0, out=np.ones(width))
    wanted = {
        form: seen for form, seen in found.items() if sum(seen.near.values()) >= LEAST and not leave_out(form)
    }
    words_ = _scored(selection, wanted, near, np.maximum(sizes, near))
    return Collocates(
        tuple(words_), matches, len(passages), int(np.count_nonzero(selection.passages)), window
    )


def near_words(words: Sequence[Token], spans: Sequence[Span], window: int) -> dict[int, bool]:
    """Return the positions of the words near the spans, each with whether it stands before the nearest one.

    Words that a span touches are no neighbours, and each word counts once.
    """
    starts, ends = [word.start for word in words], [word.end for word in words]
    found: dict[int, tuple[int, bool]] = {}
    touched: set[int] = set()
    for start, end in spans:
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        touched.update(range(first, last))
        for step in range(1, window + 1):
            for place, before in ((first - step, True), (last + step - 1, False)):
                if 0 <= place < len(words) and step < found.get(place, (window + 1, False))[0]:
                    found[place] = step, before
    return {place: before for place, (_, before) in found.items() if place not in touched}


def _note(found: dict[str, _Found], passage: Passage, beside: dict[int, bool], tag: int) -> None:
    words = running_words(passage.text)
    for place, before in beside.items():
        form, start, end = words[place]
        if is_telling(form):
            seen = found.setdefault(form, _Found(Counter(), 0, Counter()))
            seen.near[tag] += 1
            seen.left += before
            seen.written[passage.text[start:end]] += 1


def _scored(selection: Selection, found: dict[str, _Found], near: Counts, sizes: Counts) -> list[Collocate]:
    snapshot, width = selection.snapshot, len(near)
    language, _ = languages(snapshot)
    seen, total = np.zeros((len(found), width)), np.zeros((len(found), width))
    for row, (form, one) in enumerate(found.items()):
        seen[row] = [one.near[tag] for tag in range(width)]
        at = snapshot.reader.occurrences(Field.WORDS, form)
        known = snapshot.live[at.slots]
        total[row] = np.bincount(language[at.slots[known]], at.counts[known], width)
    total = np.maximum(total, seen)
    elsewhere = np.minimum(total - seen, sizes - near)
    scores = log_likelihood(seen, near, elsewhere, sizes - near).sum(axis=1)
    due = (total * np.divide(near, sizes, where=sizes > 0, out=np.zeros(width))).sum(axis=1)
    words = [
        Collocate(
            max(one.written.items(), key=lambda way: (way[1], way[0]))[0],
            sum(one.near.values()),
            one.left,
            int(total[row].sum()),
            float(scores[row]),
        )
        for row, one in enumerate(found.values())
        if scores[row] >= LIKELY and seen[row].sum() > due[row]
    ]
    return sorted(words, key=lambda one: (-one.score, one.word))
