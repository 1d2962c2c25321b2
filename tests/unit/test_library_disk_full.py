"""A disk that is full at any one write of a sync: what was searchable stays, and the next completes it."""

import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import pytest

from hubtui.core.errors import HubtuiError
from hubtui.core.files import open_new
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

OLD = "Cloud computing is growing in Harbin, where land is cheap.\n"
NEW = "Tax breaks attract data centres to Guizhou.\n"


class _Disk:
    """Counts what is made and synced, and is full from the nth on."""

    def __init__(self, room: int) -> None:
        self.room = room

    def take(self) -> None:
        self.room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _fill(patch: pytest.MonkeyPatch, disk: _Disk) -> None:
    fsync = os.fsync

    def full_fsync(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            disk.take()
        fsync(handle)

    def full_open(path: Path) -> BinaryIO:
        disk.take()
        return open_new(path)

    patch.setattr(os, "fsync", full_fsync)
    patch.setattr("hubtui.index.codec.format.open_new", full_open)


def test_at_any_write_nothing_is_lost(make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library({"a.txt": OLD, "gone.txt": OLD.replace("Harbin", "Boston")})
    library.sync()
    root, failures = library.paths.root, 0
    engine = library.paths.index / "fulltext"
    for room in range(40):
        (library.paths.seeds / f"new{room}.txt").write_text(NEW.replace("Guizhou", f"place number {room}"))
        (library.paths.seeds / "gone.txt").write_text(OLD.replace("Harbin", f"Boston {room}"))
        before = library.search("cloud").total, library.search("tax").total
        with monkeypatch.context() as patch:
            _fill(patch, _Disk(room))
            with Library.open(root) as another:
                try:
                    another.sync()
                    break
                except HubtuiError as error:
                    failures += 1
                    assert "Free space" in error.remedy  # noqa: PT017  # or it has not failed
        with Library.open(root) as another:
            found = another.search("cloud").total, another.search("tax").total
        assert found == before
        assert not list(engine.glob("*.draft"))
        with Library.open(root) as another:
            assert another.sync().problems == ()
            assert another.search("tax").total == failures
    assert failures > 3
