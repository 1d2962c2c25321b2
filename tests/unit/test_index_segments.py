"""How segments come, are joined, and go."""

from collections.abc import Sequence
from pathlib import Path

from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.engine import Field
from hubtui.index.sync import count_terms


def _commit(engine: ArrayEngine, keys: Sequence[int], removed: Sequence[int] = ()) -> None:
    writer = engine.writer()
    writer.add(keys, {Field.WORDS: count_terms([["word", f"k{key % 10}"] for key in keys])})
    writer.remove(removed)
    writer.commit()


def _sizes(engine: ArrayEngine) -> list[int]:
    return [len(segment) for segment in engine.reader().segments]


def _found(engine: ArrayEngine, term: str = "word") -> list[int]:
    reader = engine.reader()
    return sorted(reader.keys[reader.having(Field.WORDS, term) & reader.live].tolist())


def test_small_segments_are_joined_and_large_ones_are_left_alone(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _commit(engine, range(40_000))
    for number in range(5):
        _commit(engine, range(50_000 + number, 50_001 + number), removed=[number])
    assert _sizes(engine) == [40_000, 5]
    assert _found(engine) == [*range(5, 40_000), *range(50_000, 50_005)]


def test_a_segment_of_which_most_was_removed_goes(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _commit(engine, range(10_000))
    _commit(engine, [], removed=range(4_000))
    assert _sizes(engine) == [10_000]
    _commit(engine, [], removed=range(4_000, 6_000))
    assert _sizes(engine) == [4_000]
    assert _found(engine) == list(range(6_000, 10_000))
    _commit(engine, [], removed=range(10_000))
    assert _sizes(engine) == []


def test_what_would_not_fit_into_one_segment_is_not_written_again(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _commit(engine, range(30_000))
    first = {path.name for path in tmp_path.glob("*.segment")}
    _commit(engine, range(30_000, 70_000))
    assert first < {path.name for path in tmp_path.glob("*.segment")}


def test_a_row_longer_than_a_segment_is_divided(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _commit(engine, range(70_000))
    assert _sizes(engine) == [65_536, 4_464]
    assert _found(engine, "k7") == list(range(7, 70_000, 10))
    assert engine.reader().lengths(Field.WORDS).tolist() == [2.0] * 70_000


def test_each_passage_is_written_few_times(tmp_path: Path) -> None:
    engine, commits, written, known = ArrayEngine(tmp_path), 40, 0, set[str]()
    for number in range(commits):
        _commit(engine, range(number * 500, number * 500 + 500))
        fresh = {segment.entry.name: len(segment) for segment in engine.reader().segments}
        written += sum(size for name, size in fresh.items() if name not in known)
        known.update(fresh)
    assert written < 10 * commits * 500
    assert len(_sizes(engine)) <= 6
    assert _found(engine) == list(range(commits * 500))
