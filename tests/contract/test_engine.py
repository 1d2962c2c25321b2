"""What any full-text engine must do."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hubtui.core.errors import IndexingError
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.engine import (
    Concept,
    Engine,
    Field,
    Reader,
    Synonym,
    Synonyms,
    WeightedTerm,
    Writer,
    count_terms,
)


@pytest.fixture(params=[ArrayEngine])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened: Engine = request.param(tmp_path / "engine")
    yield opened
    opened.close()


def _add(engine: Engine, *passages: tuple[int, dict[Field, list[str]]]) -> int:
    writer = engine.writer()
    _write(writer, *passages)
    return writer.commit()


def _write(writer: Writer, *passages: tuple[int, dict[Field, list[str]]]) -> None:
    fields = {field: count_terms([terms.get(field, []) for _, terms in passages]) for field in Field}
    writer.add([key for key, _ in passages], fields)


def _having(engine: Engine, field: Field, term: str) -> set[int]:
    return _keys(engine.reader(), field, term)


def _keys(reader: Reader, field: Field, term: str) -> set[int]:
    return set(reader.keys[reader.having(field, term) & reader.live].tolist())


def _scores(engine: Engine, *terms: WeightedTerm | Concept) -> dict[int, float]:
    reader = engine.reader()
    ranked = zip(reader.keys.tolist(), reader.rank(terms).tolist(), reader.live.tolist(), strict=True)
    return {key: score for key, score, live in ranked if score and live}


def test_a_new_engine_is_empty(engine: Engine) -> None:
    assert engine.generation == 0
    assert _having(engine, Field.WORDS, "cloud") == set()
    assert _scores(engine, WeightedTerm(Field.WORDS, "cloud")) == {}


def test_finds_what_was_added_in_its_field(engine: Engine) -> None:
    _add(
        engine,
        (7, {Field.WORDS: ["cloud", "云计算"], Field.GRAMS: ["云计"]}),
        (2**40, {Field.WORDS: ["cloud"]}),
    )
    reader = engine.reader()
    assert _keys(reader, Field.WORDS, "cloud") == {7, 2**40}
    assert _keys(reader, Field.WORDS, "云计算") == {7}
    assert _keys(reader, Field.GRAMS, "云计算") == set()
    assert _keys(reader, Field.GRAMS, "云计") == {7}


def test_nothing_is_seen_before_the_commit_and_each_commit_raises_the_generation(engine: Engine) -> None:
    writer = engine.writer()
    _write(writer, (1, {Field.WORDS: ["cloud"]}))
    assert _having(engine, Field.WORDS, "cloud") == set()
    first = writer.commit()
    assert first == engine.generation > 0
    assert _having(engine, Field.WORDS, "cloud") == {1}
    assert _add(engine, (2, {Field.WORDS: ["tax"]})) > first


def test_a_cancelled_change_leaves_nothing(engine: Engine) -> None:
    before = _add(engine, (1, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    _write(writer, (2, {Field.WORDS: ["cloud"]}))
    writer.remove([1])
    writer.cancel()
    assert engine.generation == before
    assert _having(engine, Field.WORDS, "cloud") == {1}


def test_forgets_what_was_removed(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}), (2, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    writer.remove([1])
    writer.commit()
    assert _having(engine, Field.WORDS, "cloud") == {2}
    assert _scores(engine, WeightedTerm(Field.WORDS, "cloud")).keys() == {2}


def test_clear_forgets_all_that_was_there_before(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}))
    writer = engine.writer()
    writer.clear()
    _write(writer, (2, {Field.WORDS: ["cloud"]}))
    writer.commit()
    assert _having(engine, Field.WORDS, "cloud") == {2}


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
    cloud = WeightedTerm(Field.WORDS, "cloud")
    ranked = _scores(engine, cloud, WeightedTerm(Field.WORDS, "rare"))
    assert len(ranked) == 22
    assert ranked[1] > ranked[2] > ranked[10] > 0
    assert _scores(engine, cloud, WeightedTerm(Field.WORDS, "rare", 0.01))[1] < ranked[1]


def test_finds_any_of_several_terms_and_counts_one(engine: Engine) -> None:
    _add(engine, *((key, {Field.WORDS: [word]}) for key, word in enumerate(["tax", "cloud", "hub"], 1)))
    reader = engine.reader()
    held = reader.having(Field.WORDS, "tax", "hub", "nothing")
    assert set(reader.keys[held].tolist()) == {1, 3}
    assert not reader.having(Field.WORDS).any()
    assert (reader.count(Field.WORDS, "tax"), reader.count(Field.WORDS, "nothing")) == (1, 0)
    assert reader.count(Field.HEADING, "tax") == 0


def _said(*groups: Synonyms) -> Concept:
    return Concept((WeightedTerm(Field.WORDS, "cloud"),), groups)


def _synonyms(*words: str, share: float = 0.8) -> Synonyms:
    return Synonyms(tuple(Synonym(((Field.WORDS, word),)) for word in words), share)


def test_synonyms_count_as_one_term_and_less_than_the_word_itself(engine: Engine) -> None:
    _add(
        engine,
        (1, {Field.WORDS: ["cloud", "filler"]}),
        (2, {Field.WORDS: ["云", "filler"]}),
        (3, {Field.WORDS: ["cloud", "云"]}),
        *((key, {Field.WORDS: ["other", "filler"]}) for key in range(10, 20)),
    )
    ranked = _scores(engine, _said(_synonyms("云")))
    assert ranked[1] == ranked[3] > ranked[2] > 0


def test_a_synonym_that_fits_badly_counts_less(engine: Engine) -> None:
    _add(
        engine,
        *((key, {Field.WORDS: [word]}) for key, word in enumerate(["云", "云彩"], 1)),
        *((key, {Field.WORDS: ["other"]}) for key in range(10, 20)),
    )
    group = Synonyms((Synonym(((Field.WORDS, "云"),)), Synonym(((Field.WORDS, "云彩"),), 0.3)))
    ranked = _scores(engine, _said(group))
    assert ranked[1] > ranked[2] > 0


def test_a_synonym_of_several_terms_needs_them_all(engine: Engine) -> None:
    _add(
        engine,
        (1, {Field.WORDS: ["tax", "break"]}),
        (2, {Field.WORDS: ["tax"]}),
        *((key, {Field.WORDS: ["other"]}) for key in range(10, 20)),
    )
    pair = Synonym(((Field.WORDS, "tax"), (Field.WORDS, "break")))
    assert _scores(engine, Concept((), (Synonyms((pair,)),))).keys() == {1}


def test_a_longer_text_ranks_lower_but_a_longer_heading_does_not(engine: Engine) -> None:
    _add(
        engine,
        (1, {Field.WORDS: ["cloud", *["filler"] * 2], Field.HEADING: ["hub", *["filler"] * 9]}),
        (2, {Field.WORDS: ["cloud", *["filler"] * 9], Field.HEADING: ["hub"]}),
        *((key, {Field.WORDS: ["other"]}) for key in range(10, 20)),
    )
    words = _scores(engine, WeightedTerm(Field.WORDS, "cloud"))
    assert words[1] > words[2]
    headings = _scores(engine, WeightedTerm(Field.HEADING, "hub"))
    assert headings[1] == headings[2]


def test_several_commits_are_searched_as_one(engine: Engine) -> None:
    for key in range(1, 40):
        _add(engine, (key, {Field.WORDS: ["cloud"] * (key % 3 + 1), Field.GRAMS: ["云"] if key % 2 else []}))
    assert _having(engine, Field.WORDS, "cloud") == set(range(1, 40))
    assert _having(engine, Field.GRAMS, "云") == set(range(1, 40, 2))
    assert _scores(engine, WeightedTerm(Field.WORDS, "cloud")).keys() == set(range(1, 40))


def test_a_word_of_ten_thousand_passages_is_found_in_all(engine: Engine) -> None:
    _add(engine, *((key, {Field.WORDS: ["cloud"]}) for key in range(1, 10_001)))
    assert _having(engine, Field.WORDS, "cloud") == set(range(1, 10_001))


def test_an_older_view_stays_usable_after_a_commit(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud"]}))
    view = engine.reader()
    _add(engine, (2, {Field.WORDS: ["cloud"]}))
    assert _keys(view, Field.WORDS, "cloud") == {1}


def test_there_is_one_writer_at_a_time(engine: Engine) -> None:
    writer = engine.writer()
    with pytest.raises(IndexingError, match="Another hubtui"):
        engine.writer()
    writer.cancel()
    engine.writer().cancel()


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    first = ArrayEngine(tmp_path / "engine")
    generation = _add(first, (1, {Field.WORDS: ["cloud"]}))
    first.close()
    second = ArrayEngine(tmp_path / "engine")
    assert second.generation == generation
    assert _having(second, Field.WORDS, "cloud") == {1}
    second.close()


def test_says_how_often_each_passage_holds_a_term_and_how_long_it_is(engine: Engine) -> None:
    _add(engine, (1, {Field.WORDS: ["cloud", "tax", "cloud"]}), (2, {Field.WORDS: ["tax"]}))
    _add(engine, (3, {Field.WORDS: ["cloud", *["filler"] * 99]}))
    reader = engine.reader()
    found = reader.occurrences(Field.WORDS, "cloud")
    assert dict(zip(reader.keys[found.slots].tolist(), found.counts.tolist(), strict=True)) == {
        1: 2.0,
        3: 1.0,
    }
    assert not len(reader.occurrences(Field.WORDS, "nothing").slots)
    sizes = dict(zip(reader.keys.tolist(), reader.lengths(Field.WORDS).tolist(), strict=True))
    assert sizes == {
        1: pytest.approx(3, rel=0.1),
        2: pytest.approx(1, rel=0.1),
        3: pytest.approx(100, rel=0.1),
    }


def test_an_empty_engine_has_no_lengths_and_no_occurrences(engine: Engine) -> None:
    assert not len(engine.reader().lengths(Field.WORDS))
    assert not len(engine.reader().occurrences(Field.WORDS, "cloud").slots)


@pytest.mark.parametrize("among", [[], [3], [0, 1], [1, 2, 4, 5], list(range(6))])
def test_some_passages_score_as_they_do_among_all(engine: Engine, among: list[int]) -> None:
    texts = ["cloud tax", "cloud cloud port", "云 计算 tax", "port", "cloud 计算 tax tax", "rain"]
    _add(engine, *((key, {Field.WORDS: text.split()}) for key, text in enumerate(texts)))
    words = tuple(WeightedTerm(Field.WORDS, word) for word in ("cloud", "port", "unknown"))
    both = Synonym(((Field.WORDS, "计算"), (Field.WORDS, "tax")), 0.9)
    wanted: list[WeightedTerm | Concept] = [
        *words,
        Concept(words[:1], (Synonyms((both, Synonym(((Field.WORDS, "rain"),), 0.5))),)),
    ]
    scorer = engine.reader().scoring()
    some = scorer.rank(wanted, np.array(among, np.int32))
    assert some.tolist() == pytest.approx(scorer.rank(wanted)[among].tolist())
    assert scorer.rank(wanted)[3] > 0


def test_a_few_of_many_passages_score_as_they_do_among_all(engine: Engine) -> None:
    words = ("cloud", "tax", "port", "rain", "snow")
    rows = [[word for at, word in enumerate(words) if number % (at + 2) == 0] for number in range(900)]
    _add(engine, *((key, {Field.WORDS: row}) for key, row in enumerate(rows)))
    wanted = [WeightedTerm(Field.WORDS, word) for word in words]
    scorer, among = engine.reader().scoring(), [0, 6, 7, 450, 899]
    some = scorer.rank(wanted, np.array(among, np.int32))
    assert some.tolist() == pytest.approx(scorer.rank(wanted)[among].tolist())


def test_every_term_of_many_is_found(engine: Engine) -> None:
    terms = [f"t{number:04}" for number in range(0, 1000, 3)]
    _add(engine, *((key, {Field.WORDS: [term]}) for key, term in enumerate(terms)))
    reader = engine.reader()
    assert all(reader.count(Field.WORDS, term) == 1 for term in terms)
    assert not any(reader.count(Field.WORDS, f"t{number:04}") for number in range(1, 1000, 3))
    assert reader.terms(Field.WORDS, "t05", 100) == [term for term in terms if term.startswith("t05")]


def test_terms_between_two_are_found_together(engine: Engine) -> None:
    _add(
        engine,
        (1, {Field.WORDS: ["lib", "dog"]}),
        (2, {Field.WORDS: ["library"]}),
        (3, {Field.WORDS: ["li"]}),
    )
    _add(
        engine,
        (4, {Field.WORDS: ["libel"]}),
        (5, {Field.WORDS: ["libya"]}),
        (6, {Field.WORDS: ["cat", "zoo"]}),
    )
    reader = engine.reader()

    def between(first: str, last: str) -> list[int]:
        return sorted(reader.keys[reader.having_between(Field.WORDS, first, last)].tolist())

    assert between("lib", "library") == [1, 2, 4]
    assert between("lib", "libs") == [1, 2, 4]
    assert between("x", "y") == between("library", "lib") == []
    assert between("a", "zoo") == [1, 2, 3, 4, 5, 6]
