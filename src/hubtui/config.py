"""The user's own settings, ``config.toml``: how hubtui looks, speaks, cites, copies, and which keys it takes.

What is wrong in the file is listed and left aside, and the rest counts: a slip of the pen must not keep
anyone from their sources. The file itself is changed one setting at a time, with all comments kept.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hubtui.errors import HubtuiError, did_you_mean
from hubtui.i18n import LANGUAGES, N_, _
from hubtui.paths import config_folder

AUTO = "auto"
"""The value that lets hubtui decide."""

FILE = "config.toml"
KEYS = "keys"
"""The table that binds keys: an action's id, and its keys in one text, with commas between them."""

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of ``config.toml``.

    Attributes:
        key: What the file calls it; also the attribute of :class:`Config`.
        label: What people call it.
        default: What holds where the file does not say.
        values: What it may be; empty where any text is taken.
        about: What it sets, for help, schema and screen.
    """

    key: str
    label: str
    default: Value
    values: tuple[Value, ...]
    about: str


# The names of styles and formats stand here too, since the packages that know them are not loaded for the
# first paint and for --version; a test holds both together.
STYLES = (
    "gb7714-2025", "gb7714-2025-author-date", "gb7714-2015", "gb7714-2015-author-date", "apa",
    "chicago-author-date", "chicago-notes", "mla", "ieee", "plain",
)  # fmt: skip
COPY_FORMATS = ("plain", "markdown", "markdown-pandoc", "html", "citation", "passage", "link")
LOG_LEVELS = ("error", "warning", "info", "debug")

SETTINGS = (
    Setting(
        "theme", N_("Theme"), AUTO, (), N_("Colours: hubtui-dark, hubtui-light, or any theme of Textual")
    ),
    Setting("language", N_("Language"), AUTO, (AUTO, *LANGUAGES), N_("Language of the interface")),
    Setting(
        "style",
        N_("Citation style"),
        AUTO,
        (AUTO, *STYLES),
        N_("Citation style, where a library does not set its own"),
    ),
    Setting("copy_format", N_("Copy format"), "plain", COPY_FORMATS, N_("What y copies")),
    Setting(
        "ascii",
        N_("ASCII"),
        AUTO,
        (AUTO, True, False),
        N_("Signs of plain ASCII instead of lines and arrows"),
    ),
    Setting(
        "ambiguous_width",
        N_("Width of “ ” … ·"),
        AUTO,
        (AUTO, 1, 2),
        N_("Cells that the terminal gives to signs such as “ ” … ·"),
    ),
    Setting(
        "reduced_motion",
        N_("Less motion"),
        default=False,
        values=(False, True),
        about=N_("No animations, no blinking cursor"),
    ),
    Setting("log_level", N_("Log"), "warning", LOG_LEVELS, N_("What the log file tells")),
)
"""All settings but the keys, in the order in which they are shown."""

_BY_KEY = {setting.key: setting for setting in SETTINGS}


class ConfigError(HubtuiError):
    """``config.toml`` holds something that cannot be understood, or cannot be changed."""

    title = N_("Wrong settings")


@dataclass(frozen=True, slots=True)
class Config:
    """What ``config.toml`` says; see :data:`SETTINGS` for each of its values.

    Attributes:
        file: Where it stands, or would.
        keys: Keys by the ids of actions, as written; not checked here.
        said: The settings that the file itself names.
        problems: What was wrong in it and is left aside.
    """

    file: Path
    theme: str = AUTO
    language: str = AUTO
    style: str = AUTO
    copy_format: str = "plain"
    ascii: str | bool = AUTO
    ambiguous_width: str | int = AUTO
    reduced_motion: bool = False
    log_level: str = "warning"
    keys: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    problems: tuple[ConfigError, ...] = ()

    @property
    def default_style(self) -> str:
        """The citation style that the user has chosen, or ``""``."""
        return "" if self.style == AUTO else self.style

    def value(self, key: str) -> Value:
        """Give the value of a setting by its key."""
        value: Value = getattr(self, key)
        return value


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Give where the user's settings are: in the platform's folder, or where ``HUBTUI_CONFIG`` says.

    That may name a file, which is one if it is there or ends in ``.toml``, or else a folder.
    """
    told = environ.get("HUBTUI_CONFIG", "")
    if not told:
        return config_folder() / FILE
    named = Path(told).expanduser()
    is_file = named.is_file() or (named.suffix == ".toml" and not named.is_dir())
    return named if is_file else named / FILE


def read_config(file: Path | None = None) -> Config:
    """Read the user's settings; never fails, see :attr:`Config.problems`."""
    file = file or config_file()
    config = Config(file)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return config
    except (OSError, ValueError) as error:
        return replace(config, problems=(_unreadable(file, error),))
    import tomllib  # noqa: PLC0415  # most users have no such file

    try:
        found = tomllib.loads(text)
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
    return replace(config, **good, said=frozenset(good), problems=tuple(problems))


def parse_value(key: str, text: str, file: Path | None = None) -> Value:
    """Give the value that ``text`` means for a setting, as typed on a command line.

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
    import tomlkit  # noqa: PLC0415  # deferred: nothing is written at the start
    from tomlkit.exceptions import ParseError  # noqa: PLC0415  # as above

    from hubtui.files import write_atomically  # noqa: PLC0415  # as above

    # A link to a file elsewhere stays one.
    file = (file or config_file()).resolve()
    table, name = (KEYS, key.removeprefix(f"{KEYS}.")) if key.startswith(f"{KEYS}.") else ("", key)
    if not table:
        setting = _setting(file, key)
        if value is not None:
            _allowed(file, setting, value)
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (ParseError, ValueError) as error:
        raise _unreadable(file, error) from error
    place: Any = document.setdefault(table, tomlkit.table()) if table else document
    if value is not None:
        place[name] = value
    else:
        place.pop(name, None)
    file.parent.mkdir(parents=True, exist_ok=True)
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
    if not setting.values and isinstance(value, str) and value:
        return value
    # By kind too: for Python, True is 1.
    for allowed in setting.values:
        if type(allowed) is type(value) and allowed == value:
            return allowed
    options = [str(option).lower() for option in setting.values]
    raise ConfigError(
        _("{path}: {key} cannot be {value!r}.").format(path=file, key=setting.key, value=value),
        did_you_mean(str(value), options)
        or (_("Use one of {options}.").format(options=", ".join(options)) if options else _("Write a text.")),
    )


def _bindings(file: Path, table: object, problems: list[ConfigError]) -> dict[str, str]:
    """Give the keys of each action; what is none goes to ``problems``."""
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
        said = _("{path}: the keys of {id} must be a text.").format(path=file, id=name)
        problems.append(ConfigError(said, _('Write them with commas between: "n,ctrl+n".')))
    return good


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Give ids and values; ``hit.next = …`` without quotation marks is a table in a table to TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _unreadable(file: Path, error: Exception) -> ConfigError:
    return ConfigError(
        _("{path}: {error}. The defaults are used.").format(path=file, error=error),
        _("Correct the file, or move it away; hubtui leaves it as it is."),
    )
