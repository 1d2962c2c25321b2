"""Properties of the query language, over everything that can be typed."""

from hypothesis import given
from hypothesis import strategies as st

from hubtui.search.parser import Node, get_filter, parse, set_filter, terms

TYPED = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from('ab云 "“”「」()（）-－*:：|.')), max_size=40
) | st.lists(
    st.sampled_from(
        ["cloud", "OR", "NOT", "AND", "(", ")", '"', "city:", "city:Harbin", "-", "date:2018", "云*"]
    ),
    max_size=12,
).map(" ".join)


@given(TYPED)
def test_any_text_is_read_and_its_faults_lie_inside_it(text: str) -> None:
    query = parse(text)
    for fault in query.faults:
        assert 0 <= fault.start < fault.end <= len(text)
    leaves: list[Node] = list(terms(query.root))
    assert all(leaf is not None for leaf in leaves)


@given(TYPED, st.text(min_size=1, max_size=20).filter(lambda value: value.replace('"', "").strip()))
def test_a_filter_that_was_set_is_there_and_can_be_removed(text: str, value: str) -> None:
    wanted = value.replace('"', "").strip()
    kept = set_filter(text, "city", None)
    found = get_filter(set_filter(kept, "city", wanted), "city")
    # An open quotation mark swallows what follows it, a filter too.
    if any(token in kept for token in '"＂“„「『《'):
        return
    assert found is not None
    assert found.split() == wanted.split()
