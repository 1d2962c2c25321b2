"""The headings of the source that is open, to go to one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hubtui.core.i18n import _
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.core.models import Entry

Heading = tuple[int, str, str]
"""The place of a heading's passage in its source, the passage's label, and the heading."""


class Headings(Base):
    """The part of the main screen that jumps to headings."""

    def action_show_headings(self) -> None:
        """List the headings of the source that is open."""
        from hubtui.tui.screens.headings_dialog import HeadingsDialog  # after the first paint

        reader = self.query_one(Reader)
        if reader.source is None:
            self.tell(_("No source is open"), trouble=True)
            return
        headings = headings_of(reader.entries)
        if not headings:
            self.tell(_("This source has no headings"))
            return

        def jump(place: int | None) -> None:
            if place is not None:
                self.go("reader")
                reader.open_section(place)

        self.app.push_screen(HeadingsDialog(headings, reader.index), jump)


def headings_of(entries: Sequence["Entry"]) -> list[Heading]:
    """Give the headings of a source, each with the first passage that it is above."""
    found: list[Heading] = []
    section = ""
    for place, entry in enumerate(entries):
        if entry.section and (entry.section != section or entry.kind == "heading"):
            found.append((place, entry.label, entry.section))
        section = entry.section
    return found
