"""The user's own settings, ``config.toml``: how hubtui looks, speaks, cites, copies, and which keys it takes.

:class:`Preferences` declares them once: values, defaults, labels and what each is for. Validation, the JSON
Schema, ``hubtui config`` and the dialog of settings follow from it. What is wrong in the file is listed and
ignored, and the rest counts: a slip of the pen must not keep anyone from their sources. The file itself is
changed one setting at a time, with all comments kept.
JSON Schemas are made here too, in one piece and without references, as the editors of TOML want them.
"""

import dataclasses
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args, get_type_hints

import msgspec
from msgspec import Meta

from hubtui.core.errors import HubtuiError, cause, did_you_mean
from hubtui.core.files import RefusedFileError, config_folder, read_file, remedy_of, state_folder
from hubtui.core.i18n import N_, Language, _
from hubtui.core.toml import parse_toml

Schema = dict[str, Any]
_Json: TypeAlias = Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type) -> Schema:
    """Return the JSON Schema of a file whose top level is ``kind``.

    Args:
        kind: A msgspec struct or a dataclass; the first line of its docstring is the title, and nothing but
            its fields is allowed.
    """
    from msgspec.json import schema_components  # rarely wanted

    (top,), parts = schema_components([kind], ref_template="{name}")
    return {"$schema": _DIALECT, **_in_one_piece(top, parts)}


def _in_one_piece(node: _Json, parts: Schema) -> _Json:
    if isinstance(node, list):
        return [_in_one_piece(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        part = _in_one_piece(parts[node["$ref"]], parts)
        about = part.pop("description").partition("\n")[0].removesuffix(".")
        fields = {key: value for key, value in part.items() if key not in ("title", "required")}
        return {"title": about, **fields, "additionalProperties": False}
    return {key: _in_one_piece(value, parts) for key, value in node.items()}


AUTO: Final = "auto"
"""The value that lets hubtui decide."""

FILE = "config.toml"
KEYS = "keys"
"""The table that binds keys: an action's id, and its keys in one text, with commas between them."""

Value = str | int | bool

LogLevel = Literal["error", "warning", "info", "debug"]

LOG_LEVELS: tuple[str, ...] = get_args(LogLevel)

# Registries of higher layers that know what a setting may be, each a function's module and name. They are
# asked for only where a value has to be checked or listed: neither the first paint nor --version loads them.
STYLE_IDS: Final = "hubtui.citation.styles:style_ids"
COPY_FORMAT_IDS: Final = "hubtui.citation.quotations:copy_format_ids"


def registered(registry: str) -> tuple[str, ...]:
    """Return the values that a registry lists, such as :data:`STYLE_IDS`, in its order."""
    module, _colon, name = registry.partition(":")
    return tuple(getattr(import_module(module), name)())


def _field(label: str, about: str, min_length: int | None = None, registry: str = "") -> Meta:
    """Declare a setting.

    Args:
        label: What it is called.
        about: What it sets.
        min_length: Of a text, in characters.
        registry: What lists its values beside those of its type.
    """
    return Meta(description=about, extra={"label": label, "registry": registry}, min_length=min_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The user's settings.

    The type of each field says what its value may be; without a :class:`~typing.Literal`, any text is taken.
    """

    theme: Annotated[
        str,
        _field(N_("Theme"), N_("Colours: hubtui-dark, hubtui-light, or any theme of Textual"), min_length=1),
    ] = AUTO
    language: Annotated[
        Literal["auto"] | Language, _field(N_("Language"), N_("Language of the interface"))
    ] = AUTO
    style: Annotated[
        str,
        _field(
            N_("Citation style"),
            N_("Citation style, where a library does not set its own"),
            registry=STYLE_IDS,
        ),
    ] = AUTO
    copy_format: Annotated[str, _field(N_("Copy format"), N_("What y copies"), registry=COPY_FORMAT_IDS)] = (
        "plain"
    )
    ascii: Annotated[
        Literal["auto"] | bool, _field(N_("ASCII"), N_("Signs of plain ASCII instead of lines and arrows"))
    ] = AUTO
    ambiguous_width: Annotated[
        Literal["auto", 1, 2],
        _field(N_("Width of “ ” … ·"), N_("Cells that the terminal gives to signs such as “ ” … ·")),
    ] = AUTO
    reduced_motion: Annotated[bool, _field(N_("Less motion"), N_("No animations, no blinking cursor"))] = (
        False
    )
    log_level: Annotated[LogLevel, _field(N_("Log"), N_("What the log file tells"))] = "warning"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of ``config.toml``, as :class:`Preferences` declares it.

    Attributes:
        key: What the file calls it; also the attribute of :class:`Config`.
        label: What people call it.
        default: What holds where the file does not say.
        listed: The values that its type lists, the default first; empty where any text is taken.
        registry: What lists its values instead, if anything.
        about: What it sets, for help, schema and screen.
        type: Its declared type.
    """

    key: str
    label: str
    default: Value
    listed: tuple[Value, ...]
    registry: str
    about: str
    type: Any

    @property
    def values(self) -> tuple[Value, ...]:
        """What it may be, the default first; empty where any text is taken."""
        if not self.registry:
            return self.listed
        return tuple(dict.fromkeys((self.default, *registered(self.registry))))


def _declared() -> Iterator[Setting]:
    types = get_type_hints(Preferences, include_extras=True)
    for one in dataclasses.fields(Preferences):
        annotated = types[one.name]
        meta: Meta = annotated.__metadata__[0]
        extra = meta.extra or {}
        values = tuple(_values(annotated.__origin__, one.default))
        default: Any = one.default
        yield Setting(
            one.name, extra["label"], default, values, extra["registry"], meta.description or "", annotated
        )


def _values(kind: object, default: object) -> Iterator[Value]:
    """Yield the values of a type that has few."""
    if kind is bool:
        yield from (False, True) if default is False else (True, False)
    elif kind is not str:
        for part in get_args(kind):
            yield from [part] if isinstance(part, Value) else _values(part, default)


SETTINGS = tuple(_declared())
"""All settings but the keys, in the order in which they are shown."""

_BY_KEY = {setting.key: setting for setting in SETTINGS}


class ConfigError(HubtuiError):
    """``config.toml`` holds something that cannot be understood, or cannot be changed."""

    title = N_("Wrong settings")


@dataclass(frozen=True, slots=True)
class Config(Preferences):
    """What ``config.toml`` says.

    Attributes:
        file: Where it is, or would be.
        keys: Keys by the ids of actions, as written; not checked here.
        named: The settings that the file itself names.
        problems: What was wrong in it and is ignored.
    """

    file: Path
    keys: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    problems: tuple[ConfigError, ...] = ()

    @property
    def default_style(self) -> str:
        """The citation style that the user has chosen, or ``""``."""
        return "" if self.style == AUTO else self.style

    def value(self, key: str) -> Value:
        """Return the value of the setting ``key``."""
        value: Value = getattr(self, key)
        return value


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the user's settings: in the platform's folder, or where ``HUBTUI_CONFIG`` says.

    That may name a file, which is one if it is there or ends in ``.toml``, or else a folder.
    """
    given = environ.get("HUBTUI_CONFIG", "")
    if not given:
        return config_folder() / FILE
    named = Path(given).expanduser()
    is_file = named.is_file() or (named.suffix == ".toml" and not named.is_dir())
    return named if is_file else named / FILE


def config_schema() -> Schema:
    """Return the JSON Schema of ``config.toml``, for editors that check TOML by one."""
    schema = json_schema(Preferences)
    for setting in SETTINGS:
        if setting.registry:
            schema["properties"][setting.key] = _enumerated(setting)
    text: Schema = {"type": "string", "minLength": 1}
    schema["properties"][KEYS] = {
        "description": "Keys by the ids of actions (docs/keys.md), with commas between several",
        "type": "object",
        "additionalProperties": {"anyOf": [text, {"type": "object"}]},
    }
    return schema


def _enumerated(setting: Setting) -> Schema:
    """Return the schema of a setting whose values a registry lists."""
    registry = registered(setting.registry)
    kinds = [{"enum": [setting.default]}] if setting.default not in registry else []
    enums: list[Schema] = [*kinds, {"enum": sorted(registry)}]
    values = {"anyOf": enums} if len(enums) > 1 else enums[0]
    return {"description": setting.about, **values, "default": setting.default}


def read_config(file: Path | None = None) -> Config:
    """Read the user's settings; never fails, see :attr:`Config.problems`."""
    file = file or config_file()
    config = Config(file)
    try:
        text = read_file(file.resolve()).decode()  # links in this folder are the user's own
    except FileNotFoundError:
        return config
    except (OSError, ValueError) as error:
        return replace(config, problems=(_unreadable(file, error),))
    try:
        found = parse_toml(text)
    except ValueError as error:
        return replace(config, problems=(_unreadable(file, error),))
    good: dict[str, Any] = {}
    problems: list[ConfigError] = []
    for key, value in found.items():
        try:
            if key == KEYS:
                good[key] = _bindings(file, value, problems)
            else:
                good[key] = _allowed(file, _setting(file, key), value)
        except ConfigError as error:
            problems.append(error)
    return replace(config, **good, named=frozenset(good), problems=tuple(problems))


def parse_value(key: str, text: str, file: Path | None = None) -> Value:
    """Return the value of a setting that was typed as ``text`` on a command line.

    Raises:
        ConfigError: There is no such setting, or it cannot have this value.
    """
    file = file or config_file()
    if key.startswith(f"{KEYS}."):
        return text
    setting = _setting(file, key)
    meant: Value = {str(value).lower(): value for value in setting.values}.get(text.lower(), text)
    return _allowed(file, setting, meant)


def set_value(key: str, value: Value | None, file: Path | None = None) -> None:
    """Write one setting into the file, or with ``None`` take it out; all else in it stays as it is.

    Args:
        key: A setting's key, or ``keys.`` with an action's id.
        value: The new value.
        file: Another file than the user's.

    Raises:
        ConfigError: There is no such setting, it cannot have this value, or the file is broken.
        OSError: The file cannot be written.
    """
    import tomlkit  # deferred: nothing is written at the start
    from tomlkit.exceptions import ParseError  # as above

    from hubtui.core.files import PATIENCE, holding, make_folder, write_atomically  # as above

    # A link to a file elsewhere stays one.
    file = (file or config_file()).resolve()
    table, name = (KEYS, key.removeprefix(f"{KEYS}.")) if key.startswith(f"{KEYS}.") else ("", key)
    if not table:
        setting = _setting(file, key)
        if value is not None:
            _allowed(file, setting, value)
    make_folder(file.parent)
    with holding(state_folder() / "config.lock", file, patience=PATIENCE):
        try:
            text = read_file(file).decode()
            parse_toml(text)  # which says what is wrong, and in which line, also where tomlkit would not
            document = tomlkit.parse(text)
        except FileNotFoundError:
            document = tomlkit.document()
        except (ParseError, ValueError, RefusedFileError) as error:
            raise _unreadable(file, error) from error
        place: Any = document.setdefault(table, tomlkit.table()) if table else document
        if value is not None:
            place[name] = value
        else:
            place.pop(name, None)
        write_atomically(file, tomlkit.dumps(document))


def _setting(file: Path, key: str) -> Setting:
    known = (*_BY_KEY, KEYS)
    if key not in _BY_KEY:
        raise ConfigError(
            _("{path}: there is no setting {key!r}.").format(path=file, key=key),
            did_you_mean(key, known) or _("The settings are {settings}.").format(settings=", ".join(known)),
        )
    return _BY_KEY[key]


def _allowed(file: Path, setting: Setting, value: object) -> Value:
    try:
        allowed: Value = msgspec.convert(value, setting.type)
        if setting.registry and allowed not in setting.values:
            raise msgspec.ValidationError  # noqa: TRY301  # as for what the type refuses
    except msgspec.ValidationError:
        options = [str(option).lower() for option in setting.values]
        raise ConfigError(
            _("{path}: {key} cannot be {value!r}.").format(path=file, key=setting.key, value=value),
            did_you_mean(str(value), options)
            or (
                _("Use one of {options}.").format(options=", ".join(options))
                if options
                else _("Write a string in quotation marks.")
            ),
        ) from None
    return allowed


def _bindings(file: Path, table: object, problems: list[ConfigError]) -> dict[str, str]:
    """Return the keys of each action, and add what is wrong to ``problems``."""
    if not isinstance(table, dict):
        raise ConfigError(
            _("{path}: {key} must be a table.").format(path=file, key=KEYS),
            _('Write [keys], and below it lines such as: help = "?"'),
        )
    good = {}
    for name, value in _flat(table):
        if isinstance(value, str):
            good[name] = value
            continue
        message = _("{path}: the keys of {id} must be a string.").format(path=file, id=name)
        problems.append(ConfigError(message, _('Separate them with commas: "n,ctrl+n".')))
    return good


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield ids and values; ``hit.next = …`` without quotation marks is a table in a table to TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _unreadable(file: Path, error: Exception) -> ConfigError:
    if isinstance(error, OSError):
        reason, remedy = cause(error)
        message = _("{path}: {error}. The defaults are used.").format(path=file, error=reason)
        return ConfigError(message, remedy)
    return ConfigError(
        _("{path}: {error}. The defaults are used.").format(path=file, error=error),
        remedy_of(error, _("Correct the file, or move it away; hubtui does not touch it.")),
    )
