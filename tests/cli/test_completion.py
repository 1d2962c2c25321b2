"""Completion in the shell: quick, in both languages, and silent where there is nothing to offer."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]
Complete = Callable[..., list[str]]


@pytest.fixture
def complete(hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Complete the last of these words, as bash does."""

    def ask(*words: str, shell: str = "bash") -> list[str]:
        monkeypatch.setenv("HUBTUI_LIBRARY", str(seeds_folder))
        monkeypatch.setenv("_HUBTUI_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("hubtui", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        return [line.partition(",")[2] for line in hubtui().out.splitlines()]

    return ask


def test_commands_and_options(complete: Complete) -> None:
    assert complete("pas") == ["passages"]
    assert complete("search", "--lim") == ["--limit"]
    assert complete("sources", "--color", "al") == ["always"]


@pytest.mark.parametrize(("begun", "city"), [("har", "Harbin"), ("Har", "Harbin"), ("哈", "哈尔滨")])
def test_cities_in_both_languages(complete: Complete, begun: str, city: str) -> None:
    assert city in complete("passages", begun)


def test_sources_and_styles(complete: Complete) -> None:
    assert complete("show", "003") == ["003_9c6913e47e9d125d.txt"]
    assert "chicago-notes" in complete("cite", "003", "--style", "chi")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("city:har",), "city:Harbin"),
        (("cloud", "ci"), "city:"),
        (("city", ":", "har"), "Harbin"),
        (("city", ":"), ":Harbin"),
    ],
)
def test_filters_of_a_query(complete: Complete, words: tuple[str, ...], offered: str) -> None:
    assert offered in complete("search", *words)


def test_what_the_screen_opens_with(complete: Complete, seeds_folder: Path) -> None:
    assert "Harbin" in complete(str(seeds_folder), "--city", "har")
    assert "Harbin" in complete("--city", "har")
    assert "city:" in complete(str(seeds_folder), "--query", "ci")


def test_the_library_named_before_the_command(complete: Complete, seeds_folder: Path) -> None:
    assert "Harbin" not in complete("-L", "/no/such/folder", "passages", "har")
    assert "Harbin" in complete("-L", str(seeds_folder), "passages", "har")


def test_names_with_spaces_stay_one_word_in_bash(complete: Complete) -> None:
    assert all(" " not in name.replace("\\ ", "") for name in complete("passages", ""))


def test_no_library_no_offers(complete: Complete, hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    complete("passages", "har")
    monkeypatch.setenv("HUBTUI_LIBRARY", "/no/such/folder")
    outcome = hubtui()
    assert (outcome.out.strip(), outcome.err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(hubtui: Hubtui, shell: str) -> None:
    outcome = hubtui("completion", shell)
    assert (outcome.status, outcome.err) == (0, "")
    assert f"{shell}_complete" in outcome.out


def test_neither_engine_nor_segmenter_is_loaded(seeds_folder: Path) -> None:
    probe = (
        "import sys; from hubtui.cli.run import run; run([], lambda folder: 0);"
        " print(sorted({'numpy', 'whoosh', 'jieba', 'rich', 'textual'} & set(sys.modules)))"
    )
    asked = {
        "HUBTUI_LIBRARY": str(seeds_folder),
        "_HUBTUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "hubtui passages har",
        "COMP_CWORD": "2",
    }
    out = subprocess.run([sys.executable, "-c", probe], env=asked, capture_output=True, text=True, check=True)
    assert out.stdout.splitlines() == ["plain,Harbin", "[]"]
