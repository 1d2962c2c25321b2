"""What was closed is gone: its screens, its widgets, its drawn lines."""

import gc
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from tests.tui.fake_library import FakeLibrary
from textual._styles_cache import StylesCache
from textual.screen import Screen as AnyScreen
from textual.strip import Strip
from textual.widget import Widget

OpenScreen = Callable[..., Any]

KINDS: dict[str, type] = {"screens": AnyScreen, "widgets": Widget, "stores": StylesCache, "lines": Strip}
OPENED = {
    "help": ["question_mark", "escape"],
    "about": ["i", "escape"],
    "copy as": ["Y", "escape"],
    "settings": ["comma", "escape"],
    "searches": ["S", "escape"],
    "problems": ["exclamation_mark", "escape"],
    "palette": ["ctrl+p", "escape"],
    "headings": ["t", "escape"],
    "find": ["f", "escape"],
}
"""The keys that open something over the screen, and close it."""
FIRST, MORE = 2, 11


def _living() -> Counter[str]:
    gc.collect()
    found = Counter[str]()
    for thing in gc.get_objects():
        found.update(name for name, kind in KINDS.items() if isinstance(thing, kind))
    return found


@pytest.mark.attack
async def test_a_hundred_dialogs_leave_nothing_behind(
    open_screen: OpenScreen, fake_library: FakeLibrary
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("cloud")
        await screen.press("enter")
        seen: list[Counter[str]] = []
        for times in (FIRST, MORE):
            for keys in OPENED.values():
                for _time in range(times):
                    await screen.press(*keys)
            seen.append(_living())
    before, after = seen
    # What lies below was drawn in other states meanwhile; a hundred dialogs that stayed would be thousands of
    # lines.
    assert after["screens"] == before["screens"] == 1
    assert after["widgets"] == before["widgets"]
    assert after["stores"] == before["stores"]
    assert after["lines"] <= before["lines"] + 100
