"""The bytes of every command on the five seeds, to eyes at 80 and 120 columns, pipes, programs and errors.

``UPDATE_GOLDEN=1 pytest tests/cli/test_golden.py`` writes what the commands give now; look at the difference.
"""

import datetime as dt
import io
import os
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.cli.app import COMMANDS, cli

Hubtui = Callable[..., Any]
pytestmark = pytest.mark.xdist_group("golden")  # they change one library, one after the other

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "cli"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))

SHAPED = {
    "search": "search cloud computing city:Harbin --limit 4",
    "search-chinese": "search 云计算 产业",
    "search-context": "search supercomputers --context 1",
    "search-facets": "search cloud --facets",
    "search-list": "search - --limit 1",
    "passages": "passages Harbin --limit 3",
    "cities": "cities",
    "cities-names": "cities --query cloud --names --countries",
    "concordance": "concordance cloud --sort right --limit 6",
    "collocates": "collocates Harbin",
    "compare": "compare Harbin Guizhou",
    "sources": "sources",
    "show": "show 002:3",
    "mentions": "mentions draft.md",
    "verify": "verify draft.md",
    "clips-list": "clips list",
}
"""Commands with a form for eyes, one for pipes and one for programs."""

PLAIN = {
    "help": "--help",
    "version": "--version",
    "search-help": "search --help",
    "search-count": "search Harbin --count",
    "search-list-count": "search - --count",
    "search-format": "search cloud --limit 2 --format '{path}:{number} {score}'",
    "sources-format": "sources --format '{date} {title} ({language})'",
    "show-source": "show 003",
    "cite": "cite 000:4 002:3 003",
    "cite-apa": "cite --all --style apa",
    "cite-markdown": "cite 000:4 003:3 --format markdown",
    "cite-bibtex": "cite --all --format bibtex",
    "clips-export": "clips export",
    "dossier": "dossier Harbin --most 2",
    "correct": "correct 003 --undo title",
    "index": "index",
    "config-show": "config show",
    "completion": "completion fish",
}
"""Commands that give everyone the same."""

WRONG = {
    "no-command": "serch",
    "no-option": "search x --limt 3",
    "no-choice": "sources --color alwys",
    "no-number": "search x --limit few",
    "no-field": "sources --format '{titel}'",
    "no-library": "sources -L /no/such/folder",
    "no-source": "show 033_9c6913e47",
    "no-one-source": "show 00",
    "no-passage": "show 003:99",
    "no-city": "passages Harbinn",
    "no-style": "cite 003 --style app",
    "no-query": "search",
    "no-hit": "search zzyzx",
    "partial": "search Harbin zzyzx --count",
    "no-setting": "config set stile apa",
}
"""Commands that find nothing or cannot be meant."""


@pytest.fixture(scope="module")
def folder(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the five seeds with a draft and two clippings."""
    target = tmp_path_factory.mktemp("golden") / "tech-hubs"
    shutil.copytree(seeds_folder, target)
    draft = (
        "Tencent is in Shenyang and 哈尔滨: “投资不过山海关”, he wrote, “is a hub of big data and clouds”.\n"
    )
    (target / "draft.md").write_text(draft, encoding="utf-8")
    return target


@pytest.fixture
def run(
    hubtui: Hubtui, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[str, str]]:
    """Run a line of the shell in the library's folder; give what it writes, but for what always changes."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))

    def call(line: str, *options: str, columns: int = 80) -> tuple[str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("cloud\n云计算\n".encode())))
        found = hubtui(*shlex.split(line), *options)
        return _steady(found.out, folder, tmp_path), _steady(found.err, folder, tmp_path)

    return call


def _steady(text: str, folder: Path, config: Path) -> str:
    text = text.replace(str(folder), "LIBRARY").replace(str(config), "CONFIG")
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "NOW", text)
    text = re.sub(r'(?m)^[\da-f]{12}(?=\t|  )|(?<="id": ")[\da-f]{12}(?=", "made")', "CLIPPING", text)
    text = text.replace(dt.datetime.now(dt.UTC).date().isoformat(), "TODAY")
    return re.sub(r"in \d+\.\d s", "in SECONDS", text)


def _hold(name: str, found: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_text(found, encoding="utf-8", newline="")
    # Bytes: a line end, a tab, an escape sequence are what others rely on.
    assert path.read_bytes().decode() == found


@pytest.fixture(scope="module", autouse=True)
def kept(folder: Path) -> None:
    """Two passages are kept."""
    from hubtui.cli.run import run as hubtui_run  # beside its use

    keep = ["clips", "add", "003:3", "000:4", "--tag", "hub", "-q", "--format", "", "-L", str(folder)]
    assert hubtui_run(keep, lambda _: 0) == 0


@pytest.mark.parametrize("name", SHAPED)
def test_for_eyes_pipes_and_programs(run: Callable[..., tuple[str, str]], name: str) -> None:
    line = SHAPED[name]
    for columns in (80, 120):
        out, _ = run(line, "--color", "always", columns=columns)
        _hold(f"{name}.{columns}", out)
    _hold(f"{name}.json", run(line, "--json")[0])
    _hold(f"{name}.pipe", "".join(run(line)))


@pytest.mark.parametrize("name", PLAIN)
def test_for_everyone(run: Callable[..., tuple[str, str]], name: str) -> None:
    _hold(name, "".join(run(PLAIN[name])))


@pytest.mark.parametrize("name", WRONG)
def test_what_is_said_of_mistakes(run: Callable[..., tuple[str, str]], name: str) -> None:
    out, err = run(WRONG[name])
    _hold(f"error-{name}", f"{out}{err}")


def test_every_command_is_here() -> None:
    lines = (*SHAPED.values(), *PLAIN.values())
    # What doctor finds is the machine's, and the tour is on the screen: they have tests of their own.
    assert set(COMMANDS) - {line.split()[0] for line in lines} == {"doctor", "tour"}
    assert cli.name == "hubtui"


def test_no_file_is_left_over() -> None:
    wanted = {f"{name}.{form}" for name in SHAPED for form in ("80", "120", "json", "pipe")}
    wanted |= {*PLAIN, *(f"error-{name}" for name in WRONG)}
    assert {path.name.removesuffix(".txt") for path in GOLDEN.iterdir()} == wanted
