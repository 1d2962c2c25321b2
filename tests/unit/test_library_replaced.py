"""An index that is replaced under an open library, and what is loaded before the first query."""

import shutil
from pathlib import Path

import pytest

from hubtui.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one source, indexed."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Clouds\n\nHarbin has clouds. 哈尔滨有云。\n", encoding="utf-8")
    with Library.open(tmp_path) as library:
        library.sync()
    return tmp_path


def test_an_index_that_is_rebuilt_elsewhere_is_noticed_and_opened_anew(folder: Path) -> None:
    with Library.open(folder) as library:
        assert library.search("clouds").total == 1
        assert not library.index.is_replaced()
        shutil.rmtree(folder / "index")
        (folder / "seeds" / "b.txt").write_text("More\n\nMore clouds.\n", encoding="utf-8")
        assert library.index.is_replaced()
        with Library.open(folder) as other:
            other.sync()
        assert library.index.is_replaced()
        assert library.search("clouds").total == 2
        assert not library.index.is_replaced()


def test_an_index_that_is_moved_away_is_noticed(folder: Path) -> None:
    with Library.open(folder) as library:
        library.sources()
        (folder / "index").rename(folder / "elsewhere")
        assert library.index.is_replaced()


def test_a_library_that_is_gone_altogether_has_no_other_index(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.sources()
        kept = tmp_path.parent / f"{tmp_path.name}-moved"
        folder.rename(kept)
        assert not library.index.is_replaced()


def test_what_the_first_query_needs_is_loaded_step_by_step(folder: Path) -> None:
    with Library.open(folder) as library:
        assert len(list(library.queries.prepare())) > 5
        assert library.search("云").total == 1
