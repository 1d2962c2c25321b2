"""An empty home, libraries to be attacked, and hubtui in processes of its own.

How much is tried goes by :mod:`tests.attack.scale`, what is run by :mod:`tests.attack.commands`.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.attack.scale import SCALES, Scale
from tests.e2e.conftest import Terminal

from hubtui.library import Library

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
HOSTILE_SECONDS = 60.0
"""How long one command may take, on a machine that may be busy; whatever takes longer hangs."""

_FOLDERS = ("CACHE", "CONFIG", "DATA", "STATE")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of this folder; of a ``sampled`` one keep as many cases as the scale says."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.attack)
            if item.get_closest_marker("sampled"):
                cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left_out = {item for of_one in cases.values() for item in _left_out(of_one, _scale(config).sampled)}
    items[:] = [item for item in items if item not in left_out]


def _left_out(cases: Sequence[pytest.Item], most: int) -> set[pytest.Item]:
    """Return what is left out so that ``most`` cases remain, the same in each run."""
    if len(cases) <= most:
        return set()
    return set(cases) - set(random.Random(15).sample(cases, most))  # a choice, no secret


def _scale(config: pytest.Config) -> Scale:
    return SCALES[config.getoption("--attack") or "some"]


@pytest.fixture(scope="session")
def scale(request: pytest.FixtureRequest) -> Scale:
    """How much is tried: ``--attack=ci``, ``some`` or ``full``."""
    return _scale(request.config)


@dataclass(frozen=True)
class Ran:
    """What a command gave, byte by byte."""

    status: int
    out: bytes
    err: bytes


@dataclass
class User:
    """A user with a home folder of their own, and the libraries below it.

    Attributes:
        home: Their home folder; configuration, data, state and cache are below it.
        environ: The variables that their processes get, and no others.
    """

    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the folders."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.environ = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            **{f"XDG_{name}_HOME": str(self.folder(name.lower())) for name in _FOLDERS},
            **self.environ,
        }

    def folder(self, name: str) -> Path:
        """Return where hubtui's ``config``, ``data``, ``state`` or ``cache`` folder lies in."""
        return self.home / f".{name}"

    def runs(
        self,
        *arguments: str | Path,
        program: Sequence[str] = ("-m", "hubtui"),
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: bytes = b"",
        seconds: float = HOSTILE_SECONDS,
    ) -> Ran:
        """Run hubtui in a process of its own, in pipes; a hang fails the test.

        Args:
            arguments: What follows the program's name.
            program: What Python runs.
            environ: Variables beside the user's own.
            cwd: Where; by default in their home folder.
            stdin: What it can read.
            seconds: How long it may take.
        """
        done = subprocess.run(
            [sys.executable, *program, *map(str, arguments)],
            cwd=cwd or self.home,
            env={**self.environ, **(environ or {})},
            input=stdin,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def library(self, name: str = "hubs", *, of: Path | None = None) -> Path:
        """Return the folder of a new library of theirs: a copy of ``of``, or of the seeds, not indexed."""
        folder = self.home / name
        if of is None:
            shutil.copytree(SEEDS, folder / "seeds")
        else:
            shutil.copytree(of, folder, symlinks=True)
        return folder


@pytest.fixture
def user(tmp_path: Path) -> User:
    """Somebody whose home folder holds nothing yet; this process stays somebody else."""
    return User(tmp_path / "home")


@pytest.fixture
def as_user(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """Be that user in this process too, so that an index it makes is their own."""
    for name, value in user.environ.items():
        monkeypatch.setenv(name, value)
    return user


@pytest.fixture
def library(user: User) -> Path:
    """A copy of the seeds in that user's home, not indexed."""
    return user.library()


@pytest.fixture
def indexed(as_user: User) -> Path:
    """A copy of the seeds, indexed by that user, so that its index is their own."""
    folder = as_user.library()
    with Library.open(folder) as opened:
        opened.sync()
    return folder


@pytest.fixture
def in_terminal(user: User) -> Iterator[Callable[..., Terminal]]:
    """Start that user's hubtui in a pseudo-terminal; ``Terminal.output`` holds all that it wrote, raw."""
    terminals: list[Terminal] = []

    def start(
        *arguments: str | Path,
        size: tuple[int, int] = (120, 36),
        environ: Mapping[str, str] | None = None,
        program: Sequence[str] = ("-m", "hubtui"),
    ) -> Terminal:
        command = [sys.executable, *program, *map(str, arguments)]
        terminals.append(Terminal(command, {**user.environ, **(environ or {})}, *size))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()
