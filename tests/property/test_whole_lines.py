"""Lines that lie over the borders of other widgets keep their wide characters."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from hubtui.text.cells import width
from hubtui.tui.widgets.choices import WholeStrip

TEXTS = st.lists(st.text("ab 哈尔滨，🏙é", max_size=6), max_size=5)


@given(TEXTS, st.sets(st.integers(1, 40)))
def test_a_line_that_is_cut_anywhere_is_whole_when_put_together(texts: list[str], cuts: set[int]) -> None:
    line = "".join(texts)
    strip = WholeStrip([Segment(text) for text in texts], width(line))
    ends = sorted({cut for cut in cuts if cut < width(line)} | {width(line)})
    parts = strip.divide(ends)
    assert len(parts) == len(ends)
    assert Strip.join(parts).text == line


@given(TEXTS, st.sets(st.integers(1, 40)))
def test_each_part_begins_in_its_column_or_is_empty(texts: list[str], cuts: set[int]) -> None:
    line = "".join(texts)
    strip = WholeStrip([Segment(text) for text in texts], width(line))
    ends = sorted({cut for cut in cuts if cut < width(line)} | {width(line)})
    column = 0
    for start, part in zip([0, *ends], strip.divide(ends), strict=False):
        assert part.cell_length == width(part.text)
        if part.text:
            assert column == start
            column += part.cell_length
    assert column == width(line)
