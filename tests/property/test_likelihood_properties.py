"""What holds of the log-likelihood ratio whatever the counts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.analysis.keyness import log_likelihood

sizes = st.integers(min_value=1, max_value=1_000_000)
shares = st.floats(min_value=0, max_value=1)


def score(one: int, ones: int, other: int, others: int) -> float:
    return float(log_likelihood(one, ones, other, others))


@given(sizes, shares, sizes, shares)
def test_sides_and_having_can_be_swapped(ones: int, share: float, others: int, other_share: float) -> None:
    one, other = int(ones * share), int(others * other_share)
    found = score(one, ones, other, others)
    assert found >= 0
    assert score(other, others, one, ones) == pytest.approx(found, rel=1e-6, abs=1e-4)
    assert score(ones - one, ones, others - other, others) == pytest.approx(found, rel=1e-6, abs=1e-4)


@given(st.integers(1, 1000), shares, st.integers(1, 1000), shares)
def test_twice_the_evidence_is_twice_the_score(
    ones: int, share: float, others: int, other_share: float
) -> None:
    one, other = int(ones * share), int(others * other_share)
    twice = score(2 * one, 2 * ones, 2 * other, 2 * others)
    assert twice == pytest.approx(2 * score(one, ones, other, others), rel=1e-6, abs=1e-6)
