"""Define what names of people, publishers and websites look like, and what surrounds them in bylines."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORGANISATION_EN = re.compile(
    r"\b(?:Agency|Associated Press|AFP|AP|Association|BBC|Bloomberg|Bureau|CCTV|CGTN|CNN|Chronicle|Commission"
    r"|Company|Council|Daily|Department|Desk|Foundation|Gazette|Government|Guardian|Herald|Inc|Institute"
    r"|Journal|Ltd|Magazine|Media|Ministry|Monthly|Network|News|Observer|Office|Online|Post|Press|Reuters"
    r"|Review|SCMP|Studio|Sun|Telegraph|Times|Today|Tribune|University|Weekly|World|Xinhua)\b",
    re.IGNORECASE,
)
ORGANISATION_ZH = re.compile(
    r"(?:报|周刊|月刊|杂志|社|电视台|电台|广播|卫视|研究院|研究所|中心|委员会|协会|学会|大学|学院|集团|公司"
    r"|政府|办公室|编辑部|评论员|频道|客户端|公众号|网|网站|在线|平台|论坛|博客|传媒|资讯|财经|新闻|观察|局"
    r"|厅|委)$"
)
WEBSITE = re.compile(
    r"(?:网|网站|在线|论坛|频道|首页|门户|平台|小编|管理员|佚名|网络|互联网|转载|整理)$"
    r"|^(?:https?://|www\.)|^[\w-]+(?:\.[\w-]+){0,3}\.(?:com|net|org|cn|io|info|gov|edu)(?:\.\w\w)?/?$",
    re.IGNORECASE,
)
NOBODY = _words(
    """admin administrator anonymous author editor editors editorial guest staff unknown user webmaster by
    none null nobody n/a na # 匿名 未知 无 不详 暂无 网友 本站 本网 本报 编辑 责任编辑 责编"""
) | {"no author", "guest author", "staff writer", "super user", "site admin", "posted by"}

PREFIX_EN = re.compile(
    r"(?:(?:by|from|author|authors|(?:written|story|words|text|reported|posted) by)(?:\s*:\s*|\s+))+",
    re.IGNORECASE,
)
NAME_EN = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*|de|da|van|von|der|den|bin|al|la|le|del|di|el|ibn)")
NAME_ZH = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}")
# The hundred commonest surnames, nine in ten people's, and the first characters of the double ones.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司上诸"
    "張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧蕭葉蘇呂盧鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯歐諸"
)
ROLE_ZH = re.compile(
    r"[■□◎●▲△\s]*(?:文|图|撰文|采写)?[\s/／|｜:：]*"
    r"(?:[㐀-鿿]{0,8}?(?:全媒体|融媒体|见习|实习|首席|特约|特派)?"
    r"(?:记者|通讯员|撰稿人|撰稿|评论员|研究员)|作者)[\s:：|｜/]*"
)
END_ZH = re.compile(r"\s+(?:发自)?[㐀-鿿]{2,5}(?:报道|电)$|\s*(?:综合报道|报道|发自[㐀-鿿]{2,5})$")
EDITOR = re.compile(
    r"\W*(?:责任编辑|责编|编辑|编审|校对|审核|译者|摄影)\s*[:：]|\W*(?:edited|translated|photos?) by\b",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(r"(?:(?<=\w)\s?(?:\(.{20,}|（.{8,})$|[,，][^,，、;；]{40,}$)")
BETWEEN = re.compile(r"\s*(?:[;；、|｜,，]|\band\b|&|\s和\s|\s与\s|\s/\s)\s*")
# *Smith, Jane A.*: one family name, perhaps with particles, and given names.
INVERTED = re.compile(
    r"(?:(?:de|da|van|von|der|den|bin|al|la|le|del|di|el|ibn) )*[A-ZÀ-Þ][\w’'-]+, "
    r"[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}"
)
BETWEEN_INVERTED = re.compile(r"\s*[;；]\s*|\s+(?:and|&)\s+")
BRACKETS = {"(": ")", "（": "）", "【": "】"}
# The full stop of *J.* and *Jr.* belongs to the name.
ABBREVIATED = re.compile(r"(?:\b[A-ZÀ-Þ]|\b[JS]r)\.$")
DEGREE = re.compile(
    r"(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?Sc|B\.?Sc|MBA|MPH|Jr|Sr|Esq|II|III|IV|RN|JD|FRS)\.?", re.IGNORECASE
)
