"""Draw with ASCII on terminals that have nothing else, or that give two cells to drawing signs.

Everything the screen draws is made with the signs of Unicode. Where they cannot be shown, a filter over the
finished lines puts signs of ASCII, each one cell wide, in their place: in all widgets, Textual's own too.
"""

import locale
import sys
from collections.abc import Mapping

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

from hubtui.core.config import AUTO, Config
from hubtui.text.cells import DRAWN, character_width

_OWN = "╭╮╰╯─│▌█·…–¶×↓"
"""Some of what the screen draws and writes with; an encoding without one of them gets ASCII."""

_EAST_ASIAN = ("gb", "big5", "euc", "shift", "sjis", "johab", "cp932", "cp936", "cp949", "cp950", "iso2022")
"""How the names of encodings begin whose terminals give two cells to ambiguous signs."""

_ACROSS = "─━┄┅┈┉╌╍═╴╶╸╺╼╾▔▀"
_DOWN = "│┃┆┇┊┋╎╏║╵╷╹╻╽╿▏▎▍▌▐▕"
_LEVELS = dict(zip("▁▂▃▄▅▆▇█▉▊▋░▒▓", "_..-==####=:%#", strict=True))
_DRAWING: Mapping[str, str] = (
    {chr(code): "+" for code in DRAWN}
    | dict.fromkeys(_ACROSS, "-")
    | dict.fromkeys(_DOWN, "|")
    | {"╱": "/", "╲": "\\", "╳": "x", "▌": ">"}
    | _LEVELS
)
_WRITING: Mapping[str, str] = {
    pair[0]: pair[1]
    for pair in (
        '…~ ·- •* –- —- −- ×x ÷/ ¶# §# °o “" ”" „" ‘\' ’\' «< »> ←< →> ↑^ ↓v ↔- ▲^ ▼v ◀< ▶> △^ ▽v ◁< ▷> '
        "●* ○o ◆* ◇o ■# □o ★* ☆o ✓+ ✔+ ✗x ✘x ⏎< ␣_ ⭘o"
    ).split()
}


class AsciiFilter(LineFilter):
    """Replaces other signs by ASCII."""

    def __init__(self, *, writing: bool) -> None:
        """Draw with ASCII, and with ``writing`` also write with it."""
        super().__init__()
        # As wide as the sign it stands for is counted, which is settled before this.
        signs = {sign: plain.ljust(character_width(sign)) for sign, plain in _WRITING.items()}
        self._table = str.maketrans({**_DRAWING, **(signs if writing else {})})

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same line in ASCII signs."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(self.plain(segment.text), segment.style, segment.control)
            for segment in segments
        ]

    def plain(self, text: str) -> str:
        """Return a text in ASCII signs, each as wide as the one it stands for is counted."""
        return text.translate(self._table)


class _PlainScrollBar(ScrollBarRender):
    """A scroll bar of coloured cells alone, without parts of blocks at its ends."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def needs_ascii(config: Config) -> bool:
    """Whether the settings, or else the locale's encoding, ask for ASCII."""
    if config.ascii != AUTO:
        return bool(config.ascii)
    return not all(_can_encode(encoding) for encoding in _encodings())


def ambiguous_cells(config: Config) -> int:
    """Return how many cells the terminal gives to East Asian Ambiguous characters: 1 or 2."""
    if config.ambiguous_width != AUTO:
        return int(config.ambiguous_width)
    return 2 if locale.getencoding().lower().replace("-", "").startswith(_EAST_ASIAN) else 1


def sign_filter(config: Config) -> AsciiFilter | None:
    """Return the filter that the terminal needs, if any.

    A terminal that gives two cells to ambiguous signs would tear every frame apart.
    """
    if needs_ascii(config):
        return AsciiFilter(writing=True)
    return AsciiFilter(writing=False) if ambiguous_cells(config) == 2 else None


def draw_scroll_bars(*, plainly: bool) -> None:
    """Draw scroll bars with or without parts of blocks."""
    ScrollBar.renderer = _PlainScrollBar if plainly else ScrollBarRender


def _encodings() -> list[str]:
    stream = sys.__stderr__  # what Textual writes to
    return [locale.getencoding(), *([stream.encoding] if stream and stream.encoding else [])]


def _can_encode(encoding: str) -> bool:
    try:
        _OWN.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
