"""The search line: completion, faults, proposals, and that results keep their place."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Paste

from hubtui.core.models import Diagnostic, Fault, Source
from hubtui.tui.panes.results_pane import Remarks
from hubtui.tui.panes.search_bar import QueryInput
from hubtui.tui.widgets.choices import Choices

Open = Callable[..., Any]


def offered(screen: Any) -> list[str]:
    choices = screen.main.query_one(Choices)
    return [choice.text for choice in choices._choices] if choices.display else []


def proposal(screen: Any) -> Any:
    return screen.main.query_one(Remarks)


async def test_what_is_typed_is_completed_with_tab(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", "c", "i")
        assert offered(screen) == ["city:"]
        await screen.press("tab")
        assert (screen.query, screen.focused) == ("city:", "query")
        assert offered(screen) == ["city:Harbin", "city:Guizhou"]
        await screen.press("g")
        assert offered(screen) == ["city:Guizhou"]
        assert "Guizhou  贵州" in screen.text
        await screen.press("tab")
        assert screen.query == "city:Guizhou "
        assert offered(screen) == []
        assert "1 passage in 1 source" in screen.text


async def test_right_takes_a_choice_at_the_end_and_moves_the_cursor_elsewhere(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"city:gui", "left")
        assert offered(screen) == []
        await screen.press("right")
        assert screen.query == "city:gui"
        await screen.press("z", "right")
        assert screen.query == "city:Guizhou "


async def test_the_arrows_choose_and_enter_takes_what_was_chosen(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"city:", "down", "down", "up")
        assert screen.main.query_one(Choices).chosen.label == "Harbin"
        await screen.press("down", "down", "enter")
        assert (screen.query, screen.focused) == ("city:Guizhou ", "query")
        await screen.press("enter")
        assert screen.focused == "passages"


async def test_enter_goes_on_where_nothing_was_chosen(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"city:har", "enter")
        assert (screen.query, screen.focused) == ("city:har", "passages")
        assert offered(screen) == []


async def test_escape_closes_the_choices_then_leaves_the_line(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"city:har", "escape")
        assert (offered(screen), screen.focused) == ([], "query")
        await screen.press("escape")
        assert screen.focused == "cities"


async def test_a_click_takes_a_choice(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"city:")
        await screen.pilot.click("#choices", offset=(4, 2))
        await screen.settle()
        assert screen.query == "city:Guizhou "


async def test_tab_changes_panes_where_nothing_is_offered(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"xyz", "tab")
        assert screen.focused == "sources"


async def test_tab_pressed_before_the_choices_are_there_takes_the_first(
    open_screen: Open, fake_library: Any
) -> None:
    go_on, complete = threading.Event(), fake_library.queries.complete

    def wait(query: str, cursor: int) -> Any:
        go_on.wait(20)
        return complete(query, cursor)

    fake_library.queries.complete = wait
    async with open_screen(fake_library) as screen:
        await screen.press("/")
        await screen.pilot.press(*"city:gui", "tab")
        go_on.set()
        await screen.settle()
        assert (screen.query, screen.focused) == ("city:Guizhou ", "query")


async def test_choices_for_what_is_no_more_typed_are_never_shown(
    open_screen: Open, fake_library: Any
) -> None:
    asked, go_on, complete = threading.Event(), threading.Event(), fake_library.queries.complete

    def wait(query: str, cursor: int) -> Any:
        if query == "city:":
            asked.set()
            go_on.wait(20)
        return complete(query, cursor)

    fake_library.queries.complete = wait
    async with open_screen(fake_library) as screen:
        shown: list[list[str]] = []
        choices = screen.main.query_one(Choices)
        offer = choices.offer

        def note(found: Any, *place: Any) -> None:
            shown.append([choice.text for choice in found])
            offer(found, *place)

        await screen.press("/", *"city")
        choices.offer = note
        await screen.pilot.press(":")
        await screen.until(asked.is_set)
        await screen.pilot.press("g")
        await screen.until(lambda: screen.query == "city:g")
        go_on.set()
        await screen.settle()
        assert shown == [["city:Guizhou"]]


async def test_a_city_that_is_only_begun_empties_nothing(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud city:Gui")
        assert "2 passages in 2 sources" in screen.text
        await screen.press("escape", "escape")
        assert ("cloud city:Gui", 0) not in fake_library.searched[:-1]


async def test_what_is_wrong_is_underlined_as_long_as_it_stands_there(
    open_screen: Open, fake_library: Any
) -> None:
    fake_library.faults = (Fault(6, 16, "There is no city Harbn."),)
    async with open_screen(fake_library) as screen:
        await screen.type("cloud city:[/]xx")
        line = screen.main.query_one(QueryInput)
        assert line.faults == [(6, 16)]
        assert any(
            span.start == 6 and span.end == 16 and "underline" in str(span.style)
            for span in line._value.spans
        )
        line.value = "cloud"
        assert line.faults == ()


async def test_a_proposal_is_taken_with_its_key_or_a_click(open_screen: Open, fake_library: Any) -> None:
    fake_library.remarks = (
        Diagnostic("partial", "No passage has every word; these have some."),
        Diagnostic("meant", "Nothing has clod [A]. Did you mean cloud?", "cloud"),
        Diagnostic("without", "Without lang:fr there are 12 passages.", "clod"),
    )
    async with open_screen(fake_library, (160, 50)) as screen:
        assert "~ No passage has every word" in screen.text
        assert "a Nothing has clod [A]. Did you mean cloud?" in screen.text
        assert "− Without lang:fr" in screen.text
        await screen.press("a")
        assert screen.query == "cloud"
        await screen.pilot.click("#notes", offset=(5, 2))
        await screen.settle()
        assert screen.query == "clod"


async def test_without_a_proposal_the_key_says_so(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("a")
        await screen.sees("Nothing is proposed")


async def test_many_remarks_leave_room_for_passages(open_screen: Open, fake_library: Any) -> None:
    fake_library.remarks = tuple(Diagnostic("added", f"Added: 云计算 {number}. " * 9) for number in range(9))
    async with open_screen(fake_library, (60, 20)) as screen:
        await screen.press("enter")
        assert screen.main.query_one(Remarks).size.height == 4
        assert "Cold air is free" in screen.text


async def test_remarks_give_no_room_back_while_one_types(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/")
        fake_library.remarks = (Diagnostic("added", "Added: 云计算."),)
        await screen.press("c")
        top = screen.main.query_one("#passages").region.y
        fake_library.remarks = ()
        await screen.press("l")
        assert screen.main.query_one("#passages").region.y == top
        await screen.press("enter")
        await screen.type("the")
        assert screen.main.query_one("#passages").region.y == top - 1


async def test_a_passage_that_was_moved_to_stays_while_the_query_is_refined(
    open_screen: Open, empty_library: Any
) -> None:
    texts = [f"Paragraph {number} {'even' if number % 2 == 0 else 'odd'}." for number in range(1, 41)]
    empty_library.add(Source("s1", "long.txt", "Long"), texts)
    async with open_screen(empty_library) as screen:
        await screen.press("enter", *["j"] * 19)
        passages = screen.main.query_one("#passages")
        y = passages.cursor * passages.row_height - passages.scroll_offset.y
        await screen.press("/", *"even")
        assert passages.hit.passage.number == 20
        assert "10 of 20" in screen.text
        assert passages.cursor * passages.row_height - passages.scroll_offset.y == y
        await screen.type("odd")
        assert "1 of 20" in screen.text


async def test_where_nobody_moved_the_best_hit_is_shown(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud")
        assert "1 of 2" in screen.text


@pytest.mark.parametrize("size", [(160, 50), (120, 36), (80, 24), (60, 20)])
async def test_choices_stay_on_the_screen_and_whole_at_every_size(
    open_screen: Open, fake_library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(fake_library, size) as screen:
        await screen.press("/")
        await screen.type("x" * (size[0] // 2) + " ")
        await screen.press("end", *"city:")
        region = screen.main.query_one(Choices).region
        assert screen.main.region.contains_region(region)
        assert any("哈尔滨" in line for line in screen.lines)
        assert any("贵州" in line for line in screen.lines)


async def test_the_last_word_is_a_beginning_until_a_space_a_sign_or_enter_ends_it(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"clou")
        assert (screen.query, fake_library.begun) == ("clou", "clou")
        await screen.press("d", "space")
        assert fake_library.begun == ""
        await screen.press("f", "i")
        assert fake_library.begun == "cloud fi"
        await screen.press(".")
        assert fake_library.begun == ""
        await screen.press("backspace")
        assert fake_library.begun == "cloud fi"
        asked = len(fake_library.searched)
        await screen.press("enter")
        assert (screen.query, screen.focused, fake_library.begun) == ("cloud fi", "passages", "")
        assert fake_library.searched[asked:] == [("cloud fi", 0)]


async def test_a_word_in_the_middle_is_no_beginning(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud", "left", "left", "x")
        assert (screen.query, fake_library.begun) == ("cloxud", "")


async def test_old_hits_are_dim_until_the_answer_is_there_and_a_slow_search_says_so(
    open_screen: Open, fake_library: Any
) -> None:
    go_on = threading.Event()
    async with open_screen(fake_library) as screen:
        passages = screen.main.query_one("#passages")
        before = passages.count
        fake_library.before_search = lambda _query: go_on.wait(20)
        await screen.press("/")
        await screen.pilot.press("c")
        await screen.sees("searching…")
        assert passages.stale
        assert passages.count == before > 0
        assert all(segment.style.dim for segment in passages.render_line(0) if segment.text.strip())
        go_on.set()
        await screen.settle()
        assert not passages.stale
        assert "searching…" not in screen.text
        assert not any(segment.style.dim for segment in passages.render_line(0))


async def test_a_search_that_fails_leaves_the_hits_as_they_are(open_screen: Open, fake_library: Any) -> None:
    def fail(query: str) -> None:
        if query:
            raise OSError("gone")

    async with open_screen(fake_library) as screen:
        fake_library.before_search = fail
        await screen.press("/", "c")
        assert not screen.main.query_one("#passages").stale


@pytest.mark.parametrize("sign", [*"/?!<>[],.;:'\"#$%&()*+-=@\\^_`{|}~", "G", "q", "0"])
async def test_every_sign_can_be_typed(open_screen: Open, fake_library: Any, sign: str) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", sign, "x")
        assert screen.query == f"{sign}x"


@pytest.mark.parametrize(
    ("pasted", "query"),
    [
        ("cold\nair", "cold air"),
        ("冬天的哈尔滨\r\n  有很长的冰雪季\n", "冬天的哈尔滨有很长的冰雪季"),
        ("cold\n\n\n云计算，\n数据", "cold 云计算，数据"),
        ("one line ", "one line "),
        ("\n", ""),
    ],
)
async def test_pasted_lines_are_joined(open_screen: Open, fake_library: Any, pasted: str, query: str) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/")
        screen.app.post_message(Paste(pasted))
        await screen.settle()
        assert screen.query == query
