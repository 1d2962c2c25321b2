"""The two ways to the clipboard, and what is said of them."""

import base64
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.tui import clipboard
from hubtui.tui.clipboard import copy_natively, native_tool, terminal_sequences

Tool = Callable[[str, str], None]


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tmp_path


def make_tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("names", "environ", "expected"),
    [
        (["wl-copy", "xclip"], {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "wl-copy"),
        (["xclip", "xsel"], {"DISPLAY": ":0"}, "xclip"),
        (["xsel"], {"DISPLAY": ":0"}, "xsel"),
        (["xclip", "wl-copy"], {}, None),
        (["clip.exe"], {"WSL_DISTRO_NAME": "Debian"}, "clip.exe"),
        (["tmux"], {"TMUX": "/run/tmux,1,0"}, "tmux"),
        (["tmux", "xclip"], {"TMUX": "/run/tmux,1,0", "DISPLAY": ":0"}, "xclip"),
        ([], {"DISPLAY": ":0"}, None),
    ],
)
def test_the_tool_that_fits_the_session_is_chosen(
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: list[str],
    environ: dict[str, str],
    expected: str | None,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in names:
        make_tool(tools, name, "cat > /dev/null")
    command = native_tool({**environ, "PATH": str(tools)})
    assert (command and command[0]) == expected


def test_the_text_reaches_the_tool_unchanged(tools: Path) -> None:
    make_tool(tools, "xclip", f'/bin/cat > "{tools}/copied"')
    text = "哈尔滨 [A]\n\n\t《x》"
    assert copy_natively(text, {"DISPLAY": ":0", "PATH": str(tools)}) == "xclip"
    assert (tools / "copied").read_text(encoding="utf-8") == text


def test_windows_gets_utf_16(tools: Path) -> None:
    make_tool(tools, "clip.exe", f'/bin/cat > "{tools}/copied"')
    assert copy_natively("云", {"WSL_DISTRO_NAME": "Debian", "PATH": str(tools)}) == "clip.exe"
    assert (tools / "copied").read_bytes().decode("utf-16") == "云"


@pytest.mark.parametrize("script", ["exit 1", "exec /bin/sleep 30"])
def test_a_tool_that_fails_or_hangs_is_given_up(
    tools: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(clipboard, "TIMEOUT", 0.2)
    make_tool(tools, "xclip", script)
    assert copy_natively("x", {"DISPLAY": ":0", "PATH": str(tools)}) == ""


def test_the_terminal_gets_osc_52() -> None:
    (sequence,) = terminal_sequences("哈尔滨", {})
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\a")
    assert base64.b64decode(sequence[7:-1]).decode() == "哈尔滨"


def test_inside_tmux_its_terminal_gets_it_too() -> None:
    plain, passed_on = terminal_sequences("x", {"TMUX": "/run/tmux,1,0"})
    assert passed_on == "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"


async def test_the_application_writes_to_the_terminal_and_says_which_way(
    make_app: Any, fake_library: Any, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "xclip", "/bin/cat > /dev/null")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", str(tools))
    app = make_app(fake_library)
    written: list[str] = []
    async with app.run_test(size=(120, 36)) as pilot:
        monkeypatch.setattr(app._driver, "write", written.append)
        while not app.screen.settled or app.screen.query_one("#passages").hit is None:
            await pilot.pause(0.01)
        await pilot.press("y")
        while not written:
            await pilot.pause(0.01)
        said = app.screen.query_one("#bottom").render().plain
    assert written == terminal_sequences(fake_library.quote(fake_library.texts["s1"][0]), {})
    assert "Copied ¶1 with its citation: by xclip, and to the terminal (OSC 52)" in said
