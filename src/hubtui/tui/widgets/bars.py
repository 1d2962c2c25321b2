"""The lines at the top and the bottom: what library this is, and what can be done now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from hubtui.core.i18n import N_, _
from hubtui.tui.bindings import Action, Where, hints_of, key_of
from hubtui.tui.render import content

if TYPE_CHECKING:
    from textual.timer import Timer

MESSAGE_SECONDS = 10.0
_ASIDE_SECONDS = 2.0
"""Seconds that a message stays while somebody new is to read where to begin."""
_WELCOME_SECONDS = 60.0
_GAP = "   "
_WELCOME = (
    N_(
        "{help} keys · {search} search · {copy} copy · {palette} commands"
        " – hubtui --tour shows it all in two minutes"
    ),
    N_("{help} keys · {search} search · {copy} copy · {palette} commands – tour: hubtui --tour"),
    N_("{help} keys · {search} search · {copy} copy · hubtui --tour"),
)
"""What a new user is told first; the longest that there is room for."""
_WELCOME_KEYS = {"help": "help", "search": "search.focus", "copy": "passage.copy", "palette": "palette"}


@dataclass
class Notice(Message):
    """Something happened that the status line is to say; ``trouble`` where it did not go as it should."""

    text: str
    trouble: bool = False


class Bar(Widget):
    """One line with something at each end; when they don't fit, the left end gives way."""

    def ends(self, room: int) -> tuple[Content, Content]:
        """Return the left and the right end; the left one has ``room`` cells less the right one's."""
        raise NotImplementedError

    def render(self) -> Content:
        """Return the line."""
        room = self.content_size.width
        left, right = self.ends(room)
        right = right.truncate(room, ellipsis=True)
        left = left.truncate(max(0, room - right.cell_length - 1), ellipsis=True)
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)


class TopBar(Bar):
    """The library's name and what it holds."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._library = ""
        self._holdings: tuple[str, ...] = ("",)

    def name_library(self, name: str) -> None:
        """Show the library's name."""
        self._library = name
        self.refresh()

    def count(self, *holdings: str) -> None:
        """Show what the library holds, in the longest of these ways that leaves room for its name."""
        self._holdings = holdings
        self.refresh()

    def ends(self, room: int) -> tuple[Content, Content]:
        """Return both names, and the counts."""
        names = Content.assemble(("hubtui", "bold $accent"), "  ", content(self._library))
        room -= names.cell_length + 1
        holdings = [content(holding, "$quiet") for holding in self._holdings]
        return names, next((holding for holding in holdings if holding.cell_length <= room), holdings[-1])


class StatusBar(Bar):
    """Hints of keys, or for a while what just happened; at the right what goes on."""

    def __init__(self, *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._where = Where.LISTS
        self._message: Content | None = None
        self._welcomes = False
        self._state = ""
        self._timer: Timer | None = None

    def hint(self, where: Where) -> None:
        """Offer the keys of the part of the screen the user is in."""
        self._where = where
        self.refresh()

    def tell(self, text: str, *, trouble: bool = False, seconds: float = MESSAGE_SECONDS) -> None:
        """Show what happened, for a while."""
        self._message = content(text, "bold $warning" if trouble else "bold $accent")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(
            _ASIDE_SECONDS if self._welcomes and not trouble else seconds, self._hush
        )
        self.refresh()

    def welcome(self) -> None:
        """Name the keys to begin with, for a while; what happens meanwhile is told in between."""
        self._welcomes = True
        self.set_timer(_WELCOME_SECONDS, self._end_welcome)
        self.refresh()

    def state(self, text: str) -> None:
        """Show what goes on."""
        self._state = text
        self.refresh()

    def ends(self, room: int) -> tuple[Content, Content]:
        """Return what is said or offered, and the state."""
        state = content(self._state, "$quiet")
        if self._message is not None and self._message.cell_length + 1 + state.cell_length > room:
            return self._message, Content("")  # it goes in a moment; what goes on, goes on
        room -= state.cell_length + 1
        if self._message is None and self._welcomes:
            return _welcome(room), state
        return self._message or self._offer(room), state

    def _hush(self) -> None:
        self._message = None
        self.refresh()

    def _end_welcome(self) -> None:
        self._welcomes = False
        self.refresh()

    def _offer(self, room: int) -> Content:
        *hints, last = map(_hint, hints_of(self._where))
        while hints and sum(len(_GAP) + hint.cell_length for hint in hints) + last.cell_length > room:
            hints.pop()
        return Content(_GAP).join([*hints, last])


def _hint(action: Action) -> Content:
    return Content.assemble((key_of(action.id), "bold $accent"), (f" {_(action.hint)}", "$quiet"))


def _welcome(room: int) -> Content:
    keys = {name: key_of(action) for name, action in _WELCOME_KEYS.items()}
    message = [content(_(text).format(**keys), "bold $accent") for text in _WELCOME]
    return next((one for one in message if one.cell_length <= room), message[-1])
