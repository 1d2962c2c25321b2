"""Draws docs/images/screen.svg: the real screen, 120 × 36, on a copy of the sources in seeds/.

Run it from anywhere: python tools/screenshot.py [FILE.svg]
"""

import asyncio
import html
import re
import shutil
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

from hubtui.library import Library
from hubtui.text.cells import character_width
from hubtui.tui.app import HubtuiApp
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.theme import DARK

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "docs" / "images" / "screen.svg"
SIZE = (120, 36)
KEYS = ("j", "j", "enter", *"nnnnnnnn")
"""The second city, on to its passages, and to one in Chinese."""

DEADLINE = 60.0
"""Seconds that indexing and answering may take."""

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_FONT_FAMILY = re.compile(r"font-family: (?!arial)[^;]+;")
_TEXT = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" ([^>]*)>([^<]*)</text>')
_CELL = 12.2
"""Width of a cell in Rich's drawing, whose letters are 20 high."""
_INSET = _CELL - 20 / 2

_FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"


def standalone(svg: str) -> str:
    """Make Rich's drawing stand alone, with Chinese in its cells.

    Rich fetches a font from the web, and gives a text as many cells as it has characters. Here the
    machine's own fonts are used, and narrow and wide characters are set where their cells are.
    """
    svg = _FONT_FAMILY.sub(f"font-family: {_FONTS};", _FONT_FACE.sub("", svg))
    return _TEXT.sub(lambda match: _in_cells(*match.groups()), svg)


def _in_cells(kind: str, x: str, y: str, rest: str, text: str) -> str:
    left, parts = float(x), []
    for cells, characters in groupby(html.unescape(text), character_width):
        run = "".join(characters)
        length = cells * len(run) * _CELL
        if cells == 2:
            # A wide character in the middle of its two cells, whatever the font makes of it.
            places = " ".join(f"{left + _INSET + 2 * _CELL * index:.1f}" for index in range(len(run)))
            parts.append(f'<text class="{kind}" x="{places}" y="{y}" {rest}>{html.escape(run)}</text>')
        elif cells == 1 and run.strip("\xa0 "):
            shown = html.escape(run).replace("\xa0", "&#160;")
            at = f'x="{left:.1f}" y="{y}" textLength="{length:.1f}"'
            parts.append(f'<text class="{kind}" {at} {rest}>{shown}</text>')
        left += length
    return "".join(parts)


async def draw(seeds: Path) -> str:
    """Open the screen on a copy of ``seeds``, press the keys, and give what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "tech hubs"
        shutil.copytree(seeds, library / "seeds")
        with Library.open(library) as opened:
            opened.sync()
        app = HubtuiApp(library)
        app.theme = DARK.name
        async with app.run_test(size=SIZE) as pilot:
            deadline = time.monotonic() + DEADLINE
            screen = app.screen
            assert isinstance(screen, MainScreen)  # noqa: S101  # for the type checker
            for key in ("", *KEYS):
                if key:
                    await pilot.press(key)
                await pilot.pause()
                while not screen.settled and time.monotonic() < deadline:
                    await pilot.pause(0.05)
                await pilot.pause(0.2)
            return standalone(app.export_screenshot(title="hubtui"))


def main() -> None:
    """Write the drawing."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(asyncio.run(draw(PROJECT / "seeds")), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
