"""How the screen looks, as drawings; after a wanted change: pytest tests/tui --snapshot-update."""

import asyncio
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.tui.fake_analysis import analysed
from tests.tui.fake_clippings import keeping
from textual.pilot import Pilot

from hubtui.clippings.model import make_clipping
from hubtui.core.i18n import use_language

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
            while not (main.settled and main.app.keys.idle):
                await pilot.pause(0.01)


@pytest.fixture
def library(fake_library: Any, tmp_path: Path) -> Any:
    """The made-up library, able to count words, with a clipping of each source."""
    made = analysed(keeping(tmp_path, fake_library.listed, fake_library.texts))
    for number, source in enumerate(made.listed, 1):
        clipping = make_clipping(source, made.texts[source.id][0], "gb7714-2025")
        made.kept.append(clipping._replace(id=f"c{number}", made=f"2026-03-0{number}T10:00:00Z"))
    made.kept.change("c2", lambda one: one.annotated("很好的一句", ["cold", "工厂"]))
    return made


@pytest.fixture
def make_set_app(library: Any, make_app: Any, settings: Path) -> Iterator[Callable[[str], Any]]:
    """Make the application with settings."""

    def make(said: str) -> Any:
        settings.write_text(said, encoding="utf-8")
        use_language(tomllib.loads(said).get("language", "en"))
        return make_app(library)

    yield make
    use_language("en")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the settings, always at the same place on the screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUBTUI_CONFIG", "settings")
    Path("settings").mkdir()
    return tmp_path / "settings" / "config.toml"


@pytest.mark.parametrize(
    ("size", "said", "arrange"),
    [
        pytest.param((120, 36), "", arranged("hubtui-dark", "j", "enter", "n"), id="wide-dark-city"),
        pytest.param((120, 36), "", arranged("hubtui-light", query="nowhere"), id="wide-light-no-hits"),
        pytest.param(
            (160, 50),
            "",
            arranged("hubtui-dark", "j", "enter", "enter", "f", *"CLOUD", "enter"),
            id="widest-dark-reader-find",
        ),
        pytest.param((80, 24), "", arranged("hubtui-light", "enter", "enter"), id="medium-light-reader"),
        pytest.param((80, 24), "", arranged("hubtui-dark-16", "?"), id="medium-sixteen-keys"),
        pytest.param(
            (120, 36), "", arranged("hubtui-light-16", "j", "enter"), id="wide-light-sixteen-passages"
        ),
        pytest.param((60, 20), "", arranged("hubtui-dark", "j"), id="narrow-dark-cities"),
        pytest.param((40, 12), "", arranged("hubtui-dark"), id="too-small"),
        pytest.param((120, 36), "", arranged("hubtui-dark", "j", "w"), id="wide-dark-words-in-context"),
        pytest.param((120, 36), "", arranged("hubtui-light", "j", "v", "enter"), id="wide-light-compare"),
        pytest.param((80, 24), "", arranged("hubtui-dark", "C", "j"), id="medium-dark-clippings"),
        pytest.param((80, 24), 'language = "zh"', arranged("hubtui-light", ","), id="medium-chinese"),
        pytest.param((80, 24), "ascii = true", arranged("hubtui-dark", "j", "enter"), id="medium-ascii"),
    ],
)
def test_the_screen_looks_as_it_did(
    snap_compare: Any, make_set_app: Any, size: tuple[int, int], said: str, arrange: Arrange
) -> None:
    assert snap_compare(make_set_app(said), terminal_size=size, run_before=arrange)
