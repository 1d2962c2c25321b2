"""The registries of citation styles and formats; and that a new style is one new file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubtui.citation import (
    COPY_FORMAT_NAMES,
    EXPORT_FORMAT_NAMES,
    STYLES,
    Excerpt,
    choose_style,
    cite,
    cite_in_list,
    default_style,
    quotation,
    styles,
)
from hubtui.citation.export_formats import EXPORT_FORMATS
from hubtui.citation.quotations import COPY_FORMATS, UnknownFormatError, copy_format_ids, get_copy_format
from hubtui.citation.styles import get_style
from hubtui.core.config import config_schema, parse_value
from hubtui.core.errors import UnknownStyleError
from hubtui.core.i18n import _, use_language
from hubtui.core.models import Passage, Source
from hubtui.core.settings import library_schema

SOURCE = Source("a", "a.txt", "Clouds gather", "Ouyang Shijia", "China Daily", "2018-06-07")
PASSAGE = Passage("a", 3, "The move is part of the province’s aims.")

HOUSE = """
from hubtui.citation.style import AuthorMarkers, CitationStyle


def entry(item, locator):
    return f"{item.title} by house rules{f', {locator.value}' if locator else ''}"


STYLES = (
    CitationStyle(id="house", name="House rules", rank=95, entry=entry),
    CitationStyle(
        id="house-author",
        name="House rules, author",
        rank=96,
        entry=entry,
        author_markers=AuthorMarkers(
            name=lambda item: item.names("author")[0].surname,
            marker=lambda name, item, locator: f"<{name}>",
        ),
    ),
)
"""


@pytest.fixture
def house_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module with styles beside those of the package; nothing else knows of them."""
    (tmp_path / "house_rules.py").write_text(HOUSE, encoding="utf-8")
    monkeypatch.setattr(styles, "__path__", [*styles.__path__, str(tmp_path)])
    styles._by_id.cache_clear()
    yield
    styles._by_id.cache_clear()


@pytest.mark.usefixtures("house_style")
def test_a_new_style_is_one_new_file() -> None:
    assert [style.id for style in styles.styles()] == [*STYLES[:-1], "house", "house-author", STYLES[-1]]
    assert cite(SOURCE, "house", PASSAGE) == "Clouds gather by house rules, 3"
    assert cite_in_list(SOURCE, "house") == "Clouds gather by house rules"
    excerpts = [Excerpt(SOURCE, PASSAGE), Excerpt(SOURCE, Passage("a", 4, "More."))]
    assert quotation(excerpts, "house").endswith("More. [1, para. 4]\n\n[1] Clouds gather by house rules")
    assert quotation(excerpts, "house-author").endswith("More. <Ouyang>\n\nClouds gather by house rules")
    with pytest.raises(UnknownStyleError) as caught:
        cite(SOURCE, "hose")
    assert "house" in caught.value.remedy
    assert parse_value("style", "House", Path("config.toml")) == "house"
    assert "house" in config_schema()["properties"]["style"]["anyOf"][1]["enum"]
    assert "house" in library_schema(())["properties"]["style"]["enum"]


def test_one_style_is_the_default() -> None:
    defaults = [style.id for style in styles.styles() if style.default]
    assert defaults == ["gb7714-2025"] == [default_style(SOURCE)]
    assert choose_style("", None) == "gb7714-2025"
    assert choose_style(None, "mla", "apa") == "mla"


def test_styles_are_listed_by_rank_and_told_apart_by_id_and_name() -> None:
    listed = styles.styles()
    assert [style.id for style in listed] == list(STYLES)
    for values in ([s.id for s in listed], [s.name for s in listed], [s.rank for s in listed]):
        assert len(set(values)) == len(listed)


@pytest.mark.parametrize("style", ["gb7714-2025-author-date", "chicago-notes", "plain"])
def test_the_names_of_styles_are_translated(style: str) -> None:
    name = get_style(style).name
    assert _(name) == name
    use_language("zh")
    try:
        assert _(name) != name
    finally:
        use_language("en")


def test_only_a_style_of_notes_has_short_notes_and_a_bibliography_of_its_own() -> None:
    notes = [style.id for style in styles.styles() if style.has_notes]
    assert notes == [style.id for style in styles.styles() if style.bibliography_entry] == ["chicago-notes"]
    assert not get_style("chicago-notes").has_numbered_list
    assert get_style("ieee").has_numbered_list


def test_formats_are_listed_in_the_order_of_the_registry() -> None:
    assert tuple(one.id for one in EXPORT_FORMATS) == EXPORT_FORMAT_NAMES
    assert {one.suffix for one in EXPORT_FORMATS} == {".bib", ".ris", ".json"}
    assert tuple(one.id for one in COPY_FORMATS) == COPY_FORMAT_NAMES == copy_format_ids()
    assert [one.id for one in COPY_FORMATS if one.rich] == ["html"]
    assert [one.id for one in COPY_FORMATS if one.keyed] == ["markdown", "markdown-pandoc"]


def test_an_unknown_copy_format_names_the_nearest() -> None:
    with pytest.raises(UnknownFormatError) as caught:
        get_copy_format("markdwon")
    assert "markdown" in caught.value.remedy
