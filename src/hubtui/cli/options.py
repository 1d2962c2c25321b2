"""What several commands take, and the library they open with it."""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hubtui.cli.output import Written
from hubtui.cli.talk import detail, loudness, say
from hubtui.i18n import N_, _
from hubtui.paths import library_folder

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import SyncProgress, SyncReport

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

library_option: Decorator = click.option(
    "-L",
    "--library",
    type=click.Path(path_type=Path),
    envvar="HUBTUI_LIBRARY",
    help="The library's folder; by default the nearest one from here upwards.",
)
json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="JSON Lines in UTF-8, one object a row."
)
color_option: Decorator = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours and tables as on a terminal; by default when there is one.",
)


format_option: Decorator = click.option(
    "--format",
    "template",
    metavar="TEMPLATE",
    help=N_("Each row as a text with its JSON fields in braces: '{path}:{number} {text}'."),
)


def written_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how rows are written; the command gets them as ``written``."""

    @json_option
    @format_option
    @color_option
    @functools.wraps(command)
    def writing(*, as_json: bool, template: str | None, color: str, **options: Any) -> Any:  # noqa: ANN401  # click keeps the types
        return command(written=Written(as_json, template, color), **options)

    return writing


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which mentions count; the command gets them as ``view``, part of a query."""

    @click.option(
        "--direct", is_flag=True, help="Count mentions of a place itself alone, not of places in it."
    )
    @click.option(
        "--no-names", is_flag=True, help="Leave out mentions inside longer names (Peking University)."
    )
    @functools.wraps(command)
    def viewed(*, direct: bool, no_names: bool, **options: Any) -> Any:  # noqa: ANN401  # click keeps the types
        said = [word for word, on in (("direct", direct), ("plain", no_names)) if on]
        return command(view=f"mentions:{','.join(said)}" if said else "", **options)

    return viewed


@contextmanager
def opened_library(named: Path | None) -> Iterator["Library"]:
    """Open a library and bring it up to date; what went wrong on the way is said on standard error."""
    from hubtui.config import read_config  # noqa: PLC0415  # deferred with the library
    from hubtui.errors import IndexingError  # noqa: PLC0415  # see above
    from hubtui.library import Library  # noqa: PLC0415  # deferred: --help and --version need none

    config = read_config()
    for wrong in config.problems:
        say(f"hubtui: {_(wrong.title)}: {wrong.message} {wrong.remedy}".rstrip())
    with Library.open(library_folder(named), style=config.default_style) as library:
        detail(_("Library: {folder}").format(folder=library.paths.root))
        try:
            report = library.sync(progress_line())
        except IndexingError as error:
            say(f"hubtui: {_(error.title)}: {error.message} {error.remedy}".rstrip())
        else:
            detail(summary(report))
            if report.changed:
                for problem in report.problems:
                    say(f"hubtui: {problem.path or INDEX}: {problem.message}")
        yield library


INDEX = "index"
"""What stands for a path before a problem of the index itself."""


def summary(report: "SyncReport") -> str:
    """Say what a sync did."""
    return _(
        "{added} added, {updated} updated, {removed} removed, {unchanged} unchanged in {seconds:.1f} s"
    ).format(
        added=report.added,
        updated=report.updated,
        removed=report.removed,
        unchanged=report.unchanged,
        seconds=report.seconds,
    )


def progress_line() -> "Callable[[SyncProgress], None] | None":
    """Give what shows a sync's progress in one line of standard error; nothing off a terminal."""
    if not sys.stderr.isatty() or loudness() < 0:
        return None

    def show(progress: "SyncProgress") -> None:
        said = _("Indexing {done} of {total}").format(done=progress.done, total=progress.total)
        ending = "\r\x1b[K" if progress.done == progress.total else ""
        click.echo(f"\r\x1b[K{said}{ending}", nl=False, err=True)

    return show
