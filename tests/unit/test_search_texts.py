"""Patterns find their words in a text, and nothing beside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.search.text_patterns import (
    AnyStem,
    Beginning,
    FoldedText,
    HanString,
    Pattern,
    Stems,
    Together,
    merge,
    windows,
)
from hubtui.text.analyzer import units, word_tokens


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (HanString("云计算"), "雲計算与云计算", ["雲計算", "云计算"]),
        (Stems(("cloud",)), "Clouds, cloud-based; uncloudy cloud's", ["Clouds", "cloud", "cloud"]),
        (
            Stems(("cloud", "comput")),
            "cloud computing, cloud-computers; cloud. Computing",
            ["cloud computing", "cloud-computers"],
        ),
        (Stems(("1.6",)), "1.6万吨 and 11.6 and 1.65 and 1.6%", ["1.6", "1.6"]),
        (Stems(("covid",)), "COVID-19", ["COVID"]),
        (Stems(("5g",)), "用5G网络", ["5G"]),
        (AnyStem(frozenset({"tax", "duti"})), "Taxes and duties", ["Taxes", "duties"]),
        (Beginning("super"), "Supercomputers are superb, not unsuper", ["Supercomputers", "superb"]),
        (
            Together((Stems(("tax",)), Stems(("data",))), 1),
            "tax on data and so on tax a b c data",
            ["tax", "data"],
        ),
        (
            Together((HanString("哈尔滨"), HanString("投资")), 2),
            "投资在哈尔滨,投资很多很多",
            ["投资", "哈尔滨", "投资"],
        ),
    ],
)
def test_finds(pattern: Pattern, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in pattern.spans(FoldedText(text))] == found


@given(st.text(alphabet="ab'Z1.6-云é ,5G_/&", max_size=40))
def test_words_are_those_that_the_index_has(text: str) -> None:
    stems = {word.stem for word in FoldedText(text).words}
    for unit in units(text):
        if unit.kind == "word" and all(part not in unit.text for part in ".,"):
            tokens = list(word_tokens(unit))
            assert {token.form for token in tokens[1:] or tokens} <= stems


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda at: (at[0], at[0] + at[1]))))
def test_merged_spans_are_apart_and_cover_the_same(spans: list[tuple[int, int]]) -> None:
    merged = merge(spans)
    assert {at for span in merged for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(one[1] < other[0] for one, other in pairwise(merged))


def test_windows_hold_one_of_each_kind_and_no_smaller_one_does() -> None:
    places = [[(0, 1), (10, 11)], [(4, 5), (12, 13)]]
    assert windows(places) == [[(0, 1), (4, 5)], [(4, 5), (10, 11)], [(10, 11), (12, 13)]]
    assert windows([[(0, 1)], []]) == windows([]) == []


_WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["clouds", "computing", "studies", "studied", "possibility", "hoping", "skies", "3.14", "1,5"]
        ),
        st.sampled_from([" ", "-", "'", "'s ", ".", ",", "_", "云", "é", "カ", "l'", "1"]),
        st.text("ab1'.,s -", max_size=4),
    ),
    max_size=14,
).map("".join)


@given(_WORDS, st.integers(1, 3))
def test_words_are_found_as_cutting_the_whole_text_finds_them(text: str, size: int) -> None:
    folded = FoldedText(text)
    for position in range(len(folded.words) - size + 1):
        stems = tuple(word.stem for word in folded.words[position : position + size])
        rows = [folded.words[at : at + size] for at in range(len(folded.words) - size + 1)]
        together = [
            (row[0].start, row[-1].end)
            for row in rows
            if tuple(word.stem for word in row) == stems
            and all(not text[one.end : other.start].strip(" -") for one, other in pairwise(row))
        ]
        assert Stems(stems).spans(folded) == together
