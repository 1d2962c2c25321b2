"""A library's own places, from its settings to its index."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.settings import SettingsError
from hubtui.library import Library
from hubtui.places import find_mentions

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

VALLEY = "Data centres moved to Ice Valley, where the cold is free, and to Dalian.\n"
OWN = 'not_places = ["Dalian"]\n[[places]]\nname_en = "Ice Valley"\nname_zh = "冰谷"\nparent = "Harbin"\n'


def write_settings(library: Library, text: str) -> None:
    (library.paths.root / "hubtui.toml").write_text(text, encoding="utf-8")


def mentioned(library: Library) -> list[str]:
    passages = [passage for source in library.sources() for passage in library.read(source.id)]
    return [mention.surface for passage in passages for mention in passage.mentions]


def test_own_places_are_indexed_and_searched(make_library: MakeLibrary, tmp_path: Path) -> None:
    (tmp_path / "hubtui.toml").write_text(OWN)
    library = make_library({"a.txt": VALLEY})
    library.sync()
    assert mentioned(library) == ["Ice Valley"]
    assert library.search('city:"ice valley"').total == library.search("city:冰谷").total == 1


def test_changed_settings_build_the_index_anew_and_say_so(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": VALLEY})
    library.sync()
    assert mentioned(library) == ["Dalian"]
    with Library.open(library.paths.root) as other:
        write_settings(library, OWN)
        report = library.sync()
        assert [problem.message for problem in report.problems] == [
            "The index was made with other places and names. It has been rebuilt."
        ]
        assert mentioned(library) == mentioned(other) == ["Ice Valley"]
        assert other.sync().unchanged == 1
    assert library.sync().problems == ()


def test_settings_that_become_wrong_are_named(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": VALLEY})
    library.sync()
    write_settings(library, "[names]\n'Ice Valley' = 'Atlantis'\n")
    with pytest.raises(SettingsError, match="there is no place 'Atlantis'"):
        library.sync()
    assert library.search("valley").total == 1


@pytest.mark.slow
def test_workers_find_own_places_too(make_library: MakeLibrary, tmp_path: Path) -> None:
    (tmp_path / "hubtui.toml").write_text(OWN)
    page = f"<html><body><article><h1>Cold</h1><p>{VALLEY * 4}</p></article></body></html>"
    library = make_library({"a.html": page, "b.html": page})
    library.sync()
    assert set(mentioned(library)) == {"Ice Valley"}


def test_stored_mentions_are_those_that_were_found(make_library: MakeLibrary) -> None:
    library = make_library(
        {"a.txt": "Places\n\nFrom Suzhou to 吉林大学, 北上广深 and Hong\n Kong, near Xi’an.\n"}
    )
    library.sync()
    passages = library.read(library.sources()[0].id)
    found = [find_mentions(passage.text) for passage in passages]
    assert [list(passage.mentions) for passage in passages] == found
    assert any(mention.alternatives for mentions in found for mention in mentions)
