"""Drafts: their quotations verified against the sources, and citations put into them."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.citation import cite
from hubtui.library.opened import OpenedLibrary
from hubtui.search.snapshot import Snapshot, take_snapshot
from hubtui.verify import Verifier, cited_copy, parse_draft, read_draft

if TYPE_CHECKING:
    from hubtui.verify import CitedCopy, Draft, Occurrence, Verification


class Drafts:
    """Verifies the quotations of drafts."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        self._snapshot = lru_cache(maxsize=1)(self._take_snapshot)

    def verify(self, draft: "Draft | Path | str") -> "Verification":
        """Return a finding for each quotation of a draft, in order; see ``docs/verify.md``.

        Args:
            draft: A draft that was read, the path of one, or its text in Markdown.

        Raises:
            DraftError: The file cannot be read.
            UnconfirmedSourceError: As :meth:`hubtui.Library.confirm`.
        """
        if isinstance(draft, Path):
            draft = read_draft(draft)
        elif isinstance(draft, str):
            draft = parse_draft("draft.md", draft.encode())
        store = self._opened.store()
        snapshot = self._snapshot(store.mark, store.engine.generation)
        found = Verifier(store.catalog, snapshot).verify(draft)
        self._opened.confirm(place.source.id for finding in found.findings for place in finding.places)
        return found

    def cited_copy(self, verification: "Verification", style: str | None = None) -> "CitedCopy":
        """Return a copy of a verified draft with the citations that were missing or wrong.

        Args:
            verification: As :meth:`verify` returned it; it can be used once.
            style: As for :meth:`hubtui.Library.cite`.

        Raises:
            UnknownStyleError: There is no such style.
        """
        return cited_copy(verification, lambda place: self.cite(place, style))

    def cite(self, place: "Occurrence", style: str | None = None) -> str:
        """Return the citation of where a quotation stands, by its first passage.

        Args:
            place: Of a finding.
            style: As for :meth:`hubtui.Library.cite`.

        Raises:
            UnknownStyleError: There is no such style.
        """
        return cite(place.source, self._opened.style_for(place.source, style), place.passages[0])

    def _take_snapshot(self, _mark: bytes, _generation: int) -> Snapshot:
        store = self._opened.store()
        return take_snapshot(store.catalog, store.engine.reader(), self._opened.gazetteer)
