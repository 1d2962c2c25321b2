"""Have a Python process, and those that it starts, write down what hubtui must not do.

Python imports this by itself where its folder is on ``PYTHONPATH``. Each line of the file that
``HUBTUI_AUDIT`` names is one of Python's audit events: https://docs.python.org/3/library/audit_events.html.
"""

import os
import socket
import sys
from typing import Any

PLANTED = "<planted>"
"""The file name of code that an attack has put somewhere."""

_log = os.open(os.environ["HUBTUI_AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_UNIX = {getattr(socket, name) for name in ("AF_UNIX",) if hasattr(socket, name)}


def _told(event: str, arguments: tuple[Any, ...]) -> str:
    """Return what to write of an event, ``""`` for nothing."""
    if event == "socket.__new__" and arguments[1] in _UNIX:
        return ""  # the pair of sockets with which an event loop wakes itself
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        return f"network {event} {arguments[1:]!r}"
    if event == "exec" and getattr(arguments[0], "co_filename", "") == PLANTED:
        return "planted code"
    if event == "os.system" or (event == "pickle.find_class" and arguments[0] in ("posix", "os", "builtins")):
        return f"planted {event} {arguments!r}"
    if event.startswith("sqlite3.") and "extension" in event:
        return f"planted {event}"
    return ""


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    told = _told(event, arguments)
    if told:
        os.write(_log, f"{told}\n".encode("utf-8", "backslashreplace"))


sys.addaudithook(_hook)
