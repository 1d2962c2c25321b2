"""The first sync of a folder of sources, beside recollindex and SQLite's FTS5.

python benchmarks/first_sync.py SOURCES    SOURCES is a folder of text and Markdown files

hubtui and recollindex each index the same files with a whole command; Recoll has its default settings, but
does not give way to other processes. FTS5 with trigrams is fed with the passages that hubtui made of them,
which spares it the reading. Seconds of the clock and of the processor, and what they leave on the disk,
beside the text of the sources.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from measuring import Cost, cost_of, cost_of_command, megabytes, passages_of, trigrams

from hubtui import Library


def sync(sources: Path, folder: Path) -> Cost:
    """Index a copy of the sources with hubtui, in a library in ``folder``."""
    shutil.copytree(sources, folder / "seeds")
    (folder / "index").mkdir()
    command = [sys.executable, "-m", "hubtui", "--quiet", "index", "--library", folder]
    return cost_of_command(command, folder.parent)


def recoll(seeds: Path, folder: Path) -> tuple[Cost, str] | None:
    """Index with Recoll into ``folder``; return what it says of its work, and nothing without Recoll."""
    program = shutil.which("recollindex")
    if program is None:
        return None
    folder.mkdir()
    (folder / "recoll.conf").write_text(f"topdirs = {seeds}\nidxniceprio = 0\n", encoding="utf-8")
    cost = cost_of_command([program, "-c", folder, "-z"], folder.parent)
    status = (folder / "idxstatus.txt").read_text(encoding="utf-8").splitlines()
    said = [line for line in status if line.startswith(("docsdone", "filesdone", "fileerrors"))]
    return cost, ", ".join(said)


def show(name: str, costs: Sequence[Cost], size: float, text: float) -> Cost:
    """Print a row, and return the medians that it shows."""
    cost = Cost(statistics.median(one.wall for one in costs), statistics.median(one.cpu for one in costs))
    print(f"{name:22} {cost.wall:8.1f} {cost.cpu:8.1f} {size:8.1f} {size / text:8.2f}")
    return cost


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, help="a folder of text and Markdown files")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    rows: dict[str, list[Cost]] = {"hubtui": [], "recollindex": [], "FTS5": [], "FTS5, no content": []}
    sizes, said, passages = dict.fromkeys(rows, 0.0), "is not installed", 0
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            rows["hubtui"].append(sync(options.sources, folder / "library"))
            sizes["hubtui"] = megabytes(folder / "library" / "index")
            indexed = recoll(folder / "library" / "seeds", folder / "recoll")
            if indexed is not None:
                rows["recollindex"].append(indexed[0])
                said, sizes["recollindex"] = indexed[1], megabytes(folder / "recoll")
            with Library.open(folder / "library") as library:
                texts = passages_of(library)
            passages = len(texts)
            for name, content in (("FTS5", True), ("FTS5, no content", False)):
                fed = partial(trigrams, folder / name, texts, content=content)
                rows[name].append(cost_of(fed))
                sizes[name] = megabytes(folder / name)
    text = megabytes(options.sources)
    print(f"{passages} passages, {text:.1f} MB of text; recollindex: {said}")
    print(f"{'':22} {'wall s':>8} {'CPU s':>8} {'MB':>8} {'of text':>8}")
    medians = {name: show(name, costs, sizes[name], text) for name, costs in rows.items() if costs}
    for name, cost in medians.items():
        if name != "hubtui":
            print(f"hubtui beside {name}: {medians['hubtui'].beside(cost)}")


if __name__ == "__main__":
    main()
