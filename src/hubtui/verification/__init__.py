"""Verifying quotations: is what a draft quotes in the sources, and in the one it cites?

Drafts are read by :mod:`.formats`, their quotations found by :mod:`.marks`, their citations by
:mod:`.near`. The index says which passages may have a quotation (:mod:`.candidates`), their texts whether
they do (:mod:`.matching`), up to what editors may change (:mod:`.forms`).
"""

from hubtui.verification.draft import Draft
from hubtui.verification.findings import REMARKS, VERDICTS, WRONG, Change, Finding, Place, Quotation, Verdict
from hubtui.verification.fixing import CitedCopy, cited_copy
from hubtui.verification.reading import DraftError, parse_draft, read_draft, write_copy
from hubtui.verification.verify import Verification, Verifier

__all__ = [
    "REMARKS",
    "VERDICTS",
    "WRONG",
    "Change",
    "CitedCopy",
    "Draft",
    "DraftError",
    "Finding",
    "Place",
    "Quotation",
    "Verdict",
    "Verification",
    "Verifier",
    "cited_copy",
    "parse_draft",
    "read_draft",
    "write_copy",
]
