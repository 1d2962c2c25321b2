"""Comparing: what each key does, and what is seen at each size."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.tui.fake_analysis import SIZES, analysed
from textual.app import ComposeResult

from hubtui.core.models import Source
from hubtui.text.cells import width
from hubtui.tui.screens.compare import CompareScreen
from hubtui.tui.widgets.compare_column import CompareColumn

Open = Callable[..., Any]


@pytest.fixture
def library(fake_library: Any) -> Any:
    """The made-up library, able to count words."""
    return analysed(fake_library)


async def _compare(screen: Any, *typed: str) -> None:
    await screen.press("j", "v", *typed, "enter")


async def test_a_city_and_another_in_a_few_keys(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "v")
        assert "Compare Harbin with" in screen.text
        await screen.press("g", "u")
        assert "Guizhou 贵州" in screen.text
        assert "search for: gu" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, CompareScreen)
        assert "Compare  Harbin · Guizhou · In both" in screen.lines[0]
        assert "╭─ Harbin ─" in screen.lines[1]
        assert "3 passages · 2 sources" in screen.lines[2]
        assert "2021 2" in screen.lines[3]
        assert "words  word-of-bin" in screen.lines[4]
        assert "What they share:" in screen.lines[3]
        assert "words  shared-word" in screen.lines[4]
        assert "cities  Beijing 北京" in screen.lines[5]


@pytest.mark.parametrize(("size", "columns"), list(zip(SIZES, (3, 3, 2, 1), strict=True)))
async def test_as_many_columns_as_fit_the_users_among_them(
    open_screen: Open, library: Any, size: tuple[int, int], columns: int
) -> None:
    async with open_screen(library, size) as screen:
        await _compare(screen)
        seen = [[column.display for column in screen.app.screen.query(".column")]]
        for _ in range(3):
            await screen.press("l")
            seen.append([column.display for column in screen.app.screen.query(".column")])
        assert all(sum(shown) == columns for shown in seen)
        assert seen[0][0]
        assert seen[-1][2]
        assert screen.focused == "passages-2"
        await screen.press("left", "h", "h")
        assert screen.focused == "passages-0"
        assert all(width(line) == size[0] for line in screen.lines)


async def test_tab_turns_to_words_and_cities(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("tab")
        assert "1/3 · words" in screen.lines[0]
        row = next(line for line in screen.lines if "▌word-of-bin" in line)
        assert row.split("│")[1].split() == ["▌word-of-bin", "4", "0"]
        assert "passages here · elsewhere" in screen.text
        assert "▌shared-word" in screen.text
        await screen.press("tab")
        assert "1/3 · cities" in screen.lines[0]
        assert "These passages name no other city" in screen.text
        await screen.press("shift+tab", "shift+tab")
        assert "1/3 · passages" in screen.lines[0]


async def test_enter_on_a_passage_reads_it(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "enter")
        assert screen.app.screen is screen.main
        assert screen.query == "city:Guizhou"
        assert screen.focused == "reader"
        assert "Guizhou offered caves" in screen.text


async def test_enter_on_a_later_passage_reads_that(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("j", "enter")
        assert screen.main.session.hit.source.path == "dongbei.txt"
        assert "2 of 3" in screen.text


async def test_enter_on_a_word_or_city_searches_for_it(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("tab", "enter")
        assert screen.query == "city:Harbin word-of-bin"
        assert screen.focused == "passages"


async def test_y_copies_in_a_column(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "y")
        assert screen.copied[0].startswith("Guizhou offered caves")
        await screen.press("tab", "y")
        assert "There is no passage to copy." in screen.text


async def test_up_to_four_are_compared_and_two_at_least(open_screen: Open, library: Any) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await _compare(screen)
        await screen.press("x")
        assert "Two are compared at least" in screen.text
        for word in ("cloud", "winter"):
            await screen.press("a", *word, "enter")
        assert "city:" not in screen.lines[0]
        assert "Harbin · Guizhou · cloud · winter · In all 4" in screen.lines[0]
        await screen.press("a")
        assert "Four are compared at most" in screen.text
        await screen.press("x")
        assert "Harbin · Guizhou · cloud · In all 3" in screen.lines[0]
        await screen.press("l", "l", "x")
        assert "what the others have in common" in screen.text


async def test_the_same_question_about_another_city(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("cloud city:Harbin")
        await screen.press("enter", "v", "G", "u", "enter")
        assert "cloud city:Harbin · cloud city:Guizhou" in screen.lines[0]


async def test_with_an_empty_query_both_are_asked_for(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("v")
        assert "Compare what?" in screen.text
        await screen.press("H", "enter")
        assert "Compare Harbin with" in screen.text
        await screen.press("down", "up", "enter")
        assert "Harbin · Guizhou · In both" in screen.lines[0]


async def test_the_question_can_be_left(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "v", "escape")
        assert screen.app.screen is screen.main
        await screen.press("v", "enter", "escape")
        assert screen.app.screen is screen.main
        assert screen.query == "city:Harbin"


async def test_what_cannot_be_compared_is_said(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("winter")
        await screen.press("enter", "v", *"winter", "enter")
        assert "cannot be compared" in screen.text
        await screen.press("escape", "escape")
        assert screen.app.screen is screen.main


async def test_further_passages_of_a_column_are_fetched(open_screen: Open, library: Any) -> None:
    source = Source("s9", "long.txt", title="Long", passages=200)
    library.add(source, [f"Guizhou number {number}." for number in range(200)])
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "G")
        assert "201 of 201" in screen.text
        assert "Guizhou number 199." in screen.text


async def test_the_column_of_common_passages_says_when_there_are_none(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library) as screen:
        await screen.type("winter")
        await screen.press("enter", "v", *"caves", "enter")
        assert "winter · caves · In both" in screen.lines[0]
        assert "No passage is among all of them." in screen.text


async def test_a_column_that_is_removed_while_it_is_made_does_no_harm(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        column = CompareColumn("winter", 9)
        screen.app.screen.query_one("#columns").mount(column)
        column.remove()
        await screen.settle()
        assert "Harbin · Guizhou · In both" in screen.lines[0]


async def test_leaving_while_the_columns_are_made_does_no_harm(
    open_screen: Open, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = CompareColumn.compose

    def remove_and_compose(column: CompareColumn) -> ComposeResult:
        column.screen.query(CompareColumn).remove()
        return compose(column)

    monkeypatch.setattr(CompareColumn, "compose", remove_and_compose)
    async with open_screen(library) as screen:
        await _compare(screen)
        assert isinstance(screen.app.screen, CompareScreen)
        await screen.press("escape")
        assert screen.app.screen is screen.main


@pytest.mark.parametrize("keys", [("w", "tab"), ("v", "enter"), ("v",)])
async def test_any_size_is_borne_and_left_again(
    open_screen: Open, library: Any, keys: tuple[str, ...]
) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await screen.press("j", *keys)
        focused = screen.focused
        for size in ((60, 20), (20, 5), (1, 1), (120, 36)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
        assert screen.focused == focused
        assert all(width(line) == 120 for line in screen.lines)


async def test_the_columns_follow_a_sync_and_the_cursor_stays(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("j")
        before = screen.app.screen.passage
        made = Source("s0", "new.txt", "A new one", date="2026-01-01", language="en", passages=1)
        library.add(made, ["Harbin is here, before all the others."])
        library.listed.insert(0, library.listed.pop())
        library.index.generation += 1
        library.bursts.put(None)
        await screen.sees("A new one")
        assert screen.app.screen.passage == before
