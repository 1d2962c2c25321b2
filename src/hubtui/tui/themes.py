"""hubtui's own looks: dark and light, each in full colour and in the terminal's own sixteen."""

import os
from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

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
    error="#e06c6c",
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
    """Give the theme that suits the terminal.

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
