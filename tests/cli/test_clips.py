"""``hubtui clips``, as a shell sees it."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.cli.commands import clips as clips_command
from hubtui.clippings.export import EXPORT_FORMATS, GROUPS
from hubtui.clippings.query import ORDERS
from hubtui.library import Library

Hubtui = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two sources, indexed."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "harbin.txt").write_text(
        "Harbin builds in the cold\n\n"
        "Cold air is free in Harbin, [red]and a data centre[/] needs little else.\n\n"
        "The city rents out halls that stood empty, and nobody asks what they were for.\n"
    )
    (seeds / "冬天.txt").write_text(
        "东北云计算的冬天\n\n哈尔滨的冬天很长，数据中心却喜欢这样的天气（冷却几乎不花钱）。\n"
    )
    with Library.open(tmp_path) as library:
        library.sync()
    return tmp_path


@pytest.fixture
def clips(hubtui: Hubtui, folder: Path) -> Hubtui:
    """Run ``hubtui clips`` on that library."""
    return lambda *arguments: hubtui("clips", *arguments, "-L", folder)


def rows(outcome: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in outcome.out.splitlines()]


def added(clips: Hubtui, *arguments: str) -> str:
    (row,) = rows(clips("add", *arguments, "--json"))
    return str(row["id"])


def test_none_yet(clips: Hubtui) -> None:
    for command in ((), ("list",), ("export",)):
        outcome = clips(*command)
        assert (outcome.status, outcome.out, outcome.err) == (1, "", "No clippings.\n")
    assert clips("check").status == 0


def test_added_and_listed(clips: Hubtui) -> None:
    outcome = clips(
        "add", "冬天:1", "--query", "city:Harbin", "--note", "很好", "--tag", "cold", "--tag", "a,b", "--json"
    )
    (row,) = rows(outcome)
    assert outcome.status == 0
    assert row["text"].startswith("哈尔滨的冬天很长")
    assert (row["path"], row["number"], row["note"], row["tags"]) == (
        "冬天.txt",
        1,
        "很好",
        ["cold", "a", "b"],
    )
    assert row["highlights"] == [[0, 3]]
    assert row["cities"] == [{"id": "cn:230100", "name": "Harbin"}]
    assert row["citation"].startswith("东北云计算的冬天")
    assert rows(clips("list", "--json")) == rows(clips("--json")) == [row]
    (line,) = clips().out.splitlines()
    assert line.split("\t")[0] == row["id"]
    assert line.split("\t")[2:4] == ["东北云计算的冬天", "1"]


def test_a_table_on_a_terminal_shows_text_as_it_is(clips: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    added(clips, "harbin:1", "--note", "[/] [bold]x")
    assert "[red]and" in clips("--color", "always").out
    assert "[/] [bold]x" in clips("--color", "always").out


def test_words_choose_and_templates_shape(clips: Hubtui) -> None:
    added(clips, "harbin:1", "--tag", "air")
    added(clips, "冬天:1")
    assert clips("list", "cold", "air", "--format", "{path}:{number}").out == "harbin.txt:1\n"
    assert clips("list", "tag:cold").status == 1
    assert clips("list", "--order", "source", "--format", "{path}").out.split() == ["harbin.txt", "冬天.txt"]


def test_addresses_from_standard_input(clips: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO("harbin.txt:1\n冬天.txt:1\n".encode()))
    monkeypatch.setattr("sys.stdin", given)
    assert [row["path"] for row in rows(clips("add", "-", "--json"))] == ["harbin.txt", "冬天.txt"]


def test_a_source_alone_is_not_kept(clips: Hubtui) -> None:
    outcome = clips("add", "harbin:1", "冬天")
    assert outcome.status == 2
    assert "冬天.txt:N" in outcome.err
    assert clips().status == 1


def test_notes_and_tags_by_the_beginning_of_an_id(clips: Hubtui) -> None:
    id_ = added(clips, "harbin:1", "--tag", "one")
    assert rows(clips("note", id_[:6], "new\x1b[31m note", "--json"))[0]["note"] == "new[31m note"
    assert rows(clips("tag", id_[:6], "#two", "three,one", "--json"))[0]["tags"] == ["one", "two", "three"]
    assert rows(clips("tag", id_[:6], "one", "--remove", "--json"))[0]["tags"] == ["two", "three"]
    outcome = clips("note", f"{id_[:11]}z", "x")
    assert outcome.status == 2
    assert id_ in outcome.err


def test_removed_and_restored(clips: Hubtui) -> None:
    ids = [added(clips, "harbin:1"), added(clips, "冬天:1")]
    assert clips("remove", ids[0], "nope").status == 2
    assert len(rows(clips("--json"))) == 2
    removed = clips("remove", *ids)
    assert f"restore {ids[0]} {ids[1]}" in removed.err
    assert clips().status == 1
    assert clips("restore", *ids).status == 0
    assert {row["id"] for row in rows(clips("--json"))} == set(ids)
    assert clips("restore").status == 2


def test_exported_to_a_file_whose_name_tells_the_format(clips: Hubtui, tmp_path: Path) -> None:
    added(clips, "harbin:1")
    for name, start in {
        "a.html": b"<!DOCTYPE html>",
        "a.md": b"# Clippings",
        "a.csv": b"\xef\xbb\xbfid,made",
        "a.bib": b"@",
        "a.ris": b"TY  - ",
        "a.json": b"[",
        "a": b"# Clippings",
    }.items():
        outcome = clips("export", "--output", tmp_path / name)
        assert (outcome.status, outcome.out) == (0, "")
        assert "1 clipping in" in outcome.err
        assert (tmp_path / name).read_bytes().startswith(start), name
    assert "No such file" in clips("export", "-o", tmp_path / "none" / "a.md").err


def test_exported_to_standard_output(clips: Hubtui) -> None:
    added(clips, "harbin:1", "--query", "city:Harbin")
    outcome = clips("export", "--group", "city", "--style", "apa")
    assert outcome.status == 0
    assert "## Harbin 哈尔滨" in outcome.out
    assert "\\[red\\]and a data centre\\[/\\]" in outcome.out


def test_check_tells_what_became_of_them(clips: Hubtui, folder: Path) -> None:
    kept = [added(clips, "harbin:1"), added(clips, "harbin:2"), added(clips, "冬天:1")]
    fine = clips("check")
    assert (fine.status, fine.out, fine.err) == (0, "", "3 of 3 clippings in place\n")
    assert len(rows(clips("check", "--all", "--json"))) == 3
    harbin = folder / "seeds" / "harbin.txt"
    text = harbin.read_text().replace("needs little else", "needs next to nothing")
    harbin.write_text(text.replace("\n\nThe city", "\n\nSomething that stood nowhere before.\n\nThe city"))
    (folder / "seeds" / "冬天.txt").unlink()
    outcome = clips("check", "--json")
    assert outcome.status == 1
    found = {row["id"]: (row["state"], row["now_number"]) for row in rows(outcome)}
    assert found == {kept[0]: ("edited", 1), kept[1]: ("moved", 3), kept[2]: ("gone", None)}
    assert "next to nothing" in outcome.out
    assert clips("check", "--color", "always").status == 1
    shutil.move(harbin, harbin.with_name("renamed.txt"))
    assert {row["now_path"] for row in rows(clips("check", "--json"))} == {"renamed.txt", ""}


def test_damage_is_told_beside_the_answer(clips: Hubtui, folder: Path) -> None:
    (folder / "clippings.jsonl").write_text("?\n")
    added(clips, "harbin:1")
    outcome = clips()
    assert outcome.status == 0
    assert "clippings.jsonl: 1 line cannot be read: line 1 is not valid JSON" in outcome.err


def test_a_slip_is_answered_with_the_nearest_word(clips: Hubtui) -> None:
    assert "export" in clips("exprot").err
    assert "source" in clips("--order", "sorce").err


def test_the_choices_are_those_that_there_are() -> None:
    assert tuple(clips_command._FORMATS) == tuple(EXPORT_FORMATS)
    assert tuple(clips_command._GROUPS) == tuple(GROUPS)
    assert tuple(clips_command._ORDERS) == ORDERS
