"""Extract the quotations of a draft: between quotation marks, in block quotations and in notes."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hubtui.text.analyzer import HAN
from hubtui.verify.draft import Draft, DraftBlock
from hubtui.verify.formats.markdown import shown_text
from hubtui.verify.normalize import text_weight
from hubtui.verify.verdicts import Quotation

_CLOSING = {
    "“": "”",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "《": "》",
    "«": "»",
    "〝": "〞",
    '"': '"',
}
_OPENING = {closing: opening for opening, closing in _CLOSING.items() if closing != opening}
_MARK = re.compile("[%s＂]" % "".join(dict.fromkeys("".join(_CLOSING) + "".join(_CLOSING.values()))))  # noqa: UP031  # braces would be escaped
_MASKED = re.compile(
    r"`[^`\n]{1,1000}`|\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)|</?[A-Za-z][^<>]{0,2000}>"
)
_SENTENCE_MARKS = re.compile("[。；]")
_SAID = re.compile(r"(?:[:：]|[说說称稱道写寫])\s?$")
_LEAST_SAID = 12
_ATTRIBUTION = re.compile(r"\n[ \t]*(?:—|–|--|——|出处|来源|Source:)[^\n]*$")
_SOURCE_LINE = re.compile(r"[ \t]*(?:—|–|--|出处|来源|Source:)[^\n]{0,200}(?<![。！？!?”」])\s*")
_TRAILING = re.compile(
    r"(?:\s*(?:\[\^[^\]\s]{1,80}\]|\[-?@[^\[\]]{1,300}\]|\[\d{1,4}\]"
    r"|[(（][^()（）]{0,200}(?:(?:19|20)\d\d|n\.d\.|无日期|¶|\bpp?\. ?\d|第\d)[^()（）]{0,100}[)）]))+\s*$"
)
"""Notes, and brackets that cite, at the end of a block quotation."""

_INNER_NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]|\[-?@[^\[\]]{1,300}\]")
_OUTER = re.compile(r"\s*[“「『\"](.*)[”」』\"]\s*$", re.DOTALL)
_REACH = 2000
"""Characters that a quotation may have whose mark is not closed."""
_MOST_ENDS = 4
_MOST_UNCLOSED = 50
"""Marks of one paragraph that are not closed and looked at nevertheless."""
_SHOWN = 60
_TAIL = 1000
"""Characters at the end of a block quotation among which its source may be named."""
LONGEST = 2000
"""A longer quotation is divided at the ends of sentences, and its parts are judged one by one."""
_DIVIDED = re.compile(r"[。！？!?；;\n]+[”」』\"]?|\.\s")


class _Mark(NamedTuple):
    at: int
    character: str
    opens: bool


class _Pair(NamedTuple):
    start: int
    end: int
    character: str


def extract_quotations(draft: Draft) -> Iterator[Quotation]:
    """Yield the quotations of a draft, in order."""
    for before, block in pairwise((None, *draft.blocks)):
        if block is None or _is_source(block, before):
            continue
        if block.kind == "quote":
            found = [_whole(block)]
        else:
            found = sorted(_marked(block, markup=draft.markup), key=lambda one: one.span)
        for quotation in found:
            for part in _divided(quotation, markup=draft.markup):
                if part.readings:
                    yield part


def _is_source(block: DraftBlock, before: DraftBlock | None) -> bool:
    """Whether a paragraph of a block quotation is the line below it that names where it is from."""
    below = before is not None and block.group and before.group == block.group
    return bool(below and block.kind == "quote" and _SOURCE_LINE.fullmatch(block.text))


def _whole(block: DraftBlock) -> Quotation:
    """Return a block quotation, without the source that its last line or a bracket at its end may name."""
    text = block.text
    if attribution := _ATTRIBUTION.search(text):
        text = text[: attribution.start()]
    head = max(0, len(text) - _TAIL)
    bare = text[:head] + _TRAILING.sub("", text[head:])
    outer = _OUTER.match(bare)
    readings = [bare, text, block.text, *([outer[1]] if outer else [])]
    return Quotation(block, (0, len(text)), "block", tuple(dict.fromkeys(readings)))


def _marked(block: DraftBlock, *, markup: bool) -> Iterator[Quotation]:
    """Yield the quotations between marks."""
    text = _MASKED.sub(lambda match: "\0" * len(match[0]), block.text) if markup else block.text
    marks = list(_marks(text))
    pairs, unclosed, stray = _paired(marks)
    positions = [mark.at for mark in marks]
    end = -1
    loose = sorted(mark for mark in unclosed if mark.character != "《")[:_MOST_UNCLOSED]
    for pair in sorted(pairs):
        if pair.start < end:
            continue  # inside another
        while loose and loose[0].at < pair.start:
            yield _unclosed(block, loose.pop(0), positions)
        if pair.character == "《" and not _quotes(block.text, pair):
            continue
        end = pair.end
        loose = [mark for mark in loose if mark.at > end]
        span = pair.start + 1, pair.end
        after = bisect_right(positions, pair.end)
        longer = [at for at in positions[after : after + 1] if stray.get(at) == pair.character]
        readings = [block.text[span[0] : at] for at in longer] + [block.text[slice(*span)]]
        kind = "note" if block.kind == "note" else "title marks" if pair.character == "《" else "marks"
        yield Quotation(block, span, kind, tuple(readings))
    for mark in loose:
        yield _unclosed(block, mark, positions)


def _quotes(text: str, pair: _Pair) -> bool:
    """Whether 《》 hold a sentence, rather than a title."""
    inside = text[pair.start + 1 : pair.end]
    if _SENTENCE_MARKS.search(inside):
        return True
    verb = _SAID.search(text, max(0, pair.start - 8), pair.start)
    return bool(verb) and "，" in inside and text_weight(inside) >= _LEAST_SAID


def _unclosed(block: DraftBlock, mark: _Mark, positions: Sequence[int]) -> Quotation:
    limit = min(len(block.text), mark.at + _REACH)
    following = bisect_right(positions, mark.at)
    ends = [at for at in positions[following : following + _MOST_ENDS] if at < limit]
    ends = sorted({*ends, limit}, reverse=True)
    readings = tuple(block.text[mark.at + 1 : end] for end in ends)
    shown = min(ends[-1], mark.at + _SHOWN)
    return Quotation(block, (mark.at + 1, shown), "marks", readings, ("unclosed",))


def _marks(text: str) -> Iterator[_Mark]:
    """Yield the marks of a text; those that look the same on both sides are told by their context."""
    inside = 0
    for match in _MARK.finditer(text):
        character, at = match[0], match.start()
        if character not in '"＂':
            opens = character in _CLOSING
            yield _Mark(at, character if opens else _OPENING[character], opens)
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        begins = (
            bool(after) and not after.isspace() and (not before or before.isspace() or before in "([（【“「—")
        )
        if inside and not begins:
            inside -= 1
            yield _Mark(at, '"', opens=False)
        elif after and not after.isspace() and not (before.isdigit() and not after.isalnum()):
            inside += 1
            yield _Mark(at, '"', opens=True)


def _paired(marks: Sequence[_Mark]) -> tuple[list[_Pair], list[_Mark], dict[int, str]]:
    """Return the pairs, the opening marks never closed, and the stray closing marks by their offsets."""
    pairs: list[_Pair] = []
    stack: list[_Mark] = []
    unclosed: list[_Mark] = []
    stray: dict[int, str] = {}
    open_: Counter[str] = Counter()
    for mark in marks:
        if mark.opens:
            stack.append(mark)
            open_[mark.character] += 1
        elif not open_[mark.character]:
            stray[mark.at] = mark.character
        else:
            while stack[-1].character != mark.character:
                unclosed.append(stack.pop())
                open_[unclosed[-1].character] -= 1
            pairs.append(_Pair(stack.pop().at, mark.at, mark.character))
            open_[mark.character] -= 1
    return pairs, [*unclosed, *stack], stray


def _divided(quotation: Quotation, *, markup: bool) -> Iterator[Quotation]:
    """Divide a long quotation; add to each reading what its markup shows."""
    start, end = quotation.span
    if end - start <= LONGEST:
        yield _shown(quotation, markup=markup)
        return
    text = quotation.block.text
    first = start
    while first < end:
        last = end
        if end - first > LONGEST:
            stops = [match.end() for match in _DIVIDED.finditer(text, first, first + LONGEST)]
            last = stops[-1] if stops else first + LONGEST
        part = Quotation(
            quotation.block, (first, last), quotation.kind, (text[first:last],), quotation.remarks
        )
        yield _shown(part, markup=markup)
        first = last


def _shown(quotation: Quotation, *, markup: bool) -> Quotation:
    found: dict[str, None] = {}
    for reading in quotation.readings:
        found[reading] = None
        if markup:
            found[shown_text(_INNER_NOTE.sub("", reading))] = None
    readings = tuple(reading.strip() for reading in found if reading.strip())
    return Quotation(quotation.block, quotation.span, quotation.kind, readings, quotation.remarks)


def looks_like_title(text: str) -> bool:
    """Whether English words are written as titles write them: the long ones with capitals, no full stop."""
    if re.search(f"[{HAN}]", text):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 4]
    return (
        len(words) >= 2
        and all(word[0].isupper() for word in words)
        and not text.rstrip().endswith((".", "!"))
    )
