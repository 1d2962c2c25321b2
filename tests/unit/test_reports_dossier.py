"""Dossiers: their facts, and that every text in them shows as it is."""

from collections.abc import Callable, Mapping

import pytest
from lxml import html
from markdown_it import MarkdownIt

from hubtui.core.errors import UnknownPlaceError, UnknownStyleError
from hubtui.core.models import Source
from hubtui.library import Library
from hubtui.reports.dossier import dossier_html, dossier_markdown, timeline

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

OLD = """---
title: "Cold [red]air[/red] & <b>cheap</b> land"
author: Ann Hall
date: 2019-05-01
---

Harbin offers cold air | and *cheap* land, said `one`; <script>alert(1)</script> [A] is no link.

Nothing of the kind is said here about any other place at all, which makes it a good comparison.
"""
NEW = """---
title: 哈尔滨的云
author: 李伟
date: 2021
---

哈尔滨和大连都建起了数据中心，哈尔滨的更大一些。

# 1. Harbin is no heading here
"""
BARE = "Harbin once more: 1. a sentence that starts nowhere; and Guizhou beside it.\n"


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    made = make_library({"old.md": OLD, "new.md": NEW, "bare.txt": BARE})
    made.sync()
    return made


def test_the_facts_are_those_of_the_library(library: Library) -> None:
    dossier = library.dossiers.build(["Harbin"], made="2024-01-02")
    (city,) = dossier.cities
    assert (city.passages, city.sources, city.stories) == (4, 3, 3)
    assert [hit.source.path for hit in city.hits] == ["old.md", "new.md", "new.md", "bare.txt"]
    assert [(year.year, year.passages, year.sources) for year in city.years] == [
        ("2019", 1, 1),
        ("2021", 2, 1),
        ("", 1, 1),
    ]
    assert {count.place.name_en for count in city.neighbours} >= {"Dalian", "Guizhou"}
    assert "Heilongjiang" not in {count.place.name_en for count in city.neighbours}
    assert dict(city.names) == {"Harbin": 3, "哈尔滨": 1}
    assert dossier.sources == 3
    assert city.left_out == 0


def test_a_query_narrows_and_most_shortens(library: Library) -> None:
    (city,) = library.dossiers.build(["哈尔滨"], made="2024-01-02", query="date:2019..2021", most=1).cities
    assert (city.passages, len(city.hits), city.left_out) == (3, 1, 2)
    assert "2 more passages" in dossier_markdown(
        library.dossiers.build(["Harbin"], made="2024-01-02", query="date:2019..2021", most=1)
    )


def test_the_fingerprint_follows_the_sources(library: Library) -> None:
    before = library.index.fingerprint()
    assert before == library.index.fingerprint()
    (library.paths.seeds / "bare.txt").write_text("Harbin, changed, is another text than before.\n")
    library.sync()
    assert library.index.fingerprint() != before


def test_in_markdown_every_passage_shows_as_it_is(library: Library) -> None:
    dossier = library.dossiers.build(["Harbin"], made="2024-01-02")
    page = html.fromstring(MarkdownIt("commonmark").enable("table").render(dossier_markdown(dossier)))
    shown = ["".join(map(str, quote.itertext())).strip() for quote in page.iter("blockquote")]
    assert shown == [hit.passage.text for hit in dossier.cities[0].hits]
    assert ["".join(map(str, heading.itertext())) for heading in page.iter("h4")] == [
        "2019-05-01 · Cold [red]air[/red] & <b>cheap</b> land",
        "2021 · 哈尔滨的云",
        "bare.txt",
    ]
    assert not list(page.iter("script"))


def test_in_html_every_passage_shows_as_it_is(library: Library) -> None:
    dossier = library.dossiers.build(["Harbin"], made="2024-01-02", style="apa")
    page = html.document_fromstring(dossier_html(dossier))
    shown = ["".join(map(str, quote.itertext())) for quote in page.iter("blockquote")]
    assert shown == [hit.passage.text for hit in dossier.cities[0].hits]
    assert not list(page.iter("script"))
    linked = {link.get("href") for link in page.iter("a")}
    assert linked == {f"#{entry.get('id')}" for entry in page.iter("li") if entry.get("id")}


@pytest.mark.parametrize("style", ["apa", "chicago-notes", "gb7714-2025"])
def test_each_source_is_listed_once_and_without_a_place_in_it(library: Library, style: str) -> None:
    said = dossier_markdown(library.dossiers.build(["Harbin", "Dalian"], made="2024-01-02", style=style))
    listed = said.split("## Sources\n\n")[1].split("\n\n")[0].splitlines()
    assert [line[:3] for line in listed] == ["1. ", "2. ", "3. "]
    assert "para." not in "".join(listed)
    assert "第" not in "".join(listed)
    assert "para. 1 \\[1\\]" in said


def test_two_names_of_one_city_are_one_city(library: Library) -> None:
    assert len(library.dossiers.build(["Harbin", "哈尔滨"], made="2024-01-02").cities) == 1


def test_the_note_on_method_says_how_to_get_the_same(library: Library) -> None:
    library.mentions.reject(
        library.search("Guizhou").hits[0].passage,
        library.search("Guizhou").hits[0].passage.mentions[-1],
        "library",
    )
    said = dossier_markdown(
        library.dossiers.build(["Harbin"], made="2024-01-02", query='"cold air"', style="apa")
    )
    assert "hubtui dossier Harbin --style apa --query '\"cold air\"'" in said
    assert library.index.fingerprint() in said
    assert "rejected by the user, and so left out: Guizhou" in said


def test_a_city_without_passages_is_said_to_have_none(library: Library) -> None:
    said = dossier_markdown(library.dossiers.build(["Chengdu"], made="2024-01-02"))
    assert "No passage of the library mentions it." in said
    assert "## Sources" not in said


def test_an_unknown_city_or_style_is_a_named_error(library: Library) -> None:
    with pytest.raises(UnknownPlaceError):
        library.dossiers.build(["Harbinn"], made="2024-01-02")
    with pytest.raises(UnknownStyleError):
        library.dossiers.build(["Harbin"], made="2024-01-02", style="appa")


def test_the_timeline_leaves_out_what_has_no_passage() -> None:
    sources = [Source("a", "a", date="2020-01"), Source("b", "b", date="2020"), Source("c", "c", date="2019")]
    assert [(year.year, year.passages, year.sources) for year in timeline(sources, {"a": 2, "b": 1})] == [
        ("2020", 3, 2)
    ]
