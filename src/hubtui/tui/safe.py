"""The one way from a text to something Textual draws.

A plain ``str`` given to a widget is read as markup, so that ``[A]`` vanishes and ``[/]`` crashes. Whatever
comes from a source, a file name or the user goes through :func:`content` (for widgets and titles) or
:func:`segments` (for lines made on demand).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from hubtui.text.cells import printable


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, by code points, that is drawn in a style of its own."""

    start: int
    end: int
    style: Style


def content(text: str, style: str = "") -> Content:
    """Give ``text`` as data: nothing in it is markup or a control code. Line ends are kept."""
    return Content.styled("\n".join(printable(line) for line in text.splitlines()), style)


def segments(text: str, start: int, end: int, base: Style, marks: Iterable[Mark] = ()) -> list[Segment]:
    """Give ``text[start:end]`` as segments, each mark's style over ``base``, later marks over earlier."""
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
