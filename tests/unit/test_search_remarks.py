"""What an answer proposes: another query for a slip, and the query without the part that empties it."""

import pytest

from hubtui.core.models import Diagnostic
from hubtui.library import Library


def remarks(library: Library, query: str, kind: str) -> list[Diagnostic]:
    return [remark for remark in library.search(query).remarks if remark.kind == kind]


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("cloud city:Harbn lang:en", "cloud city:Harbin lang:en"),
        ("citi:Harbin cloud", "city:Harbin cloud"),
        ("date:2024..2018", "date:2018..2024"),
    ],
)
def test_a_fault_proposes_the_query_without_it(seeds_library: Library, query: str, instead: str) -> None:
    result = seeds_library.search(query)
    (fault,) = remarks(seeds_library, query, "fault")
    assert fault.instead == instead
    assert result.faults[0].message == fault.text
    assert not seeds_library.search(instead).faults


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("supercomputr lang:en", "supercomputer lang:en"),
        ('"big data" suprecomputer', '"big data" supercomputer'),
    ],
)
def test_a_slip_proposes_the_word_that_was_meant(seeds_library: Library, query: str, instead: str) -> None:
    assert remarks(seeds_library, query, "meant")[0].instead == instead


@pytest.mark.parametrize(
    ("query", "part", "instead"),
    [
        ("city:Harbin date:1850", "date:1850", "city:Harbin"),
        ("Guizhou date:1850 lang:en", "date:1850", "Guizhou lang:en"),
        ('Guizhou -"big data" date:1850', "date:1850", 'Guizhou -"big data"'),
        ("city:Harbin -city:Harbin", "-city:Harbin", "city:Harbin"),
        ("city:Xqzt lang:zh", "city:Xqzt", "lang:zh"),
        ("zzyzx Guizhou", "zzyzx", "Guizhou"),
    ],
)
def test_why_none_names_the_part_that_empties_the_result(
    seeds_library: Library, query: str, part: str, instead: str
) -> None:
    said = {remark.text.split(" there ")[0]: remark for remark in remarks(seeds_library, query, "without")}
    remark = said[f"Without {part}"]
    assert remark.instead == instead
    counted = seeds_library.facets(instead)
    assert f"{sum(counted.sources.values())} passage" in remark.text


def test_nothing_is_proposed_where_something_is_found_or_no_part_helps(seeds_library: Library) -> None:
    assert remarks(seeds_library, "city:Harbin", "without") == []
    assert remarks(seeds_library, "zzyzx", "without") == []
    assert remarks(seeds_library, "lang:fr date:1850", "without") == []


def test_the_notes_are_the_remarks_texts(seeds_library: Library) -> None:
    result = seeds_library.search("tax supercomputr city:Harbn")
    assert result.notes == tuple(remark.text for remark in result.remarks)
