"""Words or cities with counts beside them, in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from hubtui.text.cells import fit, pad, width
from hubtui.tui.widgets.rows import Line, Rows

_GAP = 2


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A row of a table of counts.

    Attributes:
        text: The word, or the city's names.
        counts: What is counted of it, a column each; ``""`` leaves one empty.
        word: What it adds to a query.
        strong: Whether it stands out.
    """

    text: str
    counts: tuple[str, ...]
    word: str
    strong: bool = False


class TallyList(Rows):
    """A table of counts with a cursor; what the columns are, its frame says."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._tallies: Sequence[TallyRow] = ()

    @property
    def tally(self) -> TallyRow | None:
        """The row under the cursor."""
        return self._tallies[self.cursor] if self.cursor < len(self._tallies) else None

    def answer(self, tallies: Sequence[TallyRow]) -> None:
        """Show rows; the cursor keeps its place among them."""
        self._tallies = tallies
        self.show(len(tallies), self.cursor)

    def moved(self) -> None:
        """Nothing follows the cursor."""

    def paint(self, index: int, cells: int) -> list[Line]:
        """The text, and its counts to the right."""
        tally = self._tallies[index]
        sizes = self._sizes()
        room = max(4, cells - sum(sizes) - _GAP * len(sizes))
        style = self.style("strong") if tally.strong else Style()
        line = [Segment(pad(fit(tally.text, room), room), style)]
        for place, (count, size) in enumerate(zip(tally.counts, sizes, strict=True)):
            line.append(
                Segment(" " * (_GAP + size - width(count)) + count, self.style("quiet") if place else Style())
            )
        return [line]

    def _sizes(self) -> list[int]:
        columns = zip(*(tally.counts for tally in self._tallies), strict=True)
        return [max(map(width, (*column, ""))) for column in columns]
