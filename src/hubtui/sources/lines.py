"""Lines of plain text to paragraphs: which line breaks mean something."""

import re
from collections.abc import Sequence
from itertools import pairwise

_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\U00020000-\U0003fffd]"
)
_WIDEST_WRAPPED = 130
"""Terminal cells in the longest line of a text whose lines were broken to fit a width."""
_NARROWEST_WRAPPED = 30
_ENDED = re.compile(r"[。！？!?.…:：;；][”’\"')）」』】]*$")
_ITEM = re.compile(r"(?:[-*+•●○▪■◆·–—]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）])\s*(?=\S)")
_BULLET = re.compile(r"(?:[-*+•●○▪■◆·‣]\s+|[•●○▪■◆‣]\s*)(?=\S)")
_HYPHENATED = re.compile(r"[A-Za-z]{2}-$")


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes: two for a Chinese, Japanese or Korean character."""
    return len(text) + len(_WIDE.findall(text))


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a plain text, each on one line.

    Empty lines separate paragraphs. A break of a line does so too, unless the lines of the text were
    broken to fit a width: then the lines of a paragraph are joined.
    """
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip(" \t　"):
            groups[-1].append(line.rstrip(" \t　"))
        elif groups[-1]:
            groups.append([])
    width = wrap_width(groups)
    return [paragraph for lines in groups if lines for paragraph in _join(lines, width)]


def wrap_width(groups: Sequence[Sequence[str]]) -> int:
    """Give the width in cells that the lines were broken at, or 0 where they were not.

    Lines were broken to fit when the first word of most lines would not have fitted on the line before,
    and few lines end where a sentence does.
    """
    longest = max((cells(line) for lines in groups for line in lines), default=0)
    pairs = [
        (line, following)
        for lines in groups
        for line, following in pairwise(lines)
        if not _ITEM.match(following.lstrip())
    ]
    if not pairs or not _NARROWEST_WRAPPED <= longest <= _WIDEST_WRAPPED:
        return 0
    full = sum(_is_full(line, following, longest) for line, following in pairs)
    open_ended = sum(not _ENDED.search(line) for line, _ in pairs)
    return longest if full >= 0.6 * len(pairs) and open_ended >= 0.5 * len(pairs) else 0


def strip_bullet(text: str) -> str:
    """Give an item of a list without its bullet, or ``""`` where there is none."""
    bullet = _BULLET.match(text)
    return text[bullet.end() :].strip() if bullet else ""


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of one paragraph: Chinese without a space, English with one, hyphenation undone."""
    bare = [line.strip(" \t　") for line in lines]
    joined = bare[0]
    for line in bare[1:]:
        if _HYPHENATED.search(joined) and line[:1].islower():
            joined = joined[:-1] + line
        elif _WIDE.match(joined[-1:]) and _WIDE.match(line[:1]):
            joined += line
        else:
            joined = f"{joined} {line}".strip()
    return joined


def _join(lines: list[str], width: int) -> list[str]:
    if not width:
        return [line.strip(" \t　") for line in lines]
    started = [[lines[0]]]
    for line, following in pairwise(lines):
        if _goes_on(line, following, width):
            started[-1].append(following)
        else:
            started.append([following])
    return [join_lines(part) for part in started]


def _goes_on(line: str, following: str, width: int) -> bool:
    if following.startswith("　"):  # the indent of Chinese paragraphs
        return False
    hanging = _ITEM.match(line.lstrip())
    if _ITEM.match(following.lstrip()) or (_indent(following) > _indent(line) and not hanging):
        return False
    return _is_full(line, following, width) or not _ENDED.search(line)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of ``following`` would not have fitted at the end of ``line``."""
    word = following.lstrip(" \t　")
    first = word[:2] if _WIDE.match(word) else word.split(" ", 1)[0]
    return cells(line) + 1 + cells(first) > width - 2


def _indent(line: str) -> int:
    return cells(line) - cells(line.lstrip(" \t　"))
