"""Which passages may have a quotation: the index says where its rarest words stand together."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hubtui.index.engine import Field
from hubtui.search.snapshot import Snapshot
from hubtui.text.tokens import gram_tokens, units, word_tokens

Slots = NDArray[np.int64]
Term = tuple[Field, str]

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

    def terms(self, stretches: Iterable[str]) -> list[tuple[int, Term]]:
        """Give terms that any passage with these stretches of text holds, the rarest first.

        Each comes with the number of passages that hold it.
        """
        known = list(dict.fromkeys(term for text in stretches for term in _terms(text)))
        if len(known) > _COUNTED:
            known = [known[at * len(known) // _COUNTED] for at in range(_COUNTED)]
        reader = self._snapshot.reader
        return sorted((reader.count(field, term), (field, term)) for field, term in known)

    def having_all(self, terms: Sequence[tuple[int, Term]]) -> Slots:
        """Give the slots of the passages that hold all the terms, or a little more than these."""
        if not terms or not terms[0][0]:
            return np.zeros(0, np.int64)
        mask = self._snapshot.live.copy()
        for joined, (_, (field, term)) in enumerate(terms, 1):
            mask &= self._snapshot.reader.having(field, term)
            if joined >= _LEAST_JOINED and np.count_nonzero(mask) <= _FEW:
                break
        return np.flatnonzero(mask)

    def resembling(self, terms: Sequence[tuple[int, Term]], most: int) -> Slots:
        """Give the slots of the passages that hold most of the rare terms, the best first."""
        snapshot = self._snapshot
        votes = np.zeros(len(snapshot.live), np.float32)
        for count, (field, term) in [found for found in terms if found[0]][:_VOTING]:
            weight = math.log(1 + len(votes) / count)
            votes[np.flatnonzero(snapshot.reader.having(field, term))] += weight
        votes[~snapshot.live] = 0
        chosen = np.flatnonzero(votes)
        if len(chosen) > most:
            chosen = chosen[np.argpartition(votes[chosen], -most)[-most:]]
        return chosen[np.argsort(-votes[chosen], kind="stable")]


def _terms(text: str) -> Iterable[Term]:
    """Give the pairs of Chinese characters and the stems of words that a text holds whole.

    A compound's own term is left out: where a quotation cuts one, the source has another.
    """
    for unit in units(text):
        if unit.kind == "word":
            tokens = list(word_tokens(unit))
            yield from ((Field.WORDS, token.form) for token in (tokens[1:] if len(tokens) > 1 else tokens))
        else:
            tokens = list(gram_tokens(unit))
            pairs = [token.form for token in tokens if token.end - token.start == 2]
            yield from ((Field.GRAMS, form) for form in pairs or [token.form for token in tokens])
