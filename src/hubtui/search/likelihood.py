"""Dunning's log-likelihood ratio: how surely two shares differ."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

SURE = 10.83
"""A higher score comes about by chance once in a thousand times (chi-squared, one degree of freedom)."""

LIKELY = 6.63
"""A higher score comes about by chance once in a hundred times."""

Floats = NDArray[np.float64]


def log_likelihood(one: ArrayLike, ones: ArrayLike, other: ArrayLike, others: ArrayLike) -> Floats:
    """Give G² (−2 log λ) for ``one`` of ``ones`` against ``other`` of ``others``, element by element.

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


def _entropy(counts: Floats) -> Floats:
    """Give x log x, 0 for 0."""
    return counts * np.log(np.where(counts > 0, counts, 1.0))
