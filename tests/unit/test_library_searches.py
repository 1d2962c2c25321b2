"""Saved searches in hubtui.toml."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.errors import UnknownSearchError
from hubtui.core.settings import SettingsError, read_settings, write_search
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]


def test_a_search_is_saved_found_and_forgotten_and_the_rest_of_the_file_stays(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    before = '# ours\nname = "Hubs"  # short\n\n[glossary]\n"独角兽" = "unicorn"\n'
    (tmp_path / "hubtui.toml").write_text(before, encoding="utf-8")
    library = make_library({})
    library.searches.save(" Tax [A] ", 'tax "data center" city:哈尔滨')
    library.searches.save("other", "cloud")
    assert library.searches.all() == {"Tax [A]": 'tax "data center" city:哈尔滨', "other": "cloud"}
    assert library.searches.get("other") == "cloud"
    assert (tmp_path / "hubtui.toml").read_text(encoding="utf-8").startswith(before)
    library.searches.save("other", "clouds")
    library.searches.remove("Tax [A]")
    library.searches.remove("never there")
    assert library.searches.all() == {"other": "clouds"}
    assert read_settings(tmp_path).name == "Hubs"


def test_a_library_without_settings_gets_a_file(make_library: MakeLibrary, tmp_path: Path) -> None:
    make_library({}).searches.save("x", "y")
    assert (tmp_path / "hubtui.toml").read_text(encoding="utf-8") == '[searches]\nx = "y"\n'


def test_saving_changes_no_answer_and_nothing_is_made_anew(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Title\n\nHarbin is cold."})
    library.sync()
    before = library.search("Harbin")
    searcher = library._opened.searcher()
    library.searches.save("x", "Harbin")
    library.sync()
    assert library.settings.searches == (("x", "Harbin"),)
    assert library._opened.searcher() is searcher
    assert library.search("Harbin").hits == before.hits


def test_an_unknown_search_names_the_nearest(make_library: MakeLibrary) -> None:
    library = make_library({})
    with pytest.raises(UnknownSearchError, match="no saved search 'tax'"):
        library.searches.get("tax")
    library.searches.save("taxes {x}", "q")
    with pytest.raises(UnknownSearchError) as caught:
        library.searches.get("taxes")
    assert "taxes {x}" in caught.value.remedy


def test_a_search_needs_a_name(make_library: MakeLibrary) -> None:
    with pytest.raises(SettingsError):
        make_library({}).searches.save("  ", "q")


@pytest.mark.parametrize("text", ["searches = 1", "[searches]\nx = 1", "[searches"])
def test_wrong_settings_are_named_and_never_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "hubtui.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"hubtui\.toml"):
        write_search(tmp_path, "x", "y", tmp_path / "lock")
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_cannot_be_written_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hubtui.core.settings.write_atomically", refuse)
    with pytest.raises(SettingsError) as caught:
        write_search(tmp_path, "x", "y", tmp_path / "lock")
    assert "cannot be written: permission is denied" in caught.value.message
    assert "permissions" in caught.value.remedy
