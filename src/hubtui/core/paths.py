"""Where things are: the library's parts, the user's folders, the sample library; and writing files safely."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from platformdirs import PlatformDirs

from hubtui.core.errors import LibraryError
from hubtui.core.i18n import _

SEEDS = "seeds"
INDEX = "index"
INDEX_MARK = "made-by.json"
"""What an index folder holds as soon as it is complete."""
SETTINGS = "hubtui.toml"
CLIPPINGS = "clippings.jsonl"

_PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the installed package ``hubtui``."""
_PLATFORM = PlatformDirs("hubtui", appauthor=False)


def cache_folder() -> Path:
    """The user's cache folder for hubtui: derived things, safe to delete."""
    return Path(_PLATFORM.user_cache_dir)


def data_folder() -> Path:
    """The user's data folder for hubtui: what cannot be made again."""
    return Path(_PLATFORM.user_data_dir)


def config_folder() -> Path:
    """The user's configuration folder for hubtui: their own settings."""
    return Path(_PLATFORM.user_config_dir)


def state_folder() -> Path:
    """The user's state folder for hubtui: logs, histories, notes of the indexes that their hubtui wrote."""
    return Path(_PLATFORM.user_state_dir)


def history_file(root: Path) -> Path:
    """Where the queries that were asked of the library in ``root`` are kept."""
    return state_folder() / "history" / f"{_folder_name(root)}.json"


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
    if own.exists() or (os.access(root, os.W_OK) and not installed):
        return own
    return data_folder() / "clippings" / _folder_name(root) / CLIPPINGS


def _folder_name(root: Path) -> str:
    """Return a name that is unique to a library, for what is kept outside of it."""
    import hashlib  # deferred: only plain folders need it

    digest = hashlib.blake2b(os.fsencode(root), digest_size=8).hexdigest()
    return f"{root.name[:40]}-{digest}"


def library_folder(named: Path | None) -> Path:
    """Return the folder of the library to open: the one named, else ``HUBTUI_LIBRARY``, else the nearest."""
    if named is None and (told := os.environ.get("HUBTUI_LIBRARY")):
        named = Path(told)
    return find_library(Path.cwd()) if named is None else named


def may_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or, before it is there, the folder itself."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK | os.X_OK)


def write_atomically(file: Path, text: str) -> None:
    """Replace a file's content in one step, on the disk before its name is; its permissions stay.

    Raises:
        OSError: It cannot be written; it is as it was.
    """
    import tempfile  # deferred: most commands write no such file

    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
