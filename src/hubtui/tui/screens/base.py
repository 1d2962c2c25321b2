"""What the parts of the main screen share."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from hubtui.tui.layout import Shape
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from hubtui.core.models import Hit, Passage
    from hubtui.library import Library
    from hubtui.tui.counts import Counts
    from hubtui.tui.desk import Desk


class Base(Screen[None]):
    """The state of the main screen, and what its parts ask of each other.

    Attributes:
        desk: Asks the library.
        query_text: The query, the only state: what the panes show follows from it.
        hit: The hit under the cursor.
        counts: The newest counts.
        marks: The passages that the user marked, by source and label.
        pane: The id of the pane the user is in, or was in last.
        undoable: The desk's jobs that take back what the user did, the latest last.
    """

    desk: "Desk"
    query_text: str = ""
    hit: "Hit | None" = None
    counts: "Counts | None" = None
    marks: "dict[tuple[str, str], Passage]"
    pane: str = "cities"
    undoable: "list[Callable[[Library], Message]]"
    shape: Shape = Shape.WIDE

    @property
    def marked(self) -> "Passage | None":
        """The passage that is marked where the user is."""
        hit, reader = self.query_one(PassageList).hit, self.query_one(Reader)
        if reader.has_focus and hit and reader.shows(hit.source.id):
            return reader.current
        return hit.passage if hit else None

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Say in the status line what happened."""
        self.query_one(StatusBar).tell(text, trouble=trouble)

    def show_state(self) -> None:
        """Say at the right end of the status line what goes on."""
        raise NotImplementedError

    def go(self, pane: str) -> None:
        """Take the user to a pane."""
        raise NotImplementedError

    def action_focus_search(self) -> None:
        """Put the cursor into the query."""
        raise NotImplementedError

    def show_hit(self, hit: "Hit", query: str) -> None:
        """Read a passage in its source, with what a query finds in it."""
        raise NotImplementedError

    def set_query(self, query: str) -> None:
        """Write the query, as if it had been typed."""
        raise NotImplementedError

    def action_step_pane(self, step: int) -> None:
        """Go to the next or previous pane."""
        raise NotImplementedError

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        raise NotImplementedError

    def forget_counts(self) -> None:
        """Count anew from now on: the library holds something else."""
        raise NotImplementedError

    def close_find(self) -> bool:
        """Close the line for finding; tell whether it was open."""
        raise NotImplementedError

    def step_found(self, step: int) -> bool:
        """Go to the next or previous place that was found; tell whether finding goes on."""
        raise NotImplementedError

    def copy_text(self, text: str) -> None:
        """Copy a text as it is."""
        raise NotImplementedError

    def action_sync(self) -> None:
        """Look for new and changed sources."""
        raise NotImplementedError

    def pick(self, hit: "Hit | None") -> None:
        """Show a hit in the reader."""
        raise NotImplementedError
