"""What the lines of a concordance are sorted by: the words next to the match, Chinese ones by pinyin."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product

from hubtui.core.models import Span
from hubtui.places import Gazetteer
from hubtui.search.lexicon import Lexicon
from hubtui.text.fold import fold, is_han
from hubtui.text.tokens import HAN

Unit = tuple[int, str, str]
"""0 or 1, so that Latin comes before Chinese; a word, or the pinyin of a character; that character."""
ContextKey = tuple[Unit, ...]

_DEPTH = 6
"""Words or Chinese characters that lines are sorted by."""
_REACH = 80  # characters in which so many words are looked for
_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_LONGEST_NAME = 5


def right_key(text: str, match: Span) -> ContextKey:
    """Give what a line is sorted by that is ordered by what stands behind the match."""
    return tuple(islice(_units(text[match[1] : match[1] + _REACH]), _DEPTH))


def left_key(text: str, match: Span) -> ContextKey:
    """Give what a line is sorted by that is ordered by what stands before the match, from it outward."""
    units = list(_units(text[max(0, match[0] - _REACH) : match[0]]))
    return tuple(reversed(units[-_DEPTH:]))


def _units(context: str) -> Sequence[Unit]:
    folded = fold(context)
    units: list[Unit] = []
    named = 0  # the end of the name of a place that is being read
    readings: Sequence[str] = ()
    for match in _UNIT.finditer(folded):
        word, start = match.group(), match.start()
        if not is_han(word[0]):
            units.append((0, word, ""))
            continue
        if start >= named:
            readings = _name_at(folded, start)
            named = start + len(readings)
        position = start - (named - len(readings))
        units.append((1, readings[position] if start < named else _reading(word), word))
    return units


def _name_at(folded: str, start: int) -> Sequence[str]:
    """Give the readings of the longest name of a place that begins here and has its own; else none."""
    names = _names_with_readings()
    for size in range(_LONGEST_NAME, 1, -1):
        readings = names.get(folded[start : start + size])
        if readings is not None:
            return readings
    return ()


@lru_cache(maxsize=16384)
def _reading(character: str) -> str:
    """Give the commonest pinyin of a character; ``~`` behind all others where it has none."""
    readings = Lexicon.readings(character)
    return readings[0] if readings else "~"


@cache
def _names_with_readings() -> Mapping[str, Sequence[str]]:
    """The Chinese names of places that are not read as their characters mostly are: 重庆, 六安, 厦门."""
    found: dict[str, Sequence[str]] = {}
    for place in Gazetteer.default():
        letters = re.sub("[^a-z]", "", fold(place.name_en))
        name = fold(place.name_zh)
        if not 1 < len(name) <= _LONGEST_NAME or not place.id.startswith("cn:"):
            continue
        if "".join(map(_reading, name)) == letters:
            continue
        ways = product(*(Lexicon.readings(character) or ("",) for character in name))
        meant = next((way for way in ways if "".join(way) == letters), None)
        if meant is not None:
            found[name] = meant
    return found
