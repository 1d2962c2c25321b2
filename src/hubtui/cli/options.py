"""Options and arguments that several commands share, and the library they open."""

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from hubtui.cli.console import detail, loudness, say
from hubtui.cli.output import Written
from hubtui.core.i18n import N_, _
from hubtui.core.paths import library_folder
from hubtui.core.terminal import moves_cursor

if TYPE_CHECKING:
    from io import BufferedReader

    from hubtui.core.models import Passage, Source, SyncProgress, SyncReport
    from hubtui.library import Library

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _named_anywhere(context: click.Context, _parameter: click.Parameter, named: Path | None) -> Path | None:
    """Return the folder that is named after the command, else the one before it."""
    return context.find_root().params.get("library") if named is None else named


library_option: Decorator = click.option(
    "-L",
    "--library",
    type=click.Path(path_type=Path),
    callback=_named_anywhere,
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
    def writing(
        *, as_json: bool, template: str | None, color: str, **options: Any
    ) -> Any:  # click keeps the types
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
    def viewed(*, direct: bool, no_names: bool, **options: Any) -> Any:  # click keeps the types
        views = [word for word, on in (("direct", direct), ("plain", no_names)) if on]
        return command(view=f"mentions:{','.join(views)}" if views else "", **options)

    return viewed


@contextmanager
def opened_library(named: Path | None) -> Iterator["Library"]:
    """Open a library and bring it up to date; what went wrong on the way is said on standard error."""
    from hubtui.core.config import read_config  # deferred with the library
    from hubtui.core.errors import IndexingError  # see above
    from hubtui.library import Library  # deferred: --help and --version need none

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
    """Summarize a sync in a line."""
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
    """Return a function that shows a sync's progress on standard error.

    ``None`` where nobody sees it, or the terminal cannot write a line over.
    """
    if not sys.stderr.isatty() or loudness() < 0 or not moves_cursor():
        return None

    def show(progress: "SyncProgress") -> None:
        line = _("Indexing {done} of {total}").format(done=progress.done, total=progress.total)
        ending = "\r\x1b[K" if progress.done == progress.total else ""
        sys.stderr.write(f"\r\x1b[K{line}{ending}")
        sys.stderr.flush()

    return show


_CHUNK = 1 << 16

null_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "-0",
    "--null",
    is_flag=True,
    help=N_("Items on standard input are separated by NUL, not by line ends."),
)


def listed(*, null: bool) -> Iterator[str]:
    """Yield the items of the list on standard input without the empty ones, each as soon as it is there.

    Bytes that are no UTF-8 stay as they are on their way to the file system.
    """
    if sys.stdin is None:
        return
    stream = cast("BufferedReader", sys.stdin.buffer)
    items = _separated(iter(lambda: stream.read1(_CHUNK), b""), b"\0" if null else b"\n")
    for item in items:
        text = item.decode("utf-8", "surrogateescape").removeprefix("\ufeff").removesuffix("\r")
        if text.strip():
            yield text


def _separated(chunks: Iterator[bytes], sign: bytes) -> Iterator[bytes]:
    left = b""
    for chunk in chunks:
        *whole, left = (left + chunk).split(sign)
        yield from whole
    yield left


_PASSAGE = re.compile(r"(.+):(\d{1,9}[a-z]{0,3})")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address names: a source, and a passage of it or ``None``."""

    source: "Source"
    passage: "Passage | None" = None

    @property
    def address(self) -> str:
        """The address in full."""
        return f"{self.source.path}:{self.passage.label}" if self.passage else self.source.path


def targets(library: "Library", addresses: Iterable[str], *, null: bool = False) -> Iterator[Target]:
    """Yield what the addresses name, in their order; ``-`` stands for a list on standard input.

    Raises:
        UnknownSourceError: An address names no source, or more than one.
        UnknownPassageError: The source has no such passage.
    """
    by_path = {source.path: source for source in library.sources()}
    for given in addresses:
        for address in listed(null=null) if given == "-" else (given,):
            if address in by_path:
                yield Target(by_path[address])
            elif named := _PASSAGE.fullmatch(address):
                source = by_path.get(named[1]) or library.source(named[1])
                yield Target(source, library.passage(f"{source.path}:{named[2]}"))
            else:
                yield Target(library.source(address))
