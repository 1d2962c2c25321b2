"""``hubtui config``, and the schemas of the settings."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hubtui.core.actions import ACTIONS
from hubtui.core.config import KEYS, SETTINGS, config_schema
from hubtui.core.settings import library_schema
from hubtui.places.gazetteer import PROMINENCE

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"

Hubtui = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    return tmp_path / "config.toml"


def test_all_settings_are_shown(hubtui: Hubtui, file: Path) -> None:
    outcome = hubtui("config", "show", "--json")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [row["key"] for row in rows] == [setting.key for setting in SETTINGS]
    assert {row["origin"] for row in rows} == {"default"}
    assert (outcome.status, outcome.err) == (0, "")
    assert not file.exists()


def test_set_show_unset(hubtui: Hubtui, file: Path) -> None:
    assert hubtui("config", "set", "ascii", "true").status == 0
    assert hubtui("config", "set", "keys.hit.next", "f3,n").status == 0
    assert tomllib.loads(file.read_text()) == {"ascii": True, "keys": {"hit.next": "f3,n"}}
    out = hubtui("config", "show").out
    assert "ascii\ttrue\tfile\t" in out
    assert "keys.hit.next\tf3,n\tfile\tNext " in out
    assert hubtui("config", "unset", "ascii").status == 0
    assert hubtui("config", "unset", "keys.hit.next").status == 0
    assert "ascii\tauto\tdefault" in hubtui("config", "show").out


@pytest.mark.usefixtures("file")
def test_on_a_terminal_there_is_a_table(hubtui: Hubtui) -> None:
    assert "what it sets" in hubtui("config", "show", "--color", "always").out


def test_the_path(hubtui: Hubtui, file: Path) -> None:
    assert hubtui("config", "path").out == f"{file}\n"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("tehme", "nord", "Did you mean theme?"),
        ("language", "klingon", "'klingon'"),
        ("keys.hlep", "f1", "Did you mean help"),
        ("keys.help", "y", "passage.copy"),
        ("keys.help", "backspace", "needed for typing"),
        ("keys", "x", "keys"),
    ],
)
def test_nothing_wrong_is_set(hubtui: Hubtui, file: Path, key: str, value: str, said: str) -> None:
    outcome = hubtui("config", "set", key, value)
    assert outcome.status == 2
    assert said in outcome.err
    assert not file.exists()


def test_what_is_wrong_is_named_and_the_rest_shown(hubtui: Hubtui, file: Path) -> None:
    file.write_text('theme = "nord"\ncolour = 1\n[keys]\nhelp = "f1"\nquit = "y"\nnope = "z"\n')
    outcome = hubtui("config", "show")
    assert outcome.status == 2
    assert "theme\tnord\tfile" in outcome.out
    assert "keys.help\tf1" in outcome.out
    assert "keys.quit" not in outcome.out
    for wrong in ("'colour'", "keys.quit", "keys.nope"):
        assert wrong in outcome.err


def test_a_broken_file_is_left_as_it_is(hubtui: Hubtui, file: Path) -> None:
    file.write_text("theme = nord\n")
    assert hubtui("config", "show").status == 2
    outcome = hubtui("config", "set", "theme", "nord")
    assert (outcome.status, file.read_text()) == (2, "theme = nord\n")
    assert str(file) in outcome.err


def test_other_commands_say_what_is_wrong_and_go_on(hubtui: Hubtui, file: Path, seeds_folder: Path) -> None:
    file.write_text("nonsense = 1\n")
    outcome = hubtui("sources", "-L", seeds_folder)
    assert outcome.status == 0
    assert "'nonsense'" in outcome.err
    assert "'nonsense'" not in hubtui("sources", "-L", seeds_folder, "--quiet").err


@pytest.mark.parametrize(
    ("name", "made"),
    [("config", config_schema()), ("hubtui", library_schema(PROMINENCE))],
    ids=["config", "library"],
)
def test_the_documented_schemas_are_the_commands(name: str, made: dict[str, Any]) -> None:
    """After a wanted change: hubtui config schema [library] > docs/schemas/…"""
    jsonschema.Draft202012Validator.check_schema(made)
    assert json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")) == made


def test_the_command_gives_the_schemas(hubtui: Hubtui) -> None:
    assert json.loads(hubtui("config", "schema").out) == config_schema()
    assert json.loads(hubtui("config", "schema", "library").out) == library_schema(PROMINENCE)


def _blocks(page: str) -> list[dict[str, Any]]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [tomllib.loads(block.partition("```")[0]) for block in text.split("```toml\n")[1:]]


def test_the_documented_files_fit_the_schemas() -> None:
    blocks = _blocks("settings.md")
    assert blocks
    for block in blocks:
        jsonschema.validate(block, config_schema())
    for block in _blocks("gazetteer.md"):
        jsonschema.validate(block, library_schema(PROMINENCE))


@pytest.mark.parametrize(
    "wrong", [{"colour": 1}, {"language": "xx"}, {"ambiguous_width": "2"}, {"keys": {"help": 1}}]
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, config_schema())


def test_every_setting_and_value_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in page.splitlines() if row.startswith("| `")}
    assert set(rows) >= {setting.key for setting in SETTINGS} | {f"[{KEYS}]"}
    for setting in SETTINGS:
        for value in setting.values:
            assert f"`{str(value).lower()}`" in page, (setting.key, value)


def test_every_action_that_can_be_bound_is_documented() -> None:
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    assert [action.id for action in ACTIONS if f"`{action.id}`" not in page] == []
