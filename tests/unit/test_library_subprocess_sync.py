"""Syncing in a process of its own."""

import signal
import subprocess
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from hubtui.core.errors import IndexBusyError, IndexingError
from hubtui.core.settings import SettingsError
from hubtui.ingest.workers import start as start_process
from hubtui.library import Library

if TYPE_CHECKING:
    from hubtui.core.models import SyncProgress

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]
TEXTS = {f"{number}.txt": f"Harbin has {number} data centres, and cold air for all." for number in range(12)}


@pytest.fixture
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any library for a large one."""
    monkeypatch.setattr("hubtui.index.store.LITTLE", 0)


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is started in processes of their own."""
    started: list[str] = []

    def start(name: str) -> subprocess.Popen[bytes]:
        started.append(name)
        return start_process(name)

    monkeypatch.setattr("hubtui.ingest.workers.start", start)
    return started


class StartedError(Exception):
    """A process would be started."""


@pytest.fixture
def start_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """End where a process is started, with its module's name."""

    def start(name: str) -> None:
        raise StartedError(name)

    monkeypatch.setattr("hubtui.ingest.workers.start", start)


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_it_does_what_a_sync_does(make_library: MakeLibrary, starts: list[str]) -> None:
    library = make_library(TEXTS)
    told: list[SyncProgress] = []
    report = library.index.sync_in_subprocess(told.append)
    assert starts == ["hubtui.library.index"]
    assert (report.added, report.unchanged, report.problems) == (12, 0, ())
    assert [progress.done for progress in told] == list(range(1, 13))
    assert library.search("Harbin").total == 12
    (library.paths.seeds / "0.txt").unlink()
    (library.paths.seeds / "1.txt").write_text("Guizhou has caves.")
    report = library.index.sync_in_subprocess()
    assert (report.updated, report.removed, report.unchanged) == (1, 1, 10)
    assert library.search("caves").total == 1


@pytest.mark.usefixtures("much")
def test_no_process_is_started_where_nothing_is_due(make_library: MakeLibrary, starts: list[str]) -> None:
    library = make_library(TEXTS)
    library.sync()
    assert library.index.sync_in_subprocess().unchanged == 12
    assert starts == []


def test_a_few_small_texts_are_read_without_a_process(make_library: MakeLibrary, starts: list[str]) -> None:
    library = make_library(TEXTS)
    assert library.index.sync_in_subprocess().added == 12
    (library.paths.seeds / "0.txt").unlink()
    (library.paths.seeds / "1.txt").write_text("Guizhou has caves.")
    report = library.index.sync_in_subprocess()
    assert (report.updated, report.removed, report.unchanged) == (1, 1, 10)
    assert starts == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", "<p>Harbin has data centres, and cold air for all of them.</p>"),
        ("disguised.txt", b"%PDF-1.7 and so on"),
        ("zipped.md", b"PK\x03\x04 and so on"),
        ("noise.txt", bytes(range(256)) * 40),
        ("large.txt", "Harbin has data centres, and cold air.\n\n" * 4000),
    ],
    ids=["html", "pdf", "zip", "noise", "large"],
)
@pytest.mark.usefixtures("start_fails")
def test_what_may_take_long_or_do_harm_is_read_in_another_process(
    make_library: MakeLibrary, name: str, content: str | bytes
) -> None:
    library = make_library({"plain.txt": "Harbin has cold air.", name: content})
    with pytest.raises(StartedError, match=r"library\.index"):
        library.index.sync_in_subprocess()


@pytest.mark.usefixtures("start_fails")
def test_a_library_that_is_large_already_is_written_in_another_process(make_library: MakeLibrary) -> None:
    library = make_library({"large.txt": "Harbin has data centres, and cold air.\n\n" * 4000})
    library.sync()
    (library.paths.seeds / "small.txt").write_text("Guizhou has caves.")
    with pytest.raises(StartedError, match=r"library\.index"):
        library.index.sync_in_subprocess()


@pytest.mark.usefixtures("much")
def test_where_no_process_can_be_started_it_syncs_here(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: str) -> None:
        raise OSError

    monkeypatch.setattr("hubtui.ingest.workers.start", start)
    assert make_library(TEXTS).index.sync_in_subprocess().added == 12


@pytest.mark.slow
@pytest.mark.usefixtures("much")
def test_a_cancelled_one_keeps_what_it_has_read(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    report = library.index.sync_in_subprocess(cancelled=lambda: True)
    assert 1 <= report.added <= 12
    assert library.index.sync_in_subprocess().added == 12 - report.added


@pytest.mark.usefixtures("much")
def test_a_process_that_ends_early_is_a_named_error(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(TEXTS)
    started: list[subprocess.Popen[bytes]] = []

    def remember(name: str) -> subprocess.Popen[bytes]:
        started.append(start_process(name))
        return started[-1]

    monkeypatch.setattr("hubtui.ingest.workers.start", remember)
    with pytest.raises(IndexingError, match="ended before") as caught:
        library.index.sync_in_subprocess(progress=lambda _: started[0].send_signal(signal.SIGKILL))
    assert caught.value.remedy
    monkeypatch.undo()
    library.index.sync_in_subprocess()
    assert library.search("Harbin").total == 12


@pytest.mark.usefixtures("much")
def test_what_goes_wrong_there_is_raised_here(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    with library._opened.store().syncing(), pytest.raises(IndexBusyError) as caught:
        library.index.sync_in_subprocess()
    assert caught.value.remedy
    (library.paths.root / "hubtui.toml").write_text("nme = 'x'")
    with pytest.raises(SettingsError):
        library.index.sync_in_subprocess()
