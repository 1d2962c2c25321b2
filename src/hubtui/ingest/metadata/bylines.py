"""Read bylines and credits, and tell whose names stand in them.

A byline is a line that names the author, the publisher and the date of a text, and says nothing else. Credits
stand inside a text: datelines, notes of its editor, and what stands in brackets at its end.
"""

import re
from collections.abc import Sequence
from typing import Final

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata import name_patterns as patterns
from hubtui.ingest.metadata.dates import Dated, find_date, with_whole_year
from hubtui.ingest.metadata.name_patterns import FIELD_OF
from hubtui.text.analyzer import is_han

_LONGEST: Final = 200
"""Characters that a byline has at most; a longer line is text."""

_LONGEST_NAME: Final = 40
_SHORT_DATE: Final = 12
"""Characters that stand behind a label of a date at most where that date can't be read."""

_LABEL = re.compile(
    r"(?<![A-Za-z])(?:本文|文章)?(?P<label>"
    + "|".join(re.escape(label) for label in sorted(FIELD_OF, key=len, reverse=True))
    + r")\s?[:：]{1,2}\s*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"[\s,]*\b(?:first |last )?(?:published|updated|posted)(?: on| at)?$", re.IGNORECASE)
_DATED = re.compile(r"(?:last )?(?:updated|published|posted|modified)(?: on)?\s+(?=\S*\s?\d)", re.IGNORECASE)
_BY = re.compile(r"(?:(?:posted|written|reported|published|story|words|text) )?by\s+", re.IGNORECASE)
_WRITTEN_BAR = re.compile(r"(?:^|(?<=\s))([文图])\s?[/／|｜丨]\s?")
_GAP = re.compile(r"\s{2,}|\s*(?:[|｜•\t　]|(?<![㐀-鿿A-Z.])·|·(?![㐀-鿿A-Z]))\s*|\s+[–—-]\s+")
_ZONE = (
    r"(?:(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?|GMT|UTC|BST|HKT|[ECMP][SD]?T|[CEW]ES?T|AE[SD]T|[SIJK]ST"
    r"|SGT|MSK)\b"
)
_CLOCK = re.compile(
    r"(?:\b(?:at|T)\s?)?(?<!\d)\d{1,2}(?::\d\d(?::\d\d)?(?:\.\d{1,6})?(?:\s?[ap]\.?m\b\.?)?"
    rf"|\.\d\d\s?(?=[ap]\.?m\b|{_ZONE}|Uhr\b|h\b)(?:[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?|\s?Uhr\b)"
    rf"(?:\s?(?:{_ZONE}|Z|Uhr\b|h\b|北京时间|[Bb]eijing [Tt]ime))?"
    rf"|(?<!\d)\d{{4}}\s?{_ZONE}|\bGMT[+-]\d{{1,2}}\b|第?\s?[A-Z]?\d{{1,3}}\s?版|[A-Z]\d{{1,3}}(?=$|[)）\s])"
    r"|\b(?:updated\s)?(?:an?|\d{1,3})\s(?:minute|hour|day|week|month|year)s?\sago\b|\d{1,3}\s?(?:分钟|小时"
    r"|天|个月|年)前"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|(?:星期|周)[一二三四五六日天]",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)?,\s(?:(?:den|am|le|il|el)\s)?")
"""Where a text was written, before the date: ``Bonn, den 7. Juni 2018``."""
_COUNT = re.compile(
    r"\d[\d,.]{0,12}\s?(?:万|k)?\+?\s?"
    r"(?:次|人次|人(?:参与|跟贴|评论|阅读)?|views?|reads?|comments?|shares?|min(?:ute)?s?(?: read)?"
    r"|阅读|浏览|评论|字)?(?:阅读|浏览|评论)?"
    r"|(?:阅读|浏览|评论|views?|comments?|share)\s?\d{0,9}",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?:\s+(?:举报|關注|关注|打印|列印|收藏|分享|纠错|评论|評論|订阅|訂閱|转发|轉發|点赞|手机看新闻|手机阅读|字号|字體|字体|大字|小字|参与|查看"
    r"|我要评论|跟贴|复制链接|我有话说|显示图片|放大|缩小|[大中小]|\+|[AaＡ][+＋-]?|share|tweet|print|save|follow)(?![㐀-鿿\w])"
    r"|\s*\d[\d,.]{0,9}\s?万?\+?\s?(?:人次|人|次|条)?\s?(?:参与|跟贴|评论|阅读|浏览|点击|收藏|分享|转发|赞|views?|comments?|shares?)"
    r"|\s*(?:阅读|浏览|点击|评论|跟贴|参与)(?:量|数|人数)?\s?[(（:：]?\s?\d[\d,.]{0,9}万?[)）]?|\s*[(（]\d*[)）])+$",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'，。）)\]】]+")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}
_REPORTING = re.compile(r"reporting by (?P<people>[^;()]{3,120})(?:;[^()]{0,200})?", re.IGNORECASE)
_WECHAT = re.compile(
    r"(?P<own>原创\s+)?(?:(?P<author>\S{2,12})\s+)?(?P<publisher>\S{2,20})\s+"
    r"(?P<date>\d{4}(?:-\d\d-\d\d|年\d{1,2}月\d{1,2}日))(?:\s+\d\d:\d\d)?"
    r"(?:\s+发表于\s?\S{1,10}|(?(own)(?:\s+[㐀-鿿]{2,4})?|(?!)))"
)
_ROLE = re.compile(r"[■□◎●▲△\s]*(?:[㐀-鿿]{0,10}(?:记者|通讯员|特约撰稿人?|评论员|記者|通訊員))[\s:：/]")

_BEGINNING = 240
"""Characters of the first paragraph in which a dateline may stand."""

_NOTE_LENGTH = 1000
"""Characters of an editor's note that are looked at."""

# 新华社北京2019年11月1日电（记者王某、李某）; （中新社上海11月1日电）; 本报讯（记者 王某）
_DATELINE_ZH = re.compile(
    r"[(（【\[]?(?!据)(?P<agency>新华社|新华网|中新社|中新网|中国新闻社|人民网|央视网|法新社|路透社|美联社|[\u4e00-\u9fff]{2,8}(?:通讯社|日报|晚报|时报))"
    r"(?P<place>[\u4e00-\u9fff]{0,8}?)(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:电|讯|消息)"
    r"[)）】\]]?\s*(?:[(（]?(?:记者|通讯员)[\s:：]*(?P<people>[\u4e00-\u9fff、，\s]{2,30}?)(?:[)）]|(?=\s)))?"
)
_LOCAL_ZH = re.compile(
    r"本[报刊网台](?:讯|[\u4e00-\u9fff]{2,6}电)\s*[(（]?(?:记者|通讯员)[\s:：]*(?P<people>[\u4e00-\u9fff、，\s]{2,30}?)[)）\s]"
)

# BEIJING, Nov. 1 (Xinhua) -- …; SHANGHAI (Reuters) - …; (AP) — …
_DATELINE_EN = re.compile(
    r"(?:[A-Z][A-Za-z.,'’ -]{2,40})?(?:\d{1,2},?\s)?\((?P<agency>[A-Z][A-Za-z ]{1,24})\)\s*(?:--|[-–—])"
)
_AGENCIES = {"AP": "Associated Press", "AFP": "Agence France-Presse"}

_NOTE = re.compile(r"(?:editor['’‘]?s?['’]? note|about this series|编者按|编者的话)\s?[:：]?", re.IGNORECASE)
_RUNS_EN = re.compile(
    r"(?P<publisher>(?:(?:The\s)?[A-Z][\w’'&-]*\s){1,6})(?:is|has been|will be|are)\s"
    r"(?:running|publishing|launching|presenting|featuring|carrying|starting)\b"
)
_RUNS_ZH = re.compile(r"《(?P<publisher>[^《》]{2,16})》(?:特?推出|开设|刊发|刊登|刊载|策划|连载)")

_CLOSING = re.compile(r"[(（【\[](?P<inside>[^()（）【】\[\]]{2,60})[)）】\]]\s*$")
_CLOSING_LABEL = re.compile(
    r"(?P<label>\w{0,4}来源|原载|据|记者|作者|本报记者|source|by)\s?[:：\s]\s?(?P<value>.+)", re.IGNORECASE
)

_Part = tuple[str | None, str]


def read_byline(line: str, facts: Facts) -> bool:
    """Take the facts from ``line`` into ``facts`` if it is a byline; return whether it is.

    A line is a byline when labels, dates, times, counts, names of publishers and labelled names explain
    all of it.
    """
    line = close_names(_bare_line(line)).replace("官方账号", "")
    if len(line) > _LONGEST or not (_LABEL.search(line) or find_date(line) or re.search(r"[^\W\d_]", line)):
        return False
    found = Facts()
    if match := _REPORTING.fullmatch(line) or _WECHAT.fullmatch(line):
        _offer_groups(match.groupdict(), facts)
        return True
    parts = sorted(_parts(line), key=lambda part: part[0] is None and not find_date(part[1]))
    if not all(_read_part(field, value, found) for field, value in parts):
        return False
    if found["publisher"] and not found["date"]:  # an outlet's own stamp: Updated: Jun 7, 2018 China Daily
        found.offer("date", found.take("modified"), "byline")
    for name, value in found.values.items():
        facts.offer(name, value, "byline")
    return True


def _offer_groups(groups: dict[str, str | None], facts: Facts) -> None:
    facts.offer("author", clean_authors(groups.get("people") or groups.get("author") or ""), "byline")
    facts.offer("publisher", groups.get("publisher") or "", "byline")
    facts.offer("date", (find_date(groups.get("date") or "") or ("",))[0], "byline")


def is_labelled(line: str) -> bool:
    """Whether ``line`` begins with the label of a fact, such as ``作者：``."""
    return bool(_LABEL.match(_bare_line(line)))


def _bare_line(line: str) -> str:
    bare = _unwrap(line.strip())
    return patterns.close_label(bare) if patterns.SPACED_LABEL.search(bare) else bare


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
        if not labels and parts and parts[-1][0] == "author" and _goes_on(*parts[-1], chunk):
            parts[-1] = ("author", f"{parts[-1][1]}、{chunk}")
            continue
        before = chunk[: labels[0].start()] if labels else chunk
        if before.strip():
            pending = bool(parts) and parts[-1] == (parts[-1][0], "")
            field = parts.pop()[0] if pending else None
            parts.append((field, before.strip()))
        ends = [label.start() for label in labels[1:]] + [len(chunk)]
        for label, end in zip(labels, ends, strict=False):
            value = chunk[label.end() : end].strip()
            field = FIELD_OF[label["label"].lower()]
            dated = field in ("date", "modified") and is_han(label["label"][0])
            parts.append((field, with_whole_year(value) if dated else value))
    return parts


def _goes_on(_field: str | None, names: str, chunk: str) -> bool:
    """Whether a part with nothing but people goes on with the authors before it."""
    pieces = [piece for piece in patterns.BETWEEN.split(chunk) if piece.strip()]
    known = clean_authors(names)
    return bool(known and pieces) and all(
        is_person(piece) and piece.strip() not in known.split("; ") for piece in pieces
    )


def _unmarked(chunk: str) -> _Part | None:
    """Return the part that a label without a colon begins: ``By Jane Doe``, ``Updated June 7, 2018``."""
    chunk = chunk.lstrip("-–—*~ ")
    if (match := _BY.match(chunk)) and are_names(_without_role(chunk[match.end() :])):
        return "author", chunk[match.end() :]
    if match := patterns.BY_ABROAD.match(chunk):
        people = [piece for piece in patterns.BETWEEN.split(written_by(chunk)) if piece.strip()]
        if people and all(map(is_person, people)):
            rest = chunk[match.end() :]
            return "author", rest if find_date(rest) else "; ".join(people)
    match = _DATED.match(chunk)
    if match is None:
        return None
    changed = re.match(r"last|updated|modified", chunk, re.IGNORECASE)
    return "modified" if changed else "date", chunk[match.end() :]


def _read_part(field: str | None, value: str, found: Facts) -> bool:
    """Take what a part of a byline says; return whether it is understood in full."""
    if field is None:
        return _read_unlabelled(value, found)
    if field == "url" or (field == "publisher" and _URL.match(value)):
        return _read_url(value, found)
    if address := _URL.search(value):
        found.offer("url", address[0], "byline")
        value = _URL.sub("", value).strip()
    if field in ("date", "modified"):
        return _read_dated(field, value, found)
    if field == "author":
        if dated := find_date(value):
            found.offer("date", dated[0], "byline")
            value = re.sub(r"\s(?:on|at|am|vom|le|el)$", "", _before(value, dated))
        found.offer("author", clean_authors(value), "byline")
    elif field == "title":
        found.offer("title", value, "byline")
    elif field == "publisher":
        _offer_publisher(_without_buttons(value), found)
    return not re.search(r"[。！？!?]|\. ", value) or len(value) < _LONGEST // 4


def _read_dated(field: str, value: str, found: Facts) -> bool:
    dated = find_date(value)
    if not dated:
        return not value or bool(_CLOCK.fullmatch(value)) or len(value) < _SHORT_DATE
    found.offer(field, dated[0], "byline")
    return _read_unlabelled(f"{value[: dated[1]]} {value[dated[2] :]}", found)


def _before(value: str, dated: Dated) -> str:
    """Return what stands before a date and its day of the week."""
    return patterns.WEEKDAY.sub("", value[: dated[1]]).rstrip(" ,")


def _offer_publisher(value: str, found: Facts) -> None:
    if not is_self(value):
        found.offer("publisher", value.strip(' 《》"“”()（）'), "byline")


def _without_buttons(value: str) -> str:
    """Return a publisher without the date, the buttons and the counts that stand behind it."""
    if dated := find_date(value):
        value = value[: dated[1]] or value[dated[2] :]
    return _BUTTONS.sub("", _CLOCK.sub(" ", value)).strip()


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
        value = (
            ("" if _PLACE.fullmatch(value[: dated[1]]) else _before(value, dated)) + " " + value[dated[2] :]
        )
    value = _CLOCK.sub(" ", value).strip(" ,，.()（）[]-–—/:：《》")
    if not value or _COUNT.fullmatch(value):
        return True
    value = _PUBLISHED.sub("", value)
    if (
        (dated or found["date"])
        and (match := _BY.match(value))
        and are_names(_without_role(value[match.end() :]))
    ):
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


def read_credits(paragraphs: Sequence[str], facts: Facts) -> None:
    """Take publisher, authors and date from the credits in a text, which stays as it is.

    A dateline without a year dates nothing.
    """
    for text in paragraphs[:3]:
        _read_dateline(text[:_BEGINNING], facts)
        if _NOTE.match(text):
            _read_note(text[:_NOTE_LENGTH], facts)
    if paragraphs and (match := _CLOSING.search(paragraphs[-1][-80:])):
        _read_closing(match["inside"], facts)


def _read_dateline(beginning: str, facts: Facts) -> None:
    if match := _DATELINE_ZH.match(beginning):
        facts.prefer("publisher", match["agency"], "text")
        if dated := find_date(match["date"] or ""):
            facts.offer("date", dated[0], "text")
        facts.offer("author", clean_authors(match["people"] or ""), "text")
    elif match := _LOCAL_ZH.match(beginning):
        facts.offer("author", clean_authors(match["people"]), "text")
    elif match := _DATELINE_EN.match(beginning):
        agency = match["agency"].strip()
        if agency in _AGENCIES or is_organisation(agency):
            facts.prefer("publisher", _AGENCIES.get(agency, agency), "text")


def _read_note(text: str, facts: Facts) -> None:
    if match := _RUNS_EN.search(text) or _RUNS_ZH.search(text):
        facts.offer("publisher", match["publisher"].strip(), "text")


def _read_closing(inside: str, facts: Facts) -> None:
    match = _CLOSING_LABEL.fullmatch(inside.strip())
    if not match:
        return
    label = match["label"].casefold()
    if label.endswith(("来源", "原载")) or label in ("据", "source"):
        if is_organisation(match["value"]) or label != "据":
            facts.prefer("publisher", match["value"].strip(" 《》"), "text")
    else:
        facts.offer("author", clean_authors(match["value"]), "text")


def is_website(name: str) -> bool:
    """Whether ``name`` is a website or a placeholder rather than somebody who wrote."""
    name = name.strip()
    return not name or name.casefold() in patterns.NOBODY or bool(patterns.WEBSITE.search(name))


def is_organisation(name: str) -> bool:
    """Whether ``name`` sounds like a newspaper, agency, office or company, and not like a person."""
    if patterns.ORGANISATION_ZH.search(name.strip()):
        return True
    return bool(patterns.ORGANISATION_EN.search(name)) and not _is_named_like_an_outlet(name)


def _is_named_like_an_outlet(name: str) -> bool:
    """Whether a word of outlets' names is somebody's surname: a given name stands beside it."""
    words = name.casefold().split()
    others = [word.strip(".") for word in words if word not in patterns.OUTLET_OR_SURNAME]
    if not 2 <= len(words) <= 4 or len(words) - len(others) != 1:
        return False
    if patterns.ORGANISATION_EN.search(" ".join(others)):
        return False
    given = others[0] in patterns.GIVEN_NAMES and words[0] == others[0]
    initials = len(others) < 3 and all(len(word) == 1 for word in others)
    chinese = "sun" in words and len(others) == 1 and bool(patterns.PINYIN.fullmatch(others[0]))
    chinese = chinese or (words[0] == "sun" and len(others) == 1 and "-" in others[0])
    return given or initials or chinese


def is_person(name: str) -> bool:
    """Whether ``name`` looks like a person's: two to five capitalised words, or a surname and more."""
    name = close_names(name)
    if is_website(name) or is_organisation(name) or any(character.isdigit() for character in name):
        return False
    if patterns.NAME_ZH.fullmatch(name.strip()):
        return "·" in name or name.strip()[0] in patterns.SURNAMES
    words = name.split()
    if not 2 <= len(words) <= 5 or not words[-1][0].isupper():  # *von* and the like end no name
        return False
    return all(patterns.NAME_EN.fullmatch(word) for word in words)


def are_names(value: str) -> bool:
    """Whether ``value`` holds nothing but capitalised names with ``and`` and commas between them."""
    pieces = [piece.split() for piece in patterns.BETWEEN.split(value.strip()) if piece.strip()]
    return bool(pieces) and all(
        len(words) <= 6
        and all(patterns.NAME_EN.fullmatch(word) or patterns.NAME_ZH.fullmatch(word) for word in words)
        for words in pieces
    )


def clean_authors(value: str) -> str:
    """Return the people that the author's part of a byline names, ``"; "`` between them, or ``""``.

    Drops roles (``本报记者``), what follows the names (``北京报道``), websites and placeholders, and an
    organisation beside people, which is where they work.
    """
    if patterns.EDITOR.match(value):
        return ""
    value = patterns.BIOGRAPHY.sub("", close_names(value))
    value = patterns.LINK_WORDS.sub("", _unwrapped(value.strip()).removeprefix("@"))
    value = patterns.END_ZH.sub("", _without_role(patterns.PREFIX_EN.sub("", value, count=1)))
    if inverted := _inverted(value):
        return "; ".join(inverted)
    people: list[str] = []
    for piece in patterns.BETWEEN.split(value):
        for name in _split_spaced(_bare(patterns.ROLE_ZH.sub(" ", piece))):
            if people and patterns.DEGREE.fullmatch(name):
                people[-1] += f", {name}"
            elif not is_website(name):
                people.append(name)
    people = _each_once(people)
    if any(is_person(name) for name in people):
        people = [name for name in people if is_person(name) or not is_organisation(name)]
    return "; ".join(people)


def written_by(text: str) -> str:
    """Return what stands between the "by" of a byline and what else it says, such as the date."""
    match = _BY.match(text) or patterns.BY_ABROAD.match(text)
    names = text[match.end() :] if match else text
    return patterns.BEHIND.split(names, maxsplit=1)[0]


def split_authors(value: str) -> str:
    """Return the authors that a user states, ``"; "`` between them.

    Nobody is left out, unlike by :func:`clean_authors`.
    """
    value = close_names(patterns.PREFIX_EN.sub("", value.strip().removeprefix("@"), count=1))
    if inverted := _inverted(value):
        return "; ".join(inverted)
    people: list[str] = []
    for piece in patterns.BETWEEN.split(value):
        for name in _split_spaced(_bare(patterns.ROLE_ZH.sub(" ", piece)) or piece.strip()):
            if people and patterns.DEGREE.fullmatch(name):
                people[-1] += f", {name}"
            else:
                people.append(name)
    return "; ".join(_each_once([name for name in people if name.casefold() not in patterns.NOBODY]))


def close_names(text: str) -> str:
    """Return a byline whose Chinese names are written one way: 爱德华·格莱泽, 王强 (not 王　强)."""
    text = patterns.INTERPUNCT.sub("·", text)
    return patterns.SPACED_NAME.sub(
        lambda name: name[1] + name[2] if name[1] in patterns.SURNAMES else name[0], text
    )


def _without_role(names: str) -> str:
    """Return English names without what they are and where they write from."""
    before = ""
    while before != names:
        before = names
        names = patterns.PLACE_EN.sub("", patterns.ROLE_EN.sub("", names)).rstrip(" ,")
        if (outlet := patterns.OUTLET_EN.search(names)) and are_names(names[: outlet.start()]):
            names = names[: outlet.start()]
    return names


def _each_once(people: list[str]) -> list[str]:
    """Return every name once, in small letters where it is written in capitals too."""
    once: dict[str, str] = {}
    for name in people:
        key = name.casefold()
        if key not in once or (once[key].isupper() and not name.isupper()):
            once[key] = name
    return list(once.values())


def _unwrapped(value: str) -> str:
    """Take away brackets around all of a value; square ones mark a name that somebody supplied."""
    while value and patterns.BRACKETS.get(value[0]) == value[-1]:
        value = value[1:-1].strip()
    return value


def _inverted(value: str) -> tuple[str, ...]:
    """Return the names of ``Smith, Jane; Doe, John``, or none where one is written in another order."""
    pieces = tuple(dict.fromkeys(patterns.BETWEEN_INVERTED.split(value)))
    inverted = all(
        patterns.NAME_ZH.fullmatch(piece)
        or (
            patterns.INVERTED.fullmatch(piece)
            and not is_organisation(piece)
            and not patterns.DEGREE.fullmatch(piece.partition(", ")[2])
        )
        for piece in pieces
    )
    return pieces if inverted and ", " in value else ()


def _bare(name: str) -> str:
    name = name.strip(" :：/").lstrip(".")
    return name if patterns.ABBREVIATED.search(name) else name.rstrip(" .")


def _split_spaced(piece: str) -> list[str]:
    """Split ``张三 李四`` into names, but join ``王 某`` and ``王 小明`` to one; other text stays."""
    words = piece.split()
    if not words or not all(
        re.fullmatch(r"[㐀-鿿]{1,4}|[㐀-鿿A-Z.·]*·[㐀-鿿A-Z.·]*", word) for word in words
    ):
        return [" ".join(words)] if words else []
    names: list[str] = []
    for word in words:
        if names and (
            (len(names[-1]) == 1 and len(word) < 3)
            or (names[-1] in patterns.DOUBLE_SURNAMES and len(word) == 1)
        ):
            names[-1] += word
        else:
            names.append(word)
    return names
