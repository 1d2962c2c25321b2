"""A disk that fills up in the middle of a sync: what was searchable stays so; to go on needs no extra room.

The disk is a file system in memory; making one takes the rights of root, and without them nothing is tried.
"""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hubtui.core.errors import HubtuiError
from hubtui.library import Library

SIZES = range(700, 6_000, 200)
"""Kilobytes of room on the disk."""
LARGE = 24_000
ENOUGH = 4_000
"""Kilobytes in which the sync is done; from the beginning it takes 3,300, and joining the parts of several
attempts 700 more."""

WORDS = ("cloud", "winter", "land", "tax", "power", "river", "rail", "云计算", "哈尔滨", "数据中心", "电力")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", f"size={LARGE}k", "tmpfs", str(folder)]
    if not mount or subprocess.run([mount, *options], check=False, capture_output=True).returncode:
        pytest.skip("only root mounts a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)


def _text(seed: int, word: str) -> str:
    chance = random.Random(seed)
    paragraphs = (" ".join(chance.choices([*WORDS, f"w{seed}x{n}"], k=60)) for n in range(40))
    return "\n\n".join(f"A {word} about {seed}. {paragraph}." for paragraph in paragraphs)


def _hits(root: Path) -> list[tuple[str, int]]:
    """Return what some searches find, by an index that is opened anew."""
    with Library.open(root) as library:
        return [(word, library.search(f"heritage {word}").total) for word in WORDS[:6]]


def _parts(root: Path) -> set[str]:
    """Return the files of the full text that its table does not name."""
    folder = root / "index" / "fulltext"
    named = json.loads((folder / "toc.json").read_text())["content"]["segments"]
    kept = {f"{entry['name']}.segment" for entry in named} | {f"{entry['mask']}.mask" for entry in named}
    return {path.name for path in folder.iterdir()} - kept - {"toc.json", "lock"}


@pytest.mark.sampled
@pytest.mark.parametrize("size", SIZES)
def test_what_was_searchable_stays_searchable(disk: Path, size: int) -> None:
    root = disk / "library"
    seeds = root / "seeds"
    seeds.mkdir(parents=True)
    for number in range(3):
        (seeds / f"old{number}.txt").write_text(_text(number, "heritage"))
    with Library.open(root) as library:
        library.sync()
    before = _hits(root)
    assert all(total for _word, total in before)
    for number in range(3, 60):
        (seeds / f"new{number}.txt").write_text(_text(number, "novelty"))
    used = sum(path.stat().st_blocks for path in disk.rglob("*") if path.is_file()) // 2
    _resize(disk, used + size)
    complete = True
    for _attempt in range(2):
        try:
            with Library.open(root) as library:
                library.sync()
        except HubtuiError as error:
            assert error.remedy  # noqa: PT017  # it may as well fit
            complete = False
        assert _hits(root) == before
        assert _parts(root) == set()
    _resize(disk, used + max(ENOUGH, size))
    with Library.open(root) as library:
        report = library.sync()
        assert report.problems == ()
        assert library.search("novelty").total > 0
        assert len(library.sources()) == 60
    assert _hits(root) == before
    if not complete:
        assert report.added
