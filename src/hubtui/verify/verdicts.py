"""Quotations, verdicts and findings: what a verification reports."""

from dataclasses import dataclass
from enum import StrEnum

from hubtui.core.i18n import N_
from hubtui.core.models import Passage, Source, Span
from hubtui.verify.draft import DraftBlock


class Verdict(StrEnum):
    """What is to be said of a quotation."""

    VERIFIED = "verified"
    """A source has it, up to what editors may change; see :attr:`Finding.remarks`."""
    ALTERED = "altered"
    """A passage resembles it, and differs."""
    MOVED = "moved"
    """A source has it, but not the one that the draft cites."""
    MISSING = "not found"
    """No passage resembles it."""
    UNCHECKED = "unchecked"
    """Too short to tell from a common phrase, or no quotation."""


VERDICTS = {
    Verdict.VERIFIED: N_("verified"),
    Verdict.ALTERED: N_("altered"),
    Verdict.MOVED: N_("moved"),
    Verdict.MISSING: N_("not found"),
    Verdict.UNCHECKED: N_("unchecked"),
}
"""The verdicts as they are shown."""

WRONG = frozenset({Verdict.ALTERED, Verdict.MOVED, Verdict.MISSING})
"""The verdicts after which the draft has to be changed."""

REMARKS = {
    "quotation marks": N_("other quotation marks"),
    "spaces": N_("other spaces"),
    "width": N_("full and half width exchanged"),
    "script": N_("Simplified and Traditional exchanged"),
    "dashes": N_("other dashes"),
    "capital": N_("another capital at the beginning"),
    "ending": N_("another mark at the end"),
    "omission": N_("an ellipsis for what was left out"),
    "insertion": N_("words in square brackets"),
    "cut": N_("begins or ends inside a word or number"),
    "several passages": N_("runs over several passages"),
    "short": N_("too short to check"),
    "title": N_("looks like a title"),
    "unclosed": N_("its quotation mark is not closed"),
    "locator": N_("the citation names another page or paragraph"),
    "other source": N_("not in the source that is cited"),
}
"""The remarks that a finding may carry, as they are shown."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a draft.

    Attributes:
        block: The part of the draft that it stands in.
        span: Where it stands in the block's text, without its marks.
        kind: ``marks``, ``title marks`` (《》), ``block`` or ``note`` (in a footnote).
        readings: What may be meant as quoted, the likeliest first: the text between the marks, and others
            where marks are nested badly, or where markup cannot be told from text.
        remarks: What is wrong with it before it is looked for.
    """

    block: DraftBlock
    span: Span
    kind: str
    readings: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The quotation as it stands in the draft."""
        return self.block.text[self.span[0] : self.span[1]]

    @property
    def number(self) -> int:
        """The line of its beginning, or its paragraph in a Word document; from 1."""
        return self.block.number_at(self.span[0])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where in the library a text stands.

    Attributes:
        source: The source.
        passages: The passage, or several that follow each other.
        spans: For each passage, the part of its text.
    """

    source: Source
    passages: tuple[Passage, ...]
    spans: tuple[Span, ...]

    @property
    def address(self) -> str:
        """``SOURCE:N``, or ``SOURCE:N-M`` for several passages."""
        first, last = self.passages[0].label, self.passages[-1].label
        return f"{self.source.path}:{first}" + (f"-{last}" if last != first else "")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a comparison between a quotation and its source.

    Attributes:
        kind: ``same``, ``changed``, ``added`` (only the draft has it), ``dropped`` (only the source has
            it) or ``omitted`` (dropped, with an ellipsis or brackets in its place).
        draft: The draft's characters.
        source: The source's.
    """

    kind: str
    draft: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of one quotation.

    Attributes:
        quotation: The quotation.
        verdict: The verdict.
        places: Every place that has it, those in a cited source first; of an altered or missing one the
            nearest place, if any.
        remarks: What had to be tolerated, keys of :data:`REMARKS`.
        changes: The comparison with the first place, for an altered or missing quotation.
        likeness: How much of the quotation the first place has in the same order, 0 to 1.
        cited: The sources that the draft cites for it; empty where that cannot be told.
    """

    quotation: Quotation
    verdict: Verdict
    places: tuple[Occurrence, ...] = ()
    remarks: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    likeness: float = 0.0
    cited: tuple[Source, ...] = ()
