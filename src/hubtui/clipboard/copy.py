r"""Copy a text by a native tool and the terminal, else into a file, and say which way it went.

The first part lists the native tools: how to write to each, and how to read back what it holds.

A terminal copies by the escape sequence OSC 52 (XTerm Control Sequences). Multiplexers keep the sequence from
the terminal, unless it is wrapped in one of theirs: tmux in ``ESC P tmux; … ESC \\`` with each ESC doubled,
GNU screen in ``ESC P … ESC \\``.
"""

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hubtui.core.errors import HubtuiError
from hubtui.core.files import make_folder, state_folder, write_atomically
from hubtui.core.i18n import N_, _

TIMEOUT = 1.0
"""Seconds after which a tool counts as stuck."""

PATIENCE = 5.0
"""The same for PowerShell, which takes a second to start."""

_SAID = 200
"""Bytes of what a failing tool says that are told."""

Environ = Mapping[str, str]
Command = tuple[str, ...]


class ToolError(Exception):
    """A tool is missing, failed, or got stuck; the message says which, in a few words."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that reaches a clipboard.

    Attributes:
        name: What the user knows it by.
        package: What to install where it is missing.
        fits: Whether this session has the clipboard it is for.
        write: Takes a text on standard input.
        read: Writes the text on the clipboard to standard output.
        write_html: Takes rich text in the form of ``html``; empty where it can carry none.
        read_html: Writes the rich text back as it was put; empty where it cannot.
        kinds: Lists the kinds of data on the clipboard, a line each; empty where it cannot.
        text: A text as ``write`` takes it.
        html: A page's body as ``write_html`` takes it.
        slow: Whether it starts so slowly that it is given more time.
        settings: What its environment needs.
    """

    name: str
    package: str
    fits: Callable[[Environ], bool]
    write: Command
    read: Command
    write_html: Command = ()
    read_html: Command = ()
    kinds: Command = ()
    text: Callable[[str], bytes] = str.encode
    html: Callable[[str], bytes] = str.encode
    slow: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)

    def installed(self, environ: Environ) -> bool:
        """Whether the program that writes is there."""
        return shutil.which(self.write[0], path=environ.get("PATH")) is not None

    def put(self, text: str, environ: Environ) -> None:
        """Put a text on the clipboard.

        Raises:
            ToolError: It failed or got stuck.
        """
        self._run(self.write, environ, self.text(text))

    def put_html(self, html: str, environ: Environ) -> None:
        """Put rich text on the clipboard.

        Raises:
            ToolError: It failed or got stuck.
        """
        self._run(self.write_html, environ, self.html(html))

    def held(self, environ: Environ, *, html: bool = False) -> str:
        """Return what is on the clipboard.

        Raises:
            ToolError: It cannot be read, perhaps because it holds no text.
        """
        held = self._run(self.read_html if html else self.read, environ).decode("utf-8", "replace")
        return held.replace("\r\n", "\n") if self.write[0].endswith(".exe") else held

    def kinds_held(self, environ: Environ) -> list[str]:
        """Return the kinds of data on the clipboard, such as ``text/html``; none when it is empty.

        Raises:
            ToolError: It cannot tell.
        """
        return self._run(self.kinds, environ).decode("utf-8", "replace").split()

    def _run(self, command: Command, environ: Environ, data: bytes | None = None) -> bytes:
        return run(command, {**environ, **self.settings}, data, PATIENCE if self.slow else TIMEOUT)


def run(command: Command, environ: Environ, data: bytes | None = None, seconds: float | None = None) -> bytes:
    """Run a tool, with ``data`` on its standard input, or to read what it writes.

    It has :data:`TIMEOUT` by default.

    Raises:
        ToolError: It is missing, failed or got stuck.
    """
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        raise ToolError(_("{tool} is not installed").format(tool=command[0]))
    with tempfile.TemporaryFile() as complaints:
        # A tool that stays behind to serve the clipboard would hold a pipe open, so what it says while it
        # writes goes to a file; and it has a session of its own, or it would go with the terminal's window.
        with (
            subprocess.Popen(  # noqa: S603  # a fixed command line, the text goes to standard input
                [program, *command[1:]],
                stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
                stdout=subprocess.PIPE if data is None else subprocess.DEVNULL,
                stderr=complaints,
                env=dict(environ),
                start_new_session=True,
            ) as process
        ):
            try:
                output, _errors = process.communicate(data, timeout=seconds or TIMEOUT)
            except subprocess.TimeoutExpired:
                _end(process)
                raise ToolError(_("{tool} does not respond").format(tool=command[0])) from None
        complaints.seek(0)
        complaint = complaints.read(_SAID).decode("utf-8", "replace").strip().partition("\n")[0]
    if process.returncode:
        status = _("exit status {status}").format(status=process.returncode)
        plain = "".join(character for character in complaint if character.isprintable())
        raise ToolError(f"{command[0]}: {plain or status}")
    return output or b""


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _is_windows(environ: Environ) -> bool:
    return "WSL_DISTRO_NAME" in environ or sys.platform == "win32"


_CHARSET = '<meta http-equiv="content-type" content="text/html; charset=utf-8">'
"""Without it some programs take UTF-8 for Latin-1; browsers on Linux put it before what they copy too."""


def _told_charset(html: str) -> bytes:
    return f"{_CHARSET}{html}".encode()


def macos_html_script(html: str) -> bytes:
    """Return the AppleScript that puts a page's body on the clipboard, as HTML and as plain text.

    ``pbcopy`` takes plain text alone.

    Its data are hexadecimal, so that no text can end a string of the script.
    """
    data = html.encode().hex().upper()
    return f"set the clipboard to {{«class HTML»:«data HTML{data}», «class utf8»:«data utf8{data}»}}".encode()


_UTF8 = "$OutputEncoding=[Console]::InputEncoding=[Console]::OutputEncoding=[Text.UTF8Encoding]::new();"
_SHELL = ("powershell.exe", "-NoProfile", "-NonInteractive", "-STA", "-Command")

WINDOWS_READ = (*_SHELL, f"{_UTF8}[Console]::Out.Write((Get-Clipboard -Raw))")
"""Writes the text on the clipboard to standard output."""

_PUT_BOTH = (
    f"{_UTF8}Add-Type -AssemblyName System.Windows.Forms;"
    "$page,$text=[Console]::In.ReadToEnd().Split([char]0,2);"
    "$data=New-Object Windows.Forms.DataObject;"
    "$data.SetText($page,'Html');$data.SetText($text,'UnicodeText');"
    "[Windows.Forms.Clipboard]::SetDataObject($data,$true)"
)
WINDOWS_WRITE_HTML = (*_SHELL, _PUT_BOTH)
"""Takes a page in the clipboard's format, a NUL, and the same as plain text."""

_HEADER = (
    "Version:0.9\r\nStartHTML:{:010}\r\nEndHTML:{:010}\r\nStartFragment:{:010}\r\nEndFragment:{:010}\r\n"
)
_BEFORE = "<html><body>\r\n<!--StartFragment-->"
_AFTER = "<!--EndFragment-->\r\n</body></html>"


def windows_html(html: str) -> bytes:
    """Return a page's body as :data:`WINDOWS_WRITE_HTML` takes it.

    That is Microsoft's HTML Clipboard Format, a NUL, and the body as it is.

    The format's header counts bytes from its own beginning.
    """
    start = len(_HEADER.format(0, 0, 0, 0))
    first = start + len(_BEFORE)
    last = first + len(html.encode())
    page = _HEADER.format(start, last + len(_AFTER), first, last) + _BEFORE + html + _AFTER
    return f"{page}\0{html}".encode()


_XCLIP = ("xclip", "-selection", "clipboard")
_WL_PASTE = ("wl-paste", "--no-newline", "--type")

TOOLS = (
    Tool(
        "wl-copy",
        "wl-clipboard",
        lambda environ: "WAYLAND_DISPLAY" in environ,
        # Without a type it guesses one from the text; with any text type it offers plain text too.
        ("wl-copy", "--type", "text/plain"),
        (*_WL_PASTE, "text/plain"),
        ("wl-copy", "--type", "text/html"),
        (*_WL_PASTE, "text/html"),
        ("wl-paste", "--list-types"),
        html=_told_charset,
    ),
    Tool(
        "xclip",
        "xclip",
        lambda environ: "DISPLAY" in environ,
        _XCLIP,
        (*_XCLIP, "-out"),
        (*_XCLIP, "-target", "text/html"),
        (*_XCLIP, "-out", "-target", "text/html"),
        (*_XCLIP, "-out", "-target", "TARGETS"),
        html=_told_charset,
    ),
    Tool(
        "xsel",
        "xsel",
        lambda environ: "DISPLAY" in environ,
        ("xsel", "--clipboard", "--input"),
        ("xsel", "--clipboard", "--output"),
    ),
    Tool(
        "pbcopy",
        "",
        lambda environ: sys.platform == "darwin",  # noqa: ARG005  # the session does not matter
        ("pbcopy",),
        ("pbpaste",),
        ("osascript", "-"),
        html=macos_html_script,
        settings={"LC_ALL": "en_US.UTF-8"},
    ),
    Tool(
        "clip.exe",
        "",
        _is_windows,
        ("clip.exe",),
        WINDOWS_READ,
        WINDOWS_WRITE_HTML,
        # It takes UTF-16, told by its byte order mark.
        text=lambda text: text.encode("utf-16"),
        html=windows_html,
        slow=True,
    ),
)
"""The tools of the systems' clipboards, the best first."""

TMUX = Tool(
    "tmux",
    "tmux",
    lambda environ: "TMUX" in environ,
    # -w: to the clipboard of its terminal too, which set-clipboard external allows (since tmux 3.2).
    ("tmux", "load-buffer", "-w", "-"),
    ("tmux", "save-buffer", "-"),
)
"""tmux keeps a buffer of its own, and hands it to the terminal."""


LONGEST_SEQUENCE = 100_000
"""Bytes of a sequence: the least limit among terminals, hterm's (``osc52.sh`` in Chromium's libapps)."""

LONGEST_TEXT = (LONGEST_SEQUENCE - 8) // 4 * 3
"""Bytes of a text that fits into it: base64 makes four of three."""

SCREEN_STRING = 256
"""Bytes of a string that GNU screen passes on: 4.0's limit, the least (768 since 4.2.1)."""


def osc52_sequences(text: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to write to the terminal so that it copies ``text``; nothing for a text that is too long.

    Inside tmux there are two: one for tmux, which heeds it with ``set-clipboard on``, and one that tmux
    passes on to its terminal, with ``allow-passthrough on``.
    """
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\a"
    if len(sequence) > LONGEST_SEQUENCE:
        return ()
    if "TMUX" in environ:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return sequence, f"\x1bPtmux;{doubled}\x1b\\"
    if in_screen(environ):
        return (_through_screen(sequence),)
    return (sequence,)


def in_screen(environ: Mapping[str, str]) -> bool:
    """Whether GNU screen is what draws the terminal."""
    return "TMUX" not in environ and "STY" in environ


def _through_screen(sequence: str) -> str:
    """Cut a sequence into strings that screen passes on, two bytes of wrapping on either side of each."""
    size = SCREEN_STRING - 4
    pieces = (sequence[start : start + size] for start in range(0, len(sequence), size))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


FILE = "copied"
"""The name, without suffix, of the file in the state folder that takes what no clipboard takes."""


class NothingCopiedError(HubtuiError):
    """There is no way left for a text to be copied."""

    title = N_("Nothing was copied")


@dataclass(frozen=True, slots=True)
class Copied:
    """Which ways a text went.

    Attributes:
        tool: The native tool that took it, or ``""``.
        confirmed: Whether the tool, asked, gave back exactly what it was given.
        rich: Whether it went as rich text.
        tmux: Whether tmux has it in its buffer, confirmed.
        sequences: What the caller is to write to the terminal so that it copies too, which confirms nothing.
        too_long: Whether it is too long for the terminal's clipboard.
        file: The file that took it, where nothing else could.
        failures: What the tools that did not take it said, in a few words each.
    """

    tool: str = ""
    confirmed: bool = False
    rich: bool = False
    tmux: bool = False
    sequences: tuple[str, ...] = ()
    too_long: bool = False
    file: Path | None = None
    failures: tuple[str, ...] = ()

    @property
    def terminal(self) -> bool:
        """Whether there is something to write to the terminal."""
        return bool(self.sequences)


def copy_text(
    text: str,
    *,
    html: bool = False,
    terminal: bool = True,
    environ: Mapping[str, str] = os.environ,
) -> Copied:
    """Copy a text by every way there is. What goes to the terminal is left to the caller to write.

    Rich text that a native tool confirmed does not go to the terminal, which would replace it by plain text.

    Args:
        text: What to copy, exactly.
        html: Whether it is a page's body, to be copied as rich text where the clipboard can carry it.
        terminal: Whether there is a terminal to write to.
        environ: The environment; tells which clipboards there are.

    Raises:
        NothingCopiedError: No clipboard took it, and the file cannot be written.
    """
    failures: list[str] = []
    tool, confirmed = _natively(text, html=html, environ=environ, failures=failures)
    rich = html and tool is not None and bool(tool.write_html)
    in_tmux = TMUX.fits(environ) and not rich and _takes(TMUX, text, environ, failures) is True
    wanted = terminal and not (rich and confirmed)
    sequences = osc52_sequences(text, environ) if wanted else ()
    lost = tool is None and not sequences
    return Copied(
        tool=tool.name if tool else "",
        confirmed=confirmed,
        rich=rich,
        tmux=in_tmux,
        sequences=sequences,
        too_long=wanted and not sequences,
        file=_kept(text, html=html) if lost else None,
        failures=tuple(failures),
    )


def _natively(
    text: str, *, html: bool, environ: Mapping[str, str], failures: list[str]
) -> tuple[Tool | None, bool]:
    """Return the first tool that takes the text, and whether it confirms that."""
    for tool in TOOLS:
        if tool.fits(environ) and tool.installed(environ):
            confirmed = _takes(tool, text, environ, failures, html=html and bool(tool.write_html))
            if confirmed is not None:
                return tool, confirmed
    return None, False


def _takes(
    tool: Tool, text: str, environ: Mapping[str, str], failures: list[str], *, html: bool = False
) -> bool | None:
    """Pass the text to a tool; return whether it confirms that, ``None`` when it does not take it."""
    try:
        if html:
            tool.put_html(text, environ)
        else:
            tool.put(text, environ)
    except ToolError as error:
        failures.append(str(error))
        return None
    try:
        rich = html and bool(tool.read_html)
        if tool.held(environ, html=rich) == (tool.html(text).decode() if rich else text):
            return True
    except ToolError as error:
        failures.append(str(error))
        return False
    failures.append(_("{tool} returns something else").format(tool=tool.name))
    return None


def _kept(text: str, *, html: bool) -> Path:
    file = state_folder() / f"{FILE}.{'html' if html else 'txt'}"
    try:
        make_folder(file.parent)
        write_atomically(file.resolve(), text, 0o600)
    except OSError as error:
        raise NothingCopiedError(
            _("No clipboard took it, and {file} cannot be written: {reason}.").format(
                file=file, reason=error.strerror
            ),
            _("See what is wrong with: hubtui doctor"),
        ) from error
    return file


def describe_copy(copied: Copied) -> str:
    """Describe which way a text went, and whether that way confirmed it."""
    ways = []
    if copied.tool:
        way = _("{tool}, as rich text") if copied.rich else "{tool}"
        sure = _("confirmed") if copied.confirmed else _("unconfirmed")
        ways.append(f"{way.format(tool=copied.tool)} ({sure})")
    if copied.tmux:
        ways.append(_("tmux (confirmed)"))
    if copied.terminal:
        ways.append(_("OSC 52 (unconfirmed)"))
    if copied.file and copied.too_long:
        ways.append(_("too long for the terminal, so into the file {file}").format(file=copied.file))
    elif copied.file:
        ways.append(_("no clipboard took it, so into the file {file}").format(file=copied.file))
    elif copied.too_long and not copied.confirmed:
        ways.append(_("too long for the terminal"))
    return "; ".join((", ".join(ways), *copied.failures))
