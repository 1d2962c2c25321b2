"""The manners of all commands: what goes where, how loudly, in lists, by templates, with neighbours."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.library import Library

Hubtui = Callable[..., Any]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a text on standard input."""

    def put(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


def _rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("place", ["before", "after"])
def test_quiet_says_nothing_but_the_answer(hubtui: Hubtui, seeds_folder: Path, place: str) -> None:
    words = ["search", "Harbin zzyzx", "--limit", "1", "-L", seeds_folder]
    found = hubtui("-q", *words) if place == "before" else hubtui(*words, "--quiet")
    assert (found.status, found.err) == (0, "")
    assert found.out


def test_quiet_still_tells_errors(hubtui: Hubtui) -> None:
    assert "No library" in hubtui("sources", "-q", "-L", "/no/such/folder").err


def test_verbose_names_the_library_and_what_was_done(hubtui: Hubtui, seeds_folder: Path) -> None:
    said = hubtui("search", "Harbin", "-v", "-L", seeds_folder).err
    assert str(seeds_folder) in said
    assert "5 unchanged" in said
    assert " in 0." in said


def test_a_template_shapes_each_row(hubtui: Hubtui, seeds_folder: Path) -> None:
    plain = hubtui("search", "Harbin", "-L", seeds_folder).out
    shaped = hubtui("search", "Harbin", "--format", r"{path}:{number}\t{text}", "-L", seeds_folder).out
    assert shaped == plain != ""


def test_an_unknown_field_is_answered_with_the_nearest(hubtui: Hubtui, seeds_folder: Path) -> None:
    found = hubtui("search", "Harbin", "--format", "{nmber}", "-L", seeds_folder)
    assert (found.status, found.out) == (2, "")
    assert "Did you mean number" in found.err


def test_neighbours_stand_around_a_hit(hubtui: Hubtui, seeds_folder: Path) -> None:
    arguments = ("search", "supercomputers", "--context", "1", "-L", seeds_folder)
    addresses = [line.split("\t")[0][-6:] for line in hubtui(*arguments).out.splitlines()]
    assert addresses == [".txt-3", ".txt:4", ".txt-5"]
    (row,) = _rows(hubtui(*arguments, "--json").out)
    assert [near["number"] for near in row["before"] + row["after"]] == [3, 5]


def test_all_hits_are_the_pages_of_hits(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = hubtui("search", "Harbin", "--limit", "0", "-L", seeds_folder)
    monkeypatch.setattr("hubtui.cli.hits._PAGE", 3)
    assert hubtui("search", "Harbin", "--limit", "0", "-L", seeds_folder) == everything
    some = hubtui("search", "Harbin", "--limit", "5", "--offset", "1", "-L", seeds_folder).out
    assert some.splitlines() == everything.out.splitlines()[1:6]


def test_a_list_of_queries_is_answered_query_by_query(
    hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None]
) -> None:
    typed("supercomputers\n\r\n云计算 lang:zh\r\nzzyzx\n")
    found = hubtui("search", "-", "--json", "-L", seeds_folder)
    assert found.status == 0
    rows = _rows(found.out)
    assert list(dict.fromkeys(row["query"] for row in rows)) == ["supercomputers", "云计算 lang:zh"]
    assert "zzyzx: No passage matches" in found.err
    alone = _rows(hubtui("search", "supercomputers", "--json", "-L", seeds_folder).out)
    assert [{**row, "query": "supercomputers"} for row in alone] == rows[: len(alone)]


def test_counts_of_a_list_tell_the_query(
    hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None]
) -> None:
    typed("Harbin\0zzyzx\0")
    found = hubtui("search", "-", "-0", "--count", "-L", seeds_folder)
    count = hubtui("search", "Harbin", "--count", "-L", seeds_folder).out.strip()
    assert found.out == f"Harbin\t{count}\nzzyzx\t0\n"


def test_a_list_of_cities(hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None]) -> None:
    typed("哈尔滨\nShenyang\n")
    listed = hubtui("passages", "-", "-L", seeds_folder).out.splitlines()
    harbin = hubtui("passages", "Harbin", "-L", seeds_folder).out.splitlines()
    assert [line.removeprefix("哈尔滨\t") for line in listed if line.startswith("哈")] == harbin


def test_a_list_with_nothing_in_it(hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None]) -> None:
    typed("")
    assert hubtui("search", "-", "-L", seeds_folder).status == 1


def test_facets_agree_with_what_their_filters_find(hubtui: Hubtui, seeds_folder: Path) -> None:
    rows = _rows(hubtui("search", "Harbin", "--facets", "--json", "-L", seeds_folder).out)
    assert {row["facet"] for row in rows} == {"city", "source", "date", "lang"}
    for row in rows:
        narrowed = f'Harbin {row["facet"]}:"{row["value"]}"'
        assert hubtui("search", narrowed, "--count", "-L", seeds_folder).out == f"{row['passages']}\n"


def test_facets_in_a_pipe_and_for_eyes(hubtui: Hubtui, seeds_folder: Path) -> None:
    piped = hubtui("search", "Harbin", "--facets", "-L", seeds_folder).out
    assert {len(line.split("\t")) for line in piped.splitlines()} == {4}
    assert "passages" in hubtui("search", "Harbin", "--facets", "--color", "always", "-L", seeds_folder).out
    assert hubtui("search", "zzyzx", "--facets", "-L", seeds_folder).status == 1


@pytest.mark.parametrize("form", [["--json"], ["--format", "{query} {passages}"]])
def test_a_count_as_a_row(hubtui: Hubtui, seeds_folder: Path, form: list[str]) -> None:
    out = hubtui("search", "Harbin", "--count", *form, "-L", seeds_folder).out
    count = hubtui("search", "Harbin", "--count", "-L", seeds_folder).out.strip()
    assert count in out
    assert "Harbin" in out


def test_a_hit_whose_source_went_is_still_written(
    hubtui: Hubtui, make_library: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Cloud computing is growing in Harbin, where land is cheap and the winters are long.\n"
    with make_library({"a.txt": text, "b.txt": text.replace("Harbin", "Guizhou")}) as library:
        library.sync()
    search = Library.search

    def then_gone(self: Library, *arguments: Any, **options: Any) -> Any:
        result = search(self, *arguments, **options)
        (tmp_path / "seeds" / "a.txt").unlink(missing_ok=True)
        self.sync()
        return result

    monkeypatch.setattr(Library, "search", then_gone)
    found = hubtui("search", "cloud", "--context", "1", "--json", "-L", tmp_path)
    assert (found.status, found.err) == (0, "")
    assert len(_rows(found.out)) == 2
