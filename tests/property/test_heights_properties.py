"""Heights with corrections, beside a plain list."""

from hypothesis import given
from hypothesis import strategies as st

from hubtui.tui.widgets.page import Heights

heights = st.lists(st.integers(0, 9), min_size=1, max_size=70)


@given(heights, st.lists(st.tuples(st.integers(0, 69), st.integers(0, 9))))
def test_tops_and_total_are_sums_whatever_is_corrected(
    plain: list[int], corrections: list[tuple[int, int]]
) -> None:
    made = Heights(plain)
    for block, height in corrections:
        if block < len(plain):
            made[block] = plain[block] = height
    assert made.total == sum(plain)
    assert [made.top(block) for block in range(len(plain))] == made.tops()
    assert made.tops() == [sum(plain[:block]) for block in range(len(plain))]
    assert [made[block] for block in range(len(made))] == plain


@given(heights.filter(any))
def test_every_line_belongs_to_one_block(plain: list[int]) -> None:
    made = Heights(plain)
    expected = [(block, line) for block, height in enumerate(plain) for line in range(height)]
    assert [made.find(line) for line in range(made.total)] == expected
    assert made.find(-5) == expected[0]
    assert made.find(made.total + 5) == expected[-1]
