"""A choice changes nothing of a query but what it stands in for, and means what it says."""

from hypothesis import assume, given
from hypothesis import strategies as st

from hubtui.search.completion import Choice, completed, slot_at
from hubtui.search.filters import FILTERS
from hubtui.search.parser import Token, quoted, tokens

SIGNS = [
    "city:",
    "source:",
    "lang:",
    '"',
    "“",
    "”",
    "《",
    "》",
    "(",
    ")",
    "-",
    "OR",
    "~5",
    "*",
    " ",
    "：",
    "city：",
]
TEXTS = st.lists(st.sampled_from([*SIGNS, "哈尔滨", "Harbin", "a", "x y"]) | st.text(max_size=4), max_size=8)
QUERIES = TEXTS.map("".join)
BEGUN = st.sampled_from(["a", "ci", "哈", "-har", "(x", "city:", "city:Ha", "source：报", 'city:"New Y'])
HEADS = st.builds("{} {}".format, QUERIES, BEGUN)
RESTS = st.just("") | st.builds("{}{}".format, st.sampled_from([" ", ")", " (", ' "']), QUERIES)
VALUES = st.text(min_size=1, max_size=12).filter(lambda text: '"' not in text and text.strip() == text)


def bare(found: list[Token]) -> list[tuple[str, str, str]]:
    return [(token.kind, token.name, token.value) for token in found]


@given(HEADS, RESTS, st.sampled_from(list(FILTERS)), VALUES)
def test_a_value_is_the_filter_that_was_meant_and_the_rest_stays(
    head: str, rest: str, name: str, value: str
) -> None:
    query, cursor = head + rest, len(head)
    slot = slot_at(query, cursor)
    assume(slot is not None)
    assert slot is not None
    text, there = completed(query, slot, Choice(f"{name}:{quoted(value)}", value))
    before, after = list(tokens(head))[:-1], list(tokens(rest))
    assert bare(list(tokens(text))) == [*bare(before), ("filter", name, value), *bare(after)]
    assert text.startswith(head[: slot.start])
    assert text.endswith(rest)
    assert slot.start < there <= len(text)


@given(HEADS, RESTS, st.sampled_from(list(FILTERS)))
def test_a_filters_name_leaves_the_rest_and_takes_a_value_at_once(head: str, rest: str, name: str) -> None:
    query = head + rest
    slot = slot_at(query, len(head))
    assume(slot is not None)
    assert slot is not None
    if slot.name:
        return
    text, cursor = completed(query, slot, Choice(f"{name}:", f"{name}:"))
    before, after = list(tokens(head))[:-1], list(tokens(rest))
    assert bare(list(tokens(text))) == [*bare(before), ("filter", name, ""), *bare(after)]
    assert text[:cursor].endswith(f"{name}:")
    following = slot_at(text, cursor)
    assert following is not None
    assert (following.name, following.typed) == (name, "")


@given(QUERIES, st.integers(0, 40))
def test_a_slot_ends_at_the_cursor_and_holds_what_was_typed(query: str, cursor: int) -> None:
    cursor = min(cursor, len(query))
    slot = slot_at(query, cursor)
    if slot is not None:
        assert 0 <= slot.start < slot.end == cursor
        assert slot.typed in query[slot.start : slot.end]
