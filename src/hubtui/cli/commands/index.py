"""``hubtui index``: bring the index up to date."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.options import INDEX, library_option, progress_line, summary
from hubtui.core.i18n import _
from hubtui.core.paths import library_folder

if TYPE_CHECKING:
    from hubtui.core.models import SyncReport
    from hubtui.library import Library


@click.command(epilog="Example:  hubtui index --watch")
@library_option
@click.option("--rebuild", is_flag=True, help="Forget the index and read every source again.")
@click.option("--watch", is_flag=True, help="Go on: index whenever a source changes, until Ctrl+C.")
def command(*, library: Path | None, rebuild: bool, watch: bool) -> None:
    """Index what is new, changed or gone, and list what cannot be read."""
    from hubtui.library import Library  # deferred: --help needs none of it

    with Library.open(library_folder(library)) as opened:
        _tell(opened, opened.sync(progress_line(), rebuild=rebuild))
        if watch:
            say(_("Watching {folder}; press Ctrl+C to stop.").format(folder=opened.paths.seeds))
            for report in opened.index.watch(threading.Event()):
                _tell(opened, report)


def _tell(library: "Library", report: "SyncReport") -> None:
    notes = [problem for problem in report.problems if not problem.path]
    for problem in (*notes, *library.index.problems()):
        say(f"{problem.path or INDEX}: {problem.message}")
    say(summary(report))
