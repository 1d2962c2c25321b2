"""Signs beside a Chinese name that it is not the place: a person, a river, a year, a direction."""

import re
from functools import cache

from hubtui.places.tables import words
from hubtui.text.fold import is_han

# Surnames that are hardly ever the end of another word.
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴周徐孙胡朱郭罗郑梁谢宋唐许邓韩冯曹彭曾萧肖蔡潘袁董余叶吕魏蒋杜丁姜范傅钟卢汪戴崔廖姚谭莫邹熊孟秦阎薛侯"
)
_BEFORE_A_PERSON = frozenset("、，。；：（《“和与及对向由被让请是在为了记者长任员师生人")
"""What may stand before a surname; any other character makes it part of a word (教练周口 is not 练周)."""

# Places whose name is a usual given name as well.
_GIVEN_NAMES = frozenset(
    "长春 朝阳 大庆 吉安 延安 保山 金华 建德 海东 南平 玉林 玉溪 文山 白山 安康 安庆 庆阳 泰安 德阳 "
    "兴安 武威 嘉兴 绍兴 咸宁 宜春 东营 乐山 黄山 昆明 贵阳 中山 永康 丽江 丽水 三明 红河 林芝 海南".split()
)
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
    if _before(text, start) not in _SURNAMES or not (weak or text[start:end] in _GIVEN_NAMES):
        return False
    before = _before(text, start - 1)
    return not is_han(before) or before in _BEFORE_A_PERSON


def is_between_words(text: str, start: int, end: int) -> bool:
    """Whether a name of two characters is made of the halves of two words (非常 and 熟悉 for 常熟)."""
    if end - start != 2 or text[start:end] == "中国":
        return False
    common = _common_words()
    return text[end - 1 : end + 1] in common and text[max(0, start - 1) : start + 1] in common


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
    """The character before ``offset``; a space at the beginning."""
    return text[offset - 1] if offset > 0 else " "


def _after(text: str, offset: int) -> str:
    """The character at ``offset``; a space at the end."""
    return text[offset] if offset < len(text) else " "
