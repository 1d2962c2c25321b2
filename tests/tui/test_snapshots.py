"""How the screen looks, as drawings; after a wanted change: pytest tests/tui --snapshot-update."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

Arrange = Callable[[Pilot[None]], Awaitable[None]]


def arranged(theme: str, *keys: str, query: str = "") -> Arrange:
    """Wait for the answers, then for those to each key."""

    async def arrange(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        main = app.screen
        app.theme = theme
        await settle(pilot, main)
        if query:
            main.query_one("#query").value = query
            await settle(pilot, main)
        for key in keys:
            await pilot.press(key)
            await settle(pilot, main)

    return arrange


async def settle(pilot: Pilot[None], main: Any) -> None:
    async with asyncio.timeout(20):
        for _ in range(3):
            await pilot.pause()
            while not main.settled:
                await pilot.pause(0.01)


@pytest.mark.parametrize(
    ("size", "arrange"),
    [
        pytest.param((120, 36), arranged("hubtui-dark", "j", "enter", "n"), id="wide-dark-city"),
        pytest.param((120, 36), arranged("hubtui-light", query="nowhere"), id="wide-light-no-hits"),
        pytest.param((80, 24), arranged("hubtui-light", "enter", "enter"), id="medium-light-reader"),
        pytest.param((80, 24), arranged("hubtui-dark-16", "?"), id="medium-sixteen-keys"),
        pytest.param((60, 20), arranged("hubtui-dark", "j"), id="narrow-dark-cities"),
        pytest.param((40, 12), arranged("hubtui-dark"), id="too-small"),
    ],
)
def test_the_screen_looks_as_it_did(
    snap_compare: Any, make_app: Any, fake_library: Any, size: tuple[int, int], arrange: Arrange
) -> None:
    assert snap_compare(make_app(fake_library), terminal_size=size, run_before=arrange)
