"""Copy a draft, with the citations that it lacks and right ones in place of wrong ones."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from hubtui.core.errors import cause
from hubtui.core.files import open_new
from hubtui.core.i18n import _
from hubtui.verify.citation_context import DraftCitation
from hubtui.verify.draft import Insertion
from hubtui.verify.read import DraftError
from hubtui.verify.verdicts import Finding, Occurrence, Verdict
from hubtui.verify.verify import Verification

_CLOSING = '”"＂」』﹂﹄》»〞'


@dataclass(frozen=True, slots=True)
class CitedCopy:
    """A copy of a draft.

    Attributes:
        data: Its bytes; text in UTF-8.
        added: Quotations that had no citation.
        corrected: Quotations that were cited to another source, page or paragraph.
    """

    data: bytes
    added: int
    corrected: int


def cited_copy(verification: Verification, cite: Callable[[Occurrence], str]) -> CitedCopy:
    """Write citations into a copy of a draft: for quotations that a source has, and no others.

    Args:
        verification: What was found in the draft. Its draft can be copied once.
        cite: Returns the citation of a place.
    """
    both = zip(verification.findings, verification.citations, strict=True)
    # Nobody knows where a quotation ends whose mark is never closed.
    pairs = [pair for pair in both if "unclosed" not in pair[0].quotation.remarks]
    added = [_added(finding, cite) for finding, citation in pairs if _lacks(finding, citation)]
    corrected = [_corrected(finding, citation, cite) for finding, citation in pairs if _is_wrong(finding)]
    in_order = sorted([*added, *corrected], key=lambda one: (one.block, one.span))
    data = verification.draft.copier.with_notes(in_order)
    return CitedCopy(data, len(added), len(corrected))


def _lacks(finding: Finding, citation: DraftCitation) -> bool:
    """Whether a quotation that a source has names none; in a note, the note itself may be the citation."""
    verified = finding.verdict is Verdict.VERIFIED
    return verified and not citation.given and finding.quotation.block.kind != "note"


def _is_wrong(finding: Finding) -> bool:
    return finding.verdict is Verdict.MOVED or "locator" in finding.remarks


def _added(finding: Finding, cite: Callable[[Occurrence], str]) -> Insertion:
    at = _behind(finding)
    return Insertion(finding.quotation.block.position, (at, at), cite(finding.places[0]))


def _corrected(finding: Finding, citation: DraftCitation, cite: Callable[[Occurrence], str]) -> Insertion:
    """Replace a mark by the right citation, or add that behind the quotation where words name the source."""
    if citation.span is None:
        return _added(finding, cite)
    return Insertion(citation.block, citation.span, cite(finding.places[0]))


def _behind(finding: Finding) -> int:
    """Return the offset behind a quotation and its closing mark."""
    text, (_, end) = finding.quotation.block.text, finding.quotation.span
    if finding.quotation.kind == "block":
        return len(text[:end].rstrip())
    return end + 1 if text[end : end + 1] and text[end] in _CLOSING else end


def write_copy(path: Path, data: bytes) -> Path:
    """Write the copy of a draft beside it, under a name that is not taken, and return that name.

    Raises:
        DraftError: It cannot be written, or the draft was no file.
    """
    if str(path) == "-":
        raise DraftError(
            _("A draft read from standard input has no file to put a copy beside."),
            _("Name the draft's file."),
        )
    for number in count(1):
        middle = ".cited" if number == 1 else f".cited-{number}"
        target = path.with_name(f"{path.stem}{middle}{path.suffix}")
        try:
            with open_new(target) as stream:
                stream.write(data)
        except FileExistsError:
            continue
        except OSError as error:
            reason, remedy = cause(error)
            raise DraftError(
                _("{path} cannot be written: {reason}.").format(path=target, reason=reason), remedy
            ) from error
        return target
    raise AssertionError  # there is always another number
