"""Whoosh's own queries, through its own searcher, find what bulk reading of the same arrays finds."""

import subprocess
import sys
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import Index

from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.codec.reader import ArrayReader
from hubtui.index.codec.whoosh_codec import KEYS, WhooshIndex
from hubtui.index.engine import Field, Mask, count_terms

ROOT = Path(__file__).resolve().parents[2]

# Prefixes of each other, in both scripts, and one that no collection holds.
WORDS = ["te", "tech", "technology", "云", "云计", "云计算", "a", "é", "\U00020000"]
TERMS = st.sampled_from([*WORDS, "nothing"])
PASSAGE = st.lists(st.sampled_from(WORDS), max_size=6)
COMMIT = st.tuples(st.lists(PASSAGE, min_size=1, max_size=5), st.lists(st.integers(1, 20), max_size=4))


def _term(word: str) -> query.Query:
    return query.Term("words", word)


QUERIES: st.SearchStrategy[query.Query] = st.recursive(
    TERMS.map(_term)
    | st.sampled_from(["te", "tec", "云", "x"]).map(lambda start: query.Prefix("words", start)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(query.And)
        | st.lists(inner, min_size=1, max_size=3).map(query.Or)
        | st.tuples(inner, inner).map(lambda pair: query.And([pair[0], query.Not(pair[1])]))
    ),
    max_leaves=6,
)


def _expected(reader: ArrayReader, wanted: query.Query) -> Mask:
    match wanted:
        case query.Term():
            return reader.having(Field.WORDS, wanted.text)
        case query.Prefix():
            return reader.having(Field.WORDS, *reader.terms(Field.WORDS, wanted.text, 99))
        case query.And():
            return reduce(and_, [_expected(reader, part) for part in wanted.children()])
        case query.Or():
            return reduce(or_, [_expected(reader, part) for part in wanted.children()])
        case query.Not():
            return ~_expected(reader, wanted.query)
    raise AssertionError(wanted)


def _fill(engine: ArrayEngine, commits: Sequence[tuple[list[list[str]], list[int]]]) -> None:
    key = 1
    for passages, removed in commits:
        writer = engine.writer()
        keys = list(range(key, key + len(passages)))
        writer.add(keys, {Field.WORDS: count_terms(passages)})
        writer.remove(number for number in removed if number < key)
        writer.commit()
        key += len(passages)


def _found(index: Index, wanted: query.Query) -> list[int]:
    with index.searcher() as searcher:
        return sorted(hit[KEYS] for hit in searcher.search(wanted, limit=None))


@pytest.fixture(autouse=True)
def _many_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubtui.index.codec.writer._to_join", lambda _new, _kept: [])


@settings(max_examples=150)
@given(st.lists(COMMIT, min_size=1, max_size=4), QUERIES)
def test_whoosh_finds_what_bulk_reading_finds(
    commits: list[tuple[list[list[str]], list[int]]], wanted: query.Query
) -> None:
    with TemporaryDirectory() as folder:
        engine = ArrayEngine(Path(folder))
        _fill(engine, commits)
        reader = engine.reader()
        expected = sorted(reader.keys[_expected(reader, wanted) & reader.live].tolist())
        assert _found(WhooshIndex(engine), wanted) == expected


@settings(max_examples=50)
@given(st.lists(COMMIT, min_size=1, max_size=4), TERMS)
def test_what_does_not_hold_a_word_is_found_too(
    commits: list[tuple[list[list[str]], list[int]]], word: str
) -> None:
    with TemporaryDirectory() as folder:
        engine = ArrayEngine(Path(folder))
        _fill(engine, commits)
        reader = engine.reader()
        live = set(reader.keys[reader.live].tolist())
        # Whoosh's InverseMatcher passes a removed document that comes right after its child's last.
        found = set(_found(WhooshIndex(engine), query.Not(_term(word)))) & live
        assert found == set(reader.keys[~reader.having(Field.WORDS, word) & reader.live].tolist())


def test_the_best_of_many_are_the_same_with_and_without_skipping(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    chooser = np.random.default_rng(7)
    passages = [
        ["cloud"] * int(chooser.integers(1, 9)) + ["x"] * int(chooser.integers(1, 99)) for _ in range(2000)
    ]
    _fill(engine, [(passages[:900], []), (passages[900:], [3, 5, 7])])
    with WhooshIndex(engine).searcher() as searcher:
        wanted = query.Term("words", "cloud")
        everything = [(hit[KEYS], hit.score) for hit in searcher.search(wanted, limit=None)]
        best = [(hit[KEYS], hit.score) for hit in searcher.search(wanted, limit=10)]
    assert best == everything[:10]
    assert {3, 5, 7}.isdisjoint(key for key, _score in everything)


def test_terms_near_a_word_are_found(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _fill(engine, [([["cloud"], ["clouds"], ["storm"]], [])])
    assert _found(WhooshIndex(engine), query.FuzzyTerm("words", "clood", maxdist=1)) == [1]
    assert _found(WhooshIndex(engine), query.Wildcard("words", "cl*")) == [1, 2]
    assert _found(WhooshIndex(engine), query.TermRange("words", "clouds", "storm")) == [2, 3]


def test_an_empty_index_is_one(tmp_path: Path) -> None:
    index = WhooshIndex(ArrayEngine(tmp_path))
    assert index.is_empty()
    assert _found(index, query.Term("words", "cloud")) == []


def test_a_search_does_not_load_whoosh(seeds_folder: Path) -> None:
    code = (
        "import sys; from hubtui.__main__ import main\n"
        f"sys.argv = ['hubtui', 'search', 'cloud computing', '-L', {str(seeds_folder)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('whoosh' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "cloud" in done.stdout
    assert done.stderr.split()[-1] == "False"
