"""rjieba cuts as jieba, the reference, does; and hubtui's own view of both holds for either."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.text import segment
from hubtui.text.analyzer import fold

JIEBA = segment.load_jieba()
RJIEBA = segment.load_rjieba()
SEGMENTERS = [pytest.param(JIEBA, id="jieba"), pytest.param(RJIEBA, id="rjieba")]
SEEDS = Path(__file__).parents[2] / "seeds"


def han_runs(text: str) -> list[str]:
    return re.findall("[一-鿿]+", fold(text))


RUNS = {path.stem: han_runs(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))}
COMMON = sorted(set("".join(run for runs in RUNS.values() for run in runs)))


def test_rjieba_is_installed_here() -> None:
    assert RJIEBA is not None


@pytest.mark.parametrize("source", RUNS)
def test_both_cut_the_seeds_alike(source: str) -> None:
    assert RJIEBA is not None
    for run in RUNS[source]:
        assert list(RJIEBA.tokenize(run)) == list(JIEBA.tokenize(run))
        assert list(RJIEBA.tokenize(run, "search")) == list(JIEBA.tokenize(run, "search"))
        assert list(RJIEBA.cut_for_search(run)) == list(JIEBA.cut_for_search(run))


@given(st.text(st.sampled_from(COMMON), min_size=1, max_size=40))
def test_both_cut_any_common_characters_alike(run: str) -> None:
    assert RJIEBA is not None
    assert list(RJIEBA.tokenize(run)) == list(JIEBA.tokenize(run))
    assert list(RJIEBA.cut_for_search(run)) == list(JIEBA.cut_for_search(run))


@pytest.mark.parametrize("segmenter", SEGMENTERS)
@given(run=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30))
def test_words_make_up_the_run(segmenter: segment.Segmenter, run: str) -> None:
    words = segmenter.tokenize(run)
    assert "".join(word for word, _, _ in words) == run
    assert all(run[start:end] == word for word, start, end in [*words, *segmenter.tokenize(run, "search")])
    assert [word for word, _, _ in segmenter.tokenize(run, "search")] == list(segmenter.cut_for_search(run))


def test_jieba_takes_over_where_rjieba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.setattr(segment, "_segmenter", None)
    assert [word for word, _, _ in segment.cut("哈尔滨的云计算")] == ["哈尔滨", "的", "云", "计算"]
    found = segment.words_for_search([["农业银行", "云"], [], ["哈尔滨"]])
    assert found == [["农业", "银行", "农业银行", "云"], [], ["哈尔", "哈尔滨"]]
