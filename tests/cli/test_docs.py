"""The documentation is true: its commands run, its links lead somewhere, its commands are all there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from hubtui.cli.app import COMMANDS, cli

pytestmark = pytest.mark.xdist_group("docs")  # they change one library, one after the other

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
_FENCE = re.compile(r"^```(?!sh$)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SCRIPT = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _examples() -> list[str]:
    blocks = (block for page in PAGES for block in _FENCE.findall(page.read_text(encoding="utf-8")))
    lines = (line.split("  #")[0].strip() for block in blocks for line in block.splitlines())
    return sorted({line for line in lines if line.startswith("hubtui ")})


def test_there_are_examples() -> None:
    assert len(_examples()) >= 5


@pytest.fixture(scope="module")
def library(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five seeds and two drafts, for examples to work on and to change."""
    folder = tmp_path_factory.mktemp("documented") / "hubs"
    shutil.copytree(seeds_folder, folder)
    (folder / "draft.txt").write_text("腾讯在沈阳和哈尔滨 has offices in Harbin.\n", encoding="utf-8")
    (folder / "draft.md").write_text("“Guizhou has attracted hundreds of companies”\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", _examples())
def test_an_example_runs(
    hubtui: Callable[..., Any], line: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    monkeypatch.chdir(library)
    outcome = hubtui(*shlex.split(line)[1:])
    assert outcome.status in (0, 1), outcome.err


def test_the_script_in_the_documentation_runs(seeds_folder: Path, tmp_path: Path) -> None:
    (script,) = _SCRIPT.findall((ROOT / "docs" / "cli.md").read_text(encoding="utf-8"))
    (tmp_path / "cities.txt").write_text("Harbin\n贵州\n", encoding="utf-8")
    (tmp_path / "draft.md").write_text("“It aims to become a big data and cloud hub.”\n", encoding="utf-8")
    environ = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HUBTUI_LIBRARY": str(seeds_folder),
    }
    done = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for name in ("passages.jsonl", "counts.tsv", "facets.jsonl", "sources.bib", "findings.jsonl"):
        assert (tmp_path / name).stat().st_size, name


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Return every command and those within it, with what is typed for it."""
    context = cli.make_context("hubtui", [], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command
        inner = command.commands if isinstance(command, click.Group) else {}
        yield from ((f"{name} {word}", each) for word, each in inner.items() if not each.hidden)


def test_every_command_and_option_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name, _ in _commands() if f"hubtui {name}" not in pages and f"`{name}" not in pages]
    for name, command in _commands():
        options = (option for option in command.params if isinstance(option, click.Option))
        missing += [
            f"{name} {word}"
            for option in options
            for word in option.opts
            if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", pages)
        ]
    assert missing == []


def test_the_page_of_the_command_line_names_every_command() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in page] == []


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


def test_the_map_of_the_code_names_what_is_there() -> None:
    """Files with their folder exist; a bare name in the table of rooms is a module or folder of its room."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "hubtui"
    files = set(re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.py)`", text))
    assert len(files) > 15
    assert not [file for file in files if not any((base / file).is_file() for base in (package, ROOT))]
    table = text[text.index("| room | opens with |") : text.index("## To add a")]
    for row in table.splitlines()[2:]:
        if not row.startswith("|"):
            continue
        rooms, opens = row.strip("|").split("|")[:2]
        folders = [package / room for room in re.findall(r"`([a-z]+)/`", rooms)]
        for name in re.findall(r"`([a-z_]+)/?`", opens):
            assert any((folder / name).is_dir() or (folder / f"{name}.py").is_file() for folder in folders), (
                f"{name} of {rooms}"
            )
