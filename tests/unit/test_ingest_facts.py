import datetime as dt
from dataclasses import fields

import pytest

from hubtui.core.models import Source
from hubtui.ingest.metadata.facts import SOURCE_FACTS


def test_every_fact_is_one_of_a_source() -> None:
    assert set(SOURCE_FACTS) <= {field.name for field in fields(Source)}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", " Harbin \n rises ", "Harbin rises"),
        ("title", "https://a.cn", ""),
        ("author", ["By Jane Doe", {"name": "李娜"}], "Jane Doe; 李娜"),
        ("date", "June 7, 2018", "2018-06-07"),
        ("date", "soon", ""),
        ("url", "https://a.cn", "https://a.cn"),
        ("url", "China Daily", ""),
        ("publisher", None, ""),
    ],
)
def test_front_matter_states_facts(name: str, value: object, expected: str) -> None:
    assert SOURCE_FACTS[name].stated(value) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", "", ""),
        ("title", "https://a.cn", "https://a.cn"),
        ("title", 7, None),
        ("author", ["Li Na", "Wang Wei"], "Li Na; Wang Wei"),
        ("title", ["Li Na"], None),
        ("date", dt.date(2018, 6, 7), "2018-06-07"),
        ("date", 2018, "2018"),
        ("date", "soon", None),
        ("accessed", "", ""),
    ],
)
def test_corrections_are_checked(name: str, value: object, expected: str | None) -> None:
    assert SOURCE_FACTS[name].corrected(value) == expected
