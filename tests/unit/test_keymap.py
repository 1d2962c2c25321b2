"""The user's keys in the place of the registry's, and what of them cannot be followed."""

from pathlib import Path

import pytest

from hubtui.core.actions import ACTIONS, Where
from hubtui.core.config import Config
from hubtui.core.keymap import DEFAULT, Keymap, keymap_of, overlapping

FILE = Path("/etc/hubtui.toml")


def bound(**keys: str) -> Keymap:
    return keymap_of(Config(FILE, keys={name.replace("__", "."): key for name, key in keys.items()}))


def test_the_registrys_own_keys_are_in_order() -> None:
    """Binding every action to its own keys is no fault, so no two of them clash and all are keys."""
    given = {action.id: ",".join(key.replace(",", ",,") for key in action.keys) for action in ACTIONS}
    keymap = keymap_of(Config(FILE, keys=given))
    assert keymap.faults == ()
    assert keymap.keys == DEFAULT.keys


def test_a_key_takes_the_place_of_the_default() -> None:
    keymap = bound(help="f1, ctrl+g", search__done="f3")
    assert keymap.faults == ()
    assert keymap.keys["help"] == ("f1", "ctrl+g")
    assert keymap.keys["search.done"] == ("f3",)
    assert keymap.keys["quit"] == DEFAULT.keys["quit"]
    assert keymap.bound == {"help", "search.done"}


def test_two_actions_can_change_places() -> None:
    keymap = bound(hit__next="N", hit__previous="n")
    assert keymap.faults == ()
    assert (keymap.keys["hit.next"], keymap.keys["hit.previous"]) == (("N",), ("n",))


@pytest.mark.parametrize(
    ("text", "keys"), [(",", (",",)), ("f2,,,,f3", ("f2", ",", "f3")), ("f2, ,f3", ("f2", "f3"))]
)
def test_commas(text: str, keys: tuple[str, ...]) -> None:
    assert bound(settings=text).keys["settings"] == keys


@pytest.mark.parametrize(
    ("action", "text", "said", "remedy"),
    [
        ("hit__nxt", "n", "there is no action", "Did you mean hit.next"),
        ("zzzz", "n", "there is no action", "docs/keys.md"),
        ("help", "  ", "needs a key", "default key"),
        ("help", "contrl+g", "contrl+g is not a key", "ctrl+n"),
        ("help", "ctrl+escpe", "not a key", "Did you mean escape"),
        ("help", "shift+", "not a key", ""),
        ("help", "help", "not a key", ""),
        ("search__done", "x", "types a character", "f2"),
        ("search__done", "space", "types a character", "f2"),
        ("help", "backspace", "needed for typing", "f2"),
        ("search__done", "ctrl+a", "needed for typing", "f2"),
        ("passage__copy", "n", "n is the key of hit.next (Next", "give hit.next a different one"),
        ("passage__copy", "j", "j is the key of list.down", ""),
        ("reader__down", "y", "y is the key of passage.copy", ""),
    ],
)
def test_what_cannot_be_followed_is_named(action: str, text: str, said: str, remedy: str) -> None:
    keymap = bound(quit="f10", **{action: text})
    assert len(keymap.faults) == 1
    fault = keymap.faults[0]
    assert f"{FILE}: keys.{action.replace('__', '.')} = {text!r}" in fault.message
    assert said in fault.message
    assert remedy in fault.remedy
    assert keymap.keys == {**DEFAULT.keys, "quit": ("f10",)}, "all others are followed"


def test_two_of_the_users_keys_that_clash_both_stay_at_their_defaults() -> None:
    keymap = bound(help="f2", quit="f2")
    assert len(keymap.faults) >= 1
    assert sum("f2" in keys for keys in keymap.keys.values()) == 1


def test_a_chain_of_clashes_ends() -> None:
    keymap = bound(hit__next="y", passage__copy="x", mention__reject="u")
    taken: dict[str, str] = {}
    for action in ACTIONS:
        if action.where is Where.ANYWHERE:
            for key in keymap.keys[action.id]:
                assert key not in taken, (key, action.id, taken[key])
                taken[key] = action.id


def test_a_dialogs_keys_may_mean_something_else_below_it() -> None:
    assert bound(reject__this="y").faults == ()
    assert not overlapping(Where.ANYWHERE, Where.REJECTION)
    assert not overlapping(Where.LISTS, Where.READER)
    assert overlapping(Where.READER, Where.ANYWHERE)
