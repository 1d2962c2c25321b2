"""The command line as shells, pipes and terminals meet it, in processes of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

HUBTUI = [sys.executable, "-m", "hubtui"]


def _run(*arguments: str | Path, **options: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*HUBTUI, *map(str, arguments)], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@contextmanager
def _terminal(*arguments: str | Path) -> Iterator["pexpect.spawn[str]"]:
    """Run hubtui on a terminal of 80 columns."""
    environ = {**os.environ, "TERM": "xterm-256color"}
    environ.pop("COLUMNS", None)
    words = [*HUBTUI[1:], *map(str, arguments)]
    child = pexpect.spawn(HUBTUI[0], words, env=environ, encoding="utf-8", dimensions=(24, 80), timeout=20)
    try:
        yield child
    finally:
        child.close(force=True)


def test_a_reader_that_has_enough_ends_it_silently(seeds_folder: Path) -> None:
    command = [*HUBTUI, "search", "", "--limit", "0", "--json", "-q", "-L", str(seeds_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_answers_come_while_questions_are_asked(seeds_folder: Path) -> None:
    command = [*HUBTUI, "search", "-", "--count", "-L", str(seeds_folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in (b"Harbin", "云计算".encode()):
            process.stdin.write(query + b"\n")
            assert process.stdout.readline().startswith(query + b"\t")
        process.stdin.close()
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_two_lines_at_most(seeds_folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*HUBTUI, "sources", "-L", str(seeds_folder)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"hubtui: ")
    assert b"Traceback" not in done.stderr


def test_standard_output_may_be_closed(seeds_folder: Path) -> None:
    line = f'exec "{sys.executable}" -m hubtui sources -L "{seeds_folder}" >&-'
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_pipes_get_utf_8_whatever_the_locale(seeds_folder: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    assert "云计算" in _run("search", "云计算", "-L", seeds_folder, env=environ).stdout.decode("utf-8")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have processes heed an interrupt, which they ignore when a shell runs the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_watching_silently(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    command = [*HUBTUI, "index", "--watch", "-L", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "Watching" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == ""
    assert process.returncode == 130


def test_tables_and_highlights_are_for_terminals(seeds_folder: Path) -> None:
    with _terminal("search", "supercomputers", "-L", seeds_folder) as child:
        child.expect(pexpect.EOF)
    assert "\x1b[1;33mSupercomputer\x1b[0m" in (child.before or "")
    assert b"\x1b" not in _run("search", "supercomputers", "-L", seeds_folder).stdout


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Cloud computing is growing in Harbin, where land is cheap.\n")
    with _terminal("index", "-L", tmp_path) as child:
        child.expect("Indexing 1 of 1")
        child.expect(pexpect.EOF)
    assert b"Indexing" not in _run("index", "--rebuild", "-L", tmp_path).stderr
    with _terminal("index", "--rebuild", "-q", "-L", tmp_path) as child:
        child.expect(pexpect.EOF)
    assert (child.before or "") == ""


@pytest.mark.parametrize(("column", "said"), [(2, "takes 1 cell"), (3, "takes 2 cells")])
def test_doctor_asks_the_terminal_how_wide_it_draws(seeds_folder: Path, column: int, said: str) -> None:
    with _terminal("doctor", "-L", seeds_folder) as child:
        child.expect_exact("\x1b[6n")
        child.send(f"\x1b[1;{column}R")
        child.expect(pexpect.EOF)
    out = re.sub(r"\x1b\[[\d;]*[mK]", "", child.before or "")
    assert said in out
    assert "80 × 24" in out


def test_a_terminal_that_does_not_answer_is_not_waited_for(seeds_folder: Path) -> None:
    with _terminal("doctor", "-L", seeds_folder) as child:
        child.expect("does not say")
        child.expect(pexpect.EOF)
