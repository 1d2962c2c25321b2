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

from hubtui.text.cells import character_width
from hubtui.tui.app import HubtuiApp
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.themes import DARK

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "docs" / "images" / "screen.svg"
SIZE = (120, 36)
KEYS = ("j", "j", "enter")
"""The second city, and on to its passages."""

DEADLINE = 60.0
"""Seconds that indexing and answering may take."""

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_FONT_FAMILY = re.compile(r"font-family: (?!arial)[^;]+;")
_TEXT = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" ([^>]*)>([^<]*)</text>')
_CELL = 12.2
"""Width of a cell in Rich's drawing."""

_FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"


def standalone(svg: str) -> str:
    """Make Rich's drawing stand alone, with Chinese in its cells.

    Rich fetches a font from the web, and gives a text as many cells as it has characters. Here the
    machine's own fonts are used, and narrow and wide characters are set in runs of their exact width.
    """
    svg = _FONT_FAMILY.sub(f"font-family: {_FONTS};", _FONT_FACE.sub("", svg))
    return _TEXT.sub(lambda match: _in_cells(*match.groups()), svg)


def _in_cells(kind: str, x: str, y: str, rest: str, text: str) -> str:
    left, parts = float(x), []
    for cells, characters in groupby(html.unescape(text), character_width):
        run = "".join(characters)
        length = cells * len(run) * _CELL
        if run.strip("\xa0 ") and cells:
            parts.append(
                f'<text class="{kind}" x="{left:.1f}" y="{y}" textLength="{length:.1f}" {rest}>'
                f"{html.escape(run).replace(chr(0xA0), '&#160;')}</text>"
            )
        left += length
    return "".join(parts)


async def draw(seeds: Path) -> str:
    """Open the screen on a copy of ``seeds``, press the keys, and give what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "tech hubs"
        shutil.copytree(seeds, library / "seeds")
        app = HubtuiApp(library)
        app.theme = DARK.name
        async with app.run_test(size=SIZE) as pilot:
            deadline = time.monotonic() + DEADLINE
            screen = app.screen
            assert isinstance(screen, MainScreen)  # noqa: S101  # for the type checker
            for key in ("", *KEYS):
                if key:
                    await pilot.press(key)
                while time.monotonic() < deadline:
                    await pilot.pause(0.05)
                    if screen.settled:
                        break
            return standalone(app.export_screenshot(title="hubtui"))


def main() -> None:
    """Write the drawing."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(asyncio.run(draw(PROJECT / "seeds")), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
