"""Keys that come all at once: each acts on what the screen shows when its turn comes, and none is lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tui.conftest import OpenScreen, Screen
from tests.tui.fake_clippings import KeepingLibrary, keeping
from tests.tui.fake_library import FakeLibrary

from hubtui.clippings.model import make_clipping
from hubtui.core.config import SETTINGS
from hubtui.core.models import Passage, Source
from hubtui.tui.dialogs.about import AboutDialog
from hubtui.tui.dialogs.export import ExportDialog
from hubtui.tui.dialogs.settings import SettingsDialog
from hubtui.tui.dialogs.text_dialogs import KeysDialog, ProblemsDialog
from hubtui.tui.screens.clippings import ClippingsScreen
from hubtui.tui.screens.compare import CompareScreen
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.session import CopyForm

ROW_OF = {setting.key: row for row, setting in enumerate(SETTINGS)}

Outcome = Callable[[Screen, KeepingLibrary, Path], object]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for answers however busy the machine is; a user would lose patience."""
    monkeypatch.setattr("hubtui.tui.app._PATIENCE", 30.0)


@pytest.fixture
def library(fake_library: FakeLibrary, tmp_path: Path) -> KeepingLibrary:
    """Three short sources, one with headings; a clipping of each, a saved search."""
    library = keeping(tmp_path, fake_library.listed, fake_library.texts)
    library.saved = {"cold": "winters", "warm": "cloud"}
    for number, source in enumerate(library.listed, 1):
        passage = library.texts[source.id][-1]
        made = make_clipping(source, passage, "gb7714-2025")
        library.kept.append(made._replace(id=f"c{number}", made=f"2026-03-0{number}T10:00:00Z"))
    return library


def kept(library: KeepingLibrary) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.id: (one.note, tuple(one.tags)) for one in library.clippings.find()}


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes()[:5] for file in folder.glob("out/*")}


BURSTS: dict[str, tuple[tuple[str, ...], Outcome]] = {
    "copy as: the style before the second next": (
        ("enter", "Y", "tab", "j", "j", "enter"),
        lambda screen, *_: (
            screen.app.session.copy_form == CopyForm("plain", "chicago-notes")
            and "[chicago-notes, plain]" in screen.copied[-1]
        ),
    ),
    "copy as: a format, and a style": (
        ("enter", "Y", "j", "tab", "j", "j", "y"),
        lambda screen, *_: "[chicago-notes, markdown]" in screen.copied[-1],
    ),
    "copy as, given up, then copied": (
        ("enter", "Y", "j", "escape", "y"),
        lambda screen, *_: screen.copied and "[" not in screen.copied[-1],
    ),
    "export: three formats on": (
        ("C", "E", "down", "down", "down", "enter"),
        lambda _screen, _library, folder: written(folder) == {"clippings.csv": b"\xef\xbb\xbfid"},
    ),
    "export: a name whose ending is another format's": (
        ("C", "E", "shift+tab", *["backspace"] * 12, *"a.csv", "enter"),
        lambda _screen, _library, folder: written(folder) == {"a.csv": b"\xef\xbb\xbfid"},
    ),
    "export: a name, then another format": (
        ("C", "E", "shift+tab", *["backspace"] * 12, *"a.md", "tab", *["down"] * 6, "enter"),
        lambda _screen, _library, folder: list(written(folder)) == ["a.json"],
    ),
    "export: divided": (
        ("C", "E", "down", "tab", "down", "down", "tab", *"x.html", "enter"),
        lambda _screen, _library, folder: list(written(folder)) == ["x.html"],
    ),
    "tags": (
        ("C", "t", *"cold, old", "enter"),
        lambda _screen, library, _: kept(library)["c3"] == ("", ("cold", "old")),
    ),
    "a note on the second, with a line of its own": (
        ("C", "j", "a", *"one", "ctrl+j", *"two", "enter", "j", "a", *"three", "enter"),
        lambda _screen, library, _: (
            kept(library) == {"c3": ("", ()), "c2": ("one\ntwo", ()), "c1": ("three", ())}
        ),
    ),
    "a note, given up": (
        ("C", "a", *"one", "escape", "t", "x", "enter"),
        lambda _screen, library, _: kept(library)["c3"] == ("", ("x",)),
    ),
    "two clippings removed, one taken back": (
        ("C", "x", "x", "u"),
        lambda _screen, library, _: list(kept(library)) == ["c2", "c1"],
    ),
    "clippings filtered, then the first one removed": (
        ("C", "/", *"servers", "enter", "x"),
        lambda _screen, library, _: list(kept(library)) == ["c2", "c1"],
    ),
    "clippings filtered to another, copied": (
        ("C", "/", *"winters", "enter", "y"),
        lambda screen, *_: screen.copied[-1].startswith("Winters remain long"),
    ),
    "a clipping read, and copied from its source": (
        ("C", "j", "j", "enter", "y"),
        lambda screen, *_: screen.focused == "reader" and screen.copied[-1].startswith("Winters"),
    ),
    "a saved search": (
        ("S", *"wa", "down", "enter"),
        lambda screen, *_: screen.query == "cloud",
    ),
    "a search saved": (
        ("/", *"city", "enter", "S", *"new", "enter"),
        lambda _screen, library, _: library.saved["new"] == "city",
    ),
    "a saved search removed": (
        ("S", "down", "delete", "delete", "enter"),
        lambda screen, library, _: "warm" not in library.saved and screen.query == "winters",
    ),
    "settings": (
        (",", *["j"] * ROW_OF["reduced_motion"], "right", "k", "j", "left", "right", "escape"),
        lambda screen, *_: (
            screen.app.config.reduced_motion is True and isinstance(screen.app.screen, MainScreen)
        ),
    ),
    "headings": (
        ("shift+tab", "G", "enter", "enter", "t", *"sec", "down", "enter", "y"),
        lambda screen, *_: screen.copied[-1].startswith("Under the second second."),
    ),
    "keys: a word": (
        ("?", *"copy as"),
        lambda screen, *_: (
            isinstance(screen.app.screen, KeysDialog)
            and getattr(screen.app.focused, "value", "") == "copy as"
        ),
    ),
    "palette: a command": (
        ("ctrl+p", *"settings", "enter", "j", "right"),
        lambda screen, *_: (
            isinstance(screen.app.screen, SettingsDialog) and screen.app.config.language == "en"
        ),
    ),
    "palette: the next of those found": (
        ("ctrl+p", *"copy", "down", "escape", "j"),
        lambda screen, *_: screen.query == "city:Harbin",
    ),
    "what is known": (
        ("enter", "i", "j", "j"),
        lambda screen, *_: isinstance(screen.app.screen, AboutDialog),
    ),
    "what is known, closed": (
        ("enter", "i", "escape", "j", "y"),
        lambda screen, *_: screen.copied[-1].startswith("The city rents out"),
    ),
    "problems": (("!", "j"), lambda screen, *_: isinstance(screen.app.screen, ProblemsDialog)),
    "a rejection": (
        ("j", "enter", "x", "s"),
        lambda _screen, library, _: [scope for *_, scope in library.rejected] == ["source"],
    ),
    "two cities compared": (
        ("v", *"har", "enter", *"gui", "enter"),
        lambda screen, *_: (
            [one._queries for one in screen.app.screen_stack if isinstance(one, CompareScreen)]
            == [["city:Harbin", "city:Guizhou"]]
        ),
    ),
    "find in the source": (
        ("enter", "enter", "f", *"city", "enter", "y"),
        lambda screen, *_: screen.copied[-1].startswith("The city rents out"),
    ),
    "find in the source, given up": (
        ("enter", "enter", "f", *"city", "escape", "y"),
        lambda screen, *_: screen.copied[-1].startswith("Cold air"),
    ),
    "the search line": (
        ("/", *"winters", "enter", "y"),
        lambda screen, *_: screen.copied[-1].startswith("Winters remain long"),
    ),
    "the search line: a completion": (
        ("/", *"city:gui", "tab", *"cloud", "enter", "y"),
        lambda screen, *_: screen.query == "city:Guizhou cloud" and screen.copied[-1].startswith("Guizhou"),
    ),
    "the search line, twice": (
        ("/", *"cloud", "escape", "/", *"servers", "enter", "<"),
        lambda screen, *_: screen.query == "cloud",
    ),
    "a way out of a dialog that goes on": (
        ("C", "E", "escape", "q", "j"),
        lambda screen, *_: screen.query == "city:Harbin",
    ),
    "a dialog from a dialog's screen": (
        ("C", "E", "tab"),
        lambda screen, *_: isinstance(screen.app.screen, ExportDialog) and screen.focused == "group",
    ),
}


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
@pytest.mark.parametrize("name", BURSTS)
async def test_a_burst_does_what_its_keys_say(
    open_screen: OpenScreen,
    library: KeepingLibrary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    *,
    at_once: bool,
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path / "config"))
    texts = ["Under the first.", "Under the second.", "Under the second second."]
    library.listed.append(Source("s9", "x.txt", "X", language="en", passages=3))
    library.texts["s9"] = tuple(
        Passage("s9", number, text, section)
        for number, (text, section) in enumerate(zip(texts, ("First", "Second", "Second b"), strict=True), 1)
    )
    keys, holds = BURSTS[name]
    async with open_screen(library) as screen:
        await (screen.burst if at_once else screen.press)(*keys)
        assert holds(screen, library, tmp_path), (screen.copied[-1:], screen.query, screen.text)


async def test_keys_do_not_wait_for_ever(
    open_screen: OpenScreen, library: KeepingLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubtui.tui.app._PATIENCE", 0.3)
    go_on = threading.Event()
    async with open_screen(library) as screen:
        find = library.clippings.find
        library.clippings.find = lambda *a, **k: (go_on.wait(30), find(*a, **k))[1]  # type: ignore[method-assign]
        screen.send("C", "escape", "j")
        await screen.until(lambda: screen.query == "city:Harbin")
        assert not isinstance(screen.app.screen, ClippingsScreen)
        go_on.set()
