"""Errors on the screen: title, message, remedy, and a detail to copy."""

import threading
from typing import Any

from hubtui import __version__
from hubtui.core.errors import DamagedIndexError, HubtuiError
from hubtui.tui.dialogs.text_dialogs import ErrorDialog
from hubtui.tui.faults import FaultError, detail, named


class BrokenError(HubtuiError):
    title = "Something of [A] kind"


def test_a_detail_names_all_there_is_to_report() -> None:
    said = detail(BrokenError("A message.", "A remedy."))
    assert said.startswith("Something of [A] kind\nA message.\nA remedy.\n")
    assert f"hubtui {__version__}" in said
    assert "Traceback" not in said


def test_a_detail_of_a_fault_has_its_traceback() -> None:
    empty: dict[str, str] = {}
    try:
        empty["where"]
    except KeyError as error:
        fault = named(error)
    assert isinstance(fault, FaultError)
    assert "KeyError: 'where'" in fault.message
    assert "hubtui.core.log" in fault.remedy
    assert "test_errors.py" in detail(fault)
    assert "Traceback" in detail(fault)


def test_what_has_a_name_keeps_it() -> None:
    error = BrokenError("x")
    assert named(error) is error


async def test_y_copies_and_says_so(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        error = BrokenError("What is wrong.", "What to do.")
        screen.app.push_screen(ErrorDialog(error))
        await screen.sees("Something of [A] kind", "What is wrong.", "What to do.", "y copies what to report")
        await screen.press("y")
        await screen.sees("Copied: OSC 52")
        assert screen.copied == [detail(error)]
        await screen.press("escape")
        assert screen.app.screen is screen.main


async def test_a_fault_while_searching_is_shown_and_can_be_copied(
    open_screen: Any, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:

        def fail(query: str) -> None:
            if query == "boom":
                raise ZeroDivisionError("a sentence")

        fake_library.before_search = fail
        await screen.type("boom")
        await screen.sees("A fault in hubtui", "ZeroDivisionError: a sentence")
        await screen.press("y")
        await screen.until(lambda: screen.copied)
        assert "Traceback" in screen.copied[0]
        await screen.press("escape")
        await screen.type("")
        assert "Harbin" in screen.text


async def test_damage_that_a_search_meets_is_told_and_the_index_is_synced_again(
    open_screen: Any, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        damage, synced = DamagedIndexError("A checksum is wrong."), threading.Event()

        def fail(query: str) -> None:
            if query == "boom":
                raise damage

        fake_library.before_search = fail
        fake_library.during_sync = lambda *_: synced.set()
        await screen.type("boom")
        await screen.sees("Damaged index", "A checksum is wrong.")
        assert damage in fake_library.noticed
        await screen.until(synced.is_set)


async def test_damage_that_is_mended_meanwhile_is_no_dialog(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        damages = [DamagedIndexError("A checksum is wrong.")]

        def fail(query: str) -> None:
            if query == "cloud" and damages:
                raise damages.pop()

        fake_library.before_search = fail
        await screen.type("cloud")
        await screen.until(lambda: not damages and "1 of " in screen.text)
        assert "Damaged index" not in screen.text
        assert fake_library.noticed
