"""``hubtui cities``: the places that the sources mention, with counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, view_options, written_options
from hubtui.cli.output import Column, Row, Written, write_table
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.core.models import PlaceCount

CITY_FIELDS = (
    "id", "name_en", "name_zh", "kind", "parent", "passages", "sources", "direct", "in_names", "names",
)  # fmt: skip
_COLUMNS = (
    Column(N_("city")),
    Column("城市"),
    Column(N_("passages"), number=True),
    Column(N_("sources"), number=True),
    Column("id"),
)
_NAMES = Column(N_("found as"), grows=True)

Names = Sequence[tuple[str, int]]


@click.command(epilog="Example:  hubtui cities --query 'cloud computing'")
@click.option("--query", default="", help="Count under this query.")
@click.option(
    "--names", "with_names", is_flag=True, help="Give the names under which each was found, with counts."
)
@click.option("--countries", is_flag=True, help="List countries too.")
@view_options
@library_option
@written_options
def command(  # an option each
    *,
    query: str,
    with_names: bool,
    countries: bool,
    view: str,
    library: Path | None,
    written: Written,
) -> int:
    """List the cities, districts, provinces and regions mentioned, most passages first.

    A passage that mentions a district counts for its city and province as well.
    """
    viewed = f"{view} {query}".strip()
    write_row = written.rows(CITY_FIELDS)
    with opened_library(library) as opened:
        counts = opened.places(viewed, countries=countries)
        wanted = counts if with_names or write_row is not None else ()
        names = {count.place.id: opened.mentions.names(count.place.id, viewed) for count in wanted}
    if write_row is not None:
        for count in counts:
            write_row(_row(count, names[count.place.id]))
    elif counts:
        columns = (*_COLUMNS, _NAMES) if with_names else _COLUMNS
        rows = [_cells(count, names.get(count.place.id)) for count in counts]
        write_table(columns, rows, terminal=written.terminal)
    else:
        say(_("No city is mentioned."))
    return 0 if counts else 1


def _row(count: "PlaceCount", names: Names) -> Row:
    place = count.place
    return {
        "id": place.id,
        "name_en": place.name_en,
        "name_zh": place.name_zh,
        "kind": place.kind,
        "parent": place.parent,
        "passages": count.passages,
        "sources": count.sources,
        "direct": count.direct,
        "in_names": count.in_names,
        "names": [{"name": name, "passages": passages} for name, passages in names],
    }


def _cells(count: "PlaceCount", names: Names | None) -> list[object]:
    place = count.place
    cells: list[object] = [place.name_en, place.name_zh, count.passages, count.sources, place.id]
    if names is not None:
        cells.append(", ".join(f"{name} {passages}" for name, passages in names))
    return cells
