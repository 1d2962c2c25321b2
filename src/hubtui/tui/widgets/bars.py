"""The lines at the top and the bottom: what library this is, and what can be done now."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from hubtui.text.cells import width
from hubtui.tui.actions import Where, hints_of, key_name
from hubtui.tui.safe import content

if TYPE_CHECKING:
    from textual.timer import Timer

_MESSAGE_SECONDS = 10.0
_GAP = "   "


class TopBar(Horizontal):
    """The library's name and what it holds."""

    def compose(self) -> ComposeResult:
        """Lay out the name and the counts."""
        yield Static(content("hubtui"), id="brand")
        yield Static(id="library-name")
        yield Static(id="holdings")

    def name_library(self, name: str) -> None:
        """Show the library's name."""
        self.query_one("#library-name", Static).update(content(name))

    def count(self, holdings: str) -> None:
        """Show what the library holds."""
        self.query_one("#holdings", Static).update(content(holdings))


class Hints(Static):
    """As many hints of keys as there is room for."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._where = Where.LISTS
        self._said: Content | None = None

    def offer(self, where: Where) -> None:
        """Offer the keys of the part of the screen the user is in."""
        self._where = where
        self.refresh()

    def say(self, said: Content | None) -> None:
        """Say this instead, or with ``None`` offer keys again."""
        self._said = said
        self.refresh()

    def render(self) -> Content:
        """Give the line."""
        if self._said is not None:
            return self._said
        parts: list[Content] = []
        room = self.content_size.width
        for action in hints_of(self._where):
            key = key_name(action.keys[0])
            room -= width(f"{key} {action.hint}")
            if room < 0:
                break
            parts.append(Content.assemble((key, "bold $accent"), (f" {action.hint}", "$quiet")))
            room -= len(_GAP)
        return Content(_GAP).join(parts)


class StatusBar(Horizontal):
    """Hints of keys, or for a while what just happened; at the right what goes on."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out hints and state."""
        yield Hints(id="hints")
        yield Static(id="state")

    def hint(self, where: Where) -> None:
        """Offer the keys of the part of the screen the user is in."""
        self.query_one(Hints).offer(where)

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Show what happened, for a while."""
        hints = self.query_one(Hints)
        hints.say(content(text, "bold $warning" if trouble else "bold $accent"))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_MESSAGE_SECONDS, lambda: hints.say(None))

    def state(self, text: str) -> None:
        """Show what goes on."""
        state = self.query_one("#state", Static)
        state.update(content(text))
        state.display = bool(text)
