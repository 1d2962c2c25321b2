"""Passages that resemble a text are found by its rarest terms."""

from collections.abc import Callable, Mapping

from hubtui.library import Library
from hubtui.search.similar import rare_terms, similar_passages

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

COMMON = "The city has a plan for its data centres and its universities."
TEXTS = {
    "a.txt": f"{COMMON} Servers hum in a karst cave below Guiyang.",
    "b.txt": f"{COMMON} Harbin freezes early.",
    "c.txt": f"{COMMON} 贵阳的溶洞里有服务器。",
}


def _found(library: Library, text: str, limit: int = 3) -> list[str]:
    library.sync()
    store = library._opened.store()
    keys = similar_passages(store.engine.reader(), text, limit)
    passages = store.catalog.passages(keys)
    paths = {source.id: source.path for source in library.sources()}
    return [paths[passages[key].source_id] for key in keys]


def test_the_passage_with_the_rarest_words_comes_first(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    assert _found(library, f"{COMMON} Servers hummed in caves below Guiyang")[0] == "a.txt"
    assert _found(library, f"{COMMON} 溶洞里的服务器")[0] == "c.txt"


def test_one_rare_word_outweighs_a_word_that_many_have(make_library: MakeLibrary) -> None:
    assert _found(make_library(TEXTS), "universities freeze", 1) == ["b.txt"]


def test_nothing_resembles_words_that_no_passage_has(make_library: MakeLibrary) -> None:
    assert _found(make_library(TEXTS), "zzyzx 龘") == []


def test_the_words_at_both_ends_may_be_cut_and_long_texts_are_sampled(make_library: MakeLibrary) -> None:
    library = make_library(TEXTS)
    library.sync()
    reader = library._opened.store().engine.reader()
    terms = rare_terms(reader, ["ata centres and univ"], 9)
    assert {counted.term[1]: counted.whole for counted in terms} == {
        "ata": False, "centr": True, "and": True, "univ": False,
    }  # fmt: skip
    assert len(rare_terms(reader, [" ".join(map(str, range(50)))], 9)) == 9
    counts = [counted.passages for counted in terms]
    assert counts == sorted(counts)
