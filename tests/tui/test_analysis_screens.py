"""Words in context and comparing: what each key does, and what is seen at each size."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from hubtui.errors import ComparisonError
from hubtui.model import Passage, Place, Source
from hubtui.search.collocates import Collocate, Collocates
from hubtui.search.comparison import Comparison, OtherPlace, SharedWord, Side, joined
from hubtui.search.concordance import Line
from hubtui.search.keywords import Keyword, Keywords
from hubtui.text.cells import width
from hubtui.tui.screens.compare import CompareScreen
from hubtui.tui.screens.concordance import ConcordanceScreen

Open = Callable[..., Any]
SIZES = [(160, 50), (120, 36), (80, 24), (60, 20)]
BEIJING = Place("cn:110000", "Beijing", "北京", "province")


@dataclass(frozen=True)
class FakeConcordance:
    """Lines that are all there."""

    made: Sequence[Line | None]
    passages: int
    complete: bool = True
    sort: str = "source"
    repeated: int = 1

    def __len__(self) -> int:
        return len(self.made) * self.repeated

    def lines(self, first: int, last: int) -> Sequence[Line | None]:
        return [self.made[number % len(self.made)] for number in range(first, min(last, len(self)))]

    def sorted(self, sort: str) -> "FakeConcordance":
        return replace(self, made=tuple(reversed(self.made)), sort=sort)


@pytest.fixture
def library(fake_library: Any) -> Any:
    """The made-up library, able to count words."""
    return analysed(fake_library)


def analysed(fake: Any) -> Any:
    """Let a made-up library answer what these screens ask."""
    fake.asked_near = []
    fake.repeated = 1
    fake.before_whole = lambda _query: None

    def concordance(query: str, sort: str = "source", most: int | None = None, cancelled: Any = None) -> Any:
        del cancelled
        if most is None:
            fake.before_whole(query)
        hits = fake.search(query, limit=10**6).hits
        lines = [_line(hit.source, hit.passage, span) for hit in hits for span in hit.highlights]
        found = FakeConcordance(lines, len(hits), most is None, repeated=fake.repeated)
        return found if sort == "source" else found.sorted(sort)

    def collocates(query: str) -> Collocates:
        fake.asked_near.append(query)
        return Collocates((Collocate("winter", 3, 2, 9, 12.0), Collocate("冬天", 2, 0, 2, 8.0)), 5, 3, 3, 5)

    def as_query(text: str) -> str:
        return {"Harbin": "city:Harbin", "Guizhou": "city:Guizhou"}.get(text, text)

    def compare(queries: Sequence[str]) -> Comparison:
        asked = [as_query(query) for query in queries]
        if len(set(asked)) < 2:
            raise ComparisonError("1 different queries cannot be compared.", "Give two to four.")
        sides = tuple(_side(fake, query) for query in asked)
        every = fake.search(joined(asked), limit=1).total
        ones = (1,) * len(sides)
        words = (SharedWord("shared-word", ones, 9.0),)
        return Comparison(sides, joined(asked), every, words, (OtherPlace(BEIJING, ones),))

    for method in (concordance, collocates, as_query, compare):
        setattr(fake, method.__name__, method)
    return fake


def _line(source: Source, passage: Passage, span: tuple[int, int]) -> Line:
    return Line(source, passage, span, (0, span[0]), (span[1], len(passage.text)))


def _side(fake: Any, query: str) -> Side:
    found = fake.search(query, limit=10**6)
    sources = {hit.source.id: hit.source for hit in found.hits}
    words = Keywords(found.total, 5, (Keyword(f"word-of-{query[-3:]}", 4, 0, 12.0, over=True, form="w"),), 4)
    label = query.removeprefix("city:")
    return Side(query, label, found.total, tuple((one, 1) for one in sources.values()), (("2021", 2),), words)


def _cell_of(line: str, text: str) -> int:
    return width(line[: line.index(text)])


@pytest.mark.parametrize("size", SIZES)
async def test_matches_stand_below_each_other_in_both_languages(
    open_screen: Open, library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(library, size) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert "Words in context  city:Harbin" in screen.lines[0]
        assert "1/3 matches · by source" in screen.lines[0]
        english = next(line for line in screen.lines if "free in Harbin" in line)
        chinese = [line for line in screen.lines if "哈尔滨" in line]
        assert {_cell_of(line, "哈尔滨") for line in chinese} == {_cell_of(english, "in Harbin") + 3}
        assert all(width(line) == size[0] for line in screen.lines)
        assert "Harbin Builds in the Cold · 2021-01-11 · ¶1" in screen.text


async def test_the_source_stands_beside_each_line_where_there_is_room(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert "Harbin Builds in the…  ¶1" in screen.lines[2]


async def test_moving_says_where_the_match_stands(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "n", "j")
        assert "3/3 matches" in screen.lines[0]
        assert "东北云计算的冬天与春天 · 2022-02-12 · ¶2" in screen.text
        await screen.press("N")
        assert "2/3 matches" in screen.lines[0]
        await screen.press("G", "g")
        assert "1/3 matches" in screen.lines[0]


async def test_s_sorts_in_the_next_way(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "s")
        assert "by the words before" in screen.lines[0]
        assert "一位工程师说" in screen.lines[2]
        for said in ("by the words behind", "the latest first", "by source"):
            await screen.press("s")
            assert said in screen.lines[0]


async def test_enter_reads_the_match_in_its_source(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "j", "enter")
        assert screen.app.screen is screen.main
        assert screen.focused == "reader"
        assert screen.main.hit.passage.label == "2"
        assert "东北云计算的冬天与春天" in screen.text
        assert "3 of 3" in screen.text


async def test_y_copies_the_passage_with_its_citation(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "y")
        assert screen.copied == [
            "哈尔滨的冬天很长，数据中心却喜欢这样的天气（冷却几乎不花钱）。\n\n东北云计算的冬天与春天. ¶1."
        ]
        assert "¶1" in screen.lines[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_word_near_the_matches_narrows_the_query(
    open_screen: Open, library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(library, size) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        assert ("Words near" in screen.text) == (size[0] >= 110)
        await screen.press("tab")
        assert screen.focused == "near"
        assert "Words near" in screen.text
        row = next(line for line in screen.lines if "winter" in line)
        assert row.split("winter")[1].split()[:3] == ["3", "2", "1"]
        await screen.press("j", "k", "enter")
        assert screen.query == "city:Harbin winter"
        assert screen.focused == "lines"
        assert "city:Harbin win" in screen.lines[0]
        assert library.asked_near == ["city:Harbin", "city:Harbin winter"]


@pytest.mark.parametrize("key", ["escape", "q", "w"])
async def test_one_step_back_at_a_time(open_screen: Open, library: Any, key: str) -> None:
    async with open_screen(library, (80, 24)) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "tab", key)
        assert screen.focused == "lines"
        assert "Words near" not in screen.text
        await screen.press(key)
        assert screen.app.screen is screen.main
        assert screen.query == "city:Harbin"
        assert screen.focused == "passages"


async def test_slash_goes_to_the_search_line(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "w", "/")
        assert screen.focused == "query"
        await screen.press("j", "v", "/")
        assert screen.focused == "query"


@pytest.mark.parametrize(("query", "said"), [("", "no words in them"), ("zzz", "No passage matches")])
async def test_without_matches_it_says_why(open_screen: Open, library: Any, query: str, said: str) -> None:
    async with open_screen(library) as screen:
        await screen.type(query)
        await screen.press("enter", "w")
        assert said in screen.text
        await screen.press("j", "G", "enter", "y", "s")
        assert "There is no passage to copy." in screen.text
        assert isinstance(screen.app.screen, ConcordanceScreen)


async def test_a_hundred_thousand_lines_are_read_as_they_come_into_view(
    open_screen: Open, library: Any
) -> None:
    library.repeated = 40_000
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "G")
        assert "120,000/120,000 matches" in screen.lines[0]
        assert "▌" in screen.lines[-4]
        assert "一位工程师说" in screen.lines[-4]
        assert "Cold air is free" in screen.lines[-6]


async def test_the_first_lines_do_not_wait_and_stay_when_the_rest_comes(
    open_screen: Open, library: Any
) -> None:
    free = threading.Event()
    library.before_whole = lambda _query: free.wait(10)
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.pilot.press("enter", "w")
        await screen.sees("3+ matches", "Cold air is free")
        await screen.pilot.press("j")
        await screen.sees("2/3+ matches")
        lines = screen.app.screen.query_one("#lines")
        painted = [lines.paint(index, 80) for index in range(3)]
        library.repeated = 100
        free.set()
        await screen.sees("2/300 matches")
        assert [lines.paint(index, 80) for index in range(3)] == painted
        await screen.settle()
        assert screen.app.screen.query_one("#lines").cursor == 1


async def test_lines_of_passages_that_have_gone_say_so(open_screen: Open, library: Any) -> None:
    found = library.concordance

    def with_a_gap(*asked: Any, **how: Any) -> Any:
        concordance = found(*asked, **how)
        return replace(concordance, made=[concordance.made[0], None, *concordance.made[2:]])

    library.concordance = with_a_gap
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w", "j", "enter", "y")
        assert "this passage has gone" in screen.lines[3]
        assert "There is no passage to copy." in screen.text


async def test_an_answer_to_an_older_query_is_not_shown(open_screen: Open, library: Any) -> None:
    free = threading.Event()
    library.before_whole = lambda query: free.wait(10) if query == "city:Harbin" else None
    async with open_screen(library) as screen:
        await screen.type("city:Harbin")
        await screen.pilot.press("enter", "w")
        await screen.sees("3+ matches")
        screen.app.screen._narrow("winter")
        free.set()
        await screen.settle()
        assert "city:Harbin winter" in screen.lines[0]
        assert "/3" not in screen.lines[0]


async def _compare(screen: Any, *typed: str) -> None:
    await screen.press("j", "v", *typed, "enter")


async def test_a_city_and_another_in_a_few_keys(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "v")
        assert "Compare Harbin with" in screen.text
        await screen.press("g", "u")
        assert "Guizhou 贵州" in screen.text
        assert "search for: gu" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, CompareScreen)
        assert "Compare  Harbin · Guizhou · In both" in screen.lines[0]
        assert "╭─ Harbin ─" in screen.lines[1]
        assert "3 passages · 2 sources" in screen.lines[2]
        assert "2021 2" in screen.lines[3]
        assert "words  word-of-bin" in screen.lines[4]
        assert "What they share:" in screen.lines[3]
        assert "words  shared-word" in screen.lines[4]
        assert "cities  Beijing 北京" in screen.lines[5]


@pytest.mark.parametrize(("size", "columns"), list(zip(SIZES, (3, 3, 2, 1), strict=True)))
async def test_as_many_columns_as_fit_the_users_among_them(
    open_screen: Open, library: Any, size: tuple[int, int], columns: int
) -> None:
    async with open_screen(library, size) as screen:
        await _compare(screen)
        seen = [[column.display for column in screen.app.screen.query(".column")]]
        for _ in range(3):
            await screen.press("l")
            seen.append([column.display for column in screen.app.screen.query(".column")])
        assert all(sum(shown) == columns for shown in seen)
        assert seen[0][0]
        assert seen[-1][2]
        assert screen.focused == "passages-2"
        await screen.press("left", "h", "h")
        assert screen.focused == "passages-0"
        assert all(width(line) == size[0] for line in screen.lines)


async def test_tab_turns_to_words_and_cities(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("tab")
        assert "1/3 · words" in screen.lines[0]
        row = next(line for line in screen.lines if "▌word-of-bin" in line)
        assert row.split("│")[1].split() == ["▌word-of-bin", "4", "0"]
        assert "passages here · elsewhere" in screen.text
        assert "▌shared-word" in screen.text
        await screen.press("tab")
        assert "1/3 · cities" in screen.lines[0]
        assert "These passages name no other city" in screen.text
        await screen.press("shift+tab", "shift+tab")
        assert "1/3 · passages" in screen.lines[0]


async def test_enter_on_a_passage_reads_it(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "enter")
        assert screen.app.screen is screen.main
        assert screen.query == "city:Guizhou"
        assert screen.focused == "reader"
        assert "Guizhou offered caves" in screen.text


async def test_enter_on_a_later_passage_reads_that(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("j", "enter")
        assert screen.main.hit.source.path == "dongbei.txt"
        assert "2 of 3" in screen.text


async def test_enter_on_a_word_or_city_searches_for_it(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("tab", "enter")
        assert screen.query == "city:Harbin word-of-bin"
        assert screen.focused == "passages"


async def test_y_copies_in_a_column(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "y")
        assert screen.copied[0].startswith("Guizhou offered caves")
        await screen.press("tab", "y")
        assert "There is no passage to copy." in screen.text


async def test_up_to_four_are_compared_and_two_at_least(open_screen: Open, library: Any) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await _compare(screen)
        await screen.press("x")
        assert "Two are compared at least" in screen.text
        for word in ("cloud", "winter"):
            await screen.press("a", *word, "enter")
        assert "city:" not in screen.lines[0]
        assert "Harbin · Guizhou · cloud · winter · In all 4" in screen.lines[0]
        await screen.press("a")
        assert "Four are compared at most" in screen.text
        await screen.press("x")
        assert "Harbin · Guizhou · cloud · In all 3" in screen.lines[0]
        await screen.press("l", "l", "x")
        assert "what the others have in common" in screen.text


async def test_the_same_question_about_another_city(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("cloud city:Harbin")
        await screen.press("enter", "v", "G", "u", "enter")
        assert "cloud city:Harbin · cloud city:Guizhou" in screen.lines[0]


async def test_with_an_empty_query_both_are_asked_for(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("v")
        assert "Compare what?" in screen.text
        await screen.press("H", "enter")
        assert "Compare Harbin with" in screen.text
        await screen.press("down", "up", "enter")
        assert "Harbin · Guizhou · In both" in screen.lines[0]


async def test_the_question_can_be_left(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "v", "escape")
        assert screen.app.screen is screen.main
        await screen.press("v", "enter", "escape")
        assert screen.app.screen is screen.main
        assert screen.query == "city:Harbin"


async def test_what_cannot_be_compared_is_said(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.type("winter")
        await screen.press("enter", "v", *"winter", "enter")
        assert "cannot be compared" in screen.text
        await screen.press("escape", "escape")
        assert screen.app.screen is screen.main


async def test_further_passages_of_a_column_are_fetched(open_screen: Open, library: Any) -> None:
    source = Source("s9", "long.txt", title="Long", passages=200)
    library.add(source, [f"Guizhou number {number}." for number in range(200)])
    async with open_screen(library) as screen:
        await _compare(screen)
        await screen.press("l", "G")
        assert "201 of 201" in screen.text
        assert "Guizhou number 199." in screen.text


async def test_the_column_of_common_passages_says_when_there_are_none(
    open_screen: Open, library: Any
) -> None:
    async with open_screen(library) as screen:
        await screen.type("winter")
        await screen.press("enter", "v", *"caves", "enter")
        assert "winter · caves · In both" in screen.lines[0]
        assert "No passage is among all of them." in screen.text


async def test_question_mark_lists_the_keys(open_screen: Open, library: Any) -> None:
    async with open_screen(library) as screen:
        await screen.press("j", "w", "?")
        assert "Keys" in screen.text
        await screen.press("escape")
        assert isinstance(screen.app.screen, ConcordanceScreen)


HOSTILE = "[A] [/] [@click=app.quit]x[/] \x1b[2J\x1b[31m \u202eover\u202c z" + "\u0301" * 300 + " $accent {x}"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_text(open_screen: Open, empty_library: Any, size: tuple[int, int]) -> None:
    library = analysed(empty_library)
    source = Source("s1", "p.txt", title=HOSTILE, date=HOSTILE, author=HOSTILE)
    library.add(source, [f"{HOSTILE} Harbin {HOSTILE}", f"Guizhou {HOSTILE}"], section=HOSTILE)
    async with open_screen(library, size) as screen:
        await screen.type("city:Harbin")
        await screen.press("enter", "w")
        seen = [screen.text]
        await screen.press("tab", "escape", "escape", "v", *"[/]")
        seen.append(screen.text)
        await screen.press("enter")
        seen.append(screen.text)
        await screen.press("tab")
        seen.append(screen.text)
        assert "[A]" in seen[0]
        assert screen.app.is_running
        for line in "\n".join(seen).splitlines():
            assert not {"\x1b", "\u202e", "\u202c"} & set(line)
        assert all(width(line) == size[0] for line in screen.lines)


@pytest.mark.parametrize("keys", [("w",), ("w", "tab"), ("v", "enter"), ("v",)])
async def test_any_size_is_borne_and_left_again(
    open_screen: Open, library: Any, keys: tuple[str, ...]
) -> None:
    async with open_screen(library, (160, 50)) as screen:
        await screen.press("j", *keys)
        focused = screen.focused
        for size in ((60, 20), (20, 5), (1, 1), (120, 36)):
            await screen.pilot.resize_terminal(*size)
            await screen.settle()
        assert screen.focused == focused
        assert all(width(line) == 120 for line in screen.lines)
