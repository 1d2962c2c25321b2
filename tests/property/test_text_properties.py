"""Properties of the functions on strings, over all kinds of text."""

from hypothesis import given
from hypothesis import strategies as st

from hubtui.text.analyzer import fold, forms, grams, normalise, units, words

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


@given(MIXED)
def test_forms_are_the_forms_of_the_tokens(text: str) -> None:
    of_words, of_grams = forms(text)
    assert sorted(of_words) == sorted(token.form for token in words(text))
    assert sorted(of_grams) == sorted(token.form for token in grams(text))
