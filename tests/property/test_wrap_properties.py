"""What holds for wrapping any text at any width."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hubtui.text.cells import NEVER_FIRST, NEVER_LAST, fit, pad, printable, width, wrap

ALPHABET = "ab Cé-—…，。、：；？！）》（《“”‘’「」哈尔滨云计算①か한\u0301\u3000\t\n1%$🙂"
texts = st.text(alphabet=ALPHABET, max_size=80) | st.text(max_size=80)
prose = st.text(alphabet="哈尔滨云计算的冬天cloud ，。（）《》“”", min_size=1, max_size=60)
widths = st.integers(2, 40)


@given(texts, widths)
def test_lines_fit_and_hold_every_character_but_spaces(text: str, cells: int) -> None:
    spans = wrap(text, cells)
    position = 0
    for start, end in spans:
        assert position <= start <= end
        assert not text[position:start].strip()
        assert width(text[start:end]) <= cells
        position = end
    assert not text[position:].strip()


@given(texts, widths)
def test_each_newline_ends_one_line(text: str, cells: int) -> None:
    assert len(wrap(text, cells)) > text.count("\n")
    assert all("\n" not in text[start:end] for start, end in wrap(text, cells))


@given(prose)
def test_no_line_breaks_before_a_closing_or_after_an_opening_sign(text: str) -> None:
    cells = 24
    spans = [span for span in wrap(text, cells) if span[0] < span[1]]
    for (left, end), (start, right) in pairwise(spans):
        # A run of signs wider than the line has no lawful break, and spaces are always one.
        if end == start and width(text[left:right].strip(ALPHABET[:5])) < cells:
            assert text[start] not in NEVER_FIRST
            assert text[end - 1] not in NEVER_LAST


@given(texts)
def test_printable_text_is_stable_and_as_wide_as_measured(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    assert width(shown) == width(text)
    assert "\n" not in shown


@given(texts, st.integers(0, 30))
def test_fitting_never_exceeds_and_padding_hits_the_width(text: str, cells: int) -> None:
    assert width(fit(text, cells)) <= cells
    assert width(pad(text, cells)) == cells
