"""Very long paragraphs to passages, at the ends of sentences."""

import re
from collections.abc import Iterator

from hubtui.sources.lines import cells

LONGEST = 2400
"""Terminal cells (1,200 Chinese characters, about 400 English words) of the longest passage."""

_SENTENCE_END = re.compile(r"(?:[。！？!?…]+|\.(?=\s))[”’\"')）」』】]*\s*|\n+")
_CLAUSE_END = re.compile(r"[，,、；;：:]\s*|\s+")


def split_long(text: str) -> list[tuple[str, str]]:
    """Give the parts of a paragraph with their letters, or all of it with ``""``.

    The parts hold every character of the text but the white space between them, and are of about the
    same length: at most :data:`LONGEST` cells, cut at ends of sentences, else of clauses or words.
    """
    if len(text) <= LONGEST // 2 or cells(text) <= LONGEST:
        return [("", text)]
    width = cells(text)
    target = width / (-(-width // LONGEST) + 1)
    parts: list[list[str]] = [[]]
    taken = 0
    for sentence in _cut(text, _SENTENCE_END):
        for piece in _short_enough(sentence):
            size = cells(piece)
            if taken and (taken >= target or taken + size > LONGEST):
                parts.append([])
                taken = 0
            parts[-1].append(piece)
            taken += size
    texts = ["".join(pieces).strip() for pieces in parts]
    return [(letters(n), part) for n, part in enumerate(part for part in texts if part)]


def letters(n: int) -> str:
    """Give the name of the part ``n`` (from 0): ``a``, ``b``… ``z``, ``aa``…."""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def _short_enough(sentence: str) -> Iterator[str]:
    if len(sentence) <= LONGEST // 4 or cells(sentence) <= LONGEST // 2:
        yield sentence
        return
    for clause in _cut(sentence, _CLAUSE_END):
        for start in range(0, len(clause), LONGEST // 4):
            yield clause[start : start + LONGEST // 4]


def _cut(text: str, end: re.Pattern[str]) -> list[str]:
    ends = [match.end() for match in end.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]
