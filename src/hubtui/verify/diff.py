"""Compare a quotation with a passage that resembles it, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from hubtui.core.models import Span
from hubtui.text.analyzer import HAN
from hubtui.verify.match import ELLIPSIS
from hubtui.verify.normalize import NormalizedText
from hubtui.verify.verdicts import Change

_TOKEN = re.compile(
    rf"{ELLIPSIS.pattern}|\d+(?:[.,]\d+)*|[{HAN}]|(?:(?![{HAN}\d])[^\W_])+(?:['’](?:(?![{HAN}\d])[^\W_])+)*|\S"
)
_GRAMS = 100
"""Short strings of a long quotation that stand for all."""
_MOST = 4_000_000
"""Pairs of tokens that are compared; beyond, a stretch is simply another one."""


class _Token(NamedTuple):
    form: str
    start: int
    end: int


class Alignment(NamedTuple):
    """A quotation laid beside a text.

    Attributes:
        changes: The comparison, from the quotation's first character to its last.
        span: The stretch of the text that was compared.
        likeness: How much of the quotation stands in the text in the same order, 0 to 1.
    """

    changes: tuple[Change, ...]
    span: Span
    likeness: float


def grams(form: str) -> list[str]:
    """Return short strings whose presence says how much of a form a text contains."""
    size = 3 if re.search(f"[{HAN}]", form) else 6
    count = max(1, len(form) - size + 1)
    step = max(1, count // _GRAMS)
    return [form[at : at + size] for at in range(0, count, step)]


def overlap(wanted: Sequence[str], form: str) -> float:
    """Return the share of ``wanted``, from :func:`grams`, that a text's form contains."""
    return sum(gram in form for gram in wanted) / len(wanted) if wanted else 0.0


def align(draft: str, source: str) -> Alignment:
    """Align a quotation with the stretch of ``source`` that resembles it most."""
    ours, theirs = _tokens(draft), _tokens(source)
    base = _nearest(ours, theirs)
    theirs = theirs[base[0] : base[1]]
    rows = _trimmed(_joined(_inner(_opcodes(ours, theirs))))
    if not rows or not theirs:
        return Alignment((Change("added", draft, ""),), (0, 0), 0.0)
    same = sum(len(token.form) for kind, i, j, _, _ in rows if kind == "equal" for token in ours[i:j])
    start = next(theirs[row[3]].start for row in rows if row[3] < row[4])
    end = next(theirs[row[4] - 1].end for row in reversed(rows) if row[3] < row[4])
    changes = [change for row in rows for change in _changes(row, ours, theirs, draft, source)]
    return Alignment(tuple(changes), (start, end), same / max(1, sum(len(token.form) for token in ours)))


_Row = tuple[str, int, int, int, int]
"""Kind, and the beginning and end of a stretch of the draft's tokens and of the source's."""


def _tokens(text: str) -> list[_Token]:
    return [_Token(_form(match[0]), *match.span()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=65536)
def _form(token: str) -> str:
    return "…" if ELLIPSIS.fullmatch(token) else NormalizedText(token).form


def _nearest(ours: Sequence[_Token], theirs: Sequence[_Token]) -> Span:
    """Return the stretch of a long source around its longest match with the quotation."""
    room = len(ours) // 2 + 20
    if len(theirs) <= len(ours) + room or len(ours) * len(theirs) > _MOST:
        return 0, len(theirs)
    block = _matcher(ours, theirs).find_longest_match()
    return max(0, block.a - block.b - room), block.a + len(ours) - block.b + room


def _matcher(ours: Sequence[_Token], theirs: Sequence[_Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [token.form for token in theirs], [token.form for token in ours], False)  # noqa: FBT003  # by position for speed of reading


def _opcodes(ours: Sequence[_Token], theirs: Sequence[_Token]) -> list[_Row]:
    if len(ours) * len(theirs) > _MOST:
        return [("replace", 0, len(ours), 0, len(theirs))]
    opcodes = _matcher(ours, theirs).get_opcodes()
    return [(kind, j1, j2, i1, i2) for kind, i1, i2, j1, j2 in opcodes]


def _inner(rows: list[_Row]) -> list[_Row]:
    """Drop what the source has before and after the quotation."""
    first = 1 if rows and rows[0][0] == "delete" else 0
    return rows[first : -1 if len(rows) > first and rows[-1][0] == "delete" else len(rows)]


def _joined(rows: Sequence[_Row]) -> list[_Row]:
    """Count single tokens that match by chance, amid others that differ, as part of the difference."""
    found: list[_Row] = []
    for at, row in enumerate(rows):
        kind, i1, i2, j1, j2 = row
        alike = kind == "equal"
        if alike and i2 - i1 == 1 and 0 < at < len(rows) - 1 and not _surely_same(rows, at):
            alike = False
        if not alike and found and found[-1][0] != "equal":
            _, first, _, source_first, _ = found.pop()
            i1, j1 = first, source_first
        found.append(("equal" if alike else _kind(i2 - i1, j2 - j1), i1, i2, j1, j2))
    return found


def _surely_same(rows: Sequence[_Row], at: int) -> bool:
    """Whether what differs on both sides of a token is short enough for the token to be no chance."""
    return all(max(row[2] - row[1], row[4] - row[3]) <= 2 for row in (rows[at - 1], rows[at + 1]))


def _kind(ours: int, theirs: int) -> str:
    return "replace" if ours and theirs else "insert" if ours else "delete"


def _trimmed(rows: list[_Row]) -> list[_Row]:
    """Trim what the source has before and after a quotation whose first or last words differ."""
    if rows and rows[0][0] == "replace":
        _, i1, i2, j1, j2 = rows[0]
        rows[0] = "replace", i1, i2, max(j1, j2 - (i2 - i1)), j2
    if len(rows) > 1 and rows[-1][0] == "replace":
        _, i1, i2, j1, j2 = rows[-1]
        rows[-1] = "replace", i1, i2, j1, min(j2, j1 + i2 - i1)
    return rows


def _changes(
    row: _Row, ours: Sequence[_Token], theirs: Sequence[_Token], draft: str, source: str
) -> list[Change]:
    kind, i1, i2, j1, j2 = row
    here, there = _stretch(ours, i1, i2, draft), _stretch(theirs, j1, j2, source)
    if kind == "equal":
        return [Change("same", here, there)]
    if kind == "insert":
        return [Change("added", here, "")]
    if kind == "delete":
        return [Change("dropped", "", there)]
    if all(token.form == "…" for token in ours[i1:i2]):
        return [Change("omitted", here, there)]
    start, end = _ends_alike(here, there)
    middle = here[start : len(here) - end], there[start : len(there) - end]
    kind = "changed" if all(middle) else "added" if middle[0] else "dropped"
    parts = (
        Change("same", here[:start], there[:start]),
        Change(kind, *middle),
        Change("same", here[len(here) - end :], there[len(there) - end :]),
    )
    return [part for part in parts if part.draft or part.source]


def _stretch(tokens: Sequence[_Token], first: int, last: int, text: str) -> str:
    """Return the text of a run of tokens, up to the next one."""
    if first >= last:
        return ""
    return text[tokens[first].start : tokens[last].start if last < len(tokens) else tokens[-1].end]


def _ends_alike(here: str, there: str) -> Span:
    """Count the characters at the beginning and the end of two stretches that need not be shown as changed.

    Numbers and words that share little are shown whole.
    """
    start = _alike(here, there)
    end = _alike(here[start:][::-1], there[start:][::-1])
    middle = here[start : len(here) - end] + there[start : len(there) - end]
    if re.search(r"\d", here + there) or len(middle) > start + end:
        start, end = 0, int(here[-1] == there[-1] == " ")
    return start, end


def _alike(one: str, other: str) -> int:
    """Count the characters at the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (ours, theirs) in pairs if ours != theirs), min(len(one), len(other)))
