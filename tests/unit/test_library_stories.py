"""Reprints: one story in several files is one group, kept right as files come, change and go."""

from collections.abc import Callable, Mapping

from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

SENTENCES = [
    f"Sentence number {number} of the wire story tells what officials in Harbin said about clouds."
    for number in range(8)
]
STORY = "\n\n".join(SENTENCES)
OTHER = "\n\n".join(
    f"Another text entirely, part {n}, on the harbours of Dalian and their trade." for n in range(8)
)


def _stories(library: Library) -> dict[str, str]:
    sources = {source.id: source.path for source in library.sources()}
    return {source.path: sources.get(source.story, "") for source in library.sources()}


def test_a_cut_reprint_under_another_headline_joins_the_fuller_text(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "a-cut.txt": f"Clouds over Harbin\n\n{''.join(s + chr(10) * 2 for s in SENTENCES[:5])}",
            "b-full.txt": f"Harbin bets on clouds\n\n{STORY}\n",
            "c-other.txt": f"Harbours\n\n{OTHER}\n",
        }
    )
    library.sync()
    assert _stories(library) == {"a-cut.txt": "b-full.txt", "b-full.txt": "b-full.txt", "c-other.txt": ""}
    assert [source.is_reprint for source in library.sources()] == [True, False, False]
    facets = library.facets("")
    assert (len(facets.sources), facets.stories) == (3, 2)
    assert library.facets("source:c-other").stories == 1


def test_groups_follow_what_comes_changes_and_goes(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": f"One\n\n{STORY}\n", "c.txt": f"Harbours\n\n{OTHER}\n"})
    seeds = library.paths.seeds
    library.sync()
    assert set(_stories(library).values()) == {""}
    (seeds / "b.txt").write_text(f"Two\n\n{STORY}\n\nAnd an ending that the other has not, about winter.\n")
    library.sync()
    assert _stories(library) == {"a.txt": "b.txt", "b.txt": "b.txt", "c.txt": ""}
    (seeds / "b.txt").write_text(f"Two\n\n{OTHER}\n")
    library.sync()
    assert _stories(library)["a.txt"] == ""
    assert _stories(library)["b.txt"] == _stories(library)["c.txt"] != ""
    (seeds / "c.txt").unlink()
    library.sync()
    assert _stories(library) == {"a.txt": "", "b.txt": ""}


def test_forming_all_groups_and_only_some_give_the_same(make_library: MakeLibrary) -> None:
    files = {
        f"{n:03}.txt": f"Story {n}\n\n" + STORY.replace("wire", f"wire-{n // 3}") + "\n" for n in range(240)
    }
    library = make_library(files)
    library.sync()
    at_once = _stories(library)
    assert len(set(at_once.values())) == 80
    for n in (0, 4, 100):
        path = library.paths.seeds / f"{n:03}.txt"
        path.write_text(path.read_text() + "\nOne more sentence, which is in this file and in no other.\n")
    library.sync()
    changed = _stories(library)
    assert changed["001.txt"] == changed["002.txt"] == changed["000.txt"] == "000.txt"
    assert {path: lead for path, lead in changed.items() if path > "103.txt"} == {
        path: lead for path, lead in at_once.items() if path > "103.txt"
    }


def test_a_passage_of_several_reprints_is_one_hit_that_names_the_others(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "a.txt": f"One\n\n{STORY}\n\nAnd an ending of its own, on the officials' winter.\n",
            "b.txt": f"Two\n\n{STORY}\n",
        }
    )
    library.sync()
    result = library.search("wire story", limit=100)
    assert {hit.source.path for hit in result.hits} == {"a.txt"}
    assert all([source.path for source in hit.reprints] == ["b.txt"] for hit in result.hits)
    facets = library.facets("wire story")
    assert result.total == len(result.hits) == facets.total == len(SENTENCES)
    assert (len(facets.sources), facets.stories) == (2, 1)
    assert {hit.source.path for hit in library.search("wire story source:b.txt").hits} == {"b.txt"}
    (hit,) = library.search("winter").hits
    assert hit.reprints == ()
