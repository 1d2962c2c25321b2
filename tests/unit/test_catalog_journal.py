"""SQLite's journal beside the catalog is emptied after each sync, and never grows without bounds."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing

from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

TEXT = "".join(
    f"Paragraph {n} speaks of cloud computing in Harbin and 沈阳的云计算产业.\n\n" for n in range(60)
)


def _journal(library: Library) -> int:
    """Return how many bytes the journal has."""
    return (library.paths.index / "catalogue.sqlite-wal").stat().st_size


def test_after_many_syncs_the_journal_is_empty_though_another_reads(make_library: MakeLibrary) -> None:
    library = make_library({f"{n}.txt": f"Source {n}\n\n{TEXT}" for n in range(8)})
    library.sync()
    with Library.open(library.paths.root) as reader:
        for n in range(30):
            (library.paths.seeds / f"{n % 8}.txt").write_text(f"Source {n}, again\n\n{TEXT}")
            assert library.sync().updated == 1
            assert reader.search("cloud", limit=1).total
            assert _journal(library) == 0


def test_a_reader_in_the_way_hinders_no_sync_and_the_next_one_empties_the_journal(
    make_library: MakeLibrary,
) -> None:
    library = make_library({"a.txt": TEXT})
    library.sync()
    with closing(sqlite3.connect(library.paths.index / "catalogue.sqlite")) as reader:
        rows = reader.execute("SELECT text FROM passage")
        assert rows.fetchone()
        (library.paths.seeds / "b.txt").write_text(TEXT)
        assert library.sync().added == 1
        assert _journal(library) > 0
        rows.close()
    (library.paths.seeds / "c.txt").write_text(TEXT)
    assert library.sync().added == 1
    assert _journal(library) == 0
