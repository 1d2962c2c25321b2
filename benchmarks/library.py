"""Make libraries to measure on.

python benchmarks/library.py SOURCES TARGET --times 5    TARGET/seeds is SOURCES five times, words exchanged

Of a copy, each word has a chance to be exchanged for one of about the same frequency, always the same one in
that copy. So the vocabulary, the frequencies and the lengths stay those of real text, while no copy counts as
a reprint of the source. Without SOURCES of one's own, :func:`generate` shuffles the sentences of the seeds.
"""

import argparse
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hubtui.text.segment import cut

ROOT = Path(__file__).resolve().parents[1]

_WORD = re.compile(r"([\u4e00-\u9fff]{2,}|[A-Za-z]{3,})")
_BLOCK = 16
"""So many words that follow each other by frequency are exchanged among themselves."""


def sentences() -> list[str]:
    """Return the sentences of the seeds."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [part.strip() for text in texts for part in re.split(r"(?<=[。.?!])\s*", text) if len(part) > 30]


def generate(folder: Path, sources: int, seed: int = 7) -> None:
    """Write so many sources of forty paragraphs each, of the seeds' sentences."""
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


def words_of(text: str) -> list[str]:
    """Return the parts that make up ``text``: Chinese and Latin words, and what stands between them."""
    parts: list[str] = []
    for part in _WORD.split(text):
        if part and "\u4e00" <= part[0] <= "\u9fff":
            parts += [word for word, _start, _end in cut(part)]
        elif part:
            parts.append(part)
    return parts


def exchanges(counts: Mapping[str, int], chooser: random.Random) -> dict[str, str]:
    """Return for each word one of about its frequency, of its script and, in Chinese, of its length."""
    kinds: dict[int, list[str]] = {}
    for word in sorted(counts, key=lambda one: (-counts[one], one)):
        kinds.setdefault(0 if word.isascii() else len(word), []).append(word)
    found: dict[str, str] = {}
    for words in kinds.values():
        for start in range(0, len(words), _BLOCK):
            block = words[start : start + _BLOCK]
            found.update(zip(block, chooser.sample(block, len(block)), strict=True))
    return found


def multiply(sources: Sequence[Path], target: Path, times: int, share: float) -> None:
    """Write the sources ``times`` times, all copies but the first with words exchanged.

    Args:
        sources: Text files, in UTF-8.
        target: The library's folder; a folder ``seeds`` is made in it.
        times: How many copies, the first of which is the sources as they are.
        share: The chance of each word to be exchanged.
    """
    chooser = random.Random(7)
    texts = [words_of(path.read_text(encoding="utf-8")) for path in sources]
    counts = Counter(part for text in texts for part in text if _WORD.fullmatch(part))
    seeds = target / "seeds"
    seeds.mkdir(parents=True)
    for copy in range(times):
        other = exchanges(counts, chooser) if copy else {}
        for path, text in zip(sources, texts, strict=True):
            written = [other.get(part, part) if chooser.random() < share else part for part in text]
            (seeds / f"{copy}-{path.name}").write_text("".join(written), encoding="utf-8")


def main() -> None:
    """Write a library."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, help="a folder of text files")
    parser.add_argument("target", type=Path, help="the library's folder")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.4, help="the chance of a word to be exchanged")
    options = parser.parse_args()
    paths = sorted(path for path in options.sources.iterdir() if path.is_file())
    multiply(paths, options.target, options.times, options.share)


if __name__ == "__main__":
    main()
