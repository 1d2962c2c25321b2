"""What any full-text engine must do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubtui.errors import IndexingError
from hubtui.index.engine import Engine, Field, WeightedTerm
from hubtui.index.whoosh_engine import WhooshEngine


@pytest.fixture(params=[WhooshEngine])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened: Engine = request.param(tmp_path / "engine")
    yield opened
    opened.close()


def _add(engine: Engine, *passages: tuple[int, dict[Field, list[str]]]) -> int:
    writer = engine.writer()
    for key, terms in passages:
        writer.add(key, terms)
    return writer.commit()


def test_a_new_engine_is_empty(engine: Engine) -> None:
    assert engine.generation == 0
    assert engine.reader().having(Field.WORDS, "cloud") == set()
    assert engine.reader().rank([WeightedTerm(Field.WORDS, "cloud")], {1}) == []


def test_finds_what_was_added_in_its_field(engine: Engine) -> None:
    _add(
        engine,
        (7, {Field.WORDS: ["cloud", "云计算"], Field.GRAMS: ["云计"]}),
        (2**40, {Field.WORDS: ["cloud"]}),
    )
    reader = engine.reader()
    assert reader.having(Field.WORDS, "cloud") == {7, 2**40}
    assert reader.having(Field.WORDS, "云计算") == {7}
    assert reader.having(Field.GRAMS, "云计算") == set()
    assert reader.having(Field.GRAMS, "云计") == {7}


def test_nothing_is_seen_before_the_commit_and_each_commit_raises_the_generation(engine: Engine) -> None:
    writer = engine.writer()
    writer.add(1, {Field.WORDS: ["cloud"]})
    assert engine.reader().having(Field.WORDS, "cloud") == set()
    first = writer.commit()
    assert first == engine.generation > 0
    assert engine.reader().having(Field.WORDS, "cloud") == {1}
    assert _add(engine, (2, {Field.WORDS: ["tax"]})) > first


def test_a_cancelled_change_leaves_nothing(engine: Engine) -> None:
    before = _add(engine, (1, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    writer.add(2, {Field.WORDS: ["cloud"]})
    writer.remove([1])
    writer.cancel()
    assert engine.generation == before
    assert engine.reader().having(Field.WORDS, "cloud") == {1}


def test_forgets_what_was_removed(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}), (2, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    writer.remove([1])
    writer.commit()
    assert engine.reader().having(Field.WORDS, "cloud") == {2}
    assert [hit.key for hit in engine.reader().rank([WeightedTerm(Field.WORDS, "cloud")], {1, 2})] == [2]


def test_clear_forgets_all_that_was_there_before(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    writer.clear()
    writer.add(2, {Field.WORDS: ["cloud"]})
    writer.commit()
    assert engine.reader().having(Field.WORDS, "cloud") == {2}


def test_lists_terms_by_prefix_in_order(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["tech", "tax", "technology", "云", "cloud"]}))
    reader = engine.reader()
    assert reader.terms(Field.WORDS, "te", 10) == ["tech", "technology"]
    assert reader.terms(Field.WORDS, "t", 2) == ["tax", "tech"]
    assert reader.terms(Field.WORDS, "云", 10) == ["云"]
    assert reader.terms(Field.HEADING, "te", 10) == []


def test_ranks_rare_frequent_and_weighted_terms_higher(engine: Engine) -> None:
    filler = [(key, {Field.WORDS: ["cloud", *["filler"] * 8]}) for key in range(10, 30)]
    _add(
        engine,
        (1, {Field.WORDS: ["cloud", "rare", *["filler"] * 7]}),
        (2, {Field.WORDS: ["cloud", "cloud", *["filler"] * 7]}),
        *filler,
    )
    terms = [WeightedTerm(Field.WORDS, "cloud"), WeightedTerm(Field.WORDS, "rare")]
    ranked = {hit.key: hit.score for hit in engine.reader().rank(terms, {1, 2, 10})}
    assert set(ranked) == {1, 2, 10}
    assert ranked[1] > ranked[2] > ranked[10] > 0
    light = [WeightedTerm(Field.WORDS, "cloud"), WeightedTerm(Field.WORDS, "rare", 0.01)]
    assert {hit.key: hit.score for hit in engine.reader().rank(light, {1})}[1] < ranked[1]


def test_an_older_view_stays_usable_after_a_commit(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}))
    view = engine.reader()
    _add(engine, (2, {Field.WORDS: ["cloud"]}))
    assert view.having(Field.WORDS, "cloud") == {1}


def test_there_is_one_writer_at_a_time(engine: Engine) -> None:
    writer = engine.writer()
    with pytest.raises(IndexingError, match="Another hubtui"):
        engine.writer()
    writer.cancel()
    engine.writer().cancel()


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    first = WhooshEngine(tmp_path / "engine")
    generation = _add(first, (1, {Field.WORDS: ["cloud"]}))
    first.close()
    second = WhooshEngine(tmp_path / "engine")
    assert second.generation == generation
    assert second.reader().having(Field.WORDS, "cloud") == {1}
    second.close()
