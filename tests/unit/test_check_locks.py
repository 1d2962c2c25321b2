"""The check of the lock files finds what they lack, and what they hold for nothing."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
HASH = f"    --hash=sha256:{'0' * 64}"
METADATA = {
    "hubs": ["maps[tiles] >= 2", "clock; sys_platform == 'no-such-system'"],
    "maps": ["paper", "Tile_Server < 3; extra == 'tiles'", "globe; extra == 'round'"],
    "paper": ["maps"],
    "tile-server": [],
    "clock": [],
    "globe": [],
}
WHOLE = {"hubs": "1.0", "maps": "2.1", "paper": "1.0", "tile-server": "2.9"}

Faults = Callable[..., list[str]]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    found = importlib.util.spec_from_file_location("check_locks", ROOT / "tools" / "check_locks.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["check_locks"] = module  # dataclasses look their module up
    found.loader.exec_module(module)
    return module


def needs_of(name: str) -> list[Requirement] | None:
    return [Requirement(one) for one in METADATA[name]] if name in METADATA else None


@pytest.fixture
def faults(tool: ModuleType) -> Faults:
    """Check a lock file with these versions, made from the requirement ``hubs``, or from another one."""

    def check(versions: dict[str, str], root: str = "hubs") -> list[str]:
        return list(tool.faults(tool.Lock("lock.txt", versions, (Requirement(root),)), needs_of))

    return check


def test_a_whole_lock_file(faults: Faults) -> None:
    assert faults(WHOLE) == []


@pytest.mark.parametrize("name", WHOLE)
def test_what_it_lacks(faults: Faults, name: str) -> None:
    rest = {other: version for other, version in WHOLE.items() if other != name}
    assert faults(rest) == [f"lock.txt lacks {name}, which is needed here."]


@pytest.mark.parametrize("name", ["clock", "globe", "unheard-of"])
def test_what_nothing_needs(faults: Faults, name: str) -> None:
    assert faults(WHOLE | {name: "1.0"}) == [f"lock.txt holds {name}, which nothing needs here."]


def test_an_extra_is_needed_only_where_it_is_asked_for(faults: Faults) -> None:
    assert faults({"maps": "2.1", "paper": "1.0"}, "maps") == []
    assert faults({"maps": "2.1", "paper": "1.0"}, "maps[round]") == [
        "lock.txt lacks globe, which is needed here."
    ]


@pytest.mark.parametrize("root", ["hubs; python_version < '3'", "hubs; extra == 'more'"])
def test_a_root_for_elsewhere_needs_nothing(faults: Faults, root: str) -> None:
    assert faults({}, root) == []


def test_a_version_that_does_not_do(faults: Faults) -> None:
    assert faults(WHOLE | {"maps": "1.9"}) == ["lock.txt holds maps 1.9, but maps[tiles]>=2 is needed."]


def test_what_is_locked_but_not_installed(faults: Faults) -> None:
    assert faults({"atlas": "1.0"}, "atlas") == ["lock.txt holds atlas, which is not installed."]


def test_lock_files_agree(tool: ModuleType) -> None:
    one, two = tool.Lock("a.txt", {"maps": "2.1"}, ()), tool.Lock("b.txt", {"maps": "2.2", "paper": "1"}, ())
    assert list(tool.disagreements([one, two])) == ["a.txt holds maps 2.1, but b.txt 2.2."]
    assert list(tool.disagreements([one, one])) == []


def test_reading_a_lock_file(tool: ModuleType, tmp_path: Path) -> None:
    text = "\n".join(
        [
            "Tile_Server==2.9 \\",
            f"{HASH} \\",
            HASH,
            "clock==1.0 ; sys_platform == 'no-such-system' \\",
            HASH,
            f"maps==2.1 ; sys_platform == '{sys.platform}' \\",
            HASH,
        ]
    )
    (tmp_path / "lock.txt").write_text(text, encoding="utf-8")
    assert tool.pinned(tmp_path / "lock.txt") == {"tile-server": "2.9", "maps": "2.1"}


@pytest.mark.parametrize(
    "line",
    ["--find-links wheels", "maps @ https://example.org/maps.whl", "maps>=2", "maps==2.1"],
)
def test_a_lock_file_holds_versions_with_hashes_alone(tool: ModuleType, line: str, tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"lock\.txt, line 1 "):
        tool.pinned(tmp_path / "lock.txt")


def test_groups_include_each_other(tool: ModuleType) -> None:
    groups = {"dev": ["pytest", {"include-group": "build"}], "build": ["hatchling"]}
    assert list(tool.group(groups, "dev")) == ["pytest", "hatchling"]


def test_the_projects_lock_files_are_read(tool: ModuleType) -> None:
    locks = {lock.name: lock for lock in tool.project_locks()}
    assert set(locks) == {path.name for path in ROOT.glob("constraints*.txt")}
    assert "hatchling" in locks["constraints-build.txt"].versions
    assert locks["constraints.txt"].versions.items() <= locks["constraints-dev.txt"].versions.items()
