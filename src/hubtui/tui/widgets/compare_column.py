"""One of the columns of a comparison: what is known of a query, and its passages, words or cities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.render import content
from hubtui.tui.widgets import compare_text
from hubtui.tui.widgets.rows import PassageList, Rows
from hubtui.tui.widgets.tally_list import TallyList, TallyRow

if TYPE_CHECKING:
    from hubtui.core.models import Hit, SearchResult

PAGE = 50
"""Passages that are asked for at a time."""

VIEWS = ("passages", "words", "places")
"""What a column can show."""


class CompareColumn(Vertical):
    """A query's passages; or the words, or the cities, that set them apart."""

    @dataclass
    class Wanted(Message):
        """Passages from ``offset`` on come into view and are not here yet."""

        column: "CompareColumn"
        offset: int

    def __init__(self, query: str, number: int) -> None:
        super().__init__(id=f"column-{number}", classes="column")
        self.query_text = query
        self._number = number
        self._view = VIEWS[0]
        self._subtitles = {"passages": "", "words": "", "places": ""}

    def compose(self) -> ComposeResult:
        """Lay out what is known of the query, and its lists."""
        yield Static(classes="about")
        yield PassageList(id=f"passages-{self._number}", page=PAGE)
        for view in VIEWS[1:]:
            rows = TallyList(id=f"{view}-{self._number}")
            rows.say(_("Counting …"))
            rows.display = False
            yield rows

    def on_mount(self) -> None:
        """Say what the column is called; without its lists, which it lacks if it is being removed already."""
        self.border_title = content(self.query_text)

    @property
    def rows(self) -> Rows:
        """The list that is shown."""
        return self.query_one(f"#{self._view}-{self._number}", Rows)

    @property
    def hit(self) -> "Hit | None":
        """The passage under the cursor, while passages are shown."""
        return self._passages.hit if self._view == "passages" else None

    @property
    def tally(self) -> TallyRow | None:
        """The word or city under the cursor, while these are shown."""
        return self.rows.tally if isinstance(self.rows, TallyList) else None

    @property
    def _passages(self) -> PassageList:
        return self.query_one(PassageList)

    def turn(self, view: str) -> None:
        """Show passages, words or cities."""
        self._view = view
        for one in VIEWS:
            self.query_one(f"#{one}-{self._number}").display = one == view
        self.border_subtitle = content(self._subtitles[view])

    def answer(self, result: "SearchResult", none: str, *, stay: bool) -> None:
        """Show the first passages, or say that there are none; with ``stay`` the cursor keeps its place."""
        self._passages.say(none)
        self._passages.answer(result, stay=stay)
        self.about(compare_text.before_counting(result.total))

    def add(self, offset: int, result: "SearchResult") -> None:
        """Take a further page of passages in."""
        self._passages.add(offset, result)

    def call(self, label: str) -> None:
        """Say what the column is called."""
        self.border_title = content(label)

    def about(self, lines: compare_text.AboutLines) -> None:
        """Say what is known of the passages: lines, each of a quiet part and what stands out."""
        message = (Content.assemble(content(quiet, "$quiet"), content(text)) for quiet, text in lines)
        self.query_one(".about", Static).update(Content("\n").join(message))

    def tell(self, view: str, tallies: Sequence[TallyRow], subtitle: str, none: str) -> None:
        """Show words or cities, with what their columns count; or say that there are none."""
        rows = self.query_one(f"#{view}-{self._number}", TallyList)
        rows.say(none)
        rows.answer(tallies)
        self._subtitles[view] = subtitle
        self.turn(self._view)

    @on(PassageList.Wanted)
    def _page_wanted(self, event: PassageList.Wanted) -> None:
        event.stop()
        self.post_message(self.Wanted(self, event.offset))

    @on(PassageList.Picked)
    def _passage_picked(self, event: PassageList.Picked) -> None:
        event.stop()
        passages = self._passages
        self._subtitles["passages"] = strings.place_in(passages.cursor, passages.count)
        self.turn(self._view)
