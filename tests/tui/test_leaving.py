"""Leaving: Ctrl+C loses nothing, and the place is offered at the next start."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import OpenScreen, Screen
from tests.tui.fake_clippings import keeping
from tests.tui.fake_library import FakeLibrary

from hubtui.core.paths import places_file
from hubtui.tui.leaving import AGAIN, KEPT, Interrupts, Place, load_places, save_place, watch_terminal


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time by which presses of Ctrl+C are told apart."""
    clock = Clock()
    monkeypatch.setattr("hubtui.tui.app.Interrupts", lambda: Interrupts(clock))
    return clock


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of places of the made-up library, in a state folder of the test."""
    monkeypatch.setattr("hubtui.core.paths.state_folder", lambda: tmp_path / "state")
    return places_file(Path("/hubs"))


def test_only_a_second_one_soon_after_counts() -> None:
    clock = Clock()
    interrupts = Interrupts(clock)
    assert not interrupts.again()
    clock.now += AGAIN + 0.1
    assert not interrupts.again()
    clock.now += AGAIN - 0.1
    assert interrupts.again()


async def test_the_query_is_emptied_first_and_comes_back(
    open_screen: OpenScreen, fake_library: FakeLibrary, clock: Clock
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud", "enter", "ctrl+c")
        assert screen.query == ""
        assert "Search emptied, < brings it back · Ctrl+C again quits" in screen.lines[-1]
        await screen.press("<")
        assert screen.query == "cloud"
        clock.now += AGAIN + 1
        await screen.press("ctrl+c", "<")
        assert screen.app.is_running
        assert screen.query == "cloud"
        screen.send("ctrl+c")
        await screen.until(lambda: not screen.app.is_running)


async def test_what_is_selected_in_the_search_line_is_copied(
    open_screen: OpenScreen, fake_library: FakeLibrary, clock: Clock
) -> None:
    del clock
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud", "shift+home", "ctrl+c", "ctrl+c")
        await screen.until(lambda: screen.copied == ["cloud", "cloud"])
        assert screen.query == "cloud"


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        (["C", "t", *"cold"], "cold"),
        (["C", "E"], ""),
        (["S", *"name"], "name"),
        (["Y"], ""),
        (["?", *"co"], "co"),
        (["ctrl+p", *"co"], "co"),
        (["v", *"ha"], "ha"),
        ([","], ""),
        (["C"], ""),
        (["C", "/", *"cold"], "cold"),
    ],
)
async def test_elsewhere_the_first_one_only_says_so(
    open_screen: OpenScreen,
    fake_library: FakeLibrary,
    tmp_path: Path,
    clock: Clock,
    *,
    keys: list[str],
    typed: str,
) -> None:
    library = keeping(tmp_path, fake_library.listed, fake_library.texts)
    library.clippings.add(library.texts["s1"][0])
    async with open_screen(library) as screen:
        await screen.press(*keys)
        where = screen.app.screen
        await screen.press("ctrl+c")
        assert screen.app.screen is where
        focused: Any = screen.app.focused
        assert typed in str(getattr(focused, "value", None) or getattr(focused, "text", ""))
        assert "Ctrl+C again quits" in screen.text
        clock.now += AGAIN + 1
        await screen.press("ctrl+c")
        assert screen.app.screen is where
        screen.send("ctrl+c")
        await screen.until(lambda: not screen.app.is_running)


async def leave(screen: Screen) -> None:
    screen.send("ctrl+q")
    await screen.until(lambda: not screen.app.is_running)


async def test_the_place_is_offered_and_taken_with_a_key(
    open_screen: OpenScreen, fake_library: FakeLibrary, places: Path
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", *"cloud", "enter", "m", "n", "enter")
        before = screen.main.passage
        await leave(screen)
    (kept,) = load_places(places)
    assert kept == Place("cloud", "guizhou.txt", "1", "reader", (("harbin.txt", "2"),))
    async with open_screen(fake_library) as screen:
        assert "R goes back to guizhou.txt ¶1 · cloud · 1 marked" in screen.lines[-1]
        assert (screen.query, screen.main.session.marks) == ("", {})
        await screen.press("R")
        assert (screen.query, screen.focused) == ("cloud", "reader")
        assert screen.main.passage == before
        assert [passage.label for passage in screen.main.session.marks.values()] == ["2"]
        assert "1 marked" in screen.lines[-1]
        await screen.press("R")
        assert "no earlier place" in screen.lines[-1]


async def test_a_place_that_is_gone_is_told_and_its_query_asked(
    open_screen: OpenScreen, fake_library: FakeLibrary, places: Path
) -> None:
    save_place(places, Place("cloud", "gone.txt", "7", "passages", (("gone.txt", "1"),)))
    async with open_screen(fake_library) as screen:
        await screen.press("R")
        assert "gone.txt ¶7 is no longer there" in screen.lines[-1]
        assert (screen.query, screen.focused, screen.main.session.marks) == ("cloud", "passages", {})


async def test_a_start_that_does_nothing_keeps_the_place_before(
    open_screen: OpenScreen, fake_library: FakeLibrary, places: Path
) -> None:
    save_place(places, Place("cloud"))
    async with open_screen(fake_library) as screen:
        await leave(screen)
    assert load_places(places) == [Place("cloud")]


def test_places_of_several_hubtuis_are_kept_up_to_a_number(tmp_path: Path) -> None:
    file = tmp_path / "new" / "places.json"
    for number in range(KEPT + 2):
        save_place(file, Place(f"q{number}"))
    save_place(file, Place("q3"))
    assert [place.query for place in load_places(file)] == ["q2", "q4", "q5", "q6", "q3"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "[1, null]", '[{"query": 5}]', '[{"marks": {}}]', '[["a"]]', "\udcff"]
)
def test_a_damaged_file_holds_no_places(tmp_path: Path, text: str) -> None:
    file = tmp_path / "places.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert load_places(file) == []
    save_place(file, Place("now"))
    assert json.loads(file.read_text(encoding="utf-8"))[-1]["query"] == "now"


def test_a_terminal_that_goes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    ended: list[int] = []
    gone, killed = threading.Event(), threading.Event()

    def kill(status: int) -> None:
        ended.append(status)
        killed.set()

    monkeypatch.setattr("hubtui.tui.leaving._GRACE", 0.0)
    monkeypatch.setattr("hubtui.tui.leaving.os._exit", kill)
    ours, theirs = os.openpty()
    watch_terminal(theirs, gone.set)
    assert not gone.is_set()
    os.close(ours)
    assert gone.wait(10)
    assert killed.wait(10)
    assert ended == [129]
    os.close(theirs)
