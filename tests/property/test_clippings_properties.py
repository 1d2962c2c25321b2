"""Properties of clippings: what is kept comes back, in whatever order several writers act."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hubtui.clippings.jsonl import DAMAGED, FILE_NAME, decode, encode
from hubtui.clippings.model import ClippedPlace, Clipping, tidy_tags
from hubtui.clippings.query import ORDERS, filter_clippings, sort_clippings
from hubtui.clippings.relocate import TextSimilarity
from hubtui.clippings.store import ClippingFile

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def clippings(draw: st.DrawFn) -> Clipping:
    return Clipping(
        id=draw(st.text("0123456789abcdef", min_size=1, max_size=4)),
        made=draw(st.sampled_from(["2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"])),
        path=draw(TEXTS),
        number=draw(st.integers()),
        text=draw(TEXTS),
        note=draw(TEXTS),
        query=draw(TEXTS),
        facts=draw(st.dictionaries(TEXTS | st.just("title"), TEXTS, max_size=3)),
        places=tuple(draw(st.lists(st.builds(ClippedPlace, TEXTS, TEXTS, TEXTS), max_size=2))),
        tags=tuple(draw(st.lists(TEXTS, max_size=3))),
        extra=draw(st.dictionaries(TEXTS.map("x-{}".format), JSON, max_size=2)),
    )


@given(clippings())
def test_a_line_gives_its_clipping_back(clipping: Clipping) -> None:
    line = encode(clipping)
    assert "\n" not in line
    assert decode(line.encode()) == clipping


@given(st.binary(max_size=60) | JSON.map(str).map(str.encode))
def test_any_line_is_a_clipping_or_damaged(line: bytes) -> None:
    with suppress(ValueError):
        assert isinstance(decode(line), Clipping)


ACTS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["append", "change", "remove", "restore", "tear"]), clippings()
    ),
    max_size=12,
)


@settings(max_examples=50)  # of up to twelve acts each
@given(ACTS)
def test_two_writers_in_turn_agree_with_a_list(acts: list[tuple[int, str, Clipping]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = folder / FILE_NAME
        writers = [ClippingFile(path, folder / "lock") for _ in range(2)]
        expected: dict[str, Clipping] = {}
        removed: list[Clipping] = []
        torn = 0
        for writer, act, clipping in acts:
            _act(writers[writer], act, clipping, expected, removed)
            if act == "tear":
                torn += 1
                with path.open("ab") as file:
                    file.write(b'{"id": "torn')
                writers[1 - writer].append(clipping._replace(id=f"t{torn}"))
                expected[f"t{torn}"] = clipping._replace(id=f"t{torn}")
        for kept in writers:
            found = {item.id: item for item in kept.load().items}
            assert found == expected
        aside = folder / DAMAGED
        assert (aside.read_bytes().split(b"\n")[:-1] if torn else []) == [b'{"id": "torn'] * torn


def _act(
    kept: ClippingFile, act: str, clipping: Clipping, expected: dict[str, Any], removed: list[Clipping]
) -> None:
    known = clipping.id in expected
    if act == "append" and not known:
        kept.append(clipping)
        expected[clipping.id] = clipping
    elif act == "change" and known:
        expected[clipping.id] = kept.change(clipping.id, lambda item: item._replace(note=clipping.note))
    elif act == "remove" and known:
        kept.remove([clipping.id])
        removed.append(expected.pop(clipping.id))
    elif act == "restore" and removed and removed[-1].id not in expected:
        back = removed[-1]
        removed[:] = [item for item in removed if item.id != back.id]
        assert kept.restore() == (back,)
        expected[back.id] = back


@settings(max_examples=40)
@given(st.lists(clippings(), max_size=6), st.sampled_from(ORDERS))
def test_an_order_loses_nothing(items: list[Clipping], order: str) -> None:
    assert sorted(map(encode, sort_clippings(items, order))) == sorted(map(encode, items))


@given(clippings(), st.integers(0, 40), st.integers(1, 10))
def test_a_clipping_is_found_by_any_part_of_its_text(clipping: Clipping, start: int, size: int) -> None:
    # A quotation mark would end the phrase: a part before it is one too.
    part = clipping.text[start : start + size].partition('"')[0].strip()
    assert filter_clippings([clipping], f'"{part}"' if part else "") == [clipping]


@given(st.lists(TEXTS, max_size=5))
def test_tags_are_tidy_once_and_for_all(tags: list[str]) -> None:
    tidy = tidy_tags(tags)
    assert tidy_tags(tidy) == tidy
    assert tidy_tags([", ".join(tidy)]) == tidy


@given(TEXTS, TEXTS)
def test_likeness_is_fair(one: str, other: str) -> None:
    assert TextSimilarity(one).of(one) == 1
    assert (TextSimilarity(one).of(other) == 1) == (one == other)
    assert TextSimilarity(one).of(other) == TextSimilarity(other).of(one) >= 0
