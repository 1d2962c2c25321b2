"""What is said of each way to the clipboard; the clipboard itself is left as it was."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hubtui.clipboard import ClipboardWay, WayStatus, probe_clipboard
from hubtui.clipboard import copy as clipboard_tools

Make = Callable[[str, str], None]

# As xclip, with the kinds of data on the clipboard in a file of their own.
XCLIP = """
case "$*" in
  *TARGETS*) exec /bin/cat "$CLIP.kinds";;
  *-out*) exec /bin/cat "$CLIP";;
esac
echo UTF8_STRING > "$CLIP.kinds"
exec /bin/cat > "$CLIP"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("hubtui.clipboard.probe.state_folder", lambda: tmp_path / "state")
    return tmp_path


@pytest.fixture
def make(folder: Path) -> Make:
    def made(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f'#!/bin/sh\nCLIP="{folder}/clip"\n{script}\n', encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return made


def probed(folder: Path, environ: dict[str, str], *, overwrite: bool = False) -> dict[str, ClipboardWay]:
    return {way.name: way for way in probe_clipboard({**environ, "PATH": str(folder)}, overwrite=overwrite)}


def test_a_tool_is_tried_and_the_clipboard_is_as_it_was(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    (folder / "clip").write_text("mine 城")
    (folder / "clip.kinds").write_text("TARGETS\nUTF8_STRING\n")
    assert probed(folder, {"DISPLAY": ":0"})["xclip"].verdict is WayStatus.WORKS
    assert (folder / "clip").read_text() == "mine 城"


def test_an_empty_clipboard_is_empty_afterwards(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    assert not (
        folder / "clip.kinds"
    ).exists()  # so that it fails when it is asked for the kinds, as xclip does
    assert probed(folder, {"DISPLAY": ":0"})["xclip"].verdict is WayStatus.WORKS
    assert (folder / "clip").read_text() == ""


@pytest.mark.parametrize("kinds", ["TARGETS\nimage/png\n", "text/html\nUTF8_STRING\n"])
def test_what_is_more_than_text_is_not_touched_unless_told(folder: Path, make: Make, kinds: str) -> None:
    make("xclip", XCLIP)
    (folder / "clip").write_text("picture")
    (folder / "clip.kinds").write_text(kinds)
    assert probed(folder, {"DISPLAY": ":0"})["xclip"].verdict is WayStatus.UNPROVED
    assert (folder / "clip").read_text() == "picture"
    assert probed(folder, {"DISPLAY": ":0"}, overwrite=True)["xclip"].verdict is WayStatus.WORKS


def test_a_tool_that_cannot_tell_what_is_there_is_not_tried(folder: Path, make: Make) -> None:
    make("xsel", "exit 1")
    way = probed(folder, {"DISPLAY": ":0"})["xsel"]
    assert way.verdict is WayStatus.UNPROVED
    assert "not tried" in way.detail


@pytest.mark.parametrize("script", ["echo broken >&2; exit 1", "exec /bin/sleep 30"])
def test_a_broken_tool_fails_with_what_it_says(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(clipboard_tools, "TIMEOUT", 0.2)
    make("xclip", script)
    way = probed(folder, {"DISPLAY": ":0"})["xclip"]
    assert way.verdict is WayStatus.FAILS
    assert "broken" in way.detail or "does not respond" in way.detail
    assert way.remedy


def test_what_is_not_installed_is_named_with_its_package(folder: Path) -> None:
    way = probed(folder, {"WAYLAND_DISPLAY": "wayland-0"})["wl-copy"]
    assert (way.verdict, way.remedy) == (WayStatus.MISSING, "Install wl-clipboard.")


@pytest.mark.parametrize(
    ("script", "verdict"),
    [("echo off", WayStatus.FAILS), ("echo external", WayStatus.UNPROVED), ("exit 1", WayStatus.FAILS)],
)
def test_tmux_is_judged_by_its_option(folder: Path, make: Make, script: str, verdict: WayStatus) -> None:
    make("tmux", script)
    assert probed(folder, {"TMUX": "/run/tmux,1,0"})["tmux"].verdict is verdict


@pytest.mark.parametrize(
    ("environ", "detail", "remedy"),
    [
        ({"TERM": "xterm-kitty"}, "kitty", ""),
        ({"TERM_PROGRAM": "iTerm.app"}, "iTerm2", "Allow it"),
        ({"VTE_VERSION": "7000"}, "GNOME Terminal", "Older versions of GNOME Terminal"),
        ({"TERM": "xterm-256color"}, "most terminals", ""),
        ({"STY": "1.pts", "TERM": "screen"}, "GNU screen", ""),
    ],
)
def test_the_terminal_is_judged_by_its_name(
    folder: Path, environ: dict[str, str], detail: str, remedy: str
) -> None:
    way = probed(folder, environ)["OSC 52"]
    assert way.verdict is WayStatus.UNPROVED
    assert detail in way.detail
    assert remedy in way.remedy


def test_the_file_is_the_last_resort(folder: Path) -> None:
    assert probed(folder, {})["file"].verdict is WayStatus.WORKS
    (folder / "state").rmdir()
    (folder / "state").write_text("")
    assert probed(folder, {})["file"].verdict is WayStatus.FAILS
