"""What holds of the mentions of any text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from hubtui.places import Gazetteer, find_mentions

NAMES = [
    "哈尔滨",
    "北京市朝阳区",
    "北上广深",
    "Xi'an",
    "New York",
    "在渝",
    "辽、吉、黑三省",
    "吉林大学",
    "東北",
    "HK",
    "Canton",
]
GLUE = ["", " ", "\n", "，", "的", "and ", "𠀀", "'s ", "-", "\n\n", "市", "…"]
TEXTS = st.lists(st.sampled_from(NAMES + GLUE) | st.text(max_size=3), max_size=12).map("".join)


@given(TEXTS)
def test_spans_are_parts_of_the_text_in_order(text: str) -> None:
    mentions = find_mentions(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.surface == text[mention.start : mention.end]
        assert mention.place.id in Gazetteer.default()
    assert [mention.start for mention in mentions] == sorted(mention.start for mention in mentions)


@given(TEXTS)
def test_spans_are_equal_or_apart(text: str) -> None:
    spans = sorted({(mention.start, mention.end) for mention in find_mentions(text)})
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(st.text(max_size=40), st.sampled_from(["哈尔滨", "沈阳", "Harbin"]))
def test_what_stands_before_moves_the_offsets_alone(before: str, name: str) -> None:
    mentions = find_mentions(f"{before}\n\n{name}。")
    assert (len(before) + 2, len(before) + 2 + len(name)) in [(m.start, m.end) for m in mentions]


def test_traditional_and_simplified_texts_have_the_same_places() -> None:
    simplified = "黑龙江省哈尔滨市与辽宁省沈阳市、广东省东莞市，云南丽江和台湾高雄。"
    traditional = OpenCC("s2t").convert(simplified)
    assert traditional != simplified
    assert [m.place.id for m in find_mentions(traditional)] == [m.place.id for m in find_mentions(simplified)]


def test_a_text_of_nothing_but_names() -> None:
    mentions = find_mentions("哈尔滨沈阳大连" * 2000)
    assert len(mentions) == 6000
    assert {mention.surface for mention in mentions} == {"哈尔滨", "沈阳", "大连"}
