"""The filters of the query language: each one object, from its value to what it selects."""

from pathlib import Path
from typing import cast

import pytest

from hubtui.core.models import Place, Source
from hubtui.library import Library
from hubtui.places import Gazetteer
from hubtui.search.filters import FILTERS, QueryFilter, meant_places
from hubtui.search.parser import get_filter, parse

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


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
    assert FILTERS["date"].meets(value, _source(date=date)) is wanted


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
    assert FILTERS[name].meets(value, source) is wanted


@pytest.mark.parametrize("meant", FILTERS.values(), ids=FILTERS)
def test_every_filter_is_documented_and_its_example_is_right(
    meant: QueryFilter,
) -> None:
    assert parse(meant.examples).faults == ()
    assert get_filter(meant.examples, meant.name)
    assert f"`{meant.name}:" in DOCUMENTED


def test_a_filter_of_the_registry_is_parsed_offered_and_selects(
    seeds_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        cast("dict[str, QueryFilter]", FILTERS), "path", QueryFilter("path", "path:x", "a path")
    )
    (source, *others) = seeds_library.sources()
    assert others
    assert seeds_library.search(f"path:{source.path[:-4]}").total == source.passages
    assert seeds_library.queries.complete("pat", 3)[0].text == "path:"
    assert seeds_library.queries.complete(f"path:{source.path[:8]}", 13)[0].passages == source.passages
    assert seeds_library.search("pth:x").faults[0].instead == "path:x"


@pytest.mark.parametrize("query", ["city:Harbin cloud", "city:Harbin -city:Beijing", "city:Harbinn cloud"])
def test_a_city_is_looked_up_once_for_all_that_is_asked_of_a_query(
    seeds_library: Library, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(gazetteer: Gazetteer, name: str) -> list[Place]:
        asked.append(name)
        return meant_places(gazetteer, name)

    monkeypatch.setattr("hubtui.search.filters.meant_places", counted)
    (passage, *_rest) = seeds_library.read(seeds_library.sources()[0].id)
    seeds_library.search(query)
    seeds_library.facets(query)
    seeds_library.queries.highlights(query, passage)
    seeds_library.queries.explain(query, passage)
    assert len(asked) == len(set(asked)) == query.count("city:")
