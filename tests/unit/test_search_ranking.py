"""What comes first."""

from collections.abc import Callable, Mapping
from random import Random

import pytest

from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

PADDING = "The paragraph goes on about parks, weather, food and music in a town that nobody knows. "


def _library(make_library: MakeLibrary, **texts: str) -> Library:
    library = make_library({f"{name}.txt": f"Notes\n\n{text}\n" for name, text in texts.items()})
    library.sync()
    return library


def _order(library: Library, query: str) -> list[str]:
    return [hit.source.path.removesuffix(".txt") for hit in library.search(query).hits]


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        (
            "cloud computing",
            f"There is cloud computing here. {PADDING}",
            f"There is computing here. {PADDING} There is a cloud.",
        ),
        (
            "哈尔滨 投资",
            "哈尔滨吸引投资,其他城市也在努力发展经济。",
            "投资很多,其他城市也在努力发展经济的哈尔滨。",
        ),
    ],
)
def test_words_that_stand_together_come_first(
    make_library: MakeLibrary, query: str, near: str, far: str
) -> None:
    assert _order(_library(make_library, a=far, b=near), query) == ["b", "a"]


@pytest.mark.parametrize("query", ["Which town grows tea and rice?", "how does the town grow tea and rice"])
def test_a_question_is_answered_by_passages_with_every_word_then_by_others(
    make_library: MakeLibrary, query: str
) -> None:
    library = _library(
        make_library,
        whole=f"The town grows a little tea. {PADDING} And some rice.",
        some="Tea, tea and rice: they grow tea and rice and tea.",
        none="Nothing of all this.",
    )
    result = library.search(query)
    assert [hit.source.path for hit in result.hits] == ["whole.txt", "some.txt"]
    assert not result.partial
    assert "Passages with every word come first; the others have some." in result.notes
    assert _order(library, "town grows tea rice") == ["whole"]


def test_a_short_passage_about_it_comes_before_a_long_one(make_library: MakeLibrary) -> None:
    library = _library(
        make_library, a=f"{PADDING * 4}Tax breaks. {PADDING * 4}", b="Tax breaks for all hubs."
    )
    assert _order(library, "tax breaks") == ["b", "a"]


def test_a_word_in_the_title_counts(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "a.md": "# Of parks\n\nThe unicorn grew fast in this town.\n",
            "b.md": "# Of unicorns\n\nThe unicorn grew fast in the town.\n",
            "c.md": "# Of others\n\nNothing grew fast in the town.\n",
        }
    )
    library.sync()
    assert [hit.source.path for hit in library.search("unicorn").hits] == ["b.md", "a.md"]


def test_sorted_by_date_the_latest_come_first_and_undated_last(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "a.md": "# A\n\nThe cloud is here to stay for good.\n",
            "b.md": "---\ntitle: B\ndate: 2019-05-01\n---\n\nThe cloud is here to stay for long.\n",
            "c.md": "---\ntitle: C\ndate: 2023-05-01\n---\n\nThe cloud is here, and\n\nthe cloud is there.\n",
        }
    )
    library.sync()
    hits = library.search("cloud sort:date").hits
    assert [(hit.source.path, hit.passage.number) for hit in hits] == [
        ("c.md", 1),
        ("c.md", 2),
        ("b.md", 1),
        ("a.md", 1),
    ]
    assert [hit.source.path for hit in library.search("sort:source cloud").hits] == [
        "a.md",
        "b.md",
        "c.md",
        "c.md",
    ]


def test_function_words_never_rank_among_passages_of_another_language(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "answer.txt": "政府为软件企业提供补贴。",
            "title.txt": "政府出版了一本书，书名是 How Many Did The Of Which，与软件毫无关系。",
            **{f"{number}.txt": f"第{number}座城市的政府有很多软件和计划。" for number in range(9)},
        }
    )
    library.sync()
    hits = library.search("Which of the governments did subsidise how many software companies?").hits
    scores = {hit.source.path: hit.score for hit in hits}
    assert hits[0].source.path == "answer.txt"
    assert scores["title.txt"] <= max(score for path, score in scores.items() if path[0].isdigit())


def test_function_words_still_rank_in_their_own_language(make_library: MakeLibrary) -> None:
    library = make_library({"a.txt": "Subsidies were paid to firms.", "b.txt": "Subsidies: firms, how many?"})
    library.sync()
    assert library.search("how many subsidies firms").hits[0].source.path == "b.txt"


def test_a_word_in_the_other_script_is_as_rare_as_its_renderings(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "answer.txt": "深圳的政府建设数据中心，补贴企业。",
            "title.txt": "有一本书叫做 Governments，与补贴和中心都没有关系。",
            **{f"{number}.txt": f"第{number}座城市的政府有计划。" for number in range(9)},
        }
    )
    library.sync()
    foreign = {hit.source.path: hit.score for hit in library.search("governments").hits}
    assert foreign["title.txt"] <= 1.5 * foreign["answer.txt"]
    named = library.search("补贴 Governments").hits
    assert named[0].source.path == "title.txt"


def test_partial_answers_hold_the_phrase_that_is_quoted(make_library: MakeLibrary) -> None:
    library = _library(
        make_library,
        quoted="The Old Harbour was opened by the queen.",
        loose="Harbour towns hired old architects and builders for every station.",
    )
    assert _order(library, 'which architects designed the "old harbour" station?') == ["quoted"]
    assert _order(library, '"old harbour" architects') == ["quoted"]
    assert "loose" in _order(library, 'which architects designed the "new harbour" station?')


def test_a_page_shows_what_all_hits_show_there(make_library: MakeLibrary) -> None:
    chooser = Random(5)
    words = ["tea", "rice", "river", "市场", "茶叶", "发展", "port"]
    texts = (" ".join(chooser.choices(words, range(1, 8), k=chooser.randint(1, 9))) for _ in range(700))
    library = make_library({"a.txt": "Notes\n\n" + "\n\n".join(texts) + "\n"})
    library.sync()
    for query in (
        "rice",
        "茶叶",
        "tea port",
        "市场 茶叶",
        "tea river port",
        "ri*",
        "tea -rice",
        "absent tea",
    ):
        everything = library.search(query, limit=2000)
        assert len(everything.hits) == everything.total > 0
        for offset in (0, 10, 90, 150):
            page = library.search(f"{query}  ", limit=10, offset=offset)
            assert page.hits == everything.hits[offset : offset + 10]
            assert page.total == everything.total
