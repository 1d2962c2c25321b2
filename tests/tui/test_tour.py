"""The tour goes on when the user has done what it says, and ends with Esc at any step."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from hubtui.core import i18n
from hubtui.tui.tour import STEPS, TourScreen

Tour = Callable[..., AbstractAsyncContextManager[Any]]


@pytest.fixture
def tour(make_app: Any, fake_library: Any, monkeypatch: pytest.MonkeyPatch) -> Tour:
    from tests.tui.conftest import Screen  # as the other fixtures of this folder

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (80, 24)) -> Any:
        monkeypatch.setattr("hubtui.tui.app.HubtuiApp._tour", True, raising=False)
        app = make_app(fake_library)
        app._tour = True
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            screen = Screen(app, pilot)
            await screen.settle()
            yield screen

    return opened


def step(screen: Any) -> int:
    main = screen.main
    assert isinstance(main, TourScreen)
    return main._step + 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 20)])
async def test_from_the_first_step_to_the_last(tour: Tour, size: tuple[int, int]) -> None:
    async with tour(size) as screen:
        assert "Tour 1 of 8 · Esc ends the tour" in screen.text
        for number, keys in enumerate(
            (
                ["j"],
                ["enter"],
                ["n", "n"],
                ["y"],
                ["/", *"cold", "enter"],
                ["enter"],
                ["?", "wait", "escape"],
            ),
            2,
        ):
            for key in keys:
                if key == "wait":
                    await screen.until(lambda: screen.main._keys_open)
                else:
                    await screen.press(key)
            await screen.until(lambda number=number: step(screen) == number)
            await screen.sees(f"Tour {number} of {len(STEPS)}")
        await screen.press("escape")
        assert "Tour" not in screen.text.replace("The tour", "")
        assert "Harbin" in screen.text


@pytest.mark.parametrize("done", range(4))
async def test_esc_ends_it_at_any_step(tour: Tour, done: int) -> None:
    async with tour() as screen:
        for number, key in enumerate(["j", "enter", "n", "n"][:done], 2):
            await screen.press(key)
            if key != "n":
                await screen.until(lambda number=number: step(screen) == number)
        place = screen.focused
        await screen.press("escape")
        assert not screen.main.query("TourStrip")
        assert screen.focused == place
        assert "The tour is over" in screen.text
        await screen.press("escape", "escape")
        assert screen.query == ""


async def test_it_says_the_users_keys(tour: Tour, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "config.toml").write_text('[keys]\n"list.down" = "f7"\n')
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path))
    async with tour() as screen:
        assert "press F7 until" in " ".join(screen.text.split())


async def test_it_speaks_the_interfaces_language(tour: Tour) -> None:
    i18n.use_language("zh")
    try:
        async with tour() as screen:
            said = i18n._(STEPS[0].text).format(down="j")
            assert said[:12] in screen.text.replace(" ", "") or said[:12] in screen.text
    finally:
        i18n.use_language("en")


async def test_a_tiny_terminal_hides_it(tour: Tour) -> None:
    async with tour((40, 12)) as screen:
        assert "Tour" not in screen.text
