"""Recognise boilerplate: navigation, share bars, lists of other articles around an article."""

import re

# Headings of what follows an article. Each pattern must match a whole line.
_LEFTOVERS = (
    r"(?:相关|推荐|延伸|扩展|更多|精彩|热门|最新|图片)(?:文章|阅读|新闻|链接|推荐|报道|资讯|内容|专题|话题|标签|评论)",
    r"猜[你您]喜欢|[你您]?可能(?:还|也)?(?:感兴趣|喜欢)的?(?:内容|文章)?|大家(?:都|还)?在[看搜]",
    r"编辑推荐|精华推荐|今日热点|(?:新闻|点击|阅读|热门)排行榜?|网友评论|我要评论|发表评论|全部评论",
    r"related (?:articles?|stories|posts?|news|content|links?|reading|topics|coverage)",
    r"recommended(?: (?:articles?|stories|for you|reading))?",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)",
    r"(?:most|more) (?:popular|read|viewed|stories|news|articles|from [\w ]{1,30}|on this (?:topic|story))",
    r"(?:latest|recent|popular|top|trending) (?:news|posts?|stories|articles|headlines)",
    r"read (?:more|next|also)|see also|what to read next|editors?['’]?s? picks?|don['’]t miss",
    r"(?:\d{1,5} )?comments?(?: \(\d{1,5}\))?|leave a (?:reply|comment)|join the (?:conversation|discussion)",
    r"share this(?: (?:article|story|post))?|hot topics|today['’]s top news",
)

# Lines that belong to the page wherever they stand.
_LINES = (
    r"(?:上一|下一)[篇条页章](?:\s?[:：].{0,120})?",
    r"(?:next|previous|prev)(?: (?:article|post|story|page))?\s?[:：].{0,160}",
    r"(?:版权所有|著作权所有).{0,200}",
    r"(?:copyright\s?(?:©|\(c\)|[:：]|(?:19|20)\d\d|by\b)|©|\(c\) ?(?:19|20)\d\d).{0,200}",
    r".{0,80}(?:版权所有|all rights reserved)[.。!]?.{0,40}",
    r".{0,40}ICP[备证].{0,60}|.{0,20}公网安备.{0,40}",
    r"(?:(?:分享[到至]?|收藏|点赞|在看|转发|打印|纠错|举报|推荐|关闭|微信|微博|朋友圈|QQ|大|中|小)[:：、|\s]{0,3}){1,10}",
    r"[-—~\s]*(?:the end|end|完|全文完)[-—~\s]*|our standards\s?[:：].{0,120}",
    r"关闭(?:窗口|本页)?|返回(?:顶部|列表|首页)|回到顶部|(?:扫一扫|扫码|微信扫).{0,20}",
    r"(?:share|tweet|print|e-?mail|save)(?:[\s|,/]{1,3}(?:on|to|this|tweet|print|e-?mail|save)){0,4}",
    r"(?:(?:share on )?(?:facebook|twitter|x|linkedin|whatsapp|weibo|wechat|copy link)[\s|,/]{0,3}){1,8}",
    r"back to top|top|home|menu|search|(?:log|sign) ?(?:in|up)|subscribe(?: now)?|skip to (?:main )?content",
    r"advertisement|ad|loading(?:\.{3})?|广告|正文|字号\s?[:：]?.{0,16}|大\s?中\s?小",
    r"(?:责任编辑|责编|编辑|编审|审核|审校|校对|监制|值班主任)\s?[:：].{0,30}",
    r"(?:阅读|浏览|点击|人气|views?|reads?)(?:量|数|次数)?\s?[:：]?\s?\d[\d,.]{0,9}万?(?:\s?次)?",
    r"\d[\d,.]{0,9}\s?(?:次(?:阅读|浏览|点击)|views?|reads?|阅读)",
    r"(?:声明|免责声明|特别声明|郑重声明|版权声明|版权说明)\s?[:：].{0,200}(?:转载|版权|侵权|本[站网刊报]).{0,200}",
    r"[(（【\[]?(?:图片?来源|图源|资料图|配图|题图)\s?[:：].{0,100}",
    r"[(（\[]?(?:photo|image|picture|illustration|credit)s?(?: credit| by)?\s?[:：].{0,100}",
    r".{4,80}[\s（(](?:[\w\s]{0,10}记者\s?)?[㐀-鿿]{2,4}\s?[/／]?摄[)）]?",
    r"(?:read (?:more|also|next)|see also|related|(?:à )?lire aussi|lesen sie auch)\s?[:：»>].{0,160}",
    r"(?:相关|延伸|推荐|扩展)阅读\s?[:：»>].{0,160}",
    r"[\W_]{1,80}",
    r"本文(?:由|系|来自|转载自?).{2,80}(?:原创|编译|翻译|首发|出品|推出|转载|提供)[^。]{0,30}。?",
)

_LEFTOVER = re.compile("|".join(_LEFTOVERS), re.IGNORECASE)
_LINE = re.compile("|".join(_LINES), re.IGNORECASE)
_BRACKETED = re.compile(r"(?:[【\[][^【】\[\]]{1,30}[】\]]\s?){1,8}")
_BRACKET = re.compile(r"[【】\[\]]")
_REFERENCE = re.compile(r"\[[^\[\]]{1,12}\]:?(?:https?://.*|/.*)?|https?://.*")
_MARKS = re.compile(r"^[\s:：>»›▼▲◆■●•·|【\[（(-]+|[\s:：>»›▼▲…|】\])）-]+$")
_NO_MENU = re.compile(r"[<=。，,;；(（\"'“”]|[:：.!?！？]$")
_SEPARATED = re.compile(r"\s*(?:[|｜>»›]|\s[/:]{1,2}\s)\s*")


def starts_leftovers(line: str) -> bool:
    """Whether ``line`` is the heading of a list of other articles, comments or the like."""
    bare = line.strip(" :：")
    return len(bare) <= 80 and bool(_LEFTOVER.fullmatch(bare) or _LEFTOVER.fullmatch(_MARKS.sub("", bare)))


def is_boilerplate(line: str) -> bool:
    """Whether ``line`` is part of the page around an article, wherever it stands."""
    bare = line.strip()
    if len(bare) <= 500 and (_LINE.fullmatch(bare) or starts_leftovers(bare)):
        return True
    if _BRACKETED.fullmatch(bare):
        return all(_LINE.fullmatch(part.strip()) for part in _BRACKET.split(bare) if part.strip())
    return bare.startswith("[") and all(_REFERENCE.fullmatch(word) for word in bare.split())


def is_menu(line: str) -> bool:
    """Whether ``line`` is a row of short entries between bars or arrows, such as ``App | 中文 |``.

    Inside a text such a row may mean something; before and after it, it is navigation.
    """
    if len(line) > 150 or _NO_MENU.search(line):
        return False
    entries = _SEPARATED.split(line)
    if len(entries) < 2:
        return False
    edged = not entries[0] or not entries[-1]
    return (edged or len(entries) > 2) and all(len(entry) <= 24 for entry in entries)
