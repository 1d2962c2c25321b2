"""Properties of the functions on strings, over all kinds of text."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.index.engine import count_terms
from hubtui.index.sync import count_grams
from hubtui.text.analyzer import (
    _MAY_VARY,
    _WORD_VARIANTS,
    fold,
    grams,
    normalise,
    units,
    word_forms,
    words,
)

MIXED = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("云计算哈爾濱的, .-'’/%ABCabc019％１Ａ\u0301\n\t《》“”😀𠀀あア"),
    ),
    max_size=60,
)


@given(MIXED)
def test_folding_keeps_the_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(MIXED, MIXED)
def test_folding_parts_is_folding_the_whole(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)


@given(st.text(max_size=60))
def test_normalising_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(MIXED)
def test_tokens_lie_inside_the_text_and_are_never_empty(text: str) -> None:
    for token in [*words(text), *grams(text)]:
        assert 0 <= token.start < token.end <= len(text)
        assert token.form


@given(MIXED)
def test_units_are_the_folded_text_at_their_offsets(text: str) -> None:
    position = 0
    for unit in units(text):
        assert unit.start >= position
        assert fold(text)[unit.start : unit.end] == unit.text
        position = unit.end


@given(st.lists(MIXED, max_size=4))
def test_forms_are_the_forms_of_the_tokens(texts: list[str]) -> None:
    found = word_forms([fold(text) for text in texts])
    assert list(map(sorted, found)) == [sorted(token.form for token in words(text)) for text in texts]


@given(st.lists(MIXED, max_size=4))
def test_grams_are_counted_as_the_tokens_are(texts: list[str]) -> None:
    counts = count_grams([fold(text) for text in texts])
    rows = zip(counts.term.tolist(), counts.passage.tolist(), counts.count.tolist(), strict=True)
    found = {(passage, counts.terms[term]): count for term, passage, count in rows}
    expected = Counter((number, token.form) for number, text in enumerate(texts) for token in grams(text))
    assert found == expected
    assert counts.lengths.tolist() == [len(list(grams(text))) for text in texts]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "云"]), max_size=5), max_size=4))
def test_terms_are_counted_passage_by_passage(passages: list[list[str]]) -> None:
    counts = count_terms(passages)
    rows = zip(counts.term.tolist(), counts.passage.tolist(), counts.count.tolist(), strict=True)
    found = [(passage, counts.terms[term], count) for term, passage, count in rows]
    expected = [
        (number, term, count)
        for number, of_passage in enumerate(passages)
        for term, count in Counter(of_passage).items()
    ]
    assert sorted(found) == sorted(expected)
    assert counts.lengths.tolist() == list(map(len, passages))


@pytest.mark.parametrize("word", [*_WORD_VARIANTS, "看著", "著眼"])
def test_each_word_of_another_region_is_looked_for(word: str) -> None:
    assert _MAY_VARY.search(word) or "身分" in word
