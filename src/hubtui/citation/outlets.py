"""What kind of publication a publisher's name tells of."""

import re

_JOURNAL = re.compile(r"\b(?:journal of|transactions on|annals of|proceedings of)\b|学报", re.IGNORECASE)
_MAGAZINE = re.compile(
    r"\b(?:magazine|weekly|monthly|quarterly|fortnightly|review)\b|周刊|月刊|旬刊|杂志|画报", re.IGNORECASE
)
_NEWSPAPER = re.compile(
    r"\b(?:daily|times|post|news|herald|tribune|gazette|telegraph|guardian|observer|chronicle|newspaper|"
    r"wall street journal|associated press|xinhua|reuters|bloomberg|caixin|sixth tone)\b"
    r"|[日晚早晨午周时商导快]报|(?<![公学情简月年])报$|新闻|通讯社|新华社|中新社",
    re.IGNORECASE,
)
_NEWSPAPER_BY_THE_WEEK = re.compile(r"\b(?:daily|times|news|post)\b.*\bweekly\b", re.IGNORECASE)


def outlet_type(publisher: str) -> str:
    """Give the CSL type of what ``publisher`` publishes, or ``""`` when its name does not tell."""
    if _JOURNAL.search(publisher):
        return "article-journal"
    if _MAGAZINE.search(publisher) and not _NEWSPAPER_BY_THE_WEEK.search(publisher):
        return "article-magazine"
    return "article-newspaper" if _NEWSPAPER.search(publisher) else ""
