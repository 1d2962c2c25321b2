"""Match a quotation against a text, up to what editors may change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from hubtui.core.models import Span
from hubtui.verify.normalize import QUOTATION_MARKS, NormalizedText, editorial_changes, text_weight

ELLIPSIS = re.compile(
    r"(?:[\[［(（]\s?)?(?:[…⋯]+|\.{3,}|。{3,}|\. \. \.(?: \.)?)(?:\s?[\]］)）])?",
)
"""What stands for words that were left out."""

_INSERTED = re.compile(r"\[[^\[\]]{1,200}\]|［[^［］]{1,200}］|〔[^〔〕]{1,200}〕")
_ENDING = re.compile(r"[,.;:，。；：、]+$")
_MOST_STARTS = 64
"""Places of a quotation's first words from which the others are looked for."""
_REPLACED = 80
"""Characters of the source that words in square brackets may replace, beyond their own number."""


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """Words of a quotation that stand together.

    Attributes:
        compared: The words.
        before: What stands before them: ``""``, ``omission`` or ``insertion``.
        room: After an insertion, how many characters of the source's form it may replace.
    """

    compared: NormalizedText
    before: str = ""
    room: int = 0


@dataclass(frozen=True, slots=True)
class QuotationMatch:
    """A stretch of a text that a quotation quotes.

    Attributes:
        start: Offset into the text.
        end: Offset after it.
        remarks: What had to be tolerated.
    """

    start: int
    end: int
    remarks: tuple[str, ...]


class QuotationPattern:
    """A quotation, prepared for matching."""

    def __init__(self, text: str) -> None:
        """Prepare ``text``, the quotation without its marks."""
        self.text = text.strip()
        self.weight = text_weight(self.text)

    @cached_property
    def spellings(self) -> list[list[QuotedPart]]:
        """Its parts: with square brackets as text of the source, then with them as insertions."""
        plain = _parts(self.text, insertions=False)
        spelt = _parts(self.text, insertions=True) if _INSERTED.search(self.text) else []
        beside = sum(text_weight(part.compared.text) for part in spelt)
        # What is mostly brackets is no quotation with insertions.
        return [plain, spelt] if beside * 2 > self.weight else [plain]

    @cached_property
    def words(self) -> list[str]:
        """The stretches of text that a source must have."""
        return [part.compared.text for part in self.spellings[-1]]

    def matches(self, source: NormalizedText) -> Iterator[QuotationMatch]:
        """Yield where a text has the quotation, in the first of its spellings that occurs at all."""
        for parts in self.spellings:
            variants = (
                (parts, ""),
                (_without_ending(parts), "ending"),
                (_without_marks(parts), "quotation marks"),
            )
            for row, remark in variants:
                matches = list(_matches(row, source, remark))
                if matches:
                    yield from matches
                    return


def _parts(text: str, *, insertions: bool) -> list[QuotedPart]:
    gaps = [(match.span(), "omission", 0) for match in ELLIPSIS.finditer(text)]
    if insertions:
        taken = [span for span, _, _ in gaps]
        gaps += [
            (match.span(), "insertion", _REPLACED + len(match[0]))
            for match in _INSERTED.finditer(text)
            if all(match.end() <= start or match.start() >= end for start, end in taken)
        ]
    parts: list[QuotedPart] = []
    start, before, room = 0, "", 0
    for (gap_start, gap_end), kind, replaced in [*sorted(gaps), ((len(text), len(text)), "", 0)]:
        compared = NormalizedText(text[start:gap_start])
        if compared.form:
            parts.append(QuotedPart(compared, before, room))
            before = ""
        # Of gaps without words between them an omission leaves most room; none is needed at the beginning.
        if before != "omission":
            before, room = (kind, replaced) if parts or kind == "insertion" else ("", 0)
        start = gap_end
    return parts


def _without_ending(parts: list[QuotedPart]) -> list[QuotedPart]:
    """Return the parts without the punctuation mark at the end; nothing when there is none."""
    if not parts:
        return []
    *others, last = parts
    bare = _ENDING.sub("", last.compared.text.rstrip())
    if not bare or bare == last.compared.text.rstrip():
        return []
    return [*others, replace(last, compared=NormalizedText(bare))]


def _without_marks(parts: list[QuotedPart]) -> list[QuotedPart]:
    """Return the parts without quotation marks at either end; nothing when there are none.

    They may be the draft's own, or half of a pair or an apostrophe that the quotation cuts.
    """
    edge = "".join(QUOTATION_MARKS)
    bare = list(parts)
    if bare:
        bare[0] = replace(bare[0], compared=NormalizedText(bare[0].compared.text.lstrip().lstrip(edge)))
        bare[-1] = replace(bare[-1], compared=NormalizedText(bare[-1].compared.text.rstrip().rstrip(edge)))
    changed = [part.compared.form for part in bare] != [part.compared.form for part in parts]
    return bare if changed and all(part.compared.form for part in bare) else []


def _matches(parts: list[QuotedPart], source: NormalizedText, remark: str) -> Iterator[QuotationMatch]:
    if not parts:
        return
    for count, start in enumerate(_starts(parts[0], source.form, 0)):
        if count == _MOST_STARTS:
            return
        spans = _follow(parts, source, start)
        if spans is not None:
            remarks = dict.fromkeys(_remarks(parts, spans, source))
            if remark:
                remarks[remark] = None
            yield QuotationMatch(source.span(*spans[0])[0], source.span(*spans[-1])[1], tuple(remarks))


def _follow(parts: list[QuotedPart], source: NormalizedText, start: int) -> list[Span] | None:
    """Return the spans of the source's form that match the parts, the first starting at ``start``."""
    spans = [(start, start + len(parts[0].compared.form))]
    for part in parts[1:]:
        end = spans[-1][1]
        following = next(_starts(part, source.form, end), -1)
        if following < 0 or (part.before == "insertion" and following - end > part.room):
            return None
        spans.append((following, following + len(part.compared.form)))
    return spans


def _cuts(source: NormalizedText, at: int) -> bool:
    """Whether a word is cut in two at an offset into the form."""
    if not 0 < at < len(source.form):
        return False
    before, after = source.offsets[at - 1], source.offsets[at]
    return after == before + 1 and source.cuts_word(after)


def _starts(part: QuotedPart, form: str, start: int) -> Iterator[int]:
    """Yield the offsets where a part occurs, in order; its first letter may be a capital or not."""
    wanted = part.compared.form
    first = wanted[0]
    other = first.swapcase() if part.before != "insertion" and len(first.swapcase()) == 1 else first
    spellings = [wanted] if other == first else [wanted, other + wanted[1:]]
    at = [form.find(spelling, start) for spelling in spellings]
    while any(found >= 0 for found in at):
        nearest = min(found for found in at if found >= 0)
        yield nearest
        at = [
            form.find(spelling, nearest + 1) if found == nearest else found
            for spelling, found in zip(spellings, at, strict=True)
        ]


def _remarks(parts: list[QuotedPart], spans: list[Span], source: NormalizedText) -> Iterator[str]:
    if _cuts(source, spans[-1][1]) or (parts[0].before != "insertion" and _cuts(source, spans[0][0])):
        yield "cut"
    if parts[0].before == "insertion":
        yield "insertion"
    for at, (part, span) in enumerate(zip(parts, spans, strict=True)):
        if at and part.before == "insertion":
            yield "insertion"
        elif at and not ELLIPSIS.fullmatch(source.form[spans[at - 1][1] : span[0]]):
            yield "omission"
        yield from editorial_changes(part.compared, (0, len(part.compared.form)), source, span)
