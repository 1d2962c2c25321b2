"""A library's settings, ``hubtui.toml``: read strictly, so that a slip of the pen is not a silent default."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hubtui.errors import HubtuiError, did_you_mean
from hubtui.files import write_atomically
from hubtui.i18n import N_, _
from hubtui.paths import SETTINGS

_TEXTS = ("name", "style")
_PLACES = ("places", "names", "not_places")
_SEARCHES = "searches"
_KEYS = (*_TEXTS, *_PLACES, "translate", "glossary", _SEARCHES)


class SettingsError(HubtuiError):
    """``hubtui.toml`` cannot be understood."""

    title = N_("Wrong settings")


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """What ``hubtui.toml`` says.

    Attributes:
        name: What the library is called on screen; the folder's name where the file does not say.
        style: The citation style, or ``""`` for the default.
        file: Where it stands.
        places: What the file adds to the gazetteer, as written: its ``places``, ``names`` and
            ``not_places``. See :mod:`hubtui.places.own`, which knows what they may hold.
        translate: Whether a query's words are looked for in the other language too.
        glossary: Terms with what they are called in the other language, the usual rendering first.
        searches: Saved searches: names with their queries, in the order of the file.
    """

    name: str
    style: str = ""
    file: Path = Path(SETTINGS)
    places: Mapping[str, object] = field(default_factory=dict)
    translate: bool = True
    glossary: tuple[tuple[str, tuple[str, ...]], ...] = ()
    searches: tuple[tuple[str, str], ...] = ()


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
        raise SettingsError(f"{path}: {error}.", _("Correct the file, or move it away.")) from error
    for key, value in found.items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or _("The keys are {keys}.").format(keys=", ".join(_KEYS))
            raise SettingsError(_("{path}: there is no setting {key!r}.").format(path=path, key=key), hint)
        if key in _TEXTS and not isinstance(value, str):
            raise SettingsError(
                _("{path}: {key} must be a text.").format(path=path, key=key),
                _('Write {key} = "…".').format(key=key),
            )
    return LibrarySettings(
        name=str(found.get("name", "")) or default,
        style=str(found.get("style", "")),
        file=path,
        places={key: found[key] for key in _PLACES if key in found},
        translate=_switch(path, found, "translate"),
        glossary=tuple(_terms(path, found)),
        searches=tuple(_searches(path, found)),
    )


def write_search(root: Path, name: str, query: str | None) -> None:
    """Save a search under ``name`` in the settings of the library in ``root``; with ``None``, take it out.

    The rest of the file stays as it is, comments and all.

    Raises:
        SettingsError: The file cannot be understood, or not be written.
    """
    import tomlkit  # noqa: PLC0415  # deferred: settings are rarely written

    read_settings(root)
    path = root / SETTINGS
    document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    table = document.setdefault(_SEARCHES, tomlkit.table())
    if query is None:
        table.pop(name, None)
    else:
        table[name] = query
    try:
        write_atomically(path, tomlkit.dumps(document))
    except OSError as error:
        raise SettingsError(
            _("{path} cannot be written: {error}.").format(path=path, error=error.strerror or error),
            _("Change the permissions of the library's folder; the search is in the history meanwhile."),
        ) from error


def _searches(path: Path, found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Read the table ``[searches]``: a name and its query."""
    table = found.get(_SEARCHES, {})
    if not isinstance(table, dict):
        raise SettingsError(
            _("{path}: searches must be a table.").format(path=path),
            _("Write [searches], and the names with their queries below it."),
        )
    for name, query in table.items():
        if not isinstance(query, str):
            raise SettingsError(
                _("{path}: {name} in [searches] must be a text.").format(path=path, name=name),
                _('Write {name} = "…".').format(name=name),
            )
        yield name, query


def _switch(path: Path, found: Mapping[str, object], key: str) -> bool:
    value = found.get(key, True)
    if not isinstance(value, bool):
        raise SettingsError(
            _("{path}: {key} must be true or false.").format(path=path, key=key),
            _("Write {key} = false.").format(key=key),
        )
    return value


def _terms(path: Path, found: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Read the table ``[glossary]``: a term and its rendering, or several in a list."""
    table = found.get("glossary", {})
    if not isinstance(table, dict):
        raise SettingsError(
            _("{path}: glossary must be a table.").format(path=path),
            _("Write [glossary], and the terms below it."),
        )
    for term, value in table.items():
        renderings = [value] if isinstance(value, str) else value
        if not (
            isinstance(renderings, list)
            and renderings
            and all(isinstance(one, str) and one.strip() for one in renderings)
        ):
            raise SettingsError(
                _("{path}: {term} in [glossary] must be a text.").format(path=path, term=term),
                _('Write {term} = "…".').format(term=term),
            )
        yield term, tuple(renderings)
