"""The search bar: the query as it is typed, its completions and its history, and how much it selects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.text.cells import width
from hubtui.tui import strings
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.session import QueryHistory, Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.widgets.choices import Choices
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.core.models import Fault, Span
    from hubtui.library import Library
    from hubtui.search.completion import Choice, Slot


class QueryInput(LineInput):
    """Where the query is typed; what is wrong in it is underlined."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.SEARCH)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"query--fault"}

    class Left(Message):
        """The user wants to go on to the passages."""

    class Newer(Message):
        """The user wants the next choice, a newer query, or to go on to the passages."""

    class Older(Message):
        """The user wants the previous choice, or an older query."""

    class Taken(Message):
        """The user takes the choice."""

    has_choices = False
    """Whether there is something to choose from."""

    awaits_choices = False
    """Whether there soon may be."""

    @property
    def can_take(self) -> bool:
        """Whether there is something to take, or soon may be."""
        return self.has_choices or self.awaits_choices

    def on_mount(self) -> None:
        """Begin without a fault."""
        self._faults: tuple[str, Sequence[Span]] = "", ()
        self.highlighter = _Underline(self)

    def mark(self, query: str, faults: Sequence["Span"]) -> None:
        """Underline what is wrong in ``query``, as long as that is what stands here."""
        self._faults = query, faults
        self.refresh()

    @property
    def faults(self) -> Sequence["Span"]:
        """What is wrong in the query as it is now."""
        query, faults = self._faults
        return faults if query == self.value else ()

    @property
    def cursor_column(self) -> int:
        """The column of the screen that the cursor is in."""
        return self.cursor_screen_offset.x

    def column_of(self, offset: int) -> int:
        """Return the column of the screen in which the character at ``offset`` begins."""
        return self.cursor_column - width(self.value[offset : self.cursor_position])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that take a choice to others while there is none."""
        if action == "take":
            return self.can_take
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go on to the passages."""
        self.post_message(self.Left())

    def action_newer(self) -> None:
        """Choose the next, or go to a newer query, or to the passages."""
        self.post_message(self.Newer())

    def action_older(self) -> None:
        """Choose the previous one, or go to an older query."""
        self.post_message(self.Older())

    def action_take_at_end(self) -> None:
        """Take what is chosen, or the first; elsewhere than at the end, move the cursor."""
        if self.can_take and self.cursor_at_end:
            self.action_take()
        else:
            self.action_cursor_right()

    def action_take(self) -> None:
        """Take what is chosen, or the first."""
        self.post_message(self.Taken())


class _Underline(Highlighter):
    """Underlines the faults of a query."""

    def __init__(self, line: QueryInput) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Underline them in ``text``."""
        style = self._line.get_component_rich_style("query--fault", partial=True)
        for start, end in self._line.faults:
            text.stylize(style, start, end)


class SearchBar(Horizontal):
    """The query and the number of passages.

    Whatever changes the query changes what stands here; each change is asked once, and the other panes
    follow :class:`Asked`.

    Attributes:
        history: The queries that were asked before.
    """

    @dataclass
    class Asked(Message):
        """Another query begins, or the same anew.

        Attributes:
            stay: Whether the user stays on their passage.
            awaited: Whether the next keys are meant for the passages that it selects.
        """

        stay: bool
        awaited: bool = False

    class Done(Message):
        """The user goes on to the passages."""

    class NextPane(Message):
        """The user goes on to the next pane."""

    @dataclass
    class Offered(Message):
        """The completions of a query with the cursor at an offset."""

        query: str
        cursor: int
        choices: "Sequence[Choice]"

    def __init__(
        self, worker: LibraryWorker, session: Session, choices: Choices, *, id: str
    ) -> None:  # Textual's name for it
        """Type the query of ``session``, with its completions in ``choices``."""
        super().__init__(id=id)
        self.history = QueryHistory(worker)
        self._worker, self._session = worker, session
        self._choices = choices
        self._selected: Sequence[str] = ("",)
        self._written = ""
        """What was last put into the search line by something else than typing."""
        self._asked_at: tuple[str, int] | None = None
        """The query and the cursor for which completions are asked and not here yet."""
        self._offered_at: tuple[str, int] | None = None
        """Those for which they are shown."""
        self._take_first = False
        """Whether the first completion is to be taken as soon as it is here."""

    def compose(self) -> ComposeResult:
        """Lay out the input and the count."""
        self.border_title = content(_("Search"))
        yield Static(content("/"), id="prompt")
        yield QueryInput(
            placeholder=_('words, "phrases", city:Harbin, 云计算 …'),
            id="query",
            compact=True,
            select_on_focus=False,
        )
        yield Static(id="selected")

    def on_mount(self) -> None:
        """Follow the cursor in the query."""
        self.watch(self.input, "selection", self._cursor_moved, init=False)

    def on_unmount(self) -> None:
        """Keep what was typed last."""
        self.history.close()

    @property
    def input(self) -> QueryInput:
        """Where the query is typed."""
        return self.query_one(QueryInput)

    def open(self) -> None:
        """Ask for what stands here, now that the library is open; and read what was asked before."""
        self.history.recall(self.post_message)
        self._ask(self.input.value)

    def refresh_answers(self) -> None:
        """Ask the query again; the user stays where they are."""
        self._ask(self._session.query, stay=True)

    def set_query(self, query: str) -> None:
        """Write the query, as a step of its own."""
        self._write(query)
        self.history.visit(self.input.value.strip())

    def set_filter(self, name: str, value: str | None) -> None:
        """Write a filter into the query, or remove it."""
        from hubtui.search.parser import set_filter  # after the first paint

        self.set_query(set_filter(self.input.value, name, value))

    def toggle_view(self, name: str) -> None:
        """Write a way of counting mentions into the query, or remove it."""
        from hubtui.search.parser import toggle_view  # after the first paint

        self.set_query(toggle_view(self.input.value, name))

    def take_back(self, *names: str) -> None:
        """Remove the first of these filters that the query has; without any, empty it."""
        from hubtui.search.parser import get_filter  # after the first paint

        for name in names:
            if get_filter(self._session.query, name) is not None:
                self.set_filter(name, None)
                return
        if self._session.query:
            self.set_query("")

    def step_query(self, step: int) -> None:
        """Go to the query before or after this one."""
        trail = self.history.trail
        if trail.back() if step < 0 else trail.forward():
            self._write(trail.present)
        else:
            self.post_message(Notice(strings.no_other_query(step)))

    def begin_word(self) -> None:
        """Put the cursor behind the query, for a word of its own: not the end of a filter's value."""
        line = self.input
        if line.value and not line.has_focus:
            line.value = f"{line.value.rstrip()} "
            line.cursor_position = len(line.value)

    def say(self, *selected: str) -> None:
        """Show how much the query selects, in the longest of these ways that there is room for."""
        self._selected = selected
        self._show_selected()

    def mark_faults(self, query: str, asked: str, faults: "Sequence[Fault]") -> None:
        """Underline what is wrong in ``query``, of which ``asked`` was looked for.

        Offsets behind what was left out because it is being typed lie further on in the query.
        """
        left_out = len(query) - len(asked)
        gap = (self._session.typed_to or 0) - left_out
        spans = [
            (fault.start, fault.end)
            if fault.start < gap or not left_out
            else (fault.start + left_out, fault.end + left_out)
            for fault in faults
        ]
        self.input.mark(query, spans)

    def on_resize(self) -> None:
        """More room, more words."""
        self.call_after_refresh(self._show_selected)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take what was typed for a query that was meant, and ask it whole."""
        from hubtui.search.completion import slot_at  # after the first paint

        if event.widget is not self.input:
            return
        self.close_choices()
        session = self._session
        slot = None if session.typed_to is None else slot_at(session.query, session.typed_to)
        if session.typing or (slot and slot.name):
            self._ask(session.query, stay=not session.typing, awaited=True)
        else:
            self._worker.await_answer("search")
        self.history.settle()

    @on(Input.Changed)
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        line = self.input
        newest = event.value == line.value
        typed = event.value != self._written
        if line.has_focus and newest and typed and self._slot:
            self._ask_choices()
        else:
            self.close_choices()
        self._ask(event.value)
        if newest and typed:
            self._written = ""
            self.history.trail.type(event.value.strip())

    def _ask(self, query: str, *, stay: bool = False, awaited: bool = False) -> None:
        from hubtui.search.parser import is_begun  # after the first paint

        line = self.input
        typed_to = line.cursor_position if line.has_focus else None
        self._session.ask(query, typed_to, typing=typed_to == len(query) and is_begun(query))
        self.post_message(self.Asked(stay, awaited))

    def _write(self, query: str) -> None:
        line = self.input
        line.value = query
        self._written = line.value
        line.cursor_position = len(line.value)

    def _show_selected(self) -> None:
        shown = self.query_one("#selected", Static)
        room = shown.size.width
        fitting = (message for message in self._selected if width(message) <= room)
        shown.update(content(next(fitting, self._selected[-1])))

    @property
    def takes_tab(self) -> bool:
        """Whether Tab takes a completion."""
        return self.input.has_focus and self.input.can_take

    @property
    def _slot(self) -> "Slot | None":
        from hubtui.search.completion import slot_at  # after the first paint

        return slot_at(self.input.value, self.input.cursor_position)

    def _ask_choices(self) -> None:
        line = self.input
        query, cursor = self._asked_at = line.value, line.cursor_position
        line.awaits_choices = True

        def complete(library: "Library") -> Message | None:
            if self._asked_at != (query, cursor):
                return None
            return self.Offered(query, cursor, library.queries.complete(query, cursor))

        self._worker.submit("complete", complete, Priority.BACKGROUND, self.post_message)

    @on(Offered)
    def _offer(self, event: Offered) -> None:
        line, slot = self.input, self._slot
        here = line.value, line.cursor_position
        if self._asked_at != here or (event.query, event.cursor) != here or slot is None:
            return
        take, self._take_first, self._asked_at = self._take_first, False, None
        # What stands there already need not be offered.
        there = line.value[slot.start : slot.end]
        choices = () if [choice.text for choice in event.choices] == [there] else event.choices
        self._offered_at = here
        line.has_choices, line.awaits_choices = bool(choices), False
        if choices or self._choices.display:
            self._show_choices(choices, line.column_of(slot.start))
        if take:
            self._take() if choices else self.post_message(self.NextPane())

    def _show_choices(self, choices: "Sequence[Choice]", column: int) -> None:
        self._choices.offer(choices, column, self.region.bottom, self.screen.size.width)

    def _cursor_moved(self) -> None:
        # A key that types changes the value first, and new completions are on their way then.
        here = self.input.value, self.input.cursor_position
        if self._offered_at and here[0] == self._offered_at[0] and here != self._offered_at:
            self.close_choices()

    def close_choices(self) -> bool:
        """Offer nothing any more; whether something was offered."""
        line = self.input
        self._asked_at = self._offered_at = None
        self._take_first = line.has_choices = line.awaits_choices = False
        shown = self._choices.display
        self._choices.close()
        return shown

    def take_choice(self, choice: "Choice") -> None:
        """Write a completion into the query."""
        from hubtui.search.completion import completed  # after the first paint

        line, slot = self.input, self._slot
        if slot is not None:
            self.close_choices()
            line.value, line.cursor_position = completed(line.value, slot, choice)

    @on(QueryInput.Taken)
    def _take(self) -> None:
        if self._asked_at:
            self._take_first = True
            self._worker.await_answer("complete")  # which the next keys come behind
        elif (choice := self._choices.first) is not None:
            self.take_choice(choice)

    @on(QueryInput.Left)
    def _left(self) -> None:
        if self._choices.chosen:
            self._take()
        else:
            self.post_message(self.Done())

    @on(QueryInput.Newer)
    def _newer(self) -> None:
        if self.input.has_choices:
            self._choices.choose(1)
        elif self.history.trail.is_newest:
            self.post_message(self.Done())
        else:
            self.step_query(1)

    @on(QueryInput.Older)
    def _older(self) -> None:
        if self._choices.chosen:
            self._choices.choose(-1)
        else:
            self.close_choices()
            self.step_query(-1)
