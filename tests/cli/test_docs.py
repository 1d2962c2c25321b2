"""The documentation is true: its commands run, its links lead somewhere, its commands are all there."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _examples() -> list[str]:
    blocks = (block for page in PAGES for block in _FENCE.findall(page.read_text(encoding="utf-8")))
    lines = (line.split("  #")[0].strip() for block in blocks for line in block.splitlines())
    return sorted({line for line in lines if line.startswith("hubtui ")})


def test_there_are_examples() -> None:
    assert len(_examples()) >= 5


@pytest.mark.parametrize("line", _examples())
def test_an_example_runs(
    hubtui: Callable[..., Any],
    line: str,
    seeds_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    (seeds_folder / "draft.txt").write_text(
        "腾讯在沈阳和哈尔滨 has offices in Harbin.\n"
    )  # beside the sources
    (seeds_folder / "draft.md").write_text("“Guizhou has attracted hundreds of companies”\n")
    monkeypatch.chdir(seeds_folder)
    outcome = hubtui(*shlex.split(line)[1:])
    assert outcome.status in (0, 1), outcome.err


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"hubtui {name}" not in readme] == []


def test_every_command_has_help_with_an_example() -> None:
    context = cli.make_context("hubtui", [], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.short_help
        assert f"hubtui {name}" in (command.epilog or "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_a_path_of_somebodys_machine(page: Path) -> None:
    assert not re.search(r"/(?:home|Users|root|work|tmp)/", page.read_text(encoding="utf-8"))
