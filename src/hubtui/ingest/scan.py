"""Find the files of a library that are sources."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.i18n import _
from hubtui.core.models import Problem
from hubtui.ingest.document import CORRECTIONS_FILE, Correction, SourceFile
from hubtui.ingest.read import FORMATS, listed_extensions

if TYPE_CHECKING:
    from hubtui.ingest.corrections import Corrections

_OWN = {CORRECTIONS_FILE, "hubtui.toml", "clippings.jsonl", "clippings.damaged.jsonl"}
_NONE = Correction()
_LEFTOVER = re.compile(
    r"(?:~\$.*|.*~|#.*#|.*\.(?:sw[a-p]|bak|tmp|temp|orig|part|crdownload|download)|thumbs\.db|desktop\.ini)",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\\]")


Scanned = tuple[Sequence[SourceFile], Sequence[Problem]]
"""The files that may be sources, and what a user may miss."""


def scan(seeds: Path) -> Scanned:
    """List the files that may be sources, in the order of their paths, and those a user may miss there.

    Hidden files, editors' leftovers, hubtui's own files and the folders beside saved web pages are passed
    over in silence. Links are not followed: one that leads out of the folder is a problem.
    """
    found: dict[str, SourceFile] = {}
    corrections = _corrections(seeds)
    problems: list[Problem] = list(corrections.problems) if corrections else []
    by_path = corrections.by_path if corrections else {}
    for path, entry in _walk(str(seeds), "", problems):
        reason = _reason_against(entry, seeds)
        if reason:
            problems.append(Problem(path, reason))
        elif path in found:
            problems.append(
                Problem(path, _("Another file has the same name when normalised. Rename one of them."))
            )
        elif not entry.is_symlink():
            found[path] = _source_file(path, entry, by_path.get(path))
    if corrections and by_path:
        problems += corrections.unknown_paths(found)
    shown = [found[path] for path in sorted(found) if not found[path].correction.hide]
    return shown, sorted(problems, key=lambda problem: problem.path)


def _corrections(seeds: Path) -> "Corrections | None":
    if not os.path.lexists(seeds / CORRECTIONS_FILE):
        return None
    from hubtui.ingest.corrections import load_corrections  # deferred: many libraries have none

    return load_corrections(seeds)


def _source_file(path: str, entry: os.DirEntry[str], correction: Correction | None) -> SourceFile:
    status = entry.stat(follow_symlinks=False)
    if correction is None:
        return SourceFile(path, entry.path, status.st_size, status.st_mtime_ns)
    changed = status.st_mtime_ns - correction.fingerprint
    return SourceFile(path, entry.path, status.st_size, changed, correction)


def printable(path: str) -> str:
    """Return a path as text that can be shown and stored: NFC, ``/``, escapes for what can't be seen."""
    path = path.replace(os.sep, "/")
    if path.isascii() and path.isprintable() and "\\" not in path:
        return path
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub(_escape, path))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as os.fsdecode returns it
        return f"\\x{code - 0xDC00:02x}"
    return "\\\\" if match[0] == "\\" else f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _walk(folder: str, path: str, problems: list[Problem]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below a folder, each with its path as it is shown; ``path`` is that of the folder."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(
            Problem(
                path or ".",
                _("The folder can't be listed: {strerror}. Change its permissions.").format(
                    strerror=error.strerror
                ),
            )
        )
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name = entry.name
        if name.startswith(".") or _LEFTOVER.fullmatch(name):
            continue
        below = f"{path}/{printable(name)}" if path else printable(name)
        if entry.is_dir(follow_symlinks=False):
            if not _is_beside_page(name, names):
                yield from _walk(entry.path, below, problems)
        elif path or name not in _OWN:
            yield below, entry


def _is_beside_page(name: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a web page that a browser saved beside it."""
    stem = re.sub(r"[._-](?:files|dateien|fichiers|archivos|datoteki)$", "", name)
    return stem != name and any(f"{stem}{extension}" in names for extension in (".html", ".htm", ".xhtml"))


def _reason_against(entry: os.DirEntry[str], seeds: Path) -> str:
    if entry.is_symlink():
        return _reason_against_link(Path(entry.path), seeds)
    mode = entry.stat(follow_symlinks=False).st_mode
    if not stat.S_ISREG(mode):
        return _("This is a device, socket or pipe, not a file. Remove it from the library.")
    extension = _extension(entry.name)
    if extension not in FORMATS:
        return _("hubtui does not read {extension} files. It reads {formats}.").format(
            extension=extension, formats=listed_extensions()
        )
    return ""


def _extension(name: str) -> str:
    """Return what :attr:`pathlib.PurePath.suffix` does, in lower case, without making a path of each name."""
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def _reason_against_link(link: Path, seeds: Path) -> str:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return _("The link is broken. Remove it.")
    if target.is_relative_to(seeds.resolve()):
        return ""
    return _("The link points outside the library. Copy the file into the library instead.")
