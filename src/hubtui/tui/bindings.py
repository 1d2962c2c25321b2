"""What the screen makes of the registry of actions: bindings, hints, names of keys.

The actions themselves are in :mod:`hubtui.core.actions`, where new ones are added.
"""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from hubtui.core.actions import ACTIONS, MODAL, TEXT_ENTRY, Action, Where, actions_of
from hubtui.core.keymap import DEFAULT, Keymap, types_a_character

__all__ = [
    "ACTIONS",
    "Action",
    "Where",
    "actions_of",
    "bindings_for",
    "bindings_of",
    "hints_of",
    "key_name",
    "key_of",
    "keymap",
    "keys_of",
    "spelled",
    "use_keymap",
]

_keymap = DEFAULT

_KEY_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
}


def use_keymap(keymap: Keymap) -> None:
    """Show these keys from now on; the application is told by ``set_keymap``."""
    global _keymap  # noqa: PLW0603  # one process shows one screen
    _keymap = keymap


def keymap() -> Keymap:
    """Return the keys in effect."""
    return _keymap


def keys_of(action: Action) -> tuple[str, ...]:
    """Return the keys of an action, the user's where they have set them."""
    return _keymap.keys[action.id]


def key_of(action_id: str) -> str:
    """Return the first key of an action, as people write it."""
    return key_name(_keymap.keys[action_id][0])


def hints_of(where: Where) -> list[Action]:
    """Return what the footer offers in ``where``: its own actions first, then those for anywhere.

    While a query is typed, a printable key is text, and so no action. The last one is the most general.
    """
    return [
        action
        for action in (*actions_of(where), *(() if where in MODAL else actions_of(Where.ANYWHERE)))
        if action.hint and not (where in TEXT_ENTRY and types_a_character(keys_of(action)[0]))
    ]


def bindings_of(where: Where) -> list[BindingType]:
    """Return Textual's bindings for the actions of ``where``, each with its action's id.

    They have priority: such a binding acts before the next key is looked at, any other only once the
    widget gets to it, so that the ``c`` of a fast ``/cloud`` would still go to the list. A key that types
    a character reaches a focused input all the same.
    """
    return [_binding(action) for action in actions_of(where)]


def bindings_for(*ids: str) -> list[BindingType]:
    """Return Textual's bindings for these actions."""
    return [_binding(action) for action in ACTIONS if action.id in ids]


def _binding(action: Action) -> Binding:
    return Binding(spelled(action.keys), action.call, action.label, show=False, priority=True, id=action.id)


def spelled(keys: Iterable[str]) -> str:
    """Return keys as Textual reads them: separated by commas, so the comma itself by its name."""
    return ",".join("comma" if key == "," else key for key in keys)


def key_name(key: str) -> str:
    """Return a key as people write it: ``shift+tab`` is ``Shift+Tab``, ``ctrl+d`` is ``Ctrl+D``."""
    *modifiers, base = key.split("+") if len(key) > 1 else [key]
    named = _KEY_NAMES.get(base, base.upper() if modifiers or len(base) > 1 else base)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), named])
