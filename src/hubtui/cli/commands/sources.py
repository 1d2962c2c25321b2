"""``hubtui sources``: the sources and what is known about them."""

from pathlib import Path

import click

from hubtui.cli.options import color_option, json_option, library_option, opened_library
from hubtui.cli.output import Column, on_terminal, write_json, write_table

_FIELDS = ("id", "path", "title", "author", "publisher", "date", "language", "url", "passages")
_COLUMNS = (
    Column("title", grows=True),
    Column("date"),
    Column("lang"),
    Column("author"),
    Column("publisher"),
    Column("¶", number=True),
    Column("path", grows=True),
)


@click.command(short_help="List the sources.", epilog="Example:  hubtui sources --json")
@library_option
@json_option
@color_option
def command(*, library: Path | None, as_json: bool, color: str) -> int:
    """List the sources with title, date, language, author, publisher, passages and path."""
    with opened_library(library) as opened:
        sources = opened.sources()
    if as_json:
        write_json(
            {name: getattr(source, name) for name in _FIELDS} | {"origins": dict(source.origins)}
            for source in sources
        )
    elif sources:
        rows = [(s.label, s.date, s.language, s.author, s.publisher, s.passages, s.path) for s in sources]
        write_table(_COLUMNS, rows, terminal=on_terminal(color))
    else:
        click.echo(f"No sources yet. Put files into {opened.paths.seeds}", err=True)
    return 0 if sources else 1
