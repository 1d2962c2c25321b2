"""Start hubtui: the screen, or the command that the arguments name."""

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Run hubtui with the arguments of this process and leave with its exit status."""
    # Numpy would start a thread a processor for linear algebra, of which there is none here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from hubtui.cli.run import run  # here, so that Ctrl+C is silent while it loads

        status = run(sys.argv[1:], open_screen)
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def open_screen(folder: "Path", *, tour: bool = False, query: str = "") -> int:
    """Open the screen on the library in ``folder``, with a query, or the tour of it; return the exit status.

    Raises:
        TerminalError: There is no terminal, or one that cannot show it.
        FaultError: It ended by a fault, which is logged.
    """
    from hubtui.core.terminal import check_terminal  # deferred: the commands need no screen

    check_terminal()
    # What is made until the library is at hand stays until the end: looking for garbage in it is a waste.
    # The keeper turns the collector on again.
    gc.disable()
    from hubtui.tui.app import HubtuiApp  # deferred: the commands never need Textual

    app = HubtuiApp(folder, tour=tour, query=query)
    try:
        app.run()
    except Exception as error:  # noqa: BLE001  # the terminal is the user's again: not a traceback on it
        app.crash = error
    if app.crash is not None:
        from hubtui.tui.faults import crashed  # deferred: it need not happen

        raise crashed(app.crash, app.config.log_level)
    return app.return_code or 0


if __name__ == "__main__":
    main()
