"""Files of an index that were cut, doubled, exchanged or edited: noticed, never believed, never a crash."""

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from hubtui.core.errors import DamagedIndexError, IndexBusyError
from hubtui.index.catalog import Catalog
from hubtui.index.codec.engine import ArrayEngine
from hubtui.index.codec.format import (
    MappedFile,
    SegmentEntry,
    Toc,
    parse,
    prepare,
    publish,
    read_bytes,
    write_file,
)
from hubtui.index.codec.reader import ArrayReader
from hubtui.index.codec.writer import SegmentBuilder
from hubtui.index.engine import Field, WeightedTerm, count_terms
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]
Edit = Callable[[bytes, random.Random], bytes]

CLOUD = "Cloud computing is growing in Harbin, where land is cheap and winters are long.\n"
TAX = "Tax breaks attract data centres to Guizhou, as officials said in the capital Guiyang.\n"
WORDS = "cloud tax hub 云 云计算 data centre breaks harbin the of".split()


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _scribble(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.randrange(1, 64)
    return data[:at] + chance.randbytes(size) + data[at + size :]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.randrange(1, 600)
    return data[:at] + bytes(size) + data[at + size :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _grown(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.randrange(1, 200))


def _doubled(data: bytes, _chance: random.Random) -> bytes:
    return data + data


def _missing_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 64) :]


EDITS: list[Edit] = [_flip, _flip, _flip, _scribble, _zeros, _cut, _grown, _doubled, _missing_piece]


def _fill(engine: ArrayEngine, start: int) -> None:
    """Make two commits, so that there are segments and a mask."""
    for first in (start, start + 40):
        chance = random.Random(first)
        writer = engine.writer()
        passages = [chance.choices(WORDS, k=chance.randrange(1, 9)) for _ in range(40)]
        passages[0] = ["cloud"] * 300
        writer.add(range(first, first + 40), {field: count_terms(passages) for field in Field})
        writer.remove([start + 3, start + 5])
        writer.commit()


def _content(reader: ArrayReader) -> list[object]:
    """Return everything that a reader says."""
    said: list[object] = [reader.keys.tolist(), reader.live.tolist()]
    for field in Field:
        said.append(reader.lengths(field).tolist())
        for term in reader.terms(field, "", 99):
            found = reader.occurrences(field, term)
            said.append((term, reader.count(field, term), found.slots.tolist(), found.counts.tolist()))
        said.append(reader.rank([WeightedTerm(field, "cloud"), WeightedTerm(field, "tax")]).tolist())
    return said


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("hubtui.index.codec.writer._to_join", lambda _new, _kept: [])
    monkeypatch.setattr(os, "fsync", lambda _handle: None)  # thousands of files
    _fill(ArrayEngine(tmp_path / "one"), 1)
    _fill(ArrayEngine(tmp_path / "two"), 500)
    return tmp_path / "one"


def _noticed_or_the_same(folder: Path, expected: list[object]) -> bool:
    """Whether damage was noticed; anything but that, or the right answer, fails."""
    try:
        said = _content(ArrayEngine(folder).reader())
    except DamagedIndexError:
        return True
    assert said == expected
    return False


@pytest.mark.slow
def test_thousands_of_edits_of_the_full_text_are_noticed(folder: Path) -> None:
    expected = _content(ArrayEngine(folder).reader())
    files = [path for path in folder.iterdir() if path.name != "lock"]
    assert sorted({path.suffix for path in files}) == [".json", ".mask", ".segment"]
    chance, noticed, done = random.Random(20261127), 0, 0
    for number in range(3000):
        path = files[number % len(files)]
        whole = path.read_bytes()
        edited = chance.choice(EDITS)(whole, chance)
        if edited == whole:
            continue
        path.unlink()  # a new file: an open one may be mapped
        path.write_bytes(edited)
        noticed += _noticed_or_the_same(folder, expected)
        done += 1
        path.unlink()
        path.write_bytes(whole)
    assert noticed > 0.9 * done  # the rest are edits of the padding between the arrays
    assert _content(ArrayEngine(folder).reader()) == expected


def test_files_of_another_index_under_the_same_names_are_noticed(folder: Path) -> None:
    expected = _content(ArrayEngine(folder).reader())
    for suffix in (".segment", ".mask"):
        ours, theirs = (sorted((folder.parent / name).glob(f"*{suffix}")) for name in ("one", "two"))
        for one, other in zip(ours, theirs, strict=True):
            whole = one.read_bytes()
            one.write_bytes(other.read_bytes())
            assert other.read_bytes() == whole or _noticed_or_the_same(folder, expected)
            one.write_bytes(whole)


def test_a_file_is_the_same_whatever_the_machines_byte_order(tmp_path: Path) -> None:
    values = np.array([1, 2, 70_000])
    totals = [
        write_file(tmp_path / order, "segment", {}, {"keys": values.astype(f"{order}i8")}) for order in "<>"
    ]
    assert (tmp_path / "<").read_bytes() == (tmp_path / ">").read_bytes()
    assert MappedFile(tmp_path / ">", "segment", totals[1]).part("keys", "<i8").whole().tolist() == [
        1,
        2,
        70_000,
    ]


def test_arrays_of_another_byte_order_are_not_read(tmp_path: Path) -> None:
    written = tmp_path / "written"
    write_file(written, "segment", {}, {"keys": np.array([1, 2])})
    data = written.read_bytes()
    size = int.from_bytes(data[8:12], "little")
    header = data[16 : 16 + size].replace(b"<i8", b">i8")
    other = tmp_path / "other"
    other.write_bytes(data[:12] + crc32(header).to_bytes(4, "little") + header + data[16 + size :])
    with pytest.raises(DamagedIndexError):
        MappedFile(other, "segment", crc32(header))


def test_a_forged_file_with_right_checksums_leads_nowhere_else(tmp_path: Path) -> None:
    engine = ArrayEngine(tmp_path)
    _fill(engine, 1)
    forgeries: list[tuple[str, Callable[[Any], Any]]] = [
        ("slots", lambda slots: slots + 50_000),
        ("stops", lambda stops: stops[::-1].copy()),
        ("ends", lambda ends: ends + 7),
        ("counts", lambda counts: counts[:-1]),
        ("lengths", lambda lengths: lengths[:-1]),
        ("many", lambda many: many + 9_999),
    ]
    toc = parse(tmp_path, read_bytes(tmp_path))
    for number, (name, forge) in enumerate(forgeries):
        builder = SegmentBuilder()
        passages = [["cloud"] * 300, ["tax", "cloud"]]
        builder.add([1, 2], {field: count_terms(passages) for field in Field})
        built = builder.build()
        parts = {**built.parts, f"words.{name}": forge(built.parts[f"words.{name}"])}
        forged = f"{number:016x}"
        total = write_file(tmp_path / f"{forged}.segment", "segment", {}, parts)
        generation = toc.generation + number + 1
        prepare(tmp_path, Toc(generation, (SegmentEntry(forged, total, 2, 0, "", 0, {}),)))
        assert publish(tmp_path, generation)
        with pytest.raises(DamagedIndexError):
            _content(ArrayEngine(tmp_path).reader())


def test_a_missing_file_is_noticed(folder: Path) -> None:
    for path in sorted(folder.glob("*.*")):
        if path.name != "toc.json":
            moved = path.rename(path.with_suffix(".away"))
            with pytest.raises(DamagedIndexError, match=r"toc\.json"):
                ArrayEngine(folder).reader()
            moved.rename(path)


def test_a_table_that_names_files_elsewhere_is_not_followed(folder: Path) -> None:

    stored = json.loads((folder / "toc.json").read_text())
    stored["content"]["segments"][0]["name"] = "../../etc/passwd"
    stored["sum"] = crc32(json.dumps(stored["content"], sort_keys=True).encode())
    (folder / "toc.json").write_text(json.dumps(stored))
    with pytest.raises(DamagedIndexError):
        ArrayEngine(folder).reader()


def test_a_file_that_is_deleted_while_it_is_read_stays_readable(folder: Path) -> None:
    reader = ArrayEngine(folder).reader()
    expected = _content(reader)
    shutil.rmtree(folder)
    assert _content(reader) == expected


def test_a_file_that_is_cut_while_it_is_mapped_is_noticed(folder: Path) -> None:
    reader = ArrayEngine(folder).reader()
    reader.occurrences(Field.WORDS, "cloud")
    for path in folder.glob("*.segment"):
        os.truncate(path, 10)
    with pytest.raises(DamagedIndexError):
        reader.occurrences(Field.WORDS, "tax")


def test_a_reader_that_finds_files_gone_reads_the_table_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, other = ArrayEngine(folder), ArrayEngine(folder)
    read = ArrayEngine._toc
    tables = iter([other._toc()])  # read just before another process commits
    writer = other.writer()
    writer.clear()
    writer.add([7], {Field.WORDS: count_terms([["cloud"]])})
    writer.commit()
    monkeypatch.setattr(ArrayEngine, "_toc", lambda self: next(tables, None) or read(self))
    assert engine.reader().keys.tolist() == [7]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_fills_in_the_middle_of_a_commit_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    engine = ArrayEngine(folder)
    expected, generation, files = _content(engine.reader()), engine.generation, sorted(folder.iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer = engine.writer()
    writer.add([1000], {Field.WORDS: count_terms([["cloud"]])})
    writer.remove([1])
    with monkeypatch.context() as patch:
        if call == "replace":
            patch.setattr("hubtui.index.codec.format.rename_file", full)
        elif call == "fsync":
            patch.setattr(os, "fsync", full)
        else:
            patch.setattr("hubtui.index.codec.format.crc32", full)
        with pytest.raises(OSError, match="No space left"):
            writer.commit()
    assert (engine.generation, sorted(folder.iterdir())) == (generation, files)
    assert _content(ArrayEngine(folder).reader()) == expected
    engine.writer().cancel()  # the lock is free


def test_an_interruption_right_after_the_table_was_replaced_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(draft: Path, target: Path) -> None:
        draft.replace(target)
        raise KeyboardInterrupt

    engine = ArrayEngine(folder)
    writer = engine.writer()
    writer.add([1000], {Field.WORDS: count_terms([["new"]])})
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.index.codec.format.rename_file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            writer.commit()
    reader = ArrayEngine(folder).reader()
    assert reader.keys[reader.having(Field.WORDS, "new")].tolist() == [1000]


def test_a_clock_that_jumps_back_hides_no_commit(folder: Path) -> None:
    engine = ArrayEngine(folder)
    before = engine.reader()
    table = folder / "toc.json"
    stamp = table.stat()
    writer = ArrayEngine(folder).writer()
    writer.add([1000], {Field.WORDS: count_terms([["new"]])})
    writer.commit()
    os.utime(table, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert engine.reader().generation > before.generation
    assert engine.reader().having(Field.WORDS, "new").any()


def test_a_second_writer_is_refused_by_name(folder: Path) -> None:
    writer = ArrayEngine(folder).writer()
    with pytest.raises(IndexBusyError, match="Another hubtui"):
        ArrayEngine(folder).writer()
    writer.cancel()


def test_a_count_beyond_its_bits_spills_nowhere(folder: Path) -> None:
    engine = ArrayEngine(folder)
    counts = count_terms([["huge", "small"], ["huge"]])
    counts.count[0] = 2**21 + 5
    writer = engine.writer()
    writer.clear()
    writer.add([1, 2], {Field.WORDS: counts})
    writer.commit()
    assert engine.reader().occurrences(Field.WORDS, "huge").slots.tolist() == [0, 1]
    assert engine.reader().occurrences(Field.WORDS, "small").counts.tolist() == [1.0]


@pytest.fixture
def synced(make_library: MakeLibrary) -> Library:
    library = make_library({"a.txt": CLOUD * 3 + "\n" + TAX, "b.txt": TAX + "\n" + CLOUD})
    library.sync()
    library.close()
    return library


def _quotable(path: Path, library: Library) -> object:
    catalog = Catalog(path, library._opened.gazetteer)
    try:
        sources = catalog.sources()
        said = [(source, catalog.read(source.id)) for source in sources]
        catalog.all_keys()
        catalog.files()
        catalog.problems()
        catalog.mentions.by_place()
        catalog.outline(sources[0].id)
        texts = sorted(catalog.texts(catalog.all_keys()).values())
        return [
            (replace(source, story=""), [passage.text for passage in read]) for source, read in said
        ], texts
    finally:
        catalog.close()


@pytest.mark.slow
def test_thousands_of_edits_of_the_catalog_change_nothing_that_is_quoted(synced: Library) -> None:
    path = synced.paths.index / "catalogue.sqlite"
    assert not path.with_name("catalogue.sqlite-wal").exists()
    whole, expected = path.read_bytes(), _quotable(path, synced)
    chance, noticed = random.Random(20261127), 0
    for _number in range(1500):
        path.unlink()
        path.write_bytes(chance.choice(EDITS)(whole, chance))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        try:
            assert _quotable(path, synced) == expected
        except DamagedIndexError:
            noticed += 1
    assert noticed > 300  # most pages of so small a catalog are empty


@pytest.mark.parametrize(
    "name", ["catalogue.sqlite", "fulltext/toc.json", "made-by.json", "fulltext/*.segment"]
)
def test_a_library_comes_back_from_any_edit(synced: Library, name: str) -> None:
    chance = random.Random(name)
    for _number in range(8):
        (path,) = synced.paths.index.glob(name)
        edited = chance.choice(EDITS)(path.read_bytes(), chance)
        path.unlink()
        path.write_bytes(edited)
        said = ""
        with suppress(DamagedIndexError), Library.open(synced.paths.root) as library:
            said = _answer(library)
        with Library.open(synced.paths.root) as library:
            assert _answer(library) == said or not said
            assert library.sync().problems == ()


def _answer(library: Library) -> str:
    report = library.sync()
    assert all("rebuilt" in problem.message for problem in report.problems)
    return library.citations.quote([hit.passage for hit in library.search("cloud").hits], "apa")
