"""Convert a source of the library to a CSL-JSON item, from its byline, publisher and address.

Nothing is added that the source does not say.
"""

import re
from pathlib import PurePosixPath
from typing import Any

from hubtui.citation.csl import PartialDate, parse_date
from hubtui.citation.names import is_chinese_surname, pinyin_syllables
from hubtui.core.models import Source

_PUBLISHED = frozenset(
    {"book", "dataset", "document", "map", "patent", "report", "software", "standard", "thesis"}
)
"""Types whose publisher publishes the work itself, and not something that the work is part of."""
_WEB_FILES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})


def source_item(source: Source) -> dict[str, Any]:
    """Return the CSL-JSON item of a source.

    A source without a title gets its file's name in square brackets, which is how catalogs mark a
    designation that is not the work's own. Chinese and corporate names stay whole (``literal``).
    """
    kind = _type(source)
    item: dict[str, Any] = {
        "id": source.id,
        "type": kind,
        "title": source.title or f"[{PurePosixPath(source.path).name}]",
    }
    if author := parse_byline(source.author, publisher=source.publisher):
        item["author"] = author
    if source.publisher:
        item["publisher" if kind in _PUBLISHED else "container-title"] = source.publisher
    issued = parse_date(source.date)
    if issued.year:
        item["issued"] = _date_parts(issued)
    elif issued.literal:
        item["issued"] = {"literal": issued.literal}
    if source.language:
        item["language"] = source.language
    if source.url:
        item["URL"] = source.url
    accessed = parse_date(source.accessed)
    if accessed.year:
        item["accessed"] = _date_parts(accessed)
    return item


def _date_parts(date: PartialDate) -> dict[str, Any]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _type(source: Source) -> str:
    """Return the CSL type of a source: what it says itself, else by its publisher, address and file."""
    if stated := source.fact("type"):
        return stated
    suffix = PurePosixPath(source.path).suffix.lower()
    if suffix == ".epub" or is_book_publisher(source.publisher):
        return "book"
    if outlet := outlet_type(source.publisher):
        return outlet
    if source.publisher and (suffix == ".pdf" or is_report(source.title)):
        return "report"
    return "webpage" if source.url or suffix in _WEB_FILES else "document"


_JOURNAL = re.compile(r"\b(?:journal of|transactions on|annals of|proceedings of)\b|学报|學報", re.IGNORECASE)
_MAGAZINE = re.compile(
    r"\b(?:magazine|weekly|monthly|quarterly|fortnightly|review|economist|newsweek|new yorker)\b"
    r"|[周週月旬]刊|杂志|雜誌|画报|畫報",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(
    r"\b(?:daily|times|post|news|herald|tribune|gazette|telegraph|guardian|observer|chronicle|newspaper|"
    r"wall street journal|associated press|xinhua|reuters|bloomberg|caixin|sixth tone)\b"
    r"|[日晚早晨午周时時商导導快][报報]|(?<![公学學情简簡月年])[报報]$|新闻|新聞|通讯社|通訊社|新华社|新華社|中新社"
    r"|参考消息|经济报道|周末$",
    re.IGNORECASE,
)
_NEWSPAPER_BY_THE_WEEK = re.compile(r"\b(?:daily|times|news|post)\b.*\bweekly\b", re.IGNORECASE)

_REPORT = re.compile(
    r"(?:报告|報告|[白蓝绿]皮书|[白藍綠]皮書)(?:[（(].{0,20}[)）])?$"
    r"|\b(?:white|working|discussion|policy) paper\b|\b(?:annual|technical|final|research|survey) report\b"
    r"|\breport(?: for)? \d{4}(?:[-–/]\d{2,4})?$",
    re.IGNORECASE,
)


_BOOK_PUBLISHER = re.compile(
    r"(?:出版社|出版公司|出版集团|出版集團|书局|書局|书店|書店|印书馆|印書館|书社|書社)(?:有限公司|股份有限公司)?$"
    r"|\b(?:university press|publishing house|verlag|books|publishers|academic press|penguin|routledge"
    r"|springer)$",
    re.IGNORECASE,
)


def is_book_publisher(publisher: str) -> bool:
    """Whether ``publisher`` is a publishing house, what it publishes being books."""
    return bool(_BOOK_PUBLISHER.search(publisher.strip()))


def is_report(title: str) -> bool:
    """Whether a title says of itself that it is a report's (发展报告, white paper, Annual Report 2020)."""
    return bool(_REPORT.search(title))


def outlet_type(publisher: str) -> str:
    """Return the CSL type of what ``publisher`` publishes, or ``""`` when its name does not say."""
    if _JOURNAL.search(publisher):
        return "article-journal"
    if _MAGAZINE.search(publisher) and not _NEWSPAPER_BY_THE_WEEK.search(publisher):
        return "article-magazine"
    return "article-newspaper" if _NEWSPAPER.search(publisher) else ""


_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)$")
_CORPORATE = re.compile(
    r"\b(?:agency|association|bank|bureau|center|centre|college|commission|committee|company|co|corp|"
    r"corporation|council|department|desk|editors?|foundation|fund|government|group|inc|institute|"
    r"institution|laboratory|limited|llc|ltd|media|ministry|network|office|organi[sz]ation|reporters?|"
    r"school|society|staff|statistics|team|union|university|xinhua)\b|\b(?:of|for|the|and)\b",
    re.IGNORECASE,
)
_PARTICLE_LIST = """
af al av bin da dal dalla das de del della den der des di dos du el ibn la las le los ten ter van vom von zu
zum zur ’t 't
"""
_PARTICLES = frozenset(_PARTICLE_LIST.split())
# Names in the scripts of Europe have an order to tell; in other scripts, or with signs, they stay whole.
_TAKEN_APART = re.compile(r"[A-Za-zÀ-ɏͰ-ӿḀ-ỿ\s.,'’‘‐-]+")
_CHINESE_PRESS = re.compile(
    r"china|chinese|xinhua|global times|caixin|people[’']s daily|shanghai|beijing", re.IGNORECASE
)
# Ka-shing, Ing-wen, Jong-un: given names that follow the family name.
_ASIAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_BY = re.compile(r"^by[ :]\s*", re.IGNORECASE)


def parse_byline(author: str, *, publisher: str = "") -> list[dict[str, Any]]:
    """Read an author field, ``"; "`` between several, into CSL-JSON names.

    Args:
        author: The byline.
        publisher: Decides the order of a name like *Cheng Yu*, both parts of which are Chinese family
            names: Chinese papers put the family name first.
    """
    parts = (_BY.sub("", " ".join(part.split())) for part in re.split(r"[;；、]", author))
    return [_read_name(part, publisher) for part in parts if part]


def _read_name(text: str, publisher: str) -> dict[str, Any]:
    if not _TAKEN_APART.fullmatch(text) or _CORPORATE.search(text) or outlet_type(text):
        return {"literal": text}
    suffix = ""
    if match := _SUFFIX.search(text):
        text, suffix = text[: match.start()], match[1]
    name = _inverted(text) if "," in text else _direct(text, publisher)
    if name is None:
        return {"literal": f"{text} {suffix}".strip()}
    if suffix in ("Jr", "Sr"):
        suffix += "."
    return name | ({"suffix": suffix} if suffix else {})


def _inverted(text: str) -> dict[str, Any] | None:
    family, _, given = (part.strip() for part in text.partition(","))
    if not family or not given or "," in given:
        return None
    return _with_particle(family.split(), given)


def _direct(text: str, publisher: str) -> dict[str, Any] | None:
    words = text.split()
    if len(words) < 2:
        return None
    if len(words) == 2 and _ASIAN_GIVEN.fullmatch(words[1]):
        return {"family": words[0], "given": words[1], "static-ordering": True}
    if len(words) == 2 and is_chinese_surname(words[0]):
        return _chinese(words[0], words[1], publisher)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _with_particle(words[start:], " ".join(words[:start]))


def _chinese(first: str, second: str, publisher: str) -> dict[str, Any] | None:
    """Decide the order of two words, the first of which is a Chinese family name in pinyin."""
    if not pinyin_syllables(second):
        return {"family": second, "given": first}
    if is_chinese_surname(second) and not _CHINESE_PRESS.search(publisher):
        return None
    return {"family": first, "given": second, "static-ordering": True}


def _with_particle(words: list[str], given: str) -> dict[str, Any]:
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    name = {"family": " ".join(words[count:]), "given": given}
    if count:
        name["non-dropping-particle"] = " ".join(words[:count])
    return name
