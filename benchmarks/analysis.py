"""Times of concordances, collocates, keywords and comparisons on a library.

Usage: python benchmarks/analysis.py LIBRARY QUERY QUERY…
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from hubtui import Library
from hubtui.analysis.concordance import SORTS

Found = TypeVar("Found")


def timed(what: str, job: Callable[[], Found]) -> Found:
    """Do a job twice and print how long it took, at first and again."""
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        found = job()
        seconds.append(time.perf_counter() - started)
    print(f"{what:34} {seconds[0]:7.3f} s {seconds[1]:7.3f} s")
    return found


def measure(library: Library, query: str) -> None:
    """Measure what can be asked about one query."""
    library.facets(query)
    print(f"\n{query}\n{'':34} {'first':>9} {'again':>9}")
    first = timed("first passages of the concordance", partial(library.analysis.concordance, query, most=300))
    timed("a page of its lines", partial(first.lines, 0, 100))
    whole = timed("all of it", partial(library.analysis.concordance, query))
    for sort in SORTS:
        timed(f"sorted: {sort}", partial(whole.sorted, sort))
    near = timed("collocates", partial(library.analysis.collocates, query))
    words = timed("keywords", partial(library.analysis.keywords, query))
    print(f"{len(whole):,} lines, {len(near.words):,} collocates, {len(words.words):,} keywords")


def main(folder: str, *queries: str) -> None:
    """Measure each query, and all of them beside each other."""
    with Library.open(folder) as library:
        library.sync()
        for query in queries:
            measure(library, query)
        if len(queries) > 1:
            print()
            timed("comparison", partial(library.analysis.compare, queries[:4]))


if __name__ == "__main__":
    main(*sys.argv[1:])
