"""Entries of the bibliography that goes with Chicago's notes."""

import pytest

from hubtui.citation import STYLES, cite, cite_in_list
from hubtui.citation.csl import Item
from hubtui.citation.styles.chicago_notes import bibliography_entry
from hubtui.core.models import Source

COMMON = {
    "title": "Cold data",
    "author": [{"family": "Berg", "given": "Ann"}, {"family": "Roe", "given": "Max"}],
    "issued": {"date-parts": [[2020, 5, 4]]},
    "publisher": "Press",
    "language": "en",
}
BOOK = {"container-title": "Cities", "editor": [{"family": "Lee", "given": "Kim"}]}


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        ({"type": "book", "edition": "2"}, "Cold Data. 2nd ed. Press, 2020."),
        ({"type": "chapter", **BOOK}, "“Cold Data.” In Cities, edited by Kim Lee. Press, 2020."),
        (
            {"type": "paper-conference", "event-title": "Icy"},
            "“Cold Data.” Paper presented at Icy, May 4, 2020.",
        ),
        ({"type": "thesis", "genre": "PhD diss."}, "“Cold Data.” PhD diss., Press, 2020."),
        ({"type": "report", "genre": "Paper", "number": "7"}, "Cold Data. Paper 7. Press, 2020."),
        ({"type": "document"}, "“Cold Data.” Press, May 4, 2020."),
        (
            {"type": "article-journal", "container-title": "J", "volume": "5", "issue": "2", "page": "1-9"},
            "“Cold Data.” J 5, no. 2 (2020): 1–9.",
        ),
        (
            {"type": "article-newspaper", "container-title": "Daily", "URL": "https://e.org"},
            "“Cold Data.” Daily, May 4, 2020. https://e.org.",
        ),
        (
            {"type": "webpage", "publisher": "Site", "issued": None, "URL": "https://e.org"},
            "“Cold Data.” Site. https://e.org.",
        ),
    ],
)
def test_each_kind(fields: dict[str, object], rest: str) -> None:
    assert bibliography_entry(Item({**COMMON, **fields})) == f"Berg, Ann, and Max Roe. {rest}"


@pytest.mark.parametrize("style", STYLES)
def test_other_styles_list_as_they_cite(style: str) -> None:
    source = Source("a", "a.txt", "Clouds", "Jane Smith", "The Daily", "2020-01-02", "en")
    assert (cite_in_list(source, style) == cite(source, style)) == (style != "chicago-notes")
