"""Processes killed at a system call that changes a file: nothing confirmed is lost, nothing is left over.

``strace`` kills the process when it makes its nth such call, so each moment between two of them has its turn.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.attack.scale import Scale

from hubtui.core.config import read_config, set_value
from hubtui.library import Library

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

"""How often each kind of work is killed."""

CALLS = (
    "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "ftruncate,mkdir,mkdirat,fchmod,flock,fcntl"
)

PROGRAM = """
import sys
from pathlib import Path
from hubtui.core.config import set_value
from hubtui.library import Library

def done(name):
    print(name, flush=True)

root, what = Path(sys.argv[1]), sys.argv[2]
with Library.open(root) as library:
    print("begun", flush=True)
    passage = None if what == "sync" else library.read(library.source("a.txt").id)[0]
    if what == "sync":
        library.sync()
        done("synced")
    for number in range(4):
        name = f"n{number}"
        if what == "clippings":
            kept = library.clippings.add(passage, note=name)
            done(name)
            library.clippings.annotate(kept.id, tags=["seen"])
            done(f"tag of {name}")
        elif what == "removals":
            gone = library.clippings.find()[0]
            library.clippings.remove([gone.id])
            done(f"-{gone.note}")
        elif what == "corrections":
            library.correct(library.sources()[number], {"title": name})
            done(name)
        elif what == "settings":
            library.searches.save(name, "cloud")
            done(name)
            set_value(f"keys.{name}", "f3")
            done(f"key of {name}")
"""


def _make(root: Path) -> None:
    (root / "seeds").mkdir(parents=True)
    for name in ("a", "b", "c", "d", "e"):
        text = f"Cloud computing in Harbin, says {name}.\n\nBoston has {name} too.\n"
        (root / "seeds" / f"{name}.txt").write_text(text)
    with Library.open(root) as library:
        library.sync()
        for number in range(6):
            passage = library.read(library.source("a.txt").id)[0]
            library.clippings.add(passage, note=f"old{number}")


def _change_sources(root: Path) -> None:
    """Have something to sync: one source is gone, one changed, two are new."""
    (root / "seeds" / "a.txt").write_text("Tax breaks in Guizhou.\n\nBoston again.\n")
    (root / "seeds" / "b.txt").unlink()
    for name in ("f", "g"):
        (root / "seeds" / f"{name}.txt").write_text(f"Winters are long, says {name}.\n")


def _command(root: Path, what: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, str(root), what]


def _environ(root: Path) -> dict[str, str]:
    return {**os.environ, "HUBTUI_CONFIG": str(root / "config.toml")}


def _calls(root: Path, what: str, log: Path) -> list[tuple[str, int]]:
    """Return the calls that the work makes: each by its name, and its number among those of that name."""
    traced = ["strace", "-o", str(log), "-e", f"trace={CALLS}", *_command(root, what)]
    subprocess.run(traced, env=_environ(root), check=True, capture_output=True)
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text().splitlines():
        name, bracket, _rest = line.partition("(")
        if bracket and name.isidentifier():
            seen[name] += 1
            calls.append((name, seen[name]))
    return calls


def _killed(root: Path, what: str, call: tuple[str, int]) -> tuple[bool, list[str]]:
    """Kill the work at one of its calls; return whether it came to that, and what was confirmed before."""
    name, number = call
    inject = ["-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}"]
    traced = ["strace", "-o", os.devnull, *inject, *_command(root, what)]
    process = subprocess.run(traced, env=_environ(root), check=False, capture_output=True, text=True)
    return process.returncode == -signal.SIGKILL, process.stdout.splitlines()


def _state(library: Library) -> object:
    """Return all that a library answers with."""
    return (
        [(source.path, source.title, source.passages) for source in library.sources()],
        [(hit.passage.label, round(hit.score, 4)) for hit in library.search("cloud", limit=100).hits],
        [hit.passage.text for hit in library.search("", limit=100).hits],
        [(count.place.id, count.passages) for count in library.places()],
    )


def _next_run(root: Path) -> None:
    """Do a little of everything, as the next day's work would."""
    with Library.open(root) as library:
        library.sync()
        library.clippings.add(library.read(library.sources()[0].id)[0], note="next")
        library.clippings.remove([next(one.id for one in library.clippings.find() if one.note == "next")])
        library.searches.save("next", "cloud")
        library.correct(library.source("c.txt"), {"publisher": "Next"})
        library.sync()
    set_value("keys.next", "f3", root / "config.toml")


def _left_over(root: Path) -> list[str]:
    names = {path.name for path in root.rglob("*") if path.suffix in (".tmp", ".draft")}
    with Library.open(root) as library:
        folder = library.paths.index / "fulltext"
        toc = (folder / "toc.json").read_text()
        names |= {path.name for path in folder.glob("*.segment") if path.stem not in toc}
        names |= {path.name for path in folder.glob("*.mask") if path.stem not in toc}
    return sorted(names)


def _notes(root: Path) -> set[str]:
    with Library.open(root) as library:
        kept = library.clippings.find()
    return {one.note for one in kept} | {f"tag of {one.note}" for one in kept if one.tags}


def _titles(root: Path) -> set[str]:
    file = root / "seeds" / "sources.toml"
    tables = tomllib.loads(file.read_text()) if file.exists() else {}
    return {str(table.get("title")) for table in tables.values()}


def _settings(root: Path) -> set[str]:
    keys = read_config(root / "config.toml").keys
    with Library.open(root) as library:
        return {*library.searches.all(), *(f"key of {name}" for name in keys)}


def _removed(root: Path) -> set[str]:
    return {f"-old{number}" for number in range(6)} - {f"-{note}" for note in _notes(root)}


HELD: dict[str, Callable[[Path], set[str]]] = {
    "sync": lambda _root: {"synced"},
    "clippings": _notes,
    "removals": _removed,
    "corrections": _titles,
    "settings": _settings,
}


@pytest.mark.parametrize("what", HELD)
def test_nothing_confirmed_is_lost(tmp_path: Path, scale: Scale, what: str) -> None:
    made = tmp_path / "made"
    _make(made)
    if what == "sync":
        _change_sources(made)
    shutil.copytree(made, tmp_path / "counted")
    calls = _calls(tmp_path / "counted", what, tmp_path / "log")
    assert len(calls) > 10
    share = -(-scale.kills // len(HELD))
    moments = random.Random(9).choices(calls, k=share) if len(calls) < share else _spread(calls, share)
    kills = 0
    for number, when in enumerate(moments):
        root = tmp_path / f"{number}"
        shutil.copytree(made, root)
        killed, said = _killed(root, what, when)
        kills += killed
        _inspect(root, what, set(said) - {"begun"}, when)
        shutil.rmtree(root)
    assert kills >= len(moments) - max(1, len(moments) // 10)  # locks are asked for a time more or less


def _spread(calls: Sequence[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Choose calls from the first to the last, the same ones in each run."""
    return [calls[number * len(calls) // most] for number in range(most)]


def _inspect(root: Path, what: str, confirmed: set[str], when: tuple[str, int]) -> None:
    """Look whether all that was confirmed is there, then, after the next run, and as in a fresh index."""
    assert confirmed - HELD[what](root) == set(), when
    if what != "removals":
        with Library.open(root) as library:
            assert sum(one.note.startswith("old") for one in library.clippings.find()) == 6, when
    _next_run(root)
    assert confirmed - HELD[what](root) == set(), when
    assert _left_over(root) == [], when
    with Library.open(root) as library:
        assert library.clippings.problems() == (), when
        seen = _state(library)
        library.sync(rebuild=True)
        assert seen == _state(library), when
