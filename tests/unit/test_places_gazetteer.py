"""Looking places up by name."""

import pickle
import subprocess
import sys

import pytest

from hubtui.core.models import Place
from hubtui.places import Gazetteer, Name, find_mentions
from hubtui.text.analyzer import fold, is_han


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("haerbin", "cn:230100"),
        ("哈爾濱", "cn:230100"),
        ("PEKING", "cn:110000"),
        ("cn:440300", "cn:440300"),
        ("Suzhou", "cn:320500"),
        ("luan", "cn:341500"),
        ("chongqing", "cn:500000"),
        ("吉林", "cn:220000"),
        ("京", "cn:110000"),
    ],
)
def test_lookup(gazetteer: Gazetteer, name: str, first: str) -> None:
    assert gazetteer.lookup(name)[0].id == first


def test_lookup_of_a_composite(gazetteer: Gazetteer) -> None:
    assert [place.name_zh for place in gazetteer.lookup("北上广深")] == ["北京", "上海", "广州", "深圳"]


def test_an_unknown_name_has_neighbours(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Harbim") == []
    assert "Harbin" in gazetteer.nearest_names("Harbim")


def test_every_parent_and_every_name_leads_to_a_place(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        assert not place.parent or place.parent in gazetteer
        assert place.id not in gazetteer.ancestors(place.id)
        assert gazetteer.names(place.id)
    for _, readings in gazetteer.folded_names():
        for reading in readings:
            assert all(place_id in gazetteer for place_id in reading.places)


def test_the_tables_are_simplified(gazetteer: Gazetteer) -> None:
    for folded, _ in gazetteer.folded_names():
        assert fold(folded) == folded or not is_han(folded[0])


def test_the_units_are_complete(gazetteer: Gazetteer) -> None:
    kinds = [place.kind for place in gazetteer if place.id.startswith("cn:") and place.id < "cn:71"]
    assert kinds.count("province") == 31
    assert kinds.count("city") == 333
    assert kinds.count("county") + kinds.count("district") > 2800


def test_additions_and_stopped_names(gazetteer: Gazetteer) -> None:
    hub = Place("area:ice-valley", "Ice Valley", "冰谷", "area", "cn:230100")
    mine = gazetteer.extended([hub], [Name.of("冰谷", hub.id), Name.of("Ice Valley", hub.id)], ["大连"])
    assert [m.place.id for m in find_mentions("冰谷与大连", gazetteer=mine)] == [hub.id]
    assert mine.ancestors(hub.id)[0] == "cn:230100"
    assert [m.surface for m in find_mentions("冰谷与大连")] == ["大连"]


def test_additions_travel_to_another_process(gazetteer: Gazetteer) -> None:
    hub = Place("area:ice-valley", "Ice Valley", "冰谷", "area", "cn:230100")
    mine = gazetteer.extended([hub], [Name.of("冰谷", hub.id)]).extended(stop_names=["大连"])
    sent = pickle.dumps(mine)
    assert len(sent) < 1000
    arrived = pickle.loads(sent)  # noqa: S301  # our own
    assert arrived.additions == mine.additions
    assert arrived is pickle.loads(sent)  # noqa: S301  # our own
    assert [m.place.id for m in find_mentions("冰谷与大连", gazetteer=arrived)] == [hub.id]
    assert pickle.loads(pickle.dumps(gazetteer)) is gazetteer  # noqa: S301  # our own


def test_the_version_is_that_of_the_tables_and_the_additions(gazetteer: Gazetteer) -> None:
    assert gazetteer.version == gazetteer.extended().version
    first, second = gazetteer.extended(stop_names=["大连"]), gazetteer.extended(stop_names=["沈阳"])
    assert len({gazetteer.version, first.version, second.version}) == 3


def test_what_lies_in_a_place(gazetteer: Gazetteer) -> None:
    inside = gazetteer.within("cn:110000")
    assert {"cn:110000", "cn:110105", "area:zhongguancun"} <= inside
    assert all(place_id == "cn:110000" or "cn:110000" in gazetteer.ancestors(place_id) for place_id in inside)
    assert gazetteer.within("cn:230102") == {"cn:230102"}


def test_a_stopped_name_takes_its_characters(gazetteer: Gazetteer) -> None:
    mine = gazetteer.extended(stop_names=["海南中路", "哈爾濱"])
    assert find_mentions("在海南中路，哈尔滨", gazetteer=mine) == []


def test_finding_places_loads_no_segmenter() -> None:
    lines = (
        "from hubtui.places import find_mentions",
        "find_mentions('Harbin 哈尔滨')",
        "print('jieba' in sys.modules)",
    )
    code = "; ".join(("import sys", *lines))
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("place_id", "english"),
    [
        ("cn:540400", "Nyingchi"),
        ("cn:653200", "Hotan"),
        ("cn:542500", "Ngari"),
        ("cn:341500", "Lu'an"),
        ("cn:140400", "Changzhi"),
        ("cn:610100", "Xi'an"),
        ("cn:610000", "Shaanxi"),
        ("cn:810000", "Hong Kong"),
        ("cn:650100", "Urumqi"),
        ("cn:533401", "Shangri-La"),
    ],
)
def test_english_names(gazetteer: Gazetteer, place_id: str, english: str) -> None:
    place = gazetteer.place(place_id)
    assert place is not None
    assert place.name_en == english


@pytest.mark.parametrize(
    ("reading", "place_id"),
    [
        ("chengdu", "cn:510100"),
        ("xiamen", "cn:350200"),
        ("changzhi", "cn:140400"),
        ("changchun", "cn:220100"),
        ("yueqing", "cn:330382"),
        ("jingxing", "cn:130121"),
        ("bengbu", "cn:340300"),
    ],
)
def test_readings(gazetteer: Gazetteer, reading: str, place_id: str) -> None:
    assert place_id in [place.id for place in gazetteer.lookup(reading)]
