"""What ``search`` and ``passages`` share: their options, and hits as they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hubtui.cli.options import color_option, json_option, library_option, opened_library
from hubtui.cli.output import on_terminal, write_hits, write_json

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import Hit

_ALL = 2**31


def hit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that commands which give hits take."""
    for option in (
        color_option,
        json_option,
        click.option("--count", is_flag=True, help="Print how many passages there are, and nothing else."),
        click.option(
            "--offset", default=0, type=click.IntRange(min=0), help="Leave out so many of the best."
        ),
        click.option(
            "--limit",
            default=20,
            show_default=True,
            type=click.IntRange(min=0),
            help="So many at most; 0: all.",
        ),
        library_option,
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class HitOptions:
    """What the user chose; see :func:`hit_options`."""

    limit: int
    offset: int
    count: bool
    as_json: bool
    color: str


def answer(folder: Path | None, query: str, options: HitOptions) -> int:
    """Write the hits for a query; give the exit status."""
    wanted = 0 if options.count else options.limit or _ALL
    with opened_library(folder) as library:
        result = library.search(query, limit=wanted, offset=options.offset)
        for note in result.notes:
            click.echo(note, err=True)
        if options.count:
            click.echo(result.total)
        elif options.as_json:
            write_json(hit_row(library, hit, partial=result.partial) for hit in result.hits)
        else:
            write_hits(result.hits, terminal=on_terminal(options.color))
    shown = options.offset + len(result.hits)
    if result.hits and shown < result.total:
        click.echo(f"{result.total - shown} more; see them with --limit 0 or --offset {shown}", err=True)
    if not result.total:
        click.echo("No passage answers this query.", err=True)
    return 0 if result.total else 1


def hit_row(library: "Library", hit: "Hit", *, partial: bool) -> dict[str, object]:
    """Give a hit as one flat object."""
    cities = {m.place.id: m.place.name_en or m.place.name_zh for m in hit.passage.mentions}
    return {
        "source_id": hit.source.id,
        "path": hit.source.path,
        "title": hit.source.title,
        "number": hit.passage.number,
        "part": hit.passage.part,
        "page": hit.passage.page,
        "section": hit.passage.section,
        "text": hit.passage.text,
        "score": round(hit.score, 4),
        "highlights": hit.highlights,
        "cities": [{"id": id_, "name": name} for id_, name in cities.items()],
        "citation": library.cite(hit.passage),
        "partial": partial,
        "reprints": [source.path for source in hit.reprints],
    }
