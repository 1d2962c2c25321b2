"""Read one file: its bytes, the right format, the article in what that holds.

To add a format, write a module in :mod:`hubtui.ingest.formats` with a function ``read(data: bytes) ->
Extract``, which raises :class:`hubtui.core.errors.SourceError` for a file that it can't read, and name it in
:data:`FORMATS`.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from hubtui.core.errors import SourceError, UnavailableSourceError, cause
from hubtui.core.i18n import _
from hubtui.ingest.document import Document, Extract, Facts, SourceFile, TextBlock

if TYPE_CHECKING:
    from hubtui.ingest.ocr import Recogniser

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
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".webp": "picture",
}
"""The module for each extension; it is loaded when the first such file is read."""

PICTURED = frozenset({"pdf", "picture"})
"""The modules whose ``read`` also takes what recognises the text in pictures."""

SIGNATURES = ((b"%PDF-", "pdf"), (b"MIME-Version:", "mhtml"), (b"From: <Saved by", "mhtml"))
"""How files begin whose format is told by their content, whatever their extension."""
ZIP_MARKS = ((b"word/document.xml", "docx"), (b"application/epub+zip", "epub"))
"""What stands in a zip archive that is of a format."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""

_ATTEMPTS = 3


def read_source(file: SourceFile, recogniser: "Recogniser | None" = None) -> Document:
    """Read a file as a source, with the correction that the user wrote for it.

    Args:
        file: The file.
        recogniser: What reads its pictures of text; without one they are left out.

    Raises:
        UnrecognisedSourceError: it holds nothing but such pictures, and nothing reads them.
        SourceError: it can't be read, or holds no text.
    """
    # Deferred: a library that is up to date reads nothing, and these compile many patterns.
    from hubtui.ingest.article import assemble
    from hubtui.ingest.metadata.language import paragraph_language

    data = _bytes(file)
    extract = _extract(find_reader(file.path, data, recogniser), data)
    doubts = list(extract.doubts)
    extract.blocks = _marked_part(extract.blocks, file, doubts)
    passages = assemble(extract)
    facts = extract.facts
    changed = facts.take("modified")
    if not passages:
        raise SourceError(_nothing(data, facts), _("Remove it, or save its text again."))
    _complete(facts, file, "\n".join(passage.text for passage in passages[:60]))
    if not (extract.marked or facts["language"].startswith("zh")):
        facts.offer("date", changed, "byline")  # English outlets stamp what they publish with "Updated"
    if changed and not facts["date"]:
        doubts.append(
            _("It says only when it was last changed ({date}), not when it was published.").format(
                date=changed
            )
        )
    language = facts["language"]
    return Document(
        digest=_digest(data, file),
        facts=dict(facts.values),
        origins=dict(facts.origins),
        passages=tuple(
            replace(passage, language=paragraph_language(passage.text, language)) for passage in passages
        ),
        doubts=tuple(doubts),
        unrecognised=extract.unrecognised,
    )


def _extract(reader: FormatReader, data: bytes) -> Extract:
    """Have a format's reader read a file.

    Raises:
        SourceError: The reader, or a library that it uses, does not understand the file.
    """
    try:
        return reader(data)
    except (SourceError, MemoryError, RecursionError, ImportError):
        raise
    except Exception as error:
        raise SourceError(
            _("The file is damaged, or written in an unusual way ({name}: {error}).").format(
                name=type(error).__name__, error=error
            ),
            _("Get it again, or open it in its program and save it anew."),
        ) from error


def find_reader(path: str, data: bytes, recogniser: "Recogniser | None" = None) -> FormatReader:
    """Return the reader for a file: by its content where that is telling, else by its extension.

    Args:
        path: Of the file.
        data: What it holds.
        recogniser: What it reads pictures of text with.

    Raises:
        SourceError: there is none.
    """
    extension = PurePosixPath(path).suffix.lower()
    name = _by_content(data) or FORMATS.get(extension)
    if name is None:
        raise SourceError(
            _("hubtui does not read {extension} files.").format(extension=extension),
            _("It reads {formats}.").format(formats=listed_extensions()),
        )
    read = import_module(f"hubtui.ingest.formats.{name}").read
    return cast("FormatReader", partial(read, recogniser=recogniser) if name in PICTURED else read)


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


def _by_content(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return next((name for mark, name in ZIP_MARKS if mark in data), "")
    return format_by_content(data)


def _nothing(data: bytes, facts: Facts) -> str:
    """Return what a file holds that has no passages."""
    if not data.strip():
        return _("The file is empty.")
    if facts["title"]:
        return _("The file holds a title, but no text.")
    return _("The file holds no text, or only what surrounds an article.")


def _complete(facts: Facts, file: SourceFile, text: str) -> None:
    from hubtui.ingest.metadata.dates import date_in_name  # deferred, as above
    from hubtui.ingest.metadata.language import language_of

    facts.offer("date", date_in_name(PurePosixPath(file.path).stem), "file name")
    if found := language_of(text):
        facts.replace("language", found, "text")
    for name, value in file.correction.facts.items():
        facts.replace(name, value, "correction")


def _marked_part(blocks: Sequence[TextBlock], file: SourceFile, doubts: list[str]) -> list[TextBlock]:
    """Return the blocks between the first and the last that the correction marks."""
    start, end = 0, len(blocks)
    for key, beginning in (("first", file.correction.first), ("last", file.correction.last)):
        if not beginning:
            continue
        found = [n for n, block in enumerate(blocks) if " ".join(block.text.split()).startswith(beginning)]
        if not found:
            doubts.append(
                _('No paragraph begins with "{beginning}", as the correction of "{key}" says.').format(
                    beginning=beginning, key=key
                )
            )
        elif key == "first":
            start = found[0]
        else:
            end = found[-1] + 1
    return list(blocks[start:end])


def _digest(data: bytes, file: SourceFile) -> str:
    mark = file.correction.fingerprint.to_bytes(6)
    return hashlib.blake2b(data, digest_size=16, salt=mark).hexdigest()


def _bytes(file: SourceFile) -> bytes:
    """Return the bytes of a file that stays the same while it is read.

    Raises:
        UnavailableSourceError: it can't be opened, or goes on changing.
        SourceError: it is too large.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            with file.absolute.open("rb") as stream:
                before = os.fstat(stream.fileno())
                if before.st_size > LARGEST:
                    raise SourceError(
                        _("The file has {st_size:,} bytes; hubtui reads up to {largest:,}.").format(
                            st_size=before.st_size, largest=LARGEST
                        ),
                        _("Split it into parts."),
                    )
                data = stream.read(LARGEST + 1)
                after = os.fstat(stream.fileno())
        except OSError as error:
            raise _unopened(error) from error
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(
            data
        ) == after.st_size:
            return data
    raise UnavailableSourceError(
        _("The file changes while it is read."), _("Close the program that writes it, and sync again.")
    )


def _unopened(error: OSError) -> UnavailableSourceError:
    if isinstance(error, FileNotFoundError):
        return UnavailableSourceError(_("The file no longer exists."), _("Sync again."))
    if isinstance(error, PermissionError):
        return UnavailableSourceError(_("The file is not readable."), _("Change its permissions."))
    reason, remedy = cause(error)
    return UnavailableSourceError(_("The file can't be opened: {strerror}.").format(strerror=reason), remedy)
