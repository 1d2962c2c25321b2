"""The one registry of what a key can do.

Bindings, the footer, the list of keys and the command palette are all made from :data:`ACTIONS`, so they
cannot disagree. An action's id is its binding's id.
"""

from dataclasses import dataclass
from enum import Enum

from textual.binding import Binding, BindingType


class Where(Enum):
    """The part of the screen an action's keys work in; the value is its name on screen."""

    ANYWHERE = "Anywhere"
    SEARCH = "Search"
    LISTS = "Sources and Cities"
    PASSAGES = "Passages"
    READER = "Reader"
    DIALOGS = "Dialogs"
    REJECTION = "Not this city"


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do.

    Attributes:
        id: What settings and bindings call it.
        keys: The keys, in Textual's spelling (``down``, ``shift+tab``, ``?``), the first shown first.
        call: The Textual action that does it.
        where: Where the keys work.
        label: What it does, for the list of keys and the palette.
        hint: What the footer says; ``""`` keeps it out of the footer.
        command: Whether the command palette offers it.
    """

    id: str
    keys: tuple[str, ...]
    call: str
    where: Where
    label: str
    hint: str = ""
    command: bool = False


def _movement(prefix: str, where: Where, thing: str) -> tuple[Action, ...]:
    return (
        Action(f"{prefix}.down", ("j", "down"), "move(1)", where, f"Next {thing}"),
        Action(f"{prefix}.up", ("k", "up"), "move(-1)", where, f"Previous {thing}"),
        Action(f"{prefix}.page-down", ("pagedown", "ctrl+d"), "page(1)", where, "A page on"),
        Action(f"{prefix}.page-up", ("pageup", "ctrl+u"), "page(-1)", where, "A page back"),
        Action(f"{prefix}.first", ("g", "home"), "edge(False)", where, f"First {thing}"),
        Action(f"{prefix}.last", ("G", "end"), "edge(True)", where, f"Last {thing}"),
    )


ACTIONS: tuple[Action, ...] = (
    Action("search.focus", ("/",), "screen.focus_search", Where.ANYWHERE, "Search", "search", command=True),
    Action(
        "passage.copy",
        ("y",),
        "screen.copy_passage",
        Where.ANYWHERE,
        "Copy the passage with its citation",
        "copy with citation",
        command=True,
    ),
    Action("hit.next", ("n",), "screen.step_hit(1)", Where.ANYWHERE, "Next hit", "next hit", command=True),
    Action("hit.previous", ("N",), "screen.step_hit(-1)", Where.ANYWHERE, "Previous hit", command=True),
    Action("palette", ("ctrl+p",), "app.command_palette", Where.ANYWHERE, "Commands"),
    Action("quit", ("q", "ctrl+q", "ctrl+c"), "app.quit", Where.ANYWHERE, "Quit", "quit", command=True),
    Action("pane.next", ("tab",), "screen.step_pane(1)", Where.ANYWHERE, "Next pane", "pane"),
    Action("pane.previous", ("shift+tab",), "screen.step_pane(-1)", Where.ANYWHERE, "Previous pane"),
    Action("pane.right", ("l", "right"), "screen.step_column(1)", Where.ANYWHERE, "Column to the right"),
    Action("pane.left", ("h", "left"), "screen.step_column(-1)", Where.ANYWHERE, "Column to the left"),
    Action("back", ("escape",), "screen.back", Where.ANYWHERE, "Back one step", "back"),
    Action(
        "mention.reject",
        ("x",),
        "screen.reject_mention",
        Where.ANYWHERE,
        "Say that a name does not mean the chosen city",
        command=True,
    ),
    Action("mention.undo", ("u",), "screen.undo_rejection", Where.ANYWHERE, "Take that back", command=True),
    Action(
        "library.sync",
        ("r",),
        "screen.sync",
        Where.ANYWHERE,
        "Look for new and changed sources",
        command=True,
    ),
    Action(
        "library.problems",
        ("!",),
        "screen.show_problems",
        Where.ANYWHERE,
        "List the files that could not be read",
        command=True,
    ),
    Action("help", ("?",), "screen.show_keys", Where.ANYWHERE, "Keys", "keys", command=True),
    Action("search.done", ("enter", "down"), "leave", Where.SEARCH, "To the passages", "passages"),
    *_movement("list", Where.LISTS, "source or city"),
    Action("list.choose", ("space",), "choose", Where.LISTS, "Choose it, or let it go again"),
    Action("list.enter", ("enter",), "enter", Where.LISTS, "To its passages", "passages"),
    *_movement("passages", Where.PASSAGES, "passage"),
    Action("passages.enter", ("enter",), "enter", Where.PASSAGES, "Read on in its source", "read"),
    Action("reader.down", ("j", "down"), "move(1)", Where.READER, "Next passage"),
    Action("reader.up", ("k", "up"), "move(-1)", Where.READER, "Previous passage"),
    Action("reader.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", Where.READER, "A page on"),
    Action("reader.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", Where.READER, "A page back"),
    Action("reader.first", ("g", "home"), "edge(False)", Where.READER, "Start of the source"),
    Action("reader.last", ("G", "end"), "edge(True)", Where.READER, "End of the source"),
    Action("dialog.down", ("j", "down"), "turn(1)", Where.DIALOGS, "Scroll down"),
    Action("dialog.up", ("k", "up"), "turn(-1)", Where.DIALOGS, "Scroll up"),
    Action("dialog.close", ("escape", "enter", "q"), "close", Where.DIALOGS, "Close"),
    Action("reject.this", ("p",), "choose('this')", Where.REJECTION, "In this passage"),
    Action("reject.source", ("s",), "choose('source')", Where.REJECTION, "Wherever this source has the name"),
    Action("reject.library", ("l",), "choose('library')", Where.REJECTION, "In the whole library"),
    Action("reject.cancel", ("escape", "q"), "choose('')", Where.REJECTION, "Change nothing"),
)

_KEY_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def actions_of(where: Where) -> list[Action]:
    """Give the actions whose keys work in ``where`` (without those that work anywhere)."""
    return [action for action in ACTIONS if action.where is where]


def hints_of(where: Where) -> list[Action]:
    """Give what the footer offers in ``where``: its own actions first, then those for anywhere.

    While a query is typed, a printable key is text, and so no action. The last one is the most general.
    """
    return [
        action
        for action in (*actions_of(where), *actions_of(Where.ANYWHERE))
        if action.hint and not (where is Where.SEARCH and len(action.keys[0]) == 1)
    ]


def bindings_of(where: Where) -> list[BindingType]:
    """Give Textual's bindings for the actions of ``where``, each with its action's id.

    They have priority: such a binding acts before the next key is looked at, any other only once the
    widget gets to it, so that the ``c`` of a fast ``/cloud`` would still go to the list. A key that types
    a character reaches a focused input all the same.
    """
    return [
        Binding(",".join(action.keys), action.call, action.label, show=False, priority=True, id=action.id)
        for action in actions_of(where)
    ]


def key_name(key: str) -> str:
    """Give a key as people write it: ``shift+tab`` is ``Shift+Tab``, ``ctrl+d`` is ``Ctrl+D``."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    return key
