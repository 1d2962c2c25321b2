"""The screen when another has had a hand in the library: before it opens, and while it is open."""

import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]
Harm = Callable[[Path], object]

PLANTED = "\x1b[8;35m\x1b]0;owned\x07\x9b31m\u202e\u2066\U000e0041\U000e0100"
"""A style that hubtui never uses, a window's title, and what turns text round or is not seen."""
TOML = "".join(character if character.isprintable() else f"\\U{ord(character):08x}" for character in PLANTED)
_RAW = re.compile("\x1b\\[8;35m|owned\x07|[\x80-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e0fff]")


def _garbage(data: bytes) -> bytes:
    return b"\x1b[8;35mgarbage" * (len(data) // 8 + 1)


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def hurt(folder: Path, change: Callable[[bytes], bytes], pattern: str = "*") -> None:
    """Change what is in files."""
    for path in folder.rglob(pattern):
        if path.is_file() and path.name not in ("lock", "clippings.lock"):
            path.write_bytes(change(path.read_bytes()))


def _rows_gone(root: Path) -> None:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(root / "index" / "catalogue.sqlite")) as catalog, catalog:
        for (table,) in catalog.execute(named).fetchall():
            catalog.execute(f"DROP TABLE IF EXISTS {table}")


HARMS: dict[str, Harm] = {
    "full text cut short": lambda root: hurt(root / "index" / "fulltext", _half),
    "full text is garbage": lambda root: hurt(root / "index" / "fulltext", _garbage),
    "full text gone": lambda root: shutil.rmtree(root / "index" / "fulltext"),
    "catalogue cut short": lambda root: hurt(root / "index", _half, "catalogue.sqlite*"),
    "catalogue is garbage": lambda root: hurt(root / "index", _garbage, "catalogue.sqlite*"),
    "catalogue without tables": _rows_gone,
    "index gone": lambda root: shutil.rmtree(root / "index"),
    "sources gone": lambda root: shutil.rmtree(root / "seeds"),
    "sources cut short": lambda root: hurt(root / "seeds", _half, "*.txt"),
    "settings are no TOML": lambda root: (root / "hubtui.toml").write_text(f"x = [\n{PLANTED}", "utf-8"),
    "settings are wrong": lambda root: (root / "hubtui.toml").write_text(f'"{TOML}" = "{TOML}"', "utf-8"),
    "corrections are no TOML": lambda root: (root / "seeds" / "sources.toml").write_text(PLANTED, "utf-8"),
    "clippings are garbage": lambda root: (root / "clippings.jsonl").write_text(f"{PLANTED}\n" * 9, "utf-8"),
    "mentions are garbage": lambda root: (root / "mentions.jsonl").write_text(f"{PLANTED}\n" * 9, "utf-8"),
}


@pytest.mark.attack
@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_files_harmed_under_the_screen_are_mended_or_named(hubtui: Hubtui, library: Path, harm: Harm) -> None:
    terminal = hubtui(library, size=(120, 36))
    terminal.sees("5 sources", "Harbin 哈")
    harm(library)
    terminal.press("/cloud\r")
    terminal.until(lambda: re.search(r" passages? in |No passage|Esc closes", terminal.text))
    terminal.press("r", "C")
    terminal.until(lambda: re.search(r"\d clippings|Esc closes", terminal.text))
    assert "A fault in hubtui" not in terminal.output
    assert "Traceback" not in terminal.output
    assert not _RAW.search(terminal.output)
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM


@pytest.mark.attack
def test_a_hostile_library_writes_no_raw_character_to_the_screen(hubtui: Hubtui, library: Path) -> None:
    seeds = library / "seeds"
    text = (seeds / "003_9c6913e47e9d125d.txt").read_text(encoding="utf-8")
    (seeds / f"00{PLANTED}.txt").write_text(
        f"Title {PLANTED}\n\n{PLANTED} Guizhou {PLANTED}\n\n{text}", "utf-8"
    )
    (seeds / f"broken{PLANTED}.pdf").write_bytes(b"%PDF-1.7 \x1b[8;35m")
    (seeds / "sources.toml").write_text(
        f'["003_9c6913e47e9d125d.txt"]\ntitle = "{TOML}"\nauthor = "{TOML}"\npublisher = "{TOML}"\n', "utf-8"
    )
    (library / "hubtui.toml").write_text(f'name = "{TOML}"\n[searches]\n"{TOML}" = "{TOML}"\n', "utf-8")
    (library / "clippings.jsonl").write_text(f"{PLANTED}\n", "utf-8")
    terminal = hubtui(library, "--query", f"Guizhou {PLANTED}", size=(120, 36))
    terminal.sees("6 sources", "1 problem (!)")
    for key, title in (("!", "Files with problems"), ("S", "Saved searches"), ("?", "─ Keys")):
        terminal.press(key)
        terminal.sees(title)
        terminal.press("escape")
        terminal.misses(title)
    terminal.press("y", "C")
    terminal.sees("0 clippings")
    assert not _RAW.search(terminal.output), repr(_RAW.search(terminal.output))
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
