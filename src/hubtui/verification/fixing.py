"""A copy of a draft with the citations that it lacks, and right ones for those that are wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hubtui.verification.draft import Insertion
from hubtui.verification.findings import Finding, Place, Verdict
from hubtui.verification.near import Citation
from hubtui.verification.verify import Verification

_CLOSING = '”"＂」』﹂﹄》»〞'


@dataclass(frozen=True, slots=True)
class CitedCopy:
    """A copy of a draft.

    Attributes:
        data: Its bytes; text in UTF-8.
        added: Quotations that had no citation.
        corrected: Quotations that were cited to another source.
    """

    data: bytes
    added: int
    corrected: int


def cited_copy(verification: Verification, cite: Callable[[Place], str]) -> CitedCopy:
    """Write citations into a copy of a draft: for quotations that a source has, and no others.

    Args:
        verification: What was found in the draft. Its draft can be copied once.
        cite: Gives the citation of a place.
    """
    added = list(_insertions(verification, cite, Verdict.VERIFIED))
    corrected = list(_insertions(verification, cite, Verdict.MOVED))
    in_order = sorted([*added, *corrected], key=lambda one: (one.block, one.span))
    data = verification.draft.copier.with_notes(in_order)
    return CitedCopy(data, len(added), len(corrected))


def _insertions(
    verification: Verification, cite: Callable[[Place], str], verdict: Verdict
) -> Iterator[Insertion]:
    for finding, citation in zip(verification.findings, verification.citations, strict=True):
        if finding.verdict is verdict and (verdict is Verdict.MOVED or _lacks(finding, citation)):
            note = cite(finding.places[0])
            if verdict is Verdict.MOVED and citation.span is not None:
                yield Insertion(citation.block, citation.span, note)
            else:
                at = _behind(finding)
                yield Insertion(finding.quotation.block.position, (at, at), note)


def _lacks(finding: Finding, citation: Citation) -> bool:
    """Whether a quotation that a source has names none; in a note, the note itself may be the citation."""
    return not citation.given and finding.quotation.block.kind != "note"


def _behind(finding: Finding) -> int:
    """Give the offset behind a quotation and its mark."""
    text, (_, end) = finding.quotation.block.text, finding.quotation.span
    if finding.quotation.kind == "block":
        return len(text[:end].rstrip())
    return end + 1 if text[end : end + 1] and text[end] in _CLOSING else end
