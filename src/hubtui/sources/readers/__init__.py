"""One small module for each format; :func:`find_reader` finds the one for a file.

A module here has a function ``read(data: bytes) -> Extract``, which raises
:class:`hubtui.core.errors.SourceError` for a file that it can't read. To add a format, write such a module
and name it in :data:`READERS`.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.sources.document import Extract

Reader = Callable[[bytes], Extract]
"""Takes text and facts from the bytes of a file."""

READERS = {
    ".txt": "plain",
    ".text": "plain",
    "": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "web",
    ".htm": "web",
    ".xhtml": "web",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
}
"""The reader for each extension; its module is loaded when the first such file is read."""

_MAGIC = ((b"%PDF-", "pdf"), (b"MIME-Version:", "mhtml"), (b"From: <Saved by", "mhtml"))
_ZIPPED = ((b"word/document.xml", "docx"), (b"application/epub+zip", "epub"))


def find_reader(path: str, data: bytes) -> Reader:
    """Give the reader for a file: by its content where that is telling, else by its extension.

    Raises:
        SourceError: there is none.
    """
    extension = PurePosixPath(path).suffix.lower()
    name = _by_content(data) or READERS.get(extension)
    if name is None:
        raise SourceError(
            _("hubtui does not read {extension} files.").format(extension=extension),
            _("It reads {formats}.").format(formats=formats()),
        )
    return cast("Reader", import_module(f"{__name__}.{name}").read)


def is_plain(path: str, head: bytes) -> bool:
    """Whether a file is plain text by its name and its first bytes, so that reading it can do no harm."""
    plain = READERS.get(PurePosixPath(path).suffix.lower()) in ("plain", "markdown")
    return plain and not head.startswith(b"PK\x03\x04") and not _by_content(head) and b"\0" not in head


def formats() -> str:
    """Give the extensions that are read, as the rest of a sentence."""
    *others, last = sorted(filter(None, READERS))
    return f"{', '.join(others)} and {last}"


def _by_content(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _ZIPPED if mark in data), "")
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "")
