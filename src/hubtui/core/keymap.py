"""Resolve the keys in effect: the registry's, replaced by those of ``config.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubtui.core.actions import ACTIONS, MODAL, TEXT_ENTRY, Action, Where
from hubtui.core.config import KEYS, Config, ConfigError
from hubtui.core.errors import did_you_mean
from hubtui.core.i18n import _

MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")

NAMED_KEYS = frozenset(
    "up down left right home end pageup pagedown enter escape tab space backspace delete insert".split()
) | {f"f{number}" for number in range(1, 25)}
"""Keys that type no character, by Textual's names for them; all others are the character they type."""

EDITING = frozenset(
    "backspace delete left right home end ctrl+h ctrl+a ctrl+e ctrl+w ctrl+k ctrl+v ctrl+x".split()
)
"""Keys that change what is typed; bound to an action for anywhere, they would not reach a query."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys do what.

    Attributes:
        keys: The keys of each action, by its id, the first shown first.
        bound: The ids whose keys are the user's.
        faults: What could not be followed; the default keys hold there.
    """

    keys: Mapping[str, tuple[str, ...]]
    bound: frozenset[str] = frozenset()
    faults: tuple[ConfigError, ...] = ()


DEFAULT = Keymap({action.id: action.keys for action in ACTIONS})


def keymap_of(config: Config) -> Keymap:
    """Return the registry's keys, replaced by the user's where these are valid."""
    if not config.keys:
        return DEFAULT
    known = {action.id: action for action in ACTIONS}
    wanted: dict[str, tuple[str, ...]] = {}
    faults: list[ConfigError] = []
    for action_id, text in config.keys.items():
        keys = tuple(dict.fromkeys(_keys(text)))
        wrong = _wrong(known, action_id, keys)
        if wrong:
            message, remedy = wrong
            named = _("{path}: {setting} = {text!r}: {said}")
            setting = f"{KEYS}.{action_id}"
            faults.append(
                ConfigError(named.format(path=config.file, setting=setting, text=text, said=message), remedy)
            )
        else:
            wanted[action_id] = keys
    faults += _clashes(config, wanted)
    return Keymap({**DEFAULT.keys, **wanted}, frozenset(wanted), tuple(faults))


def overlapping(one: Where, other: Where) -> bool:
    """Whether keys of both parts can be meant at the same moment."""
    return one is other or (Where.ANYWHERE in (one, other) and not MODAL.intersection((one, other)))


def _keys(text: str) -> Iterable[str]:
    """Split ``"n, ctrl+n"``; the comma as a key is written twice, or stands alone."""
    if text.strip() == ",":
        yield ","
        return
    parts = text.replace(",,", ",comma,").split(",")
    yield from ("," if part.strip() == "comma" else part.strip() for part in parts if part.strip())


def _wrong(known: Mapping[str, Action], action_id: str, keys: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the fault of one line of ``[keys]`` and its remedy, or ``None``."""
    if action_id not in known:
        hint = did_you_mean(action_id, known) or _("docs/keys.md and ? list the ids.")
        return _("there is no action with this name."), hint
    if not keys:
        return _("an action needs a key."), _("Remove the line to get the default key.")
    action = known[action_id]
    for key in keys:
        if not _is_key(key):
            hint = did_you_mean(key.rpartition("+")[2], (*NAMED_KEYS, *MODIFIERS))
            return _("{key} is not a key.").format(key=key), hint or _("Write keys as in n, ?, f2 or ctrl+n.")
        if action.where in TEXT_ENTRY and types_a_character(key):
            return (
                _("{key} types a character there.").format(key=key),
                _("Use a key such as f2 or ctrl+n."),
            )
        if action.where in (Where.ANYWHERE, *TEXT_ENTRY) and key in EDITING and key not in action.keys:
            return (
                _("{key} is needed for typing.").format(key=key),
                _("Use a letter, or a key such as f2 or ctrl+n."),
            )
    return None


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and not key.isspace()
    *modifiers, base = key.split("+")
    return all(modifier in MODIFIERS for modifier in modifiers) and (
        base in NAMED_KEYS or (len(base) == 1 and bool(modifiers) and base.isprintable())
    )


def types_a_character(key: str) -> bool:
    """Whether a key puts a character into a text."""
    return len(key) == 1 or key == "space"


def _clashes(config: Config, wanted: dict[str, tuple[str, ...]]) -> list[ConfigError]:
    """Remove from ``wanted`` the keys that mean two things, and return an error for each."""
    faults: list[ConfigError] = []
    while clash := _clash(wanted):
        ours, other, key = clash
        del wanted[ours.id]
        faults.append(
            ConfigError(
                _("{path}: {setting} = {text!r}: {key} is the key of {other} ({label}) there.").format(
                    path=config.file,
                    setting=f"{KEYS}.{ours.id}",
                    text=config.keys[ours.id],
                    key=key,
                    other=other.id,
                    label=_(other.label),
                ),
                _("Choose another key, or give {other} a different one too.").format(other=other.id),
            )
        )
    return faults


def _clash(wanted: Mapping[str, tuple[str, ...]]) -> tuple[Action, Action, str] | None:
    """Find an action whose wanted key means another action too."""
    keys = {**DEFAULT.keys, **wanted}
    for ours in ACTIONS:
        if ours.id not in wanted:
            continue
        for other in ACTIONS:
            if other is ours or not overlapping(ours.where, other.where):
                continue
            for key in keys[ours.id]:
                # Some share a key on purpose: Tab takes what a query is offered, or goes on.
                if key in keys[other.id] and not (key in ours.keys and key in other.keys):
                    return ours, other, key
    return None
