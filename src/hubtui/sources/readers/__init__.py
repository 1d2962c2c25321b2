"""One small module for each format; :func:`reader_for` finds the one for a file."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from hubtui.sources.document import Extract

READERS = {
    ".txt": "plain",
    ".text": "plain",
    "": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "web",
    ".htm": "web",
    ".xhtml": "web",
}
"""The reader of each extension; a reader's module is loaded when its first file is read."""


class Reader(Protocol):
    """What each module of this package offers."""

    read: Callable[[bytes], Extract]
    """Take text and facts from the bytes of a file; raises :class:`hubtui.errors.SourceError`."""


def reader_for(extension: str) -> Reader | None:
    """Give the reader for files with ``extension`` (with its dot, lower case), if there is one."""
    name = READERS.get(extension)
    return None if name is None else import_module(f"{__name__}.{name}")
