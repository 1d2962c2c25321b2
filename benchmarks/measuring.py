"""What benchmarks measure with: seconds of the clock and of the processor, sizes, queries of real text."""

import os
import random
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from hubtui import Library

_LATIN = re.compile(r"[A-Za-z]{4,12}")
_HAN = re.compile("[\u4e00-\u9fff]{12}")


class Cost(NamedTuple):
    """Seconds: of the clock, and of the processor, those of child processes included."""

    wall: float
    cpu: float

    def beside(self, other: "Cost") -> str:
        """Return the ratios to another cost, as a text."""
        return f"wall {self.wall / other.wall:.2f}, CPU {self.cpu / other.cpu:.2f}"


def environment(home: Path) -> dict[str, str]:
    """Return an environment with the user's folders below ``home``, and modules kept as bytecode there."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    return {**kept, **places, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def cost_of_command(command: Sequence[object], home: Path) -> Cost:
    """Run a command and return its cost, its children's included.

    Raises:
        subprocess.CalledProcessError: It fails.
    """
    started, used = time.perf_counter(), os.times()
    subprocess.run([str(part) for part in command], env=environment(home), capture_output=True, check=True)
    now = os.times()
    cpu = now.children_user + now.children_system - used.children_user - used.children_system
    return Cost(time.perf_counter() - started, cpu)


def cost_of(action: Callable[[], object]) -> Cost:
    """Return what an action costs in this process; its threads count, its children do not."""
    started, used = time.perf_counter(), time.process_time()
    action()
    return Cost(time.perf_counter() - started, time.process_time() - used)


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value that so large a share of the values stays below."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def megabytes(*paths: Path) -> float:
    """Return the size of files and of the files in folders."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def trigrams(path: Path, texts: Iterable[str], *, content: bool = True) -> None:
    """Write passages to a new table of FTS5, in one transaction; with ``content``, it keeps them too."""
    database = sqlite3.connect(path)
    kept = "" if content else ", content = ''"
    database.execute(f"CREATE VIRTUAL TABLE passage USING fts5 (text, tokenize = 'trigram'{kept})")
    database.executemany("INSERT INTO passage (rowid, text) VALUES (?, ?)", enumerate(texts, 1))
    database.commit()
    database.close()


def passages_of(library: Library) -> list[str]:
    """Return the texts of all passages."""
    return [passage.text for source in library.sources() for passage in library.read(source.id)]


def queries_of(library: Library, count: int, seed: int = 5) -> dict[str, list[str]]:
    """Return so many queries of each kind, drawn from the sources' own words."""
    chooser, sources = random.Random(seed), library.sources()
    found: dict[str, list[str]] = {}
    drawn = 0
    for _attempt in range(100 * count):
        text = "\n".join(passage.text for passage in library.read(chooser.choice(sources).id))
        runs, words = _HAN.findall(text), _LATIN.findall(text)
        if len(runs) < 4 or len(words) < 4:
            continue
        one, other = chooser.choice(runs), chooser.choice(runs)
        word, second = chooser.choice(words), chooser.choice(words)
        kinds = {
            "word, Chinese": one[:2],
            "two words, Chinese": f"{one[:2]} {other[2:4]}",
            "phrase, Chinese": f'"{one[:4]}"',
            "sentence, Chinese": one,
            "word, English": word,
            "two words, English": f"{word} {second}",
            "prefix, English": f"{word[:3]}*",
            "with a city": f"{one[:2]} city:北京",
        }
        for kind, query in kinds.items():
            found.setdefault(kind, []).append(query)
        drawn += 1
        if drawn == count:
            return found
    raise ValueError("too few of the sources have words of both scripts")
