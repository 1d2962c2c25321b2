"""A library with all the files that hubtui ever reads or writes, beside the user's own."""

import json
import shlex
from collections.abc import Sequence
from pathlib import Path

from tests.attack.commands import READING, WRITING
from tests.attack.conftest import User

from hubtui.core.paths import history_file
from hubtui.library import Library

SETTINGS = """\
style = "apa"

[searches]
clouds = "cloud city:Harbin"

[glossary]
cloud = ["云"]
"""
TABLE = '["003_9c6913e47e9d125d.txt"]\ntitle = "A hub"\n'
DRAFT = "“It aims to become a big data and cloud hub.” Harbin and 贵州 have data centres.\n"


def populate(user: User) -> Path:
    """Make that library for a user; this process must be theirs."""
    folder = user.library()
    (folder / "hubtui.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "seeds" / "sources.toml").write_text(TABLE, encoding="utf-8")
    (folder / "draft.md").write_text(DRAFT, encoding="utf-8")
    config = user.folder("config") / "hubtui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('style = "apa"\n', encoding="utf-8")
    with Library.open(folder) as library:
        library.sync()
        history = history_file(library.paths.root)
        history.parent.mkdir(parents=True)
        history.write_text(json.dumps(["cloud"]), encoding="utf-8")
        passage = library.search("cloud").hits[0].passage
        library.clippings.add(passage)
    done = user.runs("mentions", "reject", "003:3", "Guizhou", "-L", folder)
    assert b"bug" not in done.err, done.err
    return folder


def lines(clip: str) -> list[list[str]]:
    """Return all commands, as words; ``clip`` is a clipping's id."""
    return [shlex.split(line.replace("{clip}", clip)) for line in (*READING, *WRITING)]


def files_of(*folders: Path) -> Sequence[Path]:
    """Return every file of hubtui's below some folders: not the sources, which are a stranger's anyway."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parent.name != "seeds" or path.suffix == ".toml")
