"""Sync and queries on a library of generated sources, beside Recoll and SQLite's FTS5.

The sources are made of the sentences of the five seeds, shuffled, so that word frequencies are those of
real text in both languages.
"""

import argparse
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hubtui import Library

ROOT = Path(__file__).resolve().parents[1]
QUERIES = {
    "word, Chinese": "发展",
    "two words, Chinese": "哈尔滨 合作",
    "phrase, Chinese": '"产业互联网"',
    "sentence, Chinese": "腾讯与阿里为何重仓东北",
    "word, English": "computing",
    "two words, English": "technology hub",
    "phrase, English": '"cloud computing"',
    "prefix": "tech*",
    "city": "发展 city:Harbin",
}


def sentences() -> list[str]:
    """Return the sentences of the seeds."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [part.strip() for text in texts for part in re.split(r"(?<=[。.?!])\s*", text) if len(part) > 30]


def generate(folder: Path, sources: int, seed: int = 7) -> None:
    """Write so many sources of forty paragraphs each."""
    chooser, parts = random.Random(seed), sentences()
    (folder / "seeds").mkdir()
    for number in range(sources):
        paragraphs = [" ".join(chooser.sample(parts, 3)) for _ in range(40)]
        text = "\n\n".join([f"Source {number}", *paragraphs])
        (folder / "seeds" / f"{number:06}.txt").write_text(text, encoding="utf-8")


def timed(action: Callable[[], object], runs: int = 1) -> float:
    """Return the median of the seconds that ``action`` takes."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def recoll(folder: Path) -> float | None:
    """Return the seconds that Recoll takes for the same files, or ``None`` where it is not installed."""
    program = shutil.which("recollindex")
    if program is None:
        return None
    settings = folder / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {folder / 'seeds'}\n")
    return timed(lambda: subprocess.run([program, "-c", settings, "-z"], capture_output=True, check=False))


def trigrams(library: Library) -> sqlite3.Connection:
    """Return an FTS5 table of the library's passages."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passage USING fts5 (text, tokenize = 'trigram')")
    for source in library.sources():
        rows = [(passage.text,) for passage in library.read(source.id)]
        database.executemany("INSERT INTO passage VALUES (?)", rows)
    return database


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        generate(folder, options.sources)
        with Library.open(folder) as library:
            first, theirs = timed(library.sync), recoll(folder)
            beside = f"{first / theirs:.2f} of recollindex" if theirs else "recollindex is not installed"
            print(f"first sync {first:.1f} s, {beside}; nothing to do {timed(library.sync):.3f} s")
            table = trigrams(library)
            statement = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 20"
            print(f"{'query':20} {'ms':>7} {'FTS5 ms':>8}")
            for name, query in QUERIES.items():
                ours = timed(lambda q=query: library.search(q), 9)
                words = [word.strip('"*') for word in query.split() if ":" not in word]
                wanted = " AND ".join(f'"{word}"' for word in words if len(word) > 2)
                fts = timed(lambda w=wanted: table.execute(statement, (w,)).fetchall(), 9) if wanted else None
                print(f"{name:20} {ours * 1000:7.1f} {fts * 1000 if fts else float('nan'):8.1f}")


if __name__ == "__main__":
    main()
