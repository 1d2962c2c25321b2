"""Answer a question in the other language by what it means: order passages anew, and find further ones.

Only passages in the other language than the question's move, among the places that they have: the passages in
its own language keep theirs. Measured, every way to order these by meaning as well makes answers worse, while
across languages the words' ranking, the likeness of the texts and that of their words together find more than
any of them alone.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hubtui.core.errors import HubtuiError
from hubtui.core.models import Nearness
from hubtui.index.engine import Keys, Mask, Scores
from hubtui.index.store import Store
from hubtui.search.facets import Numbers
from hubtui.search.meaning import SPACE, Likeness, Question, Table, shipped_table
from hubtui.search.parser import Filter, Not, Phrase, Word
from hubtui.search.passage_vectors import PassageVectors
from hubtui.search.planner import Plan
from hubtui.search.snapshot import Snapshot
from hubtui.text.analyzer import units

CANDIDATES = 40
"""Passages that are compared word by word: the first by words, and as many by the likeness of their texts."""
FURTHER = 20
"""Of how many first passages those that no word of the question has found are added, if a word is near."""
RANK_BASE = 10
"""What is added to a rank before its reciprocal is taken: how much the very first count more."""
NEAREST = 3
"""Words that are shown with a passage."""
NEAR = 0.35
"""How close two words must come to be shown."""
TELLING = 1.5
"""What a word of the question must tell for that: what one in a thousand running words does."""
AT_ONCE = 6_000
"""Passages whose vectors are made when they are indexed: some seconds."""
PATIENCE = 0.03
"""Seconds that a question waits for vectors that are missing."""


@dataclass(frozen=True, eq=False, slots=True)
class Fused:
    """What comes of a question by its meaning.

    Attributes:
        slots: The hits, best first.
        scores: Their scores, which only tell the order.
        further: The hits that the words did not find, or far behind, each with the words that came closest.
    """

    slots: Numbers
    scores: Scores
    further: dict[int, tuple[Nearness, ...]]


@dataclass(frozen=True, eq=False, slots=True)
class Foreign:
    """The passages in the other language than a question's.

    Attributes:
        mask: Which they are.
        slots: Their slots, in order.
        close: How close each comes to the question; ``-inf`` for those without a vector.
    """

    mask: Mask
    slots: Numbers
    close: Scores


class MeaningSearch:
    """Finds passages by meaning in one index. Safe to use from several threads."""

    def __init__(self, store: Store, table: Table | None = None) -> None:
        """Look in ``store``; the table is opened when the first question needs it."""
        self._store = store
        self._given = table
        self._lock = threading.Lock()
        self._completing: threading.Thread | None = None

    def fuse(
        self, plan: Plan, snapshot: Snapshot, ranked: tuple[Numbers, Scores], allowed: Mask
    ) -> Fused | None:
        """Order the hits of a question by their meaning too; ``None`` where that changes nothing.

        Args:
            plan: The question.
            snapshot: The state of the library.
            ranked: The hits as the words rank them, best first, with their scores.
            allowed: The passages that meet the query's filters, phrases and exclusions.
        """
        text = " ".join(leaf.text for leaf in plan.texts if isinstance(leaf, Word | Phrase))
        chinese = is_chinese(text)
        foreign = allowed & (~snapshot.chinese if chinese else snapshot.chinese)
        if not foreign.any():
            return None
        table, vectors = self._table, self.vectors
        question = table.question(text) if table else None
        if table is None or vectors is None or question is None:
            return None
        slots = np.flatnonzero(foreign)
        keys: Keys = snapshot.reader.keys[slots]
        if not vectors.complete(keys, PATIENCE):
            self._complete_later(vectors, keys)
        close = vectors.likeness(question.vector, keys)
        return _fused(table, question, snapshot, ranked, Foreign(foreign, slots, close))

    def prepare(self, snapshot: Snapshot, cancelled: Callable[[], bool] | None = None) -> None:
        """Make the vectors that are missing, unless they are so many that questions must do without for long.

        Those of a large library are made in the background once a question is asked that needs them.
        """
        vectors = self.vectors
        if vectors is not None:
            missing = vectors.missing(snapshot.reader.keys[np.flatnonzero(snapshot.live)])
            if len(missing) <= AT_ONCE:
                vectors.complete(missing, cancelled=cancelled)

    @cached_property
    def vectors(self) -> PassageVectors | None:
        """The passages' vectors; None where the table cannot be read."""
        return PassageVectors(self._store, self._table) if self._table else None

    @cached_property
    def _table(self) -> Table | None:
        if self._given is not None:
            return self._given
        with suppress(OSError, HubtuiError):
            return shipped_table()
        return None

    def _complete_later(self, vectors: PassageVectors, keys: Keys) -> None:
        """Go on making vectors while others are answered; what is made is kept as it comes."""
        with self._lock:
            if self._completing is None or not self._completing.is_alive():
                self._completing = threading.Thread(
                    target=self._complete, args=[vectors, keys], name="meaning", daemon=True
                )
                self._completing.start()

    def _complete(self, vectors: PassageVectors, keys: Keys) -> None:
        with suppress(OSError, HubtuiError, sqlite3.Error):  # the library may be closed meanwhile
            vectors.complete(keys, cancelled=lambda: not self._store.is_current())


def is_chinese(text: str) -> bool:
    """Whether a question is asked in Chinese: most of its letters are Chinese characters, or half as many."""
    han = sum(len(unit.text) for unit in units(text) if unit.kind == "han")
    letters = sum(len(unit.text) for unit in units(text) if unit.kind == "word")
    return 2 * han >= letters


def strict_parts(plan: Plan) -> Sequence[Filter | Not | Phrase]:
    """Return the parts of a query that every answer meets."""
    return [part for part in plan.root.nodes if isinstance(part, Filter | Not | Phrase)]


def _fused(
    table: Table, question: Question, snapshot: Snapshot, ranked: tuple[Numbers, Scores], foreign: Foreign
) -> Fused | None:
    by_words, scores = ranked
    here = np.flatnonzero(foreign.mask[by_words])
    candidates = _candidates(by_words[here], foreign)
    texts = snapshot.texts(candidates)
    candidates = np.array([slot for slot in candidates.tolist() if slot in texts], np.int64)
    if not len(candidates):
        return None
    compared = table.compare(question, [texts[slot] for slot in candidates.tolist()])
    word_ranks = np.full(len(snapshot.live), np.inf, np.float32)
    word_ranks[by_words[here]] = np.arange(1, len(here) + 1)
    ranks = word_ranks[candidates]
    summed = 1 / (RANK_BASE + ranks)
    summed += 1 / (RANK_BASE + _ranks(foreign.close[np.searchsorted(foreign.slots, candidates)]))
    summed += 1 / (RANK_BASE + _ranks(np.array([likeness.score for likeness in compared], np.float32)))
    order = np.argsort(-summed, kind="stable")
    first = [at for at in order[:FURTHER].tolist() if ranks[at] > FURTHER]
    near = {at: _nearness(question, compared[at]) for at in first}
    kept = [at for at in order.tolist() if np.isfinite(ranks[at]) or near.get(at)]
    further = {int(candidates[at]): words for at, words in near.items() if at in kept}
    return Fused(*_placed(by_words, scores, here, candidates[kept]), further)


def _candidates(by_words: Numbers, foreign: Foreign) -> Numbers:
    """Return the first passages of the words' ranking, and those whose texts come closest to the question."""
    known = np.flatnonzero(np.isfinite(foreign.close))
    closest = foreign.slots[known[np.argsort(-foreign.close[known], kind="stable")[:CANDIDATES]]]
    first = by_words[:CANDIDATES] if len(known) else by_words[:0]
    return np.concatenate([first, closest[~np.isin(closest, first)]])


def _ranks(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks


def _placed(by_words: Numbers, scores: Scores, here: Numbers, fused: Numbers) -> tuple[Numbers, Scores]:
    """Put passages of the other language in their new order where such passages stood; the rest goes behind.

    Scores stay where they were, so that they go on telling the order.
    """
    rest = by_words[here][~np.isin(by_words[here], fused)]
    ordered = np.concatenate([fused, rest])
    slots = np.concatenate([by_words, np.zeros(len(ordered) - len(here), by_words.dtype)])
    slots[here] = ordered[: len(here)]
    slots[len(by_words) :] = ordered[len(here) :]
    return slots, np.concatenate([scores, np.zeros(len(slots) - len(scores), scores.dtype)])


def _nearness(question: Question, compared: Likeness) -> tuple[Nearness, ...]:
    """Return the words of a passage that come closest to those of a question, the telling ones first."""
    pairs = zip(question.words, question.telling.tolist(), compared.nearest, strict=True)
    found = [
        (weight * close, Nearness(word.lstrip(SPACE), start, end, close))
        for word, weight, (start, end, close) in pairs
        if close >= NEAR and weight >= TELLING
    ]
    found.sort(key=lambda pair: -pair[0])
    return tuple(nearness for _, nearness in found[:NEAREST])
