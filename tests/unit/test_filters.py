"""Filters on a source."""

import pytest

from hubtui.core.models import Source
from hubtui.search.filters import selects
from hubtui.search.query import Filter, parse


def _source(**known: str) -> Source:
    return Source(id="00", path=known.pop("path", "a/report.txt"), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "date", "wanted"),
    [
        ("2018", "2018-06-07", True),
        ("2018", "2019-01-01", False),
        ("2018-06", "2018-06-07", True),
        ("2018-06", "2018", True),
        ("2018..2024", "2024-10-08", True),
        ("2018..2024", "2025-09-24", False),
        ("2018..", "2025-09-24", True),
        ("..2018", "2018-06-07", True),
        ("..2018-05", "2018-06-07", False),
        ("2018", "", False),
        ("２０１８", "2018-06-07", True),
        ("yesterday", "2018-06-07", False),
    ],
)
def test_dates(value: str, date: str, *, wanted: bool) -> None:
    assert selects(Filter("date", value), _source(date=date)) is wanted


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("2018-13", "2018-13 is no date"),
        ("2018-02-30", "2018-02-30 is no date"),
        ("yesterday", "2018..2024"),
        ("2024..2018", "write 2018..2024"),
    ],
)
def test_an_impossible_date_is_named_with_its_place(value: str, part: str) -> None:
    (fault,) = parse(f"cloud date:{value}").faults
    assert part in fault.message
    assert (fault.start, fault.end) == (6, 11 + len(value))


@pytest.mark.parametrize("value", ["2018", "2018-12..", "..2018", "2020-02-29", "2018..2018-06"])
def test_a_possible_date_is_no_fault(value: str) -> None:
    assert parse(f"date:{value}").faults == ()


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("lang", "zh", True),
        ("lang", "zh-Hant", True),
        ("lang", "en", False),
        ("title", "雲計算", True),
        ("author", "ouyang", True),
        ("author", "wang", False),
        ("publisher", "daily", True),
        ("source", "report", True),
        ("source", "00", True),
        ("source", "哈尔滨", True),
        ("source", "other", False),
    ],
)
def test_texts(name: str, value: str, *, wanted: bool) -> None:
    source = _source(
        language="zh-Hans", title="哈尔滨云计算", author="Ouyang Shijia", publisher="China Daily"
    )
    assert selects(Filter(name, value), source) is wanted
