"""The looks: which one suits a terminal, and that each can be read."""

from collections.abc import Mapping
from typing import Any

import pytest
from textual.color import Color
from textual.theme import Theme

from hubtui.tui.themes import DARK, LIGHT, SIXTEEN_DARK, SIXTEEN_LIGHT, THEMES, theme_for


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, DARK),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, DARK),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, LIGHT),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;0"}, DARK),
        ({"TERM": "linux"}, SIXTEEN_DARK),
        ({"TERM": "rxvt", "COLORFGBG": "0;default;15"}, SIXTEEN_LIGHT),
        ({}, SIXTEEN_DARK),
    ],
)
def test_the_theme_suits_the_terminal(environ: Mapping[str, str], theme: Theme) -> None:
    assert theme_for(environ) is theme


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1."""

    def luminance(color: str) -> float:
        parts = [part / 255 for part in Color.parse(color).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    own, ground = theme.variables, str(theme.background)
    pairs = [
        (str(theme.foreground), ground),
        (str(theme.accent), ground),
        (str(theme.warning), ground),
        (str(theme.error), ground),
        (own["quiet"], ground),
        (own["quiet"], own["chosen-background"]),
        (own["quiet"], str(theme.panel)),
        (own["mention-foreground"], ground),
        (own["match-foreground"], own["match-background"]),
        (own["here-foreground"], own["here-background"]),
        (str(theme.foreground), own["chosen-background"]),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_screen_is_drawn_in_every_theme(open_screen: Any, fake_library: Any, theme: Theme) -> None:
    async with open_screen(fake_library) as screen:
        screen.app.theme = theme.name
        await screen.press("j", "enter", "?", "escape")
        assert "哈尔滨" in screen.text


async def test_other_themes_work_too(open_screen: Any, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        for name in ("nord", "textual-light", "ansi-dark"):
            screen.app.theme = name
            await screen.settle()
        assert "哈尔滨" in screen.text


def test_in_sixteen_colours_a_match_is_more_than_a_colour() -> None:
    for theme in (SIXTEEN_DARK, SIXTEEN_LIGHT):
        assert theme.variables["match-background"] != theme.variables["match-foreground"]
        assert theme.variables["here-background"] != theme.variables["here-foreground"]


async def test_sixteen_colours_are_the_terminal_s_own_from_the_first_paint(
    make_app: Any, fake_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    app = make_app(fake_library)
    async with app.run_test(size=(80, 24)):
        grounds = {
            segment.style.bgcolor.name
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.bgcolor
        }
    assert "default" in grounds
    assert not [name for name in grounds if name.startswith("#")]
