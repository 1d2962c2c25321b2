"""What holds for setting any source in lines, at any width."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hubtui.core.models import Entry, Passage, Source
from hubtui.search.find_in_source import SourceText
from hubtui.text.analyzer import fold
from hubtui.text.cells import NEVER_FIRST, NEVER_LAST, width, wrap
from hubtui.tui.external import line_of
from hubtui.tui.widgets.page import Page, PageLine

ALPHABET = "ab Cé-—…，。、：；？！）》（《“”‘’「」哈尔滨云计算か\u0301\u3000\t\n1%🙂[]"
texts = st.text(alphabet=ALPHABET, max_size=120)
KINDS = ("paragraph", "heading", "list item", "table", "quote", "code")
passages = st.lists(
    st.tuples(texts, st.sampled_from(KINDS), st.sampled_from(("", "One", "Two"))), max_size=6
).map(
    lambda rows: [
        Passage("s", number, text, section, kind=kind) for number, (text, kind, section) in enumerate(rows, 1)
    ]
)


def entries_of(made: list[Passage]) -> list[Entry]:
    return [Entry(p.label, p.section, p.kind, len(p.text), len(p.text.encode())) for p in made]


@given(passages, st.integers(1, 90))
def test_every_character_is_shown_once_in_its_order(made: list[Passage], cells: int) -> None:
    page = Page(Source("s", "s.txt", "Title"), entries_of(made), cells)
    for index, passage in enumerate(made):
        lines = page.block(index, passage)
        shown = [line for line in lines if line.holds_text]
        assert shown
        assert all(line.passage == index and line.text == passage.text for line in shown)
        assert [line.opens for line in shown] == [True] + [False] * (len(shown) - 1)
        position = 0
        for line in shown:
            assert position <= line.start <= line.end
            assert not passage.text[position : line.start].strip()
            assert fits(line, cells)
            position = line.end
        assert not passage.text[position:].strip()


def fits(line: PageLine, cells: int) -> bool:
    return line.indent + width(line.text[line.start : line.end]) <= max(2, cells)


@given(passages, st.integers(1, 90))
def test_what_is_not_here_yet_has_something_in_its_place(made: list[Passage], cells: int) -> None:
    page = Page(Source("s", "s.txt"), entries_of(made), cells)
    estimates = page.estimates()
    assert len(estimates) == len(made)
    for index in range(len(made)):
        waiting = page.block(index, None)
        assert estimates[index] >= 2
        assert not any(line.holds_text for line in waiting)
        assert sum(line.opens for line in waiting) == 1


@given(st.text(alphabet="哈尔滨的，。、！？）》》。”“（《", min_size=1, max_size=60), st.integers(8, 30))
def test_runs_of_signs_break_lawfully_wherever_they_can(text: str, cells: int) -> None:
    lines = [text[start:end] for start, end in wrap(text, cells)]
    for before, after in pairwise(lines):
        lawful = after[0] not in NEVER_FIRST and before[-1] not in NEVER_LAST
        # Without a lawful place in a whole line there is nothing to do but to break anywhere.
        run = max(re.findall(r"[，。、！？）》”“（《]+", text), key=len, default="")
        assert lawful or width(run) + 4 > cells


@given(st.lists(texts, min_size=1, max_size=5), st.text(alphabet="ab云 計算[(.", max_size=6))
def test_what_is_found_reads_as_what_was_looked_for(made: list[str], words: str) -> None:
    wanted = " ".join(fold(words).split())
    for index, start, end in SourceText(made).find(words):
        assert " ".join(fold(made[index][start:end]).split()) == wanted


@given(st.lists(texts, min_size=1, max_size=8), st.data())
def test_the_line_of_a_passage_holds_its_beginning(lines: list[str], data: st.DataObject) -> None:
    flat = [line.replace("\n", " ") for line in lines]
    index = data.draw(st.integers(0, len(flat) - 1))
    passage = f"Xyzzy {index} {flat[index]}"
    flat[index] = f"**Xyzzy** {index}  {flat[index]}"
    assert line_of("\n".join(flat), passage, index / len(flat)) == index + 1
