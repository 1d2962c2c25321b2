"""Ten thousand clippings of a generated library: opening them, locating them, keeping one more."""

import argparse
import itertools
import json
import tempfile
from pathlib import Path

from library import generate, timed

from hubtui import Library
from hubtui.clippings.jsonl import encode
from hubtui.clippings.model import make_clipping

_SHOWN = 50
"""Clippings that a tall screen shows at once."""


def fill(library: Library, count: int) -> None:
    """Write so many clippings of the library's passages, in turn."""
    passages = [(source, passage) for source in library.sources() for passage in library.read(source.id)]
    with library.paths.clippings.open("w", encoding="utf-8") as file:
        for source, passage in itertools.islice(itertools.cycle(passages), count):
            clipping = make_clipping(source, passage, "gb7714-2025")
            file.write(encode(clipping.annotated("A note.", ["tag", "标签"])) + "\n")


def opened(folder: Path) -> None:
    """Open a library's clippings as the screen does: read them, order them, locate those in sight."""
    with Library.open(folder) as library:
        list(library.clippings.locate(library.clippings.find()[:_SHOWN]))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--clippings", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        generate(folder, options.sources)
        with Library.open(folder) as library:
            library.sync()
            fill(library, options.clippings)
            lines = library.paths.clippings.read_text(encoding="utf-8").splitlines()
            print(f"{options.clippings} clippings, {sum(map(len, lines)) / 1e6:.1f} million characters")
            show("json.loads of each line", timed(lambda: [json.loads(line) for line in lines], 5))
            show("open, and locate those shown", timed(lambda: opened(folder), 5))
            show("filter by a word", timed(lambda: library.clippings.find("哈尔滨"), 5))
            passage = library.read(library.sources()[0].id)[0]
            show("keep one", timed(lambda: library.clippings.add(passage), 9))
            kept = library.clippings.find()
            show("locate all, in place", timed(lambda: list(library.clippings.locate(kept))))
            for path in library.paths.seeds.iterdir():
                path.rename(path.with_stem(f"moved-{path.stem}"))
            library.sync()
            show("locate all, every file moved", timed(lambda: list(library.clippings.locate(kept))))


def show(what: str, seconds: float) -> None:
    """Print a figure."""
    print(f"{what:30} {seconds * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
