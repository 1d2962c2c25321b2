"""A library's settings, ``hubtui.toml``: read strictly, so that a slip of the pen is not a silent default."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from hubtui.errors import HubtuiError, did_you_mean
from hubtui.paths import SETTINGS

_KEYS = ("name", "style")


class SettingsError(HubtuiError):
    """``hubtui.toml`` cannot be understood."""

    title = "Wrong settings"


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """What ``hubtui.toml`` says.

    Attributes:
        name: What the library is called on screen; the folder's name where the file does not say.
        style: The citation style, or ``""`` for the default.
    """

    name: str
    style: str = ""


def read_settings(root: Path) -> LibrarySettings:
    """Read the settings of the library in ``root``; without a file, all have their defaults.

    Raises:
        SettingsError: The file is no TOML, or has an unknown key or a value of the wrong kind.
    """
    path = root / SETTINGS
    default = root.name or str(root)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LibrarySettings(default)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}.", "Correct the file, or move it away.") from error
    for key, value in found.items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"The keys are {', '.join(_KEYS)}."
            raise SettingsError(f"{path}: there is no setting {key!r}.", hint)
        if not isinstance(value, str):
            raise SettingsError(f"{path}: {key} must be a text.", f'Write {key} = "…".')
    return LibrarySettings(str(found.get("name", "")) or default, str(found.get("style", "")))
