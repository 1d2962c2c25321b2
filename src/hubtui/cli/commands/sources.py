"""``hubtui sources``: the sources and what is known about them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Column, Row, Written, write_table
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.core.models import Source

SOURCE_FIELDS = (
    "id", "path", "title", "author", "publisher", "date", "language", "url", "passages", "accessed", "story",
    "doubts", "origins", "others",
)  # fmt: skip
_COLUMNS = (
    Column(N_("title"), grows=True),
    Column(N_("date")),
    Column(N_("lang")),
    Column(N_("author"), spare=True),
    Column(N_("publisher"), spare=True),
    Column("¶", number=True),
    Column(N_("path"), grows=True),
)


@click.command(epilog="Example:  hubtui sources --json")
@library_option
@written_options
def command(*, library: Path | None, written: Written) -> int:
    """List the sources with title, date, language, author, publisher, passages and path.

    A path after an arrow is the fullest text of the same story. With --json also the origin of each field,
    the day of access, and doubts about the source.
    """
    write_row = written.rows(SOURCE_FIELDS)
    with opened_library(library) as opened:
        sources = opened.sources()
    if write_row is not None:
        for source in sources:
            write_row(source_row(source))
    elif sources:
        paths = {source.id: source.path for source in sources}
        rows = [
            (s.label, s.date, s.language, s.author, s.publisher, s.passages, _path(s, paths)) for s in sources
        ]
        write_table(_COLUMNS, rows, terminal=written.terminal)
    else:
        say(_("No sources yet. Put files into {folder}").format(folder=opened.paths.seeds))
    return 0 if sources else 1


def source_row(source: "Source") -> Row:
    """Return a source as one object."""
    mappings = {"origins": dict(source.origins), "others": dict(source.others)}
    return {name: getattr(source, name) for name in SOURCE_FIELDS} | mappings


def _path(source: "Source", paths: Mapping[str, str]) -> str:
    return f"{source.path} → {paths[source.story]}" if source.is_reprint else source.path
