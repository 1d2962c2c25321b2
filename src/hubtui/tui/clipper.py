"""Keep passages as clippings, and take that back."""

from contextlib import suppress
from typing import TYPE_CHECKING

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import _, ngettext
from hubtui.tui.bindings import key_of
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from hubtui.clippings.model import Clipping
    from hubtui.core.models import Passage
    from hubtui.library import Library


class Clipper:
    """Keeps passages, with the words that the query matches, and knows which are kept."""

    def __init__(
        self,
        worker: LibraryWorker,
        session: Session,
        post: "Callable[[Message], object]",
        show_kept: "Callable[[frozenset[str]], None]",
    ) -> None:
        """Clip with ``worker``; ``show_kept`` takes the texts of all passages that are kept."""
        self._worker, self._session, self._post = worker, session, post
        self._show_kept = show_kept

    def clip(self, passages: "Sequence[Passage]") -> None:
        """Keep passages; those that are kept already stay as they are."""
        if not passages:
            self._post(Notice(_("There is no passage to keep."), trouble=True))
            return
        query = self._session.query.strip()

        def keep(library: "Library") -> "Message":
            known = {(one.path, one.label, one.text) for one in library.clippings.find()}
            paths = {source.id: source.path for source in library.sources()}
            fresh = [one for one in passages if (paths.get(one.source_id), one.label, one.text) not in known]
            ids = [library.clippings.add(passage, query=query).id for passage in fresh]
            if not ids:
                return callback(self._clipped, _already(passages))
            self._session.undoable.append(self._removal(ids, _named(fresh)))
            return callback(self._clipped, _kept(fresh))

        self._worker.submit("clip", keep, Priority.ACTION, self._post)

    def _removal(self, ids: "Sequence[str]", named: str) -> "Callable[[Library], Message]":
        def remove(library: "Library") -> "Message":
            library.clippings.remove(ids)
            return callback(self._clipped, _("{passages} no longer kept").format(passages=named))

        return remove

    def _clipped(self, said: str) -> None:
        self._post(Notice(said))
        self.look()

    def look(self) -> None:
        """Find out which passages are kept; what is wrong with their file is said where it is used."""

        def look(library: "Library") -> "Message":
            kept: Sequence[Clipping] = ()
            if library.paths.clippings.exists():
                with suppress(HubtuiError):
                    kept = library.clippings.find()
            return callback(self._show_kept, frozenset(one.text for one in kept))

        self._worker.submit("kept", look, Priority.LONG, self._post)


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
