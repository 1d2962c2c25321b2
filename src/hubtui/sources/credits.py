"""Credits inside a text: datelines, notes of its editor, and what stands in brackets at its end."""

import re
from collections.abc import Sequence

from hubtui.sources.dates import find_date
from hubtui.sources.document import Facts
from hubtui.sources.names import clean_authors, is_organisation

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
