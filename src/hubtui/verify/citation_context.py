"""Find what a draft cites for each of its quotations, in the text around it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hubtui.core.models import Source, Span
from hubtui.verify.attribution import SourceNames, letters_only, unique_sources
from hubtui.verify.draft import Draft, DraftBlock, DraftReference
from hubtui.verify.verdicts import Quotation

_BOUNDARY = re.compile(r"[。！？!?]|\.(?=\s|$|\[|<)|\n")
_FOLLOWS = re.compile(r"[\s”」』》\"'’,.;:，。；：、!?！？]*")
_BRACKET = re.compile(r"[(（][^()（）\n]{3,300}[)）]")
_LOCATOR_BEHIND = re.compile(r"第\d{1,6}[段页]")
_SPACES = re.compile(r"\s+")
_ATTRIBUTED = re.compile(r"—|–|--?\s|[(（\[]|出处|来源|Source:")
_CITED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|https?://|\[[A-Z]{1,2}(?:/OL)?\]|第\d+[段页]|\bparas?\. |\bpp?\. \d"
    r"|n\.d\.|无日期"
)
"""What a citation has beside the title."""
_SENTENCE = 400
"""Characters before and after a quotation among which its source may be named."""


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """What a draft says of a quotation's source.

    Attributes:
        sources: The sources it can mean; empty where it means none of the library's, or that is unclear.
        block: The position of the block that it stands in.
        span: Where it stands there, if it is a mark that can be replaced (a note's, a key, a bracket).
        given: Whether there is any mark at all.
        text: What it says, which may name the page or the paragraph.
    """

    sources: tuple[Source, ...] = ()
    block: int = -1
    span: Span | None = None
    given: bool = False
    text: str = ""


class CitationContext:
    """Finds the citations of a draft's quotations."""

    def __init__(self, draft: Draft, bibliography: SourceNames, quotations: Sequence[Quotation]) -> None:
        """Search ``draft`` for sources that ``bibliography`` knows."""
        self._draft, self._bibliography = draft, bibliography
        self._spans: dict[int, list[Span]] = {}
        for quotation in quotations:
            self._spans.setdefault(quotation.block.position, []).append(quotation.span)
        for spans in self._spans.values():
            spans.sort()
        self._groups: dict[int, Span] = {}
        for block in draft.blocks:
            if block.group:
                first, _ = self._groups.get(block.group, (block.position, 0))
                self._groups[block.group] = first, block.position

    def citation(self, quotation: Quotation) -> DraftCitation:
        """Return the citation nearest to a quotation: after it, before it, or around a block."""
        found = DraftCitation()
        for candidate in self._candidates(quotation):
            if candidate.sources:
                return candidate
            if candidate.given and not found.given:
                found = candidate
                if candidate.span is not None:  # a mark for it, of a source that the library has not
                    return found
        return found

    def _candidates(self, quotation: Quotation) -> Iterator[DraftCitation]:
        block = quotation.block
        if block.kind == "quote":
            yield from self._of_block(block)
            return
        if block.kind == "note":
            yield self._whole(block)
            return
        start, end = quotation.span
        before, after = self._limits(block, quotation.span)
        yield self._marked(block, end, after)
        yield self._named(block, end, after)
        yield self._marked(block, before, start, last=True)
        yield self._named(block, before, start)

    def _of_block(self, block: DraftBlock) -> Iterator[DraftCitation]:
        """Look in the block itself, at the end of the whole quotation, after that, and before."""
        blocks = self._draft.blocks
        first, last = self._groups[block.group]
        yield self._at_end(block)
        yield self._at_end(blocks[last])
        if last + 1 < len(blocks) and self._is_citation(blocks[last + 1]):
            yield self._whole(blocks[last + 1])
        if first > 0 and blocks[first - 1].kind == "paragraph":
            leading = blocks[first - 1]
            end = len(leading.text)
            if leading.text.rstrip().endswith((":", "：", ",", "，", "——")):
                start = max([0, end - _SENTENCE, *self._ends(leading, end)])
                yield self._marked(leading, start, end, last=True)
                yield self._named(leading, start, end)

    def _is_citation(self, block: DraftBlock) -> bool:
        """Whether a paragraph behind a block quotation holds its citation and nothing else."""
        text = block.text.strip()
        if block.kind != "paragraph" or len(text) > _SENTENCE or block.position in self._spans:
            return False
        if _ATTRIBUTED.match(text):
            return True
        named = self._bibliography.titled(text, citation=True)
        return bool(named) and (
            bool(_CITED.search(text))
            or any(letters_only(text) == letters_only(source.title) for source in named)
        )

    def _at_end(self, block: DraftBlock) -> DraftCitation:
        """Look at the marks, the bracket or the last line at the end of a block quotation."""
        end = len(block.text.rstrip())
        start = max(0, end - _SENTENCE, block.text.rfind("\n", 0, end) + 1)
        marked = self._marked(block, start, len(block.text), last=True)
        if marked.given:
            return marked
        if block.text[start:end].lstrip().startswith(("—", "–", "-")):
            line = block.text[start:end]
            return DraftCitation(tuple(self._bibliography.cited(line)), block.position, given=True, text=line)
        brackets = [
            match.start() for match in _BRACKET.finditer(block.text, start, end) if match.end() == end
        ]
        return self._named(block, brackets[0], end) if brackets else DraftCitation()

    def _whole(self, block: DraftBlock) -> DraftCitation:
        marked = self._marked(block, 0, len(block.text))
        if marked.sources:
            return marked
        sources = tuple(self._bibliography.cited(block.text))
        return DraftCitation(sources, block.position, None, given=bool(sources), text=block.text)

    def _limits(self, block: DraftBlock, span: Span) -> Span:
        """Return the stretch around a quotation that is about it: its sentence, up to other quotations."""
        start, end = span
        others = self._spans[block.position]
        at = bisect_left(others, span)
        before = max([0, start - _SENTENCE, *(other[1] for other in others[max(0, at - 1) : at])])
        before = max([before, *self._ends(block, start - 1)])
        after = min(
            [
                len(block.text),
                end + _SENTENCE,
                *(other[0] for other in others[at + 1 : at + 2] if other[0] >= end),
            ]
        )
        closing = _FOLLOWS.match(block.text, end, after)
        stop = _BOUNDARY.search(block.text, closing.end() if closing else end, after)
        if closing and _BOUNDARY.search(closing[0]):
            # The sentence ends with the quotation: only what is attached to it follows.
            return before, self._attached(block, closing.end(), after)
        return before, stop.end() if stop else after

    @staticmethod
    def _ends(block: DraftBlock, end: int) -> list[int]:
        """Return where the last sentence before ``end`` ends."""
        start = max(0, end - _SENTENCE)
        return [match.end() for match in _BOUNDARY.finditer(block.text, start, end)][-1:]

    def _marked(self, block: DraftBlock, start: int, end: int, *, last: bool = False) -> DraftCitation:
        """Return what the marks between two offsets cite, the one nearest to the quotation."""
        marks = self._marks(block, start, end)
        found = DraftCitation()
        for mark in reversed(marks) if last else marks:
            sources = self._meant(mark)
            span = mark.span if mark.kind != "link" else None
            if sources:
                same = [other for other in marks if other.span == mark.span and other is not mark]
                several = tuple(
                    unique_sources([*sources, *(one for other in same for one in self._meant(other))])
                )
                return DraftCitation(several, block.position, span, given=True, text=self._words(block, mark))
            found = found if found.given else DraftCitation((), block.position, span, given=True)
        return found

    def _words(self, block: DraftBlock, mark: DraftReference) -> str:
        """Return the text of a mark: its note, and itself with what directly follows it (``[2]第3段``)."""
        note = self._draft.notes.get(mark.value, "") if mark.kind == "note" else ""
        behind = _LOCATOR_BEHIND.match(block.text, mark.span[1])
        return f"{note} {block.text[slice(*mark.span)]}{behind[0] if behind else ''}"

    def _marks(self, block: DraftBlock, start: int, end: int) -> Sequence[DraftReference]:
        """Return the references of a block that start between two offsets."""
        first = bisect_left(block.references, start, key=_beginning)
        return block.references[first : bisect_left(block.references, end, key=_beginning)]

    def _meant(self, mark: DraftReference) -> list[Source]:
        if mark.kind == "link":
            return self._bibliography.at(mark.value)
        if mark.kind == "key":
            return self._bibliography.keyed(mark.value)
        note = self._draft.notes.get(mark.value, "")
        return self._bibliography.cited(note) if note else []

    def _named(self, block: DraftBlock, start: int, end: int) -> DraftCitation:
        """Return what brackets with author and year, or a title, cite between two offsets."""
        text = block.text[start:end]
        for bracket in _BRACKET.finditer(text):
            if sources := self._bibliography.written(bracket[0]) or self._bibliography.titled(bracket[0]):
                span = start + bracket.start(), start + bracket.end()
                return DraftCitation(tuple(sources), block.position, span, given=True, text=bracket[0])
        if sources := self._bibliography.titled(text):
            return DraftCitation(tuple(sources), block.position, None, given=True)
        for bracket in re.finditer(r"[(（]\s?(?:19|20)\d\d[^()（）]{0,40}[)）]", text):
            name = text[max(0, bracket.start() - 40) : bracket.end()]
            if sources := self._bibliography.written(name):  # Ouyang (2018) says
                return DraftCitation(tuple(sources), block.position, None, given=True)
        return DraftCitation()

    def _attached(self, block: DraftBlock, start: int, end: int) -> int:
        """Return the end of the notes and brackets that follow ``start`` without a word between."""
        at = start
        while at < end:
            spaces = _SPACES.match(block.text, at, end)
            at = spaces.end() if spaces else at
            mark = next(iter(self._marks(block, at, at + 1)), None)
            bracket = _BRACKET.match(block.text, at, end)
            if mark is not None:
                at = mark.span[1]
            elif bracket:
                at = bracket.end()
            else:
                break
        return at


def _beginning(reference: DraftReference) -> int:
    return reference.span[0]
