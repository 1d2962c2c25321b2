"""What all tests share: a home folder of their own, and libraries to work on."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from hubtui.library import Library

# The first example pays for loading jieba; in CI a failure must be the same the next time.
settings.register_profile("hubtui", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI")))
settings.register_profile("fast", settings.get_profile("hubtui"), max_examples=10)
settings.load_profile("hubtui")

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

_ATTACK = Path(__file__).resolve().parent / "attack"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the attack suite be asked for, and how much it tries."""
    parser.addoption(
        "--attack",
        choices=("ci", "some", "full"),
        help="run tests/attack too: how much of it (by default not at all, some where it is named)",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the attack suite, which takes minutes, unless it is asked for or named."""
    if collection_path != _ATTACK or config.getoption("--attack"):
        return None
    named = (Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args)
    return None if any(path.resolve().is_relative_to(_ATTACK) for path in named) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out attacks that stand among other tests, unless they are asked for."""
    if not config.getoption("--attack"):
        items[:] = [
            item
            for item in items
            if not item.get_closest_marker("attack") or item.path.is_relative_to(_ATTACK)
        ]


def pytest_collection_finish() -> None:
    """Look for garbage more seldom, and never among the modules: a tenth of the time went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder that holds nothing; jieba's cache is made in it once."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        for name in [name for name in os.environ if name.startswith(("HUBTUI_", "TMUX", "WAYLAND_"))]:
            patch.delenv(name)
        patch.setenv("TERM", "xterm-256color")
        patch.delenv("DISPLAY", raising=False)
        patch.delenv("LANGUAGE", raising=False)
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.delenv("NO_COLOR", raising=False)
        yield folder


@pytest.fixture(scope="session")
def seeds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with the five seeds, indexed; not to be changed."""
    folder = tmp_path_factory.mktemp("tech-hubs")
    shutil.copytree(SEEDS, folder / "seeds")
    with Library.open(folder) as library:
        library.sync()
    return folder


@pytest.fixture
def seeds_library(seeds_folder: Path) -> Iterator[Library]:
    """The indexed library with the five seeds; not to be changed."""
    with Library.open(seeds_folder) as library:
        yield library


@pytest.fixture
def make_library(tmp_path: Path) -> Iterator[MakeLibrary]:
    """Make a library in the test's folder from file names and contents, not yet indexed."""
    opened: list[Library] = []

    def make(files: Mapping[str, str | bytes]) -> Library:
        for name, content in files.items():
            path = tmp_path / "seeds" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "seeds").mkdir(exist_ok=True)
        opened.append(Library.open(tmp_path))
        return opened[-1]

    yield make
    for library in opened:
        library.close()
