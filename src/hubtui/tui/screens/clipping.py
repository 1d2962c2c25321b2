"""Keeping passages from the main screen."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import _, ngettext
from hubtui.tui.actions import key_of
from hubtui.tui.desk import Desk, Urgency
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.passages import PassageList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubtui.clippings.model import Clipping as Kept
    from hubtui.core.models import Passage
    from hubtui.library import Library
    from hubtui.tui.screens.beside import Afterwards


class Clipping(Base):
    """The part of the main screen that keeps passages, and shows those that were kept."""

    @dataclass
    class Clipped(Message):
        """Passages were kept, or were kept already, or are kept no more; ``what`` says it."""

        what: str

    @dataclass
    class Known(Message):
        """The texts of all passages that are kept."""

        texts: frozenset[str]

    def action_clip(self) -> None:
        """Keep the marked passages, else the current one, with the words that the query matches."""
        passages = list(self.marks.values()) or ([self.marked] if self.marked else [])
        if not passages:
            self.tell(_("There is no passage to keep."), trouble=True)
            return
        query = self.query_text.strip()

        def keep(library: "Library") -> Message:
            known = {(one.path, one.label, one.text) for one in library.clippings.find()}
            paths = {source.id: source.path for source in library.sources()}
            fresh = [one for one in passages if (paths.get(one.source_id), one.label, one.text) not in known]
            ids = [library.clippings.add(passage, query=query).id for passage in fresh]
            if not ids:
                return self.Clipped(_already(passages))
            self.undoable.append(_removal(ids, _named(fresh)))
            return self.Clipped(_kept(fresh))

        self.desk.put("clip", keep, Urgency.ACT)

    def action_show_clippings(self) -> None:
        """Show all clippings."""
        from hubtui.tui.screens.clippings import ClippingsScreen  # after the first paint

        def back(then: "Afterwards | None") -> None:
            self._look()
            if then is not None:
                then(self)

        self.app.push_screen(ClippingsScreen(self.desk), back)

    @on(Clipped)
    def _clipped(self, event: Clipped) -> None:
        self.tell(event.what)
        self._look()

    @on(Desk.Opened)
    def _look(self) -> None:
        """Find out which passages are kept; what is wrong with their file is said where it is used."""

        def look(library: "Library") -> Message:
            kept: Sequence[Kept] = ()
            if library.paths.clippings.exists():
                with suppress(HubtuiError):
                    kept = library.clippings.find()
            return self.Known(frozenset(one.text for one in kept))

        self.desk.put("kept", look, Urgency.LONG)

    @on(Known)
    def _show_kept(self, event: Known) -> None:
        self.query_one(PassageList).show_kept(event.texts)


def _removal(ids: "Sequence[str]", named: str) -> "Callable[[Library], Message]":
    """Give the desk's job that takes clippings back."""

    def remove(library: "Library") -> Message:
        library.clippings.remove(ids)
        return Clipping.Clipped(_("{passages} no longer kept").format(passages=named))

    return remove


def _named(passages: "Sequence[Passage]") -> str:
    if len(passages) == 1:
        return f"¶{passages[0].label}"
    return ngettext("{n} passage", "{n} passages", len(passages)).format(n=len(passages))


def _kept(passages: "Sequence[Passage]") -> str:
    return _("Kept {passages} · {undo} takes it back, {show} shows all").format(
        passages=_named(passages), undo=key_of("undo"), show=key_of("clipping.show")
    )


def _already(passages: "Sequence[Passage]") -> str:
    return _("{passages} already kept · {show} shows all").format(
        passages=_named(passages), show=key_of("clipping.show")
    )
