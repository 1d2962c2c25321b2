"""How long queries of each kind take on a library, and common words beside SQLite's FTS5.

python benchmarks/latency.py LIBRARY    LIBRARY is indexed already

The queries are drawn from the sources' own words; each is asked once, after some others of its kind. Common
words are those in the most passages; FTS5 with trigrams, which finds nothing shorter than three characters,
returns the texts of the best twenty passages, hubtui the best twenty hits. Milliseconds of the processor and,
where it says so, of the clock.
"""

import argparse
import re
import sqlite3
import statistics
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from measuring import Cost, cost_of, passages_of, quantile, queries_of, trigrams

from hubtui import Library

_WARM = 3
_WORD = re.compile(r"[A-Za-z]{4,}")
_HAN = re.compile("[\u4e00-\u9fff]{3}")
_REPEATED = 5


def by_kind(library: Library, count: int) -> None:
    """Print what the queries of each kind cost: to search, and to count what the lists beside show."""
    print(f"{'':20} {'search':^25}   {'counts':^17}")
    print(f"{'ms':20} {'median':>8} {'p95':>8} {'p95 wall':>8} {'median':>8} {'p95':>8}")
    for kind, queries in queries_of(library, count + _WARM).items():
        search: list[Cost] = []
        counts: list[Cost] = []
        for query in queries:
            search.append(cost_of(partial(library.search, query)))
            counts.append(cost_of(partial(library.facets, query)))
        found = [one.cpu for one in search[_WARM:]]
        counted = [one.cpu for one in counts[_WARM:]]
        columns = (
            statistics.median(found),
            quantile(found, 0.95),
            quantile([one.wall for one in search[_WARM:]], 0.95),
            statistics.median(counted),
            quantile(counted, 0.95),
        )
        print(f"{kind:20}", *(f"{column * 1000:8.1f}" for column in columns))


def common_words(texts: Sequence[str], count: int) -> list[str]:
    """Return the words in the most passages: half of them Latin, half three Chinese characters."""
    latin: Counter[str] = Counter()
    han: Counter[str] = Counter()
    for text in texts:
        latin.update({word.lower() for word in _WORD.findall(text)})
        han.update(set(_HAN.findall(text)))
    half = count // 2
    return [word for words in (latin, han) for word, _ in words.most_common(half)]


def best(table: sqlite3.Connection, word: str) -> list[tuple[int, str]]:
    """Return the best twenty passages that FTS5 finds."""
    rows = "SELECT rowid, text FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 20"
    return table.execute(rows, (f'"{word}"',)).fetchall()


def beside_trigrams(library: Library, count: int) -> None:
    """Print what common words cost here and in FTS5."""
    texts = passages_of(library)
    words = common_words(texts, count)
    ratios, totals = [], []
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "fts"
        trigrams(path, texts)
        table = sqlite3.connect(path)
        print(f"{'common word, ms':20} {'passages':>8} {'hubtui':>8} {'FTS5':>8} {'ratio':>6}")
        for word in words:
            total = library.search(word).total
            ours, theirs = [], []
            for number in range(_REPEATED):
                # Blanks make it another query, which no answer is remembered for.
                asked = word + " " * (number + 1)
                ours.append(cost_of(partial(library.search, asked)).cpu)
                theirs.append(cost_of(partial(best, table, word)).cpu)
            one, other = statistics.median(ours), statistics.median(theirs)
            ratios.append(one / other)
            totals.append(total)
            print(f"{word:20} {total:8} {one * 1000:8.2f} {other * 1000:8.2f} {one / other:6.2f}")
        table.close()
    print(f"ratio to FTS5: median {statistics.median(ratios):.2f}, most {max(ratios):.2f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path, help="an indexed library")
    parser.add_argument("--queries", type=int, default=40, help="queries of each kind")
    parser.add_argument("--words", type=int, default=20, help="common words; 0 leaves FTS5 out")
    options = parser.parse_args()
    with Library.open(options.library) as library:
        print(f"{sum(source.passages for source in library.sources())} passages")
        by_kind(library, options.queries)
        if options.words:
            beside_trigrams(library, options.words)


if __name__ == "__main__":
    main()
