"""``hubtui config``: the user's own settings and keys."""

import json
from collections.abc import Iterator

import click

from hubtui.cli.console import say, write_message
from hubtui.cli.options import color_option, json_option
from hubtui.cli.output import Column, on_terminal, write_fields, write_json, write_table, write_text
from hubtui.core.config import (
    KEYS,
    SETTINGS,
    Config,
    ConfigError,
    Value,
    config_file,
    config_schema,
    parse_value,
    read_config,
    set_value,
)
from hubtui.core.i18n import N_, _

_WRONG = 2
"""The exit status when something in the file is wrong."""

_COLUMNS = (
    Column(N_("setting")),
    Column(N_("value")),
    Column(N_("from")),
    Column(N_("what it sets"), grows=True),
)


@click.group(
    "config",
    epilog="Example:  hubtui config set style apa",
)
def command() -> None:
    """Show and change your own settings: config.toml in the folder for configurations, or HUBTUI_CONFIG.

    They are listed in docs/settings.md. A library has settings of its own, hubtui.toml; its citation style
    goes before yours.
    """


@command.command("show", short_help="All settings, and what is wrong.", epilog="Example:  hubtui config show")
@json_option
@color_option
def show(*, as_json: bool, color: str) -> int:
    """List all settings with their values, and name what is wrong in the file, with exit status 2.

    Of the keys, those that you have set are listed.
    """
    from hubtui.core.keymap import keymap_of  # deferred: other commands need no keys

    config = read_config()
    keymap = keymap_of(config)
    rows = [*_settings(config), *_keys(config, keymap.bound)]
    if as_json:
        write_json(
            {"key": key, "value": value, "origin": origin, "about": about}
            for key, value, origin, about in rows
        )
    else:
        cells = [(key, _written(value), _(origin), about) for key, value, origin, about in rows]
        write_table(_COLUMNS, cells, terminal=on_terminal(color))
    problems = (*config.problems, *keymap.faults)
    for problem in problems:
        # Not only by the way: they are part of the answer.
        write_message(f"hubtui: {_(problem.title)}: {problem.message}", problem.remedy)
    return _WRONG if problems else 0


@command.command("path", short_help="Where the file is.", epilog="Example:  hubtui config path")
def path() -> None:
    """Print the path of config.toml, whether it exists or not."""
    write_fields(config_file())


@command.command("set", short_help="Change a setting.", epilog="Example:  hubtui config set keys.help f1")
@click.argument("key")
@click.argument("value")
def set_(*, key: str, value: str) -> None:
    """Set KEY to VALUE; the comments in the file stay.

    A key is bound with keys. and the action's id from docs/keys.md, several with commas between them.
    """
    meant = parse_value(key, value)
    if key.startswith(f"{KEYS}."):
        _refuse_wrong_keys(key.removeprefix(f"{KEYS}."), value)
    set_value(key, meant)
    say(_("{key} is now {value}.").format(key=key, value=_written(meant)))


@command.command(
    "unset", short_help="Go back to a default.", epilog="Example:  hubtui config unset keys.help"
)
@click.argument("key")
def unset(*, key: str) -> None:
    """Remove KEY from the file, so that its default applies."""
    set_value(key, None)
    say(_("{key} is back to its default.").format(key=key))


@command.command(
    "schema", short_help="The JSON Schema of settings.", epilog="Example:  hubtui config schema library"
)
@click.argument("file", type=click.Choice(["config", "library"]), default="config")
def schema(*, file: str) -> None:
    """Print the JSON Schema of config.toml, or with "library" that of a library's hubtui.toml."""
    from hubtui.core.settings import library_schema  # deferred with the kinds of places
    from hubtui.places.gazetteer import PROMINENCE  # see above

    made = config_schema() if file == "config" else library_schema(PROMINENCE)
    write_text(json.dumps(made, ensure_ascii=False, indent=2))


def _settings(config: Config) -> Iterator[tuple[str, Value, str, str]]:
    for setting in SETTINGS:
        origin = N_("file") if setting.key in config.named else N_("default")
        yield setting.key, config.value(setting.key), origin, _(setting.about)


def _keys(config: Config, bound: frozenset[str]) -> Iterator[tuple[str, Value, str, str]]:
    from hubtui.core.actions import ACTIONS  # deferred: see above

    for action in ACTIONS:
        if action.id in bound:
            yield f"{KEYS}.{action.id}", config.keys[action.id], N_("file"), _(action.label)


def _refuse_wrong_keys(action_id: str, keys: str) -> None:
    from dataclasses import replace  # deferred: see above

    from hubtui.core.keymap import keymap_of  # deferred: see above

    config = read_config()
    others = {name: text for name, text in config.keys.items() if name != action_id}
    before = keymap_of(replace(config, keys=others)).faults
    after = keymap_of(replace(config, keys={**others, action_id: keys})).faults
    for fault in after:
        if fault.message not in {old.message for old in before}:
            raise ConfigError(fault.message, fault.remedy)


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
