"""Random bursts of keys to the dialogs that change something: each does what a model of it says."""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.attack.scale import Scale
from tests.tui.conftest import Screen, make_app, open_screen, quick_textual
from tests.tui.fake_clippings import KeepingLibrary, keeping

from hubtui.citation.quotations import COPY_FORMATS
from hubtui.citation.styles import styles
from hubtui.clippings.export import EXPORT_FORMATS
from hubtui.clippings.model import make_clipping
from hubtui.core.config import SETTINGS
from hubtui.core.models import Passage, Source
from hubtui.tui.session import CopyForm

__all__ = ["make_app", "open_screen", "quick_textual"]

Open = Callable[..., AbstractAsyncContextManager[Screen]]
Keys = list[str]
Burst = tuple[Keys, Callable[[], bool]]
"""Keys, and whether what they did is what the model says."""

LETTERS = "abcdefgh"
HEADINGS = ("Abc", "Bad", "Cab", "Dab", "Ebb", "Fab", "Gab")


@dataclass
class Line:
    """A line of text with the cursor at its end."""

    text: str = ""

    def press(self, key: str) -> None:
        if key == "backspace":
            self.text = self.text[:-1]
        elif len(key) == 1:
            self.text += key


@dataclass
class Rows:
    """A cursor in a list."""

    count: int
    at: int = 0

    def press(self, key: str) -> bool:
        """Move; whether the cursor is on another row."""
        before = self.at
        step = {"down": 1, "j": 1, "up": -1, "k": -1}.get(key, 0)
        self.at = max(0, min(self.at + step, self.count - 1))
        return self.at != before


def some(rng: random.Random, keys: Sequence[str], most: int = 12) -> Keys:
    return rng.choices(keys, k=rng.randrange(most))


def copy_as(rng: random.Random, screen: Screen) -> Burst:
    """Model the dialog for copying: two lists, of which the second is the style's own until it is used."""
    ids, formats = [one.id for one in styles()], [one.id for one in COPY_FORMATS]
    form = screen.app.session.copy_form
    lists = [Rows(len(formats), formats.index(form.format)), Rows(len(ids), ids.index(form.style or "apa"))]
    style, here = form.style, 0
    keys = some(rng, ("j", "k", "down", "up", "tab", "l", "h", "space", "b"))
    for key in keys:
        if key in ("tab", "l", "h"):
            here = 1 - here
        elif lists[here].press(key) and here:
            style = ids[lists[1].at]
    ends = rng.choice(("enter", "y", "escape"))
    wanted = form if ends == "escape" else CopyForm(formats[lists[0].at], style)
    copied = len(screen.copied) + (ends != "escape")
    return ["Y", *keys, ends], lambda: screen.app.session.copy_form == wanted and len(screen.copied) == copied


ENDINGS = list(EXPORT_FORMATS.values())
DOCUMENTS = (".md", ".html", ".docx")


@dataclass
class ExportModel:
    """Two lists and a name, whose ending always is that of the format."""

    format: Rows = field(default_factory=lambda: Rows(len(ENDINGS)))
    name: Line = field(default_factory=lambda: Line("clippings.md"))
    proposed: str = "clippings.md"
    field: int = 0
    selected: bool = False

    @property
    def ending(self) -> str:
        return ENDINGS[self.format.at]

    def press(self, key: str) -> None:
        if key in ("tab", "shift+tab"):
            stops = [0, 1, 2] if self.ending in DOCUMENTS else [0, 2]
            self.field = stops[(stops.index(self.field) + (1 if key == "tab" else -1)) % len(stops)]
            self.selected = self.field == 2
        elif self.field == 2:
            self._type(key)
        elif self.field == 0 and self.format.press(key):
            self._follow()

    def _type(self, key: str) -> None:
        if self.selected and self.name.text:
            self.name.text = ""
            key = "" if key == "backspace" else key
        self.selected = False
        self.name.press(key)
        if self.name.text != self.proposed and (ending := Path(self.name.text).suffix) in ENDINGS:
            self.format.at = ENDINGS.index(ending)

    def _follow(self) -> None:
        suffix = Path(self.name.text).suffix
        if self.name.text == self.proposed:
            self.proposed = self.name.text = f"clippings{self.ending}"
        elif suffix in ENDINGS and suffix != self.ending:
            self.name.text = self.name.text[: -len(suffix)] + self.ending


def export(rng: random.Random, screen: Screen) -> Burst:
    """Model the dialog for exports."""
    del screen
    for old in Path().iterdir():
        old.unlink()
    model, keys = ExportModel(), []
    for _ in range(rng.randrange(14)):
        typed = [rng.choice(LETTERS)], ["."], ["backspace"], [*rng.choice(ENDINGS)]
        moves = ["tab"], ["shift+tab"]
        for key in rng.choice([*moves, *(typed if model.field == 2 else (["down"], ["up"]))]):
            keys.append(key)
            model.press(key)
    name = model.name.text
    ends = "escape" if model.ending == ".docx" or not name.strip(".") else "enter"
    made = [name] if ends == "enter" else []
    begins = {".csv": b"\xef\xbb\xbfid,", ".html": b"<!doctype html", ".json": b"["}.get(model.ending, b"")

    def right() -> bool:
        files = list(Path().iterdir())
        return [file.name for file in files] == made and all(
            file.read_bytes().lower().startswith(begins) for file in files
        )

    return ["E", *keys, ends], right


def annotation(rng: random.Random, screen: Screen, library: KeepingLibrary) -> Burst:
    """Model the dialog for a note: text, and lines of it."""
    before = library.clippings.find()[0]
    text = Line(before.note)
    keys = some(rng, [*LETTERS, "backspace", "ctrl+j"], 20)
    for key in keys:
        text.press("\n" if key == "ctrl+j" else key)
    ends = rng.choice(("enter", "enter", "escape"))
    wanted = before.annotated(text.text, None).note if ends == "enter" else before.note
    return ["a", *keys, ends], lambda: library.clippings.find()[0].note == wanted and bool(screen.app)


def settings(rng: random.Random, screen: Screen) -> Burst:
    """Model the settings: rows, each with a ring of values."""
    rows, config = Rows(len(SETTINGS)), screen.app.config
    keys: Keys = []
    for key in some(rng, ("j", "k", "down", "up", "right", "left", "l", "h", "space")):
        setting = SETTINGS[rows.at]
        turn = {"right": 1, "l": 1, "space": 1, "left": -1, "h": -1}.get(key, 0)
        if turn and setting.key in ("theme", "ambiguous_width", "ascii"):
            continue  # they lay everything out anew, which takes long and is the same kind of key
        keys.append(key)
        if turn:
            now, values = config.value(setting.key), setting.values
            at = next((n for n, one in enumerate(values) if one == now and type(one) is type(now)), 0)
            changed = {setting.key: values[(at + turn) % len(values)]}
            config = replace(config, **changed)  # type: ignore[arg-type]  # each has its own type
        else:
            rows.press(key)
    return [",", *keys, "escape"], lambda: all(
        screen.app.config.value(one.key) == config.value(one.key) for one in SETTINGS
    )


def headings(rng: random.Random, screen: Screen) -> Burst:
    """Model the headings: a filter, and a cursor in what it leaves."""
    reader = screen.main.reading.reader
    here = reader.index
    line, rows, left = Line(), Rows(len(HEADINGS), here), list(range(len(HEADINGS)))
    keys = some(rng, [*"abcde", "backspace", "down", "up", "down"], 8)
    for key in keys:
        before = line.text
        line.press(key)
        if line.text != before:
            left = [n for n, one in enumerate(HEADINGS) if line.text in one.casefold()]
            rows = Rows(len(left), 0 if line.text else here)
        else:
            rows.press(key)
    ends = rng.choice(("enter", "escape"))
    wanted = left[rows.at] if ends == "enter" and left else here
    return ["t", *keys, ends], lambda: reader.index == wanted


@dataclass
class SearchesModel:
    """A name to save under or to find, and two presses to remove."""

    saved: dict[str, str]
    query: str
    line: Line = field(default_factory=Line)
    doomed: str = ""

    def __post_init__(self) -> None:
        self._fill()

    def _fill(self) -> None:
        words = self.line.text.split()
        found = (name for name in self.saved if all(word in f"{name} {self.saved[name]}" for word in words))
        self.found, self.new = sorted(found), self.line.text.strip() if self.query.strip() else ""
        others = self.new and self.found and self.found[0] != self.new
        self.rows, self.doomed = Rows(len(self.found) + bool(self.new), 1 if others else 0), ""

    @property
    def chosen(self) -> str:
        at = self.rows.at - bool(self.new)
        return self.found[at] if self.rows.count and at >= 0 else ""

    def press(self, key: str) -> None:
        if key == "delete" and self.chosen and self.doomed == self.chosen:
            del self.saved[self.chosen]
            self._fill()
        elif key == "delete":
            self.doomed = self.chosen or self.doomed
        elif key in ("down", "up"):
            self.doomed = "" if self.rows.press(key) else self.doomed
        else:
            before = self.line.text
            self.line.press(key)
            if self.line.text != before:
                self._fill()


def searches(rng: random.Random, screen: Screen, library: KeepingLibrary) -> Burst:
    """Model the saved searches."""
    model = SearchesModel(dict(library.saved), screen.query)
    keys = some(rng, [*"abc", "backspace", "down", "up", "delete", "delete"], 12)
    for key in keys:
        model.press(key)
    ends = rng.choice(("enter", "escape")) if model.rows.count else "escape"
    if ends == "enter" and model.chosen:
        model.query = model.saved[model.chosen]
    elif ends == "enter":
        model.saved[model.new] = model.query.strip()
    return ["S", *keys, ends], lambda: library.saved == model.saved and screen.query == model.query


@dataclass
class Dialogs:
    """What the bursts go to, with the keys that lead there from the main screen."""

    library: KeepingLibrary
    ways: dict[str, tuple[Keys, Callable[..., Burst]]] = field(init=False)

    def __post_init__(self) -> None:
        self.ways = {
            "copy as": (["enter"], copy_as),
            "export": (["C"], export),
            "annotation": (["C"], lambda rng, screen: annotation(rng, screen, self.library)),
            "settings": ([], settings),
            "headings": (["shift+tab", "G", "enter", "enter"], headings),
            "searches": (
                ["/", "c", "enter"],
                lambda rng, screen: searches(rng, screen, self.library),
            ),
        }


NAMES = ("copy as", "export", "annotation", "settings", "headings", "searches")


@pytest.mark.parametrize("name", NAMES)
async def test_random_bursts_do_what_the_model_says(
    open_screen: Open,  # the fixture
    fake_library: KeepingLibrary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scale: Scale,
    *,
    name: str,
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path / "config"))
    keys, model = Dialogs(fake_library).ways[name]
    async with open_screen(fake_library) as screen:
        await screen.press(*keys)
        for seed in range(scale.bursts // len(NAMES)):
            burst, holds = model(random.Random(f"{name} {seed}"), screen)
            await screen.burst(*burst)
            assert holds(), (seed, burst, screen.copied[-1:], screen.query, screen.text)


@pytest.fixture
def fake_library(tmp_path: Path) -> KeepingLibrary:
    """A source with headings, a clipping, some saved searches."""
    library = keeping(tmp_path)
    library.add(Source("s1", "a.txt", "A", language="en", passages=1), ["A cab in Harbin."])
    library.listed.append(Source("s2", "b.txt", "B", language="en", passages=len(HEADINGS)))
    library.texts["s2"] = tuple(
        Passage("s2", number, f"A cab under {heading}.", heading)
        for number, heading in enumerate(HEADINGS, 1)
    )
    library.kept.append(make_clipping(library.listed[0], library.texts["s1"][0], "gb7714-2025"))
    library.saved = {"abc": "c", "bad": "cab", "cab": "harbin", "a b": "under"}
    return library
