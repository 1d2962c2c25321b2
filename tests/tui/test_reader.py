"""The reader: slices, steps from match to match, finding, headings, the strip, selection, resizing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hubtui.core.models import Source
from hubtui.tui.widgets.reader import SLICE, MarkKind, ReaderView

Open = Callable[..., Any]
LONG = [
    f"Paragraph {n} says nothing much, at some length, so that it takes two lines." for n in range(1, 501)
]


@pytest.fixture
def long_library(empty_library: Any) -> Any:
    texts = list(LONG)
    texts[9] = "Harbin is cold; the cloud likes Harbin."
    texts[399] = "In Harbin the cloud is at home."
    empty_library.add(Source("s1", "a.txt", "Long"), texts)
    empty_library.add(
        Source("s2", "b.txt", "Short"), ["Nothing.", "A cloud over Harbin, and 哈尔滨 below it."]
    )
    return empty_library


def reader_of(screen: Any) -> Any:
    return screen.main.query_one("#reader")


def here(screen: Any) -> tuple[str, str]:
    """The marked passage and the marked text in it."""
    reader = reader_of(screen)
    text = reader.current.text if reader.current else ""
    return f"{reader.source.id}:{reader.label}", text[slice(*reader.here)] if reader.here else ""


async def read(screen: Any, query: str) -> None:
    await screen.type(query)
    screen.main.go("reader")
    await screen.settle()


async def test_only_what_is_in_view_is_read_and_set(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        assert set(long_library.parts_read) == {0}
        await screen.press("G")
        assert set(long_library.parts_read) == {0, 499 // SLICE * SLICE}
        assert "Paragraph 500 says" in screen.text
        assert len(reader_of(screen)._made) < 100


async def test_every_passage_is_seen_once_while_scrolling_down_and_up(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        reader = reader_of(screen)
        for share in (0.4, 0.7, 1.0):
            reader.show_share(share)
            await screen.settle()
        for step, edge in ((1, "g"), (-1, "G")):
            await screen.press(edge)
            seen: list[str] = []
            for _ in range(400):
                for y in range(reader.rows):
                    line = reader.render_line(y).text
                    if "Paragraph" in line and line not in seen:
                        seen.append(line)
                before = reader.scroll_offset.y
                reader.lay_line(max(0, before + step * (reader.rows - 1)))
                if reader.scroll_offset.y == before:
                    break
            assert len(seen) == len(LONG) - 2


async def test_n_goes_through_the_passage_then_on_to_the_next_hit_and_source(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "city:Harbin")
        walked = [here(screen)]
        for _ in range(3):
            await screen.press("n")
            walked.append(here(screen))
        assert walked == [("s1:10", "Harbin"), ("s1:400", "Harbin"), ("s2:2", "Harbin"), ("s2:2", "哈尔滨")]
        await screen.press("n")
        assert here(screen) == walked[-1]
        assert "There is no further match" in screen.text
        back = []
        for _ in range(3):
            await screen.press("N")
            back.append(here(screen))
        assert back == walked[2::-1]


async def test_n_brings_the_match_into_view_and_marks_it_more_strongly(
    open_screen: Open, empty_library: Any
) -> None:
    text = "filler " * 400 + "cloud " + "filler " * 400
    empty_library.add(Source("s1", "a.txt", "Huge"), [text])
    async with open_screen(empty_library) as screen:
        await read(screen, "cloud")
        reader = reader_of(screen)
        assert here(screen) == ("s1:1", "cloud")
        lines = [reader.render_line(y) for y in range(reader.rows)]
        (style,) = [segment.style for line in lines for segment in line if segment.text == "cloud"]
        assert style.reverse
        assert style.bold


async def test_in_the_passages_n_goes_from_hit_to_hit(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await screen.type("city:Harbin")
        await screen.press("n", "n")
        assert "3 of 3" in screen.text
        assert here(screen) == ("s2:2", "Harbin")


async def test_brackets_go_through_the_mentions_also_where_the_passage_is_no_hit(
    open_screen: Open, long_library: Any
) -> None:
    s1 = long_library.texts["s1"]
    plain = replace(s1[19], text="Harbin alone.", mentions=s1[9].mentions[:1])
    plain = replace(plain, mentions=(replace(plain.mentions[0], start=0, end=6),))
    long_library.texts["s1"] = (*s1[:19], plain, *s1[20:])
    async with open_screen(long_library) as screen:
        await read(screen, "cloud city:Harbin")
        assert here(screen)[0] == "s1:10"
        walked = []
        for _ in range(4):
            await screen.press("]")
            walked.append(here(screen))
        assert walked == [("s1:20", "Harbin"), ("s1:400", "Harbin"), ("s2:2", "Harbin"), ("s2:2", "哈尔滨")]
        await screen.press("]")
        assert "There is no further mention" in screen.text
        await screen.press("[", "[", "[")
        assert here(screen) == ("s1:20", "Harbin")


async def test_brackets_without_a_city_say_so(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "cloud")
        await screen.press("]")
        assert "Choose a city" in screen.text


async def test_find_counts_steps_and_goes_back(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "city:Harbin")
        await screen.press("f")
        assert screen.focused == "find"
        await screen.press("3", "9", "9")
        assert "1 of 1" in screen.text
        assert here(screen) == ("s1:399", "399")
        await screen.press("escape")
        assert screen.focused == "reader"
        assert here(screen) == ("s1:10", "Harbin")
        await screen.press("f", "C", "L", "O", "U", "D")
        assert "1 of 2" in screen.text
        await screen.press("enter", "enter")
        assert (screen.focused, here(screen)) == ("reader", ("s1:400", "cloud"))
        assert "2 of 2" in screen.text
        await screen.press("n")
        assert here(screen) == ("s1:10", "cloud")
        await screen.press("N", "escape")
        assert here(screen) == ("s1:400", "cloud")
        assert "Find" not in screen.lines[-3]
        await screen.press("n")
        assert here(screen) == ("s1:400", "Harbin")


async def test_find_takes_keys_typed_at_once(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        await screen.pilot.press("f", "escape", "f", *"cloud", "enter", "n")
        await screen.settle()
        assert here(screen) == ("s1:400", "cloud")
        await screen.press("escape", "f")
        assert screen.main.query_one("#find").value == "cloud"


async def test_find_finds_the_other_script_and_says_when_there_is_nothing(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "哈尔滨")
        await screen.press("f")
        screen.main.query_one("#find").value = "哈爾濱"
        await screen.settle()
        assert here(screen) == ("s2:2", "哈尔滨")
        screen.main.query_one("#find").value = "[/] \x1b[31m"
        await screen.settle()
        assert "not found" in screen.text
        await screen.press("down", "up", "enter", "n")
        assert screen.app.is_running


async def test_headings_are_listed_filtered_and_gone_to(open_screen: Open, empty_library: Any) -> None:
    empty_library.add(Source("s1", "a.txt", "Parts"), [f"{text} text" for text in LONG])
    made = empty_library.texts["s1"]
    empty_library.texts["s1"] = tuple(
        replace(passage, section=f"[/] 部分 {number // 100}") for number, passage in enumerate(made)
    )
    async with open_screen(empty_library) as screen:
        await read(screen, "")
        await screen.press("t")
        assert "[/] 部分 4" in screen.text
        await screen.press("3", "enter")
        assert here(screen)[0] == "s1:301"
        assert "[/] 部分 3" in screen.text
        await screen.press("t", "escape")
        assert screen.focused == "reader"
        await screen.press("t", "x", "enter")
        assert here(screen)[0] == "s1:301"


async def test_a_source_without_headings_says_so(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        await screen.press("t")
        assert "This source has no headings" in screen.text


async def test_the_strip_shows_where_matches_and_mentions_are_and_takes_one_there(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "cloud city:Harbin")
        reader, strip = reader_of(screen), screen.main.query_one("#dispersion")
        assert reader.spread == {MarkKind.MATCHES: [9, 399], MarkKind.NAMED: [9, 399]}
        drawn = [strip.render_line(y).text for y in range(strip.size.height)]
        rows = [y for y, cells in enumerate(drawn) if cells == "━•"]
        assert rows == [0, strip.size.height * 400 // 500]
        await screen.pilot.click("#dispersion", offset=(0, rows[1]))
        await screen.settle()
        assert "In Harbin the cloud" in screen.text


async def test_a_narrow_reader_has_a_scrollbar_instead_of_the_strip(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library, (60, 20)) as screen:
        await read(screen, "")
        assert not screen.main.query_one("#dispersion").region
        assert reader_of(screen).show_vertical_scrollbar


async def test_dragging_selects_the_sources_text_and_control_c_copies_it(
    open_screen: Open, empty_library: Any
) -> None:
    first = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    empty_library.add(Source("s1", "a.txt", "T"), [first, "哈尔滨的冬天，很长。[/]", "Last."])
    async with open_screen(empty_library) as screen:
        await read(screen, "")
        reader = reader_of(screen)
        rows = {reader.render_line(y).text[4:].strip(): y for y in range(reader.rows)}
        top, bottom = (
            rows[next(text for text in rows if text.startswith("one"))],
            rows["哈尔滨的冬天，很长。[/]"],
        )
        await screen.pilot.mouse_down("#reader", offset=(reader.text_column + 4, top))
        await screen.pilot.hover("#reader", offset=(reader.text_column + 4, bottom))
        await screen.pilot.mouse_up("#reader", offset=(reader.text_column + 4, bottom))
        await screen.settle()
        (one, span), (two, other) = reader.selections
        assert (one.text[slice(*span)], two.text[slice(*other)]) == (first[4:], "哈尔滨")
        assert reader.selection is None
        await screen.press("ctrl+c")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [f"{first[4:]}\n\n哈尔滨"]
        assert not reader.selections
        assert screen.app.is_running


async def test_dragging_below_the_reader_scrolls_and_goes_on_selecting(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        reader = reader_of(screen)
        await screen.pilot.mouse_down("#reader", offset=(reader.text_column, 4))
        await screen.pilot.hover("#bottom", offset=(100, 0))
        await screen.until(lambda: reader.scroll_offset.y > 10)
        await screen.pilot.mouse_up("#bottom", offset=(100, 0))
        await screen.settle()
        numbers = [passage.number for passage, _ in reader.selections]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert len(numbers) > 10


async def test_a_click_marks_a_passage_and_selects_nothing(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "")
        reader = reader_of(screen)
        row = next(y for y in range(reader.rows) if "Paragraph 2 " in reader.render_line(y).text)
        await screen.pilot.click("#reader", offset=(10, row))
        await screen.settle()
        assert reader.selections == ()
        assert here(screen)[0] == "s1:2"


def row_of(reader: ReaderView) -> int:
    """Return the row of the view on which the marked passage begins."""
    return reader._heights.top(reader.index + 1) - reader.scroll_offset.y


async def test_resizing_keeps_the_passage_on_its_line_while_there_is_room(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "home")
        await screen.press("j", "j", "j")
        reader = reader_of(screen)
        row = row_of(reader)
        for size in ((160, 50), (80, 24), (60, 40), (120, 36)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
            assert here(screen)[0] == "s1:403"
            row = min(row, reader.rows // 3)
            assert row_of(reader) == row
            assert "Paragraph 403" in screen.text


async def test_the_passage_one_is_on_is_always_in_the_upper_third(
    open_screen: Open, long_library: Any
) -> None:
    """After steps, jumps and resizes; a passage that is longer than the reader begins at the top."""
    async with open_screen(long_library) as screen:
        await read(screen, "home")
        reader = reader_of(screen)
        for key in ("j", "j", "n", "n", "k", "n", "j", "n"):
            await screen.press(key)
            assert 0 <= row_of(reader) <= reader.rows // 3 or reader.scroll_offset.y in (
                0,
                reader.max_scroll_y,
            )
            height = reader._heights[reader.index + 1]
            assert row_of(reader) + height <= reader.rows or row_of(reader) <= 0
        for size in ((80, 24), (120, 20), (60, 20), (120, 36)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
            assert 0 <= row_of(reader) <= reader.rows // 3
        await screen.press("G")
        height = reader._heights[reader.index + 1]
        assert reader.index == len(reader.entries) - 1
        assert row_of(reader) + height <= reader.rows


async def test_an_answer_that_comes_again_does_not_move_the_reader(
    open_screen: Open, long_library: Any
) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "city:Harbin")
        await screen.press("G")
        before = screen.text
        screen.main.search.refresh_answers()
        await screen.settle()
        assert screen.text == before
        assert here(screen)[0] == "s1:500"


async def test_a_source_that_changed_is_read_anew(open_screen: Open, long_library: Any) -> None:
    async with open_screen(long_library) as screen:
        await read(screen, "cloud")
        texts = long_library.texts["s1"]
        long_library.texts["s1"] = (replace(texts[0], text="A new beginning."), *texts[1:])
        screen.main.search.refresh_answers()
        await screen.settle()
        assert here(screen)[0] == "s1:10"
        assert texts[9].text in screen.text
        await screen.press("g")
        assert "A new beginning." in screen.text


async def test_scrolling_never_jumps_where_heights_were_only_estimated(
    open_screen: Open, empty_library: Any
) -> None:
    texts = [f"{n}：" + "哈尔滨，（云）计算。\n" * (n % 4) + "word " * (n * 7 % 23) for n in range(300)]
    empty_library.add(Source("s1", "a.txt", "Odd"), texts)
    async with open_screen(empty_library) as screen:
        await read(screen, "")
        reader = reader_of(screen)
        for share in (0.5, 1.0, 0.7):
            reader.show_share(share)
            await screen.settle()
        assert len(reader._loaded) == 300
        assert len(reader._made) < 150

        def shown() -> list[str]:
            return [reader.render_line(y).text[2:] for y in range(reader.rows)]

        for step in (-1, 1):
            for _ in range(60):
                before = shown()
                reader.scroll_to(y=reader.scroll_offset.y + step, animate=False)
                after = shown()
                assert (after[1:], after[:-1])[step > 0] == (before[:-1], before[1:])[step > 0]
