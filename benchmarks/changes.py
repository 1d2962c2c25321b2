"""What one changed source costs: the sync, and of that the writing.

python benchmarks/changes.py LIBRARY --syncs 40    LIBRARY is indexed already; it is copied, not changed

In the copy, first so many sources are changed with a sync after each, so that its index is one of many small
syncs. Then a source gets a paragraph more, a few times: in an open library, and in a new process. Beside it
stands the cost of a sync that has nothing to do. Milliseconds.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring import Cost, cost_of, cost_of_command, environment

from hubtui import Library
from hubtui.core.paths import state_folder
from hubtui.index.catalog import Catalog
from hubtui.index.codec.writer import ArrayWriter
from hubtui.index.reprint_groups import ReprintGroups
from hubtui.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

_PARAGRAPH = "\n\n新增的一段，关于哈尔滨的云计算，第 {number} 段。\n"
_WRITING: tuple[tuple[type, str], ...] = (
    (ArrayWriter, "add"),
    (ArrayWriter, "remove"),
    (ArrayWriter, "commit"),
    (Catalog, "add_source"),
    (Catalog, "remove_source"),
    (ReprintGroups, "form"),
    (Store, "note"),
)
"""What writing consists of, but for SQLite's own commits."""


class Stopwatch:
    """Adds up what methods cost."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}

    def watch(self, owner: type, name: str) -> None:
        """Time a method from now on."""
        method: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # any method
            returned = []
            cost = cost_of(lambda: returned.append(method(*arguments, **named)))
            label = f"{owner.__name__}.{name}"
            before = self.costs.get(label, Cost(0, 0))
            self.costs[label] = Cost(before.wall + cost.wall, before.cpu + cost.cpu)
            return returned[0]

        setattr(owner, name, timed)


def change(file: Path, number: int) -> None:
    """Add a paragraph to a source."""
    with file.open("a", encoding="utf-8") as text:
        text.write(_PARAGRAPH.format(number=number))


def borrow_notes(home: Path) -> None:
    """Have this user's folders below ``home``, with a copy of the notes of which indexes are their own.

    The copied library has the id of the one that it was copied from, whose own notes must not be pushed out.
    """
    kept = state_folder() / "indexes"
    os.environ.update(environment(home))
    if kept.is_dir():
        shutil.copytree(kept, state_folder() / "indexes")


def show(name: str, costs: list[Cost]) -> None:
    """Print a row."""
    wall, cpu = (statistics.median(values) * 1000 for values in zip(*costs, strict=True))
    print(f"{name:40} wall {wall:8.1f}   CPU {cpu:8.1f}   most, wall {max(costs).wall * 1000:8.1f}")


def measure(folder: Path, home: Path, syncs: int, runs: int) -> None:
    """Print the figures of a library that may be changed."""
    stopwatch = Stopwatch()
    with Library.open(folder) as library:
        library.sync()
        files = sorted(path for path in library.paths.seeds.iterdir() if path.is_file())
        step = max(1, len(files) // (syncs + runs))
        chosen = files[::step]
        many = []
        for number, file in enumerate(chosen[:syncs]):
            change(file, number)
            many.append(cost_of(library.sync))
        if many:
            show(f"each of {syncs} small syncs before", many)
        for owner, name in _WRITING:
            stopwatch.watch(owner, name)
        changed = []
        for number in range(runs):
            change(chosen[-1], number)
            changed.append(cost_of(library.sync))
        show("one changed source", changed)
        wall, cpu = (sum(values) / runs * 1000 for values in zip(*stopwatch.costs.values(), strict=True))
        print(f"{'of that writing, on average':40} wall {wall:8.1f}   CPU {cpu:8.1f}")
        for name, cost in sorted(stopwatch.costs.items(), key=lambda row: -row[1].wall):
            print(f"    {name:36} wall {cost.wall / runs * 1000:8.1f}   CPU {cost.cpu / runs * 1000:8.1f}")
        show("nothing to do", [cost_of(library.sync) for _ in range(runs)])
    command = [sys.executable, "-m", "hubtui", "--quiet", "index", "--library", folder]
    cost_of_command(command, home)  # makes the bytecode
    show("command, nothing to do", [cost_of_command(command, home) for _ in range(runs)])
    cold = []
    for number in range(runs):
        change(chosen[-1], runs + number)
        cold.append(cost_of_command(command, home))
    show("command, one changed source", cold)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path, help="an indexed library")
    parser.add_argument("--syncs", type=int, default=0, help="so many small syncs before")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        shutil.copytree(options.library, home / "library")
        borrow_notes(home)
        measure(home / "library", home, options.syncs, options.runs)


if __name__ == "__main__":
    main()
