"""The headings of a source, in a dialog to go to one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from hubtui.core.i18n import _
from hubtui.text.analyzer import fold
from hubtui.text.cells import pad, width
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from hubtui.core.models import Entry

HeadingPlace: TypeAlias = tuple[int, str, str]
"""The place of a heading's passage in its source, the passage's label, and the heading."""


def headings_of(entries: Sequence["Entry"]) -> list[HeadingPlace]:
    """Return the headings of a source, each with the first passage under it."""
    found: list[HeadingPlace] = []
    section = ""
    for place, entry in enumerate(entries):
        if entry.section and (entry.section != section or entry.kind == "heading"):
            found.append((place, entry.label, entry.section))
        section = entry.section
    return found


class HeadingInput(LineInput):
    """Where a part of a heading is typed."""


class HeadingRows(Rows, can_focus=False):
    """Headings, a line each."""

    headings: Sequence[HeadingPlace] = ()

    def fill(self, headings: Sequence[HeadingPlace], cursor: int) -> None:
        """Show these."""
        self.headings = headings
        self.show(len(headings), cursor)

    def paint(self, index: int, cells: int) -> list[Line]:
        """The heading, and its passage's label at the right."""
        _place, label, text = self.headings[index]
        number = f" ¶{label}"
        return [
            [
                Segment(pad(text, cells - width(number)), Style()),
                Segment(number, self.style("quiet")),
            ]
        ]

    def moved(self) -> None:
        """Nothing follows the cursor."""

    def clicked(self, index: int) -> None:
        """Take the heading."""
        self.move_to(index)
        self.action_enter()


class HeadingsDialog(ModalScreen[int | None]):
    """Lists the headings that have what is typed; its result is the place of the chosen one."""

    CSS_PATH = "headings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.HEADINGS)

    def __init__(self, headings: Sequence[HeadingPlace], here: int) -> None:
        super().__init__()
        self._headings = headings
        self._folded = [fold(text) for _place, _label, text in headings]
        self._here = max((n for n, (place, *_) in enumerate(headings) if place <= here), default=0)

    def compose(self) -> ComposeResult:
        """Lay out the input above the list."""
        frame = Vertical(
            HeadingInput(placeholder=_("part of a heading …"), id="heading", compact=True),
            HeadingRows(id="headings"),
            id="headings-dialog",
        )
        # The frame, its padding and the input with the line below it take six lines.
        frame.styles.max_height = min(30, len(self._headings) + 6)
        frame.border_title = content(_("Headings"))
        frame.border_subtitle = content(_("Enter goes there · Esc closes"))
        yield frame

    def on_mount(self) -> None:
        """Begin at the heading that the user is under."""
        rows = self.query_one(HeadingRows)
        rows.say(_("No heading has this."))
        rows.fill(self._headings, self._here)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = fold(event.value).split()
        pairs = zip(self._headings, self._folded, strict=True)
        shown = [heading for heading, folded in pairs if all(word in folded for word in words)]
        self.query_one(HeadingRows).fill(shown, 0 if words else self._here)

    @on(Rows.Entered)
    def _entered(self) -> None:
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(HeadingRows).action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self.query_one(HeadingRows).action_page(step)

    def action_choose(self) -> None:
        """Go back with the heading under the cursor."""
        rows = self.query_one(HeadingRows)
        self.dismiss(rows.headings[rows.cursor][0] if rows.count else None)

    def action_close(self) -> None:
        """Go back without one."""
        self.dismiss(None)
