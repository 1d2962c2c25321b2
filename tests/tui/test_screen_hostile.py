"""Text from sources is shown as text: never markup, never a control code, never a crash."""

from collections.abc import Callable
from typing import Any

import pytest

from hubtui.errors import HubtuiError
from hubtui.model import Problem, Source
from hubtui.text.cells import printable

Open = Callable[..., Any]

HOSTILE = {
    "brackets": "[A]",
    "closing": "[/]",
    "markup": "[bold red]x[/bold red]",
    "click": "[@click=app.quit]x[/]",
    "escape": "\x1b[2J\x1b]0;title\x07\x1b[31mx",
    "bell": "x\x07\x08\x00y",
    "override": "\u202ereversed\u202c \u2066isolated\u2069",
    "newlines": "one\ntwo\r\nthree\u2028four",
    "tab": "a\tb",
    "backslash": "\\[A\\]",
    "variable": "$accent {x} %s",
    "emoji": "👨\u200d👩\u200d👧 ❤\ufe0f 🇨🇳",
    "rtl": "שלום عليكم",
    "surrogate": "\ud800x",
}
FORBIDDEN = {
    chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def hostile_source(text: str) -> Source:
    return Source("s1", "p.txt", title=text, author=text, publisher=text, date=text, language=text, url=text)


@pytest.mark.parametrize(
    ("text", "size"),
    [*((text, (120, 36)) for text in HOSTILE.values()), (" ".join(HOSTILE.values()), (60, 20))],
    ids=[*HOSTILE, "all-in-one-column"],
)
async def test_hostile_text_is_text_in_every_widget(
    open_screen: Open, empty_library: Any, text: str, size: tuple[int, int]
) -> None:
    empty_library.name = text
    empty_library.notes = (text,)
    empty_library.troubles = (Problem(text, text),)
    empty_library.add(hostile_source(text), [f"Harbin {text}", text], section=text)
    async with open_screen(empty_library, size) as screen:
        seen = [screen.text]
        await screen.press("j", "enter")
        seen.append(screen.text)
        await screen.press("enter")
        seen.append(screen.text)
        await screen.pilot.hover("#reader", offset=(6, 4))
        await screen.press("!")
        seen.append(screen.text)
        await screen.press("escape")
        screen.app.notify(screen.main.query_one("#reader").border_title or "", markup=False)
        await screen.type(text.replace("\n", " "))
        seen.append(screen.text)
        await screen.press("y", "/", "end")
        seen.append(screen.text)
        for picture in seen:
            for line in picture.splitlines():
                assert not FORBIDDEN & set(line)
        whole = printable(text.splitlines()[0])
        assert whole[:12] in seen[0] or whole[:12] in seen[1]
        assert screen.app.is_running


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_ten_thousand_combining_marks(
    open_screen: Open, empty_library: Any, size: tuple[int, int]
) -> None:
    text = "z" + "\u0301" * 10_000
    empty_library.add(hostile_source(text), [f"Harbin {text} end"], section=text)
    async with open_screen(empty_library, size) as screen:
        await screen.press("j", "enter", "enter")
        assert len(screen.text) < 20_000
        assert "end" in screen.text
        await screen.type(text)
        assert screen.app.is_running


async def test_an_error_with_hostile_text(open_screen: Open, empty_library: Any) -> None:
    error = HubtuiError("[/] \x1b[31m[@click=app.quit]x[/]", "[A]")
    async with open_screen(error, settle=False) as screen:
        await screen.sees("[/] [31m[@click=app.quit]x[/]", "[A]")
    assert empty_library.closed is False


async def test_what_is_copied_is_the_text_as_stored(open_screen: Open, empty_library: Any) -> None:
    text = "Harbin [A]\t[/] e\u0301\u200d《x》\nline two"
    empty_library.add(Source("s1", "p.txt", "T"), [text])
    async with open_screen(empty_library) as screen:
        await screen.press("y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [f"{text}\n\nT. ¶1."]
