"""The ways to the clipboard, with tools made for the test: which are gone, and what is said of them."""

import base64
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.clipboard import Copied, NothingCopiedError, copy_text, describe_copy, osc52_sequences
from hubtui.clipboard import copy as clipboard_tools
from hubtui.clipboard.copy import (
    LONGEST_SEQUENCE,
    LONGEST_TEXT,
    SCREEN_STRING,
    macos_html_script,
    windows_html,
)

TEXT = "哈尔滨 [A]\n\n\t《x》\n"
X11 = {"DISPLAY": ":0"}

Make = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the path; the state folder is in it, too."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("hubtui.clipboard.copy.state_folder", lambda: tmp_path / "state")
    return tmp_path


@pytest.fixture
def make(folder: Path) -> Make:
    """Make a tool of this name from a script; ``$CLIP`` is a file that it may keep the clipboard in."""

    def made(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f'#!/bin/sh\nCLIP="{folder}/clip"\n{script}\n', encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return made


# As xclip: reads with -out, else keeps what it is given; each target apart.
XCLIP = """
kind=text
for word in "$@"; do case "$word" in text/html) kind=html;; -out) out=1;; esac; done
if [ "$out" ]; then exec /bin/cat "$CLIP.$kind"; fi
exec /bin/cat > "$CLIP.$kind"
"""
# As tmux: loads its buffer from standard input, and saves it to standard output.
TMUX = 'case "$*" in "load-buffer -w -") exec /bin/cat > "$CLIP.tmux";; esac; exec /bin/cat "$CLIP.tmux"'


def session(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    return {**environ, "PATH": str(folder)}


@pytest.mark.parametrize(
    ("names", "environ", "expected"),
    [
        (["wl-copy", "xclip"], {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "wl-copy"),
        (["xclip", "xsel"], {"DISPLAY": ":0"}, "xclip"),
        (["xsel"], {"DISPLAY": ":0"}, "xsel"),
        (["xclip", "wl-copy"], {}, ""),
        (["clip.exe"], {"WSL_DISTRO_NAME": "Debian"}, "clip.exe"),
        ([], {"DISPLAY": ":0"}, ""),
    ],
)
def test_the_tool_that_fits_the_session_is_chosen(
    folder: Path, make: Make, names: list[str], environ: dict[str, str], expected: str
) -> None:
    for name in names:
        make(name, 'case "$*" in *out*) exit 1;; esac; exec /bin/cat > /dev/null')
    assert copy_text(TEXT, environ=session(folder, environ)).tool == expected


def test_what_the_tool_gives_back_confirms_it(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    copied = copy_text(TEXT, environ=session(folder, X11))
    assert (folder / "clip.text").read_bytes() == TEXT.encode()
    assert copied == Copied(tool="xclip", confirmed=True, sequences=osc52_sequences(TEXT, {}))
    assert describe_copy(copied) == "xclip (confirmed), OSC 52 (unconfirmed)"


def test_rich_text_goes_as_such_and_is_not_overwritten_by_the_terminal(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    copied = copy_text("<p>云</p>", html=True, environ=session(folder, X11))
    page = (folder / "clip.html").read_text(encoding="utf-8")
    assert page == '<meta http-equiv="content-type" content="text/html; charset=utf-8"><p>云</p>'
    assert copied == Copied(tool="xclip", confirmed=True, rich=True)
    assert describe_copy(copied) == "xclip, as rich text (confirmed)"


def test_a_tool_without_rich_text_gets_the_page_as_text(folder: Path, make: Make) -> None:
    make("xsel", 'case "$*" in *output*) exec /bin/cat "$CLIP";; esac; exec /bin/cat > "$CLIP"')
    copied = copy_text("<p>云</p>", html=True, environ=session(folder, X11))
    sequences = osc52_sequences("<p>云</p>", {})
    assert copied == Copied(tool="xsel", confirmed=True, sequences=sequences)


def test_windows_gets_utf_16_and_its_line_ends_count_as_ours(folder: Path, make: Make) -> None:
    make("clip.exe", '/bin/cat > "$CLIP"')
    make("powershell.exe", r"printf '云\r\n'")
    copied = copy_text("云\n", environ=session(folder, {"WSL_DISTRO_NAME": "Debian"}))
    assert (folder / "clip").read_bytes().decode("utf-16") == "云\n"
    assert (copied.tool, copied.confirmed) == ("clip.exe", True)


def test_tmux_gets_it_beside_the_system(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    make("tmux", TMUX)
    copied = copy_text(TEXT, environ=session(folder, {**X11, "TMUX": "/run/tmux,1,0"}))
    assert (folder / "clip.tmux").read_bytes() == TEXT.encode()
    sequences = osc52_sequences(TEXT, {"TMUX": ""})
    assert copied == Copied(tool="xclip", confirmed=True, tmux=True, sequences=sequences)
    assert "tmux (confirmed)" in describe_copy(copied)


def test_tmux_does_not_overwrite_rich_text_by_its_source(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    make("tmux", TMUX)
    copied = copy_text("<p>云</p>", html=True, environ=session(folder, {**X11, "TMUX": "/run/tmux,1,0"}))
    assert copied == Copied(tool="xclip", confirmed=True, rich=True)
    assert not (folder / "clip.tmux").exists()


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("echo 'no display :0' >&2; exit 1", "xclip: no display :0"),
        (r"printf '\033[2Jno \a display' >&2; exit 1", "xclip: [2Jno  display"),
        ("exit 3", "xclip: exit status 3"),
        ("exec /bin/sleep 30", "xclip does not respond"),
        ("/bin/sleep 30 & wait", "xclip does not respond"),
        ('case "$*" in *-out*) echo other;; esac', "xclip returns something else"),
    ],
)
def test_the_next_tool_is_tried_when_one_fails(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch, script: str, complaint: str
) -> None:
    monkeypatch.setattr(clipboard_tools, "TIMEOUT", 0.3)
    make("xclip", script)
    make("xsel", 'case "$*" in *output*) exec /bin/cat "$CLIP";; esac; exec /bin/cat > "$CLIP"')
    copied = copy_text(TEXT, environ=session(folder, X11))
    assert copied == Copied(
        tool="xsel", confirmed=True, sequences=osc52_sequences(TEXT, {}), failures=(complaint,)
    )
    assert describe_copy(copied).endswith(f"; {complaint}")


def test_a_tool_that_cannot_be_asked_confirms_nothing(folder: Path, make: Make) -> None:
    make("wl-copy", "/bin/cat > /dev/null")
    copied = copy_text(TEXT, environ=session(folder, {"WAYLAND_DISPLAY": "wayland-0"}))
    assert copied == Copied(
        tool="wl-copy", sequences=osc52_sequences(TEXT, {}), failures=("wl-paste is not installed",)
    )
    assert describe_copy(copied).startswith("wl-copy (unconfirmed), ")


def test_without_a_clipboard_the_terminal_gets_it(folder: Path) -> None:
    copied = copy_text(TEXT, environ=session(folder, {}))
    assert copied == Copied(sequences=osc52_sequences(TEXT, {}))
    assert describe_copy(copied) == "OSC 52 (unconfirmed)"


@pytest.mark.parametrize(("html", "name"), [(False, "copied.txt"), (True, "copied.html")])
def test_without_anything_a_file_takes_it(folder: Path, *, html: bool, name: str) -> None:
    copied = copy_text(TEXT, html=html, terminal=False, environ=session(folder, {}))
    file = folder / "state" / name
    assert copied == Copied(file=file)
    assert file.read_bytes() == TEXT.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in describe_copy(copied)


def test_a_text_too_long_for_the_terminal_goes_into_a_file(folder: Path) -> None:
    text = "城" * 100_000
    copied = copy_text(text, environ=session(folder, {}))
    assert copied == Copied(too_long=True, file=folder / "state" / "copied.txt")
    assert (folder / "state" / "copied.txt").read_text(encoding="utf-8") == text
    assert "too long for the terminal" in describe_copy(copied)


def test_a_long_text_goes_to_the_native_tool_whole(folder: Path, make: Make) -> None:
    make("xclip", XCLIP)
    text = "城" * 100_000
    copied = copy_text(text, environ=session(folder, X11))
    assert copied == Copied(tool="xclip", confirmed=True, too_long=True)
    assert (folder / "clip.text").read_text(encoding="utf-8") == text


def test_a_file_that_cannot_be_written_is_an_error(folder: Path) -> None:
    (folder / "state").write_text("")
    with pytest.raises(NothingCopiedError, match="state"):
        copy_text(TEXT, terminal=False, environ=session(folder, {}))


def test_a_tool_that_stays_behind_is_not_waited_for(folder: Path, make: Make) -> None:
    make("xclip", 'case "$*" in *-out*) exec /bin/cat "$CLIP";; esac; /bin/cat > "$CLIP"; /bin/sleep 5 >&2 &')
    assert copy_text(TEXT, environ=session(folder, X11)).confirmed


def test_the_terminal_gets_osc_52() -> None:
    (sequence,) = osc52_sequences(TEXT, {})
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\a")
    assert base64.b64decode(sequence[7:-1]).decode() == TEXT


def test_the_longest_text_just_fits() -> None:
    (sequence,) = osc52_sequences("x" * LONGEST_TEXT, {})
    assert LONGEST_SEQUENCE - 4 < len(sequence) <= LONGEST_SEQUENCE
    assert osc52_sequences("x" * (LONGEST_TEXT + 1), {}) == ()


def test_inside_tmux_its_terminal_gets_it_too() -> None:
    plain, passed_on = osc52_sequences("x", {"TMUX": "/run/tmux,1,0"})
    assert passed_on == "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def test_through_screen_it_goes_in_strings_that_screen_takes() -> None:
    (wrapped,) = osc52_sequences("云" * 1_000, {"STY": "1.pts-0", "TERM": "screen"})
    strings = wrapped.split("\x1b\\")
    assert strings.pop() == ""
    assert all(string.startswith("\x1bP") and len(string) + 2 <= SCREEN_STRING for string in strings)
    assert "".join(string[2:] for string in strings) == osc52_sequences("云" * 1_000, {})[0]


def test_the_clipboard_format_of_windows_counts_bytes() -> None:
    page, _, plain = windows_html("<p>云</p>").partition(b"\0")
    header = dict(line.split(b":") for line in page.split(b"\r\n")[1:5])
    start, end = int(header[b"StartFragment"]), int(header[b"EndFragment"])
    assert page[start:end] == plain == "<p>云</p>".encode()
    assert page[int(header[b"StartHTML"]) :].startswith(b"<html>")
    assert int(header[b"EndHTML"]) == len(page)


def test_the_script_for_macos_holds_nothing_but_hexadecimal() -> None:
    script = macos_html_script('"云» \\').decode()
    data = '"云» \\'.encode().hex().upper()
    assert (
        script == f"set the clipboard to {{«class HTML»:«data HTML{data}», «class utf8»:«data utf8{data}»}}"
    )


def test_macos_confirms_rich_text_by_its_plain_form(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    make("pbcopy", "exit 1")
    make("osascript", '/bin/cat > "$CLIP"')
    make("pbpaste", "printf '<p>x</p>'; test \"$LC_ALL\" = en_US.UTF-8")
    copied = copy_text("<p>x</p>", html=True, environ=session(folder, {}))
    assert copied == Copied(tool="pbcopy", confirmed=True, rich=True)
    assert (folder / "clip").read_bytes() == macos_html_script("<p>x</p>")
