"""What each command loads, in a new process: nobody waits for what is not used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_PROBE = """
import json, sys
from hubtui.cli.run import run
run(sys.argv[1:], lambda folder: 0)
print()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def _loaded(*arguments: str | Path) -> set[str]:
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return set(json.loads(probe.stdout.splitlines()[-1]))


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_no_library(argument: str) -> None:
    heavy = {"textual", "rich", "whoosh", "jieba", "rjieba", "sqlite3", "opencc", "ahocorasick_rs"}
    assert not _loaded(argument) & heavy


def test_sources_and_an_english_search_load_neither_textual_nor_jieba(seeds_folder: Path) -> None:
    for arguments in (
        ("sources", "-L", seeds_folder),
        ("search", "cloud computing", "-L", seeds_folder),
        ("search", "cloud computing", "--json", "-L", seeds_folder),
        ("cities", "-L", seeds_folder),
    ):
        assert not _loaded(*arguments) & {"textual", "rich", "jieba", "rjieba", "trafilatura"}, arguments


def test_a_list_of_sources_needs_no_arrays_and_nothing_that_reads_or_finds(seeds_folder: Path) -> None:
    _loaded("sources", "-L", seeds_folder)
    loaded = _loaded("sources", "-L", seeds_folder)
    assert "sqlite3" in loaded
    assert loaded.isdisjoint({"numpy", "filelock", "ahocorasick_rs", "opencc", "rich"})


def test_a_chinese_search_loads_no_textual(seeds_folder: Path) -> None:
    loaded = _loaded("search", "哈尔滨云计算", "-L", seeds_folder)
    assert "rjieba" in loaded
    assert not loaded & {"textual", "jieba"}
