"""Every quotation of a draft against the sources of a library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hubtui.index.catalogue import Catalogue
from hubtui.search.snapshot import Snapshot
from hubtui.verification.attribution import Bibliography
from hubtui.verification.draft import Draft
from hubtui.verification.findings import Finding, Quotation, Verdict
from hubtui.verification.judge import Judge
from hubtui.verification.locating import names_another
from hubtui.verification.marks import quotations, titlelike
from hubtui.verification.near import Citation, Surroundings


@dataclass(frozen=True, slots=True)
class Verification:
    """What is to be said of a draft.

    Attributes:
        draft: The draft.
        findings: One for each quotation, in order.
        citations: What the draft says of each quotation's source.
    """

    draft: Draft
    findings: Sequence[Finding]
    citations: Sequence[Citation]


class Verifier:
    """Verifies drafts against one state of a library."""

    def __init__(self, catalogue: Catalogue, snapshot: Snapshot) -> None:
        """Verify against ``snapshot`` and the texts of ``catalogue``."""
        self._judge = Judge(catalogue, snapshot)
        self._bibliography = Bibliography(snapshot.sources)

    def verify(self, draft: Draft) -> Verification:
        """Give a finding for each quotation of a draft."""
        found = list(self._quotations(draft))
        near = Surroundings(draft, self._bibliography, found)
        citations = [near.citation(quotation) for quotation in found]
        findings = [
            self._finding(quotation, citation) for quotation, citation in zip(found, citations, strict=True)
        ]
        return Verification(draft, findings, citations)

    def _quotations(self, draft: Draft) -> Iterator[Quotation]:
        for quotation in quotations(draft):
            if not self._bibliography.is_title(quotation.text):
                yield quotation

    def _finding(self, quotation: Quotation, citation: Citation) -> Finding:
        finding = self._judge.judge(quotation, citation.sources)
        if finding.verdict is Verdict.VERIFIED and citation.sources:
            ids = {source.id for source in citation.sources}
            cited = [place for place in finding.places if place.source.id in ids]
            if names_another(citation.text, cited):
                return replace(finding, remarks=(*finding.remarks, "locator"))
        if finding.verdict is not Verdict.MISSING or quotation.kind == "block":
            return finding
        if quotation.kind == "note" or titlelike(quotation.text):
            return replace(finding, verdict=Verdict.UNCHECKED, remarks=("title",), places=(), changes=())
        return finding
