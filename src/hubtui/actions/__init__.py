"""The one registry of what a key can do.

Bindings, the footer, the list of keys, the command palette and the documentation are all made from
:data:`ACTIONS`, so they cannot disagree. An action's id is its binding's id, and its name in ``[keys]`` of
``config.toml``; :mod:`hubtui.keymap` gives the keys that are in effect.
"""

from hubtui.actions.action import APART, TYPING, Action, Where
from hubtui.actions.anywhere import ANYWHERE
from hubtui.actions.dialogs import DIALOGS
from hubtui.actions.panes import PANES
from hubtui.actions.screens import SCREENS

__all__ = ["ACTIONS", "APART", "TYPING", "Action", "Where", "actions_of"]

ACTIONS = (*ANYWHERE, *PANES, *DIALOGS, *SCREENS)
"""All actions, in the order in which they are listed."""


def actions_of(where: Where) -> list[Action]:
    """Give the actions whose keys work in ``where`` (without those that work anywhere)."""
    return [action for action in ACTIONS if action.where is where]
