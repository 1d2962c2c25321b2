"""Several processes change the same file at once: no change that was reported as done is lost."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.attack.scale import Scale

from hubtui.library import Library
from hubtui.tui.session import KEPT as KEPT_QUERIES

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from hubtui.core.config import set_value
from hubtui.library import Library
from hubtui.places.corrections import MentionCorrectionFile, rejection
from hubtui.core.models import Mention, Place
from hubtui.tui.session import save

root, what, writer, changes = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
with Library.open(root) as library:
    passage = library.read(library.source("a.txt").id)[0]
    for number in range(changes):
        name = f"{writer}-{number}"
        if what == "sources.toml":
            library.correct(library.sources()[int(writer) * changes + number], {"title": name})
        elif what == "hubtui.toml":
            library.searches.save(name, "cloud")
        elif what == "config.toml":
            set_value(f"keys.{name}", "f3")
        elif what == "clippings.jsonl":
            library.clippings.add(passage, note=name)
        elif what == "clippings' notes":
            kept = library.clippings.add(passage)
            library.clippings.annotate(kept.id, note=name)
        elif what == "mentions.jsonl":
            place = Place("gn:4930956", "Boston", "", "city")
            said = rejection("this", "a.txt", f"in Boston {name}", Mention(3, 9, "Boston", place))
            MentionCorrectionFile(root, root / "index" / "mentions.lock").add(replace(said, name=name))
        else:
            save(root / "history.json", [name])
        print(name, flush=True)
"""


def _titles(root: Path) -> set[str]:
    tables = tomllib.loads((root / "seeds" / "sources.toml").read_text())
    return {str(table["title"]) for table in tables.values()}


def _notes(root: Path) -> set[str]:
    lines = (root / "clippings.jsonl").read_text().splitlines()
    return {str(json.loads(line)["note"]) for line in lines}


def _mentions(root: Path) -> set[str]:
    lines = (root / "mentions.jsonl").read_text().splitlines()
    return {str(json.loads(line)["name"]) for line in lines}


KEPT: dict[str, Callable[[Path], set[str]]] = {
    "sources.toml": _titles,
    "hubtui.toml": lambda root: set(tomllib.loads((root / "hubtui.toml").read_text())["searches"]),
    "config.toml": lambda root: set(tomllib.loads((root / "config.toml").read_text())["keys"]),
    "clippings.jsonl": _notes,
    "clippings' notes": _notes,
    "mentions.jsonl": _mentions,
    "the history": lambda root: set(json.loads((root / "history.json").read_text())),
}


@pytest.mark.parametrize("what", KEPT)
def test_no_confirmed_change_is_lost(tmp_path: Path, scale: Scale, what: str) -> None:
    writers = scale.writers
    changes = scale.changes if what != "the history" else min(scale.changes, KEPT_QUERIES // writers)
    root = tmp_path / "library"
    (root / "seeds").mkdir(parents=True)
    for number in range(writers * changes if what == "sources.toml" else 1):
        name = "a.txt" if number == 0 else f"{number}.txt"
        (root / "seeds" / name).write_text(f"Cloud computing in Boston, number {number}.\n")
    with Library.open(root) as library:
        library.sync()
    environ = {**os.environ, "HUBTUI_CONFIG": str(root / "config.toml")}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(root), what, str(writer), str(changes)],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for writer in range(writers)
    ]
    said = [process.communicate() for process in processes]
    assert [err for _out, err in said] == [""] * writers
    confirmed = {name for out, _err in said for name in out.split()}
    assert len(confirmed) == writers * changes
    assert confirmed - KEPT[what](root) == set()
    left = [path for path in root.rglob("*") if path.suffix in (".tmp", ".draft")]
    assert left == []
