"""Nothing in a library is ever executed, whatever file it is put into, and nothing forged is vouched for."""

import importlib.util
import marshal
import os
import pickle
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tests.attack.conftest import User
from tests.attack.populated import files_of, lines, populate
from tests.attack.scale import Scale
from tests.audit.audited import audited
from tests.e2e.conftest import Terminal

from hubtui.index.database import OWNED_PASSAGE, PASSAGE_FIELDS, PASSAGE_NAMES, passage_sum
from hubtui.library import Library

PLANTED = "<planted>"
"""The file name that :mod:`tests.audit.sitecustomize` watches for."""
SEED = 15
"""Picks the commands that meet a planted file; each test adds the file's number."""


class _Bait:
    """Pickled, it runs a command when it is loaded."""

    def __init__(self, canary: Path) -> None:
        self._canary = canary

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self._canary}'",)


def _pickle(canary: Path) -> bytes:
    return pickle.dumps(_Bait(canary))


def _whoosh_toc(canary: Path) -> bytes:
    """Return a table of contents as Whoosh reads it: its head, and a pickled schema."""
    bait = _pickle(canary)
    head = b"\x04\x08" + (-12345).to_bytes(4, "big", signed=True) + b"\xff\xff\xff\x91"
    return head + (3).to_bytes(4, "big") + len(bait).to_bytes(1, "big") + bait


def _source_code(canary: Path) -> bytes:
    return f"import os\nos.system({f'touch {canary}'!r})\n".encode()


def _marshal(canary: Path) -> bytes:
    return marshal.dumps(compile(_source_code(canary), PLANTED, "exec"))


def _compiled(canary: Path) -> bytes:
    return importlib.util.MAGIC_NUMBER + b"\0" * 12 + _marshal(canary)


def _yaml(canary: Path) -> bytes:
    return f"--- !!python/object/apply:os.system ['touch {canary}']\n".encode()


PAYLOADS: Mapping[str, Callable[[Path], bytes]] = {
    "pickle": _pickle,
    "Whoosh's table": _whoosh_toc,
    "marshal": _marshal,
    "compiled": _compiled,
    "source code": _source_code,
    "yaml": _yaml,
}

_TRIGGER = "INSERT INTO planted VALUES ('by a trigger')"


def _with_triggers(catalog: Path, target: Path) -> None:
    """Write a copy of a catalog whose tables do something when they are changed."""
    shutil.copyfile(catalog, target)
    with closing(sqlite3.connect(target)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        connection.execute("CREATE TABLE planted (how TEXT)")
        for table in tables:
            for change in ("INSERT", "UPDATE", "DELETE") if not table.startswith("sqlite_") else ():
                connection.execute(
                    f"CREATE TRIGGER planted_{table}_{change} AFTER {change} ON {table} BEGIN {_TRIGGER}; END"
                )
        connection.execute("CREATE VIEW planted_view AS SELECT load_extension('planted') AS name")
        connection.commit()


def _triggered(catalog: Path) -> int:
    with closing(sqlite3.connect(catalog)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'planted'").fetchone()
        return int(connection.execute("SELECT count(*) FROM planted").fetchone()[0]) if found else 0


def _plant_beside(folder: Path, canary: Path) -> None:
    """Put files beside hubtui's own that a careless program would pick up."""
    names = (
        "sitecustomize.py",
        "usercustomize.py",
        "hubtui.py",
        "msgspec.py",
        "numpy.py",
        "textual.py",
        "json.py",
    )
    for place in (folder, folder / "seeds", folder / "index", folder / "index" / "fulltext"):
        for name in names if place != folder / "seeds" else ():
            (place / name).write_bytes(_source_code(canary))
        for name in ("_MAIN_99.toc", "MAIN_0.seg", "jieba.cache", "planted.pkl", "catalogue.sqlite-journal"):
            (place / name).write_bytes(_whoosh_toc(canary) if name.endswith("toc") else _pickle(canary))


Copies = list[list[str]]


def _restoring(files: Sequence[Path], kept: Path) -> Copies:
    """Keep copies of files; return what puts them back."""
    kept.mkdir()
    copies = [["cp", str(kept / str(number)), str(file)] for number, file in enumerate(files)]
    for _cp, copy, file in copies:
        shutil.copyfile(file, copy)
    return copies


def test_nothing_that_is_planted_runs(as_user: User, tmp_path: Path, scale: Scale) -> None:
    """Every file of hubtui's × every kind of code, met fresh by commands of all kinds, doctor among them."""
    folder, canary, bait = populate(as_user), tmp_path / "canary", tmp_path / "bait"
    bait.mkdir()
    for name, payload in PAYLOADS.items():
        (bait / name).write_bytes(payload(canary))
    files = files_of(folder, as_user.folder("config"), as_user.folder("state"))
    names = {file.name for file in files}
    assert names >= {"catalogue.sqlite", "clippings.jsonl", "config.toml", "hubtui.toml", "made-by.json"}
    assert names >= {"mentions.jsonl", "sources.toml", "toc.json"}
    whole = _restoring(files, tmp_path / "whole")
    _plant_beside(folder, canary)
    draw, commands = random.Random(SEED), lines("0")
    run: list[list[object]] = []
    for file in files:
        for name in PAYLOADS if scale.planted > 1 else [draw.choice(list(PAYLOADS))]:
            met = draw.sample(commands, min(scale.planted, len(commands)))
            run += [[*whole, ["cp", str(bait / name), str(file)], *words] for words in (*met, ["doctor"])]
    ran = audited(run, folder, tmp_path / "log", as_user.environ, seconds=3_600)
    assert not canary.exists(), SEED
    assert ran.events == [], SEED


def test_no_trigger_and_no_view_of_a_planted_catalog_runs(
    as_user: User, tmp_path: Path, scale: Scale
) -> None:
    folder = populate(as_user)
    catalog, bait = folder / "index" / "catalogue.sqlite", tmp_path / "bait.sqlite"
    _with_triggers(catalog, bait)
    whole = _restoring(files_of(folder), tmp_path / "whole")
    commands = random.Random(SEED).sample(lines("0"), min(4 * scale.planted, len(lines("0"))))
    run: list[list[object]] = []
    for number, words in enumerate((*commands, ["doctor"], ["index"], ["--version"])):
        before = ["cp", str(catalog), str(tmp_path / f"after-{number}.sqlite")]
        run.append([before, *whole, ["cp", str(bait), str(catalog)], *words])
    ran = audited(run, folder, tmp_path / "log", as_user.environ, seconds=3_600)
    assert ran.events == []
    left = sorted(tmp_path.glob("after-*.sqlite"))
    assert len(left) == len(run)
    assert [path.name for path in left if _triggered(path)] == []


def test_code_in_the_working_folder_is_not_imported(as_user: User, indexed: Path, tmp_path: Path) -> None:
    canary, page = tmp_path / "canary", indexed / "seeds" / "page.html"
    _plant_beside(indexed, canary)
    page.write_text("<p>Cloud computing grows in Harbin.</p>")  # read by a worker
    program = ("-P", "-m", "hubtui")  # as the installed program: the working folder is not on the path
    commands: tuple[tuple[Path, tuple[str | Path, ...]], ...] = (
        (indexed, ("index",)),
        (indexed / "index", ("doctor", "-L", indexed)),
        (page.parent, ("mentions", "find", page)),
    )
    for there, words in commands:
        ran = as_user.runs(*words, program=program, cwd=there)
        assert b"bug" not in ran.err, ran.err
        assert not canary.exists(), words


NEVER = "never"
"""The word that makes a lie of a passage."""
FORGED_LINES: tuple[tuple[str, ...], ...] = (
    ("cite", "{place}"),
    ("cite", "{place}", "--format", "markdown"),
    ("cite", "--all", "--format", "bibtex"),
    ("verify", "draft.md"),
    ("clips", "add", "{place}"),
    ("dossier", "Harbin"),
)


@pytest.fixture(params=["own", "foreign"])
def forged(as_user: User, indexed: Path, request: pytest.FixtureRequest) -> tuple[Path, str, str]:
    """A library whose index, checksums and all, says what no source says; the place of the lie; the lie."""
    with Library.open(indexed) as library:
        hit = library.search("city:Harbin cloud").hits[0]
        place = f"{hit.source.path}:{hit.passage.label}"
    with closing(sqlite3.connect(indexed / "index" / "catalogue.sqlite")) as catalog:
        select = f"SELECT key, {PASSAGE_FIELDS} FROM {OWNED_PASSAGE} WHERE text = ?"  # noqa: S608
        key, *row = catalog.execute(select, [hit.passage.text]).fetchone()
        first, second, *rest = hit.passage.text.split(" ")
        lie = " ".join((first, second, NEVER, *rest))
        row[PASSAGE_NAMES.index("text")] = lie
        catalog.execute(
            "UPDATE passage SET text = ?, sum = ? WHERE key = ?", (lie, passage_sum(key, row), key)
        )
        catalog.commit()
    if request.param == "foreign":
        shutil.rmtree(as_user.folder("state"))
    (indexed / "draft.md").write_text(f"He wrote: “{lie}”\n", encoding="utf-8")
    return indexed, place, lie


def test_a_forged_quotation_is_not_vouched_for(
    as_user: User, forged: tuple[Path, str, str], tmp_path: Path
) -> None:
    """Each command meets the forged index: it says that the source says something else, and gives nothing."""
    folder, place, lie = forged
    again = _restoring(files_of(folder / "index"), tmp_path / "forged")
    run = [[*again, *(word.format(place=place) for word in words)] for words in FORGED_LINES]
    ran = audited(run, folder, tmp_path / "log", as_user.environ)
    assert ran.err.count("== 2 ") == len(run), ran.err
    assert ran.err.count("holds something else than the file") == len(run), ran.err
    assert lie not in ran.out
    clippings = folder / "clippings.jsonl"
    assert not clippings.exists() or lie not in clippings.read_text(encoding="utf-8")


def test_a_forged_quotation_is_not_copied_on_the_screen(
    forged: tuple[Path, str, str], in_terminal: Callable[..., Terminal]
) -> None:
    folder, _place, lie = forged
    terminal = in_terminal(folder, "--query", "city:Harbin cloud")
    terminal.sees("5 sources", "1 of ")
    terminal.press("y")
    terminal.until(lambda: "read again" in terminal.text or terminal.copied())
    assert not [text for text in terminal.copied() if lie in text]


def test_the_baits_work(tmp_path: Path) -> None:
    """What is planted does run where it is loaded; else nothing above would show anything."""
    for name, payload in PAYLOADS.items():
        canary = tmp_path / name.replace("'", "").replace(" ", "-")
        data = payload(canary)
        match name:
            case "pickle":
                pickle.loads(data)  # noqa: S301
            case "Whoosh's table":
                pickle.loads(data[data.index(b"\x80") :])  # noqa: S301
            case "marshal":
                exec(marshal.loads(data))  # noqa: S102, S302
            case "compiled":
                exec(marshal.loads(data[16:]))  # noqa: S102, S302
            case "source code":
                exec(data)  # noqa: S102
            case _yaml:
                continue  # only PyYAML's unsafe loader, which nobody here calls
        assert canary.exists(), (name, sys.version)
