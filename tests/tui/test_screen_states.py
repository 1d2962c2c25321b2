"""What the screen says when there is nothing, not yet everything, or something wrong."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from hubtui.core.errors import HubtuiError, IndexBusyError, LibraryError
from hubtui.core.models import Problem, SearchResult, Source, SyncProgress, SyncReport

Open = Callable[..., Any]


async def test_an_empty_library_says_where_sources_go(open_screen: Open, empty_library: Any) -> None:
    async with open_screen(empty_library) as screen:
        assert "There are no sources yet." in screen.text
        assert "/hubs/seeds" in screen.text
        assert "0 sources · 0 passages · 0 cities" in screen.text


async def test_no_hit_says_so_and_what_to_do(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("量子 quantum")
        assert "No passage matches" in screen.text
        assert "Try fewer or other words" in screen.text
        assert "no passages" in screen.lines[2]
        assert "These passages name no" in screen.text
        assert "The passage under the cursor opens" in screen.text


async def test_a_library_that_cannot_be_opened_says_why(open_screen: Open) -> None:
    error = LibraryError("There is no folder /hubs.", "Check the path.")
    async with open_screen(error, settle=False) as screen:
        await screen.sees("No library", "There is no folder /hubs.", "Check the path.")
        await screen.pilot.press("escape")
        await screen.until(lambda: len(screen.app.screen_stack) == 1)
        assert "There is no folder /hubs." in screen.text


async def test_an_unexpected_fault_is_shown_not_swallowed(open_screen: Open, fake_library: Any) -> None:
    def fail(query: str) -> None:
        if query:
            raise ZeroDivisionError(query)

    fake_library.before_search = fail
    async with open_screen(fake_library) as screen:
        await screen.press("/", "x")
        await screen.sees("A fault in hubtui", "ZeroDivisionError: x")


async def test_a_sync_that_fails_says_so_and_leaves_the_passages(
    open_screen: Open, fake_library: Any
) -> None:
    def fail(*_: object) -> None:
        raise HubtuiError("Another hubtui is at work here.", "Close it.")

    fake_library.during_sync = fail
    async with open_screen(fake_library, settle=False) as screen:
        await screen.sees("Another hubtui is at work here.", "Close it.")
        await screen.press("enter")
        await screen.sees("7 passages in 3 sources")


async def test_indexing_shows_its_progress_and_then_the_passages(
    open_screen: Open, empty_library: Any
) -> None:
    go_on = threading.Event()

    def index(progress: Callable[[SyncProgress], None], _: Callable[[], bool]) -> None:
        progress(SyncProgress(2, 5, "b.txt"))
        go_on.wait(20)
        empty_library.add(Source("s1", "a.txt", "Ready"), ["It is here now."])
        empty_library.report = SyncReport(added=1)

    empty_library.during_sync = index
    async with open_screen(empty_library, settle=False) as screen:
        await screen.sees("Indexing 2 of 5 …", "Passages appear here when")
        assert "indexing 2 of 5" in screen.lines[-1]
        go_on.set()
        await screen.sees("It is here now.", "1 source added")
        assert "indexing" not in screen.text


async def test_changed_files_are_synced_and_shown_without_a_key(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        fake_library.add(Source("99", "new.txt", "A story that came later"), ["Nothing but later news."])
        fake_library.report = SyncReport(added=1)
        fake_library.bursts.put(None)
        await screen.sees("1 source added", "A story that")


async def test_while_another_hubtui_indexes_a_line_says_so_and_it_is_tried_again(
    open_screen: Open, fake_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubtui.tui.index_watcher._RETRY", 0.01)
    monkeypatch.setattr("hubtui.tui.worker._RETRY", 0.01)
    done = threading.Event()

    def busy(*_: object) -> None:
        if not done.is_set():
            raise IndexBusyError("Another hubtui is indexing this library.")

    fake_library.during_sync = fake_library.before_search = busy
    async with open_screen(fake_library, settle=False) as screen:
        await screen.sees("another hubtui is indexing", "Another hubtui is indexing …")
        done.set()
        await screen.settle()
        assert "hubtui is indexing" not in screen.text
        assert "7 passages in 3 sources" in screen.text
        assert len(screen.app.screen_stack) == 1


async def test_what_a_sync_has_read_appears_and_the_reader_stays(
    open_screen: Open, empty_library: Any
) -> None:
    empty_library.add(Source("s5", "m.txt", "Middle"), [f"Paragraph {n}." for n in range(1, 4)])
    more, grown, done = threading.Event(), threading.Event(), threading.Event()

    def index(progress: Callable[[SyncProgress], None], _cancelled: object) -> None:
        more.wait(10)
        empty_library.listed.clear()
        for source_id, texts in (("s1", 80), ("s5", 3)):
            empty_library.add(
                Source(source_id, f"{source_id}.txt", source_id),
                [f"Paragraph {n}." for n in range(1, texts + 1)],
            )
        empty_library.index.generation += 1
        progress(SyncProgress(1, 9, "s1.txt"))
        grown.set()
        done.wait(10)

    empty_library.during_sync = index
    async with open_screen(empty_library, settle=False) as screen:
        await screen.sees("3 passages in 1 source")
        for key, there in (("enter", "passages"), ("j", "passages"), ("enter", "reader")):
            await screen.pilot.press(key)
            await screen.until(lambda there=there: screen.focused == there)
        await screen.sees(" 2 of 3", "¶2 of 3")
        more.set()
        await screen.sees("83 passages in 2 sources", "indexing 1 of 9", "82 of 83", "¶2 of 3")
        assert screen.main.session.hit.source.id == "s5"
        assert screen.focused == "reader"
        done.set()


async def test_quitting_while_indexing_asks_the_sync_to_stop(open_screen: Open, fake_library: Any) -> None:
    stopped = threading.Event()

    def index(_: object, cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            stopped.wait(0.001)
        stopped.set()

    fake_library.during_sync = index
    async with open_screen(fake_library, settle=False) as screen:
        await screen.sees("7 passages in 3 sources", "looking for new sources")
        await screen.pilot.press("q")
    assert stopped.wait(20)


async def test_keys_work_while_indexing(open_screen: Open, fake_library: Any) -> None:
    go_on = threading.Event()
    fake_library.during_sync = lambda *_: go_on.wait(20)
    async with open_screen(fake_library, settle=False) as screen:
        await screen.sees("Harbin 哈尔滨")
        await screen.pilot.press("j")
        await screen.sees("3 passages in 2 sources")
        go_on.set()


async def test_files_with_problems_are_counted_and_listed(open_screen: Open, fake_library: Any) -> None:
    fake_library.troubles = (
        Problem("scan.pdf", "It holds only pictures."),
        Problem("b.txt", "It is no text."),
    )
    async with open_screen(fake_library) as screen:
        assert "2 problems (!)" in screen.lines[-1]
        await screen.press("!")
        await screen.sees("Files with problems", "scan.pdf", "It holds only pictures.", "b.txt")


async def test_without_problems_the_list_says_so(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("!")
        await screen.sees("Every file in the library could be read.")


async def test_partial_matches_and_the_engines_notes_are_told(open_screen: Open, fake_library: Any) -> None:
    fake_library.partial = True
    fake_library.notes = ("No passage has every word; these have some.", "Added: 云计算.")
    async with open_screen(fake_library) as screen:
        assert "No passage has every word" in screen.text
        assert "Added: 云计算." in screen.text


async def test_hits_are_asked_for_page_by_page(open_screen: Open, empty_library: Any) -> None:
    empty_library.add(Source("s1", "long.txt", "Long"), [f"Paragraph {n}." for n in range(1, 1001)])
    async with open_screen(empty_library) as screen:
        assert empty_library.searched == [("", 0)]
        await screen.press("enter", "G")
        assert "1,000 of 1,000" in screen.text
        assert "Paragraph 1000." in screen.text
        assert {offset for _, offset in empty_library.searched} == {0, 950}


async def test_a_list_that_ends_before_its_total_says_so(
    open_screen: Open, empty_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_library.add(Source("s1", "long.txt", "Long"), [f"Paragraph {n}." for n in range(1, 201)])
    whole = empty_library.search

    def short(query: str, *, limit: int = 20, offset: int = 0, typing: bool = False) -> SearchResult:
        result = whole(query, limit=limit, offset=offset, typing=typing)
        return SearchResult(result.hits[: max(0, 120 - offset)], result.total)

    monkeypatch.setattr(empty_library, "search", short)
    async with open_screen(empty_library) as screen:
        await screen.press("enter", "G", "G")
        await screen.sees("120 of 120", "Only the best 120 of 200")


async def test_a_stale_answer_is_never_shown(open_screen: Open, fake_library: Any) -> None:
    slow, started = threading.Event(), threading.Event()

    def wait(query: str) -> None:
        if query == "winter":
            started.set()
            slow.wait(20)

    fake_library.before_search = wait
    async with open_screen(fake_library) as screen:
        search = screen.main.query_one("#query")
        search.value = "winter"
        await screen.until(started.is_set)
        search.value = "cloud"
        await screen.pilot._wait_for_screen()
        shown: list[str] = []
        passages = screen.main.query_one("#passages")
        answer = passages.answer

        def note(result: SearchResult, **how: Any) -> None:
            shown.append(str(result.total))
            answer(result, **how)

        passages.answer = note
        slow.set()
        await screen.settle()
        assert shown == ["2"]
        assert "2 passages in 2 sources" in screen.text


async def test_only_the_newest_of_many_waiting_queries_is_answered(
    open_screen: Open, fake_library: Any
) -> None:
    slow, started = threading.Event(), threading.Event()

    def wait(query: str) -> None:
        if query == "c":
            started.set()
            slow.wait(20)

    fake_library.before_search = wait
    async with open_screen(fake_library) as screen:
        await screen.pilot.press("/", "c")
        await screen.until(started.is_set)
        await screen.pilot.press(*"loud")
        await screen.until(lambda: screen.query == "cloud")
        slow.set()
        await screen.settle()
        assert [query for query, _ in fake_library.searched if query] == ["c", "cloud"]


@pytest.mark.parametrize(
    ("size", "shown", "hidden"),
    [
        ((160, 50), ("Sources", "Cities", "Passages", "Harbin Builds"), ()),
        ((120, 36), ("Sources", "Cities", "Passages", "Harbin Builds"), ()),
        ((80, 24), ("Sources", "Cities", "Passages"), ("Ann Hall",)),
        ((60, 20), ("All cities",), ("All sources", "Cold air", "Ann Hall")),
    ],
)
async def test_panes_by_size(
    open_screen: Open,
    fake_library: Any,
    size: tuple[int, int],
    shown: tuple[str, ...],
    hidden: tuple[str, ...],
) -> None:
    async with open_screen(fake_library, size) as screen:
        assert all(text in screen.text for text in shown)
        assert not any(text in screen.text for text in hidden)
        assert "? keys" in screen.lines[-1]


async def test_two_columns_slide_to_where_the_user_is(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library, (80, 24)) as screen:
        await screen.press("enter")
        assert "All cities" not in screen.text
        assert "¶1 of 3" in screen.text
        await screen.press("escape")
        assert "All cities" in screen.text


async def test_one_column_has_tabs(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library, (60, 20)) as screen:
        assert screen.lines[2].split() == ["Sources", "Cities", "Passages", "Reader"]
        await screen.press("enter", "enter")
        assert "Li Wei; Ann Hall" in screen.text
        await screen.pilot.click("#tabs", offset=(3, 0))
        await screen.settle()
        assert screen.focused == "sources"
        await screen.press("/")
        assert "Cold air is free" in screen.text


async def test_too_small_a_terminal_says_what_is_needed_and_recovers(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library, (40, 12)) as screen:
        assert "This terminal has 40 × 12 cells." in screen.text
        assert "hubtui needs at least 48 × 14" in screen.text
        assert "Cities" not in screen.text
        await screen.pilot.resize_terminal(120, 36)
        await screen.sees("Harbin 哈尔滨", "7 passages in 3 sources")
        await screen.press("j")
        assert screen.query == "city:Harbin"


async def test_resizing_keeps_the_place(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library, (160, 50)) as screen:
        await screen.press("j", "n", "enter", "enter")
        for size in ((80, 24), (60, 20), (40, 12), (120, 36)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
        assert screen.focused == "reader"
        assert "¶1 of 2" in screen.text
        assert "2 of 3" in screen.text


async def test_an_index_that_is_replaced_under_the_screen_is_asked_again(
    open_screen: Open, fake_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubtui.tui.index_watcher._LOOK", 0.01)
    async with open_screen(fake_library) as screen:
        assert "7 passages in 3 sources" in screen.text
        gone = fake_library.listed.pop()
        del fake_library.texts[gone.id]
        fake_library.index.replaced = True
        await screen.sees("5 passages in 2 sources")
        assert not fake_library.index.replaced
