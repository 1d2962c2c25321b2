"""How soon new sources can be read, beside loading the libraries that this takes.

python benchmarks/first_start.py

From the start of hubtui on the five seeds, of which there is no index yet, to the first passage on the
screen. Both find jieba's cache.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import HUBTUI, ROOT, seconds_until

RUNS = 11
REFERENCE = [sys.executable, "-c", "import textual, whoosh, jieba; jieba.initialize()"]
PASSAGE = "stunning winter landscapes"
"""Words of the first passage."""


def first_passage(home: Path) -> float:
    """Return the seconds until a library without an index shows a passage."""
    with tempfile.TemporaryDirectory(dir=home) as folder:
        shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
        return seconds_until(PASSAGE, HUBTUI, Path(folder), home)


def loading() -> float:
    """Return the seconds that the reference takes."""
    started = time.perf_counter()
    subprocess.run(REFERENCE, capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the medians in milliseconds and the median of the ratios."""
    with tempfile.TemporaryDirectory() as home:
        first_passage(Path(home))  # each makes its cache
        loading()
        pairs = [(first_passage(Path(home)), loading()) for _ in range(RUNS)]
    ours, theirs = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(our / their for our, their in pairs)
    print(f"first passage {ours:.0f} ms, reference {theirs:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
