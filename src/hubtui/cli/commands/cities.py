"""``hubtui cities``: the places that the sources mention, with counts."""

from pathlib import Path

import click

from hubtui.cli.options import color_option, json_option, library_option, opened_library
from hubtui.cli.output import Column, on_terminal, write_json, write_table

_COLUMNS = (
    Column("city"),
    Column("城市"),
    Column("passages", number=True),
    Column("sources", number=True),
    Column("id"),
)


@click.command(
    short_help="List the cities, with counts.", epilog="Example:  hubtui cities --query 'cloud computing'"
)
@click.option("--query", default="", help="Count under this query.")
@library_option
@json_option
@color_option
def command(*, query: str, library: Path | None, as_json: bool, color: str) -> int:
    """List the cities, districts, provinces and regions mentioned, most passages first."""
    with opened_library(library) as opened:
        counts = opened.places(query)
    if as_json:
        write_json(
            {
                "id": c.place.id,
                "name_en": c.place.name_en,
                "name_zh": c.place.name_zh,
                "kind": c.place.kind,
                "parent": c.place.parent,
                "passages": c.passages,
                "sources": c.sources,
            }
            for c in counts
        )
    elif counts:
        rows = [(c.place.name_en, c.place.name_zh, c.passages, c.sources, c.place.id) for c in counts]
        write_table(_COLUMNS, rows, terminal=on_terminal(color))
    else:
        click.echo("No city is mentioned.", err=True)
    return 0 if counts else 1
