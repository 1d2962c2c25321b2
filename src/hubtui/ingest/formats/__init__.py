"""List the formats; :func:`hubtui.ingest.read.find_reader` finds the one of a file.

Each has a module here with a function ``read(data: bytes) -> Extract``, which raises
:class:`hubtui.core.errors.SourceError` for a file that it can't read. To add a format, write such a module
and name it in :data:`FORMATS`.
"""

from collections.abc import Callable
from pathlib import PurePosixPath

from hubtui.ingest.document import Extract

FormatReader = Callable[[bytes], Extract]
"""Takes text and facts from the bytes of a file."""

FORMATS = {
    ".txt": "plain",
    ".text": "plain",
    "": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
}
"""The module for each extension; it is loaded when the first such file is read."""

SIGNATURES = ((b"%PDF-", "pdf"), (b"MIME-Version:", "mhtml"), (b"From: <Saved by", "mhtml"))
"""How files begin whose format is told by their content, whatever their extension."""
ZIP_MARKS = ((b"word/document.xml", "docx"), (b"application/epub+zip", "epub"))
"""What stands in a zip archive that is of a format."""


def listed_extensions() -> str:
    """Return the extensions that are read, as the rest of a sentence."""
    *others, last = sorted(filter(None, FORMATS))
    return f"{', '.join(others)} and {last}"


def format_by_content(head: bytes) -> str:
    """Return the format that the first bytes of a file tell, or ``""``."""
    return next((name for signature, name in SIGNATURES if head.startswith(signature)), "")


def is_plain(path: str, head: bytes) -> bool:
    """Whether a file is plain text by its name and its first bytes, so that reading it can do no harm."""
    plain = FORMATS.get(PurePosixPath(path).suffix.lower()) in ("plain", "markdown")
    return plain and not head.startswith(b"PK\x03\x04") and not format_by_content(head) and b"\0" not in head
