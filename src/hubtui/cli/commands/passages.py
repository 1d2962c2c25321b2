"""``hubtui passages``: every passage that mentions a city."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from hubtui.cli.hits import HitOptions, answer, answer_each, hit_options
from hubtui.cli.options import listed, view_options


@click.command(epilog="Example:  hubtui passages Harbin")
@click.argument("city", nargs=-1, required=True)
@view_options
@hit_options
def command(
    *, city: tuple[str, ...], view: str, library: Path | None, **chosen: Any
) -> int:  # click keeps the types
    """List every passage that mentions one of the cities, named in either language, or a place in it.

    Passages that name it only inside a longer name (哈尔滨工业大学) come last. A single - reads one city
    a line from standard input and answers each as it comes; the rows then tell their city as the query.
    """
    options = HitOptions(**chosen)
    if city == ("-",):
        cities = ((_query([name], view), name) for name in listed(null=options.null))
        return answer_each(library, cities, options)
    return answer(library, _query(city, view), options)


def _query(cities: Iterable[str], view: str) -> str:
    from hubtui.search.parser import set_filter  # deferred: --help needs none of it

    query = " OR ".join(set_filter("", "city", name) for name in cities)
    return f"{view} {query}".strip()
