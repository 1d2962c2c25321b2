"""A library's settings, ``hubtui.toml``: read strictly, so that a slip of the pen is not a silent default.

:class:`LibraryFile` declares the file once; validation and the JSON Schema follow from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_type_hints

import msgspec
from msgspec import Meta

from hubtui.core.config import STYLE_IDS, Schema, json_schema, registered
from hubtui.core.errors import HubtuiError, cause, did_you_mean
from hubtui.core.files import PATIENCE, LockHeldError, holding, read_file, write_atomically
from hubtui.core.i18n import N_, _
from hubtui.core.paths import SETTINGS
from hubtui.core.toml import parse_toml

_Text = Annotated[str, Meta(min_length=1)]
_Name = Annotated[str, Meta(min_length=2)]
_Rendering = _Text | Annotated[list[_Text], Meta(min_length=1)]
_Type: TypeAlias = Any


class PlaceTable(msgspec.Struct, kw_only=True):
    """A place of the library's own, or, with the id of a known place, corrections of it."""

    id: _Text | msgspec.UnsetType = msgspec.UNSET
    name_en: _Text | msgspec.UnsetType = msgspec.UNSET
    name_zh: _Text | msgspec.UnsetType = msgspec.UNSET
    kind: str = "area"
    parent: Annotated[_Text, Meta(description="Name or id of the place it lies in")] | msgspec.UnsetType = (
        msgspec.UNSET
    )
    latitude: Annotated[float, Meta(ge=-90, le=90)] | msgspec.UnsetType = msgspec.UNSET
    longitude: Annotated[float, Meta(ge=-180, le=180)] | msgspec.UnsetType = msgspec.UNSET
    names: Annotated[list[_Name], Meta(description="What else it is called")] = []


class LibraryFile(msgspec.Struct, kw_only=True):
    """The settings of a library."""

    name: Annotated[str, Meta(description="What the library is called on screen")] = ""
    style: Annotated[str, Meta(description="Citation style; goes before the user's")] = ""
    translate: Annotated[
        bool, Meta(description="Whether a query's words are looked for in the other language too")
    ] = True
    glossary: Annotated[
        dict[str, _Rendering], Meta(description="Terms and what they are called in the other language")
    ] = {}
    names: Annotated[
        dict[str, _Text], Meta(description="Further names of places, each with a name or id of the place")
    ] = {}
    not_places: Annotated[list[_Name], Meta(description="Characters in which no place is looked for")] = []
    places: list[PlaceTable] = []
    searches: Annotated[dict[str, str], Meta(description="Saved searches: names with their queries")] = {}


_TYPES: Mapping[str, _Type] = get_type_hints(LibraryFile, include_extras=True)
_PLACES = ("places", "names", "not_places")
"""Tables that are checked against the gazetteer: see :mod:`hubtui.places.custom`."""
_SEARCHES = "searches"


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
            ``not_places``. See :mod:`hubtui.places.custom`, which knows what they may hold.
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
        found = parse_toml(read_file(path).decode())
    except FileNotFoundError:
        return LibrarySettings(default)
    except OSError as error:
        reason, remedy = cause(error)
        raise SettingsError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason), remedy
        ) from error
    except ValueError as error:
        raise SettingsError(f"{path}: {error}.", _("Correct the file, or move it away.")) from error
    checked = {key: _checked(path, key, value) for key, value in found.items()}
    given: LibraryFile = msgspec.convert(
        {key: value for key, value in checked.items() if key not in _PLACES}, LibraryFile
    )
    return LibrarySettings(
        name=given.name or default,
        style=given.style,
        file=path,
        places={key: found[key] for key in _PLACES if key in found},
        translate=given.translate,
        glossary=tuple(
            (term, _renderings(path, term, renderings)) for term, renderings in given.glossary.items()
        ),
        searches=tuple(given.searches.items()),
    )


def library_schema(kinds: Iterable[str]) -> Schema:
    """Return the JSON Schema of ``hubtui.toml``, for editors that check TOML by one.

    Args:
        kinds: The kinds of places that there are.
    """
    schema = json_schema(LibraryFile)
    schema["properties"]["style"]["enum"] = ["", *registered(STYLE_IDS)]
    schema["properties"]["places"]["items"]["properties"]["kind"]["enum"] = list(kinds)
    return schema


def write_search(root: Path, name: str, query: str | None, lock: Path) -> None:
    """Save a search under ``name`` in the settings of the library in ``root``; with ``None``, take it out.

    The rest of the file stays as it is, comments and all. ``lock`` is a file that whoever writes holds.

    Raises:
        SettingsError: The file cannot be understood, or not be written.
    """
    path = root / SETTINGS
    try:
        with holding(lock, path, patience=PATIENCE):
            read_settings(root)
            write_atomically(path, _with_search(path, name, query))
    except LockHeldError as error:
        raise SettingsError(
            _("Another hubtui has been writing {path} for too long.").format(path=path), _("Try again.")
        ) from error
    except OSError as error:
        reason, remedy = cause(error)
        raise SettingsError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=reason),
            f"{remedy} {_('The search is in the history meanwhile.')}",
        ) from error


def _with_search(path: Path, name: str, query: str | None) -> str:
    """Return the text of the file with a search added, changed or taken out."""
    import tomlkit  # deferred: settings are rarely written

    try:
        document = tomlkit.parse(read_file(path).decode())
    except FileNotFoundError:
        document = tomlkit.document()
    table = document.setdefault(_SEARCHES, tomlkit.table())
    if query is None:
        table.pop(name, None)
    else:
        table[name] = query
    return tomlkit.dumps(document)


def _checked(path: Path, key: str, value: object) -> object:
    """Return the value of a key, once it is known to fit its declaration."""
    if key not in _TYPES:
        hint = did_you_mean(key, _TYPES) or _("The keys are {keys}.").format(keys=", ".join(_TYPES))
        raise SettingsError(_("{path}: there is no setting {key!r}.").format(path=path, key=key), hint)
    if key in _PLACES:
        return value
    declared = _TYPES[key].__origin__
    if declared in (str, bool):
        return _fitting(path, key, value, _TYPES[key])
    if not isinstance(value, dict):
        raise SettingsError(
            _("{path}: {key} must be a table.").format(path=path, key=key),
            _("Write [{key}], and the entries below it.").format(key=key),
        )
    _key_type, entry = declared.__args__
    return {name: _fitting(path, name, one, entry, table=key) for name, one in value.items()}


def _renderings(path: Path, term: str, given: str | list[str]) -> tuple[str, ...]:
    """Return what a term is called in the other language: a text with more than white space, or several."""
    texts = (given,) if isinstance(given, str) else tuple(given)
    if not all(text.strip() for text in texts):
        raise _no_text(path, term, "glossary")
    return texts


def _fitting(path: Path, key: str, value: object, declared: _Type, table: str = "") -> object:
    """Return a value of a declared type, of a key or of an entry in a table."""
    try:
        fitting: object = msgspec.convert(value, declared)
    except msgspec.ValidationError:
        if getattr(declared, "__origin__", None) is bool:
            raise SettingsError(
                _("{path}: {key} must be true or false.").format(path=path, key=key),
                _("Write {key} = false.").format(key=key),
            ) from None
        raise _no_text(path, key, table) from None
    return fitting


def _no_text(path: Path, key: str, table: str) -> SettingsError:
    message = (
        _("{path}: {key} in [{table}] must be a string.").format(path=path, key=key, table=table)
        if table
        else _("{path}: {key} must be a string.").format(path=path, key=key)
    )
    return SettingsError(message, _('Write {key} = "…".').format(key=key))
