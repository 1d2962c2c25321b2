"""Copying on the main screen: the current passage, what is selected, or all passages that are marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from textual import on
from textual.message import Message

from hubtui.core.i18n import _, ngettext
from hubtui.tui.copies import Form, Quoted, Quoting, is_still_there
from hubtui.tui.desk import Urgency
from hubtui.tui.keeping import Keeper
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.library import Library

Mark: TypeAlias = tuple[str, str]
"""A marked passage: its source's id and its label."""


class Copying(Base, Quoting):
    """The part of the main screen that marks passages and copies."""

    @dataclass
    class Changed(Message):
        """These of the marked passages are no more as they were marked."""

        gone: Sequence[Mark]

    def action_copy_passage(self) -> None:
        """Copy what is selected in the reader, else the marked passages, else the current one."""
        self.copy_quotation(self.quoted())

    def action_copy_as(self) -> None:
        """Choose a format and a style, then copy."""
        from hubtui.tui.screens.copy_as import CopyDialog  # after the first paint

        quoted = self.quoted()
        if not quoted:
            self.copy_quotation(quoted)
            return

        def copy(form: Form | None) -> None:
            if form is not None:
                self.form = form
                self.copy_quotation(quoted)

        self.app.push_screen(CopyDialog(self.desk, quoted, self.form), copy)

    def quoted(self) -> Sequence[Quoted]:
        """Give what a copy takes."""
        reader = self.query_one(Reader)
        if reader.has_focus and (selections := reader.selections):
            return selections
        if self.marks:
            return [(passage, None) for passage in self.marks.values()]
        return [(self.marked, None)] if self.marked else []

    def action_mark_passage(self) -> None:
        """Mark the current passage, or take its mark away."""
        passage = self.marked
        if passage is None:
            self.tell(_("There is no passage to mark."), trouble=True)
            return
        key = passage.source_id, passage.label
        if self.marks.pop(key, None) is None:
            self.marks[key] = passage
        self._show_marks()

    def action_unmark_all(self) -> None:
        """Take all marks away."""
        self.marks.clear()
        self._show_marks()

    @on(Keeper.Synced)
    def _check_marks(self, event: Keeper.Synced) -> None:
        """After a change of the library, see that what is marked is still there."""
        marks = dict(self.marks)
        if not marks or not event.report.changed:
            return

        def check(library: "Library") -> Message | None:
            gone = [mark for mark, passage in marks.items() if not is_still_there(library, passage)]
            return self.Changed(gone) if gone else None

        self.desk.put("marks", check, Urgency.BESIDE)

    @on(Changed)
    def _marks_changed(self, event: Changed) -> None:
        gone = [mark for mark in event.gone if self.marks.pop(mark, None)]
        self._show_marks()
        said = ngettext(
            "{n} mark was taken away: its source has changed",
            "{n} marks were taken away: their sources have changed",
            len(gone),
        )
        self.tell(said.format(n=len(gone)), trouble=True)

    def _show_marks(self) -> None:
        for pane in (self.query_one(PassageList), self.query_one(Reader)):
            pane.show_marks(self.marks)
        self.show_state()
