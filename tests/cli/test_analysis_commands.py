"""``hubtui concordance``, ``collocates`` and ``compare``."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.text.cells import width

Hubtui = Callable[..., Any]


@pytest.fixture(autouse=True)
def in_library(seeds_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the library with the five seeds."""
    monkeypatch.chdir(seeds_folder)


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_a_match_a_line_with_its_address(hubtui: Hubtui) -> None:
    outcome = hubtui("concordance", "city:Harbin", "--limit", "0")
    rows = _rows(outcome.out)
    assert outcome.status == 0
    assert outcome.err == ""
    assert len(rows) == 19
    assert {row[2] for row in rows} == {"Harbin", "哈尔滨"}
    assert rows[0][:3] == ["000_92528d1d02b7a0aa.txt:1", "", "Harbin"]


def test_what_is_left_out_is_said(hubtui: Hubtui) -> None:
    outcome = hubtui("concordance", "city:Harbin", "--limit", "2", "--offset", "1")
    assert len(_rows(outcome.out)) == 2
    assert outcome.err == "2 of 19 matches; use --limit 0 for all.\n"
    assert hubtui("concordance", "city:Harbin", "--offset", "17").err == ""
    assert hubtui("concordance", "city:Harbin", "--offset", "99").status == 1


def test_lines_are_sorted_as_asked(hubtui: Hubtui) -> None:
    rows = _rows(hubtui("concordance", "city:Harbin", "--sort", "right", "--limit", "0").out)
    following = [re.findall(r"[a-z]+", row[3].casefold())[:1] for row in rows if row[2] == "Harbin"]
    assert following == sorted(following)
    dated = hubtui("concordance", "cloud", "--sort", "date", "--json", "--limit", "0").out.splitlines()
    dates = [json.loads(line)["date"] for line in dated]
    assert dates == sorted(dates, reverse=True)


def test_the_parts_of_a_line_are_the_passages_text(hubtui: Hubtui) -> None:
    for line in hubtui("concordance", "云", "--json").out.splitlines():
        row = json.loads(line)
        passage = json.loads(hubtui("show", f"{row['path']}:{row['number']}{row['part']}", "--json").out)
        assert row["match"] == passage["text"][row["start"] : row["end"]]
        assert f"{row['left']}{row['match']}{row['right']}" in passage["text"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_on_a_terminal_matches_stand_below_each_other(
    hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = hubtui("concordance", "city:Harbin", "--color", "always", "--limit", "0").out
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line.replace("\x1b[1;33m", "\x00")) for line in out.splitlines()]
    assert len({width(line[: line.index("\x00")]) for line in lines}) == 1
    assert all(width(line) <= columns for line in lines)


def test_a_template_takes_the_parts_of_a_line(hubtui: Hubtui) -> None:
    out = hubtui("concordance", "tax", "--limit", "1", "--format", "{path}:{number} <{match}>").out
    assert re.fullmatch(r"\S+:\d+ <[Tt]ax>\n", out)


def test_words_near_a_city_by_its_bare_name(hubtui: Hubtui) -> None:
    outcome = hubtui("collocates", "Harbin")
    assert outcome.status == 0
    assert ["cloud", "9", "3", "6", "30"] in [row[:5] for row in _rows(outcome.out)]
    assert hubtui("collocates", "city:Harbin").out == outcome.out
    assert "before" in hubtui("collocates", "Harbin", "--color", "always").out
    assert len(_rows(hubtui("collocates", "Harbin", "--limit", "2").out)) == 2
    near = [
        json.loads(line)["near"]
        for line in hubtui("collocates", "Harbin", "--window", "1", "--json").out.splitlines()
    ]
    assert all(count <= 9 for count in near)


def test_queries_side_by_side(hubtui: Hubtui) -> None:
    outcome = hubtui("compare", "Harbin", "贵州")
    rows = _rows(outcome.out)
    assert outcome.status == 0
    assert ["city:Harbin", "passages", "", "11"] in rows
    assert ["city:Harbin", "word", "talent", "5", "0"] in rows
    assert ["city:贵州", "year", "2018", "9"] in rows
    assert ["city:Harbin city:贵州", "word", "cloud", "7", "6"] in rows
    assert ["city:Harbin city:贵州", "city", "Northeast China", "2", "1"] in rows


def test_the_last_row_of_a_comparison_is_what_is_common(hubtui: Hubtui) -> None:
    rows = [
        json.loads(line)
        for line in hubtui("compare", "Harbin", "Guizhou", "cloud", "--json").out.splitlines()
    ]
    assert [row["common"] for row in rows] == [False, False, False, True]
    assert rows[-1]["query"] == "city:Harbin city:Guizhou cloud"
    assert all(len(word["counts"]) == 3 for word in rows[-1]["words"])


def test_a_comparison_on_a_terminal(hubtui: Hubtui) -> None:
    out = re.sub(r"\x1b\[[0-9;]*m", "", hubtui("compare", "Harbin", "Guizhou", "--color", "always").out)
    assert "Harbin 哈尔滨  11 passages\n" in out
    assert re.search(r"talent +5 +0\n", out)
    assert "Harbin 哈尔滨 + Guizhou 贵州  0 passages" in out


@pytest.mark.parametrize("queries", [["Harbin"], ["Harbin", "哈尔滨", "a", "b", "c"], ["Harbin", "Harbin"]])
def test_two_to_four_are_compared(hubtui: Hubtui, queries: list[str]) -> None:
    outcome = hubtui("compare", *queries)
    assert outcome.status == 2
    assert outcome.err.startswith("hubtui: No comparison: ")


@pytest.mark.parametrize(
    "arguments", [["concordance", "zzyzx"], ["collocates", "zzyzx"], ["compare", "zzyzx", "yyzzx"]]
)
def test_nothing_found(hubtui: Hubtui, arguments: list[str]) -> None:
    outcome = hubtui(*arguments)
    assert outcome.status == 1
    assert "Traceback" not in outcome.err


def test_a_slip_in_the_order_is_answered_with_the_right_word(hubtui: Hubtui) -> None:
    outcome = hubtui("concordance", "cloud", "--sort", "rigth")
    assert outcome.status == 2
    assert "right" in outcome.err
