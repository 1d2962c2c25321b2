import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields

import pytest

from hubtui.cli.commands.sources import source_row
from hubtui.core.models import FACT_FIELDS, Source
from hubtui.ingest.metadata.facts import SOURCE_FACTS, SourceFact
from hubtui.library import Library
from hubtui.tui.dialogs.about import of_source

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

TRANSLATED = """\
---
title: A hub in the north
translator: Li Na
---

Cloud computing is growing in Harbin, where land is cheap and the winters are long.
"""


def test_facts_with_a_field_are_fields_of_a_source() -> None:
    assert {field.name for field in fields(Source)} & set(SOURCE_FACTS) >= FACT_FIELDS


def test_a_new_fact_is_one_entry_of_the_registry(
    make_library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SOURCE_FACTS, "translator", SourceFact("translator", "Translator", ("translator",)))
    with make_library({"a.md": TRANSLATED}) as library:
        library.sync()
        (source,) = library.sources()
        assert source.fact("translator") == "Li Na"
        assert source_row(source)["others"] == {"translator": "Li Na"}
        assert source.origins["translator"] == "front matter"
        assert ("Translator", "Li Na") in [
            (fact.label, fact.value) for group in of_source(source, ()) for fact in group.facts
        ]
        library.correct(source, {"translator": "Wang Wei"})
        library.sync()
        (source,) = library.sources()
        assert source.fact("translator") == "Wang Wei"
        clipping = library.clippings.add(library.read(source.id)[0])
        assert library.clippings.get(clipping.id).source.fact("translator") == "Wang Wei"


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("book", "book"), ("[M]", "book"), ("EB/OL", "webpage"), ("学位论文", "thesis"), ("note", "")],
)
def test_a_file_says_what_kind_of_work_it_is(make_library: MakeLibrary, stated: str, kind: str) -> None:
    with make_library(
        {"a.md": f"---\ntitle: A hub\ntype: '{stated}'\n---\n\nHarbin has clouds.\n"}
    ) as library:
        library.sync()
        (source,) = library.sources()
        assert source.fact("type") == kind
        assert ("[M]" in library.cite(source, "gb7714-2025")) == (kind == "book")


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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["[[周洁]]", "[[people/roe|Carl Roe]]"], "周洁; Carl Roe"),
        ("[Ann Lee](https://example.org/ann)", "Ann Lee"),
        ([{"family": "Roe", "given": "Carl"}, {"family": "周", "given": "洁"}], "Roe, Carl; 周洁"),
        (["Roe, Carl", "Lee, Ann"], "Roe, Carl; Lee, Ann"),
        (["Daily Planet", "Jane Doe"], "Daily Planet; Jane Doe"),
        ("城市规划研究院", "城市规划研究院"),
    ],
)
def test_authors_stay_as_the_user_wrote_them(value: object, expected: str) -> None:
    assert SOURCE_FACTS["author"].stated(value) == expected
