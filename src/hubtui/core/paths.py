"""Where things are: the library's parts, what is kept elsewhere for it, the sample library."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hubtui.core.errors import LibraryError
from hubtui.core.files import INDEX, SEEDS, cache_folder, data_folder, state_folder
from hubtui.core.i18n import _

INDEX_MARK = "made-by.json"
"""What an index folder holds as soon as it is complete."""
SETTINGS = "hubtui.toml"
CLIPPINGS = "clippings.jsonl"

_PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the installed package ``hubtui``."""


def history_file(root: Path) -> Path:
    """Where the queries that were asked of the library in ``root`` are kept."""
    return state_folder() / "history" / f"{_folder_name(root)}.json"


def places_file(root: Path) -> Path:
    """Where the places are kept at which the user left the library in ``root``."""
    return state_folder() / "places" / f"{_folder_name(root)}.json"


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The parts of one library on disk.

    Attributes:
        root: The folder that the user names.
        seeds: Where the sources are; ``root`` itself for a plain folder of documents.
        index: What hubtui derives; in the user's cache where ``root`` has no ``seeds/``, or cannot be
            written to and has no index yet.
        clippings: What the user kept; in the user's data folder where ``root`` cannot be written to, or is
            part of the installed package.
    """

    root: Path
    seeds: Path
    index: Path
    clippings: Path


def locate(folder: Path) -> LibraryPaths:
    """Find the parts of the library in ``folder``.

    Raises:
        LibraryError: ``folder`` does not exist, is no folder, or may not be read.
    """
    root = folder.expanduser().resolve()
    if not root.exists():
        raise LibraryError(
            _("There is no folder {folder}.").format(folder=folder),
            _("Check the path, or create the folder and put sources in it."),
        )
    if not root.is_dir():
        raise LibraryError(
            _("{folder} is a file, not a folder.").format(folder=folder),
            _("Open the folder it is in: hubtui {parent}").format(parent=folder.parent),
        )
    if not os.access(root, os.R_OK | os.X_OK):
        raise LibraryError(
            _("{folder} cannot be read.").format(folder=folder), _("Change the folder's permissions.")
        )
    seeds = root / SEEDS
    if not seeds.is_dir():
        return LibraryPaths(root, root, cached_index(root), _clippings(root))
    index = root / INDEX
    there = may_write(index) or (index / INDEX_MARK).is_file()
    return LibraryPaths(root, seeds, index if there else cached_index(root), _clippings(root))


def find_library(start: Path) -> Path:
    """Return the nearest folder from ``start`` upwards that is a library, else the sample library."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SEEDS).is_dir() or (folder / SETTINGS).is_file():
            return folder
    return sample_library()


@cache
def sample_library() -> Path:
    """The library that comes with hubtui: inside the installed package, or this checkout."""
    bundled = _PACKAGE / "sample"
    return bundled if (bundled / SEEDS).is_dir() else _PACKAGE.parents[1]


def cached_index(root: Path) -> Path:
    """Where the index of a library is kept that has none in its own folder."""
    return cache_folder() / "index" / _folder_name(root)


def _clippings(root: Path) -> Path:
    own = root / CLIPPINGS
    installed = root.is_relative_to(_PACKAGE)
    if os.path.lexists(own) or (os.access(root, os.W_OK) and not installed):
        return own
    # The user's own folder, where links are theirs.
    return (data_folder() / "clippings" / _folder_name(root) / CLIPPINGS).resolve()


def _folder_name(root: Path) -> str:
    """Return a name that is unique to a library, for what is kept outside of it."""
    import hashlib  # deferred: only plain folders need it

    digest = hashlib.blake2b(os.fsencode(root), digest_size=8).hexdigest()
    return f"{root.name[:40]}-{digest}"


def library_folder(named: Path | None) -> Path:
    """Return the folder of the library to open: the one named, else ``HUBTUI_LIBRARY``, else the nearest."""
    if named is None and (chosen := os.environ.get("HUBTUI_LIBRARY")):
        named = Path(chosen)
    return find_library(Path.cwd()) if named is None else named


def may_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or, before it is there, the folder itself."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK | os.X_OK)
