"""Clippings on the screen: kept with a key, listed, filtered, ordered, annotated, removed, read, exported."""

from pathlib import Path

import pytest
from tests.tui.conftest import OpenScreen, Screen
from tests.tui.fake_clippings import KeepingLibrary, keeping
from tests.tui.fake_library import FakeLibrary

from hubtui.clippings.export import EXPORT_FORMATS, GROUPS
from hubtui.clippings.model import ClippedPlace, make_clipping
from hubtui.clippings.query import ORDERS
from hubtui.clippings.relocate import PassageState, Relocation
from hubtui.core.models import Passage, Source
from hubtui.tui.dialogs import export
from hubtui.tui.screens import clippings as clippings_screen
from hubtui.tui.screens.clippings import ClippingsScreen
from hubtui.tui.screens.main import MainScreen

SIZES = [(120, 36), (80, 24), (60, 20)]
HOSTILE = "[A] [/] [@click=app.quit]x[/] \x1b[31mred\u202e " + "e" + "\u0301" * 10_000


@pytest.fixture
def library(fake_library: FakeLibrary, tmp_path: Path) -> KeepingLibrary:
    """Three short sources, and no clippings yet."""
    return keeping(tmp_path, fake_library.listed, fake_library.texts)


@pytest.fixture
def three(library: KeepingLibrary) -> KeepingLibrary:
    """The same, with a clipping of each source."""
    for number, source in enumerate(library.listed, 1):
        passage = library.texts[source.id][-1]
        made = make_clipping(source, passage, "gb7714-2025")
        library.kept.append(made._replace(id=f"c{number}", made=f"2026-03-0{number}T10:00:00Z"))
    library.kept.change("c2", lambda one: one.annotated("很好的一句", ["cold", "工厂"]))
    return library


def shown(screen: Screen) -> ClippingsScreen:
    assert isinstance(screen.app.screen, ClippingsScreen)
    return screen.app.screen


def rows(screen: Screen) -> list[str]:
    return [item.id for item in shown(screen)._list.items]


async def test_c_keeps_the_passage_with_its_words_and_u_takes_it_back(
    open_screen: OpenScreen, library: KeepingLibrary
) -> None:
    async with open_screen(library) as screen:
        await screen.type("cloud")
        await screen.press("c")
        await screen.sees("Kept ¶2", " *¶2")
        (kept,) = library.clippings.find()
        assert kept.query == "cloud"
        assert [kept.text[start:end] for start, end in kept.highlights] == ["Cloud"]
        await screen.press("c")
        await screen.sees("¶2 already kept")
        assert len(library.clippings.find()) == 1
        await screen.press("u")
        await screen.sees("¶2 no longer kept")
        assert library.clippings.find() == []
        await screen.until(lambda: "*¶" not in screen.text)
        await screen.press("u")
        await screen.sees("nothing to take back")


async def test_marked_passages_are_kept_together(open_screen: OpenScreen, library: KeepingLibrary) -> None:
    async with open_screen(library) as screen:
        await screen.press("enter", "m", "j", "m", "c")
        await screen.sees("Kept 2 passages")
        assert len(library.clippings.find()) == 2
        await screen.press("u")
        assert library.clippings.find() == []


async def test_kept_passages_are_signed_from_the_start(
    open_screen: OpenScreen, three: KeepingLibrary
) -> None:
    async with open_screen(three) as screen:
        await screen.until(lambda: screen.text.count("*¶") == 3)
        await screen.press("C", "x", "escape")
        await screen.until(lambda: screen.text.count("*¶") == 2)


async def test_nothing_to_keep(open_screen: OpenScreen, library: KeepingLibrary) -> None:
    async with open_screen(library) as screen:
        await screen.type("zzzz")
        await screen.press("c")
        await screen.sees("There is no passage to keep")


@pytest.mark.parametrize("size", SIZES)
async def test_none_yet_says_what_to_do(
    open_screen: OpenScreen, library: KeepingLibrary, size: tuple[int, int]
) -> None:
    async with open_screen(library, size) as screen:
        await screen.press("C")
        await screen.sees("You have kept nothing yet", "Press c")
        await screen.press("j", "enter", "a", "t", "x", "y", "E", "space")
        await screen.sees("no clipping to export")
        await screen.press("escape")
        assert screen.app.screen is screen.main


@pytest.mark.parametrize("size", SIZES)
async def test_listed_the_latest_first_with_the_one_under_the_cursor(
    open_screen: OpenScreen, three: KeepingLibrary, size: tuple[int, int]
) -> None:
    async with open_screen(three, size) as screen:
        await screen.press("C")
        assert rows(screen) == ["c3", "c2", "c1"]
        await screen.sees("1/3 clippings", "the latest first", "By the end of the decade")
        await screen.press("j")
        await screen.sees("2/3 clippings", "#cold #工厂", "很好的一句")
        if size[1] > 20:
            await screen.sees("kept 2026-03-02 10:00 UTC")
        await screen.press("G")
        await screen.sees("3/3 clippings", "Winters remain long")


async def test_filter_as_one_types(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    async with open_screen(three) as screen:
        await screen.press("C", "/", *"tag:cold")
        assert rows(screen) == ["c2"]
        await screen.sees("1/1 of 3 clipping")
        await screen.press("enter", "/", *"zzz")
        await screen.sees("No clipping has all of these words", "Esc empties the filter")
        await screen.press("escape")
        assert rows(screen) == ["c3", "c2", "c1"]
        assert screen.focused == "clippings"


async def test_orders(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    three.kept.change("c1", lambda one: one._replace(places=(ClippedPlace("x", "Aa", ""),)))
    async with open_screen(three) as screen:
        await screen.press("C", "j", "s")
        assert rows(screen) == ["c3", "c1", "c2"]
        await screen.sees("by source", "3/3 clippings")  # the cursor stays on its clipping
        await screen.press("s")
        assert rows(screen)[0] == "c1"
        await screen.press("s")
        assert rows(screen)[0] == "c2"
        await screen.press("s")
        assert rows(screen) == ["c3", "c2", "c1"]


async def test_enter_reads_the_passage_in_its_source(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    async with open_screen(three) as screen:
        await screen.press("C", "j", "enter")
        await screen.settle()
        assert screen.app.screen is screen.main
        assert screen.query == "source:dongbei.txt"
        assert screen.focused == "reader"
        await screen.sees("¶2 of 2")


async def test_notes_and_tags_are_changed_and_taken_back(
    open_screen: OpenScreen, three: KeepingLibrary
) -> None:
    async with open_screen(three) as screen:
        await screen.press("C", "a", *"abc", "ctrl+j", *"de", "enter")
        assert three.clippings.find()[0].note == "abc\nde"
        await screen.press("t", *"x, y", "enter")
        assert three.clippings.find()[0].tags == ("x", "y")
        await screen.sees("#x #y", "abc de")
        await screen.press("a", "f", "escape")
        assert three.clippings.find()[0].note == "abc\nde"
        await screen.press("u")
        assert three.clippings.find()[0].tags == ()
        await screen.press("u")
        assert three.clippings.find()[0].note == ""
        await screen.press("u")
        await screen.sees("nothing to take back")


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_removed_and_taken_back(open_screen: OpenScreen, three: KeepingLibrary, key: str) -> None:
    async with open_screen(three) as screen:
        await screen.press("C", "j", key)
        await screen.sees("Removed ¶2 · u takes it back", "2/2 clippings")
        assert rows(screen) == ["c3", "c1"]
        await screen.press(key, "u", "u")
        assert rows(screen) == ["c3", "c2", "c1"]
        await screen.sees("2/3 clippings")


async def test_copied_with_its_citation(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    async with open_screen(three) as screen:
        await screen.press("C", "y")
        await screen.sees("Copied ¶2 with its citation")
        assert screen.copied
        assert screen.copied[0].startswith("By the end of the decade")


async def test_exported_to_a_file(
    open_screen: OpenScreen, three: KeepingLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clippings.md").touch()
    async with open_screen(three) as screen:
        await screen.press("C", "E")
        await screen.sees("Export 3 clippings", "Markdown with footnotes", "clippings-2.md")
        await screen.press("tab", "down", "enter")
        await screen.sees("3 clippings in")
        text = (tmp_path / "clippings-2.md").read_text()
        assert "## Harbin 哈尔滨" in text
        await screen.press("E", "down", "down", "down", "enter")
        await screen.sees("clippings.csv")
        assert (tmp_path / "clippings.csv").read_bytes().startswith(b"\xef\xbb\xbfid")
        await screen.press("E", "down", "down", "down")
        await screen.sees("clippings-2.csv")
        await screen.press("tab", "end", *["backspace"] * 6, *".csv")
        await screen.sees("Would be replaced")
        await screen.press("escape")
        assert isinstance(screen.app.screen, ClippingsScreen)


async def test_a_file_that_cannot_be_written_is_told(
    open_screen: OpenScreen, three: KeepingLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_screen(three) as screen:
        await screen.press("C", "E", "shift+tab", "end", *"/y", "enter")
        await screen.sees("Clippings error")


async def test_what_became_of_passages_is_flagged(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    other = Passage("s9", 5, "By the end of the century the province counted its servers by the billion.")
    moved = Source("s9", "elsewhere.txt", "Elsewhere")
    three.states = {
        "c3": Relocation(PassageState.EDITED, moved, other, 0.91),
        "c2": Relocation(PassageState.MOVED, moved, other, 1.0),
        "c1": Relocation(PassageState.GONE),
    }
    async with open_screen(three) as screen:
        await screen.press("C")
        await screen.sees("edited ¶2", "moved ¶2", "gone ¶3")
        await screen.sees("Edited: elsewhere.txt ¶5 is 91% alike", "Now:", "billion", "million")
        await screen.press("j")
        await screen.sees("Moved: it is now elsewhere.txt ¶5")
        await screen.press("j")
        await screen.sees("No source has this passage any more")
        await screen.press("enter")
        assert isinstance(screen.app.screen, ClippingsScreen)


async def test_damage_is_told(open_screen: OpenScreen, three: KeepingLibrary) -> None:
    with three.kept.path.open("ab") as file:
        file.write(b"?\n")
    async with open_screen(three) as screen:
        await screen.press("C")
        await screen.sees("! clippings.jsonl: 1 line cannot be read")
        await screen.press("!")
        await screen.sees("line 4 is not valid JSON")


async def test_trouble_while_keeping_is_a_dialog(
    open_screen: OpenScreen, library: KeepingLibrary, tmp_path: Path
) -> None:
    (tmp_path / "clippings.jsonl").mkdir()
    async with open_screen(library) as screen:
        await screen.press("enter", "c")
        await screen.sees("it is a folder", "Move it away")


async def test_a_long_passage_scrolls(open_screen: OpenScreen, library: KeepingLibrary) -> None:
    source = Source("l", "l.txt", "Long")
    library.kept.append(make_clipping(source, Passage("l", 1, "冬天很长。" * 20_000), "apa"))
    async with open_screen(library) as screen:
        await screen.press("C")
        detail = shown(screen).query_one("#clipping")
        await screen.press("space", "space")
        assert detail.scroll_offset.y > 10
        await screen.press("b", "b")
        assert detail.scroll_offset.y == 0


def test_the_choices_are_those_that_there_are() -> None:
    assert tuple(export._FORMATS) == tuple(EXPORT_FORMATS)
    assert tuple(export._GROUPS) == ("", *GROUPS)
    assert tuple(clippings_screen._ORDERS) == ORDERS


async def test_a_library_that_changes_while_the_screen_opens_waits_for_it(
    open_screen: OpenScreen, library: KeepingLibrary
) -> None:
    async with open_screen(library) as screen:
        main = screen.app.screen
        assert isinstance(main, MainScreen)
        main.action_show_clippings()
        main._library_changed()
        await screen.sees("Clippings")
        assert screen.app.is_running
