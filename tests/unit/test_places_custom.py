"""A library's own places and names in ``hubtui.toml``, and everything that can be wrong with them."""

import re
from pathlib import Path

import pytest

from hubtui.core.settings import SettingsError, read_settings
from hubtui.places import Gazetteer, find_mentions, library_gazetteer

GOOD = """
name = "Ice"
not_places = ["Boston", "哈尔滨路"]

[names]
"冰雪之都" = "Harbin"
"The Ice City" = "cn:230100"
"本站" = "冰谷"

[[places]]
name_en = "Ice Valley"
name_zh = "冰谷"
parent = "Harbin"
latitude = 45.7
longitude = 126
names = ["Ice Park"]

[[places]]
name_zh = "冰谷东里"
parent = "冰谷"
kind = "district"

[[places]]
id = "cn:232700"
name_en = "Great Khingan"
parent = "cn:150000"
"""

ICE = "[[places]]\nname_en = 'Ice Valley'\n"
SNOW = "[[places]]\nname_en = 'Snow Hill'\n"


def read(folder: Path, text: str) -> Gazetteer:
    (folder / "hubtui.toml").write_text(text, encoding="utf-8")
    return library_gazetteer(read_settings(folder))


def found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [mention.place.id for mention in find_mentions(text, gazetteer=gazetteer)]


def test_places_and_names_are_added_and_corrected(tmp_path: Path) -> None:
    mine = read(tmp_path, GOOD)
    text = "冰雪之都与本站、冰谷东里，The Ice City, Ice Park and Great Khingan"
    assert found(mine, text) == [
        "cn:230100", "user:ice-valley", "user:冰谷东里", "cn:230100", "user:ice-valley", "cn:232700",
    ]  # fmt: skip
    assert mine.ancestors("user:冰谷东里")[:3] == ("user:ice-valley", "cn:230100", "cn:230000")
    valley = mine.place("user:ice-valley")
    assert valley is not None
    assert (valley.kind, valley.latitude, valley.longitude) == ("area", 45.7, 126.0)


def test_a_correction_keeps_what_it_does_not_say(tmp_path: Path) -> None:
    corrected, before = read(tmp_path, GOOD).place("cn:232700"), Gazetteer.default().place("cn:232700")
    assert corrected is not None
    assert before is not None
    assert (corrected.name_en, corrected.parent) == ("Great Khingan", "cn:150000")
    assert (corrected.name_zh, corrected.kind) == (before.name_zh, before.kind)


def test_names_that_are_no_places(tmp_path: Path) -> None:
    text = "in Boston, 在哈尔滨路与哈尔滨"
    assert len(found(Gazetteer.default(), text)) == 3
    assert found(read(tmp_path, GOOD), text) == ["cn:230100"]


def test_without_tables_it_is_the_packages_own(tmp_path: Path) -> None:
    assert read(tmp_path, 'name = "x"') is Gazetteer.default()


@pytest.mark.parametrize(
    ("text", "where", "remedy"),
    [
        ("places = 3", "places: it must be a list of tables", "[[places]]"),
        (ICE + "parrent = 'Harbin'", "number 1: there is no key 'parrent'", "parent"),
        ("[[places]]\nkind = 'area'", "number 1: a new place needs a name", "name_zh"),
        ("[[places]]\nname_en = 3", "number 1, name_en: it must be a text", "quotation marks"),
        ("[[places]]\nname_en = ' '", "number 1, name_en: it is empty", "take the key out"),
        ("[[places]]\nname_en = 'X'", "name 'X' has one character", "Write more"),
        (ICE + "names = ['Y']", "number 1, names: the name 'Y'", "Write more"),
        (ICE + "names = ['']", "number 1, names: the name '' is empty", "take it out"),
        (ICE + "names = 'Ice'", "names: it must be a list", "names = ["),
        (ICE + "kind = 'aera'", "kind: there is no kind 'aera'", "area"),
        (ICE + "latitude = 91", "latitude: it must be a number from -90", "degrees"),
        (ICE + "longitude = true", "longitude: it must be a number", "degrees"),
        (ICE + "parent = 'Harbinn'", "parent: there is no place 'Harbinn'", "Harbin"),
        (ICE + "parent = 'Suzhou'", "belongs to 3 places", "cn:341300"),
        (ICE + "parent = '北上广深'", "belongs to 4 places", "cn:110000"),
        (ICE + "parent = 'Ice Valley'", "cannot lie in itself", "parent"),
        (
            ICE + "parent = 'Snow Hill'\n" + SNOW + "parent = 'Ice Valley'",
            "user:ice-valley in user:snow-hill in user:ice-valley",
            "parent",
        ),
        ("[[places]]\nid = 'cn:230000'\nparent = 'cn:230102'", "cn:230000 in cn:230102", "parent"),
        (ICE + "[[places]]\nname_en = 'Ice valley'", "id user:ice-valley is taken", "own"),
        (ICE + "names = ['哈市']", '"哈市" belongs to Harbin 哈尔滨', "cn:230100"),
        (
            ICE + SNOW + "names = ['ICE VALLEY']",
            "belongs to Ice Valley",
            "user:ice-valley",
        ),
        ("[names]\n'冰城' = 'Shenyang'", '"冰城" belongs to Harbin 哈尔滨', "cn:230100"),
        ("[names]\n'冰都' = 'Harbinn'", "\"冰都\": there is no place 'Harbinn'", "Harbin"),
        ("[names]\n'冰都' = 3", '"冰都": it must be the name or id', "Harbin"),
        ("[names]\n'' = 'Harbin'", "[names]: the name '' is empty", "take it out"),
        ("[names]\n'H' = 'Harbin'", "[names]: the name 'H' has one character", "Write more"),
        ("names = ['x']", "names: it must be a table", "[names]"),
        ("not_places = 'Boston'", "not_places: it must be a list", "not_places = ["),
        ("not_places = ['。']", "not_places: the name '。' is empty", "take it out"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, where: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    assert where in caught.value.message
    assert str(tmp_path / "hubtui.toml") in caught.value.message
    assert remedy in caught.value.remedy


def test_the_example_in_the_documentation_is_good(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "gazetteer.md"
    (example,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found(read(tmp_path, example), "冰雪之都, Ice Park") == ["cn:230100", "user:ice-valley"]
