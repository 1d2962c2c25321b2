"""The screen on a made-up library, and ways to wait for and look at what it shows."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import RenderableType
from tests.tui.fake_library import TEXTS, FakeLibrary
from textual import events
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen as AnyScreen
from textual.widget import Widget

from hubtui.core.errors import HubtuiError
from hubtui.core.models import Source
from hubtui.library import Library
from hubtui.tui.app import HubtuiApp
from hubtui.tui.screens.main import MainScreen

DEADLINE = 10.0
paint = Compositor.render_update


class Screen:
    """What a test does with the screen and sees of it."""

    def __init__(self, app: HubtuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.copied: list[str] = []
        app.copy_to_clipboard = self.copied.append  # type: ignore[method-assign,assignment]

    @property
    def main(self) -> MainScreen:
        """The main screen, also under a dialog."""
        main = self.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    @property
    def lines(self) -> list[str]:
        """The lines of the terminal."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """All of the terminal."""
        return "\n".join(self.lines)

    @property
    def query(self) -> str:
        """The text of the query."""
        return str(getattr(self.main.query_one("#query"), "value"))  # noqa: B009

    @property
    def focused(self) -> str:
        """The id of the widget that has the keys."""
        return (self.app.focused and self.app.focused.id) or ""

    async def until(self, ready: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + DEADLINE
        while not ready():
            assert time.monotonic() < deadline, self.text
            await asyncio.sleep(0.002)

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts are on the screen."""
        await self.until(lambda: all(text in self.text for text in texts))

    async def settle(self) -> None:
        """Wait until everything that was asked has been answered and drawn."""
        quiet = 0

        def still() -> bool:
            nonlocal quiet
            quiet = quiet + 1 if self.main.settled and self.app.keys.idle and self._is_drawn() else 0
            return quiet > 3

        await self.until(still)
        paint(self.app.screen._compositor, screen_stack=self.app._background_screens)

    def _is_drawn(self) -> bool:
        """Whether Textual has nothing left to deliver, to lay out or to paint."""
        screen = self.app.screen
        widgets = [
            widget
            for widget in screen.walk_children(Widget, with_self=True)
            if all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))
        ]
        return (
            all(pump._message_queue.empty() for pump in (self.app, *widgets))
            and not any(w._layout_required or w._repaint_required for w in widgets if _is_shown(w))
            and not screen._dirty_widgets
            and self.app._resize_event is None
        )

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other's effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    def send(self, *keys: str) -> None:
        """Have keys come all at once, as over a slow line."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            driver.send_message(_key_event(key))

    async def burst(self, *keys: str) -> None:
        """Have keys come all at once, and wait until all is done."""
        self.send(*keys)
        await asyncio.sleep(0)
        await self.settle()

    async def type(self, query: str) -> None:
        """Put a text into the query; a pilot cannot press Chinese punctuation."""
        setattr(self.main.query_one("#query"), "value", query)  # noqa: B010
        await self.settle()


def _key_event(key: str) -> events.Key:
    """Return what the driver makes of a key, by Textual's name or the character."""
    if len(key) == 1:
        return events.Key(key if key.isalnum() else _character_to_key(key), key)
    return events.Key(key, {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b"}.get(key))


def _is_shown(widget: Widget) -> bool:
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


async def _no_wait(min_sleep: float = 0, max_sleep: float = 0) -> None:
    del min_sleep, max_sleep
    await asyncio.sleep(0)


OpenScreen = Callable[..., AbstractAsyncContextManager[Screen]]


@pytest.fixture(scope="package", autouse=True)
def quick_textual() -> Iterator[None]:
    """Have Textual do no work whose result nobody sees: more than half of these tests' time went into that.

    A style sheet is parsed once in this process, not again for every app and every new screen. The frames on
    the way to a screen's rest are not painted, which no terminal would receive: ``Screen.settle`` paints all
    that changed when it is at rest.
    """
    parse: Any = Stylesheet._parse_rules
    known: dict[object, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, *context: Any, **more: Any) -> list[RuleSet]:
        key = (css, context, *sorted(more.items()), *sorted(sheet._variables.items()))
        if key not in known:
            known[key] = parse(sheet, css, *context, **more)
        return known[key]

    def paint_later(
        compositor: Compositor,
        full: bool = False,  # noqa: FBT002
        screen_stack: list[AnyScreen[Any]] | None = None,
        simplify: bool = False,  # noqa: FBT002
    ) -> RenderableType | None:
        if full:
            return paint(compositor, full, screen_stack, simplify)
        return None  # what is to be painted stays noted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(Compositor, "render_update", paint_later)
        yield


@pytest.fixture
def fake_library() -> FakeLibrary:
    """Three short sources."""
    library = FakeLibrary()
    for number, ((path, title, language), passages) in enumerate(TEXTS.items(), 1):
        source = Source(
            id=f"s{number}",
            path=path,
            title=title,
            author="Li Wei; Ann Hall" if language == "en" else "李伟",
            publisher="The Hub Review",
            date=f"202{number}-0{number}-1{number}",
            language=language,
            url=f"https://example.org/{number}",
            passages=len(passages),
        )
        library.add(source, passages)
    return library


@pytest.fixture
def empty_library() -> FakeLibrary:
    """A library without sources."""
    return FakeLibrary()


@pytest.fixture
def make_app(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[FakeLibrary | Path | HubtuiError], HubtuiApp]:
    """Make the application on a made-up library, a real folder, or one that cannot be opened."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    # The pilot waits until the whole process is idle; the screen knows better when it is done.
    monkeypatch.setattr("textual.app.wait_for_idle", _no_wait)
    monkeypatch.setattr("textual.pilot.wait_for_idle", _no_wait)
    monkeypatch.delenv("COLORFGBG", raising=False)
    monkeypatch.setattr("hubtui.tui.app.first_time", lambda: False)

    def make(library: FakeLibrary | Path | HubtuiError) -> HubtuiApp:
        def opener(_folder: Path) -> Library:
            if isinstance(library, HubtuiError):
                raise library
            return cast("Library", library)

        if isinstance(library, Path):
            return HubtuiApp(library)
        return HubtuiApp(Path("/hubs"), opener)

    return make


@pytest.fixture
def open_screen(make_app: Callable[[FakeLibrary | Path | HubtuiError], HubtuiApp]) -> OpenScreen:
    """Open the screen on a library, with notifications and tooltips on."""

    @asynccontextmanager
    async def opened(
        library: FakeLibrary | Path | HubtuiError, size: tuple[int, int] = (120, 36), *, settle: bool = True
    ) -> AsyncIterator[Screen]:
        app = make_app(library)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            screen = Screen(app, pilot)
            if settle:
                await screen.settle()
            yield screen

    return opened
