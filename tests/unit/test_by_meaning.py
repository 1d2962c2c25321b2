"""Questions that are answered in the other language by what they mean, and the vectors that this takes."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.core.files import MEANING
from hubtui.core.models import SearchResult
from hubtui.library import Library
from hubtui.search import by_meaning, passage_vectors
from hubtui.search.by_meaning import MeaningSearch, _placed, is_chinese
from hubtui.search.meaning import Table, shipped_table
from hubtui.search.passage_vectors import SUFFIX, PassageVectors

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CHINESE = {
    "snow": "冬天的清晨，院子里积了厚厚的一层雪，孩子们堆起了雪人。",
    "train": "这趟列车每小时行驶三百五十公里，从首都到海边只要两个小时。",
    "doctor": "医生给病人开了药，并嘱咐她每天多喝水、按时休息。",
    "school": "新学期开始了，老师把课本发给班上的每个学生。",
    "music": "乐团在音乐厅里演奏了贝多芬的交响曲，听众起立鼓掌。",
    "bank": "央行宣布下调利率，以鼓励企业贷款和投资。",
}
ENGLISH = {
    "garden": "Roses and tulips grow in the garden behind the house, and what grows is cut in May.",
    "engine": "How an engine works: the piston compresses the mixture, which a spark ignites.",
}
QUESTION = "Which physician prescribes pills to somebody who is ill?"


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    made = make_library({f"{name}.txt": f"{text}\n" for name, text in (CHINESE | ENGLISH).items()})
    made.sync()
    return made


def _names(result: SearchResult) -> list[str]:
    return [hit.source.path.removesuffix(".txt") for hit in result.hits]


def _without(library: Library, question: str, monkeypatch: pytest.MonkeyPatch) -> SearchResult:
    with monkeypatch.context() as patch:
        patch.setattr(MeaningSearch, "fuse", lambda *_: None)
        library._opened.searcher()._answer_in.cache_clear()
        found = library.search(question)
    library._opened.searcher()._answer_in.cache_clear()
    return found


def _files(library: Library) -> list[Path]:
    return sorted((library.paths.index / MEANING).glob(f"*{SUFFIX}"))


def test_finds_what_no_word_of_the_question_finds_and_says_why(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Which pills does a nurse hand out?"
    assert not _without(library, question, monkeypatch).hits
    hit = library.search(question).hits[0]
    assert hit.source.path == "doctor.txt"
    assert hit.by_meaning
    assert [(near.part, hit.passage.text[near.start : near.end]) for near in hit.nearest] == [
        ("pills", "药"),
        ("nurse", "医生"),
    ]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What will mortgages cost?", "bank"),
        ("Why do lenders charge less?", "bank"),
        ("How much do rail tickets cost?", "train"),
        ("Which pills does a nurse hand out?", "doctor"),
    ],
)
def test_each_hit_by_meaning_shows_a_word_that_comes_close(
    library: Library, question: str, wanted: str
) -> None:
    hits = library.search(question).hits
    assert hits[0].source.path == f"{wanted}.txt"
    for hit in hits:
        assert hit.by_meaning
        assert hit.nearest
        for near in hit.nearest:
            assert near.part in question.lower()
            assert hit.passage.text[near.start : near.end]
            assert 0 < near.likeness <= 1


@pytest.mark.parametrize("query", ["physician", "physician pills", "ill -somebody", "医生 药"])
def test_what_is_no_question_is_answered_by_words_and_opens_no_table(
    library: Library, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(by_meaning, "shipped_table", lambda: pytest.fail("opened"))
    assert not any(hit.by_meaning for hit in library.search(query).hits)
    assert not _files(library)


def test_a_library_in_the_questions_language_opens_no_table(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_meaning, "shipped_table", lambda: pytest.fail("opened"))
    library = make_library({f"{name}.txt": text for name, text in ENGLISH.items()})
    library.sync()
    assert _names(library.search("How does an engine work?"))[0] == "engine"


@pytest.mark.parametrize("question", [f"{QUESTION} lang:en", f"{QUESTION} sort:date", f"{QUESTION} -医生"])
def test_filters_order_and_exclusions_hold(library: Library, question: str) -> None:
    result = library.search(question)
    assert not any(hit.by_meaning and hit.source.path == "doctor.txt" for hit in result.hits)


def test_a_library_that_translates_nothing_is_not_searched_by_meaning(make_library: MakeLibrary) -> None:
    library = make_library({f"{name}.txt": text for name, text in (CHINESE | ENGLISH).items()})
    (library.paths.root / "hubtui.toml").write_text("translate = false\n", encoding="utf-8")
    library.sync()
    assert not any(hit.by_meaning for hit in library.search(QUESTION).hits)


@pytest.mark.parametrize(
    "question", [QUESTION, "How does the garden grow?", "花园里什么时候开花？", "央行做了什么？"]
)
def test_passages_in_the_questions_language_keep_their_places(
    library: Library, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    own = set(CHINESE) if is_chinese(question) else set(ENGLISH)
    before, after = _names(_without(library, question, monkeypatch)), _names(library.search(question))
    assert [(n, name) for n, name in enumerate(after) if name in own] == [
        (n, name) for n, name in enumerate(before) if name in own
    ]


@given(st.data())
def test_own_passages_keep_their_places_and_none_is_lost_or_comes_twice(data: st.DataObject) -> None:
    ranked = np.array(data.draw(st.permutations(range(12)))[: data.draw(st.integers(0, 12))], np.int64)
    foreign = np.array(data.draw(st.lists(st.booleans(), min_size=12, max_size=12)))
    here = np.flatnonzero(foreign[ranked]) if len(ranked) else np.zeros(0, np.int64)
    fused = np.array(data.draw(st.lists(st.sampled_from(range(12)), unique=True)), np.int64)
    fused = fused[foreign[fused]] if len(fused) else fused
    scores = np.linspace(1, 0, len(ranked)).astype(np.float32)
    slots, after = _placed(ranked, scores, here, fused)
    own = np.setdiff1d(np.arange(len(ranked)), here)
    assert (slots[own] == ranked[own]).all()
    assert sorted(slots) == sorted({*ranked.tolist(), *fused.tolist()})
    assert (np.diff(after) <= 0).all()
    moved = [slot for slot in slots.tolist() if foreign[slot]]
    assert moved[: len(fused)] == fused.tolist()


def test_a_table_that_is_missing_or_damaged_leaves_the_answers_as_they_are(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Table:
        raise FileNotFoundError

    monkeypatch.setattr(by_meaning, "shipped_table", fail)
    result = library.search(QUESTION)
    assert _names(result) == _names(_without(library, QUESTION, monkeypatch))


def test_vectors_are_kept_beside_the_index_and_made_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _names(library.search(QUESTION))
    assert len(_files(library)) == 1
    monkeypatch.setattr(Table, "encode", lambda *_: pytest.fail("made again"))
    with Library.open(library.paths.root) as again:
        again.sync()
        assert _names(again.search(QUESTION)) == first


@pytest.mark.parametrize("damage", ["letter", "cut", "empty", "renamed"])
def test_damaged_vectors_are_made_again(library: Library, damage: str) -> None:
    first = _names(library.search(QUESTION))
    (path,) = _files(library)
    data = path.read_bytes()
    path.unlink()
    name = f"0-00000000{SUFFIX}" if damage == "renamed" else path.name
    changed = {"letter": data[:-70] + bytes([data[-70] ^ 1]) + data[-69:], "cut": data[:100], "empty": b""}
    path.with_name(name).write_bytes(changed.get(damage, data))
    with Library.open(library.paths.root) as again:
        assert _names(again.search(QUESTION)) == first
    assert len(_files(library)) == 1
    assert _files(library)[0].read_bytes() != changed.get(damage)


def test_vectors_of_another_table_or_index_are_dropped(library: Library) -> None:
    library.search(QUESTION)
    (old,) = _files(library)
    library.sync(rebuild=True)
    library.search(QUESTION)
    assert old not in _files(library)
    assert len(_files(library)) == 1


@pytest.fixture
def vectors(library: Library) -> PassageVectors:
    return PassageVectors(library._opened.store(), shipped_table())


def test_making_vectors_goes_on_where_it_stopped(
    library: Library, vectors: PassageVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passage_vectors, "_STEP", 3)
    keys = library._opened.searcher()._current().snapshot.reader.keys
    assert not vectors.complete(keys, seconds=0)
    assert len(vectors.missing(keys)) == len(keys) - 3
    assert not vectors.complete(keys, cancelled=lambda: True)
    assert len(vectors.missing(keys)) == len(keys) - 6
    assert vectors.complete(keys)
    assert not len(vectors.missing(keys))
    again = PassageVectors(library._opened.store(), shipped_table())
    assert not len(again.missing(keys))


def test_many_files_become_one(
    library: Library, vectors: PassageVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passage_vectors, "_STEP", 1)
    monkeypatch.setattr(passage_vectors, "_MOST_FILES", 3)
    keys = library._opened.searcher()._current().snapshot.reader.keys
    for _ in keys:
        vectors.complete(keys, seconds=0)
        assert len(_files(library)) <= 3
    assert not len(PassageVectors(library._opened.store(), shipped_table()).missing(keys))


def test_an_index_that_cannot_be_written_is_answered_from_memory(
    library: Library, vectors: PassageVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(passage_vectors, "write_file", fail)
    keys = library._opened.searcher()._current().snapshot.reader.keys
    assert vectors.complete(keys)
    assert not len(vectors.missing(keys))
    assert not _files(library)


def test_missing_vectors_are_made_in_the_background(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passage_vectors, "_STEP", 1)
    monkeypatch.setattr(by_meaning, "PATIENCE", 0.0)
    library.search(QUESTION)
    for thread in threading.enumerate():
        if thread.name == "meaning":
            thread.join()
    searcher = library._opened.searcher()
    searcher._answer_in.cache_clear()
    assert _names(library.search(QUESTION))[0] == "doctor"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Where is 哈尔滨?", False), ("哈尔滨有哪些 AI 企业", True), ("what", False), ("?", True)],
)
def test_the_language_of_a_question(text: str, expected: bool) -> None:
    assert is_chinese(text) is expected
