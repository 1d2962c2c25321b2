"""The list of clippings: source and passage, the words that were lit up, and what the user said."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.text.cells import fit, pad, width
from hubtui.tui.render import snippet
from hubtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation

_ROOMY = 24
"""From this height on, a blank line separates clippings."""
BLOCK = 50
"""Clippings that are located at a time."""


class ClippingList(Rows):
    """Clippings, located as they come into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--warning"}
    row_height = 3
    recolours = False

    @dataclass
    class Unlocated(Message):
        """Clippings from ``offset`` on came into view, and it is not known where their passages are."""

        offset: int

    class Moved(Message):
        """The cursor is on another clipping."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self.items: Sequence[Clipping] = ()
        self._located: dict[str, Relocation] = {}
        self._asked: int | None = None

    @property
    def clipping(self) -> "Clipping | None":
        """The clipping under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def located(self) -> "Relocation | None":
        """Where its passage is now, as far as that is known."""
        return self._located.get(self.clipping.id) if self.clipping else None

    def answer(self, items: "Sequence[Clipping]", stay_on: str | None) -> None:
        """Show these clippings, with the cursor on the one with an id, else where it was."""
        index = next((at for at, item in enumerate(items) if item.id == stay_on), self.cursor)
        self.items, self._asked = items, None
        self.show(len(items), index)
        self.moved()

    def forget(self) -> None:
        """Take what is known of where passages are for outdated."""
        self._located.clear()

    def learn(self, located: "Mapping[str, Relocation]") -> None:
        """Take in where passages are now."""
        self._located.update(located)
        self._asked = None
        self.repaint()
        self.moved()

    def on_resize(self) -> None:
        """More room, more air."""
        self.row_height = 3 + (self.size.height >= _ROOMY)
        super().on_resize()

    def moved(self) -> None:
        """Post that the cursor has moved."""
        self.post_message(self.Moved())

    def paint(self, index: int, cells: int) -> list[Line]:
        """The source with what became of it, the words that were lit up, the note and tags."""
        clipping = self.items[index]
        flag, number = self._flag(index), f" ¶{clipping.label}"
        room = max(0, cells - width(flag) - width(number))
        head = [
            Segment(pad(fit(clipping.source.label, room), room), self.style("strong")),
            Segment(flag, self.style("warning")),
            Segment(number, self.style("quiet")),
        ]
        message = self._note_line(clipping, cells)
        lines = snippet(clipping.text, clipping.highlights, cells, 1 if message else 2, self.style("match"))
        return [head, *lines, message] if message else [head, *lines]

    def _flag(self, index: int) -> str:
        """Say what became of a passage that is not in its place."""
        located = self._located.get(self.items[index].id)
        if located is None:
            offset = index // BLOCK * BLOCK
            if offset != self._asked:
                self._asked = offset
                self.post_message(self.Unlocated(offset))
            return ""
        return "" if located.state == "in place" else f" {_(located.state)}"

    def _note_line(self, clipping: "Clipping", cells: int) -> Line:
        tags = " ".join(f"#{tag}" for tag in clipping.tags)
        shown = fit(tags, cells)
        line = [Segment(shown, self.style("accent"))] if tags else []
        rest = cells - width(shown) - 2 if tags else cells
        note = " ".join(clipping.note.split())
        if note and rest > 4:
            line.append(Segment(("  " if tags else "") + fit(note, rest), self.style("quiet")))
        return line
