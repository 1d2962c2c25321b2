"""Starts hubtui: the screen, or the command that the arguments name."""

import gc
import sys
from pathlib import Path

from hubtui.cli.main import run


def main() -> None:
    """Run hubtui with the arguments of this process and leave with its exit status."""
    sys.exit(run(sys.argv[1:], open_screen))


def open_screen(folder: Path) -> int:
    """Open the screen on the library in ``folder``; give the exit status."""
    # What is made before the first paint stays until the end: looking for garbage in it is a waste. The
    # screen turns the collector on again as soon as it is painted.
    gc.disable()
    from hubtui.tui.app import HubtuiApp  # noqa: PLC0415  # deferred: the commands never need Textual

    app = HubtuiApp(folder)
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    main()
