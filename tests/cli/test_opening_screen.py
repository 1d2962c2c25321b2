"""What stands before a command, and what the screen opens with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]

NOWHERE = "/no/such/folder"


@pytest.mark.parametrize("option", ["-L", "--library"])
@pytest.mark.parametrize("command", [("search", "Harbin"), ("clips", "list"), ("mentions", "list")])
def test_a_library_may_be_named_before_the_command(
    hubtui: Hubtui, seeds_folder: Path, option: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBTUI_LIBRARY", NOWHERE)
    before, after = hubtui(option, seeds_folder, *command), hubtui(*command, option, seeds_folder)
    assert before == after
    assert "No library" not in before.err


def test_the_library_named_after_the_command_goes_before_the_one_in_front(
    hubtui: Hubtui, seeds_folder: Path
) -> None:
    assert hubtui("-L", NOWHERE, "sources", "-L", seeds_folder).status == 0
    assert "No library" in hubtui("-L", seeds_folder, "sources", "-L", NOWHERE).err


def test_commands_without_a_library_work_with_one_in_front(hubtui: Hubtui) -> None:
    assert hubtui("-L", NOWHERE, "completion", "bash").status == 0


QUERIES = {
    "city:Harbin cloud": ["--query", "city:Harbin cloud"],
    "city:哈尔滨": ["--city", "哈尔滨"],
    'city:"Hong Kong"': ["--city", "Hong Kong"],
    "city:Harbin cloud OR data": ["--city", "Harbin", "--query", " cloud OR data "],
    "city:Harbin OR city:Guizhou": ["--city", "Harbin", "--city", "Guizhou"],
    "": ["--query", ""],
}


@pytest.mark.parametrize("query", QUERIES)
def test_the_screen_opens_with_a_query(
    hubtui: Hubtui, seeds_folder: Path, query: str, opened: list[Path], queries: list[str]
) -> None:
    options = QUERIES[query]
    for arguments in ([seeds_folder, *options], [*options, seeds_folder], ["-L", seeds_folder, *options]):
        assert hubtui(*arguments) == hubtui("-q", *arguments)
    assert opened == [seeds_folder] * 6
    assert queries == [query] * 6


def test_options_on_both_sides_of_the_library_add_up(
    hubtui: Hubtui, seeds_folder: Path, queries: list[str]
) -> None:
    assert hubtui("--city", "Harbin", "--query", "cloud", seeds_folder, "--query", "data").status == 0
    assert queries == ["city:Harbin cloud data"]


def test_an_unknown_city_is_named_before_the_screen_opens(
    hubtui: Hubtui, seeds_folder: Path, opened: list[Path]
) -> None:
    found = hubtui(seeds_folder, "--city", "Harbn")
    assert found.status == 2
    assert "Unknown city: There is no city Harbn." in found.err
    assert "Did you mean Harbin" in found.err
    assert opened == []


def test_a_librarys_own_places_are_known(
    hubtui: Hubtui, tmp_path: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "hubtui.toml").write_text('[[places]]\nname_en = "Ice Valley"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert hubtui("--city", "Ice Valley").err == ""
    assert opened == [tmp_path]


@pytest.mark.parametrize("option", ["--query", "--city"])
def test_what_the_screen_opens_with_goes_with_no_command(
    hubtui: Hubtui, seeds_folder: Path, option: str, opened: list[Path]
) -> None:
    found = hubtui(option, "Harbin", "sources", "-L", seeds_folder)
    assert found.status == 2
    assert f"{option} takes no command" in found.err
    assert opened == []


def test_two_libraries_are_one_too_many(hubtui: Hubtui, seeds_folder: Path, opened: list[Path]) -> None:
    found = hubtui("-L", seeds_folder, "/")
    assert found.status == 2
    assert "Two libraries are named" in found.err
    assert opened == []
