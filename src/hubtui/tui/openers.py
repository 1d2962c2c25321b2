"""Opening files and addresses with what the desktop has for them, without a word on the terminal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

PATIENCE = 1.0
"""Seconds after which an opener that still runs counts as having opened: some stay with the browser."""


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Give the program that opens things on this desktop, or ``""`` where there is no desktop."""
    if platform == "darwin":
        # Over ssh it would open on a screen that the user does not sit at.
        names = [] if "SSH_CONNECTION" in environ else ["open"]
    elif platform == "win32":
        names = ["explorer.exe"]
    elif "WSL_DISTRO_NAME" in environ:
        names = ["wslview", "explorer.exe"]
    else:
        names = ["xdg-open", "gio"] if {"DISPLAY", "WAYLAND_DISPLAY"} & environ.keys() else []
    return next((name for name in names if shutil.which(name, path=environ.get("PATH"))), "")


def is_web_address(url: str) -> bool:
    """Whether this is the address of a page, and nothing that a desktop might run."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False


def open_with(program: str, target: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Let ``program`` open an absolute path or an address; tell whether it seems to have worked."""
    command = [program, "open", target] if program == "gio" else [program, target]
    try:
        started = subprocess.Popen(  # noqa: S603  # a fixed program and one argument, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environ),
        )
        # Explorer gives 1 also when all is well.
        return started.wait(PATIENCE) == 0 or program == "explorer.exe"
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
