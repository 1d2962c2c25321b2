"""The dialog that tells about what is under the cursor."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from hubtui.text.cells import pad, printable, width
from hubtui.text.wrap import wrap
from hubtui.tui.about import Fact, Part
from hubtui.tui.safe import content
from hubtui.tui.screens.dialogs import Dialog

_WIDEST_LABEL = 24


_WIDTH, _SHARE, _FRAME = 72, 94, 9
"""Cells of a dialog, its share of the screen in percent at most, and its frame: as in dialogs.tcss."""


class AboutDialog(Dialog):
    """Facts, in parts with headings."""

    def __init__(self, title: str, parts: Sequence[Part]) -> None:
        super().__init__()
        self.heading = title
        self._parts = parts

    def parts(self) -> list[Static]:
        """One text, the labels of each part in one column."""
        cells = min(_WIDTH, self.app.size.width * _SHARE // 100) - _FRAME
        return [Static(Content("\n\n").join(_laid_out(part, cells) for part in self._parts))]


def _laid_out(part: Part, cells: int) -> Content:
    column = min(_WIDEST_LABEL, max((width(fact.label) for fact in part.facts), default=0))
    lines = [content(part.heading, "bold $accent")]
    for fact in part.facts:
        lines += _lines(fact, column, cells)
    return Content("\n").join(lines)


def _lines(fact: Fact, column: int, cells: int) -> list[Content]:
    """Give a fact with its value beside its label, also where that takes several lines."""
    indent = column + 2 if column else 0
    value = printable(fact.value)
    told = f"{value}  {printable(fact.note)}" if fact.note else value
    lines = []
    for start, end in wrap(told, max(10, cells - indent)):
        label = pad(fact.label, column) + "  " if column and not start else " " * indent
        known = content(told[start : max(start, min(end, len(value)))])
        note = content(told[max(start, len(value)) : end], "$quiet italic")
        lines.append(Content.assemble(content(label, "$quiet"), known, note))
    return lines
