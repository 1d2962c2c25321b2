"""Words in context: every match of the query on a line of its own, and the words that stand near them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from hubtui.core.i18n import N_, _, ngettext
from hubtui.core.models import Hit, Passage
from hubtui.text.cells import before, behind, fit, pad, width
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.layout import WIDE
from hubtui.tui.render import Mark, content, segments
from hubtui.tui.screens.secondary import HeadingBar, ReadHit, SecondaryScreen
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.rows import Line as Painted
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.widgets.tally_list import TallyList, TallyRow
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.analysis.collocates import Collocates
    from hubtui.analysis.concordance import Concordance, ConcordanceLine, Sort
    from hubtui.library import Library

_ROOM_FOR_SOURCE = 96
"""From so many cells on, the source stands beside each line."""
_SOURCE = 26


class ConcordanceLines(Rows):
    """One line a match: what stands before it, right up to a column; the match; what stands behind it."""

    recolours = False

    @dataclass
    class Wanted(Message):
        """Lines from ``offset`` on come into view and are not here yet."""

        offset: int

    @dataclass
    class Picked(Message):
        """The cursor is on this line now, or on none."""

        line: "ConcordanceLine | None"

    def __init__(self, *, id: str, page: int) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._page = page
        self._pages: dict[int, Sequence[ConcordanceLine | None]] = {}
        self._asked: int | None = None

    @property
    def line(self) -> "ConcordanceLine | None":
        """The line under the cursor, if there is one and it is here."""
        return self._line(self.cursor)

    def answer(self, count: int, first: "Sequence[ConcordanceLine | None]", cursor: int) -> None:
        """Show ``count`` lines, of which the first page is here, with the cursor on one of them."""
        self._pages = {0: first}
        self._asked = None
        self.show(count, cursor)
        self._tell()

    def grow(self, count: int) -> None:
        """Show more lines behind those there were, which stay as they are."""
        self._asked = None
        self.show(count, self.cursor)

    def add(self, offset: int, lines: "Sequence[ConcordanceLine | None]") -> None:
        """Take a further page in."""
        self._pages[offset // self._page] = lines
        self._asked = None
        self.repaint()
        if self.cursor // self._page == offset // self._page:
            self._tell()

    def moved(self) -> None:
        """Post which line the cursor is on."""
        self._tell()

    def paint(self, index: int, cells: int) -> list[Painted]:
        """The source where there is room, and the match in its context."""
        line = self._line(index)
        quiet = self.style("quiet")
        if line is None:
            if self._is_here(index):
                return [[Segment(_("– this passage has gone –"), quiet)]]
            self._want(index)
            return [[Segment("…", quiet)]]
        about: Painted = []
        if cells >= _ROOM_FOR_SOURCE:
            number = f" ¶{line.passage.label} "
            label = pad(fit(line.source.label, _SOURCE - width(number)), _SOURCE - width(number))
            about = [Segment(label, quiet), Segment(number, quiet)]
            cells -= _SOURCE
        return [[*about, *in_context(line, cells, self.style("match"))]]

    def _line(self, index: int) -> "ConcordanceLine | None":
        page, place = divmod(index, self._page)
        return self._pages[page][place] if self._is_here(index) else None

    def _is_here(self, index: int) -> bool:
        page, place = divmod(index, self._page)
        return 0 <= place < len(self._pages.get(page, ()))

    def _want(self, index: int) -> None:
        offset = index // self._page * self._page
        if offset != self._asked:
            self._asked = offset
            self.post_message(self.Wanted(offset))

    def _tell(self) -> None:
        line = self.line
        if self.count and not self._is_here(self.cursor):
            self._want(self.cursor)
        else:
            self.post_message(self.Picked(line))


def in_context(line: "ConcordanceLine", cells: int, marked: Style) -> Painted:
    """Return a match in its context, ``cells`` wide, with the match beginning at two fifths of it."""
    text, (start, end) = line.passage.text, line.match
    room = cells * 2 // 5
    first, taken = before(text, line.left[0], start, room)
    last, _ = behind(text, start, line.right[1], cells - room)
    context = segments(text, first, last, Style(), [Mark(start, min(end, last), marked)])
    return [Segment(" " * (room - taken), Style()), *context]


_PAGE = 100
"""Lines that are asked for at a time."""
_FIRST = 300
"""Passages of the first answer, which is there at once; the rest follows."""
_NEARBY = 1_000
"""How far a line is looked for from where it was, after a sync."""
_SORTED: "dict[Sort, str]" = {
    "source": N_("by source"),
    "left": N_("by the words before"),
    "right": N_("by the words behind"),
    "date": N_("the latest first"),
}


class ConcordanceScreen(SecondaryScreen):
    """The matches of a query in their context; beside them, with ``Tab``, the words near them."""

    CSS_PATH = "concordance.tcss"
    where = Where.CONTEXT
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(where)

    @dataclass
    class Found(Message):
        """The lines of a concordance in an order, with the first of them, and the one for the cursor.

        For the request of this number.
        """

        number: int
        found: "Concordance"
        first: "Sequence[ConcordanceLine | None]"
        cursor: int = 0

    @dataclass
    class Read(Message):
        """The lines from ``offset`` on, for the request of this number."""

        number: int
        offset: int
        lines: "Sequence[ConcordanceLine | None]"

    @dataclass
    class Near(Message):
        """The words near the matches, for the query of this number."""

        number: int
        found: "Collocates"

    def __init__(
        self, worker: LibraryWorker, session: Session, query: str, narrowed: Callable[[str], None]
    ) -> None:
        """Show the matches of ``query``, and tell ``narrowed`` when the user adds a word to it."""
        super().__init__(worker, session)
        self._query = query
        self._tell_narrowed = narrowed
        self._followed: ConcordanceLine | None = None
        """The line to stay on while a changed library is asked again."""
        self._asked = 0
        """The newest request for lines; answers to others are stale."""
        self._of_query = 0
        """The newest query's first request."""
        self._sort: Sort = "source"
        self._found: Concordance | None = None
        self._sorting = False

    def compose(self) -> ComposeResult:
        """Lay out the lines and the words near them."""
        yield HeadingBar(id="heading")
        with Horizontal(id="context"):
            yield ConcordanceLines(id="lines", page=_PAGE)
            yield TallyList(id="near")
        yield Static(id="where")
        yield StatusBar(id="bottom")

    def on_mount(self) -> None:
        """Name the lists, and ask."""
        self.query_one(StatusBar).hint(Where.CONTEXT)
        near = self.query_one("#near", TallyList)
        near.border_title = content(_("Words near"))
        near.border_subtitle = content(_("near · before · behind"))
        self.set_focus(self._lines)
        self._ask()

    def on_resize(self, event: events.Resize) -> None:
        """The words near stand beside the lines where there is room."""
        self._arrange(event.size.width)

    def on_descendant_focus(self) -> None:
        """The words near show while they have the keys."""
        self._arrange(self.size.width)

    @property
    def _lines(self) -> ConcordanceLines:
        return self.query_one("#lines", ConcordanceLines)

    @property
    def passage(self) -> Passage | None:
        """The passage of the line under the cursor."""
        line = self._lines.line
        return line.passage if line else None

    def _arrange(self, width: int) -> None:
        near = self.query_one("#near")
        near.display = width >= WIDE or near.has_focus
        self.set_class(width < WIDE, "-over")

    def follow_library(self) -> None:
        """Ask again; the user stays on their line as long as it is one."""
        self._followed = self._lines.line
        self._ask(awaited=False)

    def _ask(self, *, awaited: bool = True) -> None:
        """Ask for the lines of the query: the first at once, then all of them, then the words near.

        With ``awaited`` the next keys are meant for what is shown then.
        """
        self._asked += 1
        number = self._of_query = self._asked
        query, sort = self._query, self._sort

        def first(library: "Library") -> Message:
            return self._answer(number, library.analysis.concordance(query, most=_FIRST))

        def whole(library: "Library") -> Message | None:
            found = library.analysis.concordance(query, sort, cancelled=lambda: number != self._asked)
            return self._answer(number, found) if number == self._asked else None

        def near(library: "Library") -> Message | None:
            return self.Near(number, library.analysis.collocates(query)) if number == self._of_query else None

        self._sorting = sort != "source"
        self._lines.say(_("Looking for matches …"))
        self.query_one("#near", TallyList).say(_("Counting words …"))
        if not self._sorting:
            self.worker.submit("context", first, post=self.post_message, awaited=awaited)
        wait = awaited and self._sorting
        self.worker.submit("context", whole, Priority.LONG, self.post_message, awaited=wait)
        self.worker.submit("near", near, Priority.LONG, post=self.post_message)
        self._say()

    def _answer(self, number: int, found: "Concordance") -> "ConcordanceScreen.Found":
        return self.Found(number, found, found.lines(0, _PAGE), self._place_of(found))

    def _place_of(self, found: "Concordance") -> int:
        """Return where the line is to stay on now, not too far from where it was; else the first place."""
        line, cursor = self._followed, self._lines.cursor
        if line is None:
            return 0
        first = max(0, cursor - _NEARBY)
        for place, other in enumerate(found.lines(first, cursor + _NEARBY), first):
            if other and (other.source.id, other.passage.text, other.match) == (
                line.source.id,
                line.passage.text,
                line.match,
            ):
                return place
        return min(cursor, max(0, len(found) - 1))

    @on(Found)
    def _lines_found(self, event: Found) -> None:
        overtaken = self._found is not None and self._found.complete and not event.found.complete
        if event.number != self._asked or overtaken:
            return
        before, self._found = self._found, event.found
        self._sorting = False
        grown = before is not None and not before.complete and event.found.sort == before.sort
        if grown and len(event.found) >= self._lines.count > 0:
            self._lines.grow(len(event.found))
        else:
            self._lines.answer(len(event.found), event.first, event.cursor)
        if event.found.complete:
            self._followed = None
        if event.found.complete and not len(event.found):
            self._lines.say(*_why_none(event.found.passages))
        self._say()

    @on(ConcordanceLines.Wanted)
    def _lines_wanted(self, event: ConcordanceLines.Wanted) -> None:
        found, number, offset = self._found, self._asked, event.offset
        if found is not None:
            self.worker.submit(
                "context page",
                lambda _library: self.Read(number, offset, found.lines(offset, offset + _PAGE)),
                post=self.post_message,
            )

    @on(Read)
    def _lines_read(self, event: Read) -> None:
        if event.number == self._asked:
            self._lines.add(event.offset, event.lines)

    @on(Near)
    def _near_found(self, event: Near) -> None:
        if event.number != self._of_query:
            return
        near = self.query_one("#near", TallyList)
        near.say(_("No word stands near the matches more often than elsewhere."))
        near.answer(
            [
                TallyRow(word.word, (f"{word.near:,}", f"{word.left:,}", f"{word.right:,}"), word.word)
                for word in event.found.words
            ]
        )

    @on(ConcordanceLines.Picked)
    def _line_picked(self, event: ConcordanceLines.Picked) -> None:
        line = event.line
        about = (line.source.label, line.source.date, f"¶{line.passage.label}") if line else ()
        self.query_one("#where", Static).update(content(" · ".join(filter(None, about))))
        self._say()

    @on(Rows.Entered)
    def _row_entered(self, event: Rows.Entered) -> None:
        if event.rows is self._lines:
            line = self._lines.line
            if line is not None:
                self.dismiss(ReadHit(Hit(line.source, line.passage, 0.0, (line.match,)), self._query))
        elif (tally := self.query_one("#near", TallyList).tally) is not None:
            self._narrow(tally.word)

    def _narrow(self, word: str) -> None:
        """Look only where the word stands too."""
        self._query = f"{self._query} {word}".strip()
        self._tell_narrowed(self._query)
        self._found = None
        self._lines.show(0, 0)
        self.query_one("#near", TallyList).answer([])
        self.set_focus(self._lines)
        self._ask()

    def action_sort(self) -> None:
        """Sort the lines in the next way."""
        found = self._found
        if found is None:
            return
        sorts: Sequence[Sort] = tuple(_SORTED)
        self._sort = sort = sorts[(sorts.index(self._sort) + 1) % len(sorts)]
        self._asked += 1
        number, query = self._asked, self._query

        def put_in_order(library: "Library") -> Message | None:
            whole = found if found.complete else library.analysis.concordance(query)
            return self._answer(number, whole.sorted(sort)) if number == self._asked else None

        self._sorting = True
        self.worker.submit("context", put_in_order, Priority.LONG, self.post_message, awaited=True)
        self._say()

    def action_near(self) -> None:
        """Go to the words near the matches, or back to the lines."""
        near = self.query_one("#near", TallyList)
        if near.has_focus:
            self.set_focus(self._lines)
        else:
            near.display = True
            self.set_focus(near)

    def action_back(self) -> None:
        """Go from the words near to the lines, from there to the main screen."""
        if self.query_one("#near").has_focus:
            self.set_focus(self._lines)
        else:
            self.dismiss(None)

    def _say(self) -> None:
        """Say how much is shown, and in which order."""
        found, amount = self._found, _("looking …")
        if found is not None:
            place = f"{self._lines.cursor + 1:,}/" if len(found) else ""
            matches = ngettext("{n} match", "{n} matches", len(found)).format(
                n=f"{place}{len(found):,}{'' if found.complete else '+'}"
            )
            order = _("sorting …") if self._sorting else _(_SORTED[found.sort])
            amount = f"{matches} · {order}"
        self.query_one(HeadingBar).say(_("Words in context"), self._query, amount)


def _why_none(passages: int) -> tuple[str, ...]:
    if passages:
        return (
            _("The query selects passages, but no words in them."),
            "",
            _("Press / and add a word or a city."),
        )
    return (_("No passage matches."), "", _("Press / and search for something else."))
