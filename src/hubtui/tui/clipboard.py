"""The system's clipboard, by the two ways there are from a terminal.

A native tool reaches the clipboard of the machine hubtui runs on and says whether it worked. The escape
sequence OSC 52 reaches the clipboard of the machine the user sits at, also over ssh, but no terminal
confirms it.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

TIMEOUT = 1.0
"""Seconds after which a clipboard tool counts as stuck."""


def native_tool(environ: Mapping[str, str] = os.environ) -> list[str] | None:
    """Give the command line of the tool that fills this machine's clipboard, or ``None``."""
    for wanted, command in (
        ("WAYLAND_DISPLAY" in environ, ["wl-copy"]),
        ("DISPLAY" in environ, ["xclip", "-selection", "clipboard"]),
        ("DISPLAY" in environ, ["xsel", "--clipboard", "--input"]),
        (sys.platform == "darwin", ["pbcopy"]),
        ("WSL_DISTRO_NAME" in environ or sys.platform == "win32", ["clip.exe"]),
        ("TMUX" in environ, ["tmux", "load-buffer", "-w", "-"]),
    ):
        if wanted and shutil.which(command[0], path=environ.get("PATH")):
            return command
    return None


def copy_natively(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Give ``text`` to the native tool.

    Returns:
        The tool's name, or ``""`` when there is none, or it failed or got stuck.
    """
    command = native_tool(environ)
    if command is None:
        return ""
    # clip.exe takes UTF-16, told by its byte order mark; the others take UTF-8.
    data = text.encode("utf-16" if command[0] == "clip.exe" else "utf-8")
    try:
        subprocess.run(  # noqa: S603  # a fixed command line, the text goes to standard input
            command,
            input=data,
            # Tools that stay in the background to serve the selection would hold a pipe open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=True,
            env=dict(environ),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return command[0]


def terminal_sequences(text: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Give the OSC 52 sequences to write: inside tmux also one that tmux passes on to its terminal."""
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if "TMUX" in environ:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return [sequence, f"\x1bPtmux;{doubled}\x1b\\"]
    return [sequence]
