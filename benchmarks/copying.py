"""How long a copy takes: ten passages of ten sources, in each format, and through the terminal's sequence.

Without a library's folder it makes one of five hundred sources. The reference is reading the ten sources from
the catalog.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from hubtui.citation import COPY_FORMAT_NAMES
from hubtui.clipboard import osc52_sequences
from hubtui.core.models import Passage
from hubtui.library import Library

_ROUNDS = 21


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, nargs="?")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.library is None:
            _make(Path(folder) / "seeds")
        with Library.open(options.library or Path(folder)) as library:
            library.sync()
            _measure(library)


def _make(seeds: Path) -> None:
    seeds.mkdir()
    for number in range(500):
        head = f"---\ntitle: Report {number} on clouds\nauthor: Ann Lee\ndate: 2020-01-{number % 28 + 1:02}\n"
        url = f"url: https://example.org/{number}\n---\n\n"
        text = "\n\n".join(f"Paragraph {p} of report {number} says that Harbin is cold." for p in range(20))
        (seeds / f"{number:03}.md").write_text(head + url + text, encoding="utf-8")


def _measure(library: Library) -> None:
    linked = [source for source in library.sources() if source.url.startswith("http")]
    chosen = (linked or library.sources())[::7][:10]
    passages = [library.read(source.id)[0] for source in chosen]
    reference = _milliseconds(lambda: [library.read(source.id) for source in chosen])
    print(f"{'reading ten sources':24} {reference:7.2f} ms")
    for format_ in COPY_FORMAT_NAMES:
        if format_ == "link" and not linked:
            continue
        first = time.perf_counter()
        library.citations.quote(passages, None, format_)
        first = (time.perf_counter() - first) * 1000
        taken = _milliseconds(partial(_copy, library, passages, format_))
        print(f"{format_:24} {taken:7.2f} ms   {taken / reference:5.1f} times   (first: {first:.1f} ms)")


def _copy(library: Library, passages: Sequence[Passage], name: str) -> None:
    osc52_sequences(library.citations.quote(passages, None, name), os.environ)


def _milliseconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    main()
