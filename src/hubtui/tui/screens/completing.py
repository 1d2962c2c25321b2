"""Completing on the main screen: what the query that is being typed may become."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from hubtui.tui.desk import Urgency
from hubtui.tui.screens.searching import Searching
from hubtui.tui.widgets.choices import Choices
from hubtui.tui.widgets.search import QueryInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubtui.library import Library
    from hubtui.search.completion import Choice, Slot


class Completing(Searching):
    """The part of the main screen that offers completions."""

    @dataclass
    class Offered(Message):
        """What the query may become that has the cursor at this place."""

        query: str
        cursor: int
        choices: "Sequence[Choice]"

    _asked_at: tuple[str, int] | None = None
    """The query and the cursor for which choices are asked and not here yet."""
    _offered_at: tuple[str, int] | None = None
    """Those for which they are shown."""
    _take_first = False
    """Whether the first choice is to be taken as soon as it is here."""

    def on_mount(self) -> None:
        """Follow the cursor in the query."""
        self.watch(self.query_one(QueryInput), "selection", self._cursor_moved, init=False)

    @property
    def _slot(self) -> "Slot | None":
        from hubtui.search.completion import slot_at  # after the first paint

        line = self.query_one(QueryInput)
        return slot_at(line.value, line.cursor_position)

    @on(Input.Changed, "#query")
    def _ask_choices(self, event: Input.Changed) -> None:
        line = self.query_one(QueryInput)
        if not (line.has_focus and event.value == line.value and self.was_typed(line.value) and self._slot):
            self.close_choices()
            return
        query, cursor = self._asked_at = line.value, line.cursor_position
        line.awaits_choices = True

        def complete(library: "Library") -> Message | None:
            if self._asked_at != (query, cursor):
                return None
            return self.Offered(query, cursor, library.queries.complete(query, cursor))

        self.desk.put("complete", complete, Urgency.BESIDE)

    @on(Offered)
    def _offer(self, event: Offered) -> None:
        line, slot = self.query_one(QueryInput), self._slot
        here = line.value, line.cursor_position
        if self._asked_at != here or (event.query, event.cursor) != here or slot is None:
            return
        take, self._take_first, self._asked_at = self._take_first, False, None
        # What stands there already need not be offered.
        there = line.value[slot.start : slot.end]
        choices = () if [choice.text for choice in event.choices] == [there] else event.choices
        self._offered_at = here
        y = self.query_one("#search").region.bottom
        regions = [widget.region for widget in self.walk_children(Widget) if widget.display]
        edges = {edge for region in regions for edge in (region.x, region.right)}
        self.query_one(Choices).offer(choices, line.column_of(slot.start), y, self.size.width, edges)
        line.has_choices, line.awaits_choices = bool(choices), False
        if take:
            self._take() if choices else self.action_step_pane(1)

    def _cursor_moved(self) -> None:
        line = self.query_one(QueryInput)
        # A key that types changes the value first, and new choices are on their way then.
        here = line.value, line.cursor_position
        if self._offered_at and here[0] == self._offered_at[0] and here != self._offered_at:
            self.close_choices()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Offer nothing where nothing is typed."""
        if event.widget.id == "query":
            self.close_choices()

    def close_choices(self) -> bool:
        """Offer nothing any more; tell whether something was offered."""
        line, choices = self.query_one(QueryInput), self.query_one(Choices)
        self._asked_at = self._offered_at = None
        self._take_first = line.has_choices = line.awaits_choices = False
        shown = choices.display
        choices.close()
        return shown

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Tab to the search line while there is something to take."""
        line = self.query_one(QueryInput)
        if action == "step_pane" and line.can_take and line.has_focus:
            return parameters != (1,)
        return super().check_action(action, parameters)

    @on(QueryInput.Taken)
    def _take(self) -> None:
        line, slot, choice = self.query_one(QueryInput), self._slot, self.query_one(Choices).first
        if self._asked_at:
            self._take_first = True
        elif choice is not None and slot is not None:
            self._write_choice(line, slot, choice)

    @on(Choices.Clicked)
    def _choice_clicked(self, event: Choices.Clicked) -> None:
        slot = self._slot
        if slot is not None:
            self._write_choice(self.query_one(QueryInput), slot, event.choice)

    def _write_choice(self, line: QueryInput, slot: "Slot", choice: "Choice") -> None:
        from hubtui.search.completion import completed  # after the first paint

        self.close_choices()
        line.value, line.cursor_position = completed(line.value, slot, choice)

    @on(QueryInput.Left)
    def _left(self) -> None:
        if self.query_one(Choices).chosen:
            self._take()
        else:
            self.go("passages")

    @on(QueryInput.Newer)
    def _newer(self) -> None:
        if self.query_one(QueryInput).has_choices:
            self.query_one(Choices).choose(1)
        elif self.trail.is_newest:
            self.go("passages")
        else:
            self.action_step_query(1)

    @on(QueryInput.Older)
    def _older(self) -> None:
        choices = self.query_one(Choices)
        if choices.chosen:
            choices.choose(-1)
        else:
            self.close_choices()
            self.action_step_query(-1)
