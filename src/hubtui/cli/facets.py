"""``--facets``: how many passages of a query's answer each city, source, year and language has."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from hubtui.cli.output import Column, Row, Written, write_table
from hubtui.cli.talk import say
from hubtui.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import Source

FACET_FIELDS = ("facet", "value", "name", "passages", "query")
"""Of a count as JSON; ``query`` only of a list of queries."""
_COLUMNS = (
    Column(N_("by")),
    Column(N_("value")),
    Column(N_("name"), grows=True),
    Column(N_("passages"), number=True),
)


def facet_writer(written: Written) -> "Callable[[Library, str, str], int]":
    """Give what counts the answer to a query; the query after that is what it is called in a list of them."""
    rows = written.rows(FACET_FIELDS)

    def write(library: "Library", query: str, asked: str) -> int:
        counted = list(_counted(library, query))
        said: Row = {"query": asked} if asked else {}
        if rows is not None:
            for row in counted:
                rows({**row, **said})
        elif counted:
            cells = [
                (row["facet"], row["value"], row["name"], row["passages"], *said.values()) for row in counted
            ]
            columns = (*_COLUMNS, Column(N_("query"))) if asked else _COLUMNS
            write_table(columns, cells, terminal=written.terminal)
        else:
            say(_("No passage answers this query."))
        return 0 if counted else 1

    return write


def _counted(library: "Library", query: str) -> Iterator[Row]:
    """Give the counts; ``value`` is what the filter of a facet's name takes."""
    facets = library.facets(query)
    for count in facets.places:
        place = count.place
        yield _row("city", place.id, place.name_en or place.name_zh, count.passages)
    sources = [
        (source, facets.sources[source.id]) for source in library.sources() if source.id in facets.sources
    ]
    for source, passages in sorted(sources, key=lambda each: -each[1]):
        yield _row("source", source.path, source.label, passages)
    yield from _summed("date", sources, lambda source: source.date[:4])
    yield from _summed("lang", sources, lambda source: source.language)


def _summed(
    facet: str, sources: "Iterable[tuple[Source, int]]", value: "Callable[[Source], str]"
) -> Iterator[Row]:
    """Count by a property of the sources, in its order; those without it come last, with ``""``."""
    sums: Counter[str] = Counter()
    for source, passages in sources:
        sums[value(source)] += passages
    for found in sorted(sums, key=lambda found: (not found, found)):
        yield _row(facet, found, found or _("unknown"), sums[found])


def _row(facet: str, value: str, name: str, passages: int) -> Row:
    return {"facet": facet, "value": value, "name": name, "passages": passages}
