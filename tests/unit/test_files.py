"""The door to hubtui's own files: what it refuses, what it leaves, and that nobody goes round it."""

import ast
import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hubtui
from hubtui.core import files
from hubtui.core.files import (
    Lock,
    LockHeldError,
    RefusedFileError,
    file_status,
    holding,
    make_folder,
    open_new,
    read_file,
    remove_drafts,
    remove_file,
    remove_folder,
    write_atomically,
)

PACKAGE = Path(hubtui.__file__).parent

ELSEWHERE = {
    "citation/pandoc.py": "a draft in a temporary folder of its own, and the style that the user names",
    "cli/commands/cite.py": "the terminal",
    "cli/localized.py": "nothing: help is written into a text",
    "cli/run.py": "the null device",
    "cli/terminal.py": "the terminal",
    "clippings/export.py": "what pandoc wrote, in a temporary folder",
    "index/database.py": "SQLite opens by name: what is there is looked at before",
    "index/inspection.py": "Linux's list of locks",
    "index/sync.py": "nothing: rows of the catalog are touched",
    "ingest/read.py": "sources, which the scan has looked at",
    "ingest/workers.py": "sources, as above",
    "places/tables.py": "data of the package",
    "search/lexicon.py": "data of the package",
    "text/analyzer.py": "data of the package",
    "text/segment.py": "the folder of jieba's cache",
    "text/sorted_table.py": "data of the package",
    "tui/external.py": "a source, for the line to open it at",
    "verify/read.py": "a draft that the user names",
}
"""Modules that open something else than hubtui's own files, and what."""

_METHODS = {
    "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "rename",
    "symlink_to", "hardlink_to", "rmtree", "mkstemp", "mkdtemp", "NamedTemporaryFile", "FileLock",
    "copyfile", "copytree", "makedirs",
}  # fmt: skip
_FUNCTIONS = {("os", "open"), ("os", "replace"), ("os", "remove"), ("sqlite3", "connect"), ("io", "open")}


def _openings(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that open, make or remove a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in {"open", "FileLock"}:
            yield node.lineno
        elif isinstance(called, ast.Attribute):
            owner = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr in _METHODS or (owner, called.attr) in _FUNCTIONS or _of_path(called.attr, node):
                yield node.lineno


def _of_path(name: str, call: ast.Call) -> bool:
    """Whether this is ``Path.open``, and not a library's; or ``Path.replace``, and not a text's."""
    first = call.args[0] if call.args else None
    if name == "open":
        return isinstance(first, ast.Constant) and isinstance(first.value, str)
    return name == "replace" and len(call.args) == 1 and not call.keywords


def test_only_the_door_opens_files() -> None:
    found = {}
    for module in PACKAGE.rglob("*.py"):
        name = module.relative_to(PACKAGE).as_posix()
        if lines := list(_openings(ast.parse(module.read_text(encoding="utf-8")))):
            found[name] = lines
    assert found.pop("core/files.py")
    assert {name: lines for name, lines in found.items() if name not in ELSEWHERE} == {}
    assert set(ELSEWHERE) == set(found)  # none is named in vain


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library's folder, with a folder beside it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "precious.txt").write_text("precious")
    root = tmp_path / "library"
    (root / "index" / "fulltext").mkdir(parents=True)
    return root


PLACES = ["hubtui.toml", "index/made-by.json", "index/fulltext/toc.json"]


def _stand_in(kind: str, path: Path, outside: Path) -> None:
    match kind:
        case "link":
            path.symlink_to(outside / "precious.txt")
        case "link to a folder":
            path.symlink_to(outside)
        case "dangling link":
            path.symlink_to(outside / "missing")
        case "pipe":
            os.mkfifo(path)
        case "socket":
            here = Path.cwd()
            os.chdir(path.parent)  # the name of a socket is short
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(path.name)
            os.chdir(here)
        case "folder":
            path.mkdir()


KINDS = ["link", "link to a folder", "dangling link", "pipe", "socket", "folder"]


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes with names")
@pytest.mark.parametrize("walks", [True, False])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_not_a_file_is_refused_and_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, kind: str, place: str, *, walks: bool
) -> None:
    monkeypatch.setattr(files, "_WALKS", walks)
    path, outside = root / place, root.parent / "outside"
    _stand_in(kind, path, outside)
    attempts: list[Callable[[], object]] = [
        lambda: read_file(path),
        lambda: file_status(path),
        lambda: write_atomically(path, "x"),
        lambda: Lock(path).acquire(),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedFileError) as caught:
            attempt()
        assert caught.value.filename == str(path)
        assert caught.value.remedy
    with pytest.raises(OSError, match=r"link|file|exists"):
        open_new(path)
    assert [(file.name, file.read_text()) for file in outside.iterdir()] == [("precious.txt", "precious")]
    assert not list(path.parent.glob("*.tmp"))


@pytest.mark.parametrize("walks", [True, False])
@pytest.mark.parametrize("folder", ["index", "index/fulltext", "seeds"])
def test_a_folder_of_ours_that_is_a_link_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, folder: str, *, walks: bool
) -> None:
    monkeypatch.setattr(files, "_WALKS", walks)
    outside = root.parent / "outside"
    link = root / folder
    if link.exists():
        remove_folder(link)
    link.symlink_to(outside)
    for attempt in (
        lambda: read_file(link / "precious.txt"),
        lambda: write_atomically(link / "precious.txt", "x"),
        lambda: write_atomically(link / "other.txt", "x"),
        lambda: remove_file(link / "precious.txt"),
        lambda: make_folder(link),
        lambda: Lock(link / "lock").acquire(),
    ):
        with pytest.raises(RefusedFileError) as caught:
            attempt()
        assert caught.value.filename == str(link)
    remove_folder(link)
    assert not os.path.lexists(link)
    assert [(file.name, file.read_text()) for file in outside.iterdir()] == [("precious.txt", "precious")]


def test_links_above_are_followed(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    write_atomically(link / "index" / "made-by.json", "{}")
    assert read_file(root / "index" / "made-by.json") == b"{}"


def test_a_lock_with_content_under_another_name_is_refused(root: Path) -> None:
    precious, lock = root.parent / "outside" / "precious.txt", root / "index" / "lock"
    lock.hardlink_to(precious)
    with pytest.raises(RefusedFileError, match="hard links"):
        Lock(lock).acquire()
    write_atomically(lock, "")  # another file takes its name
    assert precious.read_text() == "precious"


def test_what_a_killed_writer_left_is_removed_by_the_next(root: Path) -> None:
    draft = root / ".hubtui.toml.0123456789abcdef.tmp"
    others = [root / ".hubtui.toml.mine.tmp", root / ".other.toml.0123456789abcdef.tmp"]
    for file in (draft, *others):
        file.write_text("half")
    with holding(root / "index" / "settings.lock", root / "hubtui.toml"):
        pass
    assert not draft.exists()
    assert all(other.exists() for other in others)
    remove_drafts(root / "missing" / "hubtui.toml")


def test_one_at_a_time_holds_a_lock(root: Path) -> None:
    lock = root / "index" / "lock"
    with holding(lock), pytest.raises(LockHeldError), holding(lock, patience=0.02):
        pass
    with holding(lock):
        pass


def test_permissions_are_those_of_the_file_or_as_asked(root: Path) -> None:
    write_atomically(root / "a", "x", 0o600)
    assert stat.S_IMODE((root / "a").stat().st_mode) == 0o600
    (root / "a").chmod(0o640)
    write_atomically(root / "a", b"y")
    assert stat.S_IMODE((root / "a").stat().st_mode) == 0o640
