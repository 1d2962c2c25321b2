"""Open the zip archives that documents come in, checked before anything is unpacked."""

import io
import zipfile

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _

LARGEST = 256 * 1024 * 1024
"""Bytes that the parts of a document may unpack to, together."""
MOST_PARTS = 20_000


def open_archive(data: bytes, kind: str) -> zipfile.ZipFile:
    """Open a zip archive whose parts unpack to a bearable size.

    Args:
        data: The bytes of the file.
        kind: What the file should be, for messages (``Word document``).

    Raises:
        SourceError: it is no zip archive, encrypted, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(
            _("The file is not a valid {kind}, or it is truncated.").format(kind=kind),
            _("Get the file again."),
        ) from error
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(_("The {kind} is encrypted.").format(kind=kind), _("Save it without a password."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise SourceError(
            _("The {kind} would unpack to more than {largest:,} bytes.").format(kind=kind, largest=LARGEST),
            _("Split it into parts."),
        )
    return archive


def read_part(archive: zipfile.ZipFile, name: str, kind: str) -> bytes:
    """Return the bytes of one part.

    Raises:
        SourceError: there is no such part, or it is damaged.
    """
    try:
        return archive.read(name)
    except KeyError as error:
        raise SourceError(
            _("The file is not a valid {kind}: it has no part {name}.").format(kind=kind, name=name),
            _("Save it again as a {kind}.").format(kind=kind),
        ) from error
    except Exception as error:  # zipfile raises whatever its decompressors raise
        raise SourceError(_("The {kind} is damaged.").format(kind=kind), _("Get the file again.")) from error
