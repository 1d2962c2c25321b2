"""Copying on the main screen: the current passage, what is selected, or all passages that are marked."""

from collections.abc import Sequence

from hubtui.i18n import _
from hubtui.tui.copies import Form, Quoted, Quoting
from hubtui.tui.screens.base import Base
from hubtui.tui.screens.copy_as import CopyDialog
from hubtui.tui.widgets.passages import PassageList
from hubtui.tui.widgets.reader import Reader


class Copying(Base, Quoting):
    """The part of the main screen that marks passages and copies."""

    def action_copy_passage(self) -> None:
        """Copy what is selected in the reader, else the marked passages, else the current one."""
        self.copy_quotation(self.quoted())

    def action_copy_as(self) -> None:
        """Choose a format and a style, then copy."""
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

    def _show_marks(self) -> None:
        for pane in (self.query_one(PassageList), self.query_one(Reader)):
            pane.show_marks(self.marks)
        self.show_state()
