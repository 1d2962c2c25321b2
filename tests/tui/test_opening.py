"""Opening the file in the editor and the address in the browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import SuspendNotSupported

from hubtui.core.models import Source
from hubtui.core.paths import LibraryPaths
from hubtui.tui.external import EditorError, editor_command, is_web_address, line_of, open_with, opener

Open = Callable[..., Any]
FILE = Path("/hubs/seeds/-rf [A] $(x);.md")


def program(folder: Path, name: str, script: str = "exit 0") -> None:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    for name in ("vim", "hx", "code", "ed it", "notes", "xdg-open"):
        program(folder, name)
    return folder


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim", ["vim", "+7", str(FILE)]),
        ("vim -u NONE", ["vim", "-u", "NONE", "+7", str(FILE)]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("code", ["code", "--wait", "--goto", f"{FILE}:7"]),
        ("code -w", ["code", "-w", "--goto", f"{FILE}:7"]),
        ("'ed it'", ["ed it", str(FILE)]),
        ("notes", ["notes", str(FILE)]),
    ],
)
def test_editors_are_told_the_line_in_their_way(bin_folder: Path, editor: str, expected: list[str]) -> None:
    environ = {"EDITOR": editor, "PATH": str(bin_folder)}
    assert editor_command(FILE, 7, environ) == expected
    assert editor_command(FILE, 7, {**environ, "VISUAL": editor, "EDITOR": "none"}) == expected
    assert not any("7" in part for part in editor_command(FILE, 0, environ))


@pytest.mark.parametrize("editor", [None, "", "  ", "nowhere-to-be-found", "vim 'unclosed"])
def test_without_an_editor_there_is_a_remedy(bin_folder: Path, editor: str | None) -> None:
    environ = {"PATH": str(bin_folder)} | ({} if editor is None else {"EDITOR": editor})
    with pytest.raises(EditorError) as caught:
        editor_command(FILE, 1, environ)
    assert "EDITOR" in caught.value.remedy


def test_the_line_of_a_passage_is_found_through_markup() -> None:
    text = "# T\n\nSome *words* here\nand more.\n\n![](x)\n\n哈爾濱的\n冬天很長。\n\nSome *words* here."
    assert line_of(text, "Some words here and more.", 0.0) == 3
    assert line_of(text, "Some words here", 1.0) == 11
    assert line_of(text, "哈尔滨的冬天很长。", 0.5) == 8
    assert line_of(text, "It is nowhere.", 0.5) == 0
    assert line_of(text, "", 0.5) == 0
    assert line_of("", "words", 0.5) == 0


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", "xdg-open"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", "xdg-open"),
        ({}, "linux", ""),
        ({"SSH_CONNECTION": "a"}, "darwin", ""),
    ],
)
def test_a_desktop_has_an_opener(
    bin_folder: Path, environ: dict[str, str], platform: str, expected: str
) -> None:
    assert opener({**environ, "PATH": str(bin_folder)}, platform) == expected


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://example.org/云?q=1#x", True),
        ("http://example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("-oProxyCommand=x", False),
        ("https://", False),
        ("https://[", False),
        ("https://example.org/\x1b[31m", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_opened(url: str, *, allowed: bool) -> None:
    assert is_web_address(url) is allowed


def test_an_opener_gets_one_argument_and_its_failure_is_seen(tmp_path: Path, bin_folder: Path) -> None:
    program(bin_folder, "opens", f'printf "%s|" "$#" "$@" > {tmp_path}/got')
    program(bin_folder, "fails", "echo trouble; exit 3")
    assert open_with(str(bin_folder / "opens"), "https://e.org/$(x) y;z")
    assert (tmp_path / "got").read_text() == "1|https://e.org/$(x) y;z|"
    assert not open_with(str(bin_folder / "fails"), "https://e.org")
    assert not open_with(str(bin_folder / "none"), "https://e.org")


@pytest.fixture
def on_disk(fake_library: Any, tmp_path: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The library with its first source as a file, an editor set, and no desktop."""
    paths = fake_library.paths
    fake_library.paths = replace(paths, seeds=tmp_path) if isinstance(paths, LibraryPaths) else paths
    texts = [passage.text for passage in fake_library.texts["s1"]]
    (tmp_path / "harbin.txt").write_text("A title\n\n" + "\n\n".join(texts), encoding="utf-8")
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setenv("EDITOR", "vim")
    for name in ("VISUAL", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return fake_library


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []

    def run(command: list[str], *, check: bool) -> Any:
        assert not check
        commands.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr("subprocess.run", run)
    return commands


async def test_e_opens_the_file_at_the_line_and_looks_for_changes(
    open_screen: Open, on_disk: Any, tmp_path: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_screen(on_disk) as screen:
        monkeypatch.setattr(screen.app, "suspend", nullcontext)
        syncs: list[int] = []
        monkeypatch.setattr(screen.main.worker, "sync", lambda: syncs.append(1))
        await screen.press("enter", "enter", "j")
        await screen.pilot.press("e")
        await screen.until(lambda: bool(syncs))
        assert ran == [["vim", "+5", str(tmp_path / "harbin.txt")]]


async def test_e_says_when_there_is_no_editor_or_no_way_to_lend_the_terminal(
    open_screen: Open, on_disk: Any, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def refuses() -> Iterator[None]:
        raise SuspendNotSupported
        yield

    async with open_screen(on_disk) as screen:
        monkeypatch.setattr(screen.app, "suspend", refuses)
        await screen.press("e")
        await screen.sees("This terminal cannot be lent to an editor")
        monkeypatch.delenv("EDITOR")
        await screen.press("e")
        await screen.sees("No editor", "Set VISUAL or EDITOR")
        assert ran == []


async def test_e_says_when_a_file_that_is_no_text_cannot_be_opened(open_screen: Open, on_disk: Any) -> None:
    on_disk.listed[0] = replace(on_disk.listed[0], path="scan.pdf")
    async with open_screen(on_disk) as screen:
        await screen.press("e")
        await screen.sees("scan.pdf is no text")


async def test_o_without_a_desktop_shows_the_address_to_copy(open_screen: Open, on_disk: Any) -> None:
    async with open_screen(on_disk) as screen:
        await screen.press("o")
        await screen.sees("No browser can be opened from here", "https://example.org/1#:~:text=Cold")
        await screen.pilot.press("enter")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied[0].startswith("https://example.org/1#:~:text=Cold")


async def test_o_opens_the_browser_at_the_passage(
    open_screen: Open, on_disk: Any, tmp_path: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bin_folder, "xdg-open", f'printf "%s" "$1" > {tmp_path}/opened; echo noise; echo noise >&2')
    monkeypatch.setenv("DISPLAY", ":0")
    async with open_screen(on_disk) as screen:
        await screen.press("o")
        await screen.sees("Opened https://example.org/1")
        assert (tmp_path / "opened").read_text().startswith("https://example.org/1#:~:text=Cold")
        assert "noise" not in screen.text


@pytest.mark.parametrize(
    ("url", "said"), [("", "This source has no address"), ("file:///[/]", "file:///[/] is no web address")]
)
async def test_o_says_why_there_is_nothing_to_open(
    open_screen: Open, empty_library: Any, url: str, said: str
) -> None:
    empty_library.add(Source("s1", "a.txt", "T", url=url), ["One."])
    async with open_screen(empty_library) as screen:
        await screen.press("o")
        assert said in screen.text


@pytest.mark.parametrize("key", ["f", "t", "e", "o"])
async def test_without_a_source_the_keys_say_so(open_screen: Open, empty_library: Any, key: str) -> None:
    async with open_screen(empty_library) as screen:
        await screen.press(key)
        assert "No source is open" in screen.text
