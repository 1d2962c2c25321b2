"""Bylines: lines that name the author, the publisher and the date of a text, and say nothing else."""

import re
from typing import Final

from hubtui.sources.dates import find_date
from hubtui.sources.document import Facts
from hubtui.sources.names import are_names, clean_authors, is_organisation, is_person, is_website

_LONGEST: Final = 200
"""Characters that a byline has at most; a longer line is text."""

_LONGEST_NAME: Final = 40

# What a label stands before, Chinese and English. Editors, translators and photographers are named in
# bylines, but they are no authors.
_LABELS = {
    "date": """发布时间|发表时间|发布日期|发表日期|更新时间|更新日期|出版日期|最后更新|时间|日期
        |published on|published|posted on|posted|last updated on|last updated|updated on|updated
        |last modified|publication date|first published|date""",
    "author": """原文作者|作者|文|记者|撰文|撰稿|采写
        |written by|story by|reported by|words by|authors|author""",
    "publisher": """信息来源|稿件来源|新闻来源|内容来源|来源|稿源|原载|刊载于|转自|转载自|出处
        |published by|published in|source|publisher|publication""",
    "url": """原文链接|原文地址|原文网址|原文出处|链接|网址|原文
        |source url|original url|original link|permalink|link|url|via""",
    "title": "标题|题目|篇名|title|headline",
    "": """责任编辑|责编|编辑|编审|校对者|校对|译者|翻译|选题者|选题|编译|审核|审校|监制|主编|值班主任
        |摄影|制图|图|排版|浏览量|浏览次数|浏览|阅读量|阅读数|阅读次数|阅读|点击量|点击数|点击|评论数|评论
        |人气|热度|字数|推荐|整理|来稿|供稿|字号|字体|分享到|分享|分类|标签|栏目|关键词|微信号|公众号
        |translated by|translator|edited by|editor|photos by|photo by|photo|views|view|comments|categories
        |category|tags|tag|filed under|keywords|reading time|section|topic|share""",
}
_FIELD_OF = {label.strip(): field for field, labels in _LABELS.items() for label in labels.split("|")}
_LABEL = re.compile(
    r"(?<![A-Za-z])(?:本文|文章)?(?P<label>"
    + "|".join(re.escape(label) for label in sorted(_FIELD_OF, key=len, reverse=True))
    + r")\s?[:：]\s*",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:last )?(?:updated|published|posted|modified)(?: on)?\s+(?=\S*\s?\d)", re.IGNORECASE)
_BY = re.compile(r"(?:(?:posted|written|reported|published|story|words|text) )?by\s+", re.IGNORECASE)
_WRITTEN_BAR = re.compile(r"(?:^|(?<=\s))([文图])\s?[/／|｜丨]\s?")
_GAP = re.compile(r"\s{2,}|\s*[|｜·•\t　]\s*|\s+[–—-]\s+")
_CLOCK = re.compile(
    r"(?:\b(?:at|T)\s?)?(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,6})?"
    r"(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:(?:GMT|UTC)[+-]\d{1,2}|GMT|UTC|BST|HKT|[ECMP][SD]?T)\b|Z|北京时间)?"
    r"|(?<!\d)\d{4}\s?(?:GMT|UTC|HKT|[ECMP][SD]T)\b|\bGMT[+-]\d{1,2}\b|第?\s?[A-Z]?\d{1,3}\s?版"
    r"|\b(?:updated\s)?(?:an?|\d{1,3})\s(?:minute|hour|day|week|month|year)s?\sago\b|\d{1,3}\s?(?:分钟|小时|天|个月|年)前"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|(?:星期|周)[一二三四五六日天]",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\d[\d,.]{0,12}\s?(?:万|k)?\+?\s?"
    r"(?:次|人|views?|reads?|comments?|shares?|min(?:ute)?s?(?: read)?|阅读|浏览|评论|字)?(?:阅读|浏览|评论)?"
    r"|(?:阅读|浏览|评论|views?|comments?|share)\s?\d{0,9}",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'，。）)\]】]+")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}
_REPORTING = re.compile(r"reporting by (?P<people>[^;()]{3,120})(?:;[^()]{0,200})?", re.IGNORECASE)
_WECHAT = re.compile(
    r"(?:原创\s+)?(?:(?P<author>\S{2,12})\s+)?(?P<publisher>\S{2,20})\s+(?P<date>\d{4}-\d\d-\d\d)(?:\s+\d\d:\d\d)?"
    r"\s+发表于\s?\S{1,10}"
)
_ROLE = re.compile(r"[■□◎●▲△\s]*(?:[㐀-鿿]{0,10}(?:记者|通讯员|特约撰稿人?|评论员))[\s:：/]")

_Part = tuple[str | None, str]


def read_byline(line: str, facts: Facts) -> bool:
    """Take the facts from ``line`` into ``facts`` if it is a byline; tell whether it is.

    A line is a byline when labels, dates, times, counts, names of publishers and labelled names explain
    all of it.
    """
    line = _unwrap(line.strip())
    if len(line) > _LONGEST or not (_LABEL.search(line) or find_date(line) or re.search(r"[^\W\d_]", line)):
        return False
    found = Facts()
    if match := _REPORTING.fullmatch(line) or _WECHAT.fullmatch(line):
        _offer_groups(match.groupdict(), facts)
        return True
    parts = sorted(_parts(line), key=lambda part: part[0] is None and not find_date(part[1]))
    if not all(_read_part(field, value, found) for field, value in parts):
        return False
    for name, value in found.values.items():
        facts.offer(name, value, "byline")
    return True


def _offer_groups(groups: dict[str, str | None], facts: Facts) -> None:
    facts.offer("author", clean_authors(groups.get("people") or groups.get("author") or ""), "byline")
    facts.offer("publisher", groups.get("publisher") or "", "byline")
    facts.offer("date", groups.get("date") or "", "byline")


def is_labelled(line: str) -> bool:
    """Whether ``line`` begins with the label of a fact, such as ``作者：``."""
    return bool(_LABEL.match(_unwrap(line.strip())))


def _unwrap(line: str) -> str:
    if line and _BRACKETS.get(line[0]) == line[-1]:
        return line[1:-1].strip()
    return line


def _parts(line: str) -> list[_Part]:
    """Split a line into its labelled and unlabelled parts, as (field or ``None``, text)."""
    if _ROLE.match(line) and not _LABEL.search(line):
        return [("author", line)]
    parts: list[_Part] = []
    for chunk in _GAP.split(_WRITTEN_BAR.sub(r"\1：", line)):
        labels = list(_LABEL.finditer(chunk))
        if not labels and (unmarked := _unmarked(chunk)):
            parts.append(unmarked)
            continue
        before = chunk[: labels[0].start()] if labels else chunk
        if before.strip():
            pending = bool(parts) and parts[-1] == (parts[-1][0], "")
            field = parts.pop()[0] if pending else None
            parts.append((field, before.strip()))
        ends = [label.start() for label in labels[1:]] + [len(chunk)]
        for label, end in zip(labels, ends, strict=False):
            parts.append((_FIELD_OF[label["label"].lower()], chunk[label.end() : end].strip()))
    return parts


def _unmarked(chunk: str) -> _Part | None:
    """Give the part that a label without a colon begins: ``By Jane Doe``, ``Updated June 7, 2018``."""
    if (match := _BY.match(chunk)) and are_names(chunk[match.end() :]):
        return "author", chunk[match.end() :]
    match = _DATED.match(chunk)
    return ("date", chunk[match.end() :]) if match else None


def _read_part(field: str | None, value: str, found: Facts) -> bool:
    """Take what a part of a byline says; tell whether it is understood in full."""
    if field is None:
        return _read_unlabelled(value, found)
    if field == "url" or (field == "publisher" and _URL.match(value)):
        return _read_url(value, found)
    if address := _URL.search(value):
        found.offer("url", address[0], "byline")
        value = _URL.sub("", value).strip()
    if field == "date":
        dated = find_date(value)
        if not dated:
            return not value
        found.offer("date", dated[0], "byline")
        return _read_unlabelled(value, found)
    if field == "author":
        if dated := find_date(value):
            found.offer("date", dated[0], "byline")
            value = re.sub(r"\s(?:on|at|am|vom|le|el)$", "", value[: dated[1]].rstrip(" ,"))
        found.offer("author", clean_authors(value), "byline")
    elif field == "title":
        found.offer("title", value, "byline")
    elif field == "publisher" and not is_self(value):
        found.offer("publisher", value.strip(' 《》"“”()（）'), "byline")
    return not re.search(r"[。！？!?]|\. ", value) or len(value) < _LONGEST // 4


def is_self(value: str) -> bool:
    """Whether a named publisher says nothing: ``本站``, ``网络``, ``互联网``."""
    return bool(re.fullmatch(r"本[站网刊]|网络|互联网|未知|不详|原创|转载|综合", value.strip()))


def _read_url(value: str, found: Facts) -> bool:
    match = _URL.search(value)
    if match is None:
        return False
    found.offer("url", match[0], "byline")
    return len(value) - len(match[0]) < 20


def _read_unlabelled(value: str, found: Facts) -> bool:
    if dated := find_date(value):
        found.offer("date", dated[0], "byline")
        value = value[: dated[1]] + " " + value[dated[2] :]
    value = _CLOCK.sub(" ", value).strip(" ,，.()（）[]-–—/:：《》")
    if not value or _COUNT.fullmatch(value):
        return True
    if dated and (match := _BY.match(value)) and are_names(value[match.end() :]):
        found.offer("author", clean_authors(value), "byline")
        return True
    if not found.values or len(value) > _LONGEST_NAME or re.search(r"[，。,!?！？]", value):
        return False
    if is_organisation(value):
        found.offer("publisher", value, "byline")
        return True
    if is_person(value) and not found["author"]:
        found.offer("author", clean_authors(value), "byline")
        return True
    return is_website(value) or bool(found["author"])
