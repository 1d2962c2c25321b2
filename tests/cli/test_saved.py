"""``hubtui search --saved``."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.settings import write_search

Hubtui = Callable[..., Any]


@pytest.fixture
def folder(seeds_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeds_folder, tmp_path / "hubs")
    write_search(tmp_path / "hubs", "cold hubs", "city:Harbin cloud", tmp_path / "lock")
    return tmp_path / "hubs"


def test_a_saved_search_gives_what_its_query_gives(hubtui: Hubtui, folder: Path) -> None:
    saved = hubtui("search", "--saved", "cold hubs", "--json", "-L", folder)
    assert saved.out == hubtui("search", "city:Harbin cloud", "--json", "-L", folder).out
    narrowed = hubtui("search", "--saved", "cold hubs", "--count", "computing", "-L", folder)
    assert narrowed.out == hubtui("search", "city:Harbin cloud computing", "--count", "-L", folder).out


def test_an_unknown_one_and_no_query_at_all_are_wrong_usage(hubtui: Hubtui, folder: Path) -> None:
    unknown = hubtui("search", "--saved", "cold hub", "-L", folder)
    assert unknown.status == 2
    assert "cold hubs" in unknown.err
    missing = hubtui("search", "-L", folder)
    assert missing.status == 2
    assert "QUERY" in missing.err
