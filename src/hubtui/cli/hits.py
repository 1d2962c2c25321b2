"""Hits: the options of ``search`` and ``passages``, and how hits, counts and facets are written."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hubtui.cli.console import detail, say
from hubtui.cli.options import library_option, null_option, opened_library, written_options
from hubtui.cli.output import Column, Row, Written, write_fields, write_hit, write_table, write_text
from hubtui.core.errors import UnknownSourceError
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.core.models import Hit, Passage, SearchResult, Source
    from hubtui.library import Library

HIT_FIELDS = (
    "source_id", "path", "title", "number", "part", "page", "section", "text", "score", "highlights",
    "cities", "citation", "partial", "reprints", "by_meaning", "nearest", "before", "after", "query",
)  # fmt: skip
"""Of a hit as JSON; ``before`` and ``after`` only with ``--context``, ``query`` only of a list of queries."""
COUNT_FIELDS = ("query", "passages", "partial")

_PAGE = 200
"""Hits that are fetched at a time, so that the first are written before the last are known."""
_PRINT_NOW = 20


def hit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that commands which give hits take."""
    for option in (
        written_options,
        null_option,
        click.option("--facets", is_flag=True, help="Counts by city, source, year and language instead."),
        click.option("--count", is_flag=True, help="How many passages there are, and nothing else."),
        click.option(
            "-C",
            "--context",
            default=0,
            metavar="N",
            type=click.IntRange(min=0),
            help="Also the N passages before and after each.",
        ),
        click.option(
            "--offset",
            default=0,
            metavar="N",
            type=click.IntRange(min=0),
            help="Leave out the best N.",
        ),
        click.option(
            "--limit",
            default=20,
            show_default=True,
            metavar="N",
            type=click.IntRange(min=0),
            help="N at most; 0: all.",
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
    context: int
    count: bool
    facets: bool
    null: bool
    written: Written


def answer(folder: Path | None, query: str, options: HitOptions) -> int:
    """Write the answer to one query, and return the exit status."""
    write = _writer(options)
    with opened_library(folder) as library:
        return write(library, query, "")


def answer_each(folder: Path | None, queries: Iterable[tuple[str, str]], options: HitOptions) -> int:
    """Write the answers to many queries, each as soon as it is asked, and return the exit status.

    Args:
        folder: The library.
        queries: Each query, and what the answer calls it.
        options: What the user chose.
    """
    write = _writer(options)
    status = 1
    with opened_library(folder) as library:
        for query, asked in queries:
            status = min(status, write(library, query, asked))
            sys.stdout.flush()
    return status


def _writer(options: HitOptions) -> "Callable[[Library, str, str], int]":
    """Return a function that answers a query; wrong options raise before a library is opened."""
    if options.facets:
        # deferred: it is asked for rarely

        return facet_writer(options.written)
    if options.count:
        return _count_writer(options.written)
    return _hit_writer(options)


def _count_writer(written: Written) -> "Callable[[Library, str, str], int]":
    rows = written.rows(COUNT_FIELDS)

    def write(library: "Library", query: str, asked: str) -> int:
        result = library.search(query, limit=0)
        _say_notes(result, asked)
        if rows is not None:
            rows({"query": asked or query, "passages": result.total, "partial": result.partial})
        else:
            write_fields(*filter(None, (asked,)), result.total)
        return 0 if result.total else 1

    return write


def _hit_writer(options: HitOptions) -> "Callable[[Library, str, str], int]":
    rows = options.written.rows(HIT_FIELDS)
    terminal = options.written.terminal

    def write(library: "Library", query: str, asked: str) -> int:
        hits = _Hits(library, query, options)
        _say_notes(hits.first, asked)
        if asked and terminal and rows is None:
            write_text(f"{asked}\n\n")
        for number, hit in enumerate(hits):
            around = _around(library, hit, options.context)
            if rows is not None:
                extra: dict[str, object] = {"query": asked} if asked else {}
                rows(
                    hit_row(library, hit, partial=hits.first.partial) | _context(hit, around, options) | extra
                )
            else:
                write_hit(hit, around, terminal=terminal, asked=asked)
            if number == _PRINT_NOW:
                sys.stdout.flush()
        hits.say_rest(asked)
        return 0 if hits.first.total else 1

    return write


class _Hits:
    """The hits that the user wants of a query, fetched while they are written."""

    def __init__(self, library: "Library", query: str, options: HitOptions) -> None:
        self._library, self._query, self._options = library, query, options
        self._size = min(_PAGE, options.limit or _PAGE)
        self.first: SearchResult = library.search(query, limit=self._size, offset=options.offset)

    def __iter__(self) -> "Iterator[Hit]":
        return islice(self._all(), self._options.limit or None)

    def say_rest(self, asked: str) -> None:
        """Say how many there are beyond those that were wanted."""
        total, shown = self.first.total, self._options.offset + self._options.limit
        if not total:
            say(_about(asked, _("No passage matches this query.")))
        elif self._options.limit and self.first.hits and shown < total:
            rest = _("{n} more; see them with --limit 0 or --offset {offset}")
            say(_about(asked, rest.format(n=total - shown, offset=shown)))
        detail(_about(asked, _("Found {n} in {seconds:.3f} s").format(n=total, seconds=self.first.seconds)))

    def _all(self) -> "Iterator[Hit]":
        page, offset = self.first, self._options.offset
        while page.hits:
            yield from page.hits
            offset += self._size
            if offset >= page.total:
                return
            page = self._library.search(self._query, limit=self._size, offset=offset)


def _say_notes(result: "SearchResult", asked: str) -> None:
    for note in result.notes:
        say(_about(asked, note))


def _about(asked: str, note: str) -> str:
    return f"{asked}: {note}" if asked else note


def _around(library: "Library", hit: "Hit", context: int) -> "Sequence[Passage]":
    """Return the passage of a hit, with ``context`` passages before and after it in its source."""
    if not context:
        return [hit.passage]
    try:
        passages = library.read(hit.source.id)
        at = passages.index(hit.passage)
    except (UnknownSourceError, ValueError):  # the source has changed since it was found
        return [hit.passage]
    return passages[max(0, at - context) : at + context + 1]


def _context(hit: "Hit", around: "Sequence[Passage]", options: HitOptions) -> dict[str, object]:
    if not options.context:
        return {}
    at = around.index(hit.passage)
    return {
        "before": [_short(one) for one in around[:at]],
        "after": [_short(one) for one in around[at + 1 :]],
    }


def _short(passage: "Passage") -> Row:
    return {"number": passage.number, "part": passage.part, "text": passage.text}


def hit_row(library: "Library", hit: "Hit", *, partial: bool) -> dict[str, object]:
    """Return a hit as a flat JSON object."""
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
        "citation": library.cite(hit),
        "partial": partial,
        "reprints": [source.path for source in hit.reprints],
        "by_meaning": hit.by_meaning,
        "nearest": [{"part": near.part, "start": near.start, "end": near.end} for near in hit.nearest],
    }


FACET_FIELDS = ("facet", "value", "name", "passages", "query")
"""Of a count as JSON; ``query`` only of a list of queries."""
_COLUMNS = (
    Column(N_("by")),
    Column(N_("value")),
    Column(N_("name"), grows=True),
    Column(N_("passages"), number=True),
)


def facet_writer(written: Written) -> "Callable[[Library, str, str], int]":
    """Return a function that writes the facets of a query; its third argument names it in a list of them."""
    rows = written.rows(FACET_FIELDS)

    def write(library: "Library", query: str, asked: str) -> int:
        counted = list(_counted(library, query))
        extra: Row = {"query": asked} if asked else {}
        if rows is not None:
            for row in counted:
                rows({**row, **extra})
        elif counted:
            cells = [
                (row["facet"], row["value"], row["name"], row["passages"], *extra.values()) for row in counted
            ]
            columns = (*_COLUMNS, Column(N_("query"))) if asked else _COLUMNS
            write_table(columns, cells, terminal=written.terminal)
        else:
            say(_("No passage matches this query."))
        return 0 if counted else 1

    return write


def _counted(library: "Library", query: str) -> Iterator[Row]:
    """Yield the counts of each facet; ``value`` is what the filter of its name takes."""
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
