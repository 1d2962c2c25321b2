"""``hubtui [LIBRARY]``: the screen, opened with a query where one is named."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from hubtui.core.i18n import N_, _
from hubtui.core.paths import library_folder, locate


def screen_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what the screen opens with; the command gets ``query`` and ``city``."""
    for option in (
        click.option(
            "--city", multiple=True, metavar="CITY", help=N_("Open on the passages that mention CITY.")
        ),
        click.option("--query", default="", metavar="QUERY", help=N_("Open with this query.")),
    ):
        command = option(command)
    return command


@click.command(hidden=True)
@click.argument("library", metavar="LIBRARY", type=click.Path(path_type=Path))
@screen_options
@click.pass_context
def open_named(ctx: click.Context, *, library: Path, query: str, city: tuple[str, ...]) -> int:
    """Open the screen on a library."""
    before = ctx.find_root().params
    other = before["library"]
    if other is not None:
        raise click.UsageError(
            _("Two libraries are named: {one} and {other}.").format(one=other, other=library), ctx.find_root()
        )
    words = " ".join(filter(None, (before["query"], query)))
    return open_with(ctx.obj, library, words, (*before["city"], *city))


def open_with(open_screen: Callable[..., int], named: Path | None, query: str, cities: Sequence[str]) -> int:
    """Open the screen; return its exit status.

    Args:
        open_screen: Opens it on a folder, with ``query=`` for the query to begin with.
        named: The library's folder, where one is named.
        query: What is asked for.
        cities: Only passages that mention one of these.

    Raises:
        LibraryError: The folder is no library.
        UnknownPlaceError: A city is unknown.
    """
    folder = library_folder(named)
    locate(folder)
    asked = " ".join(filter(None, (_cities_query(folder, cities), query.strip())))
    return open_screen(folder, query=asked) if asked else open_screen(folder)


def _cities_query(folder: Path, cities: Sequence[str]) -> str:
    if not cities:
        return ""
    from hubtui.library import Library  # deferred: --help and --version need none
    from hubtui.search.parser import set_filter  # see above

    with Library.open(folder) as library:
        for name in cities:
            library.place(name)
    return " OR ".join(set_filter("", "city", name) for name in cities)
