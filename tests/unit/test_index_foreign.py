"""An index that another user's hubtui made is used for finding; what is quoted from it is read again."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.errors import IndexingError, UnconfirmedSourceError
from hubtui.index.database import OWNED_PASSAGE, PASSAGE_FIELDS, PASSAGE_NAMES, passage_sum
from hubtui.index.store import open_store
from hubtui.ingest import SourceFile, read_many
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CLOUD = "Cloud computing is growing in Harbin, where land is cheap and winters are long.\n"
TAX = "Tax breaks attract data centres to Guizhou, as officials said in the capital Guiyang.\n"
LIE = "Cloud computing is dying in Harbin, where land is cheap and winters are long."


@pytest.fixture
def synced(make_library: MakeLibrary) -> Library:
    library = make_library({"a.txt": CLOUD, "b.txt": TAX})
    library.sync()
    library.close()
    return library


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the sources that are read to confirm what the index holds."""
    seen: list[str] = []

    def counted(files: Sequence[SourceFile], then: Any) -> Any:
        seen.extend(file.path for file in files)
        return read_many(files, then)

    monkeypatch.setattr("hubtui.index.confirmation.read_many", counted)
    return seen


def _as_another_user(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "another-user"))


def _forge(library: Library, lie: str = LIE) -> None:
    """Put a lie into the index as one who knows its format does, checksums and all."""
    with closing(sqlite3.connect(library.paths.index / "catalogue.sqlite")) as catalog:
        key, *row = catalog.execute(
            f"SELECT key, {PASSAGE_FIELDS} FROM {OWNED_PASSAGE} WHERE text LIKE 'Cloud%'"  # noqa: S608
        ).fetchone()
        row[PASSAGE_NAMES.index("text")] = lie
        catalog.execute(
            "UPDATE passage SET text = ?, sum = ? WHERE key = ?", (lie, passage_sum(key, row), key)
        )
        catalog.commit()


def test_a_copied_index_is_kept_and_is_still_ones_own(
    synced: Library, tmp_path: Path, reads: list[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(synced.paths.root / "seeds", copy / "seeds", copy_function=shutil.copy2)
    shutil.copytree(synced.paths.index, copy / "index")
    with Library.open(copy) as library:
        report = library.sync()
        assert (report.unchanged, report.problems) == (2, ())
        library.citations.quote(library.search("cloud").hits[0].passage)
    assert reads == []


def test_another_users_index_is_kept_and_each_source_is_read_once_before_it_is_quoted(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    _as_another_user(monkeypatch, tmp_path)
    report = synced.sync()
    assert (report.unchanged, report.problems) == (2, ())
    hit = synced.search("cloud").hits[0]
    assert reads == []
    for quote in (
        synced.citations.quote(hit.passage),
        synced.cite(hit),
        synced.clippings.add(hit.passage).text,
    ):
        assert "Cloud" in quote or "a" in quote
    synced.drafts.verify("He wrote: “Cloud computing is growing in Harbin, where land is cheap”.")
    synced.dossiers.build(["Harbin"], made="2026-01-01")
    assert reads == ["a.txt"]
    synced.citations.export(synced.sources(), "ris")
    assert reads == ["a.txt", "b.txt"]


def test_what_is_added_to_a_strangers_index_does_not_make_it_ones_own(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    _as_another_user(monkeypatch, tmp_path)
    (synced.paths.seeds / "c.txt").write_text(TAX.replace("Guizhou", "Dalian"))
    assert synced.sync().added == 1
    synced.citations.quote(synced.search("cloud").hits[0].passage)
    assert reads == ["a.txt"]


def test_an_index_that_another_user_changed_and_gave_back_is_a_strangers(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    with monkeypatch.context() as patch:
        _as_another_user(patch, tmp_path)
        (synced.paths.seeds / "c.txt").write_text(TAX.replace("Guizhou", "Dalian"))
        synced.sync()
        synced.close()
    synced.citations.quote(synced.search("cloud").hits[0].passage)
    assert reads == ["a.txt"]


QUOTING: Mapping[str, Callable[[Library], object]] = {
    "cite": lambda library: library.cite(library.search("cloud").hits[0]),
    "cite the source": lambda library: library.cite(library.source("a.txt")),
    "quote": lambda library: library.citations.quote(library.search("cloud").hits[0].passage),
    "clip": lambda library: library.clippings.add(library.search("cloud").hits[0].passage),
    "verify": lambda library: library.drafts.verify(f"He wrote: “{LIE}”."),
    "dossier": lambda library: library.dossiers.build(["Harbin"], made="2026-01-01"),
    "export": lambda library: library.citations.export(library.sources(), "ris"),
}


@pytest.mark.parametrize("own", [True, False], ids=["own", "foreign"])
@pytest.mark.parametrize("way", QUOTING)
def test_a_forged_passage_is_never_quoted(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, *, own: bool
) -> None:
    _forge(synced)
    if not own:
        _as_another_user(monkeypatch, tmp_path)
    with pytest.raises(UnconfirmedSourceError, match=r"a\.txt"):
        QUOTING[way](synced)
    assert synced.search("cloud").hits[0].passage.text == CLOUD.strip()
    QUOTING[way](synced)  # now of what the source says


def test_a_passage_that_was_found_before_the_lie_was_noticed_is_not_quoted(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forge(synced)
    _as_another_user(monkeypatch, tmp_path)
    forged = synced.search("cloud").hits[0].passage
    for _attempt in range(2):
        with pytest.raises(UnconfirmedSourceError):
            synced.citations.quote(forged)


def test_a_source_that_is_gone_cannot_be_quoted_from_a_strangers_index(
    synced: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_another_user(monkeypatch, tmp_path)
    passage = synced.search("cloud").hits[0].passage
    (synced.paths.seeds / "a.txt").unlink()
    with pytest.raises(UnconfirmedSourceError, match=r"a\.txt"):
        synced.citations.quote(passage)
    assert [source.path for source in synced.sources()] == ["b.txt"]


def test_a_schema_with_a_trigger_is_not_opened(synced: Library) -> None:
    with closing(sqlite3.connect(synced.paths.index / "catalogue.sqlite")) as catalog:
        catalog.execute("CREATE TRIGGER planted AFTER INSERT ON fact BEGIN DELETE FROM passage; END")
        catalog.commit()
    report = synced.sync()
    assert report.added == 2
    assert any("not laid out as hubtui does it" in problem.message for problem in report.problems)


def test_a_planted_pickle_is_never_loaded(synced: Library, tmp_path: Path) -> None:
    witness, whole = tmp_path / "witness", tmp_path / "whole"
    pickle = b"cposix\nsystem\n(S'touch %s'\ntR." % str(witness).encode()
    index = synced.paths.index
    shutil.copytree(index, whole)
    for path in [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]:
        shutil.rmtree(index)
        shutil.copytree(whole, index)
        (index / path).write_bytes(pickle)
        synced.sync()
        assert synced.search("cloud").total == 1
        synced.close()
        assert not witness.exists()


def test_an_index_that_may_not_be_written_is_read(synced: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {path: path.read_bytes() for path in synced.paths.index.rglob("*") if path.is_file()}
    monkeypatch.setattr("hubtui.index.store.may_write", lambda _folder: False)
    monkeypatch.setattr("hubtui.core.paths.may_write", lambda _folder: False)
    with Library.open(synced.paths.root) as library:
        assert library.paths.index == synced.paths.index
        assert library.sync().unchanged == 2
        assert library.search("cloud").total == 1
        assert "Cloud" in library.citations.quote(library.search("cloud").hits[0].passage)
        (library.paths.seeds / "c.txt").write_text(TAX.replace("Guizhou", "Dalian"))
        with pytest.raises(IndexingError, match="may be read but not written") as caught:
            library.sync()
        assert "copy the library" in caught.value.remedy
        assert library.search("tax").total == 1
    assert {path: path.read_bytes() for path in synced.paths.index.rglob("*") if path.is_file()} == files


def test_one_that_may_not_be_written_and_is_of_another_version_gives_way_to_one_in_the_cache(
    synced: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = synced.paths.index / "made-by.json"
    mark.write_text(mark.read_text().replace('"format": "', '"format": "1'))
    monkeypatch.setattr("hubtui.index.store.may_write", lambda folder: folder != synced.paths.index)
    monkeypatch.setattr("hubtui.core.paths.may_write", lambda folder: folder != synced.paths.index)
    with Library.open(synced.paths.root) as library:
        assert library.paths.index != synced.paths.index
        assert library.sync().added == 2


def test_a_reader_that_may_not_write_sees_what_the_owner_adds(
    synced: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.index.store.may_write", lambda _folder: False)
        store = open_store(synced.paths.index, synced._opened.gazetteer)
    (synced.paths.seeds / "c.txt").write_text(TAX.replace("Guizhou", "Dalian"))
    synced.sync()
    assert not store.is_current()
    store.close()
