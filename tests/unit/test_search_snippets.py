"""The densest window of a long passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.search.highlights import densest

TEXT = (
    "The city has many parks. Cloud is named once here and then for long nothing else of any use follows. "
    "Tax breaks help cloud computing. Cloud, cloud, cloud, it says at the end of this long paragraph."
)


def _spans(*words: str) -> list[tuple[int, int]]:
    found = []
    for word in words:
        start = TEXT.lower().find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = TEXT.lower().find(word, start + 1)
    return sorted(found)


@pytest.mark.parametrize(
    ("words", "size", "begins"),
    [
        (("cloud", "tax"), 60, "Tax breaks help cloud"),
        (("cloud",), 60, "Tax breaks help cloud computing."),
        (("parks",), 50, "The city has many parks."),
        ((), 20, "The city has many pa"),
    ],
)
def test_shows_most_of_what_matched(words: tuple[str, ...], size: int, begins: str) -> None:
    start, end = densest(TEXT, _spans(*words), size)
    assert TEXT[start:end].startswith(begins)
    assert end - start <= size


def test_a_short_passage_is_shown_whole() -> None:
    assert densest("云计算的发展", [(0, 3)], 100) == (0, 6)


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 79), st.integers(1, 9)), max_size=6))
def test_the_window_lies_in_the_text_and_keeps_a_highlight(text: str, at: list[tuple[int, int]]) -> None:
    spans = sorted({(start, start + size) for start, size in at if start + size <= len(text)})
    start, end = densest(text, spans, 12)
    assert 0 <= start <= end <= len(text)
    assert end - start <= 12
    assert not spans or any(start <= left and right <= end for left, right in spans)
