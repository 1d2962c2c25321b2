"""Saved searches: the present query is kept under a name, or one of the saved ones asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.i18n import _
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base

if TYPE_CHECKING:
    from hubtui.library import Library


class Saved(Base):
    """The part of the main screen that opens the saved searches."""

    @dataclass
    class Listed(Message):
        """The saved searches."""

        searches: Mapping[str, str]

    @dataclass
    class Done(Message):
        """A search was saved or taken out."""

        said: str

    def action_show_searches(self) -> None:
        """List the saved searches, and offer to save the query."""
        self.desk.put("searches", lambda library: self.Listed(library.searches.all()), Urgency.ACT)

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        from hubtui.tui.screens.searches import SearchesDialog  # after the first paint

        present = self.query_text.strip()
        self.app.push_screen(
            SearchesDialog(present, event.searches, self._save, self._forget), self._ask_saved
        )

    def _ask_saved(self, query: str | None) -> None:
        if query is not None:
            self.set_query(query)

    def _save(self, name: str, query: str) -> None:
        def save(library: "Library") -> Message:
            library.searches.save(name, query)
            return self.Done(_("Saved as {name}").format(name=name))

        self.desk.put(f"save {name}", save, Urgency.ACT)

    def _forget(self, name: str) -> None:
        def forget(library: "Library") -> Message:
            library.searches.remove(name)
            return self.Done(_("Took out {name}").format(name=name))

        self.desk.put(f"forget {name}", forget, Urgency.ACT)

    @on(Done)
    def _done(self, event: Done) -> None:
        self.tell(event.said)
