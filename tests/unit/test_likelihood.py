"""Dunning's log-likelihood ratio against figures from outside this project."""

import math

import numpy as np
import pytest

from hubtui.analysis.keyness import SURE, log_likelihood


@pytest.mark.parametrize(
    ("both", "first_alone", "second_alone", "neither", "published"),
    [
        (110, 2442, 111, 29114, 270.72),  # the swiss
        (29, 13, 123, 31612, 263.90),  # can be
        (31, 23, 139, 31584, 256.84),  # previous year
        (10, 0, 3, 31764, 167.23),  # mineral water
    ],
)
def test_the_table_of_dunnings_paper(
    both: int, first_alone: int, second_alone: int, neither: int, published: float
) -> None:
    score = log_likelihood(both, both + first_alone, second_alone, second_alone + neither)
    assert float(score) == pytest.approx(published, abs=0.005)


def test_an_example_worked_by_hand() -> None:
    # 8 of 10 against 2 of 10; one share for both would be 10 of 20. G² = 2 Σ seen · ln(seen / expected).
    by_hand = 2 * (8 * math.log(8 / 5) + 2 * math.log(2 / 5) + 2 * math.log(2 / 5) + 8 * math.log(8 / 5))
    assert float(log_likelihood(8, 10, 2, 10)) == pytest.approx(by_hand)


def test_equal_shares_and_empty_sides_say_nothing() -> None:
    scores = log_likelihood([3, 0, 5, 0], [30, 10, 5, 0], [10, 0, 0, 2], [100, 10, 0, 9])
    assert scores.tolist() == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_the_threshold_is_that_of_chi_squared() -> None:
    # The chance that chi-squared with one degree of freedom exceeds x is erfc(sqrt(x / 2)).
    assert math.erfc(math.sqrt(SURE / 2)) == pytest.approx(0.001, abs=1e-5)


def test_works_element_by_element() -> None:
    scores = log_likelihood(np.array([[8, 1], [2, 1]]), [10, 10], [[2, 1], [8, 1]], [10, 10])
    assert scores[0, 0] == pytest.approx(scores[1, 0])
    assert scores[0, 1] == scores[1, 1] == 0
