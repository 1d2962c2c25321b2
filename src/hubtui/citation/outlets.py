"""What kind of publication a publisher's name tells of."""

import re

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


def is_report(title: str) -> bool:
    """Whether a title says of itself that it is a report's (发展报告, white paper, Annual Report 2020)."""
    return bool(_REPORT.search(title))


def outlet_type(publisher: str) -> str:
    """Give the CSL type of what ``publisher`` publishes, or ``""`` when its name does not tell."""
    if _JOURNAL.search(publisher):
        return "article-journal"
    if _MAGAZINE.search(publisher) and not _NEWSPAPER_BY_THE_WEEK.search(publisher):
        return "article-magazine"
    return "article-newspaper" if _NEWSPAPER.search(publisher) else ""
