"""Syncing in a process of its own."""

import signal
import subprocess
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from hubtui.errors import IndexBusyError, IndexingError
from hubtui.library import Library
from hubtui.settings import SettingsError
from hubtui.sources.processes import start as start_process

if TYPE_CHECKING:
    from hubtui.model import SyncProgress

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]
TEXTS = {f"{number}.txt": f"Harbin has {number} data centres, and cold air for all." for number in range(12)}


def test_it_does_what_a_sync_does(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    told: list[SyncProgress] = []
    report = library.sync_apart(told.append)
    assert (report.added, report.unchanged, report.problems) == (12, 0, ())
    assert [progress.done for progress in told] == list(range(1, 13))
    assert library.search("Harbin").total == 12
    (library.paths.seeds / "0.txt").unlink()
    (library.paths.seeds / "1.txt").write_text("Guizhou has caves.")
    report = library.sync_apart()
    assert (report.updated, report.removed, report.unchanged) == (1, 1, 10)
    assert library.search("caves").total == 1


def test_no_process_is_started_where_nothing_is_due(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(TEXTS)
    library.sync()

    def start(_: str) -> None:
        raise AssertionError

    monkeypatch.setattr("hubtui.library.apart.start", start)
    assert library.sync_apart().unchanged == 12


def test_where_no_process_can_be_started_it_syncs_here(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: str) -> None:
        raise OSError

    monkeypatch.setattr("hubtui.library.apart.start", start)
    assert make_library(TEXTS).sync_apart().added == 12


def test_a_cancelled_one_keeps_what_it_has_read(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    report = library.sync_apart(cancelled=lambda: True)
    assert 1 <= report.added <= 12
    assert library.sync_apart().added == 12 - report.added


def test_a_process_that_ends_early_is_a_named_error(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(TEXTS)
    started: list[subprocess.Popen[bytes]] = []

    def remember(name: str) -> subprocess.Popen[bytes]:
        started.append(start_process(name))
        return started[-1]

    monkeypatch.setattr("hubtui.library.apart.start", remember)
    with pytest.raises(IndexingError, match="ended before") as caught:
        library.sync_apart(progress=lambda _: started[0].send_signal(signal.SIGKILL))
    assert caught.value.remedy
    monkeypatch.undo()
    library.sync_apart()
    assert library.search("Harbin").total == 12


def test_what_goes_wrong_there_is_raised_here(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    with library._opened().syncing(), pytest.raises(IndexBusyError) as caught:
        library.sync_apart()
    assert caught.value.remedy
    (library.paths.root / "hubtui.toml").write_text("nme = 'x'")
    with pytest.raises(SettingsError):
        library.sync_apart()
