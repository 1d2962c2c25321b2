"""``hubtui doctor`` finds what is wrong, says what to do, and changes nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.files import holding
from hubtui.library import Library

Hubtui = Callable[..., Any]
Make = Callable[[dict[str, str]], Library]


def _checks(hubtui: Hubtui, folder: Path) -> tuple[int, dict[tuple[str, str], dict[str, str]]]:
    found = hubtui("doctor", "--json", "-L", folder)
    rows = [json.loads(line) for line in found.out.splitlines()]
    return found.status, {(row["area"], row["name"]): row for row in rows}


@pytest.fixture
def indexed(make_library: Make, tmp_path: Path) -> Path:
    with make_library({"a.txt": "Cloud computing is growing in Harbin, where land is cheap.\n"}) as library:
        library.sync()
    return tmp_path


def test_a_healthy_library(hubtui: Hubtui, indexed: Path) -> None:
    status, checks = _checks(hubtui, indexed)
    assert status == 0
    assert checks["index", "integrity"]["verdict"] == "ok"
    assert checks["library", "sources"]["found"] == "1 source"
    assert "segmenter jieba" in checks["index", "made with"]["found"]
    assert checks["locks", "lock"]["found"] == "free"
    assert {area for area, _ in checks} == {
        "versions", "terminal", "clipboard", "settings", "library", "index", "locks", "permissions",
    }  # fmt: skip


def test_nothing_is_said_of_what_the_library_holds(hubtui: Hubtui, indexed: Path) -> None:
    out = hubtui("doctor", "-L", indexed).out
    assert "Harbin" not in out
    assert "a.txt" not in out


def test_no_index_yet_and_none_is_made(hubtui: Hubtui, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    status, checks = _checks(hubtui, tmp_path)
    assert status == 0
    assert checks["index", "index"]["verdict"] == "warning"
    assert not (tmp_path / "index").exists()


def test_a_damaged_index_is_a_fault_and_stays(hubtui: Hubtui, indexed: Path) -> None:
    for segment in (indexed / "index" / "fulltext").glob("*.segment"):
        segment.write_bytes(b"\0" * 10)
    for attempt in range(2):
        status, checks = _checks(hubtui, indexed)
        assert status == 1, attempt
        assert checks["index", "integrity"]["verdict"] == "fault"
        assert "hubtui index" in checks["index", "integrity"]["remedy"]


def test_a_passage_that_the_full_text_lacks_is_a_fault(hubtui: Hubtui, indexed: Path) -> None:
    with Library.open(indexed) as library:
        writer = library._opened.store().engine.writer()
        writer.clear()
        writer.commit()
    status, checks = _checks(hubtui, indexed)
    assert (status, checks["index", "integrity"]["verdict"]) == (1, "fault")
    assert "lacks 1 of 1" in checks["index", "integrity"]["found"]


def test_an_index_of_another_version_is_built_anew(hubtui: Hubtui, indexed: Path) -> None:
    mark = indexed / "index" / "made-by.json"
    made = json.loads(mark.read_text())
    mark.write_text(json.dumps({**made, "versions": {**made["versions"], "format": "1"}}))
    status, checks = _checks(hubtui, indexed)
    assert (status, checks["index", "integrity"]["verdict"]) == (0, "warning")
    assert "hubtui index" in checks["index", "integrity"]["remedy"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("name", ["index", "index/catalogue.sqlite"])
def test_an_index_that_others_can_write(hubtui: Hubtui, indexed: Path, name: str) -> None:
    for path in ((indexed / "index"), *(indexed / "index").rglob("*")):
        path.chmod(path.stat().st_mode & ~0o022)
    assert ("index", "others") not in _checks(hubtui, indexed)[1]
    (indexed / name).chmod((indexed / name).stat().st_mode | 0o002)
    status, checks = _checks(hubtui, indexed)
    found = checks["index", "others"]
    assert (status, found["verdict"]) == (0, "warning")
    assert found["found"].endswith(name)
    assert "chmod" in found["remedy"]


def test_who_holds_the_lock(hubtui: Hubtui, indexed: Path) -> None:
    with holding(indexed / "index" / "lock"):
        _, checks = _checks(hubtui, indexed)
    assert checks["locks", "lock"]["verdict"] == "warning"
    if Path("/proc/locks").exists():
        assert str(os.getpid()) in checks["locks", "lock"]["found"]


def test_wrong_settings_are_a_fault_with_their_remedy(hubtui: Hubtui, indexed: Path) -> None:
    (indexed / "hubtui.toml").write_text("stile = 'apa'\n")
    status, checks = _checks(hubtui, indexed)
    assert status == 1
    assert "style" in checks["library", "Wrong settings"]["remedy"]


def test_for_eyes_by_area(hubtui: Hubtui, indexed: Path) -> None:
    lines = hubtui("doctor", "--color", "always", "-L", indexed).out.splitlines()
    assert "versions" in lines[0]
    assert sum("index" in line for line in lines) >= 2


def test_wrong_settings_are_named(hubtui: Hubtui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    (tmp_path / "config.toml").write_text('lnguage = "zh"\n[keys]\nhelp = "y"\n', encoding="utf-8")
    out = hubtui("doctor", "--json").out
    assert "Did you mean language?" in out
    assert "passage.copy" in out
