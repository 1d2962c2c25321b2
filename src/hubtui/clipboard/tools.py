"""The programs that reach a clipboard: how to write to each, and how to read back what it holds."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hubtui.core.i18n import _

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
        said = complaints.read(_SAID).decode("utf-8", "replace").strip().partition("\n")[0]
    if process.returncode:
        status = _("exit status {status}").format(status=process.returncode)
        plain = "".join(character for character in said if character.isprintable())
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
