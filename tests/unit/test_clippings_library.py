"""Clippings through the façade: kept, found again when sources change, filtered, ordered."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from hubtui.citation import cite
from hubtui.clippings.jsonl import encode
from hubtui.clippings.model import Clipping, ClippingError, UnknownClippingError
from hubtui.clippings.relocate import PassageState, Relocation
from hubtui.core.paths import locate
from hubtui.library import Library

HARBIN = "Cold air is free in Harbin, and a data centre needs little else for most of the year."
HALLS = "The city of Harbin rents out halls that stood empty; Shenyang has none of them left."
WINTER = "哈尔滨的冬天很长，数据中心却喜欢这样的天气，因为冷却几乎不花钱，沈阳和哈尔滨都是如此。"
OTHER = "Guizhou offered caves, rivers and cheap power; the cloud firms offered little but their names."
FILES = {
    "harbin.txt": f"Harbin builds in the cold\n\n{HARBIN}\n\n{HALLS}\n",
    "冬天.txt": f"东北云计算的冬天\n\n{WINTER}\n",
    "guizhou.txt": f"Guizhou\n\n{OTHER}\n",
}

MakeLibrary = Callable[[dict[str, str]], Library]


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(FILES)
    library.sync()
    return library


def keep(library: Library, text: str, **said: Any) -> Clipping:
    hit = next(hit for hit in library.search("", limit=100).hits if hit.passage.text == text)
    return library.clippings.add(hit.passage, **said)


def put(library: Library, name: str, paragraphs: Sequence[str]) -> None:
    (library.paths.seeds / name).write_text("\n\n".join(("A title of its own", *paragraphs)) + "\n")
    library.sync()


def found(library: Library, clipping: Clipping) -> Relocation:
    return next(library.clippings.locate([clipping]))


def test_a_clipping_holds_all_it_takes(library: Library) -> None:
    clipping = keep(library, WINTER, query="数据中心 city:沈阳", note="cold", tags=["weather"])
    assert (clipping.text, clipping.path, clipping.language) == (WINTER, "冬天.txt", "zh-Hans")
    assert [WINTER[start:end] for start, end in clipping.highlights] == ["数据中心", "沈阳"]
    assert [place.name_zh for place in clipping.places] == ["沈阳", "哈尔滨"]
    assert clipping.source.title == "东北云计算的冬天"
    assert clipping.citation == cite(clipping.source, clipping.style, clipping.passage)
    assert (clipping.style, clipping.note, clipping.tags) == ("gb7714-2025", "cold", ("weather",))
    assert list(library.clippings.find()) == [clipping]
    assert library.clippings.get(clipping.id[:5]) == clipping


def test_a_query_with_an_unknown_city_is_kept_as_it_is(library: Library) -> None:
    assert keep(library, HARBIN, query="cold city:Atlantis").query == "cold city:Atlantis"


def test_in_place(library: Library) -> None:
    clipping = keep(library, HARBIN)
    located = found(library, clipping)
    assert (located.state, located.similarity) == (PassageState.IN_PLACE, 1.0)
    assert located.passage is not None
    assert located.passage.number == clipping.number


def test_moved_within_its_source(library: Library) -> None:
    clipping = keep(library, HARBIN)
    put(library, "harbin.txt", ["Something new stands before it, and nobody knows why.", HALLS, HARBIN])
    located = found(library, clipping)
    assert located.state is PassageState.MOVED
    assert located.passage is not None
    assert located.passage.text == HARBIN
    assert located.passage.number != clipping.number


def test_moved_to_another_file_with_all_its_passages(library: Library) -> None:
    kept = [keep(library, HARBIN), keep(library, HALLS)]
    (library.paths.seeds / "harbin.txt").rename(library.paths.seeds / "renamed.txt")
    library.sync()
    located = list(library.clippings.locate(kept))
    assert [(one.state, one.source.path if one.source else "") for one in located] == [
        (PassageState.MOVED, "renamed.txt")
    ] * 2


@pytest.mark.parametrize("text", [HARBIN, WINTER])
def test_edited(library: Library, text: str) -> None:
    clipping = keep(library, text)
    put(library, clipping.path, [text[: len(text) * 3 // 4] + "…", OTHER])
    located = found(library, clipping)
    assert located.state is PassageState.EDITED
    assert located.passage is not None
    assert located.passage.text.endswith("…")
    assert 0.5 < located.similarity < 1
    assert library.clippings.find()[0].text == text  # the old text stays


def test_another_script_is_an_edit(library: Library) -> None:
    clipping = keep(library, WINTER)
    put(library, clipping.path, [WINTER.replace("尔滨", "爾濱")])
    located = found(library, clipping)
    assert (located.state, round(located.similarity, 2)) == (PassageState.EDITED, 1.0)
    assert located.similarity < 1


@pytest.mark.parametrize("text", [HARBIN, WINTER])
def test_gone(library: Library, text: str) -> None:
    clipping = keep(library, text)
    (library.paths.seeds / clipping.path).unlink()
    library.sync()
    assert found(library, clipping) == Relocation(PassageState.GONE)
    assert library.clippings.find() == [clipping]


@pytest.mark.parametrize("text", ["", "！", "zzz qqq"])
def test_a_text_without_words_is_gone(library: Library, text: str) -> None:
    clipping = keep(library, HARBIN)._replace(text=text)
    assert found(library, clipping).state is PassageState.GONE


def test_of_two_equal_passages_the_nearest_is_meant(library: Library) -> None:
    put(library, "harbin.txt", [HALLS, HARBIN, HALLS, HARBIN])
    numbers = [p.number for p in library.read(library.source("harbin.txt").id) if p.text == HALLS]
    clipping = keep(library, HALLS)._replace(number=numbers[1])
    located = found(library, clipping)
    assert located.state is PassageState.IN_PLACE
    assert located.passage is not None
    assert located.passage.number == numbers[1]


def test_words_choose_and_orders_order(library: Library) -> None:
    first = keep(library, HALLS, query="city:Shenyang", tags=["Zeta"])
    second = keep(library, WINTER, note="the long winter", tags=["alpha"])
    third = keep(library, OTHER)
    for words, expected in {
        "": [third, second, first],
        "WINTER": [second],
        "数据中心": [second],
        "數據中心": [second],
        "city:harbin": [second, first],
        "city:贵州": [third],
        "tag:alp": [second],
        "tag:winter": [],
        "source:冬天": [second],
        '"rents out"': [first],
        '"out rents"': [],
        "rents halls": [first],
        "zeta winter": [],
    }.items():
        assert library.clippings.find(words) == expected, words
    assert library.clippings.find(order="source") == [third, first, second]
    assert library.clippings.find(order="city") == [third, second, first]
    assert library.clippings.find(order="tag") == [second, first, third]
    with pytest.raises(ClippingError, match="no order 'tiem'") as caught:
        library.clippings.find(order="tiem")
    assert "time" in caught.value.remedy


def test_an_id_must_mean_one(library: Library) -> None:
    kept = keep(library, HALLS)
    for name in ("", "zzz", f"{kept.id}0"):
        with pytest.raises(UnknownClippingError, match="no clipping"):
            library.clippings.get(name)
    twin = kept._replace(id=kept.id[:4] + "x")
    with library.paths.clippings.open("ab") as file:
        file.write(encode(twin).encode())
    with pytest.raises(UnknownClippingError, match="2 clippings"):
        library.clippings.get(kept.id[:4])
    assert library.clippings.get(twin.id) == twin


def test_annotated_removed_and_restored(library: Library) -> None:
    clipping = keep(library, HALLS, note="old", tags=["a"])
    assert library.clippings.annotate(clipping.id, note="new").tags == ("a",)
    assert library.clippings.annotate(clipping.id, tags=["b"]).note == "new"
    (removed,) = library.clippings.remove([clipping.id])
    assert (removed.note, removed.tags, library.clippings.find()) == ("new", ("b",), [])
    assert library.clippings.restore() == (removed,)
    assert library.clippings.find() == [removed]


def test_damage_is_told(library: Library) -> None:
    library.paths.clippings.write_text("?\n")
    keep(library, HALLS)
    assert "line 1" in library.clippings.problems()[0].message
    assert len(library.clippings.find()) == 1


def test_a_library_that_cannot_be_written_keeps_clippings_with_the_user(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    assert locate(tmp_path).clippings == tmp_path / "clippings.jsonl"
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    elsewhere = locate(tmp_path).clippings
    assert elsewhere.is_relative_to(home)
    assert elsewhere.name == "clippings.jsonl"
    (
        tmp_path / "clippings.jsonl"
    ).touch()  # somebody's library: its clippings are shown, and cannot be changed
    assert locate(tmp_path).clippings == tmp_path / "clippings.jsonl"
