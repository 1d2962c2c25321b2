"""What an answer says about itself when a query finds nothing, or not all of it."""

import pytest

from hubtui.library import Library


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("supercomputr", "Did you mean supercomputer?"),
        ("suprecomputer", "Did you mean supercomputer?"),
        ("云记算", "云计算"),
        ("哈耳滨", "哈尔滨"),
        ("tax supercomputr", "Did you mean supercomputer?"),
    ],
)
def test_a_word_that_finds_nothing_has_alternatives_in_both_languages(
    seeds_library: Library, query: str, meant: str
) -> None:
    notes = seeds_library.search(query).notes
    assert any(note.startswith("Nothing has ") and meant in note for note in notes)


@pytest.mark.parametrize("query", ["zzyzx", "qqqqqqqqqq", "cloud", "龥龥龥", "1234567"])
def test_what_resembles_nothing_has_no_alternatives(seeds_library: Library, query: str) -> None:
    assert not any("Did you mean" in note for note in seeds_library.search(query).notes)


def test_why_none_counts_each_part_alone(seeds_library: Library) -> None:
    query = 'Guizhou "big data" supercomp* date:1850'
    (note,) = [note for note in seeds_library.search(query).notes if note.startswith("Passages with each")]
    counts = {part: seeds_library.search(part).total for part in ("Guizhou", '"big data"', "supercomp*")}
    for part, count in counts.items():
        assert f"{part} {count}" in note
    assert "date:1850 none" in note


def test_a_query_of_one_part_needs_no_counts(seeds_library: Library) -> None:
    assert not any("each part" in note for note in seeds_library.search("zzyzx").notes)


def test_an_answer_that_is_whole_has_no_counts(seeds_library: Library) -> None:
    assert seeds_library.search("tax breaks").notes == ()


def test_the_words_of_a_phrase_that_nothing_has_are_looked_for_and_it_is_counted(
    seeds_library: Library,
) -> None:
    result = seeds_library.search('"computing the cloud"')
    assert result.partial
    assert {hit.passage.text[a:b].lower() for hit in result.hits for a, b in hit.highlights} >= {"cloud"}
    notes = seeds_library.search('"computing the cloud" Guizhou').notes
    assert any('"computing the cloud" none' in note for note in notes)
