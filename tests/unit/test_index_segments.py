"""How segments come, are joined, and go."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.core.errors import DamagedIndexError
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.codec.format import SegmentEntry, write_file
from hubtui.index.codec.segment import Segment
from hubtui.index.codec.writer import SegmentBuilder
from hubtui.index.engine import Field, count_terms


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


@given(
    st.lists(st.sampled_from([1, 1, 1, 2, 3, 4, 5, 300]), min_size=1, max_size=40),
    st.integers(0, 3),
    st.sampled_from([1, 3, 40, 300]),
)
def test_postings_are_read_as_they_were_written(counts: list[int], rare: int, step: int) -> None:
    passages: list[list[str]] = [[] for _ in range(700)]
    for slot in range(0, 700, step):
        passages[slot] += ["often"] * counts[slot % len(counts)]
    for slot in range(rare):
        passages[slot * 200] += ["rare"] * counts[-1 - slot % len(counts)]
    passages[699].append("z")
    with tempfile.TemporaryDirectory() as folder:
        engine = ArrayEngine(Path(folder))
        writer = engine.writer()
        writer.add(range(700), {Field.WORDS: count_terms(passages)})
        writer.commit()
        reader = engine.reader()
        for term in ("often", "rare", "z"):
            found = reader.occurrences(Field.WORDS, term)
            expected = {slot: held.count(term) for slot, held in enumerate(passages) if term in held}
            assert dict(zip(found.slots.tolist(), found.counts.tolist(), strict=True)) == expected
        engine.check()


def test_blocks_that_do_not_fit_their_postings_are_noticed(tmp_path: Path) -> None:
    builder = SegmentBuilder()
    builder.add(range(100), {Field.WORDS: count_terms([["often"]] * 100)})
    parts = builder.build().parts
    for name in ("held", "lows", "tops", "dense", "blocks"):
        forged = {
            **parts,
            f"words.{name}": parts[f"words.{name}"] + np.array(1, parts[f"words.{name}"].dtype),
        }
        if name == "lows":
            forged[f"words.{name}"] = parts[f"words.{name}"][:-1]
        total = write_file(tmp_path / f"{name}.segment", "segment", {}, forged)
        entry = SegmentEntry(name, total, 100, 0, "", 0, {})
        with pytest.raises(DamagedIndexError):
            Segment(tmp_path, entry).field(Field.WORDS).postings(0, 0)
