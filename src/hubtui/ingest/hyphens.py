"""Undo hyphenation: tell the hyphens that a line's end put into words from those of compounds."""

import re
from collections.abc import Collection, Iterable
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
