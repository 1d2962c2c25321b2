"""The log names what happened and where, and never what a source says."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from hubtui.core import log


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    log.stop_log()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    yield log.log_file()
    log.stop_log()


def broken() -> Exception:
    empty: dict[str, str] = {}
    try:
        try:
            return Exception(empty["a secret sentence of a source"])
        except KeyError as error:
            error.add_note("a secret note")
            raise ValueError(
                "the same secret",
                ["on another line of the statement, which Python 3.13 shows too: secret"],
            ) from error
    except ValueError as error:
        return error


def test_a_fault_is_named_without_its_message(file: Path) -> None:
    log.start_log("error", {})
    log.fault(broken())
    text = file.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_log.py" in text
    assert "broken" in text
    assert "secret" not in text
    assert "statement" not in text


@pytest.mark.parametrize(
    ("level", "told", "seen"),
    [("warning", "", False), ("info", "", True), ("warning", "DEBUG", True), ("info", "error", False)],
)
def test_the_level(file: Path, level: str, told: str, seen: bool) -> None:  # a parameter
    log.start_log(level, {"HUBTUI_LOG": told})
    log.note("opened %s", "/a/path")
    assert (file.exists() and "opened /a/path" in file.read_text()) is seen


def test_it_stays_small(file: Path) -> None:
    log.start_log("info", {})
    for number in range(6000):
        log.note("line %s of many, each of which is made a little longer by these words", number)
    sizes = {path.name: path.stat().st_size for path in file.parent.iterdir()}
    assert set(sizes) == {"hubtui.core.log", "hubtui.core.log.1"}
    assert max(sizes.values()) <= 200_000


def test_without_a_log_nothing_is_written_anywhere(capfd: pytest.CaptureFixture[str], file: Path) -> None:
    log.fault(broken())
    log.warn("not started")
    assert not file.exists()
    assert capfd.readouterr().err == ""


def test_a_folder_that_cannot_be_made_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    log.start_log("info", {})
    log.warn("nowhere")
    assert capfd.readouterr().err == ""


def test_a_full_disk_is_done_without(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.start_log("info", {})
    (handler,) = [one for one in logging.getLogger("hubtui").handlers if hasattr(one, "maxBytes")]
    file.unlink(missing_ok=True)
    handler.close()
    file.mkdir()
    log.warn("nowhere")
    assert capfd.readouterr().err == ""
