"""Which passages may have a quotation: the index says where its rarest words stand together."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hubtui.index.engine import Field
from hubtui.search.snapshot import Snapshot
from hubtui.text.tokens import gram_tokens, units, word_tokens

Slots = NDArray[np.int64]
Term = tuple[Field, str]


class Counted(NamedTuple):
    """A term of a quotation.

    Attributes:
        passages: How many passages hold it.
        term: Its field and form.
        whole: Whether a passage with the quotation must hold it.
    """

    passages: int
    term: Term
    whole: bool


_COUNTED = 40
"""Terms of a quotation that are looked up; of a long one, evenly spaced ones."""
_FEW = 8
"""Passages that need not be narrowed down further."""
_LEAST_JOINED = 3
_VOTING = 20
"""The rarest terms, which vote on the passages that resemble a quotation."""


class Candidates:
    """Finds candidates in one state of a library."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Look in ``snapshot``."""
        self._snapshot = snapshot

    def terms(self, stretches: Iterable[str]) -> list[Counted]:
        """Give the terms of some stretches of text, the rarest first."""
        known: dict[Term, bool] = {}
        for text in stretches:
            for term, whole in _terms(text):
                known[term] = whole or known.get(term, False)
        chosen = list(known)
        if len(chosen) > _COUNTED:
            chosen = [chosen[at * len(chosen) // _COUNTED] for at in range(_COUNTED)]
        count = self._snapshot.reader.count
        return sorted(Counted(count(*term), term, known[term]) for term in chosen)

    def having_all(self, terms: Sequence[Counted]) -> Slots:
        """Give the slots of the passages that hold all the whole terms, or a little more than these."""
        whole = [counted for counted in terms if counted.whole] or terms
        if not whole or not whole[0].passages:
            return np.zeros(0, np.int64)
        mask = self._snapshot.live.copy()
        for joined, counted in enumerate(whole, 1):
            mask &= self._snapshot.reader.having(*counted.term)
            if joined >= _LEAST_JOINED and np.count_nonzero(mask) <= _FEW:
                break
        return np.flatnonzero(mask)

    def resembling(self, terms: Sequence[Counted], most: int) -> Slots:
        """Give the slots of the passages that hold most of the rare terms, the best first."""
        snapshot = self._snapshot
        votes = np.zeros(len(snapshot.live), np.float32)
        for counted in [counted for counted in terms if counted.passages][:_VOTING]:
            weight = math.log(1 + len(votes) / counted.passages)
            votes[np.flatnonzero(snapshot.reader.having(*counted.term))] += weight
        votes[~snapshot.live] = 0
        chosen = np.flatnonzero(votes)
        if len(chosen) > most:
            chosen = chosen[np.argpartition(votes[chosen], -most)[-most:]]
        return chosen[np.argsort(-votes[chosen], kind="stable")]


def _terms(text: str) -> Iterator[tuple[Term, bool]]:
    """Give the pairs of Chinese characters and the stems of words in a text, each with whether it is whole.

    The first and the last word may be cut in two. A compound's own term is left out: where a quotation
    cuts one, the source has another.
    """
    found = list(units(text))
    for unit in found:
        if unit.kind == "word":
            edges = (unit is found[0]) + 2 * (unit is found[-1])
            tokens = list(word_tokens(unit))
            tokens = tokens[1:] if len(tokens) > 1 else tokens
            for token in tokens:
                cut = (edges & 1 and token is tokens[0]) or (edges & 2 and token is tokens[-1])
                yield (Field.WORDS, token.form), not cut
        else:
            tokens = list(gram_tokens(unit))
            pairs = [token.form for token in tokens if token.end - token.start == 2]
            yield from (((Field.GRAMS, form), True) for form in pairs or [token.form for token in tokens])
