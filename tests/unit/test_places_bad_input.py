"""Odd texts, and odd places and names that someone adds."""

import pytest

from hubtui.core.models import Place
from hubtui.places import Gazetteer, Name, find_mentions


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "。", "\x00", "\ud800", "🏙️", "市", "县县县", "'s", "·"])
def test_texts_without_any_place(text: str) -> None:
    assert find_mentions(text) == []


def test_a_name_behind_characters_outside_the_basic_plane() -> None:
    (mention,) = find_mentions("🏙️𠮷𠮷哈尔滨")
    assert mention.surface == "哈尔滨"


@pytest.mark.parametrize(
    "text",
    [
        "雲計算產業在沈阳與哈尔滨發展，廣東省东莞市亦然",  # Simplified names in a Traditional text
        "云计算产业在瀋陽与哈爾濱发展，广东省東莞市亦然",  # Traditional names in a Simplified text
    ],
)
def test_names_in_the_other_script(text: str) -> None:
    found = [mention.place.id for mention in find_mentions(text)]
    assert found == ["cn:210100", "cn:230100", "cn:440000", "cn:441900"]


@pytest.mark.parametrize("before", ["🏙️", "𠮷野家在", "👩‍👩‍👧‍👦 ", "𝔸", "e\u0301"])
def test_offsets_behind_characters_outside_the_basic_plane(before: str) -> None:
    for name in ("哈尔滨", "Harbin"):
        text = f"{before} {name}。{before}，{name}"
        assert [text[m.start : m.end] for m in find_mentions(text)] == [name, name]


@pytest.mark.parametrize("name", ["朝阳、", "鼓楼区", "北上广深", "、京", "在京", "Suzhou ", "吉林\n"])
def test_a_long_text_of_nothing_but_names_has_them_all(name: str) -> None:
    few, many = len(find_mentions(name * 1000)), len(find_mentions(name * 10_000))
    assert few
    assert many == 10 * few


@pytest.mark.slow
def test_ten_million_characters_have_the_last_name_found() -> None:
    text = "一" * 10_000_000 + "，哈尔滨"
    assert [mention.start for mention in find_mentions(text)] == [10_000_001]


@pytest.mark.parametrize("text", ["哈尔\n滨", "哈尔\n  滨", "Hong\nKong", "Hong  Kong", "Inner\n\tMongolia"])
def test_a_name_across_a_line_break(text: str) -> None:
    assert [mention.surface for mention in find_mentions(text)] == [text]


@pytest.mark.parametrize("text", ["哈尔\n\n滨", "Hong\n\nKong"])
def test_no_name_across_an_empty_line(text: str) -> None:
    assert find_mentions(text) == []


def test_a_long_text_of_names_that_depend_on_one_another() -> None:
    mentions = find_mentions("河北省正定、平山与长沙。" * 5000)
    assert len(mentions) == 20_000


def test_a_name_of_two_places_means_the_more_prominent_one(gazetteer: Gazetteer) -> None:
    mine = gazetteer.extended(names=[Name.of("那座城", "cn:230102", "cn:210100")])
    assert [m.place.id for m in find_mentions("那座城", gazetteer=mine)] == ["cn:230102", "cn:210100"]
    apart = gazetteer.extended(names=[Name.of("那座城", "cn:230102"), Name.of("那座城", "cn:210100")])
    assert [m.place.id for m in find_mentions("那座城", gazetteer=apart)] == ["cn:210100"]


def test_a_cycle_of_parents_ends(gazetteer: Gazetteer) -> None:
    first = Place("area:first", "First", "甲地", "area", "area:second")
    second = Place("area:second", "Second", "乙地", "area", "area:first")
    mine = gazetteer.extended([first, second], [Name.of("甲地方", "area:first")])
    assert mine.ancestors("area:first") == ("area:second",)
    assert [m.place.id for m in find_mentions("甲地方", gazetteer=mine)] == ["area:first"]


def test_an_unknown_parent_or_place_does_no_harm(gazetteer: Gazetteer) -> None:
    lost = Place("area:lost", "Lost Quarter", "迷城", "area", "area:nowhere")
    mine = gazetteer.extended([lost], [Name.of("迷城", lost.id), Name.of("幻城", "area:nothing")])
    assert [m.place.id for m in find_mentions("迷城与幻城", gazetteer=mine)] == [lost.id]


def test_an_empty_name_is_never_found(gazetteer: Gazetteer) -> None:
    mine = gazetteer.extended(names=[Name.of("", "cn:230100"), Name.of("  ", "cn:230100")])
    assert find_mentions("一二三  四五六", gazetteer=mine) == []


def test_a_name_of_one_latin_letter_needs_to_stand_alone_in_capitals(gazetteer: Gazetteer) -> None:
    mine = gazetteer.extended(names=[Name.of("H", "cn:230100")])
    assert find_mentions("the hotel H2, h and Hotels", gazetteer=mine) == []
    assert [m.start for m in find_mentions("to H, and back", gazetteer=mine)] == [3]
