"""``hubtui cities`` and ``hubtui passages`` with their views agree with each other."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]


def cities(hubtui: Hubtui, folder: Path, *options: str) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in hubtui("cities", "--json", *options, "-L", folder).out.splitlines()]
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("view", [[], ["--direct"], ["--no-names"], ["--direct", "--no-names"]])
def test_cities_and_passages_agree_in_every_view(hubtui: Hubtui, seeds_folder: Path, view: list[str]) -> None:
    for place_id, row in list(cities(hubtui, seeds_folder, *view).items())[::7]:
        counted = hubtui("passages", place_id, "--count", *view, "-L", seeds_folder).out
        assert int(counted) == row["passages"] >= row["direct"]


def test_a_province_counts_what_lies_in_it(hubtui: Hubtui, seeds_folder: Path) -> None:
    everything, direct = cities(hubtui, seeds_folder), cities(hubtui, seeds_folder, "--direct")
    assert everything["cn:230000"]["passages"] > everything["cn:230000"]["direct"]
    assert direct["cn:230000"]["passages"] == everything["cn:230000"]["direct"]


def test_countries_when_asked_for(hubtui: Hubtui, seeds_folder: Path) -> None:
    assert "gn:1814991" not in cities(hubtui, seeds_folder)
    assert "gn:1814991" in cities(hubtui, seeds_folder, "--countries")


def test_names_with_their_counts(hubtui: Hubtui, seeds_folder: Path) -> None:
    harbin = cities(hubtui, seeds_folder)["cn:230100"]
    assert harbin["names"] == [{"name": "Harbin", "passages": 8}, {"name": "哈尔滨", "passages": 3}]
    lines = hubtui("cities", "--names", "-L", seeds_folder).out.splitlines()
    (line,) = [line for line in lines if line.startswith("Harbin\t")]
    assert line.endswith("\tcn:230100\tHarbin 8, 哈尔滨 3")
