"""The whole of hubtui, from a key to the terminal's clipboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hubtui.library import Library

Hubtui = Callable[..., Any]


def test_from_start_to_a_cited_chinese_passage_about_harbin(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin 哈", "Shanghai 上")
    with Library.open(library) as opened:
        cities = [count.place.name_en for count in opened.places()]
    for city in cities[: cities.index("Harbin") + 1]:
        terminal.press("down")
        terminal.sees(f"│ city:{city}" if " " not in city else f'│ city:"{city}"')
    terminal.sees("▌Harbin")
    with Library.open(library) as opened:
        hits = opened.search("city:Harbin", limit=100).hits
        chinese = [hit.passage for hit in hits if hit.source.language.startswith("zh")]
        quoted = opened.citations.quote(chinese[0])
    assert "哈尔滨" in chinese[0].text
    terminal.sees(f"{len(hits)} passages in")
    terminal.press("enter")
    for number in range(hits.index(next(hit for hit in hits if hit.passage == chinese[0]))):
        terminal.press("n")
        terminal.sees(f" {number + 2} of {len(hits)} ")
    terminal.press("y")
    terminal.sees("with its citation", "OSC 52")
    assert terminal.copied() == [quoted]
    assert quoted.startswith(f"{chinese[0].text}\n\n")
    terminal.press("q")
    assert terminal.ends() == 0
    assert "Traceback" not in terminal.output


def test_a_chinese_search_is_answered_while_it_is_typed(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources")
    terminal.press("/云计算")
    with Library.open(library) as opened:
        total = opened.search("云计算").total
    terminal.sees(f" {total} passages in ", f"1 of {total}")


def test_a_search_without_an_answer_says_so(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources")
    terminal.press("/zzyzx")
    terminal.sees("No passage matches", "no passages")


def test_the_screen_opens_with_a_query(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, "--city", "Harbin", "--query", "cloud")
    terminal.sees("5 sources", "│ city:Harbin cloud")
    with Library.open(library) as opened:
        result = opened.search("city:Harbin cloud", limit=1)
    terminal.sees(f" {result.total} passages in ", f"1 of {result.total}")
    terminal.press("y")
    terminal.sees("with its citation")
    assert terminal.copied()[0].startswith(result.hits[0].passage.text)
    terminal.press("q")
    assert terminal.ends() == 0


def test_an_unknown_city_in_the_query_is_named_on_the_screen(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, "--query", "city:Harbn cloud")
    terminal.sees("There is no city Harbn. Did you", "mean Harbin")


def test_fast_keys_go_where_they_are_meant(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.press("/harbin n y\r")
    terminal.sees("harbin n y")
    terminal.press("/ q?")
    terminal.sees("harbin n y  q?")


def test_resizing(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.press("enter")
    terminal.sees("¶1 of")
    terminal.resize(80, 24)
    terminal.until(lambda: "All cities" not in terminal.text and "¶1 of" in terminal.text)
    terminal.resize(40, 12)
    terminal.sees("This terminal has 40 × 12 cells.", "48 × 14")
    terminal.resize(100, 30)
    terminal.sees("¶1 of")
    terminal.press("q")
    assert terminal.ends() == 0


def test_forty_columns_from_the_start(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, size=(40, 12))
    terminal.sees("This terminal has 40 × 12 cells.", "make the window larger")
    terminal.press("q")
    assert terminal.ends() == 0
    assert "Traceback" not in terminal.output


def test_quitting_while_indexing_leaves_a_library_that_is_indexed_next_time(
    hubtui: Hubtui, library: Path
) -> None:
    text = (library / "seeds" / "002_4a3986f7133450c2.txt").read_text(encoding="utf-8")
    for number in range(120):
        (library / "seeds" / f"{number}.txt").write_text(f"{number}\n\n{text}", encoding="utf-8")
    terminal = hubtui(library)
    terminal.until(lambda: re.search(r"indexing \d+ of 125", terminal.text))
    terminal.press("q")
    assert terminal.ends() == 0
    assert "Traceback" not in terminal.output
    with Library.open(library) as opened:
        opened.sync()
        assert len(opened.sources()) == 125


def test_the_first_start_names_the_keys_to_begin_with_and_the_second_indexes_nothing(
    hubtui: Hubtui, library: Path
) -> None:
    first = hubtui(library, size=(160, 40))
    first.until(lambda: "5 sources added" in first.output)
    first.sees("? keys · / search · y copy · Ctrl+P commands – hubtui --tour shows it all in two minutes")
    first.press("q")
    first.ends()
    stamps = {path: path.stat().st_mtime_ns for path in (library / "index").rglob("*") if path.is_file()}
    assert stamps
    second = hubtui(library, size=(160, 40))
    second.sees("5 sources", "Harbin", "? keys")
    second.misses("looking for new sources")
    second.press("q")
    assert second.ends() == 0
    assert "--tour" not in second.output
    assert "added" not in second.output
    assert "indexing" not in second.output.replace("looking", "")
    engine = [path for path in stamps if path.suffix not in (".sqlite", ".db") and "-" not in path.suffix]
    assert {path: path.stat().st_mtime_ns for path in engine if path.exists()} == {
        path: stamps[path] for path in engine
    }


def test_an_empty_library_says_what_to_do(hubtui: Hubtui, tmp_path: Path) -> None:
    (tmp_path / "empty" / "seeds").mkdir(parents=True)
    terminal = hubtui(tmp_path / "empty")
    terminal.sees("There are no sources yet.", "press r")
    (tmp_path / "empty" / "seeds" / "one.txt").write_text(
        "Harbin is cold for most of the year, and its data centres like it.\n" * 3, encoding="utf-8"
    )
    terminal.press("r")
    terminal.sees("1 source added", "Harbin is cold")
    terminal.press("ctrl+c", "ctrl+c")
    assert terminal.ends() == 0


def test_a_folder_that_does_not_exist(hubtui: Hubtui, tmp_path: Path) -> None:
    terminal = hubtui(tmp_path / "nowhere")
    terminal.sees("No library", "There is no folder")
    assert "Traceback" not in terminal.text


def test_a_file_that_is_no_text_is_named_and_a_new_one_appears_without_a_key(
    hubtui: Hubtui, library: Path
) -> None:
    (library / "seeds" / "noise.txt").write_bytes(bytes(range(256)) * 40)
    terminal = hubtui(library)
    terminal.sees("5 sources", "1 problem (!)")
    terminal.press("!")
    terminal.sees("Files with problems", "noise.txt")
    terminal.press("escape")
    terminal.misses("Files with problems")
    later = "Later news\n\nQiqihar has opened a data centre for weather forecasts, officials said.\n"
    (library / "seeds" / "later.txt").write_text(later)
    terminal.sees("6 sources", "66 passages", "1 source added")


def test_a_word_is_found_from_its_first_letters_on_until_it_is_whole(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources")
    with Library.open(library) as opened:
        begun = opened.search("gover", typing=True).total
    terminal.press("/gover")
    terminal.sees(f" {begun} passages in ", f"1 of {begun}")
    terminal.press("nment/24")
    terminal.sees("government/24")
