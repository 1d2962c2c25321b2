"""Verify quotations: is what a draft quotes in the sources, and in the one it cites?

:mod:`.formats` read drafts, :mod:`.extract` finds their quotations, :mod:`.citation_context` what they cite.
The index says which passages may contain a quotation (:mod:`.lookup`), their texts whether they do
(:mod:`.match`), up to what editors may change (:mod:`.normalize`).
"""

from hubtui.verify.cited_copy import CitedCopy, cited_copy, write_copy
from hubtui.verify.draft import Draft
from hubtui.verify.read import DraftError, parse_draft, read_draft
from hubtui.verify.verdicts import REMARKS, VERDICTS, WRONG, Change, Finding, Occurrence, Quotation, Verdict
from hubtui.verify.verify import Verification, Verifier

__all__ = [
    "REMARKS",
    "VERDICTS",
    "WRONG",
    "Change",
    "CitedCopy",
    "Draft",
    "DraftError",
    "Finding",
    "Occurrence",
    "Quotation",
    "Verdict",
    "Verification",
    "Verifier",
    "cited_copy",
    "parse_draft",
    "read_draft",
    "write_copy",
]
