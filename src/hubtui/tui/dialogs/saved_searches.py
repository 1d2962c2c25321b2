"""Saved searches: save the present query under a name, or ask one that was saved."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from hubtui.core.i18n import _
from hubtui.text.analyzer import fold
from hubtui.text.cells import pad, width
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.render import content
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.widgets.rows import Line, Rows
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from hubtui.library import Library


class NameInput(LineInput):
    """Where a name, or a part of one, is typed."""


class SavedRows(Rows, can_focus=False):
    """What can be done: save the query under the name that is typed, or ask one of the saved ones."""

    row_height = 2

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self.new = ""
        self.present = ""
        self.saved: list[tuple[str, str]] = []
        self.doomed = ""

    def fill(self, new: str, present: str, saved: list[tuple[str, str]]) -> None:
        """Offer to save ``present`` as ``new``, unless that is ``""``, and these saved ones."""
        self.new, self.present, self.saved, self.doomed = new, present, saved, ""
        # What is typed is more often a part of a name that there is.
        self.show(len(saved) + bool(new), 1 if new and saved and saved[0][0] != new else 0)

    @property
    def chosen(self) -> tuple[str, str] | None:
        """The saved search under the cursor: its name and its query."""
        at = self.cursor - bool(self.new)
        return self.saved[at] if self.count and at >= 0 else None

    def doom(self, name: str) -> None:
        """Ask for a confirmation that this search is to go; ``""`` takes that back."""
        self.doomed = name
        self.repaint()

    def paint(self, index: int, cells: int) -> list[Line]:
        """A name, and under it its query."""
        at = index - bool(self.new)
        if at < 0:
            replaces = any(name == self.new for name, _query in self.saved)
            message = (
                _("Save under this name, in place of the old query")
                if replaces
                else _("Save under this name")
            )
            return [
                _two(self.new, message, cells, self.style("accent"), self.style("quiet")),
                self._query(self.present, cells),
            ]
        name, query = self.saved[at]
        key = key_of("searches.delete")
        message = _("{key} again removes it").format(key=key) if name == self.doomed else ""
        return [_two(name, message, cells, Style(), self.style("accent")), self._query(query, cells)]

    def _query(self, query: str, cells: int) -> Line:
        return [Segment(pad(f"  {query}", cells), self.style("quiet"))]

    def moved(self) -> None:
        """The confirmation was for another one."""
        self.doom("")

    def clicked(self, index: int) -> None:
        """Take the row."""
        self.move_to(index)
        self.action_enter()


class SearchesDialog(ModalScreen[str | None]):
    """Saves, lists and removes searches; its result is the chosen query, if any."""

    CSS_PATH = "saved_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.SEARCHES)

    def __init__(
        self,
        present: str,
        searches: Mapping[str, str],
        save: Callable[[str, str], None],
        forget: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._present = present
        self._searches = dict(searches)
        self._save, self._forget = save, forget

    def compose(self) -> ComposeResult:
        """Lay out the input above the list."""
        frame = Vertical(
            NameInput(
                placeholder=_("a name: to save the query, or to find one"), id="search-name", compact=True
            ),
            SavedRows(id="saved"),
            id="saved-dialog",
        )
        frame.border_title = content(_("Saved searches"))
        keys = {"key": key_of("searches.delete")}
        frame.border_subtitle = content(_("Enter takes it · {key} removes it · Esc closes").format(**keys))
        yield frame

    def on_mount(self) -> None:
        """List all."""
        empty = _("No search is saved yet. Type a name to save the present one.")
        self.query_one(SavedRows).say(empty if self._present else _("No search is saved yet."))
        self._fill("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value.strip())

    def _fill(self, typed: str) -> None:
        words = fold(typed).split()
        found = [
            (name, query)
            for name, query in self._searches.items()
            if all(word in fold(f"{name} {query}") for word in words)
        ]
        found.sort(key=lambda pair: fold(pair[0]))
        self.query_one(SavedRows).fill(typed if self._present else "", self._present, found)

    @on(Rows.Entered)
    def _entered(self) -> None:
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(SavedRows).action_move(step)

    def action_choose(self) -> None:
        """Save the query, or go back with the chosen one."""
        rows = self.query_one(SavedRows)
        if rows.chosen:
            self.dismiss(rows.chosen[1])
        elif rows.new:
            self._save(rows.new, self._present)
            self.dismiss(None)

    def action_delete(self) -> None:
        """Take the search under the cursor out, the second time it is asked for."""
        rows = self.query_one(SavedRows)
        if rows.chosen is None:
            return
        name, _query = rows.chosen
        if rows.doomed == name:
            del self._searches[name]
            self._forget(name)
            self._fill(self.query_one(NameInput).value.strip())
        else:
            rows.doom(name)

    def action_close(self) -> None:
        """Go back without one."""
        self.dismiss(None)


def _two(left: str, right: str, cells: int, left_style: Style, right_style: Style) -> Line:
    """Put one text at the left edge, and one at the right that gives way to none."""
    room = max(0, cells - width(right) - 2)
    return [Segment(pad(left, room) + "  ", left_style), Segment(right, right_style)]


def open_searches(
    screen: Screen[Any], worker: LibraryWorker, present: str, ask: Callable[[str], None]
) -> None:
    """List the saved searches, and offer to save the ``present`` query; ``ask`` one that is chosen."""

    def show(searches: Mapping[str, str]) -> None:
        screen.app.push_screen(SearchesDialog(present, searches, save, forget), chosen)

    def chosen(query: str | None) -> None:
        if query is not None:
            ask(query)

    def save(name: str, query: str) -> None:
        def job(library: "Library") -> Message:
            library.searches.save(name, query)
            return Notice(_("Saved as {name}").format(name=name))

        worker.submit(f"save {name}", job, Priority.ACTION, screen.post_message)

    def forget(name: str) -> None:
        def job(library: "Library") -> Message:
            library.searches.remove(name)
            return Notice(_("Took out {name}").format(name=name))

        worker.submit(f"forget {name}", job, Priority.ACTION, screen.post_message)

    worker.submit(
        "searches",
        lambda library: callback(show, library.searches.all()),
        Priority.ACTION,
        screen.post_message,
        awaited=True,
    )
