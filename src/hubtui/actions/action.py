"""What an action is, and the parts of the screen it can work in."""

from dataclasses import dataclass
from enum import Enum

from hubtui.i18n import N_


class Where(Enum):
    """The part of the screen an action's keys work in; the value is its name on screen."""

    ANYWHERE = N_("Anywhere")
    SEARCH = N_("Search")
    LISTS = N_("Sources and Cities")
    PASSAGES = N_("Passages")
    READER = N_("Reader")
    FIND = N_("Find in the source")
    HEADINGS = N_("Headings")
    LINK = N_("Open in a browser")
    DIALOGS = N_("Dialogs")
    REJECTION = N_("Not this city")
    COPYING = N_("Copy as")
    SEARCHES = N_("Saved searches")
    SETTINGS = N_("Settings")
    CONTEXT = N_("Words in context")
    COMPARISON = N_("Compare")
    COMPANION = N_("Compare with")
    CLIPPINGS = N_("Clippings")
    FILTER = N_("Filter of clippings")
    ANNOTATION = N_("Note and tags")
    EXPORT = N_("Export of clippings")


APART = frozenset(
    {
        Where.DIALOGS,
        Where.REJECTION,
        Where.COPYING,
        Where.HEADINGS,
        Where.LINK,
        Where.SETTINGS,
        Where.CONTEXT,
        Where.COMPARISON,
        Where.COMPANION,
        Where.SEARCHES,
        Where.CLIPPINGS,
        Where.FILTER,
        Where.ANNOTATION,
        Where.EXPORT,
    }
)
"""What lies over the main screen, where the keys for anywhere do not work."""

TYPING = frozenset(
    {
        Where.SEARCH,
        Where.FIND,
        Where.HEADINGS,
        Where.COMPANION,
        Where.SEARCHES,
        Where.FILTER,
        Where.ANNOTATION,
        Where.EXPORT,
    }
)
"""Where text is typed: a key that types a character is text there, and no action."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do.

    Attributes:
        id: What settings and bindings call it.
        keys: The keys, in Textual's spelling (``down``, ``shift+tab``, ``?``), the first shown first.
        call: The Textual action that does it.
        where: Where the keys work.
        label: What it does, for the list of keys and the palette; marked with ``N_``.
        hint: What the footer says, marked with ``N_``; ``""`` keeps it out of the footer.
        command: Whether the command palette offers it.
    """

    id: str
    keys: tuple[str, ...]
    call: str
    where: Where
    label: str
    hint: str = ""
    command: bool = False


def movement(prefix: str, where: Where, labels: tuple[str, str, str, str]) -> tuple[Action, ...]:
    """Give the actions that move in a list; ``labels``: next, previous, first, last."""
    following, previous, first, last = labels
    return (
        Action(f"{prefix}.down", ("j", "down"), "move(1)", where, following),
        Action(f"{prefix}.up", ("k", "up"), "move(-1)", where, previous),
        Action(f"{prefix}.page-down", ("pagedown", "ctrl+d"), "page(1)", where, N_("A page on")),
        Action(f"{prefix}.page-up", ("pageup", "ctrl+u"), "page(-1)", where, N_("A page back")),
        Action(f"{prefix}.first", ("g", "home"), "edge(False)", where, first),
        Action(f"{prefix}.last", ("G", "end"), "edge(True)", where, last),
    )
