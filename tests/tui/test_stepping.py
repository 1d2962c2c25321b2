"""Back and forward through the queries, the lists' orders, saved searches, and what is told about things."""

from collections.abc import Callable
from typing import Any

import pytest

from hubtui.core.models import Place, PlaceCount, Source
from hubtui.core.paths import history_file
from hubtui.tui.panes.facet_pane import FacetCounter
from hubtui.tui.session import load, save

Open = Callable[..., Any]


async def test_choosing_is_a_step_and_typing_one_query(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "/", *"cloud", "enter")
        assert screen.query == "city:Harbin cloud"
        seen = []
        for key in ("<", "alt+left", "<", ">", "alt+right"):
            await screen.press(key)
            seen.append(screen.query)
        assert seen == ["city:Harbin", "", "", "city:Harbin", "city:Harbin cloud"]
        assert screen.main.query_one("#cities").entry.place.name_en == "Harbin"


async def test_the_ends_of_the_trail_are_told(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("<")
        await screen.sees("There is no older query")
        await screen.press(">")
        await screen.sees("This is the newest query")


async def test_up_and_down_in_the_search_line(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("the")
        await screen.press("j", "space", "/", "up")
        assert (screen.query, screen.focused) == ("the city:Harbin", "query")
        await screen.press("up")
        assert screen.query == "the"
        await screen.press("down", "down")
        assert screen.query == "the"
        await screen.press("down")
        assert screen.focused == "passages"


async def test_signs_that_are_keys_are_text_in_the_search_line(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("/", "<", ">", "S", "i", "a", "d", "s")
        assert screen.query == "<>Siads"


async def test_queries_are_kept_from_one_start_to_the_next(
    open_screen: Open, fake_library: Any, tmp_path: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("j", "/", *"[A] 云")
    file = history_file(fake_library.paths.root)
    assert file.is_relative_to(tmp_path)
    assert load(file) == ["city:Harbin", "city:Harbin [A] 云"]
    async with open_screen(fake_library) as screen:
        await screen.until(
            lambda: not screen.main.search.history.trail.is_newest or screen.main.search.history.trail.back()
        )
        await screen.press("<")
        assert screen.query == "city:Harbin"


async def test_a_history_that_cannot_be_kept_disturbs_nobody(
    open_screen: Open, fake_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("hubtui.tui.session.save", refuse)
    async with open_screen(fake_library) as screen:
        await screen.press("j", "j", "<")
        assert screen.query == "city:Harbin"
    assert screen.app.return_code in (0, None)


async def test_hostile_queries_of_former_times_are_text(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        file = history_file(fake_library.paths.root)
    save(file, ["[/] \x1b[31m[@click=app.quit]x[/] \u202eabc"])
    async with open_screen(fake_library) as screen:
        await screen.press("/", "up")
        assert screen.query == "[/] [31m[@click=app.quit]x[/] abc"
        assert screen.app.is_running


def order_of(screen: Any, pane: str) -> list[str]:
    counts = screen.main.query_one(f"#{pane}")._counts
    return (
        [one.path for one in counts.sources] if pane == "sources" else [e.place.id for e in counts.by_place]
    )


async def test_s_sorts_the_sources_and_the_chosen_one_stays_chosen(
    open_screen: Open, fake_library: Any
) -> None:
    fake_library.add(
        Source("s4", "a.txt", "阿里云", date="", language=""), ["Harbin.", "Harbin.", "Harbin.", "x"]
    )
    async with open_screen(fake_library) as screen:
        await screen.type("source:harbin.txt")
        screen.main.go("sources")
        await screen.settle()
        seen = []
        for _ in range(5):
            await screen.press("s")
            sources = screen.main.query_one("#sources")
            seen.append((str(sources.border_subtitle), order_of(screen, "sources")))
            assert sources.source.path == "harbin.txt"
            assert screen.query == "source:harbin.txt"
        assert [said for said, _ in seen] == [
            "by title",
            "by date",
            "by language",
            "by hits",
            "by path",
        ]
        by_title, by_date, by_language, by_hits, _ = (paths for _, paths in seen)
        assert by_title == ["guizhou.txt", "harbin.txt", "a.txt", "dongbei.txt"]
        assert by_date == ["guizhou.txt", "dongbei.txt", "harbin.txt", "a.txt"]
        assert by_language == ["harbin.txt", "guizhou.txt", "dongbei.txt", "a.txt"]
        assert by_hits[0] == "a.txt"


async def test_s_sorts_the_cities(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("s")
        assert "by name" in screen.text
        assert order_of(screen, "cities") == ["cn:520000", "cn:230100"]
        await screen.press("s", "s")
        assert order_of(screen, "cities") == ["cn:230100", "cn:520000"]


def test_the_order_by_province_indents_and_loses_no_place(fake_library: Any) -> None:
    def place(id_: str, parent: str, name: str = "") -> PlaceCount:
        return PlaceCount(Place(id_, name, id_, "city", parent), 1, 1)

    listed = [
        place("c1", "p"),
        place("x", "y"),
        place("p", "gone"),
        place("y", "x"),
        place("d", "c1"),
        place("c0", "p"),
    ]
    fake_library.facets = lambda _query="": type(
        "F", (), {"places": listed, "sources": {}, "total": 1, "stories": 0}
    )
    counts = FacetCounter(fake_library).count("", "path", "provinces")
    found = [(entry.place.id, depth) for entry, depth in zip(counts.by_place, counts.depths, strict=True)]
    assert found[:4] == [("p", 0), ("c1", 1), ("d", 2), ("c0", 1)]
    assert sorted(id_ for id_, _ in found) == ["c0", "c1", "d", "p", "x", "y"]


def test_cities_without_an_english_name_stand_by_their_pinyin(fake_library: Any) -> None:
    places = [
        Place("1", "Zhuhai", "珠海", "city"),
        Place("2", "", "重庆", "city"),
        Place("3", "Beijing", "北京", "city"),
    ]
    listed = [PlaceCount(one, 1, 1) for one in places]
    fake_library.facets = lambda _query="": type(
        "F", (), {"places": listed, "sources": {}, "total": 1, "stories": 0}
    )
    counts = FacetCounter(fake_library).count("", "path", "name")
    assert [entry.place.id for entry in counts.by_place] == ["3", "2", "1"]


async def test_d_writes_the_filter_for_direct_mentions_and_takes_it_out(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("d")
        assert screen.query == "mentions:direct"
        assert "by count · direct only" in screen.text
        await screen.press("d")
        assert screen.query == ""
        await screen.type("mentions:plain")
        await screen.press("d")
        assert screen.query == "mentions:direct,plain"
        await screen.press("d")
        assert screen.query == "mentions:plain"


async def test_i_tells_about_the_source_the_city_and_the_passage(
    open_screen: Open, fake_library: Any
) -> None:
    source = fake_library.listed[0]
    fake_library.listed[0] = Source(
        id=source.id,
        path=source.path,
        title="[/] Harbin [A]",
        author="Li Wei",
        origins={"title": "front matter", "author": "byline"},
        doubts=("The date may be wrong.",),
        story="s2",
        passages=3,
    )
    fake_library.listed[1] = Source("s2", "dongbei.txt", "东北", story="s2", passages=2)
    async with open_screen(fake_library, (120, 50)) as screen:
        await screen.press("j", "i")
        await screen.sees("Names found", "哈尔滨", "name the city itself")
        await screen.press("escape", "enter", "i")
        await screen.sees("Why it is a hit", "Harbin", "the word itself, 1 time", "[/] Harbin [A]")
        await screen.press("escape")
        screen.main.go("sources")
        await screen.settle()
        await screen.press("j", "i")
        await screen.sees(
            "front matter", "byline", "unknown", "The date may be wrong.", "Other copies of the", "东北"
        )


async def test_i_without_anything_says_so(open_screen: Open, empty_library: Any) -> None:
    async with open_screen(empty_library) as screen:
        await screen.press("i")
        await screen.sees("There is nothing to tell about")


async def test_a_search_is_saved_found_asked_and_removed(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("winter [A]")
        await screen.press("S")
        await screen.sees("Saved searches", "No search is saved yet")
        await screen.pilot.press(*"cold [/]")
        await screen.sees("Save under this name")
        await screen.press("enter")
        await screen.sees("Saved as cold [/]")
        assert fake_library.saved == {"cold [/]": "winter [A]"}
        fake_library.saved["other"] = "city:Guizhou"
        await screen.press("S")
        await screen.pilot.press(*"guiz")
        await screen.sees("other")
        await screen.press("enter")
        assert screen.query == "city:Guizhou"
        await screen.press("<", "S", "delete")
        await screen.sees("Del again removes it")
        assert "cold [/]" in fake_library.saved
        await screen.press("delete")
        await screen.sees("Took out cold [/]")
        assert list(fake_library.saved) == ["other"]
        await screen.press("escape")
        assert screen.query == "winter [A]"


async def test_moving_on_takes_the_first_delete_back(open_screen: Open, fake_library: Any) -> None:
    fake_library.saved = {"a": "1", "b": "2"}
    async with open_screen(fake_library) as screen:
        await screen.press("S", "delete", "down", "delete", "up", "delete")
        assert list(fake_library.saved) == ["a", "b"]


async def test_a_name_that_is_taken_says_that_it_is_replaced(open_screen: Open, fake_library: Any) -> None:
    fake_library.saved = {"mine": "old"}
    async with open_screen(fake_library) as screen:
        await screen.type("new")
        await screen.press("S")
        await screen.pilot.press(*"mine")
        await screen.sees("in place of the old query")
        await screen.press("enter")
        assert fake_library.saved == {"mine": "new"}
