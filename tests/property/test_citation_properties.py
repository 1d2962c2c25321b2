"""Whatever an item holds, every style and export copes with it."""

import json
from typing import Any
from urllib.parse import unquote

import rispy  # type: ignore[import-untyped]  # it has no marker file
from bibtexparser.entrypoint import parse_string
from hypothesis import example, given
from hypothesis import strategies as st

from hubtui.citation import EXPORT_FORMAT_NAMES, STYLES, cite, cite_item, export, passage_link
from hubtui.core.models import Source

TYPES = (
    "article-newspaper article-magazine article-journal article webpage post report book chapter thesis "
    "paper-conference document standard patent unheard-of"
).split()
TEXT = st.text(max_size=40)
ODD = st.one_of(TEXT, st.none(), st.booleans(), st.integers(), st.lists(TEXT, max_size=2))
NAMES = st.lists(
    st.dictionaries(
        st.sampled_from(
            ["family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle"]
        ),
        TEXT,
        max_size=4,
    ),
    max_size=9,
)
DATES = st.one_of(
    ODD,
    st.fixed_dictionaries(
        {"date-parts": st.lists(st.lists(st.integers(-99, 9999) | TEXT, max_size=4), max_size=2)}
    ),
    st.fixed_dictionaries({"raw": TEXT}),
)
PLAIN_FIELDS = (
    "title container-title publisher publisher-place volume issue page number edition genre URL DOI note "
    "collection-title event-title language"
).split()
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional={
        **dict.fromkeys(PLAIN_FIELDS, ODD),
        **dict.fromkeys(("author", "editor", "translator"), NAMES | ODD),
        **dict.fromkeys(("issued", "accessed"), DATES),
    },
)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
)


@given(ITEMS, st.sampled_from(STYLES))
def test_every_style_gives_one_line_for_any_item(item: dict[str, Any], style: str) -> None:
    citation = cite_item(item, style)
    assert citation == " ".join(citation.split())


@given(ITEMS, st.sampled_from(EXPORT_FORMAT_NAMES))
def test_every_export_takes_any_item(item: dict[str, Any], format_: str) -> None:
    assert export([item], format_)


@example(Source("a", "a.txt", title="ß"), "chicago-author-date")
@given(
    st.builds(Source, id=st.just("a"), path=st.just("a.txt"), title=WORDS, author=TEXT),
    st.sampled_from(STYLES),
)
def test_a_title_is_never_shortened(source: Source, style: str) -> None:
    letters = [character.casefold() for character in source.title if character.isalnum()]
    cited = iter(character.casefold() for character in cite(source, style) if character.isalnum())
    assert all(letter in cited for letter in letters)


@given(WORDS.filter(bool), st.integers(1, 9999))
def test_bibtex_is_read_back(title: str, year: int) -> None:
    item = {"type": "book", "title": title, "language": "zh", "issued": {"date-parts": [[year]]}}
    library = parse_string(export([item, item], "bibtex"))
    assert not library.failed_blocks
    assert len({entry.key for entry in library.entries}) == 2
    assert {entry["year"] for entry in library.entries} == {str(year)}


@given(WORDS.filter(bool))
def test_ris_is_read_back(title: str) -> None:
    (record,) = rispy.loads(export([{"type": "book", "title": title}], "ris"))
    assert record["title"] == title


@given(ITEMS)
def test_csl_json_is_read_back(item: dict[str, Any]) -> None:
    assert json.loads(export([item], "csl-json")) == [item]


@given(WORDS.filter(bool))
def test_a_link_to_a_passage_holds_its_beginning_and_end(text: str) -> None:
    directive = passage_link("https://example.org/a", text).partition("#:~:text=")[2]
    start, _, end = directive.partition(",")
    assert text.startswith(unquote(start))
    assert text.endswith(unquote(end or start))
