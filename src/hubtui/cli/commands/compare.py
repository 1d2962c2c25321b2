"""``hubtui compare``: cities or queries side by side."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Column, Row, Written, console, write_fields, write_table
from hubtui.core.i18n import _, ngettext

if TYPE_CHECKING:
    from hubtui.analysis.comparison import Comparison

COMPARISON_FIELDS = ("query", "label", "common", "passages", "sources", "years", "words", "cities")


@click.command(epilog="Example:  hubtui compare Harbin Guizhou --limit 5")
@click.argument("queries", nargs=-1, required=True)
@click.option(
    "--limit",
    default=15,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=0),
    help="N words and cities of each at most; 0: all.",
)
@library_option
@written_options
def command(*, queries: tuple[str, ...], limit: int, library: Path | None, written: Written) -> int:
    """Compare two to four cities, or any queries: what sets their passages apart, what they share.

    Each QUERY is a word of the shell: quote one of several words. A city's bare name stands for the city.
    """
    write_row = written.rows(COMPARISON_FIELDS)
    with opened_library(library) as opened:
        found = opened.analysis.compare(queries)
    rows = list(_rows(found, limit))
    if write_row is not None:
        for row in rows:
            write_row(row)
    elif written.terminal:
        _draw(found, rows)
    else:
        for row in rows:
            for fields in _flat(row):
                write_fields(*fields)
    return 0 if any(side.passages for side in found.sides) else 1


def _rows(found: "Comparison", limit: int) -> Iterator[Row]:
    """Yield a row for each query, and one for what all have in common."""
    most = limit or None
    for place, side in enumerate(found.sides):
        own = [(one.place, one.passages[place]) for one in found.places if not one.shared]
        own = sorted((pair for pair in own if pair[1]), key=lambda pair: -pair[1])
        yield {
            "query": side.query,
            "label": side.label,
            "common": False,
            "passages": side.passages,
            "sources": [{"path": source.path, "passages": count} for source, count in side.sources],
            "years": [{"year": year, "passages": count} for year, count in side.years],
            "words": [
                {"word": w.word, "counts": [w.passages, w.elsewhere], "score": round(w.score, 2)}
                for w in side.words.over[:most]
            ],
            "cities": [{"id": p.id, "name": p.name_en or p.name_zh, "counts": [n]} for p, n in own[:most]],
        }
    yield {
        "query": found.query,
        "label": " + ".join(side.label for side in found.sides),
        "common": True,
        "passages": found.passages,
        "sources": [],
        "years": [],
        "words": [
            {"word": w.word, "counts": list(w.passages), "score": round(w.score, 2)}
            for w in found.words[:most]
        ],
        "cities": [
            {"id": p.place.id, "name": p.place.name_en or p.place.name_zh, "counts": list(p.passages)}
            for p in [one for one in found.places if one.shared][:most]
        ],
    }


def _entries(row: Row, part: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the names and counts in a part of a row."""
    for entry in cast("Sequence[Mapping[str, Any]]", row[part]):
        name = next(entry[key] for key in ("word", "name", "path", "year") if key in entry)
        yield name, entry.get("counts") or [entry["passages"]]


def _flat(row: Row) -> Iterator[tuple[object, ...]]:
    """Yield the lines of one row: query, what is counted, its name, and its counts."""
    yield row["query"], "passages", "", row["passages"]
    for part, kind in (("sources", "source"), ("years", "year"), ("words", "word"), ("cities", "city")):
        for name, counts in _entries(row, part):
            yield row["query"], kind, name, *counts


def _draw(found: "Comparison", rows: list[Row]) -> None:
    """Write the comparison for eyes."""
    from rich.text import Text  # deferred: pipes need none of Rich

    out = console()
    labels = [side.label.split(" ")[0] for side in found.sides]
    for row in rows:
        count = cast("int", row["passages"])
        counted = ngettext("{n} passage", "{n} passages", count).format(n=f"{count:,}")
        out.print(Text.assemble((str(row["label"]), "bold"), f"  {counted}"), soft_wrap=True)
        heads = labels if row["common"] else [_("here"), _("elsewhere")]
        for part, head in (("words", _("word")), ("cities", _("city"))):
            table = [(f"  {name}", *counts) for name, counts in _entries(row, part)]
            if table:
                counted_in = (Column(label, number=True) for label in heads[: len(table[0]) - 1])
                write_table([Column(f"  {head}"), *counted_in], table, terminal=True)
        out.print()
