"""Links, pipes, sockets and devices in the place of each of hubtui's own files: none is followed, none hangs.

What a link leads to is another library, as good as the attacked one, whose every file says ``CANARY``: so
whatever is read from there shows, and whatever is written there is seen.
"""

import os
import shutil
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hubtui.cli.run import run
from hubtui.clippings.store import ClippingFile
from hubtui.core.errors import HubtuiError
from hubtui.core.models import Mention, Place
from hubtui.library import Library
from hubtui.places.corrections import MentionCorrectionFile, rejection

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links and pipes to attack with")

LONGEST = 20
"""Seconds that a command may take."""

TOP = ("hubtui.toml", "clippings.jsonl", "clippings.damaged.jsonl", "mentions.jsonl", "seeds/sources.toml")
LOCKS = ("lock", "clippings.lock", "mentions.lock", "settings.lock", "sources.lock")
CATALOG = tuple(f"catalogue.sqlite{suffix}" for suffix in ("", "-wal", "-shm", "-journal"))
FULL_TEXT = ("fulltext", "fulltext/toc.json", "fulltext/lock", "fulltext/SEGMENT", "meaning")
INDEX = ("made-by.json", "clippings.removed.jsonl", *LOCKS, *CATALOG, *FULL_TEXT)
KINDS = ("link", "folder link", "dangling link", "hard link", "pipe", "socket", "zero", "folder")
CASES = [(path, kind) for path in (*TOP, "index", *(f"index/{name}" for name in INDEX)) for kind in KINDS]


def _make(root: Path, word: str) -> None:
    """Make a library that has each of hubtui's own files, all with ``word`` in them."""
    (root / "seeds").mkdir(parents=True)
    (root / "seeds" / "a.txt").write_text(
        f"Cloud computing in Harbin, says {word}.\n\nAnother {word} in Boston.\n"
    )
    (root / "hubtui.toml").write_text(f'name = "{word}"\n\n[searches]\n{word} = "cloud"\n')
    with Library.open(root) as library:
        library.sync()
        library.correct(library.source("a.txt"), {"title": word})
        library.sync()
        for hit in library.search(word).hits:
            library.clippings.add(hit.passage, note=word)
        library.clippings.remove([library.clippings.find()[0].id])
    said = MentionCorrectionFile(root, lock=root / "index" / "mentions.lock")
    boston = Mention(3, 9, "Boston", Place("gn:4930956", "Boston", "波士顿", "city"))
    said.add(replace(rejection("library", "a.txt", "in Boston", boston), name=word))
    (root / "clippings.damaged.jsonl").write_text(f"damaged {word}\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library to attack, and the one that links lead to."""
    folder = tmp_path_factory.mktemp("made")
    _make(folder / "library", "PLAIN")
    _make(folder / "outside", "CANARY")
    (folder / "outside" / "SEGMENT").write_text("CANARY")
    return folder


def _tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return all that is in a folder, and what changes when it is written."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        found[path.relative_to(folder).as_posix()] = status.st_mode, status.st_mtime_ns, content
    return found


def _plant(root: Path, name: str, kind: str, outside: Path) -> None:
    """Put something in the place of one of hubtui's own files."""
    if name.endswith("SEGMENT"):
        name = next((root / "index" / "fulltext").glob("*.segment")).relative_to(root).as_posix()
    path = root / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    target = outside / name
    if not target.exists():
        target = outside / "SEGMENT"
    plant: dict[str, Callable[[], None]] = {
        "link": lambda: path.symlink_to(target),
        "folder link": lambda: path.symlink_to(target if target.is_dir() else outside / "index"),
        "dangling link": lambda: path.symlink_to(outside / "missing"),
        "hard link": lambda: path.hardlink_to(outside / "SEGMENT" if target.is_dir() else target),
        "pipe": lambda: os.mkfifo(path),
        "socket": lambda: _make_socket(path),
        "zero": lambda: _make_device(path),
        "folder": lambda: _make_folder(path),
    }
    plant[kind]()


def _make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


def _make_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except OSError:
        pytest.skip("only root makes devices")


def _make_folder(path: Path) -> None:
    path.mkdir()
    (path / "precious.txt").write_text("precious")


class _HungError(BaseException):
    """A command did not end."""


@contextmanager
def _limited() -> Iterator[None]:
    def hung(*_: object) -> None:
        raise _HungError

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _commands(root: Path) -> Iterator[Callable[[], object]]:
    """Yield the calls that between them read and write each of hubtui's own files."""
    for arguments in (
        ["index"],
        ["search", "says"],
        ["sources"],
        ["clips", "list"],
        ["correct", "a.txt", "publisher=Somebody"],
        ["mentions", "list"],
        ["doctor"],
        ["index", "--rebuild"],
        ["search", "says", "--json"],
    ):
        words = [*arguments, "--library", str(root)]
        yield lambda words=words: run(words, lambda *_args, **_kwargs: 0)  # type: ignore[misc]
    yield lambda: _with_library(root, lambda library: library.searches.save("new", "cloud"))
    yield lambda: _with_library(root, lambda library: library.clippings.restore())
    yield lambda: _with_library(root, _keep)
    yield lambda: ClippingFile(root / "clippings.jsonl", root / "index" / "clippings.lock").restore()


def _keep(library: Library) -> None:
    library.clippings.add(library.search("says").hits[0].passage)


def _with_library(root: Path, call: Callable[[Library], object]) -> None:
    with Library.open(root) as library:
        call(library)


@pytest.mark.sampled
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_nothing_outside_is_read_or_changed(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str
) -> None:
    shutil.copytree(made, tmp_path / "here")
    root, outside = tmp_path / "here" / "library", tmp_path / "here" / "outside"
    _plant(root, name, kind, outside)
    before = _tree(outside)
    for number, command in enumerate(_commands(root)):
        try:
            with _limited(), suppress(HubtuiError, IndexError):
                command()
        except _HungError:
            pytest.fail(f"command {number} hangs")
        captured = capsys.readouterr()
        said = captured.out + captured.err
        assert "Please report" not in said
        assert "Traceback" not in said
        if kind != "hard link":  # what has another name is the library's own file as well
            assert "CANARY" not in said.replace(str(outside), ""), (number, said)
        assert _tree(outside) == before, number
    if kind == "folder" and name in TOP:
        assert (root / name / "precious.txt").read_text() == "precious"
