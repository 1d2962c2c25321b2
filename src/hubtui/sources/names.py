"""Who is a person, what is a publisher, and what is only a website: names in bylines."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ORGANISATION_EN = re.compile(
    r"\b(?:Agency|Associated Press|AFP|AP|Association|BBC|Bloomberg|Bureau|CCTV|CGTN|CNN|Chronicle|Commission"
    r"|Company|Council|Daily|Department|Desk|Foundation|Gazette|Government|Guardian|Herald|Inc|Institute"
    r"|Journal|Ltd|Magazine|Media|Ministry|Monthly|Network|News|Observer|Office|Online|Post|Press|Reuters"
    r"|Review|SCMP|Studio|Sun|Telegraph|Times|Today|Tribune|University|Weekly|World|Xinhua)\b",
    re.IGNORECASE,
)
_ORGANISATION_ZH = re.compile(
    r"(?:报|周刊|月刊|杂志|社|电视台|电台|广播|卫视|研究院|研究所|中心|委员会|协会|学会|大学|学院|集团|公司"
    r"|政府|办公室|编辑部|评论员|频道|客户端|公众号|网|网站|在线|平台|论坛|博客|传媒|资讯|财经|新闻|观察|局"
    r"|厅|委)$"
)
_WEBSITE = re.compile(
    r"(?:网|网站|在线|论坛|频道|首页|门户|平台|小编|管理员|佚名|网络|互联网|转载|整理)$"
    r"|^(?:https?://|www\.)|^[\w-]+(?:\.[\w-]+){0,3}\.(?:com|net|org|cn|io|info|gov|edu)(?:\.\w\w)?/?$",
    re.IGNORECASE,
)
_NOBODY = _words(
    """admin administrator anonymous author editor editors editorial guest staff unknown user webmaster by
    none null nobody n/a na # 匿名 未知 无 不详 暂无 网友 本站 本网 本报 编辑 责任编辑 责编"""
) | {"no author", "guest author", "staff writer", "super user", "site admin", "posted by"}

_PREFIX_EN = re.compile(
    r"(?:(?:by|from|author|authors|(?:written|story|words|text|reported|posted) by)(?:\s*:\s*|\s+))+",
    re.IGNORECASE,
)
_NAME_EN = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*|de|da|van|von|der|den|bin|al|la|le|del|di|el|ibn)")
_NAME_ZH = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}")
# The hundred commonest surnames, nine in ten people's, and the first characters of the double ones.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司上诸"
    "張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧蕭葉蘇呂盧鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯歐諸"
)
_ROLE_ZH = re.compile(
    r"[■□◎●▲△\s]*(?:文|图|撰文|采写)?[\s/／|｜:：]*"
    r"(?:[㐀-鿿]{0,8}?(?:全媒体|融媒体|见习|实习|首席|特约|特派)?"
    r"(?:记者|通讯员|撰稿人|撰稿|评论员|研究员)|作者)[\s:：|｜/]*"
)
_END_ZH = re.compile(r"\s+(?:发自)?[㐀-鿿]{2,5}(?:报道|电)$|\s*(?:综合报道|报道|发自[㐀-鿿]{2,5})$")
_EDITOR = re.compile(
    r"\W*(?:责任编辑|责编|编辑|编审|校对|审核|译者|摄影)\s*[:：]|\W*(?:edited|translated|photos?) by\b",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(r"(?:(?<=\w)\s?(?:\(.{20,}|（.{8,})$|[,，][^,，、;；]{40,}$)")
_BETWEEN = re.compile(r"\s*(?:[;；、|｜,，]|\band\b|&|\s和\s|\s与\s|\s/\s)\s*")
# *Smith, Jane A.*: one family name, perhaps with particles, and given names.
_INVERTED = re.compile(
    r"(?:(?:de|da|van|von|der|den|bin|al|la|le|del|di|el|ibn) )*[A-ZÀ-Þ][\w’'-]+, "
    r"[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}"
)
_BETWEEN_INVERTED = re.compile(r"\s*[;；]\s*|\s+(?:and|&)\s+")
_BRACKETS = {"(": ")", "（": "）", "【": "】"}
# The full stop of *J.* and *Jr.* belongs to the name.
_ABBREVIATED = re.compile(r"(?:\b[A-ZÀ-Þ]|\b[JS]r)\.$")
_DEGREE = re.compile(
    r"(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?Sc|B\.?Sc|MBA|MPH|Jr|Sr|Esq|II|III|IV|RN|JD|FRS)\.?", re.IGNORECASE
)


def is_website(name: str) -> bool:
    """Whether ``name`` is a website or a placeholder rather than somebody who wrote."""
    name = name.strip()
    return not name or name.casefold() in _NOBODY or bool(_WEBSITE.search(name))


def is_organisation(name: str) -> bool:
    """Whether ``name`` sounds like a newspaper, agency, office or company."""
    return bool(_ORGANISATION_EN.search(name) or _ORGANISATION_ZH.search(name.strip()))


def is_person(name: str) -> bool:
    """Whether ``name`` looks like a person's: two to five capitalised words, or a surname and more."""
    if is_website(name) or is_organisation(name) or any(character.isdigit() for character in name):
        return False
    if _NAME_ZH.fullmatch(name.strip()):
        return "·" in name or name.strip()[0] in _SURNAMES
    words = name.split()
    return 2 <= len(words) <= 5 and all(_NAME_EN.fullmatch(word) for word in words)


def are_names(value: str) -> bool:
    """Whether ``value`` holds nothing but capitalised names with ``and`` and commas between them."""
    pieces = [piece.split() for piece in _BETWEEN.split(value.strip()) if piece.strip()]
    return bool(pieces) and all(
        len(words) <= 6 and all(_NAME_EN.fullmatch(word) or _NAME_ZH.fullmatch(word) for word in words)
        for words in pieces
    )


def clean_authors(value: str) -> str:
    """Give the people that the author's part of a byline names, ``"; "`` between them, or ``""``.

    Drops roles (``本报记者``), what follows the names (``北京报道``), websites and placeholders, and an
    organisation beside people, which is where they work.
    """
    if _EDITOR.match(value):
        return ""
    value = _BIOGRAPHY.sub("", value)
    value = _PREFIX_EN.sub("", _unwrapped(value.strip()).removeprefix("@"), count=1)
    value = _END_ZH.sub("", value)
    if inverted := _inverted(value):
        return "; ".join(inverted)
    people: list[str] = []
    for piece in _BETWEEN.split(value):
        for name in _split_spaced(_bare(_ROLE_ZH.sub(" ", piece))):
            if people and _DEGREE.fullmatch(name):
                people[-1] += f", {name}"
            elif not is_website(name) and name not in people:
                people.append(name)
    if any(is_person(name) for name in people):
        people = [name for name in people if is_person(name) or not is_organisation(name)]
    return "; ".join(people)


def _unwrapped(value: str) -> str:
    """Take away brackets around all of a value; square ones mark a name that somebody supplied."""
    while value and _BRACKETS.get(value[0]) == value[-1]:
        value = value[1:-1].strip()
    return value


def _inverted(value: str) -> tuple[str, ...]:
    """Give the names of ``Smith, Jane; Doe, John``, or none where one is written in another order."""
    pieces = tuple(dict.fromkeys(_BETWEEN_INVERTED.split(value)))
    inverted = all(
        _INVERTED.fullmatch(piece)
        and not is_organisation(piece)
        and not _DEGREE.fullmatch(piece.partition(", ")[2])
        for piece in pieces
    )
    return pieces if inverted else ()


def _bare(name: str) -> str:
    name = name.strip(" :：/").lstrip(".")
    return name if _ABBREVIATED.search(name) else name.rstrip(" .")


def _split_spaced(piece: str) -> list[str]:
    """Split ``张三 李四`` into names, but join ``王 某`` to one; other text stays."""
    words = piece.split()
    if not words or not all(re.fullmatch(r"[㐀-鿿]{1,4}", word) for word in words):
        return [" ".join(words)] if words else []
    if len(words) == 2 and all(len(word) == 1 for word in words):
        return ["".join(words)]
    return words
