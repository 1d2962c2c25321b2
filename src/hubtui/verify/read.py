"""Read drafts from files, by the format that each has."""

from importlib import import_module
from pathlib import Path, PurePath

from hubtui.core.errors import HubtuiError, SourceError, cause
from hubtui.core.i18n import N_, _
from hubtui.verify.draft import Draft

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest draft that is read."""

_TEXTS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_OTHER = {".doc", ".odt", ".pdf", ".rtf", ".epub", ".pages", ".tex"}


class DraftError(HubtuiError):
    """A draft cannot be read, or its copy not be written."""

    title = N_("Unreadable draft")


def read_draft(path: Path) -> Draft:
    """Read the draft in a file: Markdown, HTML, Word, or else plain text, by its extension.

    Raises:
        DraftError: There is no such file, it cannot be read, or it is in no format that is known.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DraftError(
                _("{path} has more than {size:,} bytes.").format(path=path, size=LARGEST),
                _("Split it into parts."),
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DraftError(_("There is no file {path}.").format(path=path), _("Check the path.")) from error
    except IsADirectoryError as error:
        raise _folder(path) from error
    except OSError as error:
        raise (_folder(path) if path.is_dir() else _unread(path, error)) from error
    # A name that is no UTF-8 cannot be written as it is.
    return parse_draft(str(path).encode("utf-8", "backslashreplace").decode(), data)


def parse_draft(name: str, data: bytes, suffix: str = "") -> Draft:
    """Read the bytes of a draft.

    Args:
        name: What it is called; its extension tells the format.
        data: In any common encoding; or those of a Word document.
        suffix: The extension to go by instead.

    Raises:
        DraftError: They are no text, or no Word document where they should be.
    """
    suffix = suffix or PurePath(name).suffix.lower()
    if suffix in _OTHER:
        raise DraftError(
            _("{path}: drafts in {suffix} format are not supported.").format(path=name, suffix=suffix),
            _("Save it as .docx, .html, .md or .txt."),
        )
    try:
        if suffix == ".docx" or data.startswith(b"PK\x03\x04"):
            from hubtui.verify.formats import word  # deferred: python-docx

            return word.read(name, data)
        from hubtui.ingest.encodings import decode  # deferred with the formats

        format_ = import_module(f"hubtui.verify.formats.{_TEXTS.get(suffix, 'plain')}")
        draft: Draft = format_.read(name, decode(data))
    except SourceError as error:
        raise DraftError(f"{name}: {error.message}", error.remedy) from error
    return draft


def _folder(path: Path) -> DraftError:
    return DraftError(
        _("{path} is a folder.").format(path=path), _("Name the drafts in it: hubtui verify FILE…")
    )


def _unread(path: Path, error: OSError) -> DraftError:
    reason, remedy = cause(error)
    return DraftError(_("{path} cannot be read: {reason}.").format(path=path, reason=reason), remedy)
