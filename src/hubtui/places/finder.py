"""Find the mentions of places in a text, and decide which place each name means, if any.

What stands beside a Chinese name is judged first (a person, a river, a year, a direction);
:class:`Disambiguator` weighs it with the other names of the text. The last part tells whether a name stands
inside a longer proper name: 吉林大学, 上海路, Peking University, Wuhan virus.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hubtui.core.models import Mention, Place
from hubtui.places.gazetteer import Gazetteer
from hubtui.places.spans import Matchable, NameSpan, all_spans, find_teams, name_finder
from hubtui.places.tables import CHINA, NameReading, rows, words
from hubtui.text.analyzer import fold, is_han

# Surnames that are hardly ever the end of another word.
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴周徐孙胡朱郭罗郑梁谢宋唐许邓韩冯曹彭曾萧肖蔡潘袁董余叶吕魏蒋杜丁姜范傅钟卢汪戴崔廖姚谭莫邹熊孟秦阎薛侯"
)
_BEFORE_A_PERSON = frozenset(
    "、，。；：（《“和与及对向由被让请是在为了记者长任员师生人理席授士裁警手家表导练姓叫"
)
"""What may stand before a surname; any other character makes it part of a word (教练周口 is not 练周)."""

# Places whose name is a usual given name as well.
_GIVEN_NAMES = frozenset(
    "长春 朝阳 大庆 吉安 延安 保山 金华 建德 海东 南平 玉林 玉溪 文山 白山 安康 安庆 庆阳 泰安 德阳 "
    "兴安 武威 嘉兴 绍兴 咸宁 宜春 东营 乐山 黄山 昆明 贵阳 中山 永康 丽江 丽水 三明 红河 林芝 海南".split()
)
# Surnames that are the name of a dynasty or an abbreviation of a place, too: 宋开封 is no person.
_NO_SURNAMES_ALONE = frozenset("唐宋梁魏秦郑")
# Titles in 长 that a name in 长 seems to begin in: 外长沙龙. The others end nouns as well (集团长春公司,
# 省会长沙), and count only before a given name and what persons do.
_TITLES = tuple("外长 首长 议长 酋长 局长 处长 厅长 司长 军长 科长 秘书长 董事长 检察长 参谋长".split())
_OTHER_TITLES = tuple("部长 团长 会长 院长 校长 市长 省长 县长 州长 行长 队长 站长 社长 区长".split())
_SPEAKS = re.compile(
    r"(?!市|县|区|分|公司|方面|官员|警方|媒体|记者|人民)[\u4e00-\u9fff]{1,2}?"
    r"(?:说|表示|指出|强调|介绍|认为|会见|率领|透露|宣布|发言|致辞|讲话|告诉|主持)"
)
_STILL_A_PLACE = re.compile(r"[市县区、，。；：）”]|[^\u4e00-\u9fff]|$|[在的是与和及等到至]")
# A river, a mountain, a title of nobility: the name of a county beside it belongs to the longer name.
_FEATURES = frozenset("江河湖海洋湾岛山峰岭郡氏王公侯府帝后军派冬丹族陵寺庙塔")
_ERA = re.compile(r"(?:元|[一二三四五六七八九十]{1,3})年")
# Characters that write foreign names and seldom begin or end a Chinese word.
_FOREIGN = frozenset("斯尔姆夫兹茨娜蒂琳茜弗埃诺鲁莱莉赫顿尼萨迪伦·")
_DIRECTED = frozenset("其向往偏朝转正约侧面位西南东北")
_DIRECTION = frozenset("部侧角方面向风偏距约太麓端隅岸邻接临行")
_BEFORE_A_COUNTY = frozenset("在和与及到从至为是的向往赴回由经等即今原属设改省市州")
_REGION = re.compile(r"地区|[五各诸]省|[大联农民政交军局边师工财]|市场|内陆|腹地|老|振兴|人(?!口)")
_OF_THE_COUNTRY = ("我国", "中国", "祖国", "大", "赴", "支援", "开发", "全")


def is_person(text: str, start: int, end: int, *, weak: bool) -> bool:
    """Whether a surname before the name makes it a given name (李长春, 莫德惠)."""
    surname = _before(text, start)
    if surname not in _SURNAMES:
        return False
    before = _before(text, start - 1)
    if weak or text[start:end] in _GIVEN_NAMES:
        return not is_han(before) or before in _BEFORE_A_PERSON
    return end - start == 2 and not is_han(before) and surname not in _NO_SURNAMES_ALONE


def is_between_words(text: str, start: int, end: int) -> bool:
    """Whether a name of two characters is made of the halves of two words (非常 and 熟悉 for 常熟)."""
    if end - start != 2 or text[start:end] == "中国":
        return False
    if text[start] == "长" and is_title(text, start, end):
        return True
    common = _common_words()
    return text[end - 1 : end + 1] in common and text[max(0, start - 1) : start + 1] in common


def is_title(text: str, start: int, end: int) -> bool:
    """Whether the 长 that a name begins with ends a title, before a person's name (外长沙龙)."""
    before = text[max(0, start - 2) : start + 1]
    if before.endswith(_TITLES):
        return not _STILL_A_PLACE.match(text, end)
    return before.endswith(_OTHER_TITLES) and bool(_SPEAKS.match(text, end))


def is_other_name(text: str, end: int) -> bool:
    """Whether what follows a county's name makes it a river's, a noble's or the name of an era (祥符五年)."""
    return _after(text, end) in _FEATURES or bool(_ERA.match(text, end))


def is_transliteration(text: str, start: int, end: int) -> bool:
    """Whether a foreign name goes on beyond the name (罗马里奥, 亚历山大·瓦西里)."""
    return _before(text, start) in _FOREIGN or _after(text, end) in _FOREIGN


def is_direction(text: str, start: int, end: int) -> bool:
    """Whether 东北, 西北 or 西南 is a direction; the latter two are regions only where something says so."""
    if _before(text, start) in _DIRECTED or _after(text, end) in _DIRECTION:
        return True
    if text[start:end] == "东北":
        return False
    return not (_REGION.match(text, end) or text.endswith(_OF_THE_COUNTRY, 0, start))


def stands_apart(text: str, start: int) -> bool:
    """Whether a name of two characters (单县) begins here, and not within a longer one (千叶县)."""
    before = _before(text, start)
    return not is_han(before) or before in _BEFORE_A_COUNTY


@cache
def _common_words() -> frozenset[str]:
    return frozenset(words("common_words"))


def _before(text: str, offset: int) -> str:
    """Return the character before ``offset``; a space at the beginning."""
    return text[offset - 1] if offset > 0 else " "


def _after(text: str, offset: int) -> str:
    """Return the character at ``offset``; a space at the end."""
    return text[offset] if offset < len(text) else " "


NEARBY = 60
"""Characters around a name within which a surrounding place counts for more."""

# What one hint adds to the prominence (0 to 5) of a place.
_RIGHT_AFTER_ITS_PARENT = 10.0
_IN_A_LIST_WITH_ITS_LIKE = 2.5
_PARENT_NEARBY = 3.0
_PARENT_SOMEWHERE = 1.6

_COMPOSITE = 3.5
"""The prominence of a composite name (广深)."""

_LIST_JOINT = re.compile(r"[、,，/和与及跟·—\-]|, | and |, and | or | & | to ")
_ADDRESS_JOINT = re.compile(r"[\s,，·]{0,2}|(?:的|\()")


class Disambiguator:
    """Decide what the names of one text mean, from each other and from the rest of its source."""

    def __init__(
        self, gazetteer: Gazetteer, text: str, spans: Sequence[NameSpan], context: Collection[str]
    ) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self._spans = spans
        self._anchors = self._find_anchors()
        self._around = set(context)
        for place_id in {*context, *(place_id for _, place_id in self._anchors)}:
            self._around.update((place_id, *gazetteer.ancestors(place_id)))
        self._chosen: list[tuple[str, ...]] = []

    def resolve(self) -> list[tuple[str, ...]]:
        """Return the ids of each span's places: none when no place is meant, several for a composite."""
        for index, span in enumerate(self._spans):
            if self._is_certain(span):
                self._chosen.append(span.readings[0].places)
                continue
            options = [(self._score(index, reading), reading) for reading in span.readings]
            score, best = max(options, key=lambda option: option[0], default=(0.0, None))
            self._chosen.append(best.places if best is not None and score > 0 else ())
        return self._chosen

    def _find_anchors(self) -> list[tuple[int, str]]:
        """Return the names that can only mean one place, with where they stand."""
        found = []
        for span in self._spans:
            if len(span.readings) == 1 and span.readings[0].use == "plain":
                found += [(span.start, place_id) for place_id in span.readings[0].places]
        return sorted(found)

    def _score(self, index: int, reading: NameReading) -> float:
        if len(reading.places) > 1:
            spoken_of = reading.use == "plain" or not self._around.isdisjoint(reading.places)
            return _COMPOSITE if spoken_of else 0.0
        place_id = reading.places[0]
        hint = self._hint(index, place_id)
        if hint < _RIGHT_AFTER_ITS_PARENT and not self._may_count(index, reading, hint):
            return 0.0
        return self._gazetteer.prominence(place_id) + hint + self._parent_weight(place_id)

    def _is_certain(self, span: NameSpan) -> bool:
        """Whether the name can mean nothing else than one place, or one composite, of China."""
        first = span.readings[0]
        if len(span.readings) > 1 or first.use != "plain":
            return False
        where = (self._text, span.start, span.end)
        return span.latin or not (
            first.places[0].startswith("gn:") or is_person(*where, weak=False) or is_between_words(*where)
        )

    def _may_count(self, index: int, reading: NameReading, hint: float) -> bool:
        """Whether the use of the name and what stands beside it allow it to be this place."""
        span, text, use = self._spans[index], self._text, reading.use
        if use == "after":
            return False
        if use == "apart":
            return stands_apart(text, span.start)
        if span.latin:
            return use == "plain" or hint > 0
        weak = use == "near"
        if is_person(text, span.start, span.end, weak=weak):
            return False
        if is_between_words(text, span.start, span.end):
            return False
        if use == "compass":
            return not (is_direction(text, span.start, span.end) or self._follows_a_town(index))
        if reading.places[0].startswith("gn:") and is_transliteration(text, span.start, span.end):
            return False
        # 湘西人 speaks of people, too little to tell a place by.
        return not weak or (
            hint > 0 and not is_other_name(text, span.end) and text[span.end : span.end + 1] != "人"
        )

    def _follows_a_town(self, index: int) -> bool:
        """Whether 东北 says where something lies from the place before it (耶路撒冷东北)."""
        touching = index > 0 and self._spans[index - 1].end == self._spans[index].start
        return touching and CHINA not in self._chosen[index - 1]

    def _parent_weight(self, place_id: str) -> float:
        ancestors = self._gazetteer.ancestors(place_id)
        return self._gazetteer.prominence(ancestors[0]) / 20 if ancestors else 0.0

    def _hint(self, index: int, place_id: str) -> float:
        ancestors = [a for a in self._gazetteer.ancestors(place_id) if a != CHINA]
        if self._follows(index, ancestors):
            return _RIGHT_AFTER_ITS_PARENT
        hint = _IN_A_LIST_WITH_ITS_LIKE if self._listed(index, place_id) else 0.0
        family = {place_id, *self._surroundings(place_id, ancestors)}
        if family.isdisjoint(self._around):
            return hint
        here = self._spans[index].start
        first = bisect_left(self._anchors, (here - NEARBY, ""))
        last = bisect_right(self._anchors, (here + NEARBY + 1, ""))
        if any(anchor in family for _, anchor in self._anchors[first:last]):
            return hint + _PARENT_NEARBY
        return hint + _PARENT_SOMEWHERE

    def _surroundings(self, place_id: str, ancestors: list[str]) -> list[str]:
        """Return the ancestors that speak for a place: for a city's district its city alone."""
        place = self._gazetteer.place(place_id)
        return ancestors[:1] if place is not None and place.kind == "district" else ancestors

    def _follows(self, index: int, ancestors: list[str]) -> bool:
        """Whether an ancestor stands right before (北京市朝阳区) or behind (Chaoyang, Beijing)."""
        span = self._spans[index]
        if index and self._chosen[index - 1 : index] and not span.latin:
            before = self._spans[index - 1]
            if _ADDRESS_JOINT.fullmatch(self._text[before.end : span.start]):
                return any(place_id in ancestors for place_id in self._chosen[index - 1])
        if index + 1 < len(self._spans) and span.latin:
            after = self._spans[index + 1]
            if self._text[span.end : after.start] in (", ", " in "):
                return any(r.places[0] in ancestors for r in after.readings)
        return False

    def _listed(self, index: int, place_id: str) -> bool:
        """Whether a neighbour in an enumeration is of the same kind and parent."""
        place = self._gazetteer.place(place_id)
        for other in (index - 1, index + 1):
            if not 0 <= other < len(self._spans) or place is None:
                continue
            first, second = self._spans[min(index, other)], self._spans[max(index, other)]
            if not _LIST_JOINT.fullmatch(self._text[first.end : second.start]):
                continue
            neighbours = [self._gazetteer.place(r.places[0]) for r in self._spans[other].readings]
            if any(
                n and n.id != place_id and (n.kind, n.parent) == (place.kind, place.parent)
                for n in neighbours
            ):
                return True
        return False


def find_mentions(
    text: str,
    folded: str | None = None,
    *,
    context: Collection[str] = (),
    gazetteer: Gazetteer | None = None,
) -> list[Mention]:
    """Find the places that ``text`` names, in the order of the text.

    An address makes a mention for each of its levels (北京市 and 朝阳区); a composite name one for each of
    its places, with the same span (北上广深: four).

    Args:
        text: Any text; offsets of the result count its code points as given.
        folded: The folded text, where it is known already.
        context: Ids of places known to be spoken of around the text (in the other passages of its
            source), to decide between places of one name.
        gazetteer: The places to find, :meth:`Gazetteer.default` unless given.
    """
    gazetteer = gazetteer or Gazetteer.default()
    finder = name_finder(gazetteer)
    matchable = Matchable(fold(text) if folded is None else folded)
    spans, flagged = all_spans(finder, matchable, text)
    flagged.update(find_teams(matchable.text, spans))
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
    behind: Place | None = None
    limit, next_start, next_end = len(text), -1, -1
    for span, place_ids in reversed(named):
        start, end = matchable.original(span.start), matchable.original_end(span.end)
        touching = _touches(text, end, next_start) and inside[-1] and not span.latin
        # In an address the longer name belongs to the last level: 吉林 stands before 长春一中, not in it;
        # but 广州天河大厦, with a city's district, is one name.
        if touching and behind is not None and place_ids[0] in gazetteer.ancestors(behind.id):
            bare = text[next_end - 1] != "区" and text[next_end : next_end + 1] not in ("区", "县")
            touching = bare and behind.kind == "district" and behind.parent == place_ids[0]
        inside.append(touching or in_longer_name(text, start, end, limit))
        place = gazetteer.place(place_ids[0])
        next_start, next_end, behind = start, end, place
        if place is None or place.kind != "country":
            limit = start
    return inside[::-1]


def _touches(text: str, end: int, next_start: int) -> bool:
    """Whether the next name stands right behind, or behind what makes a new name of it (上海新黄浦)."""
    return end == next_start or (end + 1 == next_start and text[end] in "新老大小")


REACH = 14
"""Characters after a place within which the ending of a Chinese proper name is looked for."""

# Function words and verbs that no proper name has between its place and its ending.
_STOP = frozenset(
    "的了在是有和与及或将已被把为从到对向往于以由等就也都还又并而但却不没很更最这那其某每各该此们我你他她它"
    "多几两约近超共称说指让使令给比如若则且即因故所副兼籍裔"
)
# Measures count things only behind a number (三家公司, but 家具公司); 达 reaches only a number (万达队).
_MEASURES = frozenset("家个座位条项届次名所年日时")
_NUMERALS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百千万亿两几多数")
_DOUBTFUL = _STOP | _MEASURES | {"达", "月"}
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_QUOTATION = 10
"""Characters of the longest quotation that a proper name has right behind its place."""
# “青岛”号: a ship, a brand, a cup
_NAMED_AFTER = re.compile(r"[”’」』\"](?:号|轮|舰|牌|杯)")
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
        if _NAMED_AFTER.match(text, end) and text[start - 1 : start] in _QUOTES:
            return True
        reach = REACH + _QUOTATION if text[end : end + 1] in _QUOTES else REACH
        return _before_ending(text[end : min(end + reach, next_name)], after=text[end - 1])
    return _before_latin_ending(text[end : min(end + 90, next_name)]) or _after_latin_head(
        text[max(0, start - 40) : start]
    )


def _before_ending(window: str, after: str) -> bool:
    endings = _endings()
    at = _after_quotation(window)
    while at < len(window):
        character, through = window[at], 0
        for ending in endings.get(window[at : at + 2]) or endings.get(character, []):
            if not window.startswith(ending.text, at):
                continue
            if ending.where == "stop":
                return False
            if ending.where == "through":
                through = len(ending.text)
            elif _fits(ending, at, window, after):
                return True
        if not through and (
            not (character.isalnum() or character in "〇○·")
            or (character in _DOUBTFUL and _ends_name(window, at))
        ):
            return False
        at += through or 1
    return False


def _after_quotation(window: str) -> int:
    """Return where to go on behind a short quotation right after the place (上海“东方”电视台), or 0."""
    close = _QUOTES.get(window[:1])
    end = window.find(close, 2, _QUOTATION + 2) if close else -1
    return end + 1


def _ends_name(window: str, at: int) -> bool:
    """Whether a doubtful character is a word of its own, which no proper name contains."""
    character, before, following = window[at], window[at - 1 : at] or " ", window[at + 1 : at + 2] or " "
    if character in _STOP:
        return True
    if character == "达":
        return following in _NUMERALS
    # 五月二十日, but 十月文艺出版社
    return before in _NUMERALS and (character != "月" or following in _NUMERALS)


def _fits(ending: _Ending, at: int, window: str, after: str) -> bool:
    where, length = ending.where, len(ending.text)
    following = window[at + length : at + length + 1]
    if following and following in ending.unless:
        return False
    if where == "next":
        return at == 0 and (window[:1] != "委" or after in "省市区县")
    if where == "far":
        return 2 <= at <= (8 if length > 1 else 4)
    if where == "long":
        return 2 <= at <= 8
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
    """Return the rows by their first two characters, those of one character among them, and by that one."""
    found: dict[str, list[_Ending]] = defaultdict(list)
    for row in rows("longer_names"):
        found[row["ending"][:2]].append(_Ending(row["ending"], row["after"], row["unless"]))
    for first_two, endings in found.items():
        if len(first_two) > 1:
            every = [*endings, *found.get(first_two[0], ())]
            found[first_two] = sorted(every, key=lambda ending: ending.where == "stop")
    return dict(found)


@cache
def _latin_heads() -> dict[str, str]:
    return {row["word"]: row["where"] for row in rows("longer_names_en") if row["where"] != "before"}


@cache
def _latin_before() -> re.Pattern[str]:
    words = [re.escape(row["word"]) for row in rows("longer_names_en") if row["where"] == "before"]
    return re.compile(rf"\b(?:{'|'.join(words)})(?: the)? $")


def find_all_mentions(
    texts: Sequence[str], folded: Sequence[str], gazetteer: Gazetteer
) -> list[list[Mention]]:
    """Find the mentions in the passages of a source.

    A name that several places share is looked at again, knowing what else the source speaks of.
    """
    found = [find_mentions(*both, gazetteer=gazetteer) for both in zip(texts, folded, strict=True)]
    context = {mention.place.id for mentions in found for mention in mentions}
    return [
        find_mentions(text, form, context=context, gazetteer=gazetteer)
        if any(len(gazetteer.readings(fold(mention.surface))) > 1 for mention in mentions)
        else mentions
        for text, form, mentions in zip(texts, folded, found, strict=True)
    ]
