"""The full-text engine alone, beside SQLite's FTS5 with trigrams fed with the same passages.

The passages are those of the five seeds, their sentences shuffled, or of a library that is named. Reading,
segmenting and the catalog are left out on both sides: it is the index that is measured.
"""

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from library import sentences

from hubtui import Library
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.engine import Field, TermCounts, WeightedTerm
from hubtui.index.sync import passage_terms

Prepared = tuple[Sequence[int], Sequence[str], dict[Field, TermCounts]]

_PER_SOURCE = 42


def passages_of(library: Path | None, count: int) -> list[list[str]]:
    """Return the passages of each source: a library's, or so many that are made of the seeds' sentences."""
    if library is not None:
        with Library.open(library) as opened:
            return [[passage.text for passage in opened.read(one.id)] for one in opened.sources()]
    chooser, parts = random.Random(7), sentences()
    texts = [" ".join(chooser.sample(parts, 3)) for _ in range(count)]
    return [texts[at : at + _PER_SOURCE] for at in range(0, count, _PER_SOURCE)]


def prepared(sources: Sequence[Sequence[str]]) -> list[Prepared]:
    """Return keys, texts and counted terms of each source."""
    found: list[Prepared] = []
    key = 1
    for texts in sources:
        found.append((range(key, key + len(texts)), texts, passage_terms("", [("", text) for text in texts])))
        key += len(texts)
    return found


def cpu(action: Callable[[], object], runs: int = 1) -> float:
    """Return the median of the CPU seconds that ``action`` takes."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        action()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def fill(engine: ArrayEngine, sources: Sequence[Prepared], commits: int) -> None:
    """Write the sources in so many commits."""
    size = -(-len(sources) // commits)
    for at in range(0, len(sources), size):
        writer = engine.writer()
        for keys, _texts, terms in sources[at : at + size]:
            writer.add(keys, terms)
        writer.commit()


def trigrams(path: Path, sources: Sequence[Prepared]) -> sqlite3.Connection:
    """Write the sources to FTS5."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE passage USING fts5 (text, tokenize = 'trigram', content = '')")
    for keys, texts, _terms in sources:
        database.executemany(
            "INSERT INTO passage (rowid, text) VALUES (?, ?)", list(zip(keys, texts, strict=True))
        )
    database.commit()
    return database


def renewed(engine: ArrayEngine, source: Prepared, key: int) -> None:
    """Write one source anew."""
    keys, _texts, terms = source
    writer = engine.writer()
    writer.remove(keys)
    writer.add(range(key, key + len(keys)), terms)
    writer.commit()


def size_of(folder: Path) -> float:
    """Return the megabytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", nargs="?", type=Path, help="an indexed library")
    parser.add_argument("--passages", type=int, default=60_000, help="how many, where no library is named")
    parser.add_argument("--word", default="发展 cloud", help="common words to look for")
    options = parser.parse_args()
    sources = prepared(passages_of(options.library, options.passages))
    count = sum(len(keys) for keys, _texts, _terms in sources)
    postings = sum(len(of.term) for _keys, _texts, terms in sources for of in terms.values())
    print(f"{count} passages, {postings} postings; CPU seconds")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        engine = ArrayEngine(folder / "one")
        ours = cpu(lambda: fill(engine, sources, 1))
        theirs = cpu(lambda: trigrams(folder / "fts", sources).close())
        table = sqlite3.connect(folder / "fts")
        print(f"write at once        {ours:7.2f}   FTS5 {theirs:.2f}   {ours / theirs:.2f} of it")
        many = ArrayEngine(folder / "many")
        print(f"write in 12 commits  {cpu(lambda: fill(many, sources, 12)):7.2f}")
        keys = iter(range(10**9, 10**10, 10**5))
        print(f"one source anew      {cpu(lambda: renewed(many, sources[0], next(keys)), 5):7.3f}")
        fts = (folder / "fts").stat().st_size / 1e6
        print(f"MB on the disk       {size_of(folder / 'one'):7.1f}   FTS5 {fts:.1f}")
        for word in options.word.split():
            look_up(engine, table, word)
        code = "from hubtui.index.codec.engine import ArrayEngine"
        loaded = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", code], capture_output=True, check=True
        )
        print(f"modules of Whoosh    {loaded.stderr.count(b'whoosh'):7}")
    print(f"peak memory, MB      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f}")


def look_up(engine: ArrayEngine, table: sqlite3.Connection, word: str) -> None:
    """Time a common word: finding it, ranking by it, and the same in FTS5."""
    reader = engine.reader()
    found = reader.occurrences(Field.WORDS, word)
    term = WeightedTerm(Field.WORDS, word)
    ways: dict[str, Callable[[], object]] = {
        "find": lambda: reader.occurrences(Field.WORDS, word),
        "select": lambda: reader.having(Field.WORDS, word),
        "rank": lambda: reader.rank([term]),
    }
    if len(word) > 2:  # trigrams find nothing shorter
        rows = "SELECT rowid FROM passage WHERE passage MATCH ?"
        ways["FTS5 select"] = lambda: table.execute(rows, (word,)).fetchall()
        ways["FTS5 rank"] = lambda: table.execute(f"{rows} ORDER BY rank LIMIT 20", (word,)).fetchall()
    figures = ", ".join(f"{name} {cpu(way, 15) * 1000:.2f}" for name, way in ways.items())
    print(f"{word} in {len(found.slots)} passages, ms: {figures}")


if __name__ == "__main__":
    main()
