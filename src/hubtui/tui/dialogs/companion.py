"""The dialog for what to compare with: a city, by the beginning of its name, or any query."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from hubtui.core.i18n import _
from hubtui.text.analyzer import fold
from hubtui.text.cells import fit, pad, width
from hubtui.tui import strings
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from hubtui.core.models import PlaceCount
    from hubtui.tui.session import FacetCounts

_ROWS = 8


class CompanionInput(LineInput):
    """Where a city or a query is typed."""


class Companions(Rows, can_focus=False):
    """The cities whose names begin with what is typed, and what is typed itself."""

    def __init__(
        self, places: Sequence["PlaceCount"], names: Mapping[str, str], *, id: str
    ) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._all = places
        self._names = names
        self._places = places
        self._typed = ""

    def narrow(self, typed: str) -> None:
        """Show what fits ``typed``."""
        self._typed = typed.strip()
        wanted = fold(self._typed)
        self._places = [
            one
            for one in self._all
            if any(fold(name).startswith(wanted) for name in (one.place.name_en, one.place.name_zh))
        ]
        self.show(len(self._places) + bool(self._typed), 0)

    @property
    def chosen(self) -> str:
        """The query under the cursor, or ``""``."""
        if self.cursor < len(self._places):
            from hubtui.search.parser import quoted  # after the first paint

            return f"city:{quoted(self._names[self._places[self.cursor].place.id])}"
        return self._typed

    def moved(self) -> None:
        """Nothing follows the cursor."""

    def paint(self, index: int, cells: int) -> list[Line]:
        """Both names of a city, with its count; or what was typed."""
        quiet = self.style("quiet")
        if index >= len(self._places):
            message = _("search for: ")
            return [[Segment(message, quiet), Segment(fit(self._typed, cells - width(message)), Style())]]
        one = self._places[index]
        number = f" {one.passages:,}"
        room = cells - len(number)
        english = fit(one.place.name_en or one.place.name_zh, room)
        chinese = one.place.name_zh if one.place.name_en else ""
        return [
            [
                Segment(english, Style()),
                Segment(pad(f" {chinese}", room - width(english)) if room > width(english) else "", quiet),
                Segment(number, quiet),
            ]
        ]


class CompanionDialog(ModalScreen[str | None]):
    """Asks for a city or a query to compare with; its result is that, or ``None``."""

    CSS_PATH = "companion.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.COMPANION)

    def __init__(self, subject: str, places: Sequence["PlaceCount"], names: Mapping[str, str]) -> None:
        """Offer ``places``, each by its name in a query, to compare ``subject`` with, ``""`` for none yet."""
        super().__init__()
        self._title = _("Compare {subject} with").format(subject=subject) if subject else _("Compare what?")
        self._places = places
        self._names = names

    def compose(self) -> ComposeResult:
        """Lay out the input, and under it the cities."""
        with Vertical(id="dialog") as frame:
            yield CompanionInput(placeholder=_("a city, or any query"), id="companion", compact=True)
            yield Companions(self._places, self._names, id="companions")
        frame.border_title = content(self._title)
        frame.border_subtitle = content(_("Enter compares · Esc closes"))

    def on_mount(self) -> None:
        """Show all cities."""
        self._list.styles.max_height = _ROWS
        self._list.narrow("")

    @property
    def _list(self) -> Companions:
        return self.query_one(Companions)

    @on(Input.Changed, "#companion")
    def _typed(self, event: Input.Changed) -> None:
        self._list.narrow(event.value)

    def action_move(self, step: int) -> None:
        """Move in the list; what is typed stays."""
        self._list.action_move(step)

    def action_take(self) -> None:
        """Go back with what is under the cursor."""
        if self._list.chosen:
            self.dismiss(self._list.chosen)

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def ask_companion(
    screen: Screen[Any], counts: "FacetCounts | None", queries: Sequence[str], then: Callable[[str], None]
) -> None:
    """Ask for one more query to compare with ``queries``, and hand it on to ``then``."""
    from hubtui.search.parser import get_filter, set_filter  # after the first paint

    first = queries[0] if queries else ""
    compared = {get_filter(query, "city") for query in queries}
    entries, names = (counts.by_place, counts.names) if counts else ((), {})
    places = [entry for entry in entries if names[entry.place.id] not in compared]

    def take(answer: str | None) -> None:
        if answer is None:
            return
        city = get_filter(answer, "city")
        # Of the same question about another city, only the city is said.
        same = city is not None and answer.startswith("city:") and get_filter(first, "city") is not None
        then(set_filter(first, "city", city) if same else answer)

    # The chosen city by its name, where a query asks for nothing else.
    named = (strings.place_name(one.place) for one in entries if first == f"city:{names[one.place.id]}")
    screen.app.push_screen(CompanionDialog(next(named, first), places, names), take)
