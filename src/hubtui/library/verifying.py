"""The façade's topic of verifying: the quotations of a draft against the sources."""

from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.library.citing import Citing

if TYPE_CHECKING:
    from hubtui.search.snapshot import Snapshot
    from hubtui.verify import CitedCopy, Draft, Occurrence, Verification


class Verifying(Citing):
    """Verifies the quotations of drafts."""

    _verified: "Snapshot | None" = None

    def verify(self, draft: "Draft | Path | str") -> "Verification":
        """Give a finding for each quotation of a draft, in order; see ``docs/verify.md``.

        Args:
            draft: A draft that was read, the path of one, or its text in Markdown.

        Raises:
            DraftError: The file cannot be read.
        """
        from hubtui.verify import Verifier, parse_draft, read_draft  # noqa: PLC0415  # deferred: only this needs it

        if isinstance(draft, Path):
            draft = read_draft(draft)
        elif isinstance(draft, str):
            draft = parse_draft("draft.md", draft.encode())
        return Verifier(self._opened().catalogue, self._snapshot()).verify(draft)

    def cited_copy(self, verification: "Verification", style: str | None = None) -> "CitedCopy":
        """Give a copy of a verified draft with the citations that were missing or wrong.

        Args:
            verification: As :meth:`verify` gave it; it can be used once.
            style: As for :meth:`cite`.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.verify import cited_copy  # noqa: PLC0415  # deferred: see above

        return cited_copy(verification, lambda place: self.cite_place(place, style))

    def cite_place(self, place: "Occurrence", style: str | None = None) -> str:
        """Give the citation of where a quotation stands, by its first passage.

        Args:
            place: Of a finding.
            style: As for :meth:`cite`.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import cite  # noqa: PLC0415  # deferred: see above

        return cite(place.source, self.style_of(place.source, style), place.passages[0])

    def _snapshot(self) -> "Snapshot":
        from hubtui.search.snapshot import take_snapshot  # noqa: PLC0415  # deferred: see above

        store = self._opened()
        reader = store.engine.reader()
        known = self._verified
        if known is None or known.reader is not reader:
            known = self._verified = take_snapshot(store.catalogue, reader, self._gazetteer)
        return known
