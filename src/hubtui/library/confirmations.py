"""Confirming sources before they are quoted, where the index may be a stranger's."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.errors import UnconfirmedSourceError
from hubtui.core.i18n import _
from hubtui.core.models import Passage
from hubtui.index.store import Store

if TYPE_CHECKING:
    from hubtui.places.corrections import MentionCorrectionFile


class Confirmations:
    """The sources of a library of which it is known, for this session, that they say what the index holds.

    Of an index that this user's hubtui wrote, what it holds is known to be what it wrote. Of any other, each
    source is read again before it is quoted. Safe to use from several threads.
    """

    def __init__(self, seeds: Path, said: "MentionCorrectionFile") -> None:
        """Confirm the sources in ``seeds``."""
        self._seeds = seeds
        self._said = said
        self._lock = threading.Lock()
        self._state: tuple[bytes, int] | None = None
        self._own = False
        self._known: set[str] = set()

    def confirm(self, store: Store, ids: Iterable[str]) -> None:
        """Make sure that sources say what the index holds of them, facts and passages.

        Raises:
            UnconfirmedSourceError: One says something else, and has been indexed anew where that can be.
        """
        with self._lock:
            self._follow(store)
            due = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
            if self._own:  # a source that is gone was this user's own as well
                catalogue = store.catalogue
                self._known.update(
                    id_ for id_ in due if catalogue.is_sealed(id_) or catalogue.source(id_) is None
                )
                due = [id_ for id_ in due if id_ not in self._known]
            if due:
                from hubtui.index.confirmation import confirm  # deferred: most indexes are own

                confirm(self._seeds, store, self._said, due)
                self._known.update(due)

    def confirm_passages(self, store: Store, passages: Iterable[Passage]) -> None:
        """Make sure that passages stand in their sources as they are.

        Raises:
            UnconfirmedSourceError: One does not.
        """
        wanted = list(passages)
        self.confirm(store, [passage.source_id for passage in wanted])
        if self._own:
            return
        stored = {
            (passage.source_id, passage.label, passage.text)
            for id_ in {passage.source_id for passage in wanted}
            for passage in store.catalogue.read(id_)
        }
        for passage in wanted:
            if (passage.source_id, passage.label, passage.text) not in stored:
                raise UnconfirmedSourceError(
                    _("Passage {label} does not stand in its source any more.").format(label=passage.label),
                    _("Search again, and quote what the source says now."),
                )

    def _follow(self, store: Store) -> None:
        """Forget what was confirmed of another state of the index."""
        state = store.mark, store.catalogue.generation
        if state != self._state:
            self._state, self._own, self._known = state, store.is_own(), set()
