"""Words in context: what each key does, and what is seen at each size."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.tui.fake_analysis import SIZES, analysed

from hubtui.core.models import Source
from hubtui.text.cells import width
from hubtui.tui.screens.concordance import ConcordanceScreen

Open = Callable[..., Any]


@pytest.fixture
def library(fake_library: Any) -> Any:
    """The made-up library, able to count words."""
    return analysed(fake_library)


def _cell_of(line: str, text: str) -> int:
    return width(line[: line.index(text)])


@pytest.mark.parametrize("size", SIZES)
async def test_matches_stand_below_each_other_in_both_languages(
    open_screen: Open, library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(library, size) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert "Words in context  city:Harbin" in screen.lines[0]
        assert "1/3 matches · by source" in screen.lines[0]
        english = next(line for line in screen.lines if "free in Harbin" in line)
        chinese = [line for line in screen.lines if "哈尔滨" in line]
        assert {_cell_of(line, "哈尔滨") for line in chinese} == {_cell_of(english, "in Harbin") + 3}
        assert all(width(line) == size[0] for line in screen.lines)
        assert "Harbin Builds in the Cold · 2021-01-11 · ¶1" in screen.text


async def test_the_source_stands_beside_each_line_where_there_is_room(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert "Harbin Builds in the…  ¶1" in screen.lines[2]


async def test_moving_says_where_the_match_stands(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "n", "j")
        assert "3/3 matches" in screen.lines[0]
        assert "东北云计算的冬天与春天 · 2022-02-12 · ¶2" in screen.text
        await screen.press("N")
        assert "2/3 matches" in screen.lines[0]
        await screen.press("G", "g")
        assert "1/3 matches" in screen.lines[0]


async def test_s_sorts_in_the_next_way(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "s")
        assert "by the words before" in screen.lines[0]
        assert "一位工程师说" in screen.lines[2]
        for said in ("by the words behind", "the latest first", "by source"):
            await screen.press("s")
            assert said in screen.lines[0]


async def test_enter_reads_the_match_in_its_source(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "j", "enter")
        assert screen.app.screen is screen.main
        assert screen.focused == "reader"
        assert screen.main.session.hit.passage.label == "2"
        assert "东北云计算的冬天与春天" in screen.text
        assert "3 of 3" in screen.text


async def test_y_copies_the_passage_with_its_citation(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "y")
        assert screen.copied == [
            "哈尔滨的冬天很长，数据中心却喜欢这样的天气（冷却几乎不花钱）。\n\n东北云计算的冬天与春天. ¶1."
        ]
        assert "¶1" in screen.lines[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_word_near_the_matches_narrows_the_query(
    open_screen: Open, library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(library, size) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert ("Words near" in screen.text) == (size[0] >= 110)
        await screen.press("tab")
        assert screen.focused == "near"
        assert "Words near" in screen.text
        row = next(line for line in screen.lines if "winter" in line)
        assert row.split("winter")[1].split()[:3] == ["3", "2", "1"]
        await screen.press("j", "k", "enter")
        assert screen.query == "city:Harbin winter"
        assert screen.focused == "lines"
        assert "city:Harbin win" in screen.lines[0]
        assert library.asked_near == ["city:Harbin", "city:Harbin winter"]


@pytest.mark.parametrize("key", ["escape", "q", "w"])
async def test_one_step_back_at_a_time(open_screen: Open, library: Any, key: str) -> None:
    async with open_screen(library, (80, 24)) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "tab", key)
        assert screen.focused == "lines"
        assert "Words near" not in screen.text
        await screen.press(key)
        assert screen.app.screen is screen.main
        assert screen.query == "city:Harbin"
        assert screen.focused == "passages"


async def test_slash_goes_to_the_search_line(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "w", "/")
        assert screen.focused == "query"
        await screen.press("j", "v", "/")
        assert screen.focused == "query"


@pytest.mark.parametrize(("query", "said"), [("", "no words in them"), ("zzz", "No passage matches")])
async def test_without_matches_it_says_why(open_screen: Open, library: Any, query: str, said: str) -> None:
    async with open_screen(library) as screen:
        await screen.type(query)
        await screen.press("enter", "w")
        assert said in screen.text
        await screen.press("j", "G", "enter", "y", "s")
        assert "There is no passage to copy." in screen.text
        assert isinstance(screen.app.screen, ConcordanceScreen)


async def test_a_hundred_thousand_lines_are_read_as_they_come_into_view(
    open_screen: Open, library: Any
) -> None:
    library.repeated = 40_000
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "G")
        assert "120,000/120,000 matches" in screen.lines[0]
        assert "▌" in screen.lines[-4]
        assert "一位工程师说" in screen.lines[-4]
        assert "Cold air is free" in screen.lines[-6]


async def test_the_first_lines_do_not_wait_and_stay_when_the_rest_comes(
    open_screen: Open, library: Any
) -> None:
    free = threading.Event()
    library.before_whole = lambda _query: free.wait(10)
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.pilot.press("enter", "w")
        await screen.sees("3+ matches", "Cold air is free")
        await screen.pilot.press("j")
        await screen.sees("2/3+ matches")
        lines = screen.app.screen.query_one("#lines")
        painted = [lines.paint(index, 80) for index in range(3)]
        library.repeated = 100
        free.set()
        await screen.sees("2/300 matches")
        assert [lines.paint(index, 80) for index in range(3)] == painted
        await screen.settle()
        assert screen.app.screen.query_one("#lines").cursor == 1


async def test_lines_of_passages_that_have_gone_say_so(open_screen: Open, library: Any) -> None:
    found = library.analysis.concordance

    def with_a_gap(*asked: Any, **how: Any) -> Any:
        concordance = found(*asked, **how)
        return replace(concordance, made=[concordance.made[0], None, *concordance.made[2:]])

    library.analysis.concordance = with_a_gap
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "enter", "y")
        assert "this passage has gone" in screen.lines[3]
        assert "There is no passage to copy." in screen.text


async def test_an_answer_to_an_older_query_is_not_shown(open_screen: Open, library: Any) -> None:
    free = threading.Event()
    library.before_whole = lambda query: free.wait(10) if query == "city:Harbin" else None
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.pilot.press("enter", "w")
        await screen.sees("3+ matches")
        screen.app.screen._narrow("winter")
        free.set()
        await screen.settle()
        assert "city:Harbin winter" in screen.lines[0]
        assert "/3" not in screen.lines[0]


async def test_question_mark_lists_the_keys(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "w", "?")
        assert screen.text.index("Next line") < screen.text.index("Anywhere")
        await screen.press("escape")
        assert isinstance(screen.app.screen, ConcordanceScreen)


async def test_the_lines_follow_a_sync_and_the_cursor_stays_on_its_line(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "j")
        assert "3/3 matches" in screen.lines[0]
        made = Source("s0", "new.txt", "A new one", date="2026-01-01", language="en", passages=1)
        library.add(made, ["Harbin is here, before all the others."])
        library.listed.insert(0, library.listed.pop())
        library.index.generation += 1
        library.bursts.put(None)
        await screen.sees("4/4 matches")
        assert "东北云计算的冬天与春天 · 2022-02-12 · ¶2" in screen.text
        assert screen.focused == "lines"
