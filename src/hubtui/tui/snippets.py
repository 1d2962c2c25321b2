"""The few lines of a passage that show why it was found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from hubtui.text.cells import width
from hubtui.text.wrap import line_starts, wrap
from hubtui.tui.safe import Mark, segments

if TYPE_CHECKING:
    from hubtui.core.models import Span

_SAMPLE = 200
"""Code points that tell how wide a text's characters are."""


def snippet(
    text: str, highlights: Sequence["Span"], cells: int, lines: int, marked: Style
) -> list[list[Segment]]:
    """Give at most ``lines`` lines of ``text`` that hold most of what matched; ``…`` stands for the rest."""
    start = _start(text, _densest(text, highlights, cells * lines), cells, lines)
    lead = "…" if start else ""
    # Two code points a cell leave room for combining marks; what lies beyond cannot be seen.
    shown = lead + text[start : start + 2 * cells * lines]
    shift = start - len(lead)
    marks = [Mark(max(left - shift, len(lead)), right - shift, marked) for left, right in highlights]
    spans = wrap(shown, cells)
    painted = [segments(shown, left, right, Style(), marks) for left, right in spans[:lines]]
    if len(spans) > lines or start + len(shown) - len(lead) < len(text):
        left, right = spans[len(painted) - 1]
        right = left + wrap(shown[left:right], cells - 1)[0][1]
        painted[-1] = [*segments(shown, left, right, Style(), marks), Segment("…", Style())]
    return painted


def _densest(text: str, highlights: Sequence["Span"], cells: int) -> Sequence["Span"]:
    """Give the highlights from where most of what matched stands together."""
    if len(highlights) < 2:
        return highlights
    from hubtui.search.highlights import densest  # after the first paint

    sample = text[:_SAMPLE]
    start, _ = densest(text, highlights, cells * len(sample) // max(1, width(sample)))
    return [span for span in highlights if span[0] >= start] or highlights


def _start(text: str, highlights: Sequence["Span"], cells: int, lines: int) -> int:
    """Give where to begin, so that the first of these highlights is seen with some words before it."""
    if not highlights:
        return 0
    left, right = highlights[0]
    opening = wrap(text[: right + cells], cells)[:lines]
    if right <= opening[-1][1]:
        return 0
    nearest = max(0, left - cells)
    starts = (nearest + start for start in line_starts(text[nearest : left + 1]))
    # The first start may be inside a word, where the text was cut.
    near = (start for start in starts if start > nearest and width(text[start:left]) <= cells // 2)
    return next(near, left)
