"""Find where the names of the gazetteer stand in a text: the longest ones that the writing allows.

:class:`Matchable` is the text as names are looked for in it, :class:`NameFinder` finds names, and
:func:`find_abbreviations` the one-character abbreviations of provinces and cities.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from hubtui.places.gazetteer import Gazetteer
from hubtui.places.tables import NameReading, rows
from hubtui.text.analyzer import is_han

_SPACES = re.compile(r"[ \t\u3000]*\n\s*|[ \t]{2,}")


class Matchable:
    """A folded text and the way back to the offsets of the text it was made from.

    A line break (with its indentation) is a space between Latin words and nothing between Chinese
    characters; an empty line stays a line break, which no name crosses.
    """

    def __init__(self, folded: str) -> None:
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        if "\n" not in folded and "  " not in folded and "\t" not in folded:
            self.text = folded
            return
        pieces: list[str] = []
        length = taken = 0
        for run in _SPACES.finditer(folded):
            between = _joint(folded, run.start(), run.end())
            pieces += (folded[taken : run.start()], between)
            length += run.start() - taken + len(between)
            taken = run.end()
            self._starts.append(length)
            self._shifts.append(taken - length)
        pieces.append(folded[taken:])
        self.text = "".join(pieces)

    def original(self, offset: int) -> int:
        """Return the offset in the original text of the character at ``offset``."""
        if len(self._starts) == 1:
            return offset
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def original_end(self, offset: int) -> int:
        """Return the offset in the original text after the character before ``offset``."""
        return self.original(offset - 1) + 1


def _joint(text: str, start: int, end: int) -> str:
    run = text[start:end]
    if "\n" not in run:
        return " "
    if run.count("\n") > 1:
        return "\n"
    if start and end < len(text) and is_han(text[start - 1]) and is_han(text[end]):
        return ""
    return " "


# 成都市民 is 成都 and 市民, unless another name begins there (上海市长宁区).
_TRIMMED = {"市": "民场长区值郊内政属", "省": "会城内长", "县": "城长域", "区": "域别间长"}
IN_TEXTS = frozenset(("plain", "near", "after", "apart", "compass"))
"""The uses of a name (see :class:`Reading`) that let it be looked for in a text."""
_EVERYWHERE = frozenset(("plain", "apart", "compass"))

# Behind these a name belongs to a time zone (Asia/Shanghai) or a language (en-US); the points on both sides
# tell www.shanghai.gov.cn.
_IN_CODE = re.compile(r"(?:asia|america|europe|africa|australia|pacific)/$|\b[a-z]{2}[-_]$")
# Half of a character, in text that no encoding has.
_SURROGATE = re.compile("[\ud800-\udfff]")

_WORD = 4.5
_NEAR = -2.5
"""Prominence of a common word, and of a name that counts only near its place."""


class NameSpan(NamedTuple):
    """A name in a matchable text, with what it can mean.

    Attributes:
        start: Offset in the matchable text.
        end: Offset after the last character.
        readings: What the name can mean, in the order of the tables.
        latin: Whether it is written in Latin letters.
    """

    start: int
    end: int
    readings: Sequence[NameReading]
    latin: bool = False


class NameFinder:
    """Finds the names of one gazetteer; made once, used from any thread."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        common = [*(row["word"] for row in rows("words")), *gazetteer.stop_names]
        entries = {word: _Entry(word, _weight(word, _WORD), ()) for word in common}
        for name, known in gazetteer.folded_names():
            readings = known if all(r.use in IN_TEXTS for r in known) else _in_texts(known)
            if readings and name:
                weight = _weight(name, self._prominence(readings))
                entries[name] = _Entry(name, weight, readings, latin=not is_han(name[0]))
        self._entries = list(entries.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(entries), store_patterns=False)

    def find(self, matchable: Matchable, text: str) -> list[NameSpan]:
        """Return the names in the text, in its order, none overlapping another."""
        entries = self._entries
        found: list[_Found] = []
        for number, start, end in self._matches(matchable.text):
            entry = entries[number]
            if (
                _stands_alone(matchable, text, start, end)
                if entry.latin
                else entry.readings or not _goes_on(matchable.text, end)
            ):
                found.append((end, -start, entry))
        if not found:
            return []
        chosen = _best(found, matchable, text)
        followed = {-span[1] for span in chosen}
        return [self._span(matchable.text, span, followed) for span in chosen if span[2].readings]

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """Return every entry in the text, overlapping ones too: its number, start and end."""
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text), overlapping=True)

    def _prominence(self, readings: Sequence[NameReading]) -> float:
        of = self.gazetteer.prominence
        return max([of(r.places[0]) if r.use in _EVERYWHERE else _NEAR for r in readings])

    def _span(self, text: str, span: "_Found", followed: set[int]) -> NameSpan:
        end, start, entry = span[0], -span[1], span[2]
        if entry.latin:
            return NameSpan(start, end, entry.readings, latin=True)
        if end < len(text) and end not in followed and text[end] in _TRIMMED.get(entry.name[-1], ""):
            shorter = self.gazetteer.readings(entry.name[:-1])
            end -= any(reading.use == "plain" for reading in shorter)
        return NameSpan(start, end, entry.readings)


class _Entry(NamedTuple):
    """A name in the automaton, or a common word (which has no readings)."""

    name: str
    weight: float
    readings: Sequence[NameReading]
    latin: bool = False


_Found = tuple[int, int, _Entry]
"""The end of a name, its start below zero (so that longer names sort first), and what it is."""


def _in_texts(readings: Sequence[NameReading]) -> Sequence[NameReading]:
    return tuple(reading for reading in readings if reading.use in IN_TEXTS)


def _weight(name: str, prominence: float) -> float:
    """Return how much a name counts against others over the same characters.

    Length counts most (海南州 before 海南, and one long name before two short ones), then what is better
    known (江苏 before 合江 in 结合江苏).
    """
    return 20 * len(name) - 14 + 2 * prominence


def _best(found: list[_Found], matchable: Matchable, text: str) -> list[_Found]:
    """Return the names that the text has, in its order; one across a line break gives way to any other."""
    if "\n" not in text:
        return _without_overlaps(found)
    whole: list[_Found] = []
    broken: list[_Found] = []
    for span in found:
        surface = text[matchable.original(-span[1]) : matchable.original_end(span[0])]
        (broken if "\n" in surface and is_han(surface[0]) else whole).append(span)
    chosen = _without_overlaps(whole)
    free = [s for s in broken if s[2].readings and not any(-s[1] < c[0] and -c[1] < s[0] for c in chosen)]
    return sorted(chosen + _without_overlaps(free)) if free else chosen


def _without_overlaps(spans: list[_Found]) -> list[_Found]:
    """Return the spans that together weigh most, none overlapping another (weighted interval scheduling)."""
    spans.sort()
    ends = [span[0] for span in spans]
    totals = [0.0]
    takes: list[int] = []
    for index, (_, start, entry) in enumerate(spans):
        before = index if not index or ends[index - 1] <= -start else bisect_right(ends, -start, 0, index)
        taken = totals[before] + entry.weight
        takes.append(before if taken > totals[index] else -1)
        totals.append(max(taken, totals[index]))
    chosen: list[_Found] = []
    index = len(spans)
    while index:
        if takes[index - 1] < 0:
            index -= 1
        else:
            chosen.append(spans[index - 1])
            index = takes[index - 1]
    return chosen[::-1]


def _stands_alone(matchable: Matchable, text: str, start: int, end: int) -> bool:
    """Whether a Latin name is a word by itself and written as a name."""
    folded = matchable.text
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if _joins(before) or before in ("@", "_") or _joins(after) or after in ("_", "@"):
        return False
    if _IN_CODE.search(folded, max(0, start - 12), start) or (before in (".", "/") and after in (".", "/")):
        return False
    surface = text[matchable.original(start) : matchable.original_end(end)]
    if end - start <= 3:  # HK, PRD: capitals throughout
        return surface.isupper() or (surface[:1].isupper() and end - start == 3)
    return any(word[:1].isupper() for word in surface.split())


def _goes_on(text: str, end: int) -> bool:
    """Whether a Latin word goes on behind ``end`` (turkey leg in Turkey legalised)."""
    return text[end - 1].isascii() and _joins(text[end : end + 1])


def _joins(character: str) -> bool:
    return bool(character) and character.isalnum() and not is_han(character) and ord(character) < 0x2E80


# Each pattern begins with characters that it consumes, and looks back behind them: so it is fast.
# 在渝, 赴京, 驻港: a verb of place, the letter, and nothing that makes a word with the letter.
_CLEAR = "京津冀沪浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕穗蓉甬榕邕莞"
_AFTER_VERB = re.compile(
    r"[在赴来驻抵离返进](?<![现存正实所内潜好]在)(?<![将后从本未到近看原历年以带起上下]来)(?<!相抵)(?<![分距]离)(?<![先促改跟推]进)"
    rf"(?P<letter>[{_CLEAR}]|港(?![口湾元币])|澳(?!大|洲|元|网)|台(?![上下前后中词阶面风州式灯账球盘湾])|"
    r"(?<=[赴抵驻])深(?![入度夜处山谷海刻层远水圳浅化]))"
    r"(?![东剧菜流花瑶圆语])"
)
# 粤企, 浙商, 港资
_BEFORE_NOUN = re.compile(
    rf"(?P<letter>[{_CLEAR}港台])(?=企|商(?![场店业品城务标])|籍|媒|牌|漂|资企)(?<![一-鿿](?<![在与和及的由对向]).)"
)
_ALL = _CLEAR + "辽吉黑苏蒙晋甘青宁新藏云贵港澳台深杭沈汉郑"
# 沪深两市, 辽吉两省, 京沪穗三地
_RUN = re.compile(
    rf"(?P<run>[{_ALL}]{{2,6}})(?=[两二三四五六七八九十][地市省]|等[地省]|高铁|高速|铁路|边界|交界|边境)"
)
# 辽、吉、黑三省; 沪、浙、苏
_LIST = re.compile(
    rf"(?P<list>[{_ALL}](?<![一-鿿](?<![在到从由向和与及含跨往是为]).)(?:、[{_ALL}]){{1,15}})"
    r"(?=[两二三四五六七八九十]{1,2}[个]?[省市地区]|等|[^一-鿿]|$)"
)
# 沪指, 深市, 港股: a market's name
_MARKET = re.compile(r"(?P<letter>沪(?=市|指|股)|深(?=市(?![场民区])|成指|指数)|港(?=股(?!份)|交所))")


def find_abbreviations(gazetteer: Gazetteer, text: str) -> Iterator[tuple[NameSpan, bool]]:
    """Yield each abbreviation that is a place, and whether it stands inside a longer name."""
    letters = _letters(gazetteer)
    for pattern in (_AFTER_VERB, _BEFORE_NOUN, _RUN, _LIST, _MARKET):
        for match in pattern.finditer(text):
            for offset in range(match.start(match.lastgroup or 0), match.end(match.lastgroup or 0)):
                reading = letters.get(text[offset])
                if reading is not None:
                    yield NameSpan(offset, offset + 1, (reading,)), pattern is _MARKET


@lru_cache(maxsize=8)
def _letters(gazetteer: Gazetteer) -> dict[str, NameReading]:
    return {
        name: NameReading(reading.places, "plain")
        for name, readings in gazetteer.folded_names()
        if len(name) == 1
        for reading in readings
        if reading.use == "letter"
    }


# A组有北京、上海和天津: the teams of a group.
_GROUP = re.compile(
    r"(?:(?<![a-z])[a-h]|[甲乙丙丁]|第[一二三四五六七八]小?)组(?:有|是|为|包括|:)"
    r"(?P<teams>[^,，。;；!?！？\n]{2,160})"
)
_POINTS = re.compile(r"\d[:∶：比]\d")
_SPORT = re.compile("[球棋赛队]")
_WINS = "(?:战胜|击败|力克|险胜|大胜|小胜|轻取|完胜|横扫|淘汰|逼平|战平|打平|不敌|负于|输给|胜|负|平)"
_RESULT = rf"\d{{1,3}}[:∶：比](?:\d{{1,3}})(?:的比分)?{_WINS}"
_BEFORE_RESULT = re.compile(rf"(?:在?[主客]场)?(?:以|曾以)?{_RESULT}")
_BEHIND_RESULT = re.compile(rf"{_RESULT}了?(?:主队|客队)?$")


def find_teams(text: str, spans: Sequence[NameSpan]) -> Iterator[int]:
    """Yield where a place's name starts that stands for its team, in a draw or beside a result.

    Args:
        text: The matchable text.
        spans: The names in it.
    """
    if not _SPORT.search(text):
        return
    draws = [match.span("teams") for match in _GROUP.finditer(text)]
    results = bool(_POINTS.search(text))
    for span in spans if draws or results else ():
        if any(start <= span.start < end for start, end in draws) or (results and _plays(text, span)):
            yield span.start


def _plays(text: str, span: NameSpan) -> bool:
    return bool(
        _BEFORE_RESULT.match(text, span.end)
        or _BEHIND_RESULT.search(text, max(0, span.start - 20), span.start)
    )


def all_spans(finder: NameFinder, matchable: Matchable, text: str) -> tuple[Sequence[NameSpan], set[int]]:
    """Return names and abbreviations in order, and where the abbreviations inside longer names start."""
    spans = finder.find(matchable, text)
    flagged: set[int] = set()
    abbreviations = list(find_abbreviations(finder.gazetteer, matchable.text))
    if not abbreviations:
        return spans, flagged
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    for span, in_name in abbreviations:
        if span.start not in covered:
            covered.add(span.start)
            spans.append(span)
            if in_name:
                flagged.add(span.start)
    spans.sort(key=lambda span: span.start)
    return spans, flagged


@lru_cache(maxsize=8)
def name_finder(gazetteer: Gazetteer) -> NameFinder:
    """Return what finds the names of a gazetteer; it is made once."""
    return NameFinder(gazetteer)
