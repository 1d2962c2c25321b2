"""Stepping on the main screen: back and forward through the queries, also those of former times."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message
from textual.widgets import Input

from hubtui.core.paths import history_file
from hubtui.tui import phrases
from hubtui.tui.desk import Desk, Urgency
from hubtui.tui.history import Trail, load, save
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.search import QueryInput

if TYPE_CHECKING:
    from hubtui.library import Library


class Stepping(Base):
    """The part of the main screen that remembers the way of the query."""

    @dataclass
    class Remembered(Message):
        """What was asked of this library before, and the file that keeps it."""

        queries: Sequence[str]
        file: Path

    _written = ""
    """What was last put into the search line by something else than typing."""
    _file: Path | None = None
    _kept: Sequence[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.trail = Trail()

    def set_query(self, query: str) -> None:
        """Write the query, as a step of its own."""
        self._write(query)
        self.trail.visit(self.query_one(QueryInput).value.strip())
        self._keep()

    def was_typed(self, query: str) -> bool:
        """Whether the query was typed, and not written by something else."""
        return query != self._written

    def action_step_query(self, step: int) -> None:
        """Go to the query before or after this one."""
        if self.trail.back() if step < 0 else self.trail.forward():
            self._write(self.trail.present)
        else:
            self.tell(phrases.no_other_query(step))

    @on(Input.Changed, "#query")
    def _step_typed(self, event: Input.Changed) -> None:
        if event.value == self.query_one(QueryInput).value and self.was_typed(event.value):
            self._written = ""
            self.trail.type(event.value.strip())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take what was typed for a step, once one goes on."""
        if event.widget.id == "query":
            self.trail.settle()
            self._keep()

    def on_unmount(self) -> None:
        """Keep what was typed last; there is no more time for the desk to do it."""
        fresh = self.trail.fresh()
        if self._file is not None and fresh != self._kept:
            with suppress(OSError):  # no reason to keep anyone from quitting
                save(self._file, fresh)

    @on(Desk.Opened)
    def _recall(self) -> None:
        def recall(library: "Library") -> Message:
            file = history_file(library.paths.root)
            return self.Remembered(load(file), file)

        self.desk.put("recall", recall, Urgency.BESIDE)

    @on(Remembered)
    def _remembered(self, event: Remembered) -> None:
        self._file = event.file
        self.trail.begin_after(event.queries)

    def _keep(self) -> None:
        file, fresh = self._file, self.trail.fresh()
        if file is None or fresh == self._kept:
            return
        self._kept = fresh

        def keep(_library: "Library") -> None:
            with suppress(OSError):  # a trail that cannot be kept still leads back while the screen is open
                save(file, fresh)

        self.desk.put("keep", keep, Urgency.LONG)

    def _write(self, query: str) -> None:
        line = self.query_one(QueryInput)
        line.value = query
        self._written = line.value
        line.cursor_position = len(line.value)
