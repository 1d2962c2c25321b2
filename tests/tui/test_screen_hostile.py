"""Text from sources is shown as text: never markup, never a control code, never a crash."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.tui.fake_analysis import analysed
from tests.tui.fake_clippings import KeepingLibrary, keeping

from hubtui.analysis.collocates import Collocate, Collocates
from hubtui.clippings.model import make_clipping
from hubtui.core.errors import HubtuiError
from hubtui.core.models import Diagnostic, Problem, Source
from hubtui.search.completion import Choice
from hubtui.text.cells import printable, width
from hubtui.tui.dialogs.text_dialogs import ErrorDialog

Open = Callable[..., Any]

MARKS = "z" + "\u0301" * 10_000
OTHERS = (
    "x\x07\x08\x00y",
    "one\ntwo\r\nthree\u2028four",
    "a\tb",
    "\\[A\\]",
    "$accent {x} %s",
    "👨\u200d👩\u200d👧 ❤\ufe0f 🇨🇳",
    "שלום عليكم",
)
HOSTILE = {
    "markup": "[A] [/] [@click=app.quit]x[/]",
    "codes": "\x1b[2J\x1b]0;title\x07\x1b[31mx \u202ereversed\u202c \u2066isolated\u2069",
    "marks": MARKS,
    "others": " ".join(OTHERS),
}
FORBIDDEN = {
    chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def hostile_library(folder: Path, text: str) -> KeepingLibrary:
    """Make a library in which everything that is not hubtui's own words is ``text``."""
    library: Any = analysed(keeping(folder))
    said: dict[str, Any] = dict.fromkeys(("title", "author", "publisher", "date", "language", "url"), text)
    source = Source("s1", "p.txt", **said)
    library.add(source, [f"Harbin {text} Guizhou", text, f"Guizhou {text}"], section=text)
    library.name = text
    library.notes, library.remarks = (text,), (Diagnostic("added", text), Diagnostic("meant", text, text))
    library.troubles = (Problem(text, text),)
    library.saved = {text: text}
    library.queries.complete = lambda query, _at: [Choice(text, text, text, 3)] if query else []
    library.analysis.collocates = lambda _query: Collocates((Collocate(text, 3, 2, 9, 12.0),), 5, 3, 3, 5)
    made = make_clipping(source, library.texts["s1"][0], "apa")
    library.kept.append(made._replace(note=text, tags=(text,), query=text, highlights=((0, 6),)))
    kept: KeepingLibrary = library
    return kept


class Walk:
    """Goes through the screens and looks at each."""

    def __init__(self, screen: Any, cells: int) -> None:
        self._screen = screen
        self._cells = cells
        self.seen: list[str] = []

    async def to(self, expected: str, *keys: str) -> None:
        """Press keys, and look at the screen that is there then: what it shows is text, and fits."""
        await self._screen.press(*keys)
        assert type(self._screen.app.screen).__name__ == expected
        for line in self._screen.lines:
            assert not FORBIDDEN & set(line), repr(line)
            # An editor keeps the joiners of its text, and terminals differ about their width.
            assert width(line) == self._cells or expected == "AnnotationDialog"
        self.seen.append(self._screen.text)


@pytest.mark.parametrize(
    ("text", "size"),
    [*((text, (120, 36)) for text in HOSTILE.values()), (" ".join(HOSTILE.values()), (60, 20))],
    ids=[*HOSTILE, "all-in-one-column"],
)
async def test_hostile_text_is_text_on_every_screen(
    open_screen: Open, tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    async with open_screen(hostile_library(tmp_path, text), size) as screen:
        walk = Walk(screen, size[0])
        await walk.to("MainScreen")
        await walk.to("MainScreen", "j", "enter")
        await walk.to("AboutDialog", "i")
        await walk.to("MainScreen", "escape", "enter")
        await screen.pilot.hover("#reader", offset=(6, 4))
        screen.app.notify(screen.main.query_one("#reader").border_title or "", markup=False)
        await walk.to("HeadingsDialog", "t")
        await walk.to("MainScreen", "escape", "m", "c")
        await walk.to("CopyDialog", "Y")
        await walk.to("ProblemsDialog", "escape", "!")
        await walk.to("SearchesDialog", "escape", "S")
        await walk.to("ClippingsScreen", "escape", "C")
        await walk.to("AnnotationDialog", "a")
        await walk.to("AnnotationDialog", "escape", "t")
        await walk.to("ClippingsScreen", "escape")
        await walk.to("ConcordanceScreen", "escape", "w")
        await walk.to("ConcordanceScreen", "tab")
        await walk.to("CompanionDialog", "escape", "escape", "v", "[", "/", "]")
        await walk.to("CompareScreen", "enter")
        await walk.to("CompareScreen", "tab", "tab")
        await walk.to("MainScreen", "escape", "/")
        await screen.type(text.replace("\n", " "))
        await walk.to("MainScreen", "end")
        await walk.to("MainScreen", "escape", "y", "f", "[", "/", "]")
        whole = printable(text.splitlines()[0])
        assert sum(whole[:12] in picture for picture in walk.seen) >= len(walk.seen) // 2
        assert all(len(picture) < 20_000 for picture in walk.seen)
        assert screen.app.is_running


async def test_what_no_encoding_has_does_not_end_it(open_screen: Open, empty_library: Any) -> None:
    text = "Harbin \ud800x"
    empty_library.add(Source("s1", text, text, text), [text], section=text)
    async with open_screen(empty_library) as screen:
        walk = Walk(screen, 120)
        await walk.to("MainScreen", "j", "enter", "enter")
        await screen.type(text)
        await walk.to("MainScreen")
        assert "\ud800" not in "".join(walk.seen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_faults_are_only_shown(open_screen: Open, fake_library: Any, text: str) -> None:
    class HostileError(HubtuiError):
        title = text

    async with open_screen(fake_library, (80, 24)) as screen:
        screen.app.push_screen(ErrorDialog(HostileError(text, text)))
        walk = Walk(screen, 80)
        await walk.to("ErrorDialog", "j", "k", "y")
        await screen.until(lambda: bool(screen.copied))
        assert text in screen.copied[0]
        await walk.to("MainScreen", "escape")


async def test_a_library_that_cannot_be_opened_for_a_hostile_reason(open_screen: Open) -> None:
    async with open_screen(HubtuiError("[/] \x1b[31m[@click=app.quit]x[/]", "[A]"), settle=False) as screen:
        await screen.sees("[/] [31m[@click=app.quit]x[/]", "[A]")


async def test_what_is_copied_is_the_text_as_stored(open_screen: Open, empty_library: Any) -> None:
    text = "Harbin [A]\t[/] e\u0301\u200d《x》\nline two"
    empty_library.add(Source("s1", "p.txt", "T"), [text])
    async with open_screen(empty_library) as screen:
        await screen.press("y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [f"{text}\n\nT. ¶1."]
