"""What each key does."""

from collections.abc import Callable
from typing import Any

import pytest

from hubtui.core.models import Source, SyncReport

Open = Callable[..., Any]


async def test_moving_in_cities_shows_a_citys_passages_from_all_sources(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        assert screen.focused == "cities"
        await screen.press("j")
        assert screen.query == "city:Harbin"
        assert "3 passages in 2 sources" in screen.text
        assert "哈尔滨的冬天很长" in screen.text
        await screen.press("down")
        assert screen.query == "city:Guizhou"
        assert "1 passage in 1 source" in screen.text
        await screen.press("up", "k")
        assert screen.query == ""
        assert "7 passages in 3 sources" in screen.text


async def test_moving_in_sources_restricts_the_query(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("shift+tab")
        assert screen.focused == "sources"
        await screen.press("j", "j")
        assert screen.query == "source:dongbei.txt"
        assert "2 passages in 1 source" in screen.text


async def test_filters_combine_and_the_counts_follow(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "shift+tab", "j")
        assert screen.query == "city:Harbin source:harbin.txt"
        cities = next(line for line in screen.lines if "Guizhou 贵州" in line or "Harbin 哈尔滨" in line)
        assert "Harbin 哈尔滨" in cities
        assert " 1 █" in cities
        sources = [line for line in screen.lines if "2022-02-12 · zh" in line]
        assert sources[0].split("│")[1].split()[-1] == "2"


@pytest.mark.parametrize("key", ["space", "escape", "k"])
async def test_a_chosen_city_can_be_let_go(open_screen: Open, fake_library: Any, key: str) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", key)
        assert screen.query == ""
        assert screen.focused == "cities"


async def test_space_chooses_again_what_it_let_go(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("G", "space", "space")
        assert screen.query == "city:Guizhou"


async def test_clicking_a_chosen_city_lets_it_go(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.pilot.click("#cities", offset=(5, 2))
        await screen.settle()
        assert screen.query == "city:Harbin"
        await screen.pilot.click("#cities", offset=(5, 2))
        await screen.settle()
        assert screen.query == ""


async def test_the_cursors_follow_a_typed_query(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("city:哈尔滨 source:dongbei.txt")
        assert screen.main.query_one("#cities").cursor == 1
        assert screen.main.query_one("#sources").cursor == 2
        await screen.type("")
        assert screen.main.query_one("#cities").cursor == 0


async def test_typing_searches_at_once(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/")
        assert screen.focused == "query"
        await screen.press("c", "l", "o", "u", "d")
        assert "2 passages in 2 sources" in screen.text
        await screen.press("enter")
        assert screen.focused == "passages"


async def test_letters_are_text_while_a_query_is_typed(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", "q", "y", "n", "j", "?", "!", "r", "g", "space", "h")
        assert screen.query == "qynj?!rg h"
        assert not screen.copied
        hints = screen.lines[-1]
        assert "Enter passages" in hints
        assert "quit" not in hints


async def test_tab_walks_through_all_panes_and_back(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library, (80, 24)) as screen:
        walked = []
        for _ in range(5):
            await screen.press("tab")
            walked.append(screen.focused)
        assert walked == ["passages", "reader", "query", "sources", "cities"]
        for _ in range(5):
            await screen.press("shift+tab")
            walked.append(screen.focused)
        assert walked[5:] == ["sources", "query", "reader", "passages", "cities"]


async def test_enter_goes_on_and_escape_goes_back_step_by_step(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("the")
        await screen.press("j", "shift+tab", "j", "enter", "enter")
        assert screen.focused == "reader"
        assert screen.query == "the city:Harbin source:harbin.txt"
        steps = []
        for _ in range(5):
            await screen.press("escape")
            steps.append((screen.focused, screen.query))
        assert [focused for focused, _ in steps] == ["passages", "sources", "sources", "sources", "sources"]
        assert [query for _, query in steps[2:]] == ["the city:Harbin", "the", ""]


async def test_escape_leaves_the_search_but_keeps_the_query(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", "c", "escape")
        assert (screen.focused, screen.query) == ("cities", "c")


async def test_arrows_change_the_column(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        walked = []
        for key in ("right", "l", "l", "left", "h", "h"):
            await screen.press(key)
            walked.append(screen.focused)
        assert walked == ["passages", "reader", "reader", "passages", "cities", "cities"]


async def test_n_walks_through_the_hits_of_all_sources(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "n")
        assert "¶1 of 2" in screen.text
        assert "东北云计算的冬天与春天" in screen.lines[4]
        await screen.press("n", "n")
        assert "3 of 3" in screen.text
        await screen.press("N")
        assert "2 of 3" in screen.text


async def test_first_last_and_pages(open_screen: Open, fake_library: Any) -> None:
    fake_library.add(Source("s9", "long.txt", "Long"), [f"Paragraph {n} of many." for n in range(1, 91)])
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "G")
        assert "97 of 97" in screen.text
        assert "Paragraph 90 of many." in screen.text
        await screen.press("g")
        assert "1 of 97" in screen.text
        await screen.press("pagedown")
        assert "1 of 97" not in screen.text
        await screen.press("pageup", "home")
        assert "1 of 97" in screen.text


async def test_y_copies_the_passage_under_the_cursor_with_its_citation(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "n", "y")
        await screen.sees("with its citation")
        passage = fake_library.texts["s2"][0]
        assert screen.copied == [fake_library.citations.quote(passage)]
        assert "OSC 52" in screen.lines[-1]


async def test_y_at_once_after_n_copies_the_new_passage(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j")
        await screen.pilot.press("n", "y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [fake_library.citations.quote(fake_library.texts["s2"][0])]


async def test_y_in_the_reader_copies_the_passage_marked_there(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "enter", "enter", "j", "y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [fake_library.citations.quote(fake_library.texts["s1"][1])]


async def test_y_without_a_passage_says_so(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("nowhere")
        await screen.press("y")
        assert "There is no passage to copy." in screen.text
        assert not screen.copied


async def test_the_list_of_keys_opens_scrolls_and_closes(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library, (80, 24)) as screen:
        await screen.press("?")
        assert "Copy the passage with its citation" in screen.text
        before = screen.text
        await screen.press("j")
        await screen.until(lambda: screen.text != before)
        await screen.press("escape")
        assert "Anywhere" not in screen.text


async def test_the_palette_offers_the_registrys_actions(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.pilot.press("ctrl+p")
        await screen.sees("Copy the passage with its citation")
        await screen.pilot.press(*"next match")
        await screen.until(lambda: "Next match" in screen.text and "Look for new" not in screen.text)
        row = next(line for line in screen.lines if "Next match" in line)
        assert row[24] == row[95] == "│"
        assert "🔎" not in screen.text
        await screen.pilot.press("enter")
        await screen.until(lambda: "2 of 7" in screen.text)


@pytest.mark.parametrize("keys", [["q"], ["ctrl+q"], ["ctrl+c", "ctrl+c"]])
async def test_quitting(open_screen: Open, fake_library: Any, keys: list[str]) -> None:
    async with open_screen(fake_library) as screen:
        screen.send(*keys)
        await screen.until(lambda: not screen.app.is_running)
    assert screen.app.return_code == 0


async def test_r_looks_for_new_sources_and_keeps_the_cursor(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "j", "j")
        assert "3 of 7" in screen.text
        before = fake_library.listed[:], dict(fake_library.texts)
        fake_library.listed.clear()
        fake_library.texts.clear()
        fake_library.add(Source("s0", "new.txt", "A new one"), ["It was not here before."])
        fake_library.listed += before[0]
        fake_library.texts.update(before[1])
        fake_library.report = SyncReport(added=1, unchanged=3)
        await screen.press("r")
        await screen.sees("1 source added", "4 of 8", "A new one")


async def test_the_mouse_picks_a_passage_and_marks_one_in_the_reader(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.pilot.click("#passages", offset=(5, 5))
        await screen.settle()
        assert "2 of 7" in screen.text
        await screen.pilot.click("#reader", offset=(10, 7))
        await screen.settle()
        assert "¶1 of 3" in screen.text


async def test_a_wrong_mention_is_rejected_and_taken_back(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("x")
        await screen.sees("Choose a city")
        await screen.type("city:Harbin")
        named = fake_library.search("city:Harbin").total
        await screen.press("x")
        await screen.sees("Not this city", "does not mean Harbin", "p  In this passage")
        await screen.press("escape")
        assert fake_library.rejected == []
        await screen.press("x", "l")
        await screen.sees("in this library; u takes it back")
        ((passage, mention, scope),) = fake_library.rejected
        assert (mention.place.name_en, scope) == ("Harbin", "library")
        assert mention in passage.mentions
        await screen.press("u")
        await screen.sees("counts again")
        assert fake_library.rejected == []
        assert fake_library.search("city:Harbin").total == named
        await screen.press("u")
        await screen.sees("There is nothing to take back")
