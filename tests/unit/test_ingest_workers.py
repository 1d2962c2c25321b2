import errno
import importlib
import itertools
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest

from hubtui.core.errors import SourceError, UnavailableSourceError
from hubtui.ingest import Document, SourceFile, read_many

PROSE = "Harbin is quietly emerging as a significant player in the field of cloud computing, experts say."
TASKS = """
import os, time

def keep(file, document):
    return document

def crash(file, document):
    return os.abort() if file.path == "3.txt" else document

def hang(file, document):
    return time.sleep(120) if file.path == "3.txt" else document

def fail(file, document):
    return 1 / 0 if file.path == "3.txt" else document

def compute(file, document):
    while file.path == "3.txt":
        pass
    return document

def grow(file, document):
    held = [bytearray(b"x") * 2**24 for _ in range(100)] if file.path == "3.txt" else []
    return document if not held else time.sleep(120)

def reserve(file, document):
    import mmap
    held = mmap.mmap(-1, 2**33)
    return document

def be_killed(file, document):
    return os.kill(os.getpid(), 9) if file.path == "3.txt" else document

def lack(file, document):
    import no_such_library
"""


@pytest.fixture
def tasks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What to do after reading, in a module that the processes can import as well."""
    folder = tmp_path_factory.mktemp("tasks")
    name = f"tasks_{folder.name.replace('-', '_')}"
    (folder / f"{name}.py").write_text(TASKS, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    return importlib.import_module(name)


@pytest.fixture
def files(tmp_path: Path) -> list[SourceFile]:
    found = []
    for n in range(6):
        path = tmp_path / f"{n}.txt"
        path.write_text(f"{PROSE} {PROSE} {n}", encoding="utf-8")
        found.append(SourceFile(path.name, path, path.stat().st_size, 0))
    return found


@pytest.mark.parametrize("processes", [0, 1, 2, None])
def test_results_come_in_the_order_of_the_files(
    files: list[SourceFile], tasks: ModuleType, processes: int | None
) -> None:
    results = list(read_many(files, tasks.keep, processes=processes))
    assert [file.path for file, _ in results] == [file.path for file in files]
    assert [result.passages[0].text[-1] for _, result in results if isinstance(result, Document)] == list(
        "012345"
    )


def test_a_file_that_cannot_be_read_costs_itself_alone(files: list[SourceFile], tasks: ModuleType) -> None:
    files[2].absolute.write_bytes(b"\x89PNG" + bytes(100))
    results = [result for _, result in read_many(files, tasks.keep, processes=2)]
    assert [isinstance(result, Document) for result in results] == [True, True, False, True, True, True]
    assert isinstance(results[2], SourceError)
    assert results[2].remedy


def test_a_reader_that_is_brought_down_costs_one_file(files: list[SourceFile], tasks: ModuleType) -> None:
    results = [result for _, result in read_many(files, tasks.crash, processes=2)]
    assert [str(result) for result in results if isinstance(result, SourceError)] == [
        "The parser crashed on this file."
    ]


def test_a_fault_of_the_reader_costs_one_file(files: list[SourceFile], tasks: ModuleType) -> None:
    for processes in (0, 1):
        results = [result for _, result in read_many(files, tasks.fail, processes=processes)]
        (error,) = [result for result in results if isinstance(result, SourceError)]
        assert "ZeroDivisionError" in error.message


@pytest.mark.slow
def test_a_file_that_takes_too_long_costs_itself_alone(files: list[SourceFile], tasks: ModuleType) -> None:
    results = [result for _, result in read_many(files, tasks.hang, processes=2, seconds=2)]
    assert [isinstance(result, Document) for result in results] == [True, True, True, False, True, True]
    (error,) = [result for result in results if isinstance(result, SourceError)]
    assert "2 seconds" in error.message


def test_the_start_of_a_process_is_not_its_first_files_time(
    files: list[SourceFile], tasks: ModuleType
) -> None:
    results = [result for _, result in read_many(files, tasks.keep, processes=1, seconds=0.05)]
    assert isinstance(results[0], Document)


def test_a_first_file_that_takes_too_long_costs_itself_alone(
    files: list[SourceFile], tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubtui.ingest.workers._STARTING", 0)
    monkeypatch.setattr("hubtui.ingest.workers._SLOWNESS", 1)
    monkeypatch.setattr("hubtui.ingest.workers._SECONDS_PER_MEGABYTE", 0)
    files[0], files[3] = files[3], files[0]
    results = [result for _, result in read_many(files[:1], tasks.hang, processes=1, seconds=0.1)]
    assert "0.1 seconds" in str(results[0])


def test_a_file_that_computes_without_end_costs_itself_alone(
    files: list[SourceFile], tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubtui.ingest.workers._LOADING", 3)
    monkeypatch.setattr("hubtui.ingest.workers._SLOWNESS", 200)
    results = [result for _, result in read_many(files, tasks.compute, processes=2, seconds=0.5)]
    assert [isinstance(result, Document) for result in results] == [True, True, True, False, True, True]
    assert "seconds" in str(results[3])
    assert not isinstance(results[3], UnavailableSourceError)


def test_a_file_that_takes_too_much_memory_costs_itself_alone(
    files: list[SourceFile], tasks: ModuleType
) -> None:
    results = [result for _, result in read_many(files, tasks.grow, processes=1)]
    assert [isinstance(result, Document) for result in results] == [True, True, True, False, True, True]
    assert "512 MB" in str(results[3])
    assert not isinstance(results[3], UnavailableSourceError)


def test_memory_that_is_only_reserved_is_not_counted(files: list[SourceFile], tasks: ModuleType) -> None:
    results = [result for _, result in read_many(files[:1], tasks.reserve, processes=1)]
    assert isinstance(results[0], Document)


@pytest.mark.parametrize("task", ["be_killed", "lack"])
def test_what_is_not_the_files_fault_may_pass(files: list[SourceFile], tasks: ModuleType, task: str) -> None:
    ((_, result),) = read_many(files[3:4], getattr(tasks, task), processes=1)
    assert isinstance(result, UnavailableSourceError)
    assert result.remedy


def test_a_process_that_cannot_be_started_leaves_what_might_do_harm_unread(
    files: list[SourceFile], tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_module: str) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr("hubtui.ingest.workers.start", refuse)
    files[1].absolute.write_bytes(b"%PDF-1.4")
    results = [result for _, result in read_many(files[:2], tasks.keep)]
    assert isinstance(results[0], Document)
    assert isinstance(results[1], UnavailableSourceError)
    assert "memory is short" in results[1].message


def test_a_cancelled_reading_ends_while_a_file_is_read(files: list[SourceFile], tasks: ModuleType) -> None:
    cancelled = threading.Event()
    results = read_many(files, tasks.hang, processes=1, cancelled=cancelled.is_set)
    assert [file.path for file, _ in itertools.islice(results, 3)] == ["0.txt", "1.txt", "2.txt"]
    threading.Timer(0.1, cancelled.set).start()
    started = time.monotonic()
    assert list(results) == []
    assert time.monotonic() - started < 10


def test_closing_ends_the_processes_at_once(files: list[SourceFile], tasks: ModuleType) -> None:
    results = read_many(files, tasks.hang, processes=2)
    next(results)
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 10


def test_only_so_many_documents_are_read_ahead(
    files: list[SourceFile], tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = 0
    too_many = threading.Event()

    def read(_self: object, file: SourceFile, _then: object) -> str:
        nonlocal started
        started += 1
        if started > 3:  # one that was asked for, and two ahead
            too_many.set()
        return file.path

    monkeypatch.setattr("hubtui.ingest.workers._AHEAD", 2)
    monkeypatch.setattr("hubtui.ingest.workers._Worker.read", read)
    results = read_many(files, tasks.keep, processes=1)
    next(results)
    assert not too_many.wait(0.2)
    assert len(list(results)) == len(files) - 1


def test_no_files_no_processes(tasks: ModuleType) -> None:
    assert list(read_many([], tasks.keep)) == []
