"""``hubtui correct`` puts right what the library says of a source, and takes it back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.files import holding

Hubtui = Callable[..., Any]
GUIZHOU = "003_9c6913e47e9d125d.txt"


@pytest.fixture
def folder(seeds_folder: Path, tmp_path: Path) -> Path:
    """A copy of the library that may be changed."""
    shutil.copytree(seeds_folder, tmp_path / "hubs")
    return tmp_path / "hubs"


def _source(hubtui: Hubtui, folder: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in hubtui("sources", "--json", "-L", folder).out.splitlines()]
    return next(row for row in rows if row["path"] == GUIZHOU)


def test_a_correction_is_shown_kept_and_taken_back(hubtui: Hubtui, folder: Path) -> None:
    before = _source(hubtui, folder)
    shown = hubtui("correct", "Guizhou", "title=A hub", "date=2018-06", "--json", "-L", folder)
    assert shown.status == 0
    row = json.loads(shown.out)
    assert (row["title"], row["date"]) == ("A hub", "2018-06")
    assert _source(hubtui, folder) == row
    assert hubtui("correct", GUIZHOU, "--undo", "title", "-L", folder).status == 0
    assert _source(hubtui, folder)["title"] == before["title"]
    assert _source(hubtui, folder)["date"] == "2018-06"
    assert hubtui("correct", GUIZHOU, "--undo", "-L", folder).status == 0
    assert _source(hubtui, folder) == before


def test_a_correction_is_kept_while_another_hubtui_indexes(hubtui: Hubtui, folder: Path) -> None:
    with holding(folder / "index" / "lock"):
        found = hubtui("correct", GUIZHOU, "title=A hub", "-L", folder)
    assert found.status == 0
    assert "The correction is kept" in found.err
    assert _source(hubtui, folder)["title"] == "A hub"


def test_a_hidden_source_is_no_longer_there(hubtui: Hubtui, folder: Path) -> None:
    found = hubtui("correct", GUIZHOU, "hide=true", "-L", folder)
    assert (found.status, found.out) == (0, "")
    assert len(hubtui("sources", "-L", folder).out.splitlines()) == 4


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        (["tilte=x"], "Did you mean title?"),
        (["date=June"], "2018-06"),
        (["hide=perhaps"], "true or false"),
        (["title"], "KEY=VALUE"),
        ([], "title="),
        (["--undo", "dat"], "Did you mean date"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    hubtui: Hubtui, folder: Path, changes: list[str], remedy: str
) -> None:
    before = (folder / "seeds" / "sources.toml").read_bytes()
    found = hubtui("correct", GUIZHOU, *changes, "-L", folder)
    assert (found.status, found.out) == (2, "")
    assert remedy in found.err
    assert (folder / "seeds" / "sources.toml").read_bytes() == before
