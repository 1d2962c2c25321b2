"""A source set in lines, snippets of passages, and the reader's steps through them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from rich.style import Style

from hubtui.core.models import Entry, Passage, Source
from hubtui.text.cells import width
from hubtui.tui.render import Mark, content, segments, snippet
from hubtui.tui.widgets.page import MEASURE, Kind, Page, PageLine

Open = Callable[..., Any]
MARKED = Style(bold=True)


def passages(*texts: str, section: str = "") -> list[Passage]:
    return [Passage("s", number, text, section) for number, text in enumerate(texts, 1)]


def entries(made: Sequence[Passage]) -> list[Entry]:
    return [Entry(p.label, p.section, p.kind, len(p.text), len(p.text.encode())) for p in made]


def set_whole(source: Source, made: Sequence[Passage], cells: int) -> list[PageLine]:
    page = Page(source, entries(made), cells)
    blocks = [page.front(), *(page.block(index, passage) for index, passage in enumerate(made))]
    return [line for block in blocks for line in block]


def test_a_page_has_title_metadata_headings_and_passages() -> None:
    source = Source(
        "s", "p.txt", "A title", author="Li", date="2024", language="zh-Hans", url="https://e.org"
    )
    made = [*passages("One two.", section="Part"), *passages("Three.", section="Part")]
    assert [(line.kind, line.text[line.start : line.end]) for line in set_whole(source, made, 40)] == [
        (Kind.TITLE, "A title"),
        (Kind.ABOUT, "Li · 2024 · Chinese"),
        (Kind.ABOUT, "https://e.org"),
        (Kind.BLANK, ""),
        (Kind.SECTION, "Part"),
        (Kind.BLANK, ""),
        (Kind.PARAGRAPH, "One two."),
        (Kind.BLANK, ""),
        (Kind.PARAGRAPH, "Three."),
    ]


def test_a_source_without_metadata_shows_its_path() -> None:
    assert [line.text for line in set_whole(Source("s", "a/p.txt"), [], 40)] == ["a/p.txt", "a/p.txt"]


def test_lines_are_no_wider_than_can_be_read() -> None:
    lines = set_whole(Source("s", "p.txt"), passages("云计算" * 200), 200)
    assert max(width(line.text[line.start : line.end]) for line in lines) == MEASURE


def test_kinds_of_passages_are_set_apart() -> None:
    made = [
        Passage("s", 1, "First", kind="list item"),
        Passage("s", 2, "Second " * 8, kind="list item"),
        Passage("s", 3, "Quoted", kind="quote"),
        Passage("s", 4, "if x:\n    y = 1", kind="code"),
        Passage("s", 5, "a | b\nc | d", kind="table"),
    ]
    page = Page(Source("s", "p.txt"), entries(made), 30)
    blocks = [page.block(index, passage) for index, passage in enumerate(made)]
    assert [block[0].kind for block in blocks] == [
        Kind.BLANK,
        Kind.LIST_ITEM,  # items follow each other without a blank line
        Kind.BLANK,
        Kind.BLANK,
        Kind.BLANK,
    ]
    assert [block[-1].indent for block in blocks] == [2, 2, 2, 2, 0]
    assert [line.text[line.start : line.end] for line in blocks[3][1:]] == ["if x:", "    y = 1"]
    assert [line.text[line.start : line.end] for line in blocks[4][1:]] == ["a | b", "c | d"]


def test_a_passage_that_is_not_here_takes_the_place_it_will_probably_need() -> None:
    made = passages("word " * 100, "云计算" * 90)
    page = Page(Source("s", "p.txt"), entries(made), 40)
    for index, (passage, estimate) in enumerate(zip(made, page.estimates(), strict=True)):
        assert [line.kind for line in page.block(index, None)] == [Kind.BLANK, Kind.WAITING, Kind.BLANK]
        assert abs(len(page.block(index, passage)) - estimate) <= 2


def plain(lines: list[list[Any]]) -> list[str]:
    return ["".join(segment.text for segment in line) for line in lines]


def marked(lines: list[list[Any]]) -> list[str]:
    return [segment.text for line in lines for segment in line if segment.style and segment.style.bold]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A short one.", "short", ["A short one."]),
        (
            "The beginning holds it, and then it goes on and on.",
            "holds",
            ["The beginning holds", "it, and then it…"],
        ),
        ("x " * 60 + "far away", "far", ["…x x x x x far away"]),
        ("x " * 60 + "far away " + "y " * 60, "far", ["…x x x x x far away", "y y y y y y y y y y…"]),
        ("在" * 60 + "哈尔滨，" + "的" * 60, "哈尔滨", ["…在在在在在哈尔滨，", "的的的的的的的的的…"]),
    ],
)
def test_a_snippet_shows_the_first_match_with_words_before_it(
    text: str, word: str, expected: list[str]
) -> None:
    start = text.index(word)
    lines = snippet(text, [(start, start + len(word))], 20, 2, MARKED)
    assert plain(lines) == expected
    assert marked(lines) == [word]
    assert all(width(line) <= 20 for line in plain(lines))


def test_a_snippet_shows_where_most_of_what_matched_stands_together() -> None:
    text = "Tax here. " + "Nothing of it for a long while. " * 6 + "Tax breaks for cloud firms."
    words = [(text.index("Tax"), 3), (text.rindex("Tax"), 3), (text.index("cloud"), 5)]
    lines = snippet(text, [(start, start + size) for start, size in words], 20, 2, MARKED)
    assert marked(lines) == ["Tax", "cloud"]


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert plain(snippet("One two three four five six.", [], 10, 2, MARKED)) == ["One two", "three…"]
    assert plain(snippet("", [], 10, 2, MARKED)) == [""]


def test_marks_cover_exactly_their_characters_and_later_ones_win() -> None:
    text = "in Harbin, 哈尔滨"
    under, over = Style(underline=True), Style(bold=True)
    made = segments(text, 3, len(text), Style(), [Mark(3, 9, under), Mark(3, 9, over), Mark(11, 14, under)])
    assert [(segment.text, bool(segment.style and segment.style.bold)) for segment in made] == [
        ("Harbin", True),
        (", ", False),
        ("哈尔滨", False),
    ]
    assert made[0].style is not None
    assert made[0].style.underline
    assert made[2].style is not None
    assert made[2].style.underline


def test_content_is_never_markup() -> None:
    assert content("[A] [/] [@click=app.quit]x[/]").plain == "[A] [/] [@click=app.quit]x[/]"
    assert content("one\ntwo\x1b[31m").plain == "one\ntwo[31m"


async def test_j_scrolls_through_a_passage_longer_than_the_reader(
    open_screen: Open, empty_library: Any
) -> None:
    empty_library.add(Source("s1", "p.txt", "Long"), [" ".join(f"word{n}" for n in range(400)), "The end."])
    async with open_screen(empty_library, (80, 24)) as screen:
        await screen.press("enter", "enter")
        reader = screen.main.query_one("#reader")
        seen = screen.text
        for _ in range(60):
            await screen.press("j")
            seen += screen.text
            if reader.current.number == 2:
                break
        assert all(f"word{n}" in seen for n in range(400))
        assert "The end." in screen.text
        await screen.press("k", "k")
        assert reader.current.number == 1
        await screen.press("g")
        assert "word0 " in screen.text
        await screen.press("G")
        assert "¶2 of 2" in screen.text


async def test_paging_marks_the_first_passage_on_the_page(open_screen: Open, empty_library: Any) -> None:
    empty_library.add(Source("s1", "p.txt", "Many"), [f"Paragraph {n}." for n in range(1, 101)])
    async with open_screen(empty_library) as screen:
        await screen.press("enter", "enter", "space")
        number = screen.main.query_one("#reader").current.number
        assert number > 5
        assert f"Paragraph {number}." in screen.text
        await screen.press("b")
        assert screen.main.query_one("#reader").current.number == 1


async def test_matches_and_mentions_look_different(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("cold")
        reader = screen.main.query_one("#reader")
        styles = {
            segment.text: segment.style
            for y in range(reader.size.height)
            for segment in reader.render_line(y)
            if segment.text in ("Cold", "Harbin")
        }
        assert styles["Harbin"].underline
        assert not styles["Cold"].underline
        assert styles["Cold"].bgcolor != styles["Harbin"].bgcolor


def test_a_heading_that_is_a_passage_is_drawn_once_and_numbered() -> None:
    made = (
        Passage("s", 1, "Taxes", "Taxes", kind="heading"),
        Passage("s", 2, "They fell.", "Taxes"),
        Passage("s", 3, "They rose.", "Later"),
    )
    drawn = [
        (line.kind, line.text) for line in set_whole(Source("s", "s.md", "Title"), made, 40) if line.text
    ]
    assert drawn.count((Kind.HEADING, "Taxes")) == 1
    assert (Kind.SECTION, "Taxes") not in drawn
    assert (Kind.SECTION, "Later") in drawn


async def test_a_part_of_a_long_paragraph_goes_by_its_label(open_screen: Open, fake_library: Any) -> None:
    source = Source("77", "long.txt", "A long one")
    fake_library.add(source, ["One.", "Two, the first half.", "Two, the second half."])
    one, two, three = fake_library.texts["77"]
    fake_library.texts["77"] = (one, replace(two, part="a"), replace(three, number=2, part="b"))
    async with open_screen(fake_library) as screen:
        await screen.type("second")
        await screen.sees("¶2b", "2b Two, the")
