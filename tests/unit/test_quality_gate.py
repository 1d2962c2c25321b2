"""The gate of ranking: questions about generated texts and the seeds, whose answers must stay where they are.

The generated texts say the same things in both languages, each about one matter in one city in one year, so
that every question has one answer among many that share words with it. The floors are a little below what was
measured; who raises the quality raises them.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pytest

from hubtui.library import Library
from hubtui.search.by_meaning import MeaningSearch

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CITIES = {"Harbin": "哈尔滨", "Shanghai": "上海", "Guiyang": "贵阳", "Tianjin": "天津", "Xiamen": "厦门"}
MATTERS = (
    (
        "the hospital hired more nurses",
        "医院招聘了更多护士",
        "Who did the clinic take on in {}?",
        "{}的诊所聘用了谁？",
    ),
    (
        "farmers harvested wheat early",
        "农民提前收割了小麦",
        "What crop was reaped in {}?",
        "{}收获了什么庄稼？",
    ),
    (
        "the airport opened a second runway",
        "机场启用了第二条跑道",
        "Where can aircraft land in {}?",
        "飞机在{}哪里降落？",
    ),
    (
        "the orchestra played symphonies",
        "乐团演奏了交响曲",
        "Which concerts were given in {}?",
        "{}举行了哪些音乐会？",
    ),
    (
        "factories cut their emissions",
        "工厂减少了排放",
        "How was pollution reduced in {}?",
        "{}如何减少污染？",
    ),
    (
        "students learned to write software",
        "学生学习编写软件",
        "Who is taught programming in {}?",
        "{}的谁学编程？",
    ),
    (
        "the bank lowered interest rates",
        "银行下调了利率",
        "Why are loans cheaper in {}?",
        "{}的贷款为什么更便宜？",
    ),
    (
        "heavy rain flooded the subway",
        "暴雨淹没了地铁",
        "What disaster hit the metro in {}?",
        "什么灾害袭击了{}的轨道交通？",
    ),
)


def _texts(language: str) -> dict[str, str]:
    texts = {}
    for (number, (english, chinese, _, _)), (city, name) in product(enumerate(MATTERS), CITIES.items()):
        if language == "en":
            texts[f"en-{number}-{city}.txt"] = f"In {city}, {english}, as the mayor reported.\n"
        else:
            texts[f"zh-{number}-{city}.txt"] = f"据市长报告，在{name}，{chinese}。\n"
    return texts


def _questions(language: str, *, own: bool = False) -> list[tuple[str, str]]:
    """Return each question with the end of the name of the text that answers it.

    Args:
        language: What it is asked in.
        own: Whether it is asked in the words of the text in that language.
    """
    found = []
    for (number, (english, chinese, english_question, chinese_question)), (city, name) in product(
        enumerate(MATTERS), CITIES.items()
    ):
        if language == "en":
            question = f"Why is it that in {city} {english}?" if own else english_question.format(city)
        else:
            question = f"为什么{name}的{chinese}？" if own else chinese_question.format(name)
        found.append((question, f"{number}-{city}"))
    return found


def _reciprocal_rank(library: Library, question: str, wanted: str) -> float:
    names = [hit.source.path.removesuffix(".txt") for hit in library.search(question, limit=10).hits]
    return next((1 / rank for rank, name in enumerate(names, 1) if name.endswith(wanted)), 0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize(("asked", "held", "floor"), [("en", "zh", 0.95), ("zh", "en", 0.92)])
def test_questions_find_their_answers_in_the_other_language(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch, asked: str, held: str, floor: float
) -> None:
    library = make_library(_texts(held))
    library.sync()
    found = _mean([_reciprocal_rank(library, *pair) for pair in _questions(asked)])
    assert found >= floor
    monkeypatch.setattr(MeaningSearch, "fuse", lambda *_: None)
    with Library.open(library.paths.root) as again:
        assert _mean([_reciprocal_rank(again, *pair) for pair in _questions(asked)]) < found - 0.1


def test_answers_in_the_questions_language_come_first_in_a_library_of_both(make_library: MakeLibrary) -> None:
    library = make_library(_texts("en") | _texts("zh"))
    library.sync()
    for asked in ("en", "zh"):
        pairs = [(question, f"{asked}-{wanted}") for question, wanted in _questions(asked, own=True)]
        assert _mean([_reciprocal_rank(library, *pair) for pair in pairs]) >= 0.98


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Why do Alibaba and Tencent invest in the Northeast? lang:zh", "002"),
        ("Is the industrial internet the next point of growth? lang:zh", "002"),
        ("贵州打算让多少家企业用上大数据？ lang:en", "003"),
        ("上海的副市长什么时候打了视频电话？ lang:en", "004"),
        ("哈尔滨的云计算面临哪些挑战？ lang:en", "000"),
        ("中关村有哪些大公司？ lang:en", "001"),
    ],
)
def test_questions_about_the_seeds(seeds_library: Library, question: str, source: str) -> None:
    sources = [hit.source.path[:3] for hit in seeds_library.search(question, limit=5).hits]
    assert source in sources[:3]
