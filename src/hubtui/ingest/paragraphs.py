"""Make paragraphs of the lines of plain text, and passages of very long paragraphs.

Words divided at line ends are joined again, and hyphens that belong to the word are kept.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

HYPHEN: Final = "\ue002"
"""Stands for a hyphen that a format marks as one at the end of a line; :func:`join_lines` takes it out."""
_BROKEN = re.compile(rf"([A-Za-zÀ-ɏ][\wÀ-ɏ-]*|\d[\w-]*)[-\u2010\u00ad{HYPHEN}]$")
_REST = re.compile(r"[\wÀ-ɏ]+(?:-[\wÀ-ɏ]+)*")
_WORD = re.compile(r"[a-zà-ɏ\d]+(?:[-\u2010][a-zà-ɏ\d]+)*")

# Parts of compounds that keep their hyphen, for words that the text does not have whole elsewhere.
_FIRST = frozenset(
    "all anti-corruption best better capital city cost cross data double eight energy ever ex export"
    " far fast first five foreign four full fully government great half hard high high-speed import"
    " labor labour land large long low market medium middle much near never newly nine non-profit once"
    " one open part privately publicly second self seven short single six slow small so soft state ten"
    " third three time triple two user well world".split()
)
_SECOND = frozenset(
    "backed based being border built called century certified changing child class confidence connected"
    " controlled cost day defence defense depth distance door driven duty earned edge educated efficient"
    " employed enabled end established ever facing fifth fifths financed founded free friendly funded"
    " generation government growing heavy hour income increasing intensive interest kilometer kilometre"
    " known lane lasting led level light looking made maker makers making member meter metre mile minded"
    " month off old oriented out owned paid party people person poor powered priced produced profile"
    " quality quarters range ranking rate regulated regulation related reliance rich rise round run"
    " savvy scale sea sector side size sized speed sponsored square standing star stop stories story"
    " studies study style sufficiency sufficient tech term third thirds time track up way"
    " week wide year".split()
)
_ENDINGS = frozenset(
    "able al ally ance ation ed ence ened ening er ered ering ers est fare ful hood ible ing ish ism"
    " ist ists ities ity land lands less light lighted lights like ly ment ments ness ship ships sion"
    " some tion way ways".split()
)


def join_hyphenated(before: str, after: str, words: Collection[str] = ()) -> str | None:
    """Return two lines as one where a hyphen at the end of the first cuts a word, else ``None``."""
    broken, rest = _BROKEN.search(before), _REST.match(after)
    if broken is None or rest is None:
        return None
    keep = _keeps_hyphen(broken[1], rest[0], words)
    return before[: broken.end(1)] + ("-" if keep else "") + after


def known_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words, folded, that stand whole in some line of a text; compounds as they are written."""
    found: set[str] = set()
    broken = False
    for line in lines:
        whole = _BROKEN.sub("", line.casefold())
        found.update(_WORD.findall(_REST.sub("", whole, count=1) if broken else whole))
        broken = len(whole) < len(line)
    return frozenset(found)


def _keeps_hyphen(before: str, after: str, words: Collection[str]) -> bool:
    """Whether the hyphen at the end of a line belongs to a compound, such as state-owned."""
    first, second = before.casefold().rpartition("-")[2], after.casefold()
    if not after[0].islower() or any(character.isdigit() for character in before) or before.isupper():
        return True
    if f"{first}-{second}" in words or f"{before.casefold()}-{second}" in words:
        return True
    if first + second in words or "-" in after or len(first) < 2:
        return "-" in after and first + second.partition("-")[0] not in words
    if second in _SECOND:
        return True
    return first in _FIRST and second not in _ENDINGS and (len(second) > 4 or second in words)


_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    r"\U00020000-\U0003fffd]"
)
_WIDE_RUN = re.compile(f"{_WIDE.pattern}+")
_WIDEST_WRAPPED = 130
"""Terminal cells in the longest line of a text whose lines were broken to fit a width."""
_NARROWEST_WRAPPED = 30
_ENDED = re.compile(r"[。！？!?.…:：;；][”’\"')）」』】]*$")
_ITEM = re.compile(r"(?:[-*+•●○▪■◆·–—]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）])\s*(?=\S)")
_BULLET = re.compile(r"(?:[-*+•●○▪■◆·‣]\s+|[•●○▪■◆‣]\s*)(?=\S)")
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SINGLE = rf"(?:[{_HAN}，。、；：？！（）《》〈〉「」『』【】“”‘’…—·％]|\d[\d.,%]*+)"
"""One character of Chinese, or a number in it."""
_SPACED = re.compile(rf"(?<!\S){_SINGLE}(?!\S)(?:[ \u3000]{{1,3}}{_SINGLE}(?!\S))*+")
"""Single characters that follow each other; possessive, so that each is looked at once."""
_HAN_SPACED = re.compile(rf"(?:[{_HAN}][ \u3000]{{1,3}}){{3}}{_SINGLE}")
_SPACES = re.compile(r"[ \u3000]+")


def cell_count(text: str) -> int:
    """Return how many terminal cells ``text`` takes: two for a Chinese, Japanese or Korean character."""
    return len(text) + (0 if text.isascii() else sum(map(len, _WIDE_RUN.findall(text))))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, each on one line.

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
    """Return the width in cells that the lines were broken at, or 0 where they were not.

    Lines were broken to fit when the first word of most lines would not have fitted on the line before,
    and few lines end where a sentence does.
    """
    longest = max((cell_count(line) for lines in groups for line in lines), default=0)
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
    """Return an item of a list without its bullet, or ``""`` where there is none."""
    bullet = _BULLET.match(text)
    return text[bullet.end() :].strip() if bullet else ""


_LONGEST_WORD = 80
"""Characters before the end of a line that may belong to the word at its end."""


def join_lines(lines: Sequence[str], words: Collection[str] = ()) -> str:
    """Join the lines of one paragraph: Chinese without a space, English with one, hyphenation undone.

    Args:
        lines: The lines.
        words: The :func:`known_words` of the whole text, by which hyphens are judged.
    """
    parts: list[str] = []
    end = ""  # of what is joined so far: enough of it to judge a hyphen, whatever the length of the paragraph
    for line in filter(None, (line.strip(" \t　") for line in lines)):
        if end and (whole := join_hyphenated(end, line, words)) is not None:
            parts[-1], end = parts[-1][:-1], end[:-1]
            between = whole[len(end) : len(whole) - len(line)]
        else:
            between = "" if not end or (_WIDE.match(end[-1]) and _WIDE.match(line[0])) else " "
        parts += [between, line]
        end = (end + between + line if len(line) < _LONGEST_WORD else line)[-_LONGEST_WORD:]
    return "".join(parts).replace(HYPHEN, "-")


def join_broken_lines(lines: Sequence[str]) -> list[str]:
    """Join lines that were broken by hand: one goes on in the next unless it ends with a sentence."""
    started: list[list[str]] = []
    for line in lines:
        if not line.strip():
            continue
        if started and not _ENDED.search(started[-1][-1].rstrip()):
            started[-1].append(line)
        else:
            started.append([line])
    return [join_lines(part) for part in started]


def join_spaced(text: str) -> str:
    """Close up letter-spaced Chinese, in which four or more single characters follow each other.

    Character recognition leaves such spaces, and so do headings that were spaced out by hand.
    Words keep theirs: 张三 李四.
    """
    if " " not in text and "　" not in text:
        return text
    return _SPACED.sub(lambda run: _SPACES.sub("", run[0]) if _HAN_SPACED.search(run[0]) else run[0], text)


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
    return cell_count(line) + 1 + cell_count(first) > width - 2


def _indent(line: str) -> int:
    return cell_count(line) - cell_count(line.lstrip(" \t　"))


LONGEST = 2400
"""Terminal cells (1,200 Chinese characters, about 400 English words) of the longest passage."""

_SENTENCE_END = re.compile(r"(?:[。！？!?…]+|\.(?=\s))[”’\"')）」』】]*\s*|\n+")
_CLAUSE_END = re.compile(r"[，,、；;：:]\s*|\s+")


def split_long(text: str) -> list[tuple[str, str]]:
    """Return the parts of a paragraph with their letters, or all of it with ``""``.

    The parts hold every character of the text but the white space between them, and are of about the
    same length: at most :data:`LONGEST` cells, cut at ends of sentences, else of clauses or words.
    """
    if len(text) <= LONGEST // 2 or cell_count(text) <= LONGEST:
        return [("", text)]
    width = cell_count(text)
    target = width / (-(-width // LONGEST) + 1)
    parts: list[list[str]] = [[]]
    taken = 0
    for sentence in _cut(text, _SENTENCE_END):
        for piece in _short_enough(sentence):
            size = cell_count(piece)
            if taken and (taken >= target or taken + size > LONGEST):
                parts.append([])
                taken = 0
            parts[-1].append(piece)
            taken += size
    texts = ["".join(pieces).strip() for pieces in parts]
    return [(letters(n), part) for n, part in enumerate(part for part in texts if part)]


def letters(n: int) -> str:
    """Return the name of the part ``n`` (from 0): ``a``, ``b``… ``z``, ``aa``…."""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def _short_enough(sentence: str) -> Iterator[str]:
    if len(sentence) <= LONGEST // 4 or cell_count(sentence) <= LONGEST // 2:
        yield sentence
        return
    for clause in _cut(sentence, _CLAUSE_END):
        for start in range(0, len(clause), LONGEST // 4):
            yield clause[start : start + LONGEST // 4]


def _cut(text: str, end: re.Pattern[str]) -> list[str]:
    ends = [match.end() for match in end.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]
