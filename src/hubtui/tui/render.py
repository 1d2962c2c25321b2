"""The one way from a text to something Textual draws.

A plain ``str`` given to a widget is read as markup, so that ``[A]`` vanishes and ``[/]`` crashes. Whatever
comes from a source, a file name or the user goes through :func:`content` (for widgets and titles) or
:func:`segments` (for lines made on demand).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from hubtui.text.cells import line_starts, printable, width, wrap

if TYPE_CHECKING:
    from hubtui.core.models import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, by code points, that is drawn in a style of its own."""

    start: int
    end: int
    style: Style


def content(text: str, style: str = "") -> Content:
    """Return ``text`` as data: nothing in it is markup or a control code. Line ends are kept."""
    return Content.styled("\n".join(printable(line) for line in text.splitlines()), style)


def segments(text: str, start: int, end: int, base: Style, marks: Iterable[Mark] = ()) -> list[Segment]:
    """Return ``text[start:end]`` as segments, each mark's style over ``base``, later marks over earlier."""
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in over:
        cuts.update((max(mark.start, start), min(mark.end, end)))
    edges = sorted(cuts)
    return [
        Segment(printable(text[left:right]), _style_at(left, base, over)) for left, right in pairwise(edges)
    ]


def _style_at(offset: int, base: Style, marks: Sequence[Mark]) -> Style:
    style = base
    for mark in marks:
        if mark.start <= offset < mark.end:
            style += mark.style
    return style


_SAMPLE = 200
"""Code points that tell how wide a text's characters are."""


def snippet(
    text: str, highlights: Sequence["Span"], cells: int, lines: int, marked: Style
) -> list[list[Segment]]:
    """Return the ``lines`` lines of ``text`` with the most matches; ``…`` stands for what is cut."""
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
    """Return the highlights from the densest stretch of matches on."""
    if len(highlights) < 2:
        return highlights
    from hubtui.search.highlights import densest  # after the first paint

    sample = text[:_SAMPLE]
    start, _ = densest(text, highlights, cells * len(sample) // max(1, width(sample)))
    return [span for span in highlights if span[0] >= start] or highlights


def _start(text: str, highlights: Sequence["Span"], cells: int, lines: int) -> int:
    """Return where to begin so that the first highlight shows with some words before it."""
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
