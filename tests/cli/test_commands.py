"""The commands on the five seeds: what they give, to eyes, pipes and programs, and their exit statuses."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.text.cells import width

HIT_KEYS = {
    "source_id", "path", "title", "number", "part", "page", "section", "text", "score", "highlights",
    "cities", "citation", "partial", "reprints", "by_meaning", "nearest",
}  # fmt: skip
Hubtui = Callable[..., Any]


def _rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_search_in_a_pipe_is_address_tab_text(hubtui: Hubtui, seeds_folder: Path) -> None:
    found = hubtui("search", "supercomputers", "-L", seeds_folder)
    assert found.status == 0
    (line,) = found.out.splitlines()
    address, text = line.split("\t")
    assert address == "003_9c6913e47e9d125d.txt:4"
    assert text.endswith("including the Guian New Area Supercomputer Center.”")


def test_the_words_after_the_command_are_one_query(hubtui: Hubtui, seeds_folder: Path) -> None:
    apart = hubtui("search", "tax", "breaks", "-L", seeds_folder)
    assert apart.out == hubtui("search", "tax breaks", "-L", seeds_folder).out != ""


def test_search_as_json(hubtui: Hubtui, seeds_folder: Path) -> None:
    rows = _rows(hubtui("search", "云计算 lang:zh", "--json", "-L", seeds_folder).out)
    assert all(set(row) == HIT_KEYS for row in rows)
    for row in rows:
        assert [row["text"][start:end] for start, end in row["highlights"]].count("云计算") >= 1
        assert not row["partial"]
        assert row["title"] in row["citation"]


def test_counting_limiting_and_going_on(hubtui: Hubtui, seeds_folder: Path) -> None:
    total = int(hubtui("search", "Harbin", "--count", "-L", seeds_folder).out)
    everything = hubtui("search", "Harbin", "--limit", "0", "-L", seeds_folder).out.splitlines()
    assert len(everything) == total > 3
    some = hubtui("search", "Harbin", "--limit", "2", "--offset", "1", "-L", seeds_folder)
    assert some.out.splitlines() == everything[1:3]
    assert f"{total - 3} more" in some.err


def test_a_search_without_an_answer_says_so(hubtui: Hubtui, seeds_folder: Path) -> None:
    found = hubtui("search", "zzyzx", "-L", seeds_folder)
    assert (found.status, found.out) == (1, "")
    assert "No passage" in found.err


def test_partial_answers_say_so(hubtui: Hubtui, seeds_folder: Path) -> None:
    found = hubtui("search", "Harbin zzyzx", "--json", "-L", seeds_folder)
    assert found.status == 0
    assert all(row["partial"] for row in _rows(found.out))
    assert "No passage has every word" in found.err


def test_passages_of_a_city_under_any_of_its_names(hubtui: Hubtui, seeds_folder: Path) -> None:
    english = hubtui("passages", "Harbin", "--limit", "0", "-L", seeds_folder)
    assert english.out == hubtui("passages", "哈爾濱", "--limit", "0", "-L", seeds_folder).out
    paths = {line.split(":")[0] for line in english.out.splitlines()}
    assert paths == {"000_92528d1d02b7a0aa.txt", "002_4a3986f7133450c2.txt"}
    count = next(
        row["passages"]
        for row in _rows(hubtui("cities", "--json", "-L", seeds_folder).out)
        if row["id"] == "cn:230100"
    )
    assert count == len(english.out.splitlines())


def test_passages_of_an_unknown_city_name_the_nearest(hubtui: Hubtui, seeds_folder: Path) -> None:
    found = hubtui("passages", "Harbinn", "-L", seeds_folder)
    assert found.status == 1
    assert "Did you mean Harbin" in found.err


def test_cities_follow_a_query(hubtui: Hubtui, seeds_folder: Path) -> None:
    names = [line.split("\t")[0] for line in hubtui("cities", "-L", seeds_folder).out.splitlines()]
    assert {"Harbin", "Guizhou", "Shanghai", "Shenyang"} <= set(names)
    assert "China" not in names
    under = hubtui("cities", "--query", "source:Guizhou", "--json", "-L", seeds_folder)
    assert {"cn:520000", "cn:520100"} <= {row["id"] for row in _rows(under.out)}
    assert "cn:230100" not in {row["id"] for row in _rows(under.out)}


def test_sources(hubtui: Hubtui, seeds_folder: Path) -> None:
    rows = _rows(hubtui("sources", "--json", "-L", seeds_folder).out)
    assert len(rows) == 5
    guizhou = rows[3]
    assert (guizhou["author"], guizhou["publisher"], guizhou["date"]) == (
        "Ouyang Shijia",
        "China Daily",
        "2018-06-07",
    )
    assert guizhou["origins"]["author"]
    assert len(hubtui("sources", "-L", seeds_folder).out.splitlines()) == 5


def test_tables_for_eyes_have_headings(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    out = re.sub(r"\x1b\[[\d;]*m", "", hubtui("sources", "--color", "always", "-L", seeds_folder).out)
    assert out.split()[:2] == ["title", "date"]
    assert {width(line) for line in out.splitlines()} == {100}
    assert "哈尔滨" in hubtui("cities", "--color", "always", "-L", seeds_folder).out


def test_highlights_for_eyes_and_none_without_colour(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("search", "云计算", "--color", "always", "-L", seeds_folder)
    assert "\x1b[1;33m云计算\x1b[0m" in hubtui(*arguments).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "33m" not in hubtui(*arguments).out


def test_index_reports_on_standard_error(hubtui: Hubtui, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Cloud computing is growing in Harbin, where land is cheap.\n")
    (tmp_path / "seeds" / "b.txt").write_bytes(b"\x00\x01\x02\x00" * 99)
    found = hubtui("index", "-L", tmp_path)
    assert (found.status, found.out) == (0, "")
    assert "1 added" in found.err
    assert "b.txt: " in found.err
    assert "1 unchanged" in hubtui("index", "-L", tmp_path).err
    assert "1 added" in hubtui("index", "--rebuild", "-L", tmp_path).err


def test_an_empty_library_says_what_to_do(hubtui: Hubtui, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    found = hubtui("sources", "-L", tmp_path)
    assert (found.status, found.out) == (1, "")
    assert str(tmp_path / "seeds") in found.err


def test_hostile_text_is_printed_as_text(hubtui: Hubtui, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    hostile = "A [red]red[/] [/] paragraph \x1b[31mwith\x1b[0m an escape, about Harbin and its clouds.\n"
    (tmp_path / "seeds" / "a.txt").write_text(hostile)
    for color in ("always", "never"):
        out = hubtui("search", "paragraph", "--color", color, "-L", tmp_path).out
        assert "[red]red[/] [/]" in out.replace("\x1b[1;33mparagraph\x1b[0m", "")
        assert "\x1b[31m" not in out


@pytest.mark.parametrize(
    ("arguments", "title", "remedy"),
    [
        (["serch"], "Unknown command", "Did you mean search"),
        (["search"], "Wrong usage", "hubtui search --help"),
        (["search", "x", "--limt", "3"], "Wrong usage", "hubtui search --help"),
        (["search", "x", "--limit", "few"], "Wrong usage", "hubtui search --help"),
        (["sources", "-L", "/no/such/folder"], "No library", "create the folder"),
        (["/no/such/folder"], "No library", "create the folder"),
    ],
)
def test_errors_are_two_lines(hubtui: Hubtui, arguments: list[str], title: str, remedy: str) -> None:
    found = hubtui(*arguments)
    assert (found.status, found.out) == (2, "")
    first, second = found.err.splitlines()
    assert first.startswith(f"hubtui: {title}: ")
    assert remedy in second


def test_no_command_opens_the_screen(
    hubtui: Hubtui, opened: list[Path], seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds_folder / "seeds")
    assert hubtui().status == 0
    assert hubtui(seeds_folder).status == 0
    monkeypatch.setenv("HUBTUI_LIBRARY", str(seeds_folder))
    monkeypatch.chdir("/")
    assert hubtui().status == 0
    assert opened == [seeds_folder] * 3


def test_an_interrupt_is_silent(hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hubtui.library.Library.sync", interrupt)
    found = hubtui("sources", "-L", seeds_folder)
    assert (found.status, found.out, found.err) == (130, "", "")
