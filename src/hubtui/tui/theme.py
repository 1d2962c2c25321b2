"""hubtui's own looks: dark and light, each in full colour and in the terminal's own sixteen.

Textual's themes work too: what they do not say is mixed from what they do, so that it can be read.
"""

import os
from collections.abc import Mapping
from functools import lru_cache

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

LEGIBLE = 4.5
"""The least contrast of text and ground: WCAG 2.1, success criterion 1.4.3 (AA)."""

_DISTINCT = 1.3
"""The least contrast of the grounds of matches and of the cursor with the ground around them."""

DARK = Theme(
    name="hubtui-dark",
    dark=True,
    primary="#5fb3b3",
    accent="#5fb3b3",
    foreground="#d5d9e0",
    background="#15181d",
    surface="#15181d",
    panel="#1d2128",
    warning="#d9a441",
    error="#e67a7a",
    success="#87b874",
    variables={
        "quiet": "#8a93a3",
        "hairline": "#343b46",
        "here-background": "#2a4a50",
        "here-foreground": "#ffffff",
        "chosen-background": "#232a33",
        "match-background": "#5a4a17",
        "match-foreground": "#ffdf8a",
        "mention-foreground": "#8fd3d0",
    },
)

LIGHT = Theme(
    name="hubtui-light",
    dark=False,
    primary="#0b6e73",
    accent="#0b6e73",
    foreground="#23272d",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efede6",
    warning="#8f5b00",
    error="#b3332f",
    success="#3d7332",
    variables={
        "quiet": "#5d636c",
        "hairline": "#cfcabd",
        "here-background": "#c9e4e2",
        "here-foreground": "#0c1f21",
        "chosen-background": "#ebe8df",
        "match-background": "#ffe08a",
        "match-foreground": "#3b2d00",
        "mention-foreground": "#0b6e73",
    },
)


def _sixteen(name: str, *, dark: bool) -> Theme:
    accent = "ansi_cyan" if dark else "ansi_blue"
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=accent,
        accent=accent,
        secondary=accent,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        warning="ansi_yellow" if dark else "ansi_red",
        error="ansi_red",
        success="ansi_green",
        variables={
            **BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"].variables,
            "quiet": "ansi_white" if dark else "ansi_bright_black",
            "hairline": "ansi_bright_black" if dark else "ansi_white",
            "here-background": accent,
            "here-foreground": "ansi_black" if dark else "ansi_bright_white",
            "chosen-background": "ansi_default",
            "match-background": "ansi_yellow",
            "match-foreground": "ansi_black",
            "mention-foreground": accent,
        },
    )


SIXTEEN_DARK = _sixteen("hubtui-dark-16", dark=True)
SIXTEEN_LIGHT = _sixteen("hubtui-light-16", dark=False)

THEMES = (DARK, LIGHT, SIXTEEN_DARK, SIXTEEN_LIGHT)


def theme_for(environ: Mapping[str, str] = os.environ) -> Theme:
    """Return the theme that suits the terminal.

    ``COLORFGBG`` (``15;0``: foreground, background) tells a light background, where a terminal sets it;
    ``COLORTERM`` and ``TERM`` tell how many colours there are.
    """
    light = environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    colourful = environ.get("COLORTERM") in ("truecolor", "24bit") or any(
        part in environ.get("TERM", "") for part in ("256color", "truecolor", "direct", "kitty")
    )
    if colourful:
        return LIGHT if light else DARK
    return SIXTEEN_LIGHT if light else SIXTEEN_DARK


def variables_of(theme: Theme) -> Mapping[str, str]:
    """Return the colours that only hubtui's stylesheets name, in the shades of a theme."""
    if "match-background" in theme.variables:
        return theme.variables
    if theme.ansi:
        return (SIXTEEN_DARK if theme.dark else SIXTEEN_LIGHT).variables
    return _mixed(theme.name)


@lru_cache(maxsize=32)
def _mixed(name: str) -> Mapping[str, str]:
    theme = BUILTIN_THEMES[name]
    colours = {
        name: Color.parse(value)
        for name, value in theme.to_color_system().generate().items()
        if name in ("foreground", "background", "panel", "accent", "warning", "error")
    }
    ground, text, panel = colours["background"], colours["foreground"], colours["panel"]
    text = _legible(text, ground, panel, toward=ground.get_contrast_text(1.0))
    chosen = ground.blend(text, 0.08)
    here, match = (_distinct(colours[name], ground) for name in ("accent", "warning"))
    grounds = ground, panel, chosen
    return {
        "foreground": text.hex6,
        "quiet": _legible(ground.blend(text, 0.6), *grounds, toward=text).hex6,
        "hairline": ground.blend(text, 0.2).hex6,
        "here-background": here.hex6,
        "here-foreground": here.get_contrast_text(1.0).hex6,
        "chosen-background": chosen.hex6,
        "match-background": match.hex6,
        "match-foreground": match.get_contrast_text(1.0).hex6,
        **{
            name: _legible(colours[colour], *grounds, toward=text).hex6
            for name, colour in (
                ("accent", "accent"),
                ("warning", "warning"),
                ("error", "error"),
                ("mention-foreground", "accent"),
            )
        },
    }


def _legible(colour: Color, *grounds: Color, toward: Color) -> Color:
    """Mix a colour with another one until it can be read on all these grounds."""
    for share in range(0, 101, 5):
        mixed = colour.blend(toward, share / 100)
        if all(contrast(mixed, ground) >= LEGIBLE for ground in grounds):
            return mixed
    return toward


def _distinct(colour: Color, ground: Color) -> Color:
    """Mix a ground of its own for a stretch of text out of a colour and the ground around it."""
    shades = (ground.blend(colour, share / 100) for share in range(35, 100, 5))
    return next((shade for shade in shades if contrast(shade, ground) >= _DISTINCT), colour)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2.1 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = (part / 255 for part in colour.rgb)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
