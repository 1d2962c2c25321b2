"""Keyness: the words that set some passages apart from others, by Dunning's log-likelihood ratio.

Words are counted in passages, not in occurrences: a word that one passage repeats ten times says less about
a city than one that ten passages have, and each count can be checked by adding the word to the query. They
are compared language by language, and the scores summed: else a set with more English passages than the other
would be distinguished by every English word.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hubtui.analysis.vocabulary import Vocabulary, languages, spread, vocabulary
from hubtui.index.catalog import Catalog
from hubtui.index.engine import Field, Mask
from hubtui.search.snapshot import Snapshot
from hubtui.text.analyzer import is_chinese

SURE = 10.83
"""A higher score comes about by chance once in a thousand times (chi-squared, one degree of freedom)."""

LIKELY = 6.63
"""A higher score comes about by chance once in a hundred times."""

LEAST = 3
"""In so many passages, on both sides together, a word must stand to be counted."""
READ = 1000
"""Of so many passages a side, evenly spread, the words are read; they are counted in all passages."""
COUNTED = 1500
"""So many of the words read, the most promising ones, are counted in all passages."""
_PART = 0.8
"""A word is part of a longer one when so much of its passages have that."""

Counts = NDArray[np.float64]


def log_likelihood(one: ArrayLike, ones: ArrayLike, other: ArrayLike, others: ArrayLike) -> Counts:
    """Return G² (−2 log λ) for ``one`` of ``ones`` against ``other`` of ``others``, element by element.

    The ratio of the likelihoods of two binomial distributions with one share in common and with a share
    each, after T. Dunning, "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19 (1993), 61-74. At least 0; 0 when the shares are equal or one side is empty.

    Args:
        one: How many have it on the first side.
        ones: How many there are on the first side.
        other: How many have it on the second side.
        others: How many there are on the second side.
    """
    a, n, b, m = (np.asarray(values, np.float64) for values in (one, ones, other, others))
    cells = _entropy(a) + _entropy(n - a) + _entropy(b) + _entropy(m - b)
    margins = _entropy(a + b) + _entropy(n + m - a - b) + _entropy(n) + _entropy(m)
    return np.maximum(2 * (cells - margins + _entropy(n + m)), 0.0)


def _entropy(counts: Counts) -> Counts:
    """Return x log x, 0 for 0."""
    return counts * np.log(np.where(counts > 0, counts, 1.0))


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that is more frequent, or rarer, in some passages than in others.

    Attributes:
        word: As it is mostly written in these passages.
        passages: How many of these passages have it, in any of its forms.
        elsewhere: How many of the other passages have it.
        score: Dunning's log-likelihood ratio G²; 6.63 at least, which chance gives once in a hundred words.
        over: Whether it is more frequent here than there; else it is rarer.
        form: As the index stores it: folded, an English word as its stem.
    """

    word: str
    passages: int
    elsewhere: int
    score: float
    over: bool
    form: str

    @property
    def sure(self) -> bool:
        """Whether chance alone gives such a score once in a thousand words at most."""
        return self.score >= SURE


@dataclass(frozen=True, slots=True)
class Keywords:
    """What sets some passages apart from others.

    Attributes:
        passages: How many passages there are.
        elsewhere: How many others they are compared with.
        words: The words, the surest difference first.
        read: Of how many of the passages the words were read.
    """

    passages: int
    elsewhere: int
    words: tuple[Keyword, ...] = ()
    read: int = 0

    @property
    def over(self) -> tuple[Keyword, ...]:
        """The words that are more frequent here."""
        return tuple(word for word in self.words if word.over)


class KeywordFinder:
    """Finds what sets passages apart in one state of a library."""

    def __init__(self, catalog: Catalog, snapshot: Snapshot, leave_out: Callable[[str], bool]) -> None:
        """Compare passages of ``snapshot``, without the words for which ``leave_out`` is true."""
        self._catalog = catalog
        self._snapshot = snapshot
        self._leave_out = leave_out
        self._language, self._languages = languages(snapshot)

    def keywords(self, chosen: Mask, others: Mask) -> Keywords:
        """Return the words that set ``chosen`` apart from ``others``; passages in both count as chosen."""
        chosen, others = chosen & self._snapshot.live, others & ~chosen & self._snapshot.live
        here, there = self._read(chosen), self._read(others)
        forms = self._promising(here, there)
        return Keywords(
            int(np.count_nonzero(chosen)),
            int(np.count_nonzero(others)),
            tuple(self._words(forms, {**there.written, **here.written}, chosen, others)),
            here.passages,
        )

    def _read(self, selected: Mask) -> Vocabulary:
        return vocabulary(self._catalog, self._snapshot, spread(self._snapshot, selected, READ))

    def _promising(self, here: Vocabulary, there: Vocabulary) -> list[str]:
        """Return the words that differ most as far as the passages that were read tell."""
        forms = [form for form in here.holding.keys() | there.holding.keys() if not self._leave_out(form)]
        if len(forms) <= COUNTED:
            return forms
        scores = log_likelihood(
            [here.holding.get(form, 0) for form in forms],
            [here.sized(form) for form in forms],
            [there.holding.get(form, 0) for form in forms],
            [there.sized(form) for form in forms],
        )
        return [forms[number] for number in np.argsort(-scores, kind="stable")[:COUNTED]]

    def _words(
        self, forms: Sequence[str], written: Mapping[str, str], chosen: Mask, others: Mask
    ) -> list[Keyword]:
        if not forms:
            return []
        here, there = self._counted(forms, chosen, others)
        ones, rest = self._sizes(chosen), self._sizes(others)
        scores = log_likelihood(here, ones, there, rest).sum(axis=1)
        # What the set would have if each word were as frequent in it as on both sides together.
        due = ((here + there) * np.divide(ones, ones + rest, where=ones > 0, out=np.zeros_like(ones))).sum(
            axis=1
        )
        found = [
            Keyword(written[form], int(seen), int(elsewhere), float(score), bool(seen > fair), form)
            for form, seen, elsewhere, score, fair in zip(
                forms, here.sum(axis=1), there.sum(axis=1), scores, due, strict=True
            )
            if seen + elsewhere >= LEAST and score >= LIKELY
        ]
        return _without_parts(sorted(found, key=lambda one: (-one.score, one.word)))

    def _counted(self, forms: Sequence[str], chosen: Mask, others: Mask) -> tuple[Counts, Counts]:
        """Count each word in each language, in the chosen passages and in the others."""
        width = self._languages
        here, there = np.zeros((len(forms), width)), np.zeros((len(forms), width))
        for row, form in enumerate(forms):
            slots = self._snapshot.reader.occurrences(Field.WORDS, form).slots
            here[row] = np.bincount(self._language[slots[chosen[slots]]], minlength=width)
            there[row] = np.bincount(self._language[slots[others[slots]]], minlength=width)
        return here, there

    def _sizes(self, selected: Mask) -> Counts:
        return np.bincount(self._language[selected], minlength=self._languages).astype(np.float64)


def _without_parts(found: Sequence[Keyword]) -> list[Keyword]:
    """Drop Chinese words that mostly stand inside a longer one of the list: 发行 beside 发行版."""
    chinese = [one for one in found if is_chinese(one.word)]
    parts = {
        one.word
        for one in chinese
        for other in chinese
        if len(one.word) < len(other.word)
        and one.word in other.word
        and one.over == other.over
        and other.passages + other.elsewhere >= _PART * (one.passages + one.elsewhere)
    }
    return [one for one in found if one.word not in parts]
