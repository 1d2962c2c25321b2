"""The looks: which one suits a terminal, and that each can be read."""

from collections.abc import Mapping
from typing import Any

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from hubtui.tui.theme import (
    DARK,
    LEGIBLE,
    LIGHT,
    SIXTEEN_DARK,
    SIXTEEN_LIGHT,
    THEMES,
    contrast,
    theme_for,
    variables_of,
)


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


def pairs_of(theme: Theme) -> list[tuple[str, str]]:
    """Every text style of the stylesheets, with each ground it stands on."""
    own = {**theme.to_color_system().generate(), **theme.variables, **variables_of(theme)}
    grounds = ("background", "panel", "chosen-background")
    on_grounds = ("foreground", "quiet", "accent", "warning", "error", "mention-foreground")
    pairs = [(text, ground) for text in on_grounds for ground in grounds]
    pairs += [("here-foreground", "here-background"), ("match-foreground", "match-background")]
    return [(own[text], own[ground]) for text, ground in pairs]


COLOURFUL = [DARK, LIGHT, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]


@pytest.mark.parametrize("theme", COLOURFUL, ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    pairs = [(Color.parse(text), Color.parse(ground)) for text, ground in pairs_of(theme)]
    assert [(a.hex, b.hex) for a, b in pairs if contrast(a, b) < LEGIBLE] == []


@pytest.mark.parametrize("theme", COLOURFUL, ids=lambda theme: theme.name)
def test_a_match_and_the_cursor_stand_out_from_the_ground(theme: Theme) -> None:
    own = {**theme.to_color_system().generate(), **theme.variables, **variables_of(theme)}
    ground = Color.parse(own["background"])
    for over in ("match-background", "here-background"):
        assert contrast(Color.parse(own[over]), ground) >= 1.2, over


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == 21
    assert contrast(Color(255, 255, 255), Color(255, 255, 255)) == 1
    assert round(contrast(Color.parse("#777777"), Color.parse("#ffffff")), 2) == 4.48


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
