"""The settings on the screen: applied at once, remembered, and said where they are wrong."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.config import SETTINGS, read_config
from hubtui.core.keymap import DEFAULT
from hubtui.text.cells import count_ambiguous_as
from hubtui.tui.bindings import use_keymap
from hubtui.tui.dialogs.settings import SettingsDialog
from hubtui.tui.dialogs.text_dialogs import KeysDialog, SettingsFaultsDialog


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    yield tmp_path / "config.toml"
    use_keymap(DEFAULT)
    count_ambiguous_as(1)


def written() -> None:
    """Wait for what is being remembered."""
    for thread in threading.enumerate():
        if thread.name == "hubtui remembers":
            thread.join()


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def row(key: str) -> int:
    return [setting.key for setting in SETTINGS].index(key)


async def test_the_comma_opens_the_settings(open_screen: Any, fake_library: Any, file: Path) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press(",")
        assert isinstance(screen.app.screen, SettingsDialog)
        assert "Settings" in screen.text
        assert "Theme" in screen.text
        assert str(file.parent)[:20] in screen.text
        await screen.press("escape")
        assert read_config().named == frozenset()


async def test_each_setting_is_changed_by_key_and_remembered(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press(",")
        at = 0
        for key, presses, value in (
            ("theme", ["right"], "hubtui-dark"),
            ("theme", ["right", "left"], "hubtui-dark"),
            ("language", ["l", "l"], "zh"),
            ("language", ["h"], "en"),
            ("style", ["space"], "gb7714-2025"),
            ("copy_format", ["enter"], "markdown"),
            ("copy_format", ["left", "left"], "link"),
            ("ascii", ["l"], True),
            ("ambiguous_width", ["right", "right"], 2),
            ("reduced_motion", ["l"], True),
            ("reduced_motion", ["l"], False),
            ("log_level", ["l"], "info"),
        ):
            await screen.press(*["j"] * (row(key) - at), *presses)
            at = row(key)
            assert screen.app.config.value(key) == value
            written()
            assert read_config().value(key) == value
        assert read_config().problems == ()
        await screen.press("escape", "j")
        assert "Harbin" in screen.text


async def test_a_theme_holds_at_once_and_the_next_time(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        before = screen.app.theme
        await screen.press(",", "right", "right", "right")
        changed = screen.app.theme
        assert changed != before
        written()
    async with open_screen(fake_library) as screen:
        assert screen.app.theme == changed


async def test_every_theme_can_be_chosen(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library, (80, 24)) as screen:
        await screen.press(",")
        seen = set()
        for _ in range(len(screen.app.available_themes) + 1):
            await screen.press("right")
            seen.add(screen.app.theme)
        assert seen == set(screen.app.available_themes)
        written()


async def test_ascii_draws_and_writes_with_ascii(open_screen: Any, fake_library: Any) -> None:
    fake_library.listed = [source for source in fake_library.listed if source.language == "en"]
    async with open_screen(fake_library, (80, 24)) as screen:
        await screen.type("winters")
        assert not screen.text.isascii()
        await screen.press("escape", ",", *["j"] * row("ascii"), "l", "escape")
        for keys in ([], ["?"], ["escape", ","], ["escape", "j", "enter", "enter"]):
            await screen.press(*keys)
            seen = screen.text.replace("哈尔滨", "").replace("贵州", "").replace("云计算", "")
            assert seen.isascii(), [character for character in seen if not character.isascii()]
        written()


async def test_ambiguous_signs_of_two_cells_keep_the_frames_in_line(
    open_screen: Any, fake_library: Any
) -> None:
    for size in ((120, 36), (80, 24)):
        async with open_screen(fake_library, size) as screen:
            screen.app.change_setting("ambiguous_width", 2)
            await screen.settle()
            written()
            for keys in ([], ["j"], ["enter", "enter"], ["?"], ["escape", ","]):
                await screen.press(*keys)
                strips = screen.app.screen._compositor.render_strips()
                assert {strip.cell_length for strip in strips} == {size[0]}
                assert not set("╭╮╰╯│─▌█▅") & set(screen.text)
        count_ambiguous_as(1)


async def test_less_motion_holds_the_cursor_still(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        screen.app.change_setting("reduced_motion", value=True)
        written()
        await screen.press("/")
        assert screen.app.focused.cursor_blink is False
        assert screen.app.animation_level == "none"


async def test_the_style_reaches_the_library(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press(",", *["j"] * row("style"), "right")
        await screen.until(lambda: getattr(fake_library, "style", "") == "gb7714-2025")
        written()


async def test_a_file_that_cannot_be_written_is_said(open_screen: Any, fake_library: Any, file: Path) -> None:
    async with open_screen(fake_library) as screen:
        write(file, "broken = \n")
        await screen.press(",", "right")
        written()
        await screen.sees("Wrong settings", "Invalid value (at line 1, column 10)")
        assert screen.app.theme == "hubtui-dark"
    assert len(read_config().problems) == 1


async def test_what_is_wrong_is_said_at_the_start(open_screen: Any, fake_library: Any, file: Path) -> None:
    write(file, 'theme = "hubtui-drak"\nnope = 1\n[keys]\nhlep = "f1"\nquit = "y"\n')
    async with open_screen(fake_library) as screen:
        await screen.sees("Wrong settings")
        assert isinstance(screen.app.screen, SettingsFaultsDialog)
        said = " ".join(screen.text.split())
        for wrong in ("'nope'", "hubtui-dark", "keys.hlep", "passage.copy"):
            assert wrong in said
        await screen.press("escape", "j")
        assert screen.query == "city:Harbin"


async def test_rebound_keys_work_and_are_shown(open_screen: Any, fake_library: Any, file: Path) -> None:
    write(file, '[keys]\n"passage.copy" = "f2"\nhelp = "f1,H"\n"list.down" = ";"\n')
    async with open_screen(fake_library) as screen:
        assert "F2 copy" in screen.text
        await screen.press("j")
        assert screen.query == ""
        await screen.press(";")
        assert screen.query == "city:Harbin"
        await screen.press("y")
        assert screen.copied == []
        await screen.press("?")
        assert not isinstance(screen.app.screen, KeysDialog)
        await screen.press("f1")
        assert isinstance(screen.app.screen, KeysDialog)
        await screen.press(*"F1")
        assert "F1  H" in screen.text
        await screen.press("escape", "H", "escape")
        await screen.pilot.press("ctrl+p")
        await screen.sees("Key: F2")


async def test_the_palette_key_can_be_another(open_screen: Any, fake_library: Any, file: Path) -> None:
    write(file, '[keys]\npalette = "f9"\n')
    async with open_screen(fake_library) as screen:
        await screen.press("ctrl+p")
        assert len(screen.app.screen_stack) == 1
        await screen.pilot.press("f9")
        await screen.sees("Search for a command")


async def test_all_keys_can_be_found_by_what_they_do(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("?", *"citation")
        assert "Copy the passage with its citation" in screen.text
        assert "Next pane" not in screen.text
        await screen.press(*["backspace"] * 8, "N")
        assert "Previous" in screen.text
        assert "Copy the passage" not in screen.text
        await screen.press(*"zzz")
        assert "No key does that." in screen.text
        await screen.press("enter")
        assert not isinstance(screen.app.screen, KeysDialog)


async def test_the_list_of_keys_takes_hostile_words(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("?")
        for text in (
            "[/]",
            "[A]",
            "[@click=app.quit]x[/]",
            "\x1b[31m",
            "\u202e",
            "a" + "\u0301" * 10_000,
            "(" * 500,
        ):
            screen.app.focused.value = text
            await screen.settle()
        assert "Keys" in screen.text
