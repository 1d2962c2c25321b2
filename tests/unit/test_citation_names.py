"""Bylines into names, and names into their forms."""

from typing import Any

import pytest

from hubtui.citation.names import (
    inverted_name,
    is_pinyin_name,
    list_names,
    name_initials,
    natural_name,
    parse_names,
    pinyin_syllables,
)
from hubtui.citation.source import parse_byline


def person(family: str, given: str, **more: object) -> dict[str, Any]:
    return {"family": family, "given": given, **more}


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ouyang Shijia", [person("Ouyang", "Shijia", **{"static-ordering": True})]),
        ("Zhang Xi'an", [person("Zhang", "Xi'an", **{"static-ordering": True})]),
        ("Li Wei", [{"literal": "Li Wei"}]),
        ("Tsai Ing-wen", [person("Tsai", "Ing-wen", **{"static-ordering": True})]),
        ("王明、李华", [{"literal": "王明"}, {"literal": "李华"}]),
        ("Jack Ma", [person("Ma", "Jack")]),
        ("Wang Anna", [person("Anna", "Wang")]),
        ("Jane A. Smith", [person("Smith", "Jane A.")]),
        ("By Greg Miller", [person("Miller", "Greg")]),
        ("Smith, Jane A.", [person("Smith", "Jane A.")]),
        ("Jane Smith; Bob Jones", [person("Smith", "Jane"), person("Jones", "Bob")]),
        ("Martin Luther King, Jr.", [person("King", "Martin Luther", suffix="Jr.")]),
        ("Ludwig Berg Jr", [person("Berg", "Ludwig", suffix="Jr.")]),
        ("Vincent van Gogh", [person("Gogh", "Vincent", **{"non-dropping-particle": "van"})]),
        ("Ursula von der Leyen", [person("Leyen", "Ursula", **{"non-dropping-particle": "von der"})]),
        ("Gabriel García", [person("García", "Gabriel")]),
        ("王某; 欧阳诗佳", [{"literal": "王某"}, {"literal": "欧阳诗佳"}]),
        ("Xinhua News Agency", [{"literal": "Xinhua News Agency"}]),
        ("Alibaba Group Holding, Ltd.", [{"literal": "Alibaba Group Holding, Ltd."}]),
        ("China Daily", [{"literal": "China Daily"}]),
        ("Plato", [{"literal": "Plato"}]),
        ("A", [{"literal": "A"}]),
        ("[red]", [{"literal": "[red]"}]),
        ("Smith, Jane, PhD", [{"literal": "Smith, Jane, PhD"}]),
        ("", []),
        (" ; ", []),
    ],
)
def test_bylines(byline: str, names: list[dict[str, str]]) -> None:
    assert parse_byline(byline) == names


def test_a_chinese_paper_puts_the_family_name_first() -> None:
    assert parse_byline("Cheng Yu", publisher="China Daily")[0]["family"] == "Cheng"
    assert parse_byline("Cheng Yu", publisher="The Guardian") == [{"literal": "Cheng Yu"}]


def test_forms_of_a_name() -> None:
    ouyang, king, humboldt, gogh, berg = parse_names(
        [
            person("Ouyang", "Shijia", **{"static-ordering": True}),
            person("King", "Martin Luther", suffix="Jr."),
            person("Humboldt", "Alexander", **{"dropping-particle": "von"}),
            person("Gogh", "Vincent", **{"non-dropping-particle": "van"}),
            person("van den Berg", "Jan-Willem P"),
        ]
    )
    assert [natural_name(ouyang), natural_name(ouyang, short=True)] == ["Ouyang Shijia", "S. Ouyang"]
    assert [natural_name(king), inverted_name(king, short=True)] == [
        "Martin Luther King Jr.",
        "King, M. L., Jr.",
    ]
    assert [natural_name(humboldt), inverted_name(humboldt)] == [
        "Alexander von Humboldt",
        "Humboldt, Alexander von",
    ]
    assert [inverted_name(gogh), inverted_name(gogh, demote=True)] == [
        "van Gogh, Vincent",
        "Gogh, Vincent van",
    ]
    assert inverted_name(berg, short=True) == "van den Berg, J.-W. P."
    assert natural_name(berg) == "Jan-Willem P. van den Berg"


@pytest.mark.parametrize(
    ("given", "short"),
    [
        ("Jung-Ran", "J.-R."),
        ("Ka-ho", "K."),
        ("J.R.R.", "J. R. R."),
        ("S.-H.", "S.-H."),
        ("Émile", "É."),
        ("", ""),
    ],
)
def test_initials(given: str, short: str) -> None:
    assert name_initials(given) == short


def test_names_that_are_none_are_left_out() -> None:
    assert [name.surname for name in parse_names([{}, {"family": ""}, "x", None, {"given": "Solo"}])] == [
        "Solo"
    ]
    assert parse_names("Somebody") == parse_names(None) == parse_names(3) == ()
    assert parse_names({"family": "李", "given": "华"})[0].literal == "李华"


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ("Shijia", ["shi", "jia"]),
        ("Xi'an", ["xi", "an"]),
        ("Jia-Ning", ["jia", "ning"]),
        ("Lin", ["lin"]),
        ("Priscilla", []),
        ("Anna", []),
        ("", []),
    ],
)
def test_syllables_of_pinyin(given: str, parts: list[str]) -> None:
    assert pinyin_syllables(given) == parts


def test_a_pinyin_name_needs_a_chinese_family_name() -> None:
    assert is_pinyin_name("Ouyang", "Shijia")
    assert not is_pinyin_name("Miller", "Lin")


def test_lists() -> None:
    assert [list_names(["A"][:count]) for count in (0, 1)] == ["", "A"]
    assert [list_names(["A", "B"]), list_names(["A", "B"], comma_for_two=True)] == ["A and B", "A, and B"]
    assert list_names(["A", "B", "C"], "&") == "A, B, & C"
