"""Find the mentions of places in a text.

The second half tells whether a name stands inside a longer proper name: 吉林大学, 上海路, Peking University,
Wuhan virus.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from hubtui.core.models import Mention
from hubtui.places.disambiguation import Disambiguator
from hubtui.places.gazetteer import Gazetteer
from hubtui.places.spans import Matchable, NameFinder, NameSpan, find_abbreviations
from hubtui.places.tables import rows
from hubtui.text.fold import is_han


def find_mentions(
    text: str, *, context: Collection[str] = (), gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """Find the places that ``text`` names, in the order of the text.

    An address makes a mention for each of its levels (北京市 and 朝阳区); a composite name one for each of
    its places, with the same span (北上广深: four).

    Args:
        text: Any text; offsets of the result count its code points as given.
        context: Ids of places known to be spoken of around the text (in the other passages of its
            source), to decide between places of one name.
        gazetteer: The places to find, :meth:`Gazetteer.default` unless given.
    """
    gazetteer = gazetteer or Gazetteer.default()
    finder = _finder(gazetteer)
    matchable = Matchable(text)
    spans, flagged = _all_spans(finder, matchable, text)
    meant = Disambiguator(gazetteer, matchable.text, spans, context).resolve()
    named = [(span, ids) for span, ids in zip(spans, meant, strict=True) if ids]
    inside = _inside_longer_names(gazetteer, matchable, text, named)
    mentions: list[Mention] = []
    for (span, place_ids), in_name in zip(named, inside, strict=True):
        start, end = matchable.original(span.start), matchable.original_end(span.end)
        within = in_name or span.start in flagged
        for place_id in place_ids:
            place = gazetteer.place(place_id)
            if place is not None:
                others = gazetteer.alternatives(matchable.text[span.start : span.end], place_id)
                mentions.append(Mention(start, end, text[start:end], place, within, others))
    return mentions


def _inside_longer_names(
    gazetteer: Gazetteer, matchable: Matchable, text: str, named: Sequence[tuple[NameSpan, tuple[str, ...]]]
) -> list[bool]:
    """Return for each name whether it, or the name right behind it, is part of a longer one."""
    inside: list[bool] = []
    limit, next_start = len(text), -1
    for span, place_ids in reversed(named):
        start, end = matchable.original(span.start), matchable.original_end(span.end)
        touching = end == next_start and inside[-1] and not span.latin
        inside.append(touching or in_longer_name(text, start, end, limit))
        place = gazetteer.place(place_ids[0])
        next_start = start
        if place is None or place.kind != "country":
            limit = start
    return inside[::-1]


def _all_spans(finder: NameFinder, matchable: Matchable, text: str) -> tuple[Sequence[NameSpan], set[int]]:
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
def _finder(gazetteer: Gazetteer) -> NameFinder:
    return NameFinder(gazetteer)


REACH = 12
"""Characters after a place within which the ending of a Chinese proper name is looked for."""

# Function words, measures and verbs that no proper name has between its place and its ending.
_STOP = frozenset(
    "的了在是有和与及或将已被把为从到对向往于以由等就也都还又并而但却不没很更最这那其某每各该此们我你他她它"
    "个家座位条项届次多几两约近超共达称说指让使令给比如若则且即因故所"
)
_STOP_WORDS = (
    "市民|居民|企业|举行|召开|举办|成立|建设|设立|开设|发布|推出|投资|签约|合作|记者|地区|期间|开始|进行|工作|参加|出席|访问|"
    "考察|抵达|前往|回到|来到|离开|学习|就读|毕业|生活|居住|出生|担任|宣布|表示|认为|以来|人民的|两地|三地|各地|方面|部分|"
    "许多|一些|全部|所有|当地|本地|外地|警方|遭遇|发生|出现|通过|经过|利用|加强|推进|促进|实施|完成|实现|获得|取得|今年|去年|"
    "明年|上午|下午|晚上|昨天|今天|明天|期待|希望|继续|正式|首个|首家|首次|第一|一家|一所|一座|最大|国内|国际化|打造|引进|吸引"
).split("|")
_LATIN_WORD = re.compile(r"[ -]([A-Za-z&][\w.&'-]*)([,;:)]?)")
_LINKS = frozenset({"of", "and", "for", "the", "&", "de", "in"})
_LATIN_REACH = 7


class _Ending(NamedTuple):
    """A row of ``longer_names.tsv``."""

    text: str
    where: str
    unless: str


def in_longer_name(text: str, start: int, end: int, next_name: int) -> bool:
    """Whether the name at ``start`` to ``end`` of ``text`` (as written) is part of a longer name.

    ``next_name`` is where the next place's name starts: a longer name is not looked for beyond it.
    """
    if is_han(text[end - 1]):
        return _before_ending(text[end : min(end + REACH, next_name)], after=text[end - 1])
    return _before_latin_ending(text[end : min(end + 90, next_name)]) or _after_latin_head(
        text[max(0, start - 40) : start]
    )


def _before_ending(window: str, after: str) -> bool:
    endings, stops = _endings(), _stop_words()
    for at, character in enumerate(window):
        for ending in endings.get(character, ()):
            if window.startswith(ending.text, at) and _fits(ending, at, window, after):
                return True
        if character in _STOP or not (is_han(character) or character.isdigit() or character in "〇○·"):
            return False
        if character in stops and window.startswith(stops[character], at):
            return False
    return False


def _fits(ending: _Ending, at: int, window: str, after: str) -> bool:
    where, length = ending.where, len(ending.text)
    following = window[at + length : at + length + 1]
    if following and following in ending.unless:
        return False
    if where == "next":
        return at == 0 and (window[:1] != "委" or after in "省市区县")
    if where == "far":
        return 2 <= at <= (8 if length > 1 else 4)
    return at == 0 or length > 1


def _before_latin_ending(window: str) -> bool:
    heads = _latin_heads()
    reached = 0
    for count, match in enumerate(_LATIN_WORD.finditer(window)):
        word, stop = match[1].rstrip("."), match[2]
        if match.start() != reached or count > _LATIN_REACH:
            return False
        reached = match.end()
        head = heads.get(word)
        if head == "after" or (head == "next" and count == 0):
            return True
        linked = word in _LINKS and count > 0
        if stop or not (linked or word[:1].isupper()):
            return False
    return False


def _after_latin_head(before: str) -> bool:
    return bool(_latin_before().search(before))


@cache
def _endings() -> Mapping[str, list[_Ending]]:
    """Return the endings by their first character."""
    found: dict[str, list[_Ending]] = defaultdict(list)
    for row in rows("longer_names"):
        found[row["ending"][0]].append(_Ending(row["ending"], row["after"], row["unless"]))
    return dict(found)


@cache
def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words that end the search, by their first character."""
    return {word[0]: tuple(w for w in _STOP_WORDS if w[0] == word[0]) for word in _STOP_WORDS}


@cache
def _latin_heads() -> dict[str, str]:
    return {row["word"]: row["where"] for row in rows("longer_names_en") if row["where"] != "before"}


@cache
def _latin_before() -> re.Pattern[str]:
    words = [re.escape(row["word"]) for row in rows("longer_names_en") if row["where"] == "before"]
    return re.compile(rf"\b(?:{'|'.join(words)})(?: the)? $")
