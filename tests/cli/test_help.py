"""Help in both languages: of every command, with an example, readable at 80 columns, nothing untranslated."""

import gettext
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from hubtui.cli.app import COMMANDS, cli
from hubtui.cli.run import run
from hubtui.core.i18n import use_language
from hubtui.text.cells import width

Hubtui = Callable[..., Any]
_ENGLISH = re.compile(
    r"Usage|Options:|Commands:|Show this|default:|Example|Library|[a-z]+ [a-z]+ [a-z]+ the "
)


def _paths(command: click.Command = cli, *before: str) -> list[tuple[str, ...]]:
    context = click.Context(command)
    names = command.list_commands(context) if isinstance(command, click.Group) else []
    found = [before]
    for name in names:
        inner = command.get_command(context, name) if isinstance(command, click.Group) else None
        assert inner is not None
        found += _paths(inner, *before, name)
    return found


@pytest.fixture(autouse=True)
def english_again() -> Any:
    yield
    use_language("en")


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
@pytest.mark.parametrize("path", _paths(), ids=" ".join)
def test_help_fits_80_columns(
    hubtui: Hubtui, path: tuple[str, ...], locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("COLUMNS", "80")
    found = hubtui(*path, "--help")
    assert (found.status, found.err) == (0, "")
    # What is to be typed stands in one line, however long it is.
    lines = [line for line in found.out.splitlines() if "hubtui" not in line and "|" not in line]
    assert [line for line in lines if width(line) > 80 or line != line.rstrip()] == []
    if locale.startswith("zh"):
        assert _ENGLISH.findall(found.out) == []
        assert len(re.findall("[\u4e00-\u9fff]", found.out)) > 50


def test_the_commands_stand_in_groups(hubtui: Hubtui) -> None:
    out = hubtui("--help").out
    headings = re.findall(r"^(\S.*):$", out, re.MULTILINE)
    assert headings == ["Options", *dict.fromkeys(listed.group for listed in COMMANDS.values())]
    assert all(re.search(rf"^  {name} +\S", out, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_a_command_takes_one_line(hubtui: Hubtui, locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("COLUMNS", "80")
    lines = hubtui("--help").out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("  search"))
    last = next(number for number, line in enumerate(lines) if line.startswith("  completion"))
    listed = [line for line in lines[first : last + 1] if line.startswith(" ")]
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert all(width(line) <= 80 and len(line.split()) > 1 for line in listed)


def test_errors_are_in_the_language_too(hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "未知的命令" in hubtui("serch").err
    assert "没有选项" in hubtui("sources", "--jsn").err
    assert "没有资料库" in hubtui("sources", "-L", "/no/such/folder").err


def test_click_speaks_the_language_of_the_settings_and_leaves_the_environment_alone(
    hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('language = "zh"')
    monkeypatch.setenv("HUBTUI_CONFIG", str(file))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    domain = gettext.textdomain()
    assert "没有选项" in hubtui("sources", "--jsn").err
    assert "用法" in hubtui("sources", "--help").out
    assert (gettext.textdomain(), os.environ["LANGUAGE"]) == (domain, "de")


def test_the_screen_has_the_environment_that_the_user_set(
    monkeypatch: pytest.MonkeyPatch, seeds_folder: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    seen: list[str | None] = []

    def open_screen(_folder: Path, **_options: object) -> int:
        seen.append(os.environ.get("LANGUAGE"))
        return 0

    assert run([str(seeds_folder)], open_screen) == 0
    assert seen == [None]
