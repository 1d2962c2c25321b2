"""What holds of concordances and of words whatever the texts are."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from hubtui.analysis.collocates import near_words
from hubtui.analysis.concordance import CONTEXT, SORTS
from hubtui.library import Library
from hubtui.text.analyzer import running_words

WORDS = [
    "cloud",
    "Cloud",
    "云计算",
    "云",
    "哈尔滨",
    "Harbin",
    "安",
    "重庆",
    "[/]",
    "，",
    " ",
    "\u0301",
    "é",
    "1.6",
    "\n",
]
texts = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)


@settings(max_examples=25)
@given(
    st.lists(texts, min_size=1, max_size=3), st.sampled_from(["cloud", "云", "city:Harbin", '"cloud cloud"'])
)
def test_lines_cover_the_text_and_sorting_keeps_them_all(contents: list[str], query: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "seeds").mkdir()
        for number, content in enumerate(contents):
            (Path(folder) / "seeds" / f"{number}.txt").write_text(content, encoding="utf-8")
        with Library.open(folder) as library:
            library.sync()
            found = library.analysis.concordance(query)
            expected = Counter(
                (hit.passage.source_id, hit.passage.label, span)
                for hit in library.search(query, limit=999).hits
                for span in hit.highlights
            )
            for sort in SORTS:
                lines = [line for line in found.sorted(sort).lines() if line]
                assert Counter((x.source.id, x.passage.label, x.match) for x in lines) == expected
                for line in lines:
                    text = line.passage.text
                    parts = (text[: line.left[0]], text[slice(*line.left)], text[slice(*line.match)])
                    assert "".join(parts) + text[slice(*line.right)] + text[line.right[1] :] == text
                    assert line.left[0] == max(0, line.match[0] - CONTEXT)


@given(st.text(alphabet="ab云计算大数据 -/.'1é", max_size=60))
def test_running_words_do_not_overlap_and_lie_in_the_text(text: str) -> None:
    last = 0
    for _, start, end in running_words(text):
        assert last <= start < end <= len(text)
        last = end


@given(st.integers(0, 30), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9))), st.integers(1, 9))
def test_near_words_are_near(count: int, starts: list[tuple[int, int]], window: int) -> None:
    words = running_words(" ".join(["ab"] * count))
    spans = sorted((start, start + size) for start, size in starts if start + size <= 3 * count)
    for place, before in near_words(words, spans, window).items():
        word = words[place]
        assert not any(start < word.end and word.start < end for start, end in spans)
        gaps = [start - word.end if before else word.start - end for start, end in spans]
        assert min(gap for gap in gaps if gap >= 0) <= 3 * window
