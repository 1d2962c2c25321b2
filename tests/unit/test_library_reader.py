"""Reading a source piece by piece: the outline, parts, and where something stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubtui import Library
from hubtui.core.errors import SourceError

ICE = """# Ice

Harbin is cold in winter.

## 云

哈尔滨的雲計算很便宜。

Nothing here.

Harbin again, Ｃｌｏｕｄ too.
"""
ROADS = "# Roads\n\nA road leads from Harbin to Shenzhen.\n\nClouds over the road.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ice.md").write_text(ICE, encoding="utf-8")
    (tmp_path / "seeds" / "roads.md").write_text(ROADS, encoding="utf-8")
    with Library.open(tmp_path) as library:
        library.sync()
        yield library


def test_the_outline_tells_of_each_passage_what_reading_it_would(library: Library) -> None:
    for source in library.sources():
        passages = library.read(source.id)
        assert [tuple(entry) for entry in library.reader.outline(source.id)] == [
            (p.label, p.section, p.kind, len(p.text), len(p.text.encode())) for p in passages
        ]
    assert library.reader.outline("none") == []


def test_parts_are_slices_of_the_whole(library: Library) -> None:
    source = library.source("ice.md")
    whole = list(library.read(source.id))
    for first, after in ((0, 2), (1, 3), (2, 99), (99, 120), (2, 2)):
        assert library.reader.read_part(source.id, first, after) == whole[first:after]


def test_positions_tell_which_passages_a_query_selects(library: Library) -> None:
    source = library.source("ice.md")
    texts = [passage.text for passage in library.read(source.id)]
    for query, word in (("city:Harbin", ("Harbin", "哈尔滨")), ("winter", ("winter",))):
        expected = [n for n, text in enumerate(texts) if any(each in text for each in word)]
        assert list(library.reader.positions(query, source.id)) == expected
    assert list(library.reader.positions("source:ice.md", source.id)) == []
    assert list(library.reader.positions("city:Harbin", "none")) == []


def test_the_next_source_of_a_result_is_given_by_its_best_hit(library: Library) -> None:
    query = "city:Harbin"
    hits = library.search(query, limit=99).hits
    ids = list(dict.fromkeys(hit.source.id for hit in hits))
    assert len(ids) == 2
    found = library.reader.next_source(query, ids[0], 1)
    assert found is not None
    rank, source_id = found
    assert hits[rank].source.id == source_id == ids[1]
    assert hits[rank - 1].source.id == ids[0]
    assert library.reader.next_source(query, ids[1], -1) == (0, ids[0])
    assert library.reader.next_source(query, ids[1], 1) is None
    assert library.reader.next_source(query, ids[0], -1) is None
    assert library.reader.next_source(query, "another", 1) == (0, ids[0])


def test_the_rank_of_a_passage_is_its_place_in_the_result(library: Library) -> None:
    for query in ("", "city:Harbin", "cloud"):
        hits = library.search(query, limit=99).hits
        assert hits
        for rank, hit in enumerate(hits):
            labels = [entry.label for entry in library.reader.outline(hit.source.id)]
            assert library.reader.rank(query, hit.source.id, labels.index(hit.passage.label)) == rank
    assert library.reader.rank("winter", library.source("roads.md").id, 0) is None
    assert library.reader.rank("winter", "another", 0) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbin", ["Harbin", "Harbin"]),
        ("云计算", ["雲計算"]),
        ("CLOUD", ["Ｃｌｏｕｄ"]),
        ("again,  ｃｌoud", ["again, Ｃｌｏｕｄ"]),
        ("winter. 云", []),
        (" ", []),
        ("(.*", []),
    ],
)
def test_words_are_found_however_they_are_written(library: Library, words: str, found: list[str]) -> None:
    source = library.source("ice.md")
    passages = library.read(source.id)
    places = library.reader.find(source.id, words)
    assert [passages[index].text[start:end] for index, start, end in places] == found
    assert list(places) == sorted(places)


def test_the_file_of_a_source_is_found_by_a_name_that_cannot_be_shown(library: Library) -> None:
    seeds = library.paths.seeds
    (seeds / "a\tb.txt").write_text("Some words on Harbin.", encoding="utf-8")
    library.sync()
    source = library.source("a\\x09b.txt")
    assert library.reader.file_of(source) == seeds / "a\tb.txt"
    (seeds / "a\tb.txt").unlink()
    with pytest.raises(SourceError, match="gone"):
        library.reader.file_of(source)
