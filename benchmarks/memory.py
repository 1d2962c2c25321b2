"""What the screen holds in memory after twenty searches, beside a bare Textual application.

python benchmarks/memory.py LIBRARY    LIBRARY is indexed already

hubtui runs in a terminal; queries of all kinds, drawn from the sources' own words, are typed into it. Memory
is what belongs to the process alone (RssAnon), and with it what is mapped from files (VmRSS), in MB of 2^20
bytes; child processes that are there count. Linux only.
"""

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import queries_of
from screen import BARE, HUBTUI, Terminal, terminal

from hubtui import Library

_OPENING = 5.0
"""Seconds from the first paint until a large library is open and shows its passages."""


def memory_of(pid: int) -> tuple[float, float]:
    """Return RssAnon and VmRSS of a process and its descendants."""
    status = (Path("/proc") / str(pid) / "status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    own, all_of_it = (int(fields[name].split()[0]) / 1024 for name in ("RssAnon", "VmRSS"))
    for child in children_of(pid):
        more = memory_of(child)
        own, all_of_it = own + more[0], all_of_it + more[1]
    return own, all_of_it


def children_of(pid: int) -> list[int]:
    """Return the child processes of a process."""
    tasks = (Path("/proc") / str(pid) / "task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def twenty(library: Path) -> list[str]:
    """Return twenty queries of all kinds."""
    with Library.open(library) as opened:
        kinds = queries_of(opened, 3)
    return list(itertools.islice((query for row in zip(*kinds.values(), strict=True) for query in row), 20))


def searching(screen: Terminal, queries: list[str]) -> Iterator[tuple[float, float]]:
    """Ask the queries one after the other; yield the memory before the first and after each."""
    screen.idle(_OPENING)
    yield memory_of(screen.pid)
    screen.press("/")
    for query in queries:
        screen.press("\x15")
        screen.settle()
        for letter in query:
            screen.press(letter)
            screen.idle(0.03)
        screen.settle()
        yield memory_of(screen.pid)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path, help="an indexed library")
    library = parser.parse_args().library.resolve()
    queries = twenty(library)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        with terminal([*HUBTUI, str(library)], home, home) as screen:
            screen.until("Cities")
            figures = list(searching(screen, queries))
        with terminal([sys.executable, "-c", BARE], home, home) as screen:
            screen.until("painted")
            screen.settle()
            bare = memory_of(screen.pid)
    rows = {"opened": figures[0], "after 20 searches": figures[-1], "bare Textual application": bare}
    print(f"{'MB':26} {'RssAnon':>8} {'VmRSS':>8}")
    for name, (own, all_of_it) in rows.items():
        print(f"{name:26} {own:8.0f} {all_of_it:8.0f}")
    print(f"RssAnon after each search: {' '.join(f'{own:.0f}' for own, _ in figures[1:])}")


if __name__ == "__main__":
    main()
